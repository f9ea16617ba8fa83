"""Satisfaction, effort, time to the first reply, numbers, and the index of agreement.

[P] is printed in the source, [C] computed once by independent code from a published formula.
"""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.measures.number import number_measure
from cxmaturity.measures.ratings import answer_scale
from tests.measures.asking import MEASURES, ask, ask_scores, figures, micro, repeated

EFFORT = dict(zip(range(1, 8), (80, 210, 140, 110, 160, 180, 120), strict=True))
"""Counts of the answers 1 to 7 in the effort example of the vendor CYS."""


def test_satisfaction_is_the_share_of_the_two_best():
    found = ask_scores("csat", [1, 2, 3, 4, 5, None])
    assert (figures(found)[0], found.n) == (40, 5)
    assert figures(ask_scores("csat_mean", [1, 2, 3, 4, 5, None]))[0] == 3


@pytest.mark.parametrize("code", [0, 6, -99, 3.5])
@pytest.mark.parametrize("name", ["csat", "csat_mean"])
def test_codes_that_are_no_answer_have_to_be_said(name, code):
    assert not ask_scores(name, [4, 5, code]).scale_ok


def test_effort_in_its_three_conventions():
    answers = repeated(EFFORT)
    assert sum(EFFORT.values()) == 1000
    # 4.08 is printed [P]; the others [C].
    assert figures(ask_scores("ces", answers))[0] == pytest.approx(4.08)
    assert figures(ask_scores("ces_top", answers))[0] == pytest.approx(46.0)
    assert figures(ask_scores("ces_index", answers))[0] == pytest.approx(-13.0)


def test_65_of_100_who_agree_are_65():
    # A second vendor's example [P].
    found = ask_scores("ces_top", repeated({5: 20, 6: 20, 7: 25, 4: 35}))
    assert figures(found)[0] == 65


def test_the_first_effort_score_is_better_when_low():
    assert MEASURES["ces_1"].better == "lower"
    assert figures(ask_scores("ces_1", [1, 1, 4]))[0] == 2
    assert not ask_scores("ces_1", [1, 7]).scale_ok


def test_effort_asked_on_1_to_5_is_not_effort_on_1_to_7():
    assert ask_scores("ces", repeated({1: 5, 5: 19})).scale_ok
    found = ask_scores("ces", repeated({1: 5, 5: 20}))
    assert (found.scale_ok, found.found) == (False, "1–5")


def test_a_mean_has_the_spread_of_a_sample():
    # The textbook sample: sum of squares 32 over n - 1.
    found = ask_scores("ces", [2, 4, 4, 4, 5, 5, 7, 7])
    answers = [2, 4, 4, 4, 5, 5, 7, 7]
    assert (found.deviation or 0) / 1e6 == pytest.approx(statistics.stdev(answers), abs=1e-6)
    error = statistics.stdev(answers) / 8**0.5
    value, low, high = figures(found)
    assert value == 4.75
    assert low == pytest.approx(4.75 - 1.959963985 * error, abs=1e-6)
    assert high == pytest.approx(4.75 + 1.959963985 * error, abs=1e-6)


def test_one_answer_has_no_interval():
    found = ask_scores("ces", [5])
    assert (figures(found), found.deviation) == ((5, None, None), None)


def test_equal_answers_are_a_mean_without_width():
    assert figures(ask_scores("csat_mean", [4, 4, 4])) == (4, 4, 4)


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 50)), min_size=1, max_size=30),
    st.sampled_from(["ces", "ces_top", "ces_index"]),
)
def test_weights_that_are_equal_are_no_weights(rows, name):
    scores = [score for score, _ in rows]
    found = ask_scores(name, scores, [7] * len(rows))
    assert found == ask_scores(name, scores)
    weighted = ask_scores(name, scores, [weight for _, weight in rows])
    if weighted.value is not None:
        low, high = MEASURES[name].range
        assert low <= (weighted.low or weighted.value) <= (weighted.high or weighted.value) <= high


# first reply --------------------------------------------------------------------------------------


def test_hours_have_a_mean_and_a_median():
    hours = [0.5, 1, 1.5, 2, 40]
    assert figures(ask("first_reply", {"hours": hours}))[0] == 9
    assert figures(ask("first_reply_median", {"hours": hours}))[0] == 1.5
    assert figures(ask("first_reply_median", {"hours": [1, 2, 4, 90]}))[0] == 3


def test_hours_before_the_question_are_refused():
    assert not ask("first_reply", {"hours": [-1, 2]}).scale_ok


def test_the_median_has_an_interval_by_ranks():
    # Campbell and Gardner 1988: of 100 values the 40th and the 61st.
    found = ask("first_reply_median", {"hours": [float(hour) for hour in range(100, 0, -1)]})
    assert figures(found) == (50.5, 40, 61)
    assert found.deviation is None


def test_few_answers_give_no_interval_of_the_median():
    assert figures(ask("first_reply_median", {"hours": [1, 2, 3]})) == (2, None, None)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_the_median_is_the_middle(hours):
    found = ask("first_reply_median", {"hours": [float(hour) for hour in hours]})
    assert figures(found)[0] == statistics.median(hours)
    heavy = ask("first_reply_median", {"hours": [float(hour) for hour in hours]}, [3] * len(hours))
    assert heavy == found


