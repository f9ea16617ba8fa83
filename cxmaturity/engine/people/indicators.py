"""What people say of one indicator: its level for the judgement, and the card that may be shown.

Which sets of people may be shown is decided elsewhere and only obeyed here; every figure leaves
with one decimal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cxmaturity.engine.people.agreement import r_wg
from cxmaturity.engine.people.averages import aggregate, average, spread, to_tenth
from cxmaturity.engine.people.disclosure import Showable
from cxmaturity.engine.people.gap import largest_gap
from cxmaturity.engine.people.groups import top_level
from cxmaturity.engine.people.levels import ItemAnswers, Tally, answer_key
from cxmaturity.engine.program import Leaf
from cxmaturity.hookspecs import Interval
from cxmaturity.model.answers import is_not_applicable, is_unknown
from cxmaturity.model.exact import MILLION, divide, from_micro, to_micro
from cxmaturity.model.people import EVERYBODY, PeopleSettings
from cxmaturity.model.scorecard import Bound, GapCard, GroupCard, Number, PeopleCard

FEWEST_FOR_DISTRIBUTIONS = 10
"""Spreads and shares of options tell more than a mean, and need more people."""
MOST_AGREEMENT = 900_000
"""1.0 would say that everybody gave the same answer, those of a hidden part as well."""
_SMALLEST_SPREAD = 8
"""A spread under this part of the scale is not told, for the same reason; nor shares above
`MOST_AGREEMENT`.  What is told leaves a hidden part of a group a quarter of the scale and more."""

HeardState = Literal["value", "unknown", "not_applicable", "too_few", "unanswered", "failed"]


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator's answers, counted: of everybody and by axis and place."""

    leaf: Leaf
    answers: ItemAnswers
    everybody: Tally
    places: Mapping[str, Mapping[str, Tally]]


def level_of(item: Item, settings: PeopleSettings) -> tuple[HeardState, int | None]:
    """State and exact level (millionths) that people's answers give an indicator."""
    answers = item.answers
    if not answers.replied:
        return "unanswered", None
    if (answers.n or answers.replied) < settings.n_min:
        return "too_few", None
    if not answers.n:
        return ("not_applicable" if answers.not_applicable == answers.replied else "unknown"), None
    groups = _aggregated(item, settings)
    # People of groups that weigh nothing give no level: the others must be enough.
    counted = sum(
        sum(tally.values())
        for place, tally in groups.items()
        if settings.group_weights.get(place, MILLION)
    )
    level = aggregate(groups, settings) if counted >= settings.n_min else None
    return ("too_few" if level is None else "value"), level


def _aggregated(item: Item, settings: PeopleSettings) -> Mapping[str, Tally]:
    """The groups whose averages make the level; pooled, everybody is one."""
    axis = settings.aggregate_over
    if settings.pooled or axis is None:
        return {EVERYBODY: item.everybody}
    places = item.places[axis]
    return {place: places[place] for place in top_level(places)}


# cards ------------------------------------------------------------------------------------------


def card_of(
    item: Item,
    level: int | None,
    showable: Showable,
    settings: PeopleSettings,
    order: Mapping[str, Sequence[str]],
    shares: Mapping[str, Number],
) -> PeopleCard:
    """What may be shown of an indicator, without the gap's interval.

    ``order`` lists the places of every axis as they are shown.
    """
    groups = tuple(
        _group_card(item, axis, place, showable, settings)
        for axis in settings.axes
        for place in order[axis]
        if place in item.places[axis]
    )
    gap = gap_card(groups, settings.aggregate_over)
    if not showable.everybody or level is None:
        return PeopleCard(gap=gap, groups=groups)
    n, bound = item.answers.n, showable.bounds.get((EVERYBODY, EVERYBODY))
    if bound:
        return PeopleCard(
            n=n, score=_end(bound, item.leaf.scale), bound=bound, gap=gap, groups=groups
        )
    return PeopleCard(
        n=n,
        score=from_micro(to_tenth(level)),
        spread=_spread(item.everybody, item.leaf.scale, settings),
        agreement=_agreement(item.everybody, item.leaf.scale),
        gap=gap,
        groups=groups,
        shares=shares if n >= _distribution_minimum(settings) else {},
    )


