"""Averages of levels, each an exact integer in millionths, rounded half up at every step.

A trace must add up by hand: what is rounded here is what the next step starts from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from math import isqrt

from cxmaturity.engine.people.levels import Tally
from cxmaturity.model.exact import MILLION, divide
from cxmaturity.model.people import PeopleSettings

TENTH = MILLION // 10
"""Figures that rest on people are published in tenths."""


def mean(tally: Tally) -> int:
    """The mean of at least one level."""
    return divide(sum(level * n for level, n in tally.items()), sum(tally.values()))


def median(tally: Tally) -> int:
    """The middle one of at least one level; of an even number the mean of the middle two."""
    last = sum(tally.values()) - 1
    return divide(_at(tally, last // 2) + _at(tally, last - last // 2), 2)


def _at(tally: Tally, rank: int) -> int:
    """The level at a rank, counted from 0."""
    ordered = sorted(tally)
    upto = list(accumulate(tally[level] for level in ordered))
    return ordered[bisect_right(upto, rank)]


def average(tally: Tally, settings: PeopleSettings) -> int:
    """The mean or the median, as the engagement wants it."""
    return median(tally) if settings.median else mean(tally)


def aggregate(groups: Mapping[str, Tally], settings: PeopleSettings) -> int | None:
    """The weighted mean of the averages of top-level groups; None if none of them weighs.

    Who is not named in ``group_weights`` weighs 1.
    """
    weights = {place: settings.group_weights.get(place, MILLION) for place in groups}
    total = sum(weights.values())
    if not total:
        return None
    averages = {place: average(tally, settings) for place, tally in groups.items()}
    return divide(sum(weights[place] * averages[place] for place in groups), total)


def spread(tally: Tally) -> int | None:
    """The sample standard deviation (n - 1) in millionths; None for fewer than two levels."""
    n = sum(tally.values())
    if n < 2:
        return None
    # The root rounded half up: half of the next integer below twice the root.
    return (isqrt(4 * squares(tally) // (n * (n - 1))) + 1) // 2


def squares(tally: Tally) -> int:
    """The sum of squared deviations from the mean, times n: n Σx² - (Σx)², without rounding."""
    n = sum(tally.values())
    total = sum(level * count for level, count in tally.items())
    return n * sum(level * level * count for level, count in tally.items()) - total * total


def to_tenth(micro: int) -> int:
    """The figure as it is published: one decimal, half up, still in millionths."""
    return divide(micro, TENTH) * TENTH
