"""Respondents as lists for a report: every figure of a group, who has none, who is named."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.model.scorecard import AxisInfo
from cxmaturity.text.account import places, scores
from cxmaturity.text.account.figures import Account
from cxmaturity.text.account.people import GroupRow, cards, group_row
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import listed


def shown_groups(told: Account, axis: AxisInfo) -> list[tuple[str, str, GroupRow]]:
    """Every figure of an axis that may be shown: dimension, whole name of the group, figures."""
    return [
        (scores.title(told, card), places.place_name(told, axis, group.place), row)
        for card, said in cards(told)
        for group in places.groups(said, axis)
        if not group.hidden
        for row in [group_row(told, axis, group)]
    ]


def never_shown(told: Account, axis: AxisInfo) -> str:
    """The groups of an axis of which no figure may be shown, in a sentence; empty without any."""
    shown = places.shown_places(told, axis)
    there = {g.place for _card, said in cards(told) for g in places.groups(said, axis)}
    names = [places.place_name(told, axis, p) for p in axis.places if p in there - shown.keys()]
    return _("No figure may be shown of: {places}.").format(places=listed(names)) if names else ""


def attributed(told: Account) -> Iterator[str]:
    """Those who agreed to be shown by name, each with the means of the dimensions."""
    for person in told.card.people.attributed if told.card.people else ():
        axes = {axis.id: axis for axis in places.axes(told)}
        where = [
            f"{places.axis_title(told, axes[axis])}: {places.place_name(told, axes[axis], place)}"
            for axis, place in person.places.items()
            if axis in axes
        ]
        named = told.names.shown(person.code) + (f" ({', '.join(where)})" if where else "")
        said = [
            f"{scores.title(told, card)} {told.published(person.scores[card.id])}"
            for _depth, card in scores.scored(told)
            if card.id in person.scores
        ]
        yield f"{named}: {' · '.join(said)}"
