"""Net Promoter Score against published figures; weights, clipping, missing answers, its scale.

[P] is printed in the source, [C] computed once by independent code from a published formula.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.measures.ratings import settled
from tests.measures.asking import MEASURES, ask_scores, figures, micro, nps, repeated


@pytest.mark.parametrize(
    ("scores", "value", "variance", "error"),
    [
        # Tests of the R package NPS (B. Rocks) [P]; value in points, variance of shares.
        ([0, 7, 7, 9, 9, 9], 100 / 3, 5 / 9, 0.304),
        ([1, 9], 0, 1, 0.707),
        ([7, 9], 50, 0.25, 0.354),
        ([0, 7, 9], 0, 2 / 3, 0.471),
        ([0], -100, 0, 0),
        ([10], 100, 0, 0),
        ([7], 0, 0, 0),
    ],
)
def test_the_examples_of_the_nps_package(scores, value, variance, error):
    found = ask_scores("nps", scores)
    assert figures(found)[0] == pytest.approx(value, abs=1e-6)
    deviation = (found.deviation or 0) / 1e8
    assert deviation**2 == pytest.approx(variance, abs=1e-6)
    assert deviation / found.n**0.5 == pytest.approx(error, abs=5e-4)


@pytest.mark.parametrize("scores", [[-1, 9, 10], [11, 9, 10], [1 / 3, 9, 10], [8.5, 9, 10]])
def test_what_is_not_a_whole_number_from_0_to_10_is_refused(scores):
    # The package warns and drops it [P]; here a file with other codes has to say what they mean.
    found = ask_scores("nps", [round(score, 6) for score in scores])
    assert (found.scale_ok, found.value, found.low, found.high) == (False, None, None, None)
    assert found.n == 3


@pytest.mark.parametrize(
    ("scores", "seen"),
    [([-1, 10], "-1–10"), ([9, 11], "9–11"), ([0, 7.5, 10], "0–10 (7.5)"), ([0.5, 9], "0.5–9")],
)
def test_the_scale_that_was_seen_is_said(scores, seen):
    assert ask_scores("nps", scores).found == seen


def test_the_example_of_cross_validated():
    # Answer 18609: shares 1/2, 1/3, 1/6 of 324 [P]; exact error and margin [C].
    found = nps(162, 54, 324)
    assert figures(found)[0] == pytest.approx(33.333333, abs=1e-6)
    assert (found.deviation or 0) / 1e8 == pytest.approx((5 / 9) ** 0.5, abs=1e-8)
    error = (found.deviation or 0) / 1e6 / 324**0.5
    assert error == pytest.approx(4.140867, abs=1e-6)
    assert error * 1.959963985 == pytest.approx(8.115950, abs=2e-6)


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "value", "low", "high"),
    [
        # Computed, [C].
        (15, 8, 36, 19.444444, -6.280, 42.178),
        (162, 54, 324, 33.333333, 24.945, 41.110),
        (10, 0, 10, 100, 47.5036, 100),
        (0, 10, 10, -100, -100, -47.5036),
        (0, 0, 10, 0, -18.4650, 18.4650),
        (1, 1, 2, 0, -73.3351, 73.3351),
        (40, 30, 100, 10, None, None),
        (500, 200, 1000, 30, None, None),
    ],
)
def test_value_and_adjusted_interval(promoters, detractors, n, value, low, high):
    found = figures(nps(promoters, detractors, n))
    assert found[0] == pytest.approx(value, abs=1e-6)
    if low is not None:
        assert list(found[1:]) == pytest.approx([low, high], abs=6e-4)


def test_the_interval_ends_where_the_scale_does():
    # 9 promoters and 2 detractors of 11: the plain interval would reach 109 [C].
    value, low, high = figures(nps(9, 2, 11))
    assert value == pytest.approx(63.636364, abs=1e-6)
    assert low is not None
    assert high is not None
    assert -100 < low < high <= 100
    assert figures(nps(11, 0, 11))[2] == 100


def test_the_limits_of_promoters_passives_and_detractors():
    each = {score: figures(ask_scores("nps", [score]))[0] for score in range(11)}
    assert [each[score] for score in range(11)] == [-100] * 7 + [0, 0] + [100, 100]


def test_empty_answers_leave_n():
    found = ask_scores("nps", [None, 9, None, 3, 10, None])
    assert (found.value, found.n) == (33_333_333, 3)


def test_no_answers_give_no_value():
    assert MEASURES["nps"].compute({"score": [None, None]}, None) is None
    assert MEASURES["nps"].compute({"score": []}, None) is None
    assert MEASURES["nps"].compute({"score": [micro(9)]}, [0]) is None


# weights -----------------------------------------------------------------------------------------


def test_weights_move_the_value():
    assert figures(ask_scores("nps", [10, 0], [3, 1]))[0] == 50
    assert figures(ask_scores("nps", [10, 0], [1, 3]))[0] == -50


def test_a_row_without_weight_does_not_count():
    found = ask_scores("nps", [10, 0, 5], [2, 2, 0])
    assert (figures(found)[0], found.n) == (0, 2)


def test_uneven_weights_widen_the_interval():
    even = ask_scores("nps", [10, 10, 8, 3] * 10, [1] * 40)
    uneven = ask_scores("nps", [10, 10, 8, 3] * 10, [1] * 20 + [9] * 20)
    assert even == ask_scores("nps", [10, 10, 8, 3] * 10)
    assert uneven.value == even.value
    assert (uneven.high or 0) - (uneven.low or 0) > (even.high or 0) - (even.low or 0)
    # (20 + 180)² / (20 + 1620) answers of 40 tell as much; deviation² / n is the squared error.
    effective = 200**2 / 1640
    assert (uneven.deviation or 0) / (even.deviation or 1) == pytest.approx((40 / effective) ** 0.5)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=40), st.integers(2, 10**9))
def test_the_unit_of_weights_does_not_matter(scores, unit):
    found = ask_scores("nps", scores, [unit] * len(scores))
    assert found == ask_scores("nps", scores)


def test_segments_do_not_average_to_the_total():
    here, there = [10] * 9 + [0], [10, 0, 0, 0]
    total = figures(ask_scores("nps", [*here, *there]))[0]
    parts = [figures(ask_scores("nps", part))[0] or 0 for part in (here, there)]
    assert parts == [80, -50]
    assert total == pytest.approx((10 * 80 + 4 * -50) / 14, abs=1e-6)
    assert total != sum(parts) / 2


# laws --------------------------------------------------------------------------------------------

SCORES = st.lists(st.integers(0, 10) | st.none(), min_size=1, max_size=60).filter(
    lambda scores: any(score is not None for score in scores)
)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(scores, random):
    shuffled = list(scores)
    random.shuffle(shuffled)
    assert ask_scores("nps", shuffled) == ask_scores("nps", scores)


@given(SCORES)
def test_the_interval_lies_on_the_scale(scores):
    found = ask_scores("nps", scores)
    if found.scale_ok:
        _value, low, high = figures(found)
        assert low is not None
        assert high is not None
        assert -100 <= low <= high <= 100
    else:
        assert found.value is None


@given(SCORES, st.integers(0, 59))
def test_a_better_answer_never_lowers_the_value(scores, place):
    at = place % len(scores)
    better = [*scores[:at], 10, *scores[at + 1 :]]
    before, after = ask_scores("nps", scores), ask_scores("nps", better)
    if scores[at] is not None and before.value is not None and after.value is not None:
        assert after.value >= before.value


# other scales ------------------------------------------------------------------------------------


def test_five_ones_without_a_zero_are_a_scale_from_1():
    answers = {1: 5, 7: 10, 10: 20}
    found = ask_scores("nps", repeated(answers))
    assert (found.scale_ok, found.found, found.n) == (False, "1–10", 35)
    assert ask_scores("nps", repeated(answers | {1: 4})).scale_ok
    assert ask_scores("nps", repeated(answers | {0: 1})).scale_ok


def test_that_nobody_gives_a_zero_proves_nothing():
    assert ask_scores("nps", repeated({5: 20, 8: 100, 10: 200})).scale_ok


@pytest.mark.parametrize(
    ("answers", "seen"), [({1: 1, 3: 4, 5: 10}, "1–5"), ({1: 2, 4: 8, 7: 15}, "1–7")]
)
def test_many_answers_far_below_10_are_a_shorter_scale(answers, seen):
    found = ask_scores("nps", repeated(answers))
    assert (found.scale_ok, found.found) == (False, seen)
    assert ask_scores("nps", repeated(answers)[:-1]).scale_ok


def test_weights_do_not_make_a_scale():
    scores = [1, 7, 10]
    assert ask_scores("nps", scores, [10**9, 1, 1]).scale_ok


def columns(*scores: int) -> dict[str, list[int | None]]:
    return {"score": [micro(score) for score in scores]}


ONES = (1,) * 5 + (7,) * 10 + (10,) * 20
"""Looks like 1–10."""


def test_a_declared_scale_is_believed():
    assert ask_scores("nps", ONES).found == "1–10"
    found = settled(MEASURES["nps"], columns(*ONES), (0, 10)).compute(columns(*ONES), None)
    assert found is not None
    assert (found.scale_ok, found.found) == (True, "")
    assert figures(found)[0] == pytest.approx(100 * 15 / 35, abs=1e-6)


def test_another_declared_scale_is_refused():
    fine = columns(0, 9, 10)
    found = settled(MEASURES["nps"], fine, (1, 10)).compute(fine, None)
    assert found is not None
    assert (found.value, found.scale_ok, found.found, found.n) == (None, False, "1–10", 3)


def test_a_wave_is_on_the_scale_of_the_whole_file():
    wave = columns(1, 1, 9, 10)
    assert ask_scores("nps", [1, 1, 9, 10]).scale_ok
    found = settled(MEASURES["nps"], columns(*ONES)).compute(wave, None)
    assert found is not None
    assert (found.scale_ok, found.found) == (False, "1–10")
    ones = columns(*ONES)
    believed = settled(MEASURES["nps"], columns(*ONES, 0)).compute(ones, None)
    assert believed is not None
    assert believed.scale_ok


def test_no_declaration_makes_an_eleven_right():
    odd = columns(9, 11)
    found = settled(MEASURES["nps"], odd, (0, 10)).compute(odd, None)
    assert found is not None
    assert (found.scale_ok, found.found) == (False, "9–11")
    other = settled(MEASURES["nps"], odd).compute(columns(9, 10), None)
    assert other is not None
    assert other.scale_ok


def test_counts_have_no_scale_to_declare():
    assert settled(MEASURES["churn"], {"lost": [], "at_start": []}, (1, 10)) is MEASURES["churn"]
