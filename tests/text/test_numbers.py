from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.text.numbers import (
    MILLION,
    MOST_DIGITS,
    beside_threshold,
    date_text,
    exact_text,
    integer_text,
    percent_text,
    score_text,
)

MICROS = st.integers(-(10**15), 10**15)
DIGITS = st.integers(0, MOST_DIGITS)


def read(figure: str) -> Fraction:
    return Fraction(figure.replace(",", ""))


@pytest.mark.parametrize(
    ("micro", "digits", "english", "finnish"),
    [
        (2_500_000, 2, "2.5", "2,5"),
        (3_000_000, 2, "3", "3"),
        (2_966_667, 2, "2.97", "2,97"),
        (2_965_000, 2, "2.97", "2,97"),
        (2_500_000, 0, "3", "3"),
        (-2_500_000, 0, "-2", "-2"),
        (-2_500_001, 0, "-3", "-3"),
        (-400_000, 0, "0", "0"),
        (0, 2, "0", "0"),
        (-4_000, 2, "0", "0"),
        (1_234_500_000, 1, "1,234.5", "1\u00a0234,5"),
        (1, 6, "0.000001", "0,000001"),
        (1, 9, "0.000001", "0,000001"),
    ],
)
def test_scores_are_rounded_half_up(micro, digits, english, finnish):
    assert score_text(micro, "en", digits) == english
    assert score_text(micro, "fi", digits) == finnish


def test_columns_of_figures_keep_their_zeros_and_differences_their_sign():
    assert score_text(2_000_000, "fi", 1, fixed=True) == "2,0"
    assert score_text(2_000_000, "en", 2, fixed=True) == "2.00"
    assert score_text(400_000, "en", signed=True) == "+0.4"
    assert score_text(-400_000, "fi", signed=True) == "-0,4"
    assert score_text(1_000, "fi", 1, signed=True) == "0"


@given(MICROS, DIGITS)
def test_a_shown_score_is_within_half_a_step(micro, digits):
    step = Fraction(1, 10**digits)
    error = read(score_text(micro, "en", digits)) - Fraction(micro, MILLION)
    assert -step / 2 < error <= step / 2


@given(MICROS)
def test_all_decimals_are_exact(micro):
    assert read(exact_text(micro, "en")) == Fraction(micro, MILLION)


@given(MICROS, DIGITS)
def test_the_languages_differ_in_marks_only(micro, digits):
    swap = str.maketrans({",": "\u00a0", ".": ","})
    assert score_text(micro, "en", digits).translate(swap) == score_text(micro, "fi", digits)


@pytest.mark.parametrize(
    ("value", "threshold", "shown"),
    [
        (2_960_000, 3_000_000, "2.96"),
        (2_999_000, 3_000_000, "2.999"),
        (2_999_999, 3_000_000, "2.999999"),
        (3_000_000, 3_000_000, "3"),
        (3_000_001, 3_000_000, "3.000001"),
        (3_010_000, 3_000_000, "3.01"),
        (2_345_000, 2_345_000, "2.345"),
        (2_346_000, 2_345_000, "2.35"),
        (-1, 0, "-0.000001"),
    ],
)
def test_a_value_is_never_rounded_across_or_onto_its_threshold(value, threshold, shown):
    assert beside_threshold(value, threshold, "en") == shown


@given(MICROS, st.integers(-2 * MILLION, 2 * MILLION), DIGITS)
def test_a_shown_value_is_on_the_true_side_of_its_threshold(value, distance, digits):
    threshold = value + distance
    figure = read(beside_threshold(value, threshold, "en", digits))
    mark = Fraction(threshold, MILLION)
    assert (figure < mark) == (value < threshold)
    assert (figure > mark) == (value > threshold)


@pytest.mark.parametrize(
    ("share", "digits", "english", "finnish"),
    [
        (340_000, 0, "34%", "34\u00a0%"),
        (345_000, 0, "35%", "35\u00a0%"),
        (345_000, 1, "34.5%", "34,5\u00a0%"),
        (0, 0, "0%", "0\u00a0%"),
        (1_000_000, 0, "100%", "100\u00a0%"),
        (999_000, 0, "99.9%", "99,9\u00a0%"),
        (999_999, 0, "99.9999%", "99,9999\u00a0%"),
        (1_000, 0, "0.1%", "0,1\u00a0%"),
        (-120_000, 0, "-12%", "-12\u00a0%"),
    ],
)
def test_shares_are_never_rounded_onto_nothing_or_everything(share, digits, english, finnish):
    assert percent_text(share, "en", digits) == english
    assert percent_text(share, "fi", digits) == finnish


def test_counts_have_their_thousands_apart():
    assert integer_text(1_234_567, "en") == "1,234,567"
    assert integer_text(1_234_567, "fi") == "1\u00a0234\u00a0567"
    assert integer_text(-1_234, "fi") == "-1\u00a0234"
    assert integer_text(999, "fi") == "999"


def test_dates_are_written_the_language_s_way():
    assert date_text(date(2026, 11, 21), "fi") == "21.11.2026"
    assert date_text(date(2026, 3, 5), "fi") == "5.3.2026"
    assert date_text(date(2026, 11, 21), "en") == "21 Nov 2026"
    assert date_text(date(2026, 3, 5), "en") == "5 Mar 2026"
