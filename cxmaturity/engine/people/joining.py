"""What respondents say enters the judgement, and what may be shown of it the scorecard.

An assessor's rating decides; where there is none, or only "unknown", people give the level.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from cxmaturity.engine.people.hearing import Heard, HeardIndicator
from cxmaturity.engine.program import OPEN_STATES, Program, State, World
from cxmaturity.engine.shown import HeardLevel, one_decimal
from cxmaturity.model.exact import from_micro, to_micro
from cxmaturity.model.scorecard import (
    DimensionCard,
    IndicatorCard,
    Number,
    PeopleCard,
    Scorecard,
)

_STATES = {
    "value": State.VALUE,
    "unknown": State.UNKNOWN,
    "not_applicable": State.NOT_APPLICABLE,
    "too_few": State.UNANSWERED,
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
    return replace(
        card,
        overall=_dimension(card.overall, heard),
        dimensions={name: _dimension(node, heard) for name, node in card.dimensions.items()},
    )


def _dimension(card: DimensionCard, heard: Heard) -> DimensionCard:
    indicators = tuple(_indicator(each, heard) for each in card.indicators)
    people = heard.cards.get(card.id)
    return replace(
        card, indicators=indicators, people=people and _beside(people, card.score, card.bound)
    )


def _indicator(card: IndicatorCard, heard: Heard) -> IndicatorCard:
    said = heard.indicators.get(card.id)
    if said is None:
        return card
    if _state(said) == "too_few" and card.state in ("unanswered", "unknown"):
        card = replace(card, state="too_few")
    found = card.raw if card.source == "assessor" else None
    return replace(card, people=said.card and _beside(said.card, found, None))


def _beside(people: PeopleCard, found: Number | None, bound: object) -> PeopleCard:
    """What people say, with how much higher they rate than was found."""
    if people.score is None or found is None or people.bound or bound:
        return people
    above = one_decimal(to_micro(people.score) - to_micro(found))
    return replace(people, above_found=from_micro(above))


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
