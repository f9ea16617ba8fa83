"""The profile as a heat map: for every dimension the share of answers at each phase's level.

Every cell prints its number and shows it again as a height and a background, so that neither colour
nor block graphics is needed to read it.  Each row is the whole, 100 per cent.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.model.exact import MILLION, to_micro
from cxmaturity.model.scorecard import DimensionCard
from cxmaturity.text.account import Account, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import score_text
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Line,
    Pen,
    Span,
    Tone,
    left,
    right,
    widest,
)
from cxmaturity.tui.widgets.glyphs import HEIGHTS

WIDEST_CELL = 14
NARROWEST_CELL = 6
PICTURE = 5
"""Cells of a share: three digits, a space, a block."""
HEATS: tuple[Tone, ...] = ("heat0", "heat1", "heat2", "heat3", "heat4", "heat5")


def heat_map(told: Account, frame: Frame) -> Drawing:
    """Dimensions by phases; only for rubrics with one phase for each level."""
    pen = Pen(frame.width)
    columns = scores.levels(told)
    cards = [(depth, card) for depth, card in scores.scored(told) if card.profile]
    if not columns or not cards:
        pen.say(_("This rubric has no level for each phase, so there is no profile to show."))
        return pen.drawing()
    names = [("  " * depth) + scores.title(told, card) for depth, card in cards]
    figures = [scores.score(told, card) for _depth, card in cards]
    figure = widest(figures) + 1
    room = frame.width - figure - 1
    cell = min(WIDEST_CELL, max(NARROWEST_CELL, (room - widest(names)) // len(columns)))
    name = min(widest(names), max(8, room - cell * len(columns)))
    _head(pen, [title for _id, title in columns], name + 1, cell)
    for (_depth, card), title, score in zip(cards, names, figures, strict=True):
        tone: Tone = "strong" if card.id == told.card.overall.id else ""
        with pen.item(card.id, card.id):
            pen.row(
                Span(left(title, name), tone),
                Span(" "),
                *(_cell(told, card, id_, cell) for id_, _title in columns),
                Span(right(score, figure), "strong"),
            )
    pen.blank()
    pen.say(_("Share of the answers at the level typical of each phase, in per cent."), "quiet")
    return pen.drawing()


def _cell(told: Account, card: DimensionCard, level: str, width: int) -> Span:
    share = to_micro((card.profile or {}).get(level, 0))
    number = score_text(share * 100, told.language, 0) if share else "0"
    height = min(8, (8 * share + MILLION // 2) // MILLION)
    block = HEIGHTS[max(height, 1)] if share else HEIGHTS[0]
    return Span(left(" " * ((width - PICTURE) // 2) + f"{number:>3} {block}", width), _heat(share))


def _heat(share: int) -> Tone:
    """Six steps of warmth: nothing, up to a fifth, …, everything."""
    return HEATS[min(5, -(-5 * share // MILLION))] if share else "heat0"


def _head(pen: Pen, titles: Sequence[str], before: int, cell: int) -> None:
    """Column titles: on one line, on two in turn where they are wider, else as a numbered key."""
    if widest(titles) < cell:
        pen.row(*_titles(titles, before, cell, range(len(titles))))
    elif widest(titles) < 2 * cell:
        pen.row(*_titles(titles, before, cell, range(1, len(titles), 2)))
        pen.row(*_titles(titles, before, cell, range(0, len(titles), 2)))
    else:
        numbers = [str(number) for number in range(len(titles))]
        pen.say(" · ".join(f"{n} {t}" for n, t in zip(numbers, titles, strict=True)), "quiet")
        pen.row(*_titles(numbers, before, cell, range(len(titles))))


def _titles(titles: Sequence[str], before: int, cell: int, shown: range) -> Line:
    """Titles in the middle of their columns; a title may lean over an empty neighbour."""
    row = ""
    for place in shown:
        start = before + place * cell + (cell - widest([titles[place]])) // 2
        row += " " * max(1 if row else 0, start - widest([row])) + titles[place]
    return (Span(row, "quiet"),)
