"""What each kind of expression node computes in one world: numbers, truths by Kleene, or None.

``None`` is a missing number or an undetermined truth.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from cxmaturity.engine.graph import Expr, exact_quotient
from cxmaturity.engine.program import Program, State
from cxmaturity.engine.run import Run, Step
from cxmaturity.model.exact import MILLION, divide

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_VALUE = int(State.VALUE)


def operation(program: Program, index: int) -> Step:
    """The step that computes expression ``index``."""
    expr = program.exprs[index]
    if expr.op == "compare":
        return _compare(program, expr, index)
    if expr.op in ("and", "or"):
        return _kleene(expr.args, index, decisive=expr.op == "or")
    value = (
        _READERS[expr.op](program, expr) if expr.op in _READERS else _of_arguments(program, expr)
    )

    def step(run: Run) -> None:
        run.expr[index] = value(run)

    return step


def behaviour_number(program: Program, score: int | None) -> int | None:
    """Number of the phase that a score on the rubric's scale behaves like (0: not started)."""
    if score is None or not program.behaviour_from:
        return None
    return sum(score >= start for start in program.behaviour_from)


# inputs -----------------------------------------------------------------------------------------

Reader = Callable[[Run], Any]


def _constant(*, value: object) -> Callable[[Program, Expr], Reader]:
    return lambda _program, _expr: lambda _run: value


def _number(_program: Program, expr: Expr) -> Reader:
    data = expr.data
    return lambda _run: data


def _by_index(name: str) -> Callable[[Program, Expr], Reader]:
    getter = operator.attrgetter(name)

    def reader(_program: Program, expr: Expr) -> Reader:
        i: Any = expr.data
        return lambda run: getter(run)[i]

    return reader


def _state_is_value(name: str) -> Callable[[Program, Expr], Reader]:
    getter = operator.attrgetter(name)

    def reader(_program: Program, expr: Expr) -> Reader:
        i: Any = expr.data
        return lambda run: getter(run)[i] == _VALUE

    return reader


def _leaf_coverage(_program: Program, expr: Expr) -> Reader:
    i: Any = expr.data
    return lambda run: MILLION if run.leaf_state[i] == _VALUE else 0


def _graded(_program: Program, expr: Expr) -> Reader:
    data: Any = expr.data
    i, grade = data
    return lambda run: run.world.grade[i] >= grade if run.leaf_state[i] == _VALUE else None


def _figure(_program: Program, expr: Expr) -> Reader:
    key: Any = expr.data
    return lambda run: run.world.figures.get(key)


def _phase(_program: Program, _expr: Expr) -> Reader:
    return lambda run: (run.at_least, run.at_most)


def _behaviour(program: Program, _expr: Expr) -> Reader:
    overall = len(program.nodes) - 1
    on_scale = program.nodes[overall].scale == program.rubric.scale

    def value(run: Run) -> tuple[int, int] | None:
        number = behaviour_number(program, run.node_final[overall]) if on_scale else None
        return None if number is None else (number, number)

    return value


_READERS: dict[str, Callable[[Program, Expr], Reader]] = {
    "true": _constant(value=True), "false": _constant(value=False),
    "missing": _constant(value=None),
    "number": _number, "fact": _by_index("fact"), "answer": _by_index("leaf_raw"),
    "level": _by_index("leaf_final"), "evidenced_level": _by_index("leaf_evidenced"),
    "score": _by_index("node_final"), "raw_score": _by_index("node_raw"),
    "evidenced_score": _by_index("node_evidenced"), "coverage": _by_index("coverage"),
    "answered_fact": _state_is_value("fact_state"), "answered_leaf": _state_is_value("leaf_state"),
    "answered_node": _state_is_value("node_state"), "leaf_coverage": _leaf_coverage,
    "graded": _graded, "figure": _figure, "phase": _phase, "behaviour": _behaviour,
}  # fmt: skip


# operations on earlier nodes --------------------------------------------------------------------


