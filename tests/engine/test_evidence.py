"""Evidence: which grade counts on a date, and what the evidenced column makes of it."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.engine.evidence import counting_evidence, months_before
from cxmaturity.errors import InputError
from cxmaturity.model.engagement import Evidence
from cxmaturity.model.rubric import GRADES
from tests.engine.support import Table, result_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

DATE = dt.date(2026, 3, 31)
M = 1_000_000
CEILINGS = {"claimed": 2, "documented": 3, "demonstrated": 4}


def dated(grade: Any, date: dt.date | None) -> Evidence:
    return Evidence(grade=grade, reference="A folder", date=date)


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (1, dt.date(2026, 2, 28)),
        (2, dt.date(2026, 1, 31)),
        (3, dt.date(2025, 12, 31)),
        (4, dt.date(2025, 11, 30)),
        (12, dt.date(2025, 3, 31)),
        (25, dt.date(2024, 2, 29)),
        (0, DATE),
        (1_000_000, dt.date.min),
    ],
)
def test_months_are_calendar_months_with_the_day_clipped_to_their_end(months, expected):
    assert months_before(DATE, months) == expected


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.integers(0, 600))
def test_fewer_months_are_never_earlier(date, months):
    assert months_before(date, months + 1) < months_before(date, months) <= date


@pytest.mark.parametrize(
    ("date", "grade", "is_aged"),
    [
        (dt.date(2025, 3, 31), "demonstrated", False),
        (dt.date(2025, 3, 30), "documented", True),
        (DATE, "demonstrated", False),
    ],
)
def test_older_evidence_counts_one_grade_lower(date, grade, is_aged):
    found = counting_evidence({"d.i1": dated("demonstrated", date)}, DATE, 12)
    assert (found.grades, found.aged) == ({"d.i1": grade}, ("d.i1",) if is_aged else ())


def test_a_claim_cannot_get_lower_and_without_a_limit_nothing_ages():
    old = dt.date(1999, 1, 1)
    assert counting_evidence({"d.i1": dated("claimed", old)}, DATE, 12).grades["d.i1"] == "claimed"
    forever = counting_evidence({"d.i1": dated("documented", old)}, DATE, None)
    assert (forever.grades["d.i1"], forever.aged) == ("documented", ())


def test_undated_evidence_does_not_age_and_is_listed_unless_it_is_a_claim():
    found = counting_evidence(
        {"d.i1": dated("demonstrated", None), "d.i2": dated("claimed", None)}, DATE, 1
    )
    assert found.grades == {"d.i1": "demonstrated", "d.i2": "claimed"}
    assert (found.aged, found.undated) == ((), ("d.i1",))


def test_evidence_from_after_the_date_is_an_error_all_of_it_at_once():
    late = DATE + dt.timedelta(days=1)
    evidence = {"d.i1": dated("claimed", late), "d.i2": dated("documented", late)}
    with pytest.raises(InputError) as caught:
        counting_evidence({**evidence, "d.i3": dated("claimed", DATE)}, DATE, 12)
    assert [problem.where.key for problem in caught.value.problems] == ["d.i1", "d.i2"]
    assert "2026-04-01" in str(caught.value)


# --- the evidenced column -----------------------------------------------------------------------


def evidenced(node: Table, levels: Table, grades: Table, **keys: Any) -> Table:
    """The node `d` with its main and evidenced score."""
    keys = {"evidence_ceilings": CEILINGS, **keys}
    found = result_of(
        rubric({"d": node}, **keys), {"answers": levels, "grades": grades, **keys.pop("world", {})}
    )
    scored: Table = found["dimensions"]["d"]
    return scored


@pytest.mark.parametrize(("grade", "expected"), [(GRADES[0], 2), (GRADES[1], 3), (GRADES[2], 4)])
def test_the_evidenced_level_is_at_most_what_its_grade_supports(grade, expected):
    node = evidenced(dimension(ladder()), {"d.i1": 4}, {"d.i1": grade})
    assert (node["score"], node["evidenced"]) == (4 * M, expected * M)


def test_without_a_grade_an_answer_is_claimed_and_a_low_level_is_not_touched():
    node = evidenced(dimension(ladder(), ladder()), {"d.i1": 4, "d.i2": 1}, {})
    assert (node["score"], node["evidenced"]) == (2_500_000, 1_500_000)


def test_ceilings_are_converted_to_an_indicators_own_scale():
    eight = question("number", range=[0, 8], curve=[[0, 0], [8, 8]], scale=[0, 8])
    node = evidenced(dimension(eight), {"d.i1": 8}, {"d.i1": "documented"})
    # 3 of 4 is 6 of 8; the dimension is on the rubric's scale.
    assert (node["score"], node["evidenced"]) == (4 * M, 3 * M)


def test_a_grade_without_ceiling_is_not_limited():
    node = evidenced(dimension(ladder()), {"d.i1": 4}, {}, evidence_ceilings={"documented": 3})
    assert node["evidenced"] == 4 * M


def test_what_a_policy_fills_is_not_limited():
    node = dimension(ladder(), ladder(), min_coverage=0, unanswered="full")
    found = evidenced(node, {"d.i1": 4}, {})
    assert (found["score"], found["evidenced"]) == (4 * M, 3 * M)


def test_caps_that_bite_in_the_main_column_bite_in_the_evidenced_one():
    rules = {"R": {"when": "d.i1 >= 4", "cap": {"d": 1.5}}}
    found = evidenced(dimension(ladder()), {"d.i1": 4}, {}, rules=rules)
    # On evidence alone the rule would not fire: the level is 2 there.
    assert (found["score"], found["evidenced"]) == (1_500_000, 1_500_000)


def test_the_main_score_never_feels_the_ceilings():
    node = dimension(ladder(), ladder(ask_when="d.i1 >= 3"))
    levels = {"d.i1": 4, "d.i2": 1}
    assert evidenced(node, levels, {})["score"] == 2_500_000
    assert evidenced(node, levels, {})["evidenced"] == 1_500_000


def test_coverage_and_states_are_those_of_the_main_column():
    node = evidenced(dimension(ladder(), ladder()), {"d.i1": 4}, {})
    assert (node["state"], node["evidenced"], node["coverage"]) == ("none", None, 500_000)


def test_points_are_evidenced_from_the_leaves_up():
    inner = {"s": dimension(ladder(), ladder(), parent="d", combine="share")}
    table = rubric({"d": dimension(combine="share"), **inner}, evidence_ceilings=CEILINGS)
    world = {"answers": {"s.i1": 4, "s.i2": 4}, "grades": {"s.i1": "demonstrated"}}
    node = result_of(table, world)["dimensions"]["d"]
    assert (node["score"], node["evidenced"]) == (4 * M, 3 * M)
