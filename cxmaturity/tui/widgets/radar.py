"""The radar: an axis for each dimension, rings at whole levels, the score and its evidenced part.

Axes carry numbers that the list beside them explains, so long titles cost no room.  The area means
nothing (it changes with the order of the axes): the bars are the view to read, this is the picture
for slides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from cxmaturity.model.exact import MILLION, to_micro
from cxmaturity.model.scorecard import DimensionCard, Number
from cxmaturity.text.account import Account, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.bars import flowing
from cxmaturity.tui.widgets.dots import SIGNS, Dots, Point
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Line,
    Pen,
    Span,
    Tone,
    left,
    right,
    size,
    widest,
)

FEWEST_AXES = 3
LEAST_ROWS = 11
MOST_ROWS = 33
NARROWEST_KEY = 26
MOST_RINGS = 10
DOTTED = 3
"""Every which dot of what is evidenced is drawn."""
LINES: Mapping[Tone, str] = {"solid": "⠒⠒", "mark": "⠂⠂"}
"""The outlines in the legend: one is dotted, so colour is not needed to tell them apart."""

Place = Callable[[int, float], Point]
"""Where on an axis a share of the scale lies."""


def radar(told: Account, frame: Frame) -> Drawing:
    """The key at the left, the picture at the right."""
    pen = Pen(frame.width)
    cards = [card for _depth, card in scores.tree(told) if card.state != "not_applicable"]
    if len(cards) < FEWEST_AXES:
        pen.say(_("A radar needs three dimensions or more; the bars show fewer as well."))
        return pen.drawing()
    rows = max(LEAST_ROWS, min(MOST_ROWS, frame.height - 2, (frame.width - NARROWEST_KEY) // 2))
    picture = _picture(cards, rows, plain=frame.plain)
    _beside(told, pen, cards, picture)
    pen.blank()
    for line in flowing(_legend(cards, plain=frame.plain), frame.width):
        pen.row(*line)
    return pen.drawing()


def _beside(
    told: Account, pen: Pen, cards: Sequence[DimensionCard], picture: Sequence[Line]
) -> None:
    """The numbered key and the picture, line by line."""
    names = [f"{number:>2} {scores.title(told, card)}" for number, card in enumerate(cards, 1)]
    figures = [scores.score(told, card) for card in cards]
    figure = widest(figures) + 1
    columns = size(picture[0])
    name = min(widest(names), max(10, pen.width - columns - figure - 1))
    gap = Span(" " * max(1, (pen.width - name - figure - columns) // 2))
    for place in range(max(len(picture), len(cards))):
        drawn = picture[place] if place < len(picture) else ()
        if place >= len(cards):
            pen.row(Span(" " * (name + figure)), gap, *drawn)
            continue
        with pen.item(cards[place].id, cards[place].id):
            score = Span(right(figures[place], figure), "strong")
            pen.row(Span(left(names[place], name)), score, gap, *drawn)


def _legend(cards: Sequence[DimensionCard], *, plain: bool) -> list[tuple[Span, ...]]:
    series: list[tuple[Tone, str]] = [("solid", _("score"))]
    if any(card.evidenced not in (None, card.score) for card in cards):
        series.append(("mark", _("evidenced")))
    signs = ((SIGNS[tone] if plain else LINES[tone], tone, said) for tone, said in series)
    return [(Span(sign, tone), Span(f" {said}", "quiet")) for sign, tone, said in signs]


def _picture(cards: Sequence[DimensionCard], rows: int, *, plain: bool) -> list[Line]:
    dots = Dots(2 * rows + 4, rows, plain)
    radius = (rows - 2) / 2

    def place(axis: int, share: float) -> Point:
        angle = 2 * math.pi * axis / len(cards)
        across, up = radius * share * math.sin(angle), radius * share * math.cos(angle)
        return rows + 2 + 2 * across, rows / 2 - up

    _web(dots, cards, place)
    series: tuple[tuple[Tone, list[Number | None]], ...] = (
        ("mark", [card.evidenced for card in cards]),
        ("solid", [card.score for card in cards]),
    )
    for tone, values in series:
        shares = [_share(card, value) for card, value in zip(cards, values, strict=True)]
        _outline(dots, shares, place, tone)
    for axis in range(len(cards)):
        dots.word(place(axis, 1 + 1 / radius), str(axis + 1))
    return dots.lines()


def _web(dots: Dots, cards: Sequence[DimensionCard], place: Place) -> None:
    """The outer ring, and on each axis a dot at every whole level of the first one's scale."""
    low, best = (to_micro(end) for end in cards[0].scale)
    rings = max(1, min(MOST_RINGS, (best - low) // MILLION))
    for axis in range(len(cards)):
        dots.line(place(axis, 1), place(axis + 1, 1), "quiet", 2)
        for ring in range(rings):
            dots.dot(place(axis, ring / rings), "quiet")


def _share(card: DimensionCard, value: Number | None) -> float | None:
    low, best = (to_micro(end) for end in card.scale)
    if value is None or best == low:
        return None
    return min(1.0, max(0.0, (to_micro(value) - low) / (best - low)))


def _outline(dots: Dots, shares: Sequence[float | None], place: Place, tone: Tone) -> None:
    """Neighbouring values joined; where one is missing the outline is open."""
    every = 1 if tone == "solid" else DOTTED
    for axis, share in enumerate(shares):
        following = (axis + 1) % len(shares)
        after = shares[following]
        if share is not None:
            end = place(axis, share) if after is None else place(following, after)
            dots.line(place(axis, share), end, tone, every)
