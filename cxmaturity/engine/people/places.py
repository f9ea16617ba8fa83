"""The axes and places of the people, with their titles, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cxmaturity.engine.people.groups import Groups
from cxmaturity.model.people import OTHER
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import AxisInfo, Texts
from cxmaturity.model.text import ANY_LANGUAGE

OTHERS: Texts = {"en": "Others", "fi": "Muut"}
"""Title of the group of those who have no place on an axis."""


def axes_shown(rubric: Rubric, groups: Groups) -> tuple[AxisInfo, ...]:
    """Every axis with the places that somebody has: the rubric's first, the others last.

    A place that the rubric does not title is called by the last part of its path.
    """
    return tuple(_axis(rubric, axis, places) for axis, places in groups.items())


def _axis(rubric: Rubric, axis: str, places: Iterable[str]) -> AxisInfo:
    known = rubric.axes.get(axis)
    titles = {} if known is None else {name: place.title for name, place in known.places.items()}
    title = {ANY_LANGUAGE: axis} if known is None else known.title
    return AxisInfo(
        axis, title, {place: _title(place, titles) for place in _ordered(places, titles)}
    )


def _title(place: str, titles: Mapping[str, Texts]) -> Texts:
    if place in titles:
        return titles[place]
    return OTHERS if place == OTHER else {ANY_LANGUAGE: place.rpartition("/")[2]}


def _ordered(places: Iterable[str], titles: Mapping[str, Texts]) -> list[str]:
    """Parents before their parts."""
    known = list(titles)

    def rank(place: str) -> tuple[int, list[str]]:
        parts = place.split("/")
        if parts[0] in titles:
            return known.index(parts[0]), parts
        return len(known) + (place == OTHER), parts

    return sorted(places, key=rank)
