"""What open answers and facts can still do: bounds hold every completion, exact where few are."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.engine.bounds import Bounds, bounds, interval_run
from cxmaturity.engine.completions import MOST, best_bounds
from cxmaturity.engine.intervals import FALSE, TRUE
from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from tests.engine.support import Table, contains, inputs_of, outside, program_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric
from tests.strategies import Style, cases, completions

NOT_APPLICABLE = {"not_applicable": "other"}
M = 1_000_000


# --- every completion ---------------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_bounds_contain_every_completion(data):
    table, world = data.draw(cases(Style(beyond=data.draw(st.booleans()))))
    program = program_of(table, world)
    wide = bounds(program, inputs_of(program, world))
    for _ in range(3):
        completed = inputs_of(program, data.draw(completions(table, world)))
        assert not outside(program, wide, evaluate(program, completed))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_exact_bounds_lie_inside_those_of_intervals_and_contain_every_completion(data):
    table, world = data.draw(cases())
    program = program_of(table, world)
    inputs = inputs_of(program, world)
    wide, exact = bounds(program, inputs), best_bounds(program, inputs)
    for inner, outer in zip(exact.nodes + exact.leaves, wide.nodes + wide.leaves, strict=True):
        assert inner is None or (contains(outer, inner[0]) and contains(outer, inner[1]))
    assert wide.phase[0] <= exact.phase[0] <= exact.phase[1] <= wide.phase[1]
    completed = inputs_of(program, data.draw(completions(table, world)))
    assert not outside(program, exact, evaluate(program, completed))


# --- by hand ------------------------------------------------------------------------------------


def both(table: Table, world: Table | None = None) -> tuple[Program, Bounds, Bounds]:
    """The bounds of a world by intervals, and the best ones."""
    program = program_of(table, world or {})
    inputs = inputs_of(program, world or {})
    return program, bounds(program, inputs), best_bounds(program, inputs)


def ends(table: Table, world: Table | None = None, node: str = "d") -> list[Any]:
    """Both bounds of one node."""
    program, *found = both(table, world)
    return [each.nodes[program.node_index[node]] for each in found]


def level_ends(table: Table, world: Table, path: str = "d.i1") -> list[Any]:
    program, *found = both(table, world)
    return [each.leaves[program.leaf_index[path]] for each in found]


WORKED = dimension(ladder(weight=3), ladder(weight=2), ladder(weight=1))


def test_the_worked_example_lies_between_two_and_a_third_and_three():
    world = {"answers": {"d.i1": 4, "d.i2": 1}}
    assert ends(rubric({"d": WORKED}), world) == [(2_333_333, 3 * M)] * 2


def test_a_node_with_too_little_answered_still_has_bounds():
    assert ends(rubric({"d": WORKED}), {"answers": {"d.i3": 4}}) == [(666_667, 4 * M)] * 2


def test_an_open_indicator_is_worth_what_its_question_can_give():
    yes_no = question("yes_no", yes=3, no=1)
    assert level_ends(rubric({"d": dimension(yes_no)}), {}) == [(M, 3 * M)] * 2
    curve = question("number", range=[0, 50], curve=[[0, 2], [20, 1], [100, 5]])
    assert level_ends(rubric({"d": dimension(curve)}), {}) == [(M, 2_500_000)] * 2


def test_unknown_is_open_and_not_applicable_is_not():
    table = rubric({"d": dimension(ladder(), ladder(), ladder())})
    world = {"answers": {"d.i1": 3, "d.i2": "unknown", "d.i3": NOT_APPLICABLE}}
    assert ends(table, world) == [(1_500_000, 3_500_000)] * 2


@pytest.mark.parametrize(
    ("when", "expected"),
    [("true", (0, 2 * M)), ("d.i2 >= 1", (0, 2_500_000)), ("fact.f", (0, 4 * M))],
)
def test_a_cap_lowers_the_high_end_only_if_it_surely_holds(when, expected):
    table = rubric(
        {"d": dimension(ladder(), ladder())},
        facts={"f": question("yes_no")},
        rules={"R": {"when": when, "cap": {"d": 2}}},
    )
    # Where i2 is at least 1 the cap holds; where it is 0 the mean is at most 2.
    exact = (0, 2 * M) if when == "d.i2 >= 1" else expected
    interval = (0, 4 * M) if when == "d.i2 >= 1" else expected
    assert ends(table) == [interval, exact]


def test_an_open_fact_lowers_the_low_end():
    table = rubric(
        {"d": dimension(ladder())},
        facts={"f": question("yes_no")},
        rules={"R": {"when": "fact.f", "cap": {"d": 2}}},
    )
    assert ends(table, {"answers": {"d.i1": 3}}) == [(2 * M, 3 * M)] * 2
    known = {"answers": {"d.i1": 3}, "facts": {"f": NOT_APPLICABLE}}
    assert ends(table, known) == [(3 * M, 3 * M)] * 2


def test_bounds_need_not_contain_the_present_score():
    table = rubric(
        {"d": dimension(ladder(), ladder())},
        facts={"f": question("yes_no")},
        rules={"R": {"when": "fact.f or not fact.f", "cap": {"d": 1}}},
    )
    world = {"answers": {"d.i1": 3, "d.i2": 3}}
    program = program_of(table, world)
    score = evaluate(program, inputs_of(program, world)).node_final[0]
    assert (score, ends(table, world)[1]) == (3 * M, (M, M))


@pytest.mark.parametrize(
    ("method", "interval", "exact"),
    [
        # i1 is 3; i2 is asked only if the open fact says so, and open.
        ("mean", (1_500_000, 3_500_000), (1_500_000, 3_500_000)),
        ("min", (0, 3 * M), (0, 3 * M)),
        ("max", (3 * M, 4 * M), (3 * M, 4 * M)),
        ("sum", (3 * M, 7 * M), (3 * M, 7 * M)),
        ("share", (1_500_000, 3_500_000), (1_500_000, 3_500_000)),
    ],
)
def test_what_may_not_be_asked_counts_as_its_whole_scale(method, interval, exact):
    node = dimension(ladder(), ladder(ask_when="fact.f"), combine=method)
    table = rubric({"d": node}, facts={"f": question("yes_no")})
    assert ends(table, {"answers": {"d.i1": 3}}) == [interval, exact]


def test_what_may_not_be_asked_reaches_its_stage_at_the_high_end():
    node = dimension(
        ladder(stage=1, needs=2), ladder(stage=2, needs=4, ask_when="fact.f"), combine="staged"
    )
    table = rubric({"d": node}, facts={"f": question("yes_no")})
    world = {"answers": {"d.i1": 3, "d.i2": 1}}
    assert ends(table, world) == [(M, 2 * M)] * 2


def test_an_option_without_level_may_leave_the_node():
    choice = question(
        "choice", options=[{"id": "a", "text": "a", "level": 2}, {"id": "b", "text": "b"}]
    )
    table = rubric({"d": dimension(ladder(), choice)})
    # The question itself gives 2; by intervals it counts as its whole scale.
    assert ends(table, {"answers": {"d.i1": 4}}) == [(2 * M, 4 * M), (3 * M, 4 * M)]


def test_a_dimension_that_may_not_be_asked_counts_as_its_scale_and_its_sisters():
    table = rubric(
        {"d": dimension(ladder()), "e": dimension(ladder(), ask_when="fact.f")},
        facts={"f": question("yes_no")},
    )
    world = {"answers": {"d.i1": 3, "e.i1": 2}}
    interval, exact = ends(table, world, "overall")
    assert (interval, exact) == ((1_500_000, 3_500_000), (2_500_000, 3 * M))


def test_answered_is_true_of_what_is_open_and_a_grade_is_open_with_its_answer():
    rules = {"R": {"when": "answered(d.i2)", "cap": {"d": 2}}}
    assert ends(rubric({"d": dimension(ladder(), ladder())}, rules=rules))[0] == (0, 2 * M)
    graded = {"R": {"when": "not documented(d.i2)", "cap": {"d": 2}}}
    open_grade = rubric({"d": dimension(ladder(), ladder())}, rules=graded)
    assert ends(open_grade) == [(0, 4 * M)] * 2
    assert ends(open_grade, {"answers": {"d.i2": 4}}) == [(2 * M, 2 * M)] * 2


def test_the_phase_has_bounds_by_the_gates_under_both_rules():
    gates = {
        "p1": {"title": "P", "gate": "d >= 1"},
        "p2": {"title": "P", "gate": "d.i2 >= 3"},
        "p3": {"title": "P", "gate": "d >= 3"},
    }
    table = rubric({"d": dimension(ladder(), ladder())}, phases=gates)
    world = {"answers": {"d.i1": 4}}
    for rule, expected in (("highest", (1, 3)), ("cumulative", (1, 3))):
        _, interval, exact = both({**table, "phase_rule": rule}, world)
        assert (interval.phase, exact.phase) == (expected, expected)
    _, interval, exact = both({**table, "phase_rule": "cumulative"}, {"answers": {"d.i2": 0}})
    assert (interval.phase, exact.phase) == ((0, 1), (0, 1))


def test_gates_that_exclude_each_other_are_exact_only_by_enumeration():
    gates = {
        "p1": {"title": "P", "gate": "d.i1 <= 1"},
        "p2": {"title": "P", "gate": "d.i1 >= 2"},
    }
    _, interval, exact = both(rubric({"d": dimension(ladder())}, phases=gates))
    assert (interval.phase, exact.phase) == ((0, 2), (1, 2))


# --- every construct of expressions on intervals ------------------------------------------------

ANY = [{"id": key, "text": key} for key in ("a", "b", "c")]
OPEN_FACTS: Table = {
    "yes": question("yes_no"),
    "no": question("yes_no"),
    "one": question("choice", options=ANY),
    "many": question("checks", options=ANY),
    "level": ladder(),
    "yes2": question("yes_no", ask_when="fact.yes", if_not_applicable=True),
    "one2": question("choice", options=ANY, ask_when="fact.yes", if_not_applicable="a"),
    "many2": question("checks", options=ANY, ask_when="fact.yes", if_not_applicable=["a", "b"]),
    "level2": ladder(ask_when="fact.yes", if_not_applicable=4),
    "gone": question("yes_no", ask_when="fact.yes"),
    "far": question("number", range=[0, 9], ask_when="fact.yes"),
}
READ = [
    *("fact.yes", "not fact.yes", "fact.yes and not fact.no"),
    *("fact.one == 'a'", "fact.one in ['a', 'b']", "fact.one != 'c'", "fact.one2 == 'a'"),
    *("'a' in fact.many", "only(fact.many, 'a', 'b')", "size(fact.many) >= 2", "'b' in fact.many2"),
    *("only(fact.many2, 'a')", "size(fact.many2) < 2", "fact.yes2", "not fact.yes2"),
    *("fact.level2 >= 3", "fact.level > 1", "answered(fact.gone)", "answered(fact.yes2)"),
    *("fact.gone", "first(fact.gone, fact.no)", "first(fact.level, 2) > 2", "fact.far > 3"),
    *("first(fact.far, fact.level) >= 2", "count(fact.yes, fact.gone) >= 1"),
    *("count(fact.yes, fact.no) == 1", "count(fact.yes, fact.no, fact.gone) != 2"),
    *("count(fact.yes, fact.no) >= fact.level", "count(fact.gone) == fact.far"),
    *("d.i1 + d.i2 > 4", "d.i1 - d.i2 >= 1", "d.i1 * d.i2 >= 6", "d.i1 / d.i2 > 1"),
    *("abs(d.i1 - d.i2) <= 1", "-d.i1 < -2", "min(d.i1, d.i2) >= 1", "max(d.i1, d.i2) == 2"),
    *("d.i1 == d.i2", "d.i1 != 2", "d.i1 in [1, 3]", "1 <= d.i1 < 3", "d.i1 / 0 >= 0"),
    *("raw(e) >= 2", "e < 3", "coverage(e) == 1", "coverage(d.i1) >= 1", "answered(e)"),
    *("evidenced(d.i1) >= 2", "evidenced(e) > 1", "documented(d.i1)", "demonstrated(e.i1)"),
    *("evidenced(d.i1) < d.i1", "condition.c", "measure.nps.value > 3", "measure.nps.scale_ok"),
    *("e.i2 >= 2", "answered(e.i2)", "documented(e.i2)", "coverage(e.i2) == 0", "f >= 2"),
    *("answered(f)", "coverage(f) > 0", "first(f, 1) > 1", "evidenced(f) >= 1", "f.i1 < 2"),
]  # fmt: skip


def with_cap(when: str) -> Table:
    """A rubric in which the expression caps `x`, which nothing in it reads."""
    return rubric(
        {
            "d": dimension(ladder(), ladder()),
            "e": dimension(ladder(), ladder(ask_when="fact.yes"), min_coverage=0),
            "f": dimension(ladder(), ask_when="fact.yes"),
            "x": dimension(ladder()),
        },
        facts=OPEN_FACTS,
        measures={"nps": {"title": "NPS", "range": [-100, 100]}},
        conditions={"c": {"when": "d.i1 >= 2 or fact.no"}},
        evidence_ceilings={"claimed": 1, "documented": 3},
        rules={"R": {"when": when, "cap": {"x": 2}}},
    )


@pytest.mark.parametrize("when", READ)
@settings(max_examples=4)
@given(st.data())
def test_a_cap_that_open_inputs_may_decide_is_in_the_bounds(when, data):
    table = with_cap(when)
    known = data.draw(st.sampled_from([{}, {"d.i1": 2}, {"d.i1": 3, "d.i2": 1}, {"e.i2": 3}]))
    sure = data.draw(st.sampled_from([{}, {"yes": True}, {"yes": False}, {"many": ["a"]}]))
    world = {"answers": {"x.i1": 4, **known}, "facts": sure, "grades": {}}
    program, wide, exact = both(table, world)
    x = program.node_index["x"]
    ends_of_x = wide.nodes[x]
    assert ends_of_x is not None
    assert ends_of_x in {(2 * M, 2 * M), (2 * M, 4 * M), (4 * M, 4 * M)}
    inner = exact.nodes[x]
    assert inner is None or (contains(ends_of_x, inner[0]) and contains(ends_of_x, inner[1]))
    completed = inputs_of(program, data.draw(completions(table, {**world, "modules": []})))
    assert not outside(program, wide, evaluate(program, completed))


def test_a_behaviour_has_bounds_too():
    phases = {f"p{n}": {"title": "P", "gate": "true"} for n in range(1, 5)}
    rules = {"R": {"when": "behaviour >= 'p2'", "severity": "note", "title": "T", "text": "T."}}
    table = rubric({"d": dimension(ladder(), ladder())}, phases=phases, rules=rules)
    program = program_of(table)
    for answers, expected in (
        ({"d.i1": 4}, TRUE),
        ({"d.i1": 0, "d.i2": 1}, FALSE),
        ({}, TRUE | FALSE),
    ):
        run = interval_run(program, inputs_of(program, {"answers": answers}))
        assert run.expr[program.rules[0].truth or 0] == expected


# --- exact where few completions remain ---------------------------------------------------------


def all_runs(program: Program, paths: list[str]) -> list[Run]:
    """Every completion of open ladders with five levels."""
    return [
        evaluate(program, inputs_of(program, {"answers": dict(zip(paths, levels, strict=True))}))
        for levels in product(range(5), repeat=len(paths))
    ]


def test_few_completions_are_all_tried():
    rules = {
        "A": {"when": "d.i1 > d.i2", "cap": {"d": 3}},
        "B": {"when": "d.i2 > d.i3", "cap": {"d.i1": 1}},
        "C": {"when": "e.i1 == 2", "cap": {"d": 1.5}},
    }
    dimensions = {"d": dimension(ladder(), ladder(), ladder()), "e": dimension(ladder())}
    program, _, exact = both(rubric(dimensions, rules=rules))
    runs = all_runs(program, ["d.i1", "d.i2", "d.i3", "e.i1"])
    for i, found in enumerate(exact.nodes):
        values = [value for run in runs if (value := run.node_final[i]) is not None]
        assert found == (min(values), max(values))


@pytest.mark.parametrize(("count", "is_exact"), [(5, True), (6, False)])
def test_more_than_4096_completions_are_left_to_intervals(count, is_exact):
    # 5 to the power of 5 is 3,125, of 6 it is 15,625.
    assert (5**count <= MOST) == is_exact
    rules = {"R": {"when": "d.i1 >= 1", "cap": {"d": 0}}}
    table = rubric({"d": dimension(*[ladder() for _ in range(count)])}, rules=rules)
    highest = ends(table)[1][1]
    # With the first at 0 all others can be 4.
    assert highest == (4 * M * (count - 1) // count if is_exact else 4 * M)


def test_grades_count_among_the_completions_where_a_rule_reads_them():
    rules = {"R": {"when": "demonstrated(d.i1) and d.i1 <= 3", "cap": {"d": 0}}}
    table = rubric({"d": dimension(ladder())}, rules=rules)
    assert level_ends(table, {})[1] == (0, 4 * M)
    assert ends(table)[1] == (0, 4 * M)


@pytest.mark.parametrize(
    "asked",
    [
        question("number", range=[0, 4], curve=[[0, 0], [4, 4]]),
        question("number", range=[0, 4], curve=[[0, 4], [4, 0]]),
    ],
)
def test_curves_are_never_enumerated(asked):
    rules = {"R": {"when": "d.i1 >= 1", "cap": {"d": 0}}}
    assert ends(rubric({"d": dimension(asked)}, rules=rules)) == [(0, 4 * M)] * 2


def test_number_facts_are_never_enumerated():
    table = rubric(
        {"d": dimension(ladder())},
        facts={"f": question("number", range=[0, 1])},
        rules={"R": {"when": "fact.f >= 0 or fact.f < 0", "cap": {"d": 1}}},
    )
    assert ends(table) == [(0, M)] * 2


def test_a_fact_that_no_score_reads_does_not_count_among_the_completions():
    facts: Table = {f"f{n}": question("number", range=[0, 9]) for n in range(9)}
    rules: Table = {"R": {"when": "d.i1 >= 1", "cap": {"d": 0}}}
    rules |= {"S": {"when": "fact.f1 > 3", "severity": "note", "title": "T", "text": "T."}}
    assert ends(rubric({"d": dimension(ladder())}, facts=facts, rules=rules))[1] == (0, 0)