def test_weights_count_in_the_median():
    assert figures(ask("first_reply_median", {"hours": [1, 2, 9]}, [1, 1, 5]))[0] == 9


# numbers ------------------------------------------------------------------------------------------

QUEUE = number_measure(
    "queue",
    title={"en": "Minutes in the queue", "fi": "Minuutit jonossa"},
    definition={"en": "Mean minutes in the queue.", "fi": "Keskimääräiset minuutit jonossa."},
    unit="min",
    better="lower",
    span=(0, 600_000_000),
)


def test_a_number_is_averaged():
    found = QUEUE.compute({"value": [micro(2), micro(4.5), None]}, None)
    assert found is not None
    assert (found.value, found.n, found.scale_ok) == (3_250_000, 2, True)
    assert (QUEUE.unit, QUEUE.better, QUEUE.summary) == ("min", "lower", "Minutes in the queue")


def test_a_ready_number_has_no_interval():
    found = QUEUE.compute({"value": [micro(4.25)]}, None)
    assert found is not None
    assert figures(found) == (4.25, None, None)


def test_a_number_outside_its_range_is_refused():
    found = QUEUE.compute({"value": [micro(601)]}, None)
    assert found is not None
    assert (found.scale_ok, found.found) == (False, "601")


def test_a_number_need_not_have_a_range():
    profit = number_measure("profit", title={"en": "Profit"}, definition={"en": "Euros."})
    found = profit.compute({"value": [micro(-120_000.5)]}, None)
    assert found is not None
    assert figures(found)[0] == -120_000.5


def test_what_scale_a_measure_wants_can_be_asked():
    scales = {name: answer_scale(measure) for name, measure in MEASURES.items()}
    names = {name: None if scale is None else scale.name for name, scale in scales.items()}
    assert (names["nps"], names["csat"], names["ces"]) == ("0–10", "1–5", "1–7")
    assert (names["first_reply"], names["fcr"]) == ("0–", None)


# index of agreement -------------------------------------------------------------------------------

WORDS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")


def of_shares(*shares: float, answers: float = 1000):
    columns = {word: [share] for word, share in zip(WORDS, shares, strict=True)}
    return ask("agreement_index_shares", {**columns, "answers": [answers]})


def test_one_person_who_agrees_by_and_large():
    # UK Civil Service People Survey 2019, Technical Guide, p. 16 [P]: 325 / 5.
    assert figures(ask_scores("agreement_index", [5, 4, 4, 3, 2]))[0] == 65


def test_the_index_of_ten_people_is_their_mean():
    # The same [P]: 530 / 10.
    people = [65, 25, 70, 35, 50, 100, 90, 40, 20, 35]
    found = number_measure("index", title={"en": "Index"}, definition={"en": "x"}).compute(
        {"value": [micro(person) for person in people]}, None
    )
    assert found is not None
    assert figures(found)[0] == 53


def test_the_index_of_shares():
    # The same, p. 17 [P]: 49, of which 50 % are positive.
    assert figures(of_shares(10, 40, 10, 16, 24))[0] == 49


def test_shares_that_sum_to_102_are_refused():
    # The same [P]: printed as 63 = 17 + 3 + 22 + 21 with shares that sum to 102 %.
    found = of_shares(22, 28, 34, 12, 6)
    assert (found.value, found.scale_ok, found.found) == (None, False, "102 %")


@pytest.mark.parametrize("shares", [(20, 20, 20, 20, 19), (20, 20, 20, 20, 21)])
def test_a_point_may_be_lost_in_rounding(shares):
    assert of_shares(*shares).scale_ok


@pytest.mark.parametrize(
    ("shares", "answers", "seen"),
    [((-1, 41, 20, 20, 20), 10, "-1 %"), ((20,) * 5, 2.5, "2.5"), ((20,) * 5, -1, "-1")],
)
def test_shares_and_answers_that_cannot_be(shares, answers, seen):
    found = of_shares(*shares, answers=answers)
    assert (found.scale_ok, found.found) == (False, seen)


def test_shares_know_as_much_as_the_answers_behind_them():
    plain = ask_scores("agreement_index", repeated({5: 10, 4: 40, 3: 10, 2: 16, 1: 24}))
    found = of_shares(10, 40, 10, 16, 24, answers=100)
    assert found == plain


def test_rows_of_shares_weigh_as_many_as_answered():
    columns = {word: [0.0, 0.0, 20.0] for word in WORDS}
    columns |= {"strongly_agree": [100.0, 0, 20], "strongly_disagree": [0.0, 100, 20]}
    found = ask("agreement_index_shares", {**columns, "answers": [30, 10, None]})
    assert (figures(found)[0], found.n) == (75, 40)
    heavy = ask("agreement_index_shares", {**columns, "answers": [30, 10, None]}, [1, 3, 1])
    assert figures(heavy)[0] == 50


def test_no_rows_of_shares_give_no_value():
    columns = {word: [None] for word in (*WORDS, "answers")}
    assert MEASURES["agreement_index_shares"].compute(columns, None) is None
