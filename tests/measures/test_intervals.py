"""Intervals against the cases printed by their authors, and their laws.

[P] is printed in the source, [C] computed once by independent code from a published formula.
"""

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.hookspecs import MeasureValue
from cxmaturity.measures.finite_population import corrected
from cxmaturity.measures.intervals import (
    Z90,
    Z95,
    adjusted_wald,
    finite_population,
    net_variance,
    root,
    rounded,
    wald,
    wilson,
)
from cxmaturity.model.exact import MILLION

MARGIN = Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I [P].
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # Computed, [C].
        (29, 29, 0.8830, 1),
        (10, 10, 0.7225, 1),
        (0, 10, 0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (720, 1000, 0.6914, 0.7469),
    ],
)
def test_wilson_as_printed_by_newcombe(successes, n, low, high):
    found = wilson(successes, n)
    assert [round(float(end), 4) for end in found] == [low, high]


def test_wilson_is_not_the_interval_of_agresti_and_coull():
    # That one ends at 0.1898 for 0 of 20 [C].
    assert round(float(wilson(0, 20)[1]), 4) != 0.1898


@given(st.integers(1, 5_000), st.data())
def test_wilson_holds_the_share_and_stays_between_none_and_all(n, data):
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= Fraction(successes, n) <= high <= 1
    other = wilson(n - successes, n)
    assert abs(low - (1 - other[1])) < MARGIN
    assert abs(high - (1 - other[0])) < MARGIN


@given(st.integers(1, 5_000), st.data())
def test_wilson_agrees_with_floating_point(n, data):
    successes = data.draw(st.integers(0, n))
    z, p = float(Z95), successes / n
    margin = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    centre, stretch = p + z * z / (2 * n), 1 + z * z / n
    expected = ((centre - margin) / stretch, (centre + margin) / stretch)
    assert [float(end) for end in wilson(successes, n)] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "z", "low", "high"),
    [
        # [C] of the recipe of Rocks 2016, The American Statistician 70:365.
        (15, 8, 36, Z90, -0.02385, 0.38282),
        (15, 8, 36, Z95, -0.06280, 0.42178),
        (162, 54, 324, Z95, 0.24945, 0.41110),
        (10, 0, 10, Z95, 0.475036, 1.063426),
        (0, 0, 10, Z95, -0.184650, 0.184650),
        (1, 1, 2, Z95, -0.733351, 0.733351),
    ],
)
def test_adjusted_wald(promoters, detractors, n, z, low, high):
    found = [float(end) for end in adjusted_wald(promoters, detractors, n, z)]
    assert found == pytest.approx([low, high], abs=6e-6)


def test_adjusted_wald_is_centred_beside_the_value():
    # [C] 15 promoters and 8 detractors of 36; √(0.595989 / 39) is 0.1236195.
    low, high = adjusted_wald(15, 8, 36)
    assert float((low + high) / 2) == pytest.approx(0.179487, abs=1e-6)
    assert float((high - low) / 2 / Z95) == pytest.approx(0.123617, abs=3e-6)
    up, down = Fraction(63, 4 * 39), Fraction(35, 4 * 39)
    assert float(net_variance(up, down)) == pytest.approx(0.595989, abs=1e-6)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "error", "ends"),
    [
        # [C] plain Wald, not clipped.
        (9, 2, 11, 23.258, (18.05, 109.22)),
        (40, 30, 100, 8.3066, (-6.281, 26.281)),
    ],
)
def test_wald_of_a_net_share(promoters, detractors, n, error, ends):
    up, down = Fraction(promoters, n), Fraction(detractors, n)
    variance = net_variance(up, down)
    assert float(100 * root(variance / n)) == pytest.approx(error, abs=5e-4)
    found = [float(100 * end) for end in wald(up - down, variance, n)]
    assert found == pytest.approx(ends, abs=5e-3)


@pytest.mark.parametrize(("n", "margin"), [(100, 15.308), (1000, 4.841)])
def test_margins_of_an_nps_of_30(n, margin):
    # [C] 50 % promoters, 20 % detractors.
    variance = net_variance(Fraction(1, 2), Fraction(1, 5))
    low, high = wald(Fraction(3, 10), variance, n)
    assert float(50 * (high - low)) == pytest.approx(margin, abs=5e-4)


def test_all_alike_have_a_plain_interval_without_width():
    assert wald(1, net_variance(Fraction(1), Fraction(0)), 10) == (Fraction(1), Fraction(1))
    low, high = adjusted_wald(10, 0, 10)
    assert low < 1 < high


@pytest.mark.parametrize(
    ("population", "n", "percent", "printed", "margin", "without"),
    [
        # UK Civil Service People Survey 2019, Technical Guide: margins in whole points [P].
        (200, 120, 43, 6, 5.616, 8.858),
        (150, 80, 50, 8, 7.510, 10.957),
        (50, 40, 30, 6, 6.415, 14.201),
        (500, 375, 60, 2, 2.482, 4.958),
    ],
)
def test_the_interval_narrows_in_a_small_population(
    population, n, percent, printed, margin, without
):
    share = Fraction(percent, 100)
    low, high = (rounded(100 * MILLION * end) for end in wald(share, share * (1 - share), n))
    assert (high - low) / 2 / MILLION == pytest.approx(without, abs=5e-4)
    low, high = finite_population(low, high, percent * MILLION, n, population)
    assert (high - low) / 2 / MILLION == pytest.approx(margin, abs=5e-4)
    assert round((high - low) / 2 / MILLION) == printed


def test_who_asked_everybody_is_sure():
    assert finite_population(40, 70, 50, 20, 20) == (50, 50)
    assert finite_population(40, 70, 50, 1, 1) == (50, 50)


def test_more_answers_than_people_are_refused():
    with pytest.raises(ValueError, match="21 answers cannot come from a population of 20"):
        finite_population(40, 70, 50, 21, 20)


def test_a_value_keeps_all_but_its_interval():
    value = MeasureValue(50, 15, 40, 70, deviation=9, found="7 d")
    factor = (5 / 19) ** 0.5
    assert corrected(value, 20) == replace(
        value, low=50 - round(10 * factor), high=50 + round(20 * factor)
    )
    assert corrected(value, 10) == replace(value, low=50, high=50)


@pytest.mark.parametrize("value", [MeasureValue(50, 1), MeasureValue(None, 9, scale_ok=False)])
def test_without_an_interval_there_is_nothing_to_narrow(value):
    assert corrected(value, 20) == value


@given(st.fractions(0, 10**9))
def test_a_root_is_right_to_twelve_decimals(value):
    found, step = root(value), Fraction(1, 10**12)
    assert found**2 <= value < (found + step) ** 2


def test_halves_are_rounded_up_on_both_sides_of_zero():
    halves = [Fraction(5, 2), Fraction(25, 2), Fraction(-5, 2), Fraction(-1, 2)]
    assert [rounded(half) for half in halves] == [3, 13, -2, 0]
