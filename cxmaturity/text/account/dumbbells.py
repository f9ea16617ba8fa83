"""How far groups of respondents are apart, as a picture on one line: ``0 ──A━━◆━━━B── 4``.

A dumbbell is values only (marks with their place on the scale), so that every surface can draw it;
`lines` draws it as text.  What may not be shown has no mark, and nothing is drawn around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import AxisInfo, Bound, DimensionCard, Number, PeopleCard
from cxmaturity.text.account import places, scores
from cxmaturity.text.account.figures import Account
from cxmaturity.text.messages import gettext as _

ASSESSOR: Final = "◆"
"""Marks what the assessor found."""
EVERYBODY: Final = "●"
"""Marks all respondents together, where no groups may be shown."""
_ASCII: Final = str.maketrans({"━": "=", "─": "-", ASSESSOR: "#", EVERYBODY: "*"})


class Mark(NamedTuple):
    """One mark: its sign, whose it is, its figure, and where on the scale it lies (0 to 1)."""

    sign: str
    name: str
    value: Number
    at: float
    kind: Literal["group", "assessor", "everybody"] = "group"
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """The marks of one dimension, from the lowest to the highest, and the ends of its scale."""

    id: str
    title: str
    depth: int
    low: str
    best: str
    marks: tuple[Mark, ...]


def dumbbells(told: Account, axis: AxisInfo | None = None) -> list[Dumbbell]:
    """One for each dimension of which respondents say something, the overall last.

    ``axis``: whose top places are marked; None: the one that is aggregated over.
    """
    chosen = axis or next(iter(places.axes(told)), None)
    signs = places.shown_places(told, chosen) if chosen else {}
    return [
        _dumbbell(told, depth, card, chosen, signs)
        for depth, card in scores.scored(told)
        if card.people is not None and card.people.score is not None
    ]


def legend(bells: Sequence[Dumbbell]) -> list[tuple[str, str]]:
    """Every sign that is drawn, with whose it is: groups in their order, then the assessor."""
    found = {mark.sign: mark for bell in bells for mark in bell.marks}
    marks = sorted(found.values(), key=lambda m: (m.kind != "group", len(m.sign), _order(m.sign)))
    return [(mark.sign, mark.name) for mark in marks]


def found_by_assessor(people: PeopleCard) -> Number | None:
    """Where the assessor's finding stands beside what people say.

    As far from their mean as it is on the questions that both have rated; to one decimal.
    """
    if people.score is None or people.above_found is None:
        return None
    return (to_micro(people.score) - to_micro(people.above_found)) / 1_000_000


def _dumbbell(
    told: Account,
    depth: int,
    card: DimensionCard,
    axis: AxisInfo | None,
    signs: dict[str, str],
) -> Dumbbell:
    people = card.people or PeopleCard()
    shown = [
        Mark(
            signs[group.place],
            places.place_name(told, axis, group.place),
            group.score,
            _at(group.score, card),
            bound=group.bound,
        )
        for group in (places.groups(people, axis) if axis else ())
        if group.score is not None
        and not group.hidden
        and not places.depth(group.place)
        and len(signs[group.place]) == 1
    ]
    if not shown and people.score is not None:
        everybody, at = _("Everybody"), _at(people.score, card)
        shown.append(Mark(EVERYBODY, everybody, people.score, at, "everybody", people.bound))
    found = found_by_assessor(people)
    if found is not None:
        shown.append(Mark(ASSESSOR, _("Assessor"), found, _at(found, card), "assessor"))
    marks = tuple(sorted(shown, key=lambda mark: mark.at))
    low, best = (told.exact(end) for end in card.scale)
    return Dumbbell(card.id, scores.title(told, card), depth, low, best, marks)


def _at(value: Number, card: DimensionCard) -> float:
    low, best = card.scale
    share = (value - low) / (best - low) if best > low else 0.0
    return min(max(share, 0.0), 1.0)


def _order(sign: str) -> int:
    return places.LETTERS.find(sign)


def placed(bell: Dumbbell, cells: int) -> list[tuple[int, Mark]]:
    """The cell of each mark on a line of so many cells, from the left.

    Two marks never share a cell: the higher one moves aside, so their order stays true.
    """
    marks = bell.marks[:cells]
    found: list[int] = []
    for number, mark in enumerate(marks):
        wanted = max(round(mark.at * (cells - 1)), found[-1] + 1 if found else 0)
        found.append(min(wanted, cells - (len(marks) - number)))
    return list(zip(found, marks, strict=True))


def lines(bells: Sequence[Dumbbell], width: int, *, ascii_only: bool = False) -> list[str]:
    """Each dumbbell as a line of ``width`` cells, their scales one under another."""
    left = max((len(bell.low) for bell in bells), default=0)
    right = max((len(bell.best) for bell in bells), default=0)
    cells = max(width - left - right - 2, 1)
    drawn = [
        f"{bell.low.rjust(left)} {_track(bell, cells)} {bell.best.ljust(right)}" for bell in bells
    ]
    return [line.translate(_ASCII) for line in drawn] if ascii_only else drawn


def _track(bell: Dumbbell, cells: int) -> str:
    """The scale with the marks on it; a heavy line between the outermost groups."""
    track = ["─"] * cells
    marks = placed(bell, cells)
    groups = [cell for cell, mark in marks if mark.kind == "group"]
    if groups:
        track[groups[0] : groups[-1] + 1] = "━" * (groups[-1] - groups[0] + 1)
    for cell, mark in marks:
        track[cell] = mark.sign
    _point(track, marks)
    return "".join(track)


def _point(track: list[str], marks: list[tuple[int, Mark]]) -> None:
    """An arrow beside a mark that is only a bound, where there is a cell for it."""
    taken = {cell for cell, _mark in marks}
    for cell, mark in marks:
        beside = {"at_least": cell + 1, "at_most": cell - 1}.get(mark.bound or "", -1)
        if 0 <= beside < len(track) and beside not in taken:
            track[beside] = ">" if mark.bound == "at_least" else "<"
