"""What respondents say enters the judgement, and what may be shown of it the scorecard.

An assessor's rating decides; where there is none, or only "unknown", people give the level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from cxmaturity.engine.people.hearing import Heard, HeardIndicator
from cxmaturity.engine.program import OPEN_STATES, Program, State, World
from cxmaturity.engine.shown import HeardLevel, one_decimal
from cxmaturity.model.exact import divide, from_micro, to_micro
from cxmaturity.model.scorecard import (
    DimensionCard,
    IndicatorCard,
    Scorecard,
)

_STATES = {
    "value": State.VALUE,
    "unknown": State.UNKNOWN,
    "not_applicable": State.NOT_APPLICABLE,
    "too_few": State.UNANSWERED,
    "failed": State.FAILED,
}


def listen(program: Program, world: World, heard: Heard) -> dict[int, HeardLevel]:
    """Put the levels and figures of respondents into a world.

    Returns the indicators that they decide, by index, with the figure that may be shown of each.
    """
    levels: dict[int, HeardLevel] = {}
    for path, said in heard.indicators.items():
        i, state = program.leaf_index.get(path), _state(said)
        if i is None or world.leaf_state[i] not in OPEN_STATES or state not in _STATES:
            continue
        world.leaf_state[i] = int(_STATES[state])
        if state == "value" and said.level is not None:
            world.leaf_level[i] = said.level
            levels[i] = _level(said, said.level)
    world.figures = {**heard.figures, **world.figures}
    return levels


def _state(said: HeardIndicator) -> str:
    """A level that may not be shown is none: what is made of it would tell it."""
    hidden = said.card is None or said.card.score is None
    return "too_few" if said.state == "value" and hidden else said.state


def _level(said: HeardIndicator, level: int) -> HeardLevel:
    card = said.card
    if card is not None and card.bound is not None and card.score is not None:
        return HeardLevel(to_micro(card.score), card.bound)
    return HeardLevel(one_decimal(level))


def with_people(card: Scorecard, heard: Heard) -> Scorecard:
    """The scorecard with what may be shown of respondents beside every figure."""
    dimensions = {name: _dimension(node, heard) for name, node in card.dimensions.items()}
    above = _above_found(dimensions)
    return replace(
        card,
        overall=_with_above(_dimension(card.overall, heard), above.get(None)),
        dimensions={name: _with_above(node, above.get(name)) for name, node in dimensions.items()},
    )


def _dimension(card: DimensionCard, heard: Heard) -> DimensionCard:
    indicators = tuple(_indicator(each, heard) for each in card.indicators)
    return replace(card, indicators=indicators, people=heard.cards.get(card.id))


def _indicator(card: IndicatorCard, heard: Heard) -> IndicatorCard:
    said = heard.indicators.get(card.id)
    if said is None:
        return card
    if _state(said) == "too_few" and card.state in ("unanswered", "unknown"):
        card = replace(card, state="too_few")
    people = said.card
    if people and people.score is not None and not people.bound and card.source == "assessor":
        above = one_decimal(to_micro(people.score) - to_micro(card.raw or 0))
        people = replace(people, above_found=from_micro(above))
    return replace(card, people=people)


# how much higher people rate ----------------------------------------------------------------------


def _above_found(dimensions: Mapping[str, DimensionCard]) -> dict[str | None, int]:
    """By how much people rate each dimension, and the whole (None), higher than the assessor.

    The weighted mean over what both have rated: indicators of a dimension, parts of the whole.
    """
    found: dict[str | None, int] = {}
    for name in reversed(_parents_first(dimensions)):
        card = dimensions[name]
        parts = [
            (to_micro(each.weight), to_micro(each.people.above_found))
            for each in card.indicators
            if each.people and each.people.above_found is not None
        ]
        _put(found, name, parts + _children(dimensions, found, name))
    _put(found, None, _children(dimensions, found, None))
    return found


def _parents_first(dimensions: Mapping[str, DimensionCard]) -> list[str]:
    order: list[str] = []
    while len(order) < len(dimensions):
        order += [
            name
            for name, card in dimensions.items()
            if name not in order and (card.parent in order or card.parent not in dimensions)
        ]
    return order


def _children(
    dimensions: Mapping[str, DimensionCard], found: Mapping[str | None, int], parent: str | None
) -> list[tuple[int, int]]:
    return [
        (to_micro(card.weight or 0), found[name])
        for name, card in dimensions.items()
        if name in found and (card.parent if card.parent in dimensions else None) == parent
    ]


def _put(found: dict[str | None, int], name: str | None, parts: list[tuple[int, int]]) -> None:
    total = sum(weight for weight, _ in parts)
    if total:
        found[name] = one_decimal(divide(sum(w * above for w, above in parts), total))


def _with_above(card: DimensionCard, above: int | None) -> DimensionCard:
    if card.people is None or above is None:
        return card
    return replace(card, people=replace(card.people, above_found=from_micro(above)))


def published(heard: Heard) -> dict[str, Any]:
    """Everything that may be shown, for a digest."""
    return {
        "n_min": heard.info.n_min,
        "cards": {path: asdict(card) for path, card in sorted(heard.cards.items())},
        "indicators": {
            path: [_state(said), asdict(said.card) if said.card else None]
            for path, said in sorted(heard.indicators.items())
        },
    }
