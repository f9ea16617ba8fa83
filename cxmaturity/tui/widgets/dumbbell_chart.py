"""How far groups of respondents are apart: a line for each dimension with a mark for each group.

Where the marks lie is computed for all surfaces in `cxmaturity.text.account.dumbbells`; what may
not be shown never comes here.
"""

from __future__ import annotations

from cxmaturity.model.scorecard import AxisInfo
from cxmaturity.text.account import Account, people, places
from cxmaturity.text.account.dumbbells import ASSESSOR, Dumbbell, dumbbells, legend, lines
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.bars import flowing
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Line,
    Pen,
    Span,
    Tone,
    cut,
    left,
    merged,
    right,
    widest,
)

SMALLEST_LINE = 24
"""Cells of the line below which names are cut."""
_TONES: dict[str, Tone] = {"─": "quiet", "━": "solid", ASSESSOR: "mark", "<": "open", ">": "open"}


def dumbbell_chart(told: Account, frame: Frame, axis: AxisInfo | None = None) -> Drawing:
    """Every dimension with the groups of one axis, the assessor's finding and the gap."""
    pen = Pen(frame.width)
    bells = dumbbells(told, axis)
    if not bells:
        pen.say(_("No figure of respondents may be shown yet."))
        return pen.drawing()
    gaps = [_gap(told, bell) for bell in bells]
    gap = widest(gaps) + 1
    names = [("  " * bell.depth) + bell.title for bell in bells]
    name = min(widest(names), frame.width - gap - SMALLEST_LINE - 1)
    cells = frame.width - name - gap - 1
    for bell, title, said, drawn in zip(bells, names, gaps, lines(bells, cells), strict=True):
        tone: Tone = "strong" if bell.id == told.card.overall.id else ""
        with pen.item(bell.id):
            pen.row(
                Span(left(title, name), tone),
                Span(" "),
                *_toned(bell, drawn),
                Span(right(said, gap), "strong"),
            )
    pen.blank()
    for line in _signs(told, bells, axis, frame.width):
        pen.row(*line)
    return pen.drawing()


def _gap(told: Account, bell: Dumbbell) -> str:
    """The largest difference that may be told of a dimension."""
    card = next(card for card, _people in people.cards(told) if card.id == bell.id)
    found = card.people.gap if card.people else None
    return f"Δ {told.published(found.value)}" if found else ""


def _toned(bell: Dumbbell, drawn: str) -> Line:
    """The ends of the scale, the line, and the marks that stand out of it."""
    first = drawn.index(" ", len(drawn) - len(drawn.lstrip())) + 1
    last = drawn.rstrip().rindex(" ")
    spans = [Span(drawn[:first], "quiet")]
    signs = {mark.sign for mark in bell.marks if mark.kind != "assessor"}
    spans += [
        Span(sign, "here" if sign in signs else _TONES.get(sign, "")) for sign in drawn[first:last]
    ]
    return merged([*spans, Span(drawn[last:], "quiet")])


def _signs(
    told: Account, bells: list[Dumbbell], axis: AxisInfo | None, width: int
) -> tuple[Line, ...]:
    """What the marks mean, and that some groups have none."""
    groups: list[tuple[Span, ...]] = [
        (
            Span(sign, "mark" if sign == ASSESSOR else "here"),
            Span(f" {cut(name, width - 4)}", "quiet"),
        )
        for sign, name in legend(bells)
    ]
    chosen = axis or next(iter(places.axes(told)), None)
    if chosen and any(
        group.hidden for _card, said in people.cards(told) for group in places.groups(said, chosen)
    ):
        groups.append((Span(_("some groups are not shown"), "quiet"),))
    if any(mark.bound for bell in bells for mark in bell.marks):
        groups.append((Span("< >", "open"), Span(f" {_('or less, or more')}", "quiet")))
    return tuple(flowing(groups, width))
