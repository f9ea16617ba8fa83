"""What each kind of expression node computes in a block of worlds.

Truths are (surely true, surely false), so that `not` is a swap and Kleene's `and` and `or` are two
plain operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cxmaturity.engine.columns.cells import Places, Run, Step
from cxmaturity.engine.columns.choices import CHOICES, Args, Maker
from cxmaturity.engine.columns.loops import called
from cxmaturity.engine.columns.reading import READERS, SAME_AS
from cxmaturity.engine.columns.values import (
    Column,
    Mask,
    Number,
    Truth,
    all_of,
    any_of,
    both,
    chosen,
    constant,
    either,
    quotient,
    settled,
    without,
)
from cxmaturity.engine.graph import Expr
from cxmaturity.engine.operations import COMPARE
from cxmaturity.engine.program import Program
from cxmaturity.model.exact import MILLION

_COMPARE: dict[str, Callable[[Any, Any], Mask]] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less,
    "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_ZERO_WHERE_MISSING = {*SAME_AS, "fact", "raw_score", "coverage", "leaf_coverage", "figure"}


def operation(program: Program, places: Places, index: int) -> Step:
    """The step that computes expression ``index``."""
    expr = program.exprs[index]
    if expr.op in READERS:
        return READERS[expr.op](program, places, expr)
    args = tuple(places["expr", arg] for arg in expr.args)
    return _OPERATIONS[expr.op](program, expr, args)


def negation_of(place: int) -> Step:
    """The step that turns an earlier truth round."""

    def value(run: Run) -> Truth:
        sure, false = run.cells[place]
        return false, sure

    return value


def _compare(program: Program, expr: Expr, args: Args) -> Step:
    """A comparison; one with a threshold is asked in the way that 0, the missing value, fails."""
    left, right = (program.exprs[arg] for arg in expr.args)
    sign, a, b = str(expr.data), *args
    if right.op != "number" or left.op not in _ZERO_WHERE_MISSING:
        return _compare_both(_COMPARE[sign], a, b)
    assert isinstance(right.data, int)  # noqa: S101 - a number node holds its millionths
    limit, zero_holds = constant(right.data), COMPARE[sign](0, right.data)
    asked = _COMPARE[OPPOSITE[sign] if zero_holds else sign]

    def value(run: Run) -> Truth:
        cell = run.cells[a]
        found = asked(cell.value, limit)
        if found.size == 1:
            found = settled(found)
        rest = without(cell.has, found)
        return (rest, found) if zero_holds else (found, rest)

    return value


def _compare_both(holds: Callable[[Any, Any], Mask], a: int, b: int) -> Step:
    def value(run: Run) -> Truth:
        left, right = run.cells[a], run.cells[b]
        has = both(left.has, right.has)
        sure = both(settled(holds(left.value, right.value)), has)
        return sure, without(has, sure)

    return value


def _and(_program: Program, _expr: Expr, args: Args) -> Step:
    def value(run: Run) -> Truth:
        truths = [run.cells[arg] for arg in args]
        return all_of([sure for sure, _ in truths]), any_of([false for _, false in truths])

    return value


def _or(_program: Program, _expr: Expr, args: Args) -> Step:
    def value(run: Run) -> Truth:
        truths = [run.cells[arg] for arg in args]
        return any_of([sure for sure, _ in truths]), all_of([false for _, false in truths])

    return value


def _first(_program: Program, expr: Expr, args: Args) -> Step:
    def number(run: Run) -> Number:
        last = run.cells[args[-1]]
        value, has = last.value, last.has
        for arg in reversed(args[:-1]):
            cell = run.cells[arg]
            value, has = chosen(cell.has, cell.value, value), either(cell.has, has)
        return Number(value, has)

    def truth(run: Run) -> Truth:
        sure, false = run.cells[args[-1]]
        for arg in reversed(args[:-1]):
            first, second = run.cells[arg]
            sure, false = (
                either(first, without(sure, second)),
                either(second, without(false, first)),
            )
        return sure, false

    return truth if expr.type == "truth" else number


def _number_of(function: Callable[..., Column]) -> Maker:
    """An operation on numbers, missing where one of them is."""

    def maker(_program: Program, _expr: Expr, args: Args) -> Step:
        def value(run: Run) -> Number:
            operands = [run.cells[arg] for arg in args]
            has = all_of([operand.has for operand in operands])
            return Number(function(*(operand.value for operand in operands)), has)

        return value

    return maker


def _extreme(pick: np.ufunc) -> Callable[..., Column]:
    def extreme(first: Column, *others: Column) -> Column:
        for other in others:
            first = pick(first, other)
        return first

    return extreme


def _divide(_program: Program, _expr: Expr, args: Args) -> Step:
    a, b = args

    def value(run: Run) -> Number:
        left, right = run.cells[a], run.cells[b]
        divisor = np.abs(right.value)
        has = all_of([left.has, right.has, settled(divisor != 0)])
        numerator = left.value * (np.sign(right.value) * MILLION)
        return Number(quotient(numerator, np.maximum(divisor, 1)), has)

    return value


def _plugin(program: Program, expr: Expr, args: Args) -> Step:
    function = program.registry.functions[str(expr.data)]

    def value(run: Run) -> Number:
        operands = [run.cells[arg] for arg in args]
        has = all_of([operand.has for operand in operands])
        columns = [operand.value for operand in operands]
        if function.columns is None:
            return Number(*called(function.scalar, columns, has))
        return Number(function.columns(*columns), has)

    return value


def _size(options: Column) -> Column:
    return np.bitwise_count(options).astype(np.int64) * MILLION


_OPERATIONS: dict[str, Maker] = {
    "and": _and, "or": _or, "not": lambda _program, _expr, args: negation_of(*args),
    "first": _first, "call": _plugin, "compare": _compare, "/": _divide,
    "+": _number_of(np.add), "-": _number_of(np.subtract),
    "*": _number_of(lambda a, b: quotient(a * b, MILLION)),
    "min": _number_of(_extreme(np.minimum)), "max": _number_of(_extreme(np.maximum)),
    "neg": _number_of(np.negative), "abs": _number_of(np.abs), "size": _number_of(_size),
    **CHOICES,
}  # fmt: skip


def twin(program: Program, index: int) -> int | None:
    """An expression that is this comparison turned round, where the rubric has it too."""
    expr = program.exprs[index]
    if expr.op != "compare" or expr.data not in ("<", "<=", "!="):
        return None
    comparisons: Mapping[tuple[object, ...], int] = program.cache.setdefault(
        "comparisons",
        {(e.args, e.data): i for i, e in enumerate(program.exprs) if e.op == "compare"},
    )
    return comparisons.get((expr.args, OPPOSITE[str(expr.data)]))
