"""One indicator's answers as levels."""

from typing import Any

import pytest

from cxmaturity.engine.people.levels import item_answers, tallies_by_place, tally_of
from cxmaturity.engine.program import Leaf
from cxmaturity.errors import InputError
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

M = 1_000_000


def leaf(indicator: dict[str, Any]) -> Leaf:
    return program_of(rubric({"d": dimension(indicator)})).leaves[0]


def test_answers_become_levels_and_are_counted():
    found = item_answers(leaf(ladder()), (4, None, "unknown", "na:other", 0))
    assert found.levels == (4 * M, None, None, None, 0)
    assert (found.who, found.n, found.replied, found.not_applicable) == (0b10001, 2, 4, 1)


def test_an_option_without_a_level_does_not_apply():
    options = [{"id": "a", "text": "A", "level": 3}, {"id": "b", "text": "B"}]
    found = item_answers(leaf(question("choice", options=options)), ("a", "b"))
    assert (found.levels, found.not_applicable) == ((3 * M, None), 1)


def test_sets_of_options_are_read():
    options = [{"id": "a", "text": "A", "level": 1}, {"id": "b", "text": "B", "level": 2}]
    found = item_answers(leaf(question("checks", options=options)), (["a", "b"], [], ["b"], []))
    assert found.levels == (3 * M, 0, 2 * M, 0)


def test_true_is_not_one():
    with pytest.raises(InputError) as caught:
        item_answers(leaf(ladder()), (1, True))
    assert len(caught.value.problems) == 1


def test_every_answer_off_the_scale_is_named_by_code_and_never_shown():
    with pytest.raises(InputError) as caught:
        item_answers(leaf(ladder()), (77, 3, 77, "salaisuus"), ("p1", "p2", "p3", "p4"))
    assert [problem.values["code"] for problem in caught.value.problems] == ["p1", "p3", "p4"]
    assert "77" not in str(caught.value)
    assert "salaisuus" not in str(caught.value)
    assert "0" in str(caught.value)


def test_levels_are_counted_in_every_place_above():
    places = {"unit": ("a/x", "a", "b", "a/x"), "role": ("r", "r", "r", "s")}
    found = tallies_by_place((M, M, None, 0), places)
    assert found["unit"] == {"a/x": {M: 1, 0: 1}, "a": {M: 2, 0: 1}}
    assert found["role"] == {"r": {M: 2}, "s": {0: 1}}
    assert tally_of((M, None, M)) == {M: 2}


def test_nobody_at_all():
    found = item_answers(leaf(ladder()), ())
    assert (found.levels, found.who, found.replied) == ((), 0, 0)
