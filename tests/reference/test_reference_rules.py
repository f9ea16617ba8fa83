"""Expressions, rules, gates and questions that may not be asked, worked by hand."""

from typing import Any

import pytest

from tests.reference.evaluator import evaluate
from tests.reference.small_rubrics import Table, dimension, ladder, question, rubric

NOT_APPLICABLE = {"not_applicable": "out_of_scope"}
FACTS = {
    "yes": question("yes_no"),
    "open": question("yes_no"),
    "count": question("number", range=[0, 100], unit="n"),
    "size": question("choice", options=[{"id": "small"}, {"id": "big"}]),
    "used": question("checks", options=[{"id": "nps"}, {"id": "ces"}]),
    "none": question("checks", options=[{"id": "nps"}]),
    "left": question("number", range=[0, 9], unit="n", if_not_applicable=0),
}
ANSWERED = {
    "answers": {"d.i1": 3, "d.i2": 1, "d.i3": NOT_APPLICABLE},
    "facts": {
        "yes": True,
        "count": 7,
        "size": "big",
        "used": ["nps"],
        "none": [],
        "left": NOT_APPLICABLE,
    },
    "grades": {"d.i1": "documented"},
}


def holds(expression: str, **keys: Any) -> object:
    made = rubric(
        {"d": dimension(ladder(), ladder(), ladder(), ladder()), "e": dimension(ladder())},
        facts=FACTS,
        conditions={
            "sure": {"when": "fact.yes"},
            "maybe": {"when": "d.i4 >= 2"},
            "asked": {"when": expression},
        },
        **keys,
    )
    return evaluate(made, ANSWERED)["conditions"]["asked"]


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("d.i1 >= 3", True),
        ("d.i4 >= 3", None),
        ("d.i3 >= 0", None),
        ("d == 2 and d.i1 == 3", True),
        ("d.i4 >= 3 and d.i1 < 3", False),
        ("d.i4 >= 3 or d.i1 == 3", True),
        ("not d.i4 >= 3", None),
        ("1 < d.i1 <= 3", True),
        ("1 < d.i1 <= 2", False),
        ("d.i1 in [1, 3]", True),
        ("e >= 0", None),
        ("d.i2 - d.i1 == -2", True),
        ("d.i2 / d.i1 == 0.333333", True),
        ("d.i2 / d.i1 * 3 == 1", False),
        ("d.i2 / (d.i1 - 3) == 0", None),
        ("min(d.i1, d.i2) == 1 and max(d.i1, d.i2) == 3 and abs(d.i2 - d.i1) == 2", True),
        ("max(d.i1, d.i4) >= 3", None),
        ("first(d.i4, d.i3, d.i2) == 1", True),
        ("first(d.i4 >= 1, fact.yes)", True),
        ("first(measure.nps.value, d.i1) == 3", True),
        ("answered(d.i1) and not answered(d.i4) and not answered(d.i3)", True),
        ("documented(d.i1) and not demonstrated(d.i1)", True),
        ("documented(d.i4)", None),
        ("coverage(d) == 0.666667 and coverage(e) == 0", True),
        ("fact.yes and condition.sure", True),
        ("fact.open", None),
        ("fact.count >= 7 and fact.left == 0", True),
        ("fact.size == 'big' and fact.size in ['big'] and fact.size != 'small'", True),
        ("'nps' in fact.used and not 'ces' in fact.used", True),
        ("only(fact.used, 'nps', 'ces') and not only(fact.used, 'ces')", True),
        ("only(fact.none, 'nps')", False),
        ("size(fact.none) == 0", True),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 1", True),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 2", None),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 3", False),
        ("count(fact.yes, condition.maybe) == 2", None),
        ("gap(d) >= 1 or respondents(d.i1, 'leader') >= 1", None),
        ("measure.nps.value >= 0", None),
    ],
)
def test_an_expression_is_true_false_or_undetermined(expression, truth):
    assert holds(expression) is truth


def test_raw_and_evidenced_stand_beside_the_final_level():
    rules = {"R": {"when": "raw(d.i2) <= 1", "cap": {"d.i1": 2}}}
    ceilings = {"claimed": 1, "documented": 1.5}
    text = "d.i1 == 2 and raw(d.i1) == 3 and evidenced(d.i1) == 1.5 and evidenced(d.i2) == 1"
    assert holds(text, rules=rules, evidence_ceilings=ceilings) is True


# --- phases ---------------------------------------------------------------------------------------


def phases(*gates: str) -> Table:
    return {f"p{n}": {"title": "P", "gate": gate} for n, gate in enumerate(gates, start=1)}


@pytest.mark.parametrize(
    ("rule", "gates", "expected"),
    [
        ("highest", ("true", "false", "true", "false"), ("p3", "p3", False)),
        ("cumulative", ("true", "false", "true", "false"), ("p1", "p1", False)),
        ("highest", ("false", "false", "false", "false"), (None, None, False)),
        ("highest", ("true", "d.i2 >= 1", "false", "false"), ("p1", "p2", True)),
        ("cumulative", ("true", "d.i2 >= 1", "true", "false"), ("p1", "p3", True)),
        ("highest", ("true or e >= 1", "true", "false", "false"), ("p2", "p2", True)),
        ("highest", ("true or overall >= 1", "d >= 0", "false", "false"), ("p2", "p2", True)),
    ],
)
def test_the_phase_follows_from_the_gates(rule, gates, expected):
    made = rubric(
        {"d": dimension(ladder(weight=2), ladder()), "e": dimension(ladder())},
        phase_rule=rule,
        phases=phases(*gates),
    )
    phase = evaluate(made, {"answers": {"d.i1": 2}})["phase"]
    assert (phase["at_least"], phase["at_most"], phase["provisional"]) == expected
    assert phase["id"] == phase["at_least"]


