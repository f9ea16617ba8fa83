"""Net emotional value: worked figures, its interval, its scale check, and what is missing."""

from __future__ import annotations

import cxmaturity_measure_emotion
import pytest

from cxmaturity.testing import run_plugin

MILLION = 1_000_000
GOOD = ("happy", "trusting", "valued", "cared_for")
BAD = ("irritated", "hurried", "neglected", "disappointed")


@pytest.fixture(scope="module")
def measure():
    return run_plugin(cxmaturity_measure_emotion).record("cxm_measures", "net_emotional_value")


def answers(*people: tuple[object, object]) -> dict[str, list[int | None]]:
    """Each person rates all good feelings alike, and all bad ones."""
    columns: dict[str, list[int | None]] = {name: [] for name in (*GOOD, *BAD)}
    for good, bad in people:
        for names, given in ((GOOD, good), (BAD, bad)):
            for name in names:
                columns[name].append(None if given is None else int(given * MILLION))
    return columns


def test_the_plugin_loads_alone():
    ran = run_plugin(cxmaturity_measure_emotion)
    assert ran.failures == ()
    assert ran.names == ("net_emotional_value",)


def test_it_is_defined_in_both_languages(measure):
    assert set(measure.definition) == {"en", "fi"}
    assert measure.columns == (*GOOD, *BAD)
    assert measure.range == (-10 * MILLION, 10 * MILLION)


def test_one_person_has_a_value_and_no_interval(measure):
    found = measure.compute(answers((8, 3)), None)
    assert (found.value, found.n, found.low, found.high) == (5 * MILLION, 1, None, None)


def test_the_interval_is_196_standard_errors(measure):
    # Values 2 and 6: mean 4, standard deviation √8, standard error 2.
    found = measure.compute(answers((2, 0), (6, 0)), None)
    assert (found.value, found.n) == (4 * MILLION, 2)
    assert (found.low, found.high) == (80_000, 7_920_000)
    assert found.deviation == 2_828_427


def test_the_interval_ends_where_the_scale_does(measure):
    found = measure.compute(answers((10, 0), (0, 10)), None)
    assert (found.low, found.high) == (-10 * MILLION, 10 * MILLION)


def test_weights_count(measure):
    found = measure.compute(answers((10, 0), (0, 0)), [3, 1])
    assert found.value == 7_500_000
    alone = measure.compute(answers((10, 0), (0, 0)), [3, 0])
    assert (alone.value, alone.n) == (10 * MILLION, 1)


def test_equal_weights_are_no_weights(measure):
    people = answers((9, 1), (5, 5), (2, 7))
    assert measure.compute(people, [4, 4, 4]) == measure.compute(people, None)


def test_the_order_of_people_does_not_matter(measure):
    people = [(9, 1), (5, 5), (2, 7), (None, 3)]
    forth = measure.compute(answers(*people), None)
    assert forth == measure.compute(answers(*reversed(people)), None)


@pytest.mark.parametrize("person", [(None, 3), (7, None), (None, None)])
def test_who_left_a_side_empty_does_not_count(measure, person):
    assert measure.compute(answers((8, 3), person), None).n == 1
    assert measure.compute(answers(person), None) is None


def test_no_data_give_no_value(measure):
    assert measure.compute(answers(), None) is None


@pytest.mark.parametrize("answer", [11, -1, 4.5])
def test_another_scale_is_noticed(measure, answer):
    found = measure.compute(answers((answer, 3), (8, 2)), None)
    assert not found.scale_ok
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 2)


def test_the_scale_that_was_found_is_told(measure):
    assert measure.compute(answers((11, 3), (8, 2)), None).found == "2–11"
    assert measure.compute(answers((8, 3)), None).found == ""


def test_many_answers_up_to_five_come_from_a_shorter_scale(measure):
    assert not measure.compute(answers(*[(5, 1)] * 10), None).scale_ok
    assert measure.compute(answers(*[(6, 1)] * 10), None).scale_ok
    assert measure.compute(answers((5, 1)), None).scale_ok
