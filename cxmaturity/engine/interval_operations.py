"""What each kind of expression node can turn out to be, given intervals of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.interval_nodes import rises
from cxmaturity.engine.intervals import (
    AND,
    FALSE,
    NO_SCORE,
    OPEN,
    TRUE,
    VALUE,
    Interval,
    IntervalRun,
    Span,
    arithmetic,
    compared,
    either,
    from_truth,
    hull,
    negated,
)
from cxmaturity.engine.operations import COMPARE
from cxmaturity.engine.program import Program, State
from cxmaturity.hookspecs import Domain
from cxmaturity.model.exact import MILLION

Evaluate = Callable[[Program, IntervalRun, Expr], Any]
_APPLIES = VALUE | NO_SCORE


def evaluate(program: Program, run: IntervalRun, expr: Expr) -> Any:  # noqa: ANN401 - by type
    """A span, a truth set, or what is known of options and phases."""
    return _OPERATIONS[expr.op](program, run, expr)


# facts ------------------------------------------------------------------------------------------


def missing(kind: str) -> Any:  # noqa: ANN401 - by type
    """A fact that certainly has no value."""
    return OPEN if kind == "truth" else None


def known(kind: str, value: Any, *, maybe: bool) -> Any:  # noqa: ANN401 - by type
    """A fact that is answered, though it may turn out not to be asked."""
    if kind == "truth":
        return from_truth(value) | (OPEN if maybe else 0)
    if kind == "number":
        return value, value, maybe
    if kind == "option":
        return 1 << value, maybe
    return (value, value, maybe) if kind == "options" else None


def anything(domain: Domain, *, maybe: bool) -> Any:  # noqa: ANN401 - by type
    """A fact that is open: its whole domain."""
    if domain.type == "truth":
        return TRUE | FALSE | (OPEN if maybe else 0)
    if domain.type == "number":
        return (*domain.range, maybe)
    every = (1 << len(domain.options)) - 1
    if domain.type == "option":
        return every, maybe
    return (0, every, maybe) if domain.type == "options" else None


def joined(kind: str, a: Any, b: Any) -> Any:  # noqa: ANN401 - by type
    """A fact that is one or the other."""
    if kind == "truth":
        return a | b
    if a is None or b is None or kind == "text":
        return b if a is None else a
    if kind == "number":
        return hull(a, b)
    if kind == "option":
        return a[0] | b[0], a[1] or b[1]
    return a[0] & b[0], a[1] | b[1], a[2] or b[2]


# inputs -----------------------------------------------------------------------------------------


def _span(value: Interval) -> Span | None:
    return value.span


def _there(value: Interval) -> int:
    return value.there


def _of(name: str, read: Callable[[Any], Any]) -> Evaluate:
    return lambda _p, run, expr: read(getattr(run, name)[expr.data])


def _identity(value: Any) -> Any:  # noqa: ANN401 - hands a value on
    return value


def _leaf_coverage(value: Interval) -> Span:
    least = MILLION if value.states == VALUE else 0
    return least, MILLION if value.states & VALUE else 0, False


def _coverage(value: Interval) -> Span:
    least = value.coverage[0] if value.states & ~_APPLIES == 0 else 0
    return least, value.coverage[1], False


def _evidenced(name: str) -> Evaluate:
    """At most the main value where all nodes rise; ceilings and open grades decide how low."""

    def read(program: Program, run: IntervalRun, expr: Expr) -> Span | None:
        span = _span(getattr(run, name)[expr.data])
        if span is None:
            return None
        most = span[1] if all(map(rises, program.nodes)) else max(span[1], expr.range[1])
        return min(expr.range[0], span[0]), most, span[2]

    return read


def _graded(_p: Program, run: IntervalRun, expr: Expr) -> int:
    data: Any = expr.data
    i, grade = data
    states = run.leaf_raw[i].states
    if not states & VALUE:
        return OPEN
    if run.world.leaf_state[i] == State.VALUE:
        result = from_truth(run.world.grade[i] >= grade)
    else:
        result = TRUE | FALSE
    return result | (OPEN if states != VALUE else 0)


def _figure(_p: Program, run: IntervalRun, expr: Expr) -> Any:  # noqa: ANN401 - by type
    value = run.world.figures.get(str(expr.data))
    if expr.type == "truth":
        return from_truth(value)
    return None if value is None else (value, value, False)


def _behaviour(program: Program, run: IntervalRun, _expr: Expr) -> Span | None:
    overall = program.nodes[-1]
    span = _span(run.node_final[-1])
    if span is None or not program.behaviour_from or overall.scale != program.rubric.scale:
        return None
    low, high = (sum(end >= start for start in program.behaviour_from) for end in span[:2])
    return low, high, span[2]


# operations -------------------------------------------------------------------------------------


def _args(run: IntervalRun, expr: Expr) -> list[Any]:
    return [run.expr[arg] for arg in expr.args]


def _fold(op: str) -> Evaluate:
    return lambda _p, run, expr: reduce(lambda a, b: arithmetic(op, a, b), _args(run, expr))


def _negative(_p: Program, run: IntervalRun, expr: Expr) -> Span | None:
    span = run.expr[expr.args[0]]
    return None if span is None else (-span[1], -span[0], span[2])


def _absolute(_p: Program, run: IntervalRun, expr: Expr) -> Span | None:
    span = run.expr[expr.args[0]]
    if span is None:
        return None
    low, high = sorted((abs(span[0]), abs(span[1])))
    return (0 if span[0] <= 0 <= span[1] else low), high, span[2]


def _call(program: Program, run: IntervalRun, expr: Expr) -> Span | None:
    spans = _args(run, expr)
    if None in spans:
        return None
    low, high = program.registry.functions[str(expr.data)].range(*((s[0], s[1]) for s in spans))
    return low, high, any(s[2] for s in spans)


def _first(_p: Program, run: IntervalRun, expr: Expr) -> Any:  # noqa: ANN401 - by type
    values = _args(run, expr)
    result = values[0]
    for value in values[1:]:
        if expr.type == "truth":
            result = (result & ~OPEN) | value if result & OPEN else result
        elif result is None or result[2]:
            kept = hull(result, value)
            sure = value is not None and not value[2]
            result = None if kept is None else (kept[0], kept[1], not sure)
    return result


def _compare_count(_p: Program, run: IntervalRun, expr: Expr) -> int:
    *masks, wanted = _args(run, expr)
    if wanted is None:
        return OPEN
    least = sum(mask == TRUE for mask in masks)
    most = sum(mask != FALSE for mask in masks)
    holds = COMPARE[str(expr.data)]
    found = {holds(n * MILLION, end) for n in range(least, most + 1) for end in wanted[:2]}
    if wanted[0] != wanted[1]:
        found = {True, False}
    undecided = len(found) > 1 and any(mask & OPEN for mask in masks)
    result = OPEN if undecided or wanted[2] else 0
    return result | (TRUE if True in found else 0) | (FALSE if False in found else 0)


def _options(decide: Callable[[Any, int], tuple[bool, bool]]) -> Evaluate:
    def result(_p: Program, run: IntervalRun, expr: Expr) -> int:
        value = run.expr[expr.args[0]]
        if value is None:
            return OPEN
        can_hold, can_fail = decide(value, expr.data)  # type: ignore[arg-type]
        return (OPEN if value[-1] else 0) | TRUE * can_hold | FALSE * can_fail

    return result


def _size(_p: Program, run: IntervalRun, expr: Expr) -> Span | None:
    value = run.expr[expr.args[0]]
    if value is None:
        return None
    return value[0].bit_count() * MILLION, value[1].bit_count() * MILLION, value[2]


def _phase_holds(decide: Callable[[Expr, int], bool]) -> Evaluate:
    """A phase in a completion lies between its ``at_least`` and its ``at_most``."""

    def result(program: Program, run: IntervalRun, expr: Expr) -> int:
        if program.exprs[expr.args[0]].op == "behaviour":
            span = run.expr[expr.args[0]]
            if span is None:
                return OPEN
            least, most, undecided = span[0], span[1], span[2]
        else:
            least, most = run.at_least[0], run.at_most[1]
            undecided = run.at_least[0] < run.at_most[1]
        found = {decide(expr, number) for number in range(least, most + 1)}
        mask = (TRUE if True in found else 0) | (FALSE if False in found else 0)
        return mask | (
            OPEN if undecided and (len(found) > 1 or _may_miss(program, run, expr)) else 0
        )

    return result


def _may_miss(program: Program, run: IntervalRun, expr: Expr) -> bool:
    span = run.expr[expr.args[0]]
    return program.exprs[expr.args[0]].op == "behaviour" and span is not None and span[2]


def _compares_phase(expr: Expr, number: int) -> bool:
    data: Any = expr.data
    sign, wanted = data
    return COMPARE[sign](number, wanted)


def _is_in(expr: Expr, number: int) -> bool:
    mask: Any = expr.data
    return bool(mask >> number & 1)


_OPERATIONS: dict[str, Evaluate] = {
    "true": lambda _p, _r, _e: TRUE,
    "false": lambda _p, _r, _e: FALSE,
    "missing": lambda _p, _r, expr: missing(expr.type),
    "number": lambda _p, _r, expr: (expr.data, expr.data, False),
    "fact": _of("fact", _identity),
    "answer": _of("leaf_raw", _span),
    "level": _of("leaf_final", _span),
    "evidenced_level": _evidenced("leaf_final"),
    "score": _of("node_final", _span),
    "raw_score": _of("node_raw", _span),
    "evidenced_score": _evidenced("node_final"),
    "coverage": _of("node_raw", _coverage),
    "leaf_coverage": _of("leaf_raw", _leaf_coverage),
    "answered_fact": _of("fact_there", _identity),
    "answered_leaf": _of("leaf_raw", _there),
    "answered_node": _of("node_raw", _there),
    "graded": _graded,
    "figure": _figure,
    "phase": lambda _p, _r, _e: None,
    "behaviour": _behaviour,
    "condition": lambda _p, run, expr: run.expr[expr.args[0]],
    "and": lambda _p, run, expr: reduce(lambda a, b: AND[a][b], _args(run, expr)),
    "or": lambda _p, run, expr: reduce(either, _args(run, expr)),
    "not": lambda _p, run, expr: negated(run.expr[expr.args[0]]),
    "compare": lambda _p, run, expr: compared(str(expr.data), *_args(run, expr)),
    "compare_count": _compare_count,
    "count": lambda _p, _r, _e: None,
    "compare_phase": _phase_holds(_compares_phase),
    "phase_in": _phase_holds(_is_in),
    "one_of": _options(lambda value, mask: (bool(value[0] & mask), bool(value[0] & ~mask))),
    "contains": _options(lambda value, bit: (bool(value[1] & bit), not value[0] & bit)),
    "only": _options(
        lambda value, mask: (
            not value[0] & ~mask and bool(value[1] & mask),
            bool(value[1] & ~mask) or not value[0],
        )
    ),
    "size": _size,
    "first": _first,
    "neg": _negative,
    "abs": _absolute,
    "call": _call,
    **{op: _fold(op) for op in ("+", "-", "*", "/", "min", "max")},
}
