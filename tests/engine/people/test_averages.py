"""Averages of levels: the worked example, and laws against fractions."""

import statistics
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.engine.people.averages import aggregate, average, mean, median, spread, to_tenth
from cxmaturity.engine.people.levels import Tally
from cxmaturity.model.exact import divide
from cxmaturity.model.people import PeopleSettings

M = 1_000_000
LEVELS = st.lists(st.integers(-3 * M, 5 * M), min_size=1, max_size=12)


def tally(*levels: float) -> Tally:
    return Counter(int(level * M) for level in levels)


LEADERS, FRONT_LINE = tally(4, 4, 3), tally(1, 2)


def test_the_worked_example():
    assert mean(LEADERS) == 3_666_667
    assert mean(FRONT_LINE) == 1_500_000
    groups = {"leader": LEADERS, "staff": FRONT_LINE}
    assert aggregate(groups, PeopleSettings()) == 2_583_334
    assert aggregate({"": tally(4, 4, 3, 1, 2)}, PeopleSettings(pooled=True)) == 2_800_000


def test_groups_weigh_as_they_are_set_and_1_where_not_named():
    groups = {"leader": LEADERS, "staff": FRONT_LINE}
    weighed = PeopleSettings(group_weights={"staff": 3 * M})
    assert aggregate(groups, weighed) == divide(3_666_667 + 3 * 1_500_000, 4)
    nobody = PeopleSettings(group_weights={"staff": 0, "leader": 0})
    assert aggregate(groups, nobody) is None


def test_the_median():
    assert median(tally(4, 1, 3)) == 3 * M
    assert median(tally(4, 1, 2, 3)) == 2_500_000
    assert median(tally(0, 0.000001)) == 1
    assert average(tally(0, 0, 4), PeopleSettings(median=True)) == 0
    assert average(tally(0, 0, 3), PeopleSettings()) == M


@given(LEVELS)
def test_mean_and_median_are_those_of_fractions_rounded_half_up(levels):
    exact = Fraction(sum(levels), len(levels))
    assert mean(Counter(levels)) == divide(exact.numerator, exact.denominator)
    middle = Fraction(statistics.median([Fraction(level) for level in levels]))
    assert median(Counter(levels)) == divide(middle.numerator, middle.denominator)


@given(LEVELS)
def test_the_spread_is_the_sample_deviation(levels):
    found = spread(Counter(levels))
    if len(levels) < 2:
        assert found is None
        return
    variance = statistics.variance([Fraction(level) for level in levels])
    with localcontext() as context:
        context.prec = 60
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    assert found is not None
    assert abs(found - root) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("micro", "shown"), [(2_583_334, 2_600_000), (2_550_000, 2_600_000), (-50_000, 0), (49_999, 0)]
)
def test_figures_are_published_in_tenths_half_up(micro: int, shown: int):
    assert to_tenth(micro) == shown
