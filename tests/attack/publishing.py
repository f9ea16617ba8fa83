"""Reports as the product makes them, with any `showable` and `held_back`: broken ones as well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cxmaturity.engine.people.averages import aggregate, mean, to_tenth
from cxmaturity.engine.people.disclosure import ALL, NOTHING_YET, Past, Place, Showable
from cxmaturity.engine.people.groups import Groups, groups_of, indices_of, top_level
from cxmaturity.engine.people.ledger import Ledger
from cxmaturity.engine.people.levels import tally_of
from cxmaturity.model.exact import MILLION
from cxmaturity.model.people import People, PeopleSettings, Publication, PublishedItem
from cxmaturity.model.scorecard import GroupCard, PeopleCard
from tests.attack.organisations import PATH, TOP, Organisation

SCALE = (0, TOP * MILLION)

Showing = Callable[..., Showable]
Holding = Callable[..., bool]


def held_back(
    path: str,
    people: People,
    groups: Groups,
    earlier: Sequence[Publication],
    settings: PeopleSettings,
) -> bool:
    """The ledger rule of the product, as something that a broken build can leave out."""
    return Ledger(people, groups, earlier, settings).holds_back(path)


@dataclass(frozen=True)
class Report:
    """What one report says of the indicator, and about whom."""

    people: People
    groups: Groups
    settings: PeopleSettings
    figures: Mapping[Place, tuple[int, str | None]]
    """Millionths with one decimal, and the bound, by the sets that are shown."""

    @property
    def levels(self) -> list[int | None]:
        return _levels(self.people.answers[PATH])

    def members(self, place: Place) -> list[int]:
        """Who of a set answered."""
        answers = self.people.answers[PATH]
        inside = (
            range(len(answers)) if place == ALL else indices_of(self.groups[place[0]][place[1]])
        )
        return [i for i in inside if answers[i] is not None]

    def hidden(self) -> list[Place]:
        """The places with answers that are not shown."""
        return [
            (axis, place)
            for axis, places in self.groups.items()
            for place in places
            if (axis, place) not in self.figures and self.members((axis, place))
        ]

    def shares(self) -> dict[int, Fraction]:
        """By how much everybody's answer raises the figure of everybody."""
        axis = self.settings.aggregate_over
        if self.settings.pooled or axis is None:
            groups = {"": self.members(ALL)}
        else:
            groups = {place: self.members((axis, place)) for place in top_level(self.groups[axis])}
        weights = {
            place: self.settings.group_weights.get(place, MILLION)
            for place, members in groups.items()
            if members
        }
        total = sum(weights.values()) or 1
        return {
            i: Fraction(weight, total * len(groups[place]))
            for place, weight in weights.items()
            for i in groups[place]
        }


def report_of(
    people: People, settings: PeopleSettings, showing: Showing, past: Past = NOTHING_YET
) -> Report:
    """A report on its own, or after others."""
    empty = Report(people, groups_of(people, settings.axes), settings, {})
    shown = showing(empty.levels, empty.groups, settings, SCALE, past)
    places = [(axis, place) for axis, places in shown.places.items() for place in places]
    figures = {
        place: (_tenth(empty, place), shown.bounds.get(place))
        for place in ([ALL, *places] if shown.everybody else [])
    }
    return Report(people, empty.groups, settings, figures)


def _tenth(report: Report, place: Place) -> int:
    levels = report.levels
    axis = report.settings.aggregate_over
    if place != ALL or report.settings.pooled or axis is None:
        return to_tenth(mean(tally_of([levels[i] for i in report.members(place)])))
    tallies = {
        top: tally_of([levels[i] for i in report.members((axis, top))])
        for top in top_level(report.groups[axis])
    }
    found = aggregate({top: tally for top, tally in tallies.items() if tally}, report.settings)
    assert found is not None
    return to_tenth(found)


def reports_of(organisation: Organisation, showing: Showing, holding: Holding) -> list[Report]:
    """What an outsider has in hand in the end: one report, or two that say something else."""
    settings, people = organisation.settings, organisation.second
    first = report_of(organisation.first, settings, showing)
    earlier, groups = [publication_of(first)], groups_of(people, settings.axes)
    if holding(PATH, people, groups, earlier, settings):
        return [first]
    past = Ledger(people, groups, earlier, settings).past(PATH, _levels)
    second = report_of(people, settings, showing, past)
    return [first, second] if second.figures or not past.publications else [first]


def _levels(raws: Sequence[object]) -> list[int | None]:
    return [raw * MILLION if isinstance(raw, int) else None for raw in raws]


def publication_of(report: Report) -> Publication:
    """The entry of the ledger."""
    groups = tuple(
        GroupCard(axis, place, n=len(report.members((axis, place))), score=figure / MILLION)
        for (axis, place), (figure, _) in report.figures.items()
        if axis
    )
    n = len(report.members(ALL)) if ALL in report.figures else None
    item = PublishedItem("value", None, PeopleCard(n=n, groups=groups))
    return Publication(1, dt.date(2026, 3, 1), report.people, {PATH: item})
