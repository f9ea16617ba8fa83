"""What rules read of people: the same figures that cards show, never a finer one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import GroupCard, Number, PeopleCard

_CALL = re.compile(r"(respondents|gap|agreement|share)\(([^,)]+)(?:, '([^']*)')?\)")


def figures_of(keys: Iterable[str], cards: Mapping[str, PeopleCard]) -> Mapping[str, int]:
    """Millionths by the call as expressions name it; absent is what may not be shown.

    ``cards`` by indicator path and dimension id.
    """
    found: dict[str, int] = {}
    for key in keys:
        call = _CALL.fullmatch(key)
        number = _figure(call[1], call[2], call[3], cards) if call else None
        if number is not None:
            found[key] = to_micro(number)
    return found


def _figure(
    function: str, name: str, place: str | None, cards: Mapping[str, PeopleCard]
) -> Number | None:
    if function == "share":
        path, _, option = name.rpartition(".")
        return cards[path].shares.get(option) if path in cards else None
    card = cards.get(name)
    if card is None:
        return None
    if function == "gap":
        return None if card.gap is None else card.gap.value
    said = card if place is None else _group(card, place)
    if said is None or said.bound is not None:
        return None
    return said.score if function == "respondents" else said.agreement


def _group(card: PeopleCard, place: str) -> GroupCard | None:
    """The card of a place, on the first axis that has it."""
    return next((group for group in card.groups if group.place == place), None)
