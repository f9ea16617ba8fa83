"""Draws the table of dimensions: bar, score, evidence, open range, coverage, heat.

Each picture stands beside its figure, so nothing is lost without colour or with a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from cxmaturity.cli.page_ink import ACCENT, Column, Ink, narrowest, tables, widest
from cxmaturity.cli.page_sections import score_notes
from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import DimensionCard, Number
from cxmaturity.text.account import Account, scores
from cxmaturity.text.messages import gettext as _

GAP = 1
"""Cells between columns: there are many."""
BAR = 8
"""Cells of a bar."""
MOST_LEVELS = 9
"""More levels than this have no heat table: they would not fit; `why` tells them."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = " ▁▂▃▄▅▆▇█"


def score_tables(told: Account, ink: Ink) -> Iterator[RenderableType]:
    """One table where it fits, else the scores first and the heat of levels below them."""
    names, figures, heat = _names(told, ink), _figures(told, ink), _heat(told, ink)
    behaviour = _behaviour(told, ink)
    whole = [*figures, *heat, behaviour]
    together = not heat or widest(names) + GAP + narrowest(whole, GAP) <= ink.width
    yield from _tables(names, whole if together else figures, ink)
    yield _bar_legend(ink)
    share = _("Answers at level, %")
    if heat and together:
        yield ink.text(f"{share}: {_levels(told)}", "dim")
    yield from ink.draw(score_notes(told))
    if not together:
        yield Text()
        yield from _tables(_names(told, ink, share), [*heat, behaviour], ink)
        yield ink.text(_levels(told), "dim")


def _tables(names: Column, columns: Sequence[Column], ink: Ink) -> Iterator[RenderableType]:
    """The columns in as few tables as the width allows, each beginning with the names."""
    yield from tables([*map(_overall_apart, (names, *columns))], ink.width, GAP)


def _overall_apart(column: Column) -> Column:
    """The column with an empty line before the overall, which is no dimension."""
    *cells, overall = column.cells
    return column._replace(cells=[*cells, Text(), overall])


def _figures(told: Account, ink: Ink) -> list[Column]:
    rows = scores.scored(told)

    def figures(head: str, cells: list[str], style: str = "") -> Column:
        shown = [ink.text(cell, style) for cell in cells]
        return Column(ink.text(head, "dim"), shown, "figures")

    return [
        Column(Text(), [bar(ink, card, BAR) for _depth, card in rows], "picture"),
        figures(_("Score"), [scores.figure(told, card) for _depth, card in rows], "bold"),
        *_marks(told, ink),
        figures(_("Evidenced"), [told.figure(card.id, card.evidenced) for _depth, card in rows]),
        figures(
            _("Possible"), [told.interval(card.low, card.high, card.id) for _depth, card in rows]
        ),
        figures(_("Answered"), [told.percent(card.coverage) for _depth, card in rows]),
    ]


def _marks(told: Account, ink: Ink) -> list[Column]:
    """The mark of provisional scores in a column of its own, so that figures stay aligned."""
    marks = [scores.PROVISIONAL if card.provisional else "" for _depth, card in scores.scored(told)]
    return [Column(Text(), [ink.text(mark) for mark in marks], "picture")] if any(marks) else []


def _names(told: Account, ink: Ink, head: str = "") -> Column:
    rows = scores.scored(told)
    names = [ink.text("  " * depth + scores.title(told, card)) for depth, card in rows]
    names[-1].stylize("bold")
    return Column(ink.text(head, "dim"), names, "words")


def _behaviour(told: Account, ink: Ink) -> Column:
    cells = [
        ink.text(scores.behaviour(told, card), "" if card.score is not None else "dim")
        for _depth, card in scores.scored(told)
    ]
    return Column(ink.text(_("Behaviour"), "dim"), cells, "words")


def _heat(told: Account, ink: Ink) -> list[Column]:
    """A column for each level; none where there are no levels or too many."""
    levels = scores.levels(told)
    if len(levels) > MOST_LEVELS:
        return []
    profiles = [card.profile or {} for _depth, card in scores.scored(told)]
    return [
        Column(
            ink.text(f"{place}  ", "dim"),
            [heat_cell(told, ink, shares.get(level)) for shares in profiles],
            "figures",
        )
        for place, (level, _name) in enumerate(levels)
    ]


def _bar_legend(ink: Ink) -> Text:
    return ink.text(f"█ {_('score')}   ░ {_('still possible')}", "dim")


def _levels(told: Account) -> str:
    return " · ".join(f"{place} {name}" for place, (_id, name) in enumerate(scores.levels(told)))


def bar(ink: Ink, card: DimensionCard, cells: int) -> Text:
    """The score on the dimension's scale in eighths of a cell, then what is still possible."""
    low, best = (to_micro(end) for end in card.scale)
    filled = _eighths(card.score, low, best, cells)
    reach = round(max(_eighths(card.high, low, best, cells), filled) / 8)
    if ink.ascii_only:
        solid = "#" * round(filled / 8)
    else:
        solid = "█" * (filled // 8) + (_EIGHTHS[filled % 8] if filled % 8 else "")
    open_ = "░" * max(reach - len(solid), 0)
    rest = " " * (cells - len(solid) - len(open_))
    return Text.assemble((solid, ACCENT), ink.text(open_ + rest, "dim"))


def _eighths(value: Number | None, low: int, best: int, cells: int) -> int:
    """Eighths of a cell that a value fills; something where it is above the lowest."""
    if value is None or best <= low:
        return 0
    part = (to_micro(value) - low) * cells * 8
    return min(max(part // (best - low), 1 if part > 0 else 0), cells * 8)


def heat_cell(told: Account, ink: Ink, share: Number | None) -> Text:
    """A share as a figure and the height of a block."""
    if not share:
        return ink.text("·  ", "dim")
    figure = told.percent(share).rstrip("%\u00a0")
    if ink.ascii_only:
        return ink.text(f"{figure}  ")
    height = min(max(to_micro(share) * 8 // 1_000_000, 1), 8)
    return Text.assemble(ink.text(figure), " ", (_HEIGHTS[height], ACCENT))
