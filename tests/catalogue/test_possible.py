"""Whatever happens in a world lies within what is said to be possible in every world."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from cxmaturity.catalogue.check.sampling import Sampler, levels_of, world_at
from cxmaturity.catalogue.possible import Assumption, assuming, can_be, every_world
from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.columns import evaluate
from cxmaturity.engine.dependence import places
from cxmaturity.engine.graph import Expr
from cxmaturity.engine.intervals import FALSE, OPEN, TRUE, VALUE, IntervalRun, from_truth
from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate as evaluate_one
from tests.engine.support import Table, program_of, run_of
from tests.strategies import cases

many = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def may_be(expr: Expr, value: Any, possible: Any) -> bool:
    """Whether a truth or a number is among what was said to be possible."""
    if expr.type == "truth":
        return bool(possible & from_truth(value))
    if expr.type != "number" or value is None:
        return True
    return possible is not None and possible[0] <= value <= possible[1]


def outside(program: Program, possible: IntervalRun, run: Run) -> list[str]:
    """What of a world was said to be impossible."""
    wrong = []
    for kind, found, said in (
        ("leaf", run.leaf_final, possible.leaf_final),
        ("node", run.node_final, possible.node_final),
        ("raw", run.node_raw, possible.node_raw),
    ):
        for i, value in enumerate(found):
            if value is not None and not (said[i].low <= value <= said[i].high):
                wrong.append(f"{kind} {i}: {value} not in {said[i].low}…{said[i].high}")
            if value is not None and not said[i].states & VALUE:
                wrong.append(f"{kind} {i} has a value")
    for kind, i in program.steps:
        if kind == "expr" and not may_be(program.exprs[i], run.expr[i], possible.expr[i]):
            wrong.append(f"{program.exprs[i]}: {run.expr[i]} not in {possible.expr[i]}")
    low, high = possible.at_least
    return wrong if low <= run.at_least <= high else [*wrong, f"phase {run.at_least}"]


@many
@given(cases())
def test_every_world_lies_within_what_is_possible(case: tuple[Table, Table]):
    program, run = run_of(*case)
    assert outside(program, every_world(program), run) == []


@many
@given(cases())
def test_what_holds_in_a_world_can_be_assumed(case: tuple[Table, Table]):
    program, run = run_of(*case)
    computed = places(program)
    holding = [
        i for i, expr in enumerate(program.exprs)
        if expr.type == "truth" and ("expr", i) in computed and run.expr[i] is True
    ]  # fmt: skip
    assert can_be(program, assuming(program, holding))
    assert (
        holding == []
        or outside(program, every_world(program, assuming(program, holding)), run) == []
    )


@many
@given(cases())
def test_a_level_that_is_kept_can_be_kept(case: tuple[Table, Table]):
    program, run = run_of(*case)
    for i, level in enumerate(run.leaf_raw):
        if level is not None:
            left = every_world(program, Assumption(levels={i: level})).leaf_final[i]
            assert left.low <= (run.leaf_final[i] or 0) <= left.high


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(cases())
def test_drawn_worlds_are_worlds_and_lie_within_what_is_possible(case: tuple[Table, Table]):
    program = program_of(*case)
    drawn = Sampler(program, 7).block(0, 24)
    drawn.check(program)
    possible = every_world(program)
    results = evaluate(program, drawn, frozenset({"phase", "scores"}))
    assert results.at_least is not None
    for number in range(drawn.count):
        run = evaluate_one(program, world_at(program, drawn, number))
        assert outside(program, possible, run) == []
        assert results.at_least[number] == run.at_least


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(cases())
def test_levels_of_an_indicator_are_those_its_question_can_give(case: tuple[Table, Table]):
    program = program_of(*case)
    for leaf in program.leaves:
        found = [level for state, level in levels_of(leaf) if state == 0]
        assert found == sorted(set(found))
        assert found == [] or leaf.levels[0] <= found[0] <= found[-1] <= leaf.levels[1]


def test_a_clause_and_its_opposite_cannot_be_assumed_together():
    table = {
        "format": 1, "id": "r", "version": "1.0.0", "title": "R", "languages": ["en"],
        "dimensions": {"d": {"title": "D", "indicators": {"i": {
            "kind": "ladder", "title": "I", "question": "?", "levels": ["0", "1", "2", "3", "4"],
        }}}},
        "phases": {"p": {"title": "P", "gate": "d >= 3 and not d > 1"}},
    }  # fmt: skip
    program = program_of(table)
    first, second = conjuncts(program, program.gates[0])
    assert every_world(program).expr[first] == TRUE | FALSE | OPEN
    assert can_be(program, assuming(program, [first]))
    assert can_be(program, assuming(program, [second]))
    assert not can_be(program, assuming(program, [first, second]))
