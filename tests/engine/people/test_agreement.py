"""Krippendorff's alpha and r_wg against published examples and their own laws."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.engine.people.agreement import (
    Metric,
    alpha,
    null_variance,
    r_wg,
    r_wg_j,
)
from cxmaturity.engine.people.levels import Tally

M = 1_000_000
ONE_TO_FIVE = (M, 5 * M)

CANONICAL = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
ENCYCLOPEDIA = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""
BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
LETTERS = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""


def units(table: str) -> list[Tally]:
    """One tally a column; letters count as numbers."""
    rows = [line.split() for line in table.split("\n") if line]
    return [Counter(int(x, 16) for x in column if x != ".") for column in zip(*rows, strict=True)]


def tally(*levels: int) -> Tally:
    return Counter(level * M for level in levels)


@pytest.mark.parametrize(
    ("table", "metric", "printed"),
    [
        (CANONICAL, "nominal", "0.743421"),
        (CANONICAL, "ordinal", "0.815388"),
        (CANONICAL, "interval", "0.849107"),
        (CANONICAL, "ratio", "0.797403"),
        (ENCYCLOPEDIA, "nominal", "0.691"),
        (ENCYCLOPEDIA, "interval", "0.811"),
        (ENCYCLOPEDIA, "ordinal", "0.806721"),
        (ENCYCLOPEDIA, "ratio", "0.808944"),
        (BINARY, "nominal", "0.095"),
        (LETTERS, "nominal", "0.692"),
    ],
)
def test_alpha_of_published_examples(table: str, metric: Metric, printed: str):
    found = alpha(units(table), metric)
    assert found is not None
    assert f"{float(found):.{len(printed) - 2}f}" == printed


def test_a_unit_with_one_value_drops_out():
    whole = units(CANONICAL)
    assert sum(whole[-1].values()) == 1
    assert alpha(whole) == alpha(whole[:-1])


def test_without_variation_alpha_is_undefined():
    assert alpha([tally(3, 3, 3), tally(3, 3)]) is None
    assert alpha([tally(1), tally(4)]) is None
    assert alpha([]) is None


def test_a_ratio_of_two_zeros_is_no_difference():
    assert alpha([tally(0, 0), tally(1, 1)], "ratio") == 1


UNITS = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=5)


@given(UNITS)
def test_ordinal_alpha_is_that_of_all_pairs(drawn):
    """The definition, pair by pair, with ordinal differences counted out."""
    pairable = [unit for unit in drawn if len(unit) > 1]
    counts = Counter(value for unit in pairable for value in unit)

    def difference(a: int, b: int) -> Fraction:
        between = sum(counts[g] for g in range(min(a, b), max(a, b) + 1))
        return (between - Fraction(counts[a] + counts[b], 2)) ** 2

    observed = sum(
        (difference(a, b) / (len(unit) - 1) for unit in pairable for a, b in permutations(unit, 2)),
        Fraction(),
    )
    every = [value for unit in pairable for value in unit]
    expected = sum((difference(a, b) for a, b in permutations(every, 2)), Fraction())
    found = alpha([Counter(unit) for unit in drawn])
    assert found == (1 - (len(every) - 1) * observed / expected if expected else None)


@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_units_never_matters(drawn, chance):
    tallies = [Counter(unit) for unit in drawn]
    shuffled = list(tallies)
    chance.shuffle(shuffled)
    assert alpha(tallies) == alpha(shuffled)


@pytest.mark.parametrize(
    ("scale", "expected"), [((1, 5), 2), ((1, 7), 4), ((1, 10), 8.25), ((0, 10), 10), ((0, 4), 2)]
)
def test_null_variance(scale: tuple[int, int], expected: float):
    assert null_variance((scale[0] * M, scale[1] * M)) == expected


def test_null_variance_counts_whole_levels_only():
    assert null_variance((500_000, 3_500_000)) == null_variance((M, 3 * M))
    assert null_variance((-1_500_000, 500_000)) == null_variance((-M, 0))
    assert null_variance((0, 900_000)) == 0


@pytest.mark.parametrize(
    ("levels", "expected"),
    [((3, 3, 3, 3, 3), 1), ((1, 1, 5, 5), 0), ((3, 3, 4, 4, 4), Fraction(85, 100))],
)
def test_r_wg_by_hand(levels: tuple[int, ...], expected: Fraction):
    assert r_wg(tally(*levels), ONE_TO_FIVE) == expected


def test_r_wg_needs_three_raters_and_a_scale_with_levels():
    assert r_wg(tally(3), ONE_TO_FIVE) is None
    assert r_wg(tally(3, 3), ONE_TO_FIVE) is None
    assert r_wg(tally(3, 3, 3), ONE_TO_FIVE) == 1
    assert r_wg(tally(0, 0, 0), (0, 500_000)) is None


def test_r_wg_of_several_indicators():
    assert r_wg_j([]) is None
    assert r_wg_j([Fraction(85, 100)]) == Fraction(85, 100)
    # J (1 - m) / (J (1 - m) + m) with J = 3 and m = 0.15
    assert r_wg_j([Fraction(85, 100)] * 3) == Fraction(255, 270)
    assert r_wg_j([Fraction(0)] * 4) == 0
    assert r_wg_j([Fraction(1)] * 4) == 1


@given(st.lists(st.integers(1, 5), min_size=3, max_size=9))
def test_r_wg_lies_between_0_and_1(levels):
    found = r_wg(tally(*levels), ONE_TO_FIVE)
    assert found is not None
    assert 0 <= found <= 1
    assert (found == 1) == (len(set(levels)) == 1)