def _of_arguments(program: Program, expr: Expr) -> Reader:
    args, data = expr.args, expr.data
    if expr.op == "call":
        return _call(program.registry.functions[str(data)].scalar, args)
    if expr.op in _LAZY:
        return _LAZY[expr.op](args)
    if expr.op == "compare_count":
        return _compare_count(COMPARE[str(data)], args)
    if expr.op in _ONE:
        return _one(_ONE[expr.op], args[0], data)
    return _call(_NUMBERS[expr.op], args)


def _compare(program: Program, expr: Expr, index: int) -> Step:
    """The commonest operations write their result themselves: one call less each."""
    holds, (a, b) = COMPARE[str(expr.data)], expr.args
    threshold: Any = program.exprs[b].data

    def with_constant(run: Run) -> None:
        left = run.expr[a]
        run.expr[index] = None if left is None else holds(left, threshold)

    def of_two(run: Run) -> None:
        left, right = run.expr[a], run.expr[b]
        run.expr[index] = None if left is None or right is None else holds(left, right)

    return with_constant if program.exprs[b].op == "number" else of_two


def _kleene(args: tuple[int, ...], index: int, *, decisive: bool) -> Step:
    """And, or: one decisive truth decides; else all must be known."""

    def step(run: Run) -> None:
        values = run.expr
        result: bool | None = not decisive
        for arg in args:
            truth = values[arg]
            if truth is decisive:
                result = decisive
                break
            if truth is None:
                result = None
        values[index] = result

    return step


def _compare_count(holds: Callable[[Any, Any], bool], args: tuple[int, ...]) -> Reader:
    conditions, number = args[:-1], args[-1]

    def value(run: Run) -> bool | None:
        wanted = run.expr[number]
        if wanted is None:
            return None
        truths = [run.expr[condition] for condition in conditions]
        sure, possible = truths.count(True), len(truths) - truths.count(False)
        found = {holds(n * MILLION, wanted) for n in range(sure, possible + 1)}
        return found.pop() if len(found) == 1 else None

    return value


def _call(function: Callable[..., Any], args: tuple[int, ...]) -> Reader:
    def value(run: Run) -> Any:  # noqa: ANN401 - a number, or missing
        operands = [run.expr[arg] for arg in args]
        return None if None in operands else function(*operands)

    return value


def _one(function: Callable[[Any, Any], Any], arg: int, data: object) -> Reader:
    def value(run: Run) -> Any:  # noqa: ANN401 - a number or a truth, or None
        operand = run.expr[arg]
        return None if operand is None else function(operand, data)

    return value


def _first(args: tuple[int, ...]) -> Reader:
    return lambda run: next((run.expr[arg] for arg in args if run.expr[arg] is not None), None)


def phase_truth(span: tuple[int, int], compared: tuple[str, int]) -> bool | None:
    """A phase range against a phase: decided when every phase of the range agrees."""
    sign, number = compared
    found = {COMPARE[sign](n, number) for n in range(span[0], span[1] + 1)}
    return found.pop() if len(found) == 1 else None


def _phase_in(span: tuple[int, int], mask: int) -> bool | None:
    found = {bool(mask >> n & 1) for n in range(span[0], span[1] + 1)}
    return found.pop() if len(found) == 1 else None


def divided(a: int, b: int) -> int | None:
    """Quotient in millionths; missing when divided by zero."""
    return exact_quotient(a, b) if b else None


_LAZY: dict[str, Callable[[tuple[int, ...]], Reader]] = {
    "first": _first, "count": lambda _args: lambda _run: None,
}  # fmt: skip
_ONE: dict[str, Callable[[Any, Any], Any]] = {
    "condition": lambda truth, _: truth,
    "not": lambda truth, _: not truth, "neg": lambda x, _: -x, "abs": lambda x, _: abs(x),
    "one_of": lambda option, mask: bool(mask >> option & 1),
    "contains": lambda chosen, bit: bool(chosen & bit),
    "only": lambda chosen, mask: chosen != 0 and chosen & ~mask == 0,
    "size": lambda chosen, _: chosen.bit_count() * MILLION,
    "compare_phase": phase_truth, "phase_in": _phase_in,
}  # fmt: skip
_NUMBERS: dict[str, Callable[..., Any]] = {
    "+": operator.add, "-": operator.sub, "*": lambda a, b: divide(a * b, MILLION),
    "/": divided, "min": min, "max": max,
}  # fmt: skip