def test_a_finding_may_read_the_phase_as_a_range():
    rules = {
        "LOW": {"when": "phase >= 'p1'", "severity": "note"},
        "OPEN": {"when": "phase == 'p2'", "severity": "note"},
        "HIGH": {"when": "phase > 'p2' or phase == 'not_started'", "severity": "note"},
        "TYPICAL": {"when": "behaviour == 'p3' and behaviour > phase", "severity": "note"},
    }
    made = rubric(
        {"d": dimension(ladder(weight=2), ladder())},
        phases=phases("true", "d.i2 >= 1", "false", "false"),
        rules=rules,
    )
    result = evaluate(made, {"answers": {"d.i1": 3}})
    assert result["rules"] == {"LOW": True, "OPEN": None, "HIGH": False, "TYPICAL": True}
    assert result["fired"] == ["LOW", "TYPICAL"]
    assert result["undetermined"] == ["OPEN"]


@pytest.mark.parametrize(("level", "name"), [(0, "not_started"), (1, "p1"), (2, "p1"), (3, "p3")])
def test_behaviour_is_the_phase_that_the_overall_score_is_typical_of(level, name):
    gates = phases("true", "true", "true", "true")
    gates["p2"]["from"] = 2.25
    result = evaluate(
        rubric({"d": dimension(ladder())}, phases=gates), {"answers": {"d.i1": level}}
    )
    assert result["behaviour"] == name
    assert result["index"] == level * 25_000_000


def test_behaviour_is_missing_where_levels_are_not_phases():
    result = evaluate(rubric({"d": dimension(ladder())}), {"answers": {"d.i1": 2}})
    assert (result["behaviour"], result["dimensions"]["d"]["profile"]) == (None, None)


# --- questions that may not be asked --------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "state", "score"),
    [
        ({"d.i1": 3, "d.i2": 1}, "answered", 2_000_000),
        ({"d.i1": 1, "d.i2": 3}, "not_asked", 1_000_000),
        ({"d.i2": 3}, "answered", 3_000_000),
        ({"d.i1": 3}, "unanswered", 3_000_000),
    ],
)
def test_a_question_is_asked_unless_its_condition_is_false(answers, state, score):
    node = dimension(ladder(), ladder(ask_when="d.i1 >= 2"), min_coverage=0, not_applicable="full")
    result = evaluate(rubric({"d": node}), {"answers": answers})
    assert result["indicators"]["d.i2"]["state"] == state
    assert result["dimensions"]["d"]["score"] == score


def test_a_dimension_that_is_not_asked_leaves_the_overall():
    dimensions = {"d": dimension(ladder()), "e": dimension(ladder(), ask_when="fact.yes")}
    made = rubric(dimensions, facts={"yes": question("yes_no")}, not_applicable="full")
    result = evaluate(made, {"answers": {"d.i1": 1, "e.i1": 4}, "facts": {"yes": False}})
    assert result["dimensions"]["e"]["state"] == "not_applicable"
    assert (result["overall"]["score"], result["overall"]["coverage"]) == (1_000_000, 1_000_000)


def test_a_fact_that_is_not_asked_has_the_value_for_not_applicable():
    facts = {
        "owner": question("yes_no"),
        "budget": question("yes_no", ask_when="fact.owner", if_not_applicable=False),
        "seat": question("number", range=[0, 9], ask_when="fact.owner"),
    }
    made = rubric({"d": dimension(ladder())}, facts=facts)
    result = evaluate(made, {"facts": {"owner": False, "budget": True, "seat": 3}})
    assert result["facts"] == {"owner": False, "budget": False, "seat": None}


def test_what_belongs_to_a_module_is_there_only_with_the_module():
    rules = {
        "CAP": {"when": "d.i2 >= 1", "cap": {"d": 1}},
        "THROUGH": {"when": "condition.c", "severity": "note"},
        "OWN": {"when": "true", "severity": "note", "module": "m"},
    }
    made = rubric(
        {"d": dimension(ladder(), ladder(module="m"))},
        modules={"m": {"title": "M"}},
        conditions={"c": {"when": "d.i2 >= 1"}},
        rules=rules,
    )
    world = {"answers": {"d.i1": 2, "d.i2": 4}}
    without = evaluate(made, world)
    assert (without["dimensions"]["d"]["score"], list(without["indicators"])) == (
        2_000_000,
        ["d.i1"],
    )
    assert (without["rules"], without["not_asked"]) == ({}, ["CAP", "THROUGH", "OWN"])
    with_it = evaluate(made, world | {"modules": ["m"]})
    assert (with_it["dimensions"]["d"]["raw"], with_it["dimensions"]["d"]["score"]) == (
        3_000_000,
        1_000_000,
    )
    assert with_it["not_asked"] == []


def test_an_undetermined_cap_does_not_fire():
    rules = {"R": {"when": "d.i2 <= 1", "cap": {"d.i1": 1}}}
    made = rubric({"d": dimension(ladder(), ladder(), min_coverage=0)}, rules=rules)
    result = evaluate(made, {"answers": {"d.i1": 3}})
    assert (result["indicators"]["d.i1"]["level"], result["undetermined"]) == (3_000_000, ["R"])
    capped = evaluate(made, {"answers": {"d.i1": 3, "d.i2": 1}})["indicators"]["d.i1"]
    assert (capped["raw"], capped["level"]) == (3_000_000, 1_000_000)
    assert capped["caps"] == {"R": {"limit": 1_000_000, "binds": True}}
