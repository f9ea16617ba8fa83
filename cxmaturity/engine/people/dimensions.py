"""What people say of a dimension, made of nothing but the indicators' published figures.

So a dimension gives away nothing that its indicators do not: only its alpha and the intervals look
at levels, and only at those of people who are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

from cxmaturity.engine.people.agreement import alpha, r_wg_j
from cxmaturity.engine.people.composition import Composition, Paths
from cxmaturity.engine.people.gap import Gap, largest_gap
from cxmaturity.engine.people.groups import top_level
from cxmaturity.engine.people.indicators import MOST_AGREEMENT, Item, fraction_in_tenths
from cxmaturity.engine.people.levels import Tally
from cxmaturity.model.exact import MILLION, divide, from_micro, to_micro
from cxmaturity.model.people import EVERYBODY, PeopleSettings
from cxmaturity.model.scorecard import GapCard, GroupCard, Number, PeopleCard

Place = tuple[str, str]
"""An axis and a place on it; both empty for everybody."""

_EVERYBODY: Place = (EVERYBODY, EVERYBODY)


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure of an indicator, in millionths, and its r_wg where that is shown."""

    n: int
    score: int
    agreement: int | None


Published = Mapping[Place, Mapping[str, Figure]]
"""The figures that may be shown (bounds are none), by place and by indicator."""


def published(cards: Mapping[str, PeopleCard]) -> Published:
    """Every figure of the indicators' cards."""
    found: dict[Place, dict[str, Figure]] = {}
    for path, card in cards.items():
        _add(found, _EVERYBODY, path, _figure(card))
        for group in card.groups:
            _add(found, (group.axis, group.place), path, _figure(group))
    return found


def _add(
    found: dict[Place, dict[str, Figure]], place: Place, path: str, figure: Figure | None
) -> None:
    if figure is not None:
        found.setdefault(place, {})[path] = figure


def _figure(card: PeopleCard | GroupCard) -> Figure | None:
    if card.score is None or card.n is None or card.bound is not None:
        return None
    agreement = None if card.agreement is None else to_micro(card.agreement)
    return Figure(card.n, to_micro(card.score), agreement)


# cards ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DimensionGap:
    """The largest gap of a dimension, and the indicators over which the two are compared."""

    gap: Gap
    compared: Paths

    @property
    def card(self) -> GapCard:
        """As it is shown, without an interval."""
        return GapCard(from_micro(self.gap.value), self.gap.high_place, self.gap.low_place)


def dimension_card(
    composition: Composition,
    index: int,
    figures: Published,
    cards: Mapping[str, PeopleCard],
    settings: PeopleSettings,
    order: Mapping[str, Sequence[str]],
) -> tuple[PeopleCard, DimensionGap | None]:
    """What people say of a node, without alpha; and its gap, for the interval."""
    under = composition.paths_under(index)
    answered = {
        (group.axis, group.place) for path in under if path in cards for group in cards[path].groups
    }
    groups = tuple(
        _group_card(composition, index, under, (axis, place), figures)
        for axis in settings.axes
        for place in order[axis]
        if (axis, place) in answered
    )
    everybody = _group_card(composition, index, under, _EVERYBODY, figures)
    gap = dimension_gap(composition, index, under, figures, settings.aggregate_over)
    card = PeopleCard(
        n=everybody.n, score=everybody.score, gap=None if gap is None else gap.card, groups=groups
    )
    return card, gap


def _group_card(
    composition: Composition, index: int, under: Paths, place: Place, figures: Published
) -> GroupCard:
    there = figures.get(place, {})
    weighing = composition.weighing(index, under.intersection(there))
    if weighing is None:
        return GroupCard(*place, hidden=True)
    single = [there[path].agreement for path in weighing.by]
    joint = r_wg_j([Fraction(each, MILLION) for each in single if each is not None])
    return GroupCard(
        *place,
        n=min(there[path].n for path in weighing.by),
        score=from_micro(weighing.figure(_levels(there))),
        agreement=None if joint is None else from_micro(fraction_in_tenths(joint)),
    )


def dimension_gap(
    composition: Composition, index: int, under: Paths, figures: Published, axis: str | None
) -> DimensionGap | None:
    """The largest difference of two groups over the indicators that both may show."""
    places = top_level(place for on, place in figures if on == axis and place != EVERYBODY)
    patterns: dict[Paths, list[str]] = {}
    for place in places:
        present = under.intersection(figures[axis or EVERYBODY, place])
        if present:
            patterns.setdefault(present, []).append(place)
    levels = {place: _levels(figures[axis or EVERYBODY, place]) for place in places}
    found: list[DimensionGap] = []
    for first, second in combinations_with_replacement(patterns, 2):
        weighing = composition.weighing(index, first & second)
        if weighing is not None:
            scores = [
                {place: weighing.figure(levels[place]) for place in patterns[each]}
                for each in (first, second)
            ]
            gaps = _gaps(*scores, same=first == second)
            found += [DimensionGap(gap, first & second) for gap in gaps]
    return min(
        found,
        key=lambda each: (-each.gap.value, each.gap.high_place, each.gap.low_place),
        default=None,
    )


def _levels(figures: Mapping[str, Figure]) -> Mapping[str, int]:
    return {path: figure.score for path, figure in figures.items()}


def _gaps(first: Mapping[str, int], second: Mapping[str, int], *, same: bool) -> Iterable[Gap]:
    """The largest gap within one set of places, or the largest ones between two sets."""
    if same:
        gap = largest_gap(first)
        return [] if gap is None else [gap]
    return [_from_to(second, first), _from_to(first, second)]


def _from_to(lower: Mapping[str, int], upper: Mapping[str, int]) -> Gap:
    high = min(upper, key=lambda place: (-upper[place], place))
    low = min(lower, key=lambda place: (lower[place], place))
    return Gap(upper[high] - lower[low], high, low)


# agreement --------------------------------------------------------------------------------------


def dimension_alpha(under: Paths, units: Mapping[str, Tally]) -> Number | None:
    """Krippendorff's alpha (ordinal) over a node's indicators; None with fewer than two."""
    found = [units[path] for path in sorted(under.intersection(units))]
    agreed = alpha(found) if len(found) > 1 else None
    return None if agreed is None else from_micro(min(fraction_in_tenths(agreed), MOST_AGREEMENT))


def unit_of(item: Item) -> Tally:
    """Everybody's levels as shares of the indicator's scale: units of several scales compare."""
    low, high = item.leaf.scale
    unit: Counter[int] = Counter()
    for level, n in item.everybody.items():
        unit[divide((level - low) * MILLION, high - low)] += n
    return unit
