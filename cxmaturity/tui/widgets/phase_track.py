"""The path from the first phase to the last with the place reached on it, on one line."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.text.account import Account, phase
from cxmaturity.tui.widgets.drawing import Line, Span, Tone, cut, joined, size
from cxmaturity.tui.widgets.glyphs import AHEAD, ARROW, HERE, HOLDS, LINE, OPEN

NARROWEST = 8
"""Phases that would get fewer cells each are shown by their marks, with the reached one's name."""


def phase_track(told: Account, width: int) -> Line:
    """Every phase in its order: passed, reached, open or ahead."""
    here = phase.here(told)
    stops: list[tuple[str, str, Tone]] = []
    if here < 0:
        stops.append((HERE, phase.attained(told), "here"))
    for place, gate in enumerate(told.card.phase.gates):
        name = phase.gate_title(told, gate)
        if place == here:
            stops.append((HERE, name, "here"))
        elif gate.holds is None:
            stops.append((OPEN, name, "open"))
        elif gate.holds:
            stops.append((HOLDS, name, "holds"))
        else:
            stops.append((AHEAD, name, "quiet"))
    for between in (f" {LINE}{ARROW} ", f" {ARROW} ", " "):
        line = _joined(stops, between)
        if size(line) <= width:
            return line
    return _short(stops, width)


def _joined(stops: Sequence[tuple[str, str, Tone]], between: str) -> Line:
    spans: list[Span] = []
    for mark, name, tone in stops:
        if spans:
            spans.append(Span(between, "quiet"))
        shown = name.upper() if tone == "here" else name
        spans.append(Span(f"{mark} {shown}", tone))
    return tuple(spans)


def _short(stops: Sequence[tuple[str, str, Tone]], width: int) -> Line:
    """Marks only, and the name of the phase reached with its number."""
    place = next(i for i, stop in enumerate(stops) if stop[2] == "here")
    name = f" {place + 1}/{len(stops)} {stops[place][1].upper()}"
    marks = [Span(mark, tone) for mark, _name, tone in stops][: max(0, width - 1)]
    room = width - len(marks)
    return (*marks, Span(cut(name, room), "here")) if room >= NARROWEST else tuple(marks)


def headline(told: Account, width: int) -> Line:
    """Index and coverage, which stand beside the phase and never apart; more where it fits."""
    _phase, *figures = phase.headline(told)
    return (Span(joined(figures, width, least=2), "strong"),)
