"""Expressions that read what is known of a block: answers, scores, facts, figures, phase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cxmaturity.engine.columns.cells import Item, Places, Run, Step
from cxmaturity.engine.columns.values import (
    FALSE,
    NOTHING,
    TRUE,
    UNDETERMINED,
    ZERO,
    Mask,
    Number,
    Truth,
    added,
    both,
    constant,
    kept,
    negated,
    settled,
    without,
)
from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import Program, StepKind
from cxmaturity.model.exact import MILLION

Phases = tuple[Any, Any, Mask]
"""Lowest and highest phase, and where both are known."""

SAME_AS: dict[str, StepKind] = {
    "answer": "asked", "level": "leaf", "evidenced_level": "leaf_e", "score": "node",
    "evidenced_score": "node_e",
}  # fmt: skip
"""Expressions whose cell is that of the indicator or node they name."""


def same_as(program: Program, item: Item) -> Item | None:
    """The step whose cell serves this one as well, if there is one."""
    kind, i = item
    if kind == "leaf" and not program.leaves[i].caps:
        return "asked", i
    if kind == "node" and not program.nodes[i].caps:
        return "raw", i
    if kind != "expr":
        return None
    expr = program.exprs[i]
    if expr.op == "condition":
        return "expr", expr.args[0]
    if expr.op == "fact" and expr.type != "truth":
        return "fact", _index(expr)
    return (SAME_AS[expr.op], _index(expr)) if expr.op in SAME_AS else None


def constant_cell(expr: Expr) -> Any:  # noqa: ANN401 - an operand, or None
    """What an expression is in every world; None where it depends on the world."""
    if expr.op == "number":
        return Number(constant(_index(expr)), TRUE)
    if expr.op == "missing":
        return UNDETERMINED if expr.type == "truth" else NOTHING
    return {"true": (TRUE, FALSE), "false": (FALSE, TRUE), "count": ()}.get(expr.op)


def _index(expr: Expr) -> int:
    assert isinstance(expr.data, int)  # noqa: S101 - an index, or millionths
    return expr.data


def _raw_score(_program: Program, places: Places, expr: Expr) -> Step:
    place = places["raw", _index(expr)]

    def value(run: Run) -> Number:
        cell = run.cells[place]
        return Number(cell.raw, cell.has)

    return value


def _coverage(_program: Program, places: Places, expr: Expr) -> Step:
    place = places["raw", _index(expr)]
    return lambda run: Number(run.cells[place].coverage.millionths(), TRUE)


def _leaf_coverage(_program: Program, places: Places, expr: Expr) -> Step:
    place, whole = places["asked", _index(expr)], constant(MILLION)
    return lambda run: Number(kept(whole, run.cells[place].has), TRUE)


def _answered(kind: StepKind) -> Callable[[Program, Places, Expr], Step]:
    def reader(_program: Program, places: Places, expr: Expr) -> Step:
        place = places[kind, _index(expr)]

        def value(run: Run) -> Truth:
            has = run.cells[place].has
            return has, negated(has)

        return value

    return reader


def _fact(_program: Program, places: Places, expr: Expr) -> Step:
    """A fact that is a truth; other facts are read as they are."""
    place = places["fact", _index(expr)]

    def value(run: Run) -> Truth:
        cell = run.cells[place]
        return cell.value, without(cell.has, cell.value)

    return value


def _graded(_program: Program, places: Places, expr: Expr) -> Step:
    assert isinstance(expr.data, tuple)  # noqa: S101 - (indicator, grade)
    leaf, least = expr.data
    place = places["asked", leaf]

    def value(run: Run) -> Truth:
        has = run.cells[place].has
        good = settled(run.part(run.inputs.grade[leaf]) >= least)
        sure = both(good, has)
        return sure, without(has, sure)

    return value


def _figure(_program: Program, _places: Places, expr: Expr) -> Step:
    key, is_truth = str(expr.data), expr.type == "truth"

    def value(run: Run) -> Number | Truth:
        figure = run.inputs.figures.get(key)
        if figure is None:
            return UNDETERMINED if is_truth else NOTHING
        column, has = run.part(figure.value), run.part(figure.has)
        if not is_truth:
            return Number(column, has)
        return UNDETERMINED if has is FALSE else (settled(column), without(has, column))

    return value


def _phase(_program: Program, places: Places, _expr: Expr) -> Step:
    place = places["phase", 0]
    return lambda run: (*run.cells[place], TRUE)


def _behaviour(program: Program, places: Places, _expr: Expr) -> Step:
    overall = len(program.nodes) - 1
    place, starts = places["node", overall], program.behaviour_from
    if program.nodes[overall].scale != program.rubric.scale or not starts:
        return lambda _run: (ZERO, ZERO, FALSE)

    def value(run: Run) -> Phases:
        cell = run.cells[place]
        number = added([(cell.value >= start).view(np.int8) for start in starts])
        return number, number, cell.has

    return value


READERS: dict[str, Callable[[Program, Places, Expr], Step]] = {
    "fact": _fact, "raw_score": _raw_score, "coverage": _coverage,
    "answered_fact": _answered("fact"), "answered_leaf": _answered("asked"),
    "answered_node": _answered("raw"), "leaf_coverage": _leaf_coverage, "graded": _graded,
    "figure": _figure, "phase": _phase, "behaviour": _behaviour,
}  # fmt: skip
"""By operation, what makes the step of an expression that reads."""
