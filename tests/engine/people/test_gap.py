"""The gap and its interval: the same draws everywhere, against a plain resampling."""

import hashlib
from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.engine.people.gap import DRAWS, SEED, Gap, interval, largest_gap, resampled
from cxmaturity.model.exact import divide

M = 1_000_000
LEVELS = st.lists(st.none() | st.integers(-2 * M, 4 * M), min_size=1, max_size=7)


def test_the_gap_is_the_largest_difference():
    assert largest_gap({"a": 3 * M, "b": M, "c": 2 * M}) == Gap(2 * M, "a", "b")
    assert largest_gap({"a": M}) is None
    assert largest_gap({}) is None


def test_ties_go_by_name():
    assert largest_gap({"c": M, "b": M, "a": M}) == Gap(0, "a", "b")
    assert largest_gap({"d": 2 * M, "c": 2 * M, "b": M, "a": M}) == Gap(M, "c", "a")


def drawn_members(size: int, subject: str) -> list[list[int]]:
    """The members of every draw, in plain integers: two draws a word, the lower halves first."""
    digest = hashlib.sha256(f"{SEED}\n{subject}".encode()).digest()
    stream = np.random.Philox(key=int.from_bytes(digest[:16], "big"))
    words = (size + 1) // 2
    draws = []
    for _ in range(DRAWS):
        raw = [int(word) for word in stream.random_raw(words)]
        halves = [word % 2**32 for word in raw] + [word // 2**32 for word in raw]
        draws.append([half * size // 2**32 for half in halves[:size]])
    return draws


@settings(max_examples=20)
@given(LEVELS, st.booleans(), st.text(max_size=3))
def test_every_draw_is_that_of_a_plain_resampling(levels, by_median, subject):
    found = resampled({"x": levels}, subject, median=by_median)["x"]
    for members, average, has in zip(
        drawn_members(len(levels), subject), found.averages, found.has, strict=True
    ):
        given_levels = [level for i in members if (level := levels[i]) is not None]
        assert bool(has) == bool(given_levels)
        if given_levels and by_median:
            middle = Fraction(median([Fraction(level) for level in given_levels]))
            assert average == divide(middle.numerator, middle.denominator)
        elif given_levels:
            assert average == divide(sum(given_levels), len(given_levels))


def test_blocks_of_draws_change_nothing(monkeypatch):
    levels = {"x": [0, M, 2 * M, None, 4 * M], "y": [M, M, None, 0, 3 * M]}
    whole = resampled(levels, "s")
    monkeypatch.setattr("cxmaturity.engine.people.gap._CELLS", 35)
    parts = resampled(levels, "s")
    for path, columns in whole.items():
        assert (columns.averages == parts[path].averages).all()
        assert (columns.has == parts[path].has).all()


def test_an_indicator_more_changes_no_draw_of_another():
    one = resampled({"x": [0, M, 4 * M]}, "s")["x"]
    two = resampled({"y": [M, None, 0], "x": [0, M, 4 * M]}, "s")["x"]
    assert (one.averages == two.averages).all()


def test_on_the_widest_scale_averages_are_coarse_but_right():
    widest = 10**15
    found = resampled({"x": [-widest, widest] * 20}, "s")["x"]
    for members, average in zip(drawn_members(40, "s"), found.averages, strict=True):
        exact = Fraction(sum(widest if i % 2 else -widest for i in members), 40)
        assert abs(int(average) - exact) <= 100


def test_the_interval_of_people_of_one_mind_is_a_point():
    high, low = (resampled({"x": [level] * 6}, str(level))["x"] for level in (3 * M, M))
    assert interval([(Fraction(1), high, low)], 4 * M) == (2 * M, 2 * M)


def test_the_interval_leaves_fifty_draws_on_either_side():
    levels = [0, M, M, 2 * M, 3 * M, 4 * M, 4 * M]
    high = resampled({"x": levels}, "a")["x"]
    low = resampled({"x": [0] * 5}, "b")["x"]
    ordered = sorted(int(average) for average in high.averages)
    assert interval([(Fraction(1), high, low)], 4 * M) == (ordered[50], ordered[1949])


def test_the_interval_of_a_dimension_weighs_its_indicators():
    levels = {"x": [0, M, M, 2 * M, 3 * M], "y": [4 * M, 4 * M, M, 0, 0]}
    high, low = resampled(levels, "a"), resampled({"x": [0] * 5, "y": [M] * 5}, "b")
    third, rest = Fraction(1, 3), Fraction(2, 3)
    sums = sorted(
        (int(x) + 2 * (int(y) - M)) / 3
        for x, y in zip(high["x"].averages, high["y"].averages, strict=True)
    )
    found = interval([(third, high["x"], low["x"]), (rest, high["y"], low["y"])], 4 * M)
    assert found == pytest.approx((sums[50], sums[1949]), abs=1)


def test_people_drawn_whole_keep_an_interval_narrow_where_their_answers_cancel():
    """Who rates one high rates the other low: the dimension hardly depends on who answered."""
    up = [0, M, 2 * M, 3 * M, 4 * M]
    high = resampled({"x": up, "y": up[::-1]}, "a")
    low = resampled({"x": [0] * 5, "y": [0] * 5}, "b")
    half = Fraction(1, 2)
    parts = [(half, high[path], low[path]) for path in ("x", "y")]
    assert interval(parts, 4 * M) == (2 * M, 2 * M)


def test_where_most_draws_hold_nobody_there_is_no_interval():
    levels: list[int | None] = [None] * 400
    rare = resampled({"x": [M, *levels]}, "a")["x"]
    low = resampled({"x": [0] * 5}, "b")["x"]
    assert int(rare.has.sum()) > 0
    assert interval([(Fraction(1), rare, low)], 4 * M) == (M, M)
    two = resampled({"x": [M, *levels], "y": [*levels, M]}, "a")
    both = [(Fraction(1), two[path], low) for path in ("x", "y")]
    assert interval(both, 4 * M) is None


def test_the_interval_is_the_same_on_every_machine():
    high = resampled({"x": [4 * M, 3 * M, 3 * M, 2 * M, 4 * M, 1 * M, 3 * M]}, "role/leader")["x"]
    low = resampled({"x": [0, M, 2 * M, 2 * M, M, M, 0, 3 * M]}, "role/staff")["x"]
    assert interval([(Fraction(1), high, low)], 4 * M) == (571_429, 2_535_714)
