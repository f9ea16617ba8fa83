"""Groups of respondents by their names: axes, places, and the letter that stands for a place.

A letter marks the same place in a picture and in the table beside it.  Only places with a figure
that may be shown get one: a letter never tells that somebody answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from cxmaturity.model.scorecard import AxisInfo, GroupCard, PeopleCard
from cxmaturity.text.account.figures import Account
from cxmaturity.text.messages import gettext as _

LETTERS: Final = ascii_uppercase + ascii_lowercase
"""Signs of places, in order."""
OTHER: Final = "other"
"""The place of those who have none on an axis."""


def axes(told: Account) -> tuple[AxisInfo, ...]:
    """The axes by which respondents are grouped, the one that is aggregated over first.

    An axis on which nobody has a place groups nobody.
    """
    people = told.card.people
    if people is None:
        return ()
    used = [axis for axis in people.axes if not {*axis.places} <= {OTHER}]
    return tuple(sorted(used, key=lambda axis: axis.id != people.aggregate_over))


def axis_title(told: Account, axis: AxisInfo) -> str:
    """The name of an axis."""
    return told.names.text(axis.title, axis.id, told.language)


def place_title(told: Account, axis: AxisInfo | None, place: str) -> str:
    """The name of one place without what it is part of."""
    if not place:
        return _("Everybody")
    if place == OTHER and (axis is None or place not in axis.places):
        return _("Others")
    name = place.rpartition("/")[2]
    return told.names.text(axis.places.get(place) if axis else None, name, told.language)


def place_name(told: Account, axis: AxisInfo | None, place: str) -> str:
    """The whole name of a place: ``Sales / North``."""
    parts = place.split("/")
    steps = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return " / ".join(place_title(told, axis, step) for step in steps)


def named_place(told: Account, place: str) -> str:
    """The whole name of a place whose axis is not said: the first axis that has it."""
    found = (axis for axis in axes(told) if place in axis.places)
    return place_name(told, next(found, None), place)


def depth(place: str) -> int:
    """How many places a place is part of."""
    return place.count("/")


def groups(people: PeopleCard, axis: AxisInfo) -> list[GroupCard]:
    """The groups of an axis, in the axis's order, never by their figures."""
    order = {place: number for number, place in enumerate(axis.places)}
    found = [group for group in people.groups if group.axis == axis.id]
    return sorted(found, key=lambda group: order.get(group.place, len(order)))


def shown_places(told: Account, axis: AxisInfo) -> dict[str, str]:
    """The places of an axis of which at least one figure may be shown, with their letters."""
    shown = {
        group.place
        for people in _cards(told)
        for group in people.groups
        if group.axis == axis.id and group.score is not None and not group.hidden
    }
    ordered = [place for place in axis.places if place in shown]
    ordered += sorted(shown - {*ordered})
    return {place: sign(number) for number, place in enumerate(ordered)}


def sign(number: int) -> str:
    """The letter of the place with a number; places beyond the letters have the number itself."""
    return LETTERS[number] if number < len(LETTERS) else str(number + 1)


def _cards(told: Account) -> Iterator[PeopleCard]:
    for card in (*told.card.dimensions.values(), told.card.overall):
        if card.people is not None:
            yield card.people