def _group_card(
    item: Item, axis: str, place: str, showable: Showable, settings: PeopleSettings
) -> GroupCard:
    if place not in showable.places.get(axis, ()):
        return GroupCard(axis, place, hidden=True)
    tally, scale = item.places[axis][place], item.leaf.scale
    n, bound = sum(tally.values()), showable.bounds.get((axis, place))
    if bound:
        return GroupCard(axis, place, n, _end(bound, scale), bound)
    score = from_micro(to_tenth(average(tally, settings)))
    apart = _spread(tally, scale, settings)
    return GroupCard(axis, place, n, score, None, apart, _agreement(tally, scale))


def _end(bound: Bound, scale: Interval) -> Number:
    """The end of the scale moved inwards by a quarter: all answers lie beyond it."""
    low, high = scale
    quarter = divide(high - low, 4)
    return from_micro(to_tenth(low + quarter if bound == "at_most" else high - quarter))


def _distribution_minimum(settings: PeopleSettings) -> int:
    return max(FEWEST_FOR_DISTRIBUTIONS, settings.n_min)


def _spread(tally: Tally, scale: Interval, settings: PeopleSettings) -> Number | None:
    if sum(tally.values()) < _distribution_minimum(settings):
        return None
    found = spread(tally)
    if found is None or found * _SMALLEST_SPREAD < scale[1] - scale[0]:
        return None
    return from_micro(to_tenth(found))


def _agreement(tally: Tally, scale: Interval) -> Number | None:
    found = r_wg(tally, scale)
    return None if found is None else from_micro(min(fraction_in_tenths(found), MOST_AGREEMENT))


def fraction_in_tenths(found: Fraction) -> int:
    """A fraction as it is published: millionths, one decimal."""
    return to_tenth(divide(found.numerator * MILLION, found.denominator))


def gap_card(groups: Sequence[GroupCard], axis: str | None) -> GapCard | None:
    """The gap between the published figures of an axis's top-level groups."""
    figures = {
        group.place: to_micro(group.score)
        for group in groups
        if group.axis == axis and group.score is not None and group.bound is None
    }
    found = largest_gap({place: figures[place] for place in top_level(figures)})
    if found is None:
        return None
    return GapCard(from_micro(found.value), found.high_place, found.low_place)


# shares -----------------------------------------------------------------------------------------


def option_shares(
    leaf: Leaf, raws: Sequence[object], n: int, settings: PeopleSettings
) -> Mapping[str, Number]:
    """Share of people who chose each option; empty where the question has none.

    ``n`` gave a level.  Where a few more chose an option without one, the shares would tell of
    these few: there are none then.
    """
    options = tuple(key for key, _ in leaf.kind.options(leaf.settings))
    if not options or n < _distribution_minimum(settings):
        return {}
    chosen, answered = _chosen(leaf, options, raws)
    if not chosen or 0 < answered - n < settings.n_min:
        return {}
    shares = {option: to_tenth(divide(chosen[option] * MILLION, answered)) for option in options}
    if any(share > MOST_AGREEMENT for share in shares.values()):
        return {}
    return {option: from_micro(share) for option, share in shares.items()}


def _chosen(leaf: Leaf, options: Sequence[str], raws: Sequence[object]) -> tuple[Counter[str], int]:
    """How many chose each option, and how many chose at all."""
    keys = [answer_key(raw) for raw in raws]
    distinct = dict(zip(keys, raws, strict=True))
    chosen: Counter[str] = Counter()
    answered = 0
    for key, n in Counter(keys).items():
        raw = distinct[key]
        if raw is None or is_unknown(raw) or is_not_applicable(raw):
            continue
        answer = leaf.kind.read(leaf.settings, leaf.scale, raw)
        answered += n
        for option in _options_in(answer, options, leaf.scale):
            chosen[option] += n
    return chosen, answered


def _options_in(answer: object, options: Sequence[str], scale: Interval) -> Sequence[str]:
    if isinstance(answer, bool):
        return ("yes" if answer else "no",)
    if isinstance(answer, int):
        return options[answer - scale[0] // MILLION :][:1]
    if isinstance(answer, str):
        return (answer,)
    return [each for each in answer if each in options] if isinstance(answer, tuple) else ()
