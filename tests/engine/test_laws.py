"""The laws of scoring, on generated rubrics and worlds, against the independent evaluator.

Batches against single runs are held in ``test_columns.py``, the bounds in ``test_bounds.py``, the
folding of traces in ``test_trace.py``, the laws of the default rubric's content in
``tests/rubrics``.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.catalogue.extend import read_source
from cxmaturity.catalogue.find import bundled_folder, find_rubric
from cxmaturity.catalogue.validate import validate
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.program import Program, State
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from cxmaturity.engine.score import score
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard_data import as_data, from_data
from tests.engine.support import (
    REGISTRY,
    Table,
    answers_of,
    comparable,
    differences,
    in_words,
    inputs_of,
    program_of,
    result_of,
    run_of,
    scope_of,
)
from tests.reference.evaluator import evaluate as independent
from tests.strategies import Style, cases, improvements, reorderings, worlds

drawn = settings(max_examples=25, suppress_health_check=list(HealthCheck))
NOT_APPLICABLE = {"not_applicable": "other"}


# --- against the independent evaluator ----------------------------------------------------------


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_engine_agrees_with_the_independent_evaluator(case):
    rubric, world = case
    assert not list(differences(comparable(independent(rubric, world)), result_of(rubric, world)))


@pytest.fixture(scope="module")
def cx_phases() -> tuple[Table, Rubric]:
    """The default rubric as a table and as a rubric."""
    source = read_source(bundled_folder() / "cx_phases", find_rubric)
    return source.data, validate(source, REGISTRY)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_engine_agrees_with_the_independent_evaluator_on_the_default_rubric(cx_phases, data):
    table, rubric = cx_phases
    world = data.draw(worlds(table))
    program = compile_rubric(rubric, REGISTRY, scope_of(world))
    found = in_words(program, evaluate(program, inputs_of(program, world)))
    assert not list(differences(comparable(independent(table, world)), found))


@drawn
@given(cases(Style(beyond=True)))
def test_they_agree_where_levels_leave_their_scales(case):
    rubric, world = case
    assert not list(differences(comparable(independent(rubric, world)), result_of(rubric, world)))


# --- ranges and caps ----------------------------------------------------------------------------


def values(program: Program, run: Run) -> Iterator[tuple[Any, int | None, int | None, int | None]]:
    """Every leaf and node with its value before and after caps and its evidenced value."""
    leaves = zip(program.leaves, run.leaf_raw, run.leaf_final, run.leaf_evidenced, strict=True)
    nodes = zip(program.nodes, run.node_raw, run.node_final, run.node_evidenced, strict=True)
    yield from leaves
    yield from nodes


@drawn
@given(cases())
def test_scores_lie_on_scales_that_follow_from_their_parts(case):
    program, run = run_of(*case)
    for thing, _, final, _ in values(program, run):
        assert final is None or thing.scale[0] <= final <= thing.scale[1]


def within(value: int, ends: tuple[int, int]) -> bool:
    return ends[0] <= value <= ends[1]


@drawn
@given(cases(Style(beyond=True)))
def test_no_number_leaves_the_range_that_was_proven(case):
    program, run = run_of(*case)
    for node, value in zip(program.nodes, run.node_final, strict=True):
        assert value is None or within(value, node.range)
    for kind, index in program.steps:
        if kind == "expr" and program.exprs[index].type == "number":
            expr, value = program.exprs[index], run.expr[index]
            assert expr.may_be_missing if value is None else within(value, expr.range)


@drawn
@given(cases())
def test_a_cap_never_lifts_and_evidence_never_adds(case):
    program, run = run_of(*case)
    for thing, raw, final, evidenced in values(program, run):
        assert (raw is None) == (final is None)
        if raw is not None and final is not None:
            limits = [cap.limit for cap in thing.caps if run.expr[cap.truth] is True]
            assert final == min([raw, *limits])
            assert evidenced is None or evidenced <= final


# --- better answers -----------------------------------------------------------------------------


def only_rises(before: Run, after: Run) -> Iterator[bool]:
    """For every number of a run, whether it is at least as high in the other."""
    yield before.at_least <= after.at_least
    for name in ("leaf_final", "node_final", "node_evidenced"):
        for old, new in zip(getattr(before, name), getattr(after, name), strict=True):
            yield (old is None) == (new is None) and (old is None or old <= new)


@drawn
@given(st.data())
def test_a_better_answer_lowers_nothing(data):
    rubric, world = data.draw(cases(Style(monotone=True)))
    program, before = run_of(rubric, world)
    after = evaluate(program, inputs_of(program, data.draw(improvements(rubric, world))))
    assert all(only_rises(before, after))


# --- order and weights --------------------------------------------------------------------------


def without_order(result: Table) -> Table:
    """A result whose lists of rules do not show the order of the rubric."""
    listed = ("fired", "undetermined", "not_asked")
    return {key: sorted(value) if key in listed else value for key, value in result.items()}


@drawn
@given(st.data())
def test_order_never_matters(data):
    rubric, world = data.draw(cases(Style(order_free=True)))
    other = data.draw(reorderings(rubric))
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in world.items()
    }
    before, after = result_of(rubric, world), result_of(other, turned)
    assert not list(differences(without_order(before), without_order(after)))


def with_scaled_weights(rubric: Table, factor: int) -> Table:
    """The rubric with all weights under every `mean` multiplied, where no parts weigh for it."""
    tables = {"overall": rubric["overall"], **rubric["dimensions"]}
    dimensions = json.loads(json.dumps(rubric["dimensions"]))
    for name, node in tables.items():
        inner = [d for d in dimensions.values() if d.get("parent", "overall") == name]
        parts = [*inner, *(dimensions[name]["indicators"].values() if name != "overall" else ())]
        flat = node.get("weight") == "parts" or any(p.get("weight") == "parts" for p in parts)
        if node.get("combine", "mean") == "mean" and not flat:
            for part in parts:
                part["weight"] = part.get("weight", 1) * factor
    return {**rubric, "dimensions": dimensions}


@drawn
@given(cases(), st.sampled_from([2, 3, 10]))
def test_scaling_all_weights_of_a_mean_changes_nothing(case, factor):
    rubric, world = case
    world = {key: value for key, value in world.items() if key not in ("weights", "profile")}
    scaled = with_scaled_weights(rubric, factor)
    assert not list(differences(result_of(rubric, world), result_of(scaled, world)))


# --- not applicable -----------------------------------------------------------------------------


def skipping(rubric: Table) -> Table:
    """The rubric without policies and rules, and without methods that judge what is open."""
    plain = json.loads(json.dumps({**rubric, "rules": {}}))
    judging = ("staged", "tiers")
    dimensions = plain["dimensions"].values()
    indicators = [i for d in dimensions for i in d["indicators"].values()]
    for table in (plain, plain["overall"], *dimensions, *indicators):
        for key in ("unanswered", "unknown", "not_applicable"):
            table.pop(key, None)
        if table.get("combine") in judging:
            for key in ("combine", "points", "steps", "curve", "scale"):
                table.pop(key, None)
    for phase in plain["phases"].values():
        phase["gate"] = "true"
    return {**plain, "conditions": {}}


@drawn
@given(st.data())
def test_what_does_not_apply_weighs_as_what_is_open_under_skip(data):
    rubric, world = data.draw(cases().map(lambda case: (skipping(case[0]), case[1])))
    program, before = run_of(rubric, world)
    open_paths = [leaf.path for leaf in program.leaves if leaf.path not in world["answers"]]
    chosen = data.draw(st.lists(st.sampled_from(open_paths))) if open_paths else []
    answers = {**world["answers"], **dict.fromkeys(chosen, NOT_APPLICABLE)}
    after = evaluate(program, inputs_of(program, {**world, "answers": answers}))
    same: list[bool] = []
    for i, node in enumerate(program.nodes):
        # Where more is covered a dimension may get a score that its parent then counts.
        below = all(same[ref.index] for ref in node.refs if not ref.is_leaf)
        same.append(below and (before.node_state[i] == 0) == (after.node_state[i] == 0))
        assert not same[i] or before.node_final[i] == after.node_final[i]


# --- same again ---------------------------------------------------------------------------------


def written(card: Any) -> str:
    """A scorecard as the bytes that would be saved."""
    return json.dumps(as_data(card), ensure_ascii=False)


@drawn
@given(cases())
def test_the_same_inputs_give_the_same_bytes_and_read_as_they_were_written(case):
    rubric, world = case
    card = score(program_of(rubric, world), answers_of(world))
    again = score(program_of(json.loads(json.dumps(rubric)), world), answers_of(world))
    assert written(card) == written(again)
    assert from_data(json.loads(written(card))) == card


@drawn
@given(st.data())
def test_a_world_is_evaluated_without_a_trace_of_the_one_before(data):
    rubric, world = data.draw(cases())
    program, before = run_of(rubric, world)
    other = data.draw(worlds(rubric).map(lambda drawn_world: {**world, **_answers(drawn_world)}))
    evaluate(program, inputs_of(program, {**other, "modules": world["modules"]}))
    assert evaluate(program, inputs_of(program, world)) == before


def _answers(world: Table) -> Table:
    """Only what every scope of a rubric knows."""
    return {"answers": {}, "facts": world["facts"], "grades": {}}


@drawn
@given(cases())
def test_states_and_values_fit_each_other(case):
    program, run = run_of(*case)
    for state, value in zip(run.leaf_state, run.leaf_final, strict=True):
        assert (state == State.VALUE) == (value is not None)
    for state, value in zip(run.node_state, run.node_final, strict=True):
        assert (state == State.VALUE) == (value is not None)
    assert 0 <= run.at_least <= run.at_most <= len(program.gates)
