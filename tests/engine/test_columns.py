"""The column evaluator equals the scalar one to the last bit, on whatever the format allows."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, get_args
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.combine import BUILT_IN as METHODS
from cxmaturity.engine import columns
from cxmaturity.engine.columns import Results, Wanted, Worlds
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.profile import profile_rows
from cxmaturity.engine.program import Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from cxmaturity.errors import InputError, PluginError, Problem
from cxmaturity.hookspecs import Combiner, Function, PartColumns, Parts, Registry
from cxmaturity.kinds import BUILT_IN as KINDS
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.exact import MILLION, to_micro
from cxmaturity.model.rubric import Rubric
from tests.reference.small_rubrics import dimension, ladder, question, rubric
from tests.strategies import cases, rubrics, worlds

Table = dict[str, Any]
ALL: frozenset[Wanted] = frozenset(get_args(Wanted))
REGISTRY = Registry(
    {kind.name: kind for kind in KINDS}, {method.name: method for method in METHODS}
)
many = settings(max_examples=150, suppress_health_check=list(HealthCheck))
few = settings(max_examples=40, suppress_health_check=list(HealthCheck))


# --- from tables to programs and worlds --------------------------------------------------------


def read(table: Table, registry: Registry = REGISTRY) -> Rubric:
    made = Rubric.model_validate(table)
    indicators = [i for d in made.dimensions.values() for i in d.indicators.values()]
    for asked in [*made.facts.values(), *indicators]:
        kind = registry.kinds[asked.kind]
        asked.with_settings(kind.settings.model_validate(asked.model_extra or {}))
    for node in [*made.dimensions.values(), made.overall]:
        method = registry.combiners[node.combine]
        node.with_settings(method.settings.model_validate(node.model_extra or {}))
    return made


def compiled(table: Table, world: Table, registry: Registry = REGISTRY) -> Program:
    scope = Scope(
        world.get("profile"),
        frozenset(world.get("modules", ())),
        {path: to_micro(weight) for path, weight in world.get("weights", {}).items()},
    )
    return compile_rubric(read(table, registry), registry, scope)


def raw(answer: Any) -> Any:
    return f"na:{answer['not_applicable']}" if isinstance(answer, Mapping) else answer


def world(program: Program, table: Table) -> World:
    return world_of(
        program,
        Answers(
            {path: raw(answer) for path, answer in table.get("answers", {}).items()},
            {key: raw(answer) for key, answer in table.get("facts", {}).items()},
            table.get("grades", {}),
            {path: to_micro(target) for path, target in table.get("targets", {}).items()},
        ),
    )


# --- holding both against each other -----------------------------------------------------------


def of_scalar(program: Program, runs: Sequence[Run]) -> Results:
    """What the column evaluator should return, from single runs."""
    results = Results.empty(program, ALL, len(runs))
    for name in Results.__slots__[1:]:
        rows = getattr(results, name)
        if rows is not None:
            rows[:] = 0
    for w, run in enumerate(runs):
        _put(results, w, "leaf_state", run.leaf_state)
        _put(results, w, "leaf_raw", run.leaf_raw)
        _put(results, w, "leaf_level", run.leaf_final)
        _put(results, w, "node_state", run.node_state)
        _put(results, w, "score", run.node_final)
        _put(results, w, "raw", run.node_raw)
        _put(results, w, "coverage", run.coverage)
        _put(results, w, "evidenced", run.node_evidenced)
        _put(results, w, "has_evidenced", [value is not None for value in run.node_evidenced])
        truths = [run.expr[r.truth] if r.truth is not None else False for r in program.rules]
        _put(results, w, "fired", [truth is True for truth in truths])
        _put(results, w, "undetermined", [truth is None for truth in truths])
        exprs = zip(program.exprs, run.expr, computed(program), strict=True)
        known = [value if e.type == "truth" and done else None for e, value, done in exprs]
        _put(results, w, "sure", [value is True for value in known])
        _put(results, w, "false", [value is False for value in known])
        for name, value in (
            ("overall_state", run.node_state[-1]),
            ("overall", run.node_final[-1] or 0),
            ("at_least", run.at_least),
            ("at_most", run.at_most),
        ):
            getattr(results, name)[w] = value
        for n, row in enumerate(profile_rows(program, run)):
            if row is not None:
                assert results.profile is not None
                results.profile[n, :, w] = row
    return results


def computed(program: Program) -> list[bool]:
    return [("expr", e) in set(program.steps) for e in range(len(program.exprs))]


def _put(results: Results, w: int, name: str, values: Sequence[Any]) -> None:
    getattr(results, name)[:, w] = [0 if value is None else value for value in values]


def check_equal(program: Program, single: Sequence[World], many_worlds: Worlds | None = None):
    stacked = Worlds.of(program, single) if many_worlds is None else many_worlds
    stacked.check(program)
    expected = of_scalar(program, [evaluate(program, one) for one in single])
    found = columns.evaluate(program, stacked, ALL)
    for name in Results.__slots__:
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name


# --- the law ------------------------------------------------------------------------------------


@many
@given(st.data())
def test_columns_equal_single_runs_on_whatever_the_format_allows(data):
    table = data.draw(rubrics())
    drawn = data.draw(st.lists(worlds(table), min_size=1, max_size=5))
    program = compiled(table, drawn[0])
    check_equal(program, [world(program, one) for one in drawn])


@few
@given(st.data())
def test_blocks_change_nothing(data):
    table = data.draw(rubrics())
    drawn = data.draw(st.lists(worlds(table), min_size=3, max_size=5))
    program = compiled(table, drawn[0])
    with mock.patch.object(columns, "BLOCK", 2):
        check_equal(program, [world(program, one) for one in drawn])


@few
@given(st.data())
def test_one_world_repeated_is_the_same_in_every_world(data):
    table, drawn = data.draw(cases())
    program = compiled(table, drawn)
    single = world(program, drawn)
    check_equal(program, [single] * 3, Worlds.repeated(single, 3))


@few
@given(st.data())
def test_weights_may_differ_from_world_to_world(data):
    table = data.draw(rubrics())
    drawn = data.draw(st.lists(worlds(table), min_size=2, max_size=4))
    program = compiled(table, drawn[0])
    single = [world(program, one) for one in drawn]
    for one in single:
        one.weights = [
            [data.draw(st.integers(0, weight)) for weight in weights]
            for weights in program.default_weights
        ]
    check_equal(program, single)


@few
@given(st.data())
def test_only_what_is_wanted_is_returned_and_it_is_the_same(data):
    table, drawn = data.draw(cases())
    program = compiled(table, drawn)
    wanted: frozenset[Wanted] = frozenset(data.draw(st.sets(st.sampled_from(sorted(ALL)))))
    stacked = Worlds.of(program, [world(program, drawn), world(program, {})])
    everything, some = (columns.evaluate(program, stacked, w) for w in (ALL, wanted))
    for name in Results.__slots__:
        found = getattr(some, name)
        assert found is None or np.array_equal(found, getattr(everything, name)), name
    given_back = [name for name in Results.__slots__[1:] if getattr(some, name) is not None]
    assert bool(given_back) == bool(wanted - {"profile"}) or wanted == {"profile"}


# --- plugins ------------------------------------------------------------------------------------


def _product(
    parts: Parts, values: Sequence[int | None], weights: Sequence[int], applies: Sequence[bool]
) -> int | None:
    """Depends on everything a method is given, and has no score where the first part has none."""
    if values[0] is None:
        return None
    known = [v * w for v, w in zip(values, weights, strict=True) if v is not None]
    return (sum(known) + sum(applies) + len(parts.parts)) % parts.scale[1]


def _earned(
    _parts: Parts,
    values: Sequence[int | None],
    points: Sequence[tuple[int, int] | None],
    weights: Sequence[int],
) -> tuple[int, int]:
    known = [(p, w) for p, w in zip(points, weights, strict=True) if p is not None]
    assert len(known) == sum(value is not None for value in values)
    return sum(p[0] * w for p, w in known), sum(p[1] * w for p, w in known) - 2 * MILLION


PLUGINS = Registry(
    REGISTRY.kinds,
    {
        **REGISTRY.combiners,
        "product": Combiner("product", "a method without columns", scalar=_product, converts=True),
        "earned": Combiner(
            "earned",
            "a method that counts points, without columns",
            points=_earned,
            of_points=lambda _parts, p: p[0] * MILLION // p[1] if p[1] > 0 else None,
            takes_points=True,
        ),
    },
    {
        "halved": Function(
            "halved", "without columns", 1, lambda x: None if x == MILLION else x // 2,
            lambda a: (a[0] // 2, a[1] // 2),
        ),
        "apart": Function(
            "apart", "with columns", 2, lambda x, y: abs(x - y),
            lambda a, b: (0, max(a[1] - b[0], b[1] - a[0])), columns=lambda x, y: abs(x - y),
        ),
    },
)  # fmt: skip


def _with_plugins(**changes: Any) -> Table:
    made = rubric(
        {
            "a": dimension(ladder(), ladder(weight=2), combine="product"),
            "b": dimension(ladder(unanswered="full"), ladder(), combine="earned", parent="c"),
            "c": dimension(ladder(), combine="earned"),
        },
        rules={
            "R1": {"when": "halved(a.i1) >= 1", "cap": {"a": 3}},
            "R2": {"when": "apart(a, b.i2) <= 1.5 or halved(b) < 1"},
        },
        evidence_ceilings={"claimed": 2},
    )
    return made | changes


def test_what_plugins_bring_without_a_column_form_is_called_world_by_world():
    table = _with_plugins()
    program = compiled(table, {}, PLUGINS)
    answers = [None, 0, 1, 2, 3, 4, {"not_applicable": "other"}]
    paths = [leaf.path for leaf in program.leaves]
    chance = np.random.default_rng(1)
    single = [
        world(
            program,
            {
                "answers": {
                    path: answers[k]
                    for path, k in zip(paths, chance.integers(0, 7, len(paths)), strict=True)
                    if k
                },
                "grades": {paths[0]: "documented"},
            },
        )
        for _ in range(200)
    ]
    check_equal(program, single)


@pytest.mark.parametrize("node", ["a", "b"])
def test_where_a_method_fails_only_those_worlds_are_left_without_a_score(node):
    broken = {
        "product": dataclasses.replace(PLUGINS.combiners["product"], scalar=_failing(_product)),
        "earned": dataclasses.replace(PLUGINS.combiners["earned"], points=_failing(_earned)),
    }
    registry = Registry(PLUGINS.kinds, {**PLUGINS.combiners, **broken}, PLUGINS.functions)
    program = compiled(_with_plugins(min_coverage=0), {}, registry)
    answers = [{f"{node}.i1": level, f"{node}.i2": 0} for level in (1, 4, 3)]
    single = [world(program, {"answers": each}) for each in [{f"{node}.i2": 0}, *answers]]
    check_equal(program, single)
    found = columns.evaluate(program, Worlds.of(program, single), frozenset({"scores"}))
    assert found.node_state is not None
    failed = found.node_state[program.node_index[node]] == State.FAILED
    assert failed.tolist() == [node == "b", False, True, False]


def _failing(method: Any) -> Any:
    """The method, which fails in the worlds in which the first part has its best level."""

    def failing(parts: Parts, values: Sequence[int | None], *given: Any) -> Any:
        if values[0] == 4 * MILLION:
            raise PluginError(Problem("plugin_failed", "it failed"))
        return method(parts, values, *given)

    return failing


def test_answers_that_a_plugin_failed_to_read_leave_their_nodes_failed():
    table = rubric(
        {"a": dimension(ladder(), ladder(), unanswered="full"), "b": dimension(ladder())}
    )
    program = compiled(table, {})
    single = [world(program, {"answers": {"b.i1": 1}}) for _ in range(3)]
    single[1].leaf_state[0] = single[2].leaf_state[2] = int(State.FAILED)
    single[2].leaf_level[2] = 0
    check_equal(program, single)
    check_equal(program, single[1:2] * 2, Worlds.repeated(single[1], 2))


def test_a_column_form_of_a_plugin_is_used():
    seen = []

    def whole(_parts: Parts, given: PartColumns) -> tuple[Any, Any]:
        seen.append(len(given.values))
        return given.values[0], given.has[0]

    method = Combiner("product", "with columns", scalar=_product, columns=whole)
    registry = Registry(PLUGINS.kinds, {**PLUGINS.combiners, "product": method}, PLUGINS.functions)
    program = compiled(_with_plugins(evidence_ceilings={}), {}, registry)
    single = [world(program, {"answers": {"a.i1": level, "a.i2": 0}}) for level in (1, 3)]
    found = columns.evaluate(program, Worlds.of(program, single), frozenset({"raw"}))
    assert seen == [2]
    assert found.raw is not None
    assert found.raw[program.node_index["a"]].tolist() == [1 * MILLION, 3 * MILLION]


# --- worlds -------------------------------------------------------------------------------------


def test_figures_may_differ_from_world_to_world():
    table = rubric(
        {"a": dimension(ladder())},
        measures={"nps": {"title": "NPS", "range": [-100, 100]}},
        rules={
            "R1": {"when": "measure.nps.value >= 10"},
            "R2": {"when": "measure.nps.change_is_real"},
            "R3": {"when": "first(measure.nps.change_is_real, measure.nps.value < 0, false)"},
        },
    )
    program = compiled(table, {})
    single = []
    for value, real in ((None, None), (20 * MILLION, None), (-5 * MILLION, True), (None, False)):
        one = world(program, {})
        one.figures = {"measure.nps.value": value, "measure.nps.change_is_real": real}
        single.append(one)
    check_equal(program, single)
    check_equal(program, single[2:3] * 2, Worlds.repeated(single[2], 2))


def test_targets_may_differ_from_world_to_world():
    node = dimension(ladder(), not_applicable="target")
    program = compiled(rubric({"a": node, "b": dimension(ladder())}), {})
    excused = {"answers": {"a.i1": {"not_applicable": "other"}, "b.i1": 2}}
    targets = [{}, {"a.i1": 1}, {"a.i1": 3}]
    check_equal(program, [world(program, excused | {"targets": t}) for t in targets])


def _one_ladder(count: int = 3) -> tuple[Program, Worlds]:
    program = compiled(rubric({"a": dimension(ladder(), ladder(weight=3))}), {})
    return program, Worlds.repeated(world(program, {"answers": {"a.i1": 1, "a.i2": 2}}), count)


def test_no_worlds_give_no_results():
    program, none = _one_ladder(0)
    found = columns.evaluate(program, none, ALL)
    assert found.score is not None
    assert found.score.shape == (2, 0)


@pytest.mark.parametrize("count", [1, 8_191, columns.BLOCK, columns.BLOCK + 1, 100_000])
def test_blocks_are_dealt_evenly_and_none_of_several_is_small(count):
    dealt = list(columns.blocks(count))
    assert [start for start, _ in dealt] == [0, *(stop for _, stop in dealt[:-1])]
    assert dealt[-1][1] == count
    sizes = [stop - start for start, stop in dealt]
    assert max(sizes) <= columns.BLOCK
    assert len(sizes) == 1 or min(sizes) >= columns.BLOCK // 2


def test_weights_that_could_leave_64_bits_are_refused_with_the_limit():
    program, stacked = _one_ladder()
    fitting = program.nodes[0].weight_limit
    stacked.weights = [[fitting, np.array([1, 2, fitting])], *stacked.weights[1:]]
    found = columns.evaluate(program, stacked)
    assert found.score is not None
    assert found.score[0].tolist() == [1_000_000, 1_000_000, 1_500_000]
    stacked.weights = [[1, np.array([1, 2, 3 * fitting])], *stacked.weights[1:]]
    with pytest.raises(InputError, match=rf"weights\.a: weights up to {3 * fitting} .* {fitting}"):
        columns.evaluate(program, stacked)


def test_weights_below_zero_are_refused():
    program, stacked = _one_ladder()
    stacked.weights = [[1, np.array([1, -2, 3])], *stacked.weights[1:]]
    with pytest.raises(InputError, match=r"weights\.a: a weight is zero or more"):
        columns.evaluate(program, stacked)


def test_weights_that_widen_a_sum_beyond_its_range_are_refused():
    program = compiled(rubric({"a": dimension(ladder(), combine="sum")}), {})
    stacked = Worlds.repeated(world(program, {"answers": {"a.i1": 1}}), 2)
    stacked.weights = [[np.array([1, 1000])], *stacked.weights[1:]]
    with pytest.raises(InputError, match=r"weights\.a: with these weights its value leaves"):
        columns.evaluate(program, stacked)


def test_columns_of_a_wrong_shape_or_type_are_all_named():
    program, stacked = _one_ladder()
    stacked.leaf_level = [np.zeros(2, np.int64), np.zeros(3, np.float64)]
    stacked.leaf_state = [0]
    with pytest.raises(InputError) as refused:
        columns.evaluate(program, stacked)
    assert [problem.where.key for problem in refused.value.problems] == [
        "leaf_state", "leaf_level.a.i1", "leaf_level.a.i2",
    ]  # fmt: skip


def test_states_that_do_not_exist_are_refused():
    program, stacked = _one_ladder()
    stacked.leaf_state = [np.array([0, 1, 9], np.int8), 0]
    with pytest.raises(InputError, match=r"a\.i1: states lie between 0 and 5"):
        columns.evaluate(program, stacked)


def test_a_check_finds_all_that_the_evaluator_relies_on():
    table = rubric(
        {"a": dimension(ladder(), ladder())},
        facts={
            "n": question("number", range=[0, 10]),
            "o": question("choice", options=[{"id": "x", "text": "x"}, {"id": "y", "text": "y"}]),
        },
    )
    program = compiled(table, {})
    stacked = Worlds.repeated(world(program, {}), 2)
    stacked.check(program)
    stacked.leaf_level = [np.array([9 * MILLION, 0]), np.array([MILLION, 0])]
    stacked.leaf_state = [np.array([0, 1], np.int8), np.array([1, 7], np.int8)]
    stacked.grade = [0, np.array([0, 3], np.int8)]
    stacked.fact_state = [np.array([0, 1], np.int8), np.array([0, 9], np.int8)]
    stacked.fact_value = [np.array([-1, 5]), np.array([2, 0])]
    with pytest.raises(InputError) as refused:
        stacked.check(program)
    assert [str(problem) for problem in refused.value.problems] == [
        "a.i1: levels lie between 0 and 4000000 millionths",
        "a.i2: a level is 0 where there is no value",
        "a.i2: states lie between 0 and 5",
        "a.i2: grades lie between 0 and 2",
        "fact.n: values lie between 0 and 10000000",
        "fact.n: a value is 0 where there is none",
        "fact.o: states lie between 0 and 5",
        "fact.o: values lie between 0 and 1",
    ]


def test_results_name_states_as_single_runs_do():
    program, stacked = _one_ladder()
    stacked.leaf_state = [int(State.NOT_APPLICABLE), int(State.NOT_ASKED)]
    stacked.leaf_level = [0, 0]
    found = columns.evaluate(program, stacked, frozenset({"scores", "overall"}))
    assert found.node_state is not None
    assert found.node_state.tolist() == [[State.NOT_APPLICABLE] * 3] * 2
    assert dataclasses.asdict(found)["overall_state"].tolist() == [State.NOT_APPLICABLE] * 3
