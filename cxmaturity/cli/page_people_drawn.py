"""Draws how far groups of respondents are apart: a dumbbell for each dimension, figures beside it.

The same letter marks a group in the picture, at the head of its figures and in the legend, so that
nothing rests on colour or shape alone.  What is hidden has no letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from cxmaturity.cli import page_people as pieces
from cxmaturity.cli.page_blocks import Gap, Subheading
from cxmaturity.cli.page_ink import ACCENT, Column, Ink, tables, widest
from cxmaturity.model.scorecard import AxisInfo, GroupCard, PeopleCard
from cxmaturity.text.account import NOTHING, Account, people, places, scores
from cxmaturity.text.account.dumbbells import dumbbells, legend, lines
from cxmaturity.text.messages import gettext as _

GAP = 2
"""Cells between columns."""
SHORTEST, LONGEST = 20, 44
"""Cells of a line with marks."""


def people_section(told: Account, ink: Ink) -> Iterator[RenderableType]:
    """The whole section; nothing where there are no respondents."""
    if told.card.people is None:
        return
    yield from ink.draw(pieces.standing(told))
    yield from _apart(told, ink)
    yield from ink.draw(pieces.dimensions(told))
    yield from ink.draw(pieces.gaps(told))
    yield from ink.draw(pieces.attributed(told))
    for axis in places.axes(told)[1:]:
        yield from _figures_by(told, ink, axis)
    yield from ink.draw(pieces.hidden(told))


def _apart(told: Account, ink: Ink) -> Iterator[RenderableType]:
    """A line with marks for each dimension, the figures of its groups and their gap beside it."""
    bells = dumbbells(told)
    if not bells:
        return
    cards = {card.id: said for card, said in people.cards(told)}
    names = Column(Text(), [ink.text("  " * b.depth + b.title) for b in bells], "words")
    axis = next(iter(places.axes(told)), None)
    columns = _figures(told, ink, axis, [cards[bell.id] for bell in bells]) if axis else []
    gaps = [cards[bell.id].gap for bell in bells]
    if any(gaps):
        shown = [told.published(gap.value) if gap else NOTHING for gap in gaps]
        columns.append(Column(ink.text(_("Gap"), "dim"), [*map(ink.text, shown)], "figures"))
    beside = sum(widest(column) + GAP for column in (names, *columns))
    width = min(max(ink.width - beside, SHORTEST), LONGEST)
    drawn = lines(bells, width, ascii_only=ink.ascii_only)
    line = Column(Text(), [_coloured(line) for line in drawn], "picture")
    yield Text()
    yield from tables([names, line, *columns], ink.width, GAP)
    marks = [(sign, name) for sign, name in legend(bells) if not sign.isalnum()]
    yield _legend(ink, [*_letters(told, axis), *marks])


def _coloured(line: str) -> Text:
    said = Text(line)
    said.highlight_regex(r"[━=]+", ACCENT)
    said.highlight_regex(r"[─-]+", "dim")
    said.highlight_regex(r"[A-Za-z◆●#*]", "bold")
    return said


def _figures(told: Account, ink: Ink, axis: AxisInfo, cards: Sequence[PeopleCard]) -> list[Column]:
    """A column of figures for each place that has one that may be shown."""
    found = [{g.place: g for g in places.groups(said, axis)} for said in cards]
    return [
        Column(
            ink.text(letter, "bold"),
            [ink.text(_figure(told, groups.get(place))) for groups in found],
            "figures",
        )
        for place, letter in places.shown_places(told, axis).items()
    ]


def _figure(told: Account, group: GroupCard | None) -> str:
    if group is None or group.hidden:
        return NOTHING
    return people.signed(told, group.score, group.bound)


def _figures_by(told: Account, ink: Ink, axis: AxisInfo) -> Iterator[RenderableType]:
    """The figures of one more axis under the letters of its places."""
    cards = people.cards(told)
    columns = _figures(told, ink, axis, [said for _card, said in cards])
    if not columns:
        return
    yield from ink.draw([Gap(), Subheading(places.axis_title(told, axis))])
    names = Column(Text(), [ink.text(scores.title(told, card)) for card, _said in cards], "words")
    yield from tables([names, *columns], ink.width, GAP)
    yield _legend(ink, _letters(told, axis))


def _letters(told: Account, axis: AxisInfo | None) -> list[tuple[str, str]]:
    """The letter and the whole name of each place that has a figure."""
    if axis is None:
        return []
    shown = places.shown_places(told, axis).items()
    return [(letter, places.place_name(told, axis, place)) for place, letter in shown]


def _legend(ink: Ink, signs: Sequence[tuple[str, str]]) -> Text:
    return ink.text(" · ".join(f"{sign} {name}" for sign, name in signs), "dim")
