"""What can be at all, whatever is answered, unknown, not applicable or not there: proofs.

The interval rules of the engine, run over every world at once: each question may be answered with
anything or not at all, each figure may be missing.  What does not come out here cannot come out of
any answers with the rubric's own weights; what does come out need not be reachable.  An
*assumption* narrows the run to worlds in which given expressions hold; where nothing is left, they
contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cxmaturity.engine import interval_operations as operations
from cxmaturity.engine.graph import Expr
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.intervals import (
    FALSE,
    NO_SCORE,
    NOT_APPLICABLE,
    NOT_ASKED,
    OPEN,
    TRUE,
    VALUE,
    Interval,
    IntervalRun,
)
from cxmaturity.engine.program import Cap, Node, Program
from cxmaturity.engine.scalar import attained
from cxmaturity.model.exact import MILLION

ANYTHING = TRUE | FALSE | OPEN
_ANY_STATE = VALUE | NO_SCORE | NOT_APPLICABLE | NOT_ASKED
_LARGEST = 1 << 62
_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


class ContradictionError(Exception):
    """Nothing is left of the worlds that were assumed."""


@dataclass(slots=True)
class Assumption:
    """Which worlds are looked at: truths and number ranges of expressions, levels of indicators."""

    truths: dict[int, int] = field(default_factory=dict)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    levels: Mapping[int, int] = field(default_factory=dict)

    def truth(self, index: int, allowed: int) -> None:
        """Only worlds where the expression's truth is one of the allowed bits."""
        self.truths[index] = self.truths.get(index, ANYTHING) & allowed

    def span(self, index: int, low: int, high: int) -> None:
        """Only worlds where the expression has a value within these ends."""
        before = self.spans.get(index, (-_LARGEST, _LARGEST))
        self.spans[index] = max(before[0], low), min(before[1], high)


def every_world(program: Program, assumption: Assumption | None = None) -> IntervalRun:
    """Everything that can come out; raises ContradictionError when the assumption cannot be."""
    nothing = Interval(0, 0, NOT_ASKED)
    run = IntervalRun(
        empty_world(program),
        [nothing] * len(program.leaves),
        [nothing] * len(program.leaves),
        [None] * len(program.facts),
        [FALSE] * len(program.facts),
        [nothing] * len(program.nodes),
        [nothing] * len(program.nodes),
        [None] * len(program.exprs),
    )
    ranges = node_ranges(program)
    assumed = assumption or Assumption()
    for kind, i in program.steps:
        if kind == "asked":
            run.leaf_raw[i] = _answer(program, run, i, assumed)
        elif kind in ("leaf", "leaf_e"):
            run.leaf_final[i] = _capped(run, run.leaf_raw[i], program.leaves[i].caps)
        elif kind == "fact":
            run.fact[i], run.fact_there[i] = _fact(program, run, i)
        elif kind == "raw":
            run.node_raw[i] = Interval(*ranges[i], _ANY_STATE, coverage=(0, MILLION))
        elif kind == "node":
            run.node_final[i] = _capped(run, run.node_raw[i], program.nodes[i].caps)
        elif kind == "expr":
            run.expr[i] = _narrowed(i, _expr(program, run, i), assumed)
        elif kind == "phase":
            _phase(program, run)
    return run


def can_be(program: Program, assumption: Assumption) -> bool:
    """Whether any world is left of an assumption."""
    try:
        every_world(program, assumption)
    except ContradictionError:
        return False
    return True


def assuming(program: Program, holding: Iterable[int], **more: Any) -> Assumption:  # noqa: ANN401
    """The worlds in which all these expressions hold."""
    assumption = Assumption(**more)
    for index in holding:
        assume(program, assumption, index, holds=True)
    return assumption


def assume(program: Program, assumption: Assumption, index: int, *, holds: bool) -> None:
    """Narrow to the worlds where an expression holds, or surely fails, as far as it can be said."""
    expr = program.exprs[index]
    assumption.truth(index, TRUE if holds else FALSE)
    if expr.op == "condition" or (expr.op == "and" and holds) or (expr.op == "or" and not holds):
        for arg in expr.args:
            assume(program, assumption, arg, holds=holds)
    elif expr.op == "not":
        assume(program, assumption, expr.args[0], holds=not holds)
    elif expr.op == "compare":
        _assume_comparison(program, assumption, expr, holds=holds)


def _assume_comparison(
    program: Program, assumption: Assumption, expr: Expr, *, holds: bool
) -> None:
    left, right = expr.args
    sign = str(expr.data) if holds else _OPPOSITE[str(expr.data)]
    for index, other, way in ((left, right, sign), (right, left, _MIRRORED[sign])):
        bound = program.exprs[other].data
        if program.exprs[other].op != "number" or not isinstance(bound, int):
            continue
        ends = {
            "<": (-_LARGEST, bound - 1),
            "<=": (-_LARGEST, bound),
            ">": (bound + 1, _LARGEST),
            ">=": (bound, _LARGEST),
            "==": (bound, bound),
            "!=": (-_LARGEST, _LARGEST),
        }[way]
        assumption.span(index, *ends)


# one step -----------------------------------------------------------------------------------------


def _answer(program: Program, run: IntervalRun, i: int, assumed: Assumption) -> Interval:
    leaf = program.leaves[i]
    if i in assumed.levels:
        return Interval(assumed.levels[i], assumed.levels[i], VALUE)
    if leaf.ask_when is not None and run.expr[leaf.ask_when] == FALSE:
        return Interval(0, 0, NOT_ASKED)
    return Interval(*leaf.levels, _ANY_STATE)


def _fact(program: Program, run: IntervalRun, i: int) -> tuple[Any, int]:
    fact = program.facts[i]
    if fact.ask_when is not None and run.expr[fact.ask_when] == FALSE:
        if fact.if_not_applicable is not None:
            return operations.known(
                fact.domain.type, fact.if_not_applicable, maybe=False
            ), TRUE | FALSE
        return operations.missing(fact.domain.type), FALSE
    return operations.anything(fact.domain, maybe=True), TRUE | FALSE


def _capped(run: IntervalRun, value: Interval, caps: Sequence[Cap]) -> Interval:
    low, high = value.low, value.high
    for cap in caps:
        truth = run.expr[cap.truth]
        if truth & TRUE:
            low = min(low, cap.limit)
            high = min(high, cap.limit) if truth == TRUE else high
    return replace(value, low=low, high=high)


def _expr(program: Program, run: IntervalRun, i: int) -> Any:  # noqa: ANN401
    expr = program.exprs[i]
    if expr.op != "figure":
        return operations.evaluate(program, run, expr)
    return ANYTHING if expr.type == "truth" else (*expr.range, True)


def _narrowed(i: int, value: Any, assumed: Assumption) -> Any:  # noqa: ANN401 - by type
    if i in assumed.truths:
        value &= assumed.truths[i]
        if not value:
            raise ContradictionError
    if i in assumed.spans:
        low, high = assumed.spans[i]
        if value is None or max(low, value[0]) > min(high, value[1]):
            raise ContradictionError
        value = max(low, value[0]), min(high, value[1]), False
    return value


def _phase(program: Program, run: IntervalRun) -> None:
    masks = [run.expr[gate] for gate in program.gates]
    cumulative = program.rubric.phase_rule == "cumulative"

    def number(truths: Sequence[bool]) -> int:
        return attained(truths, cumulative=cumulative)

    run.at_least = number([m == TRUE for m in masks]), number([bool(m & TRUE) for m in masks])
    run.at_most = (
        number([not m & (FALSE | OPEN) for m in masks]),
        number([bool(m & (TRUE | OPEN)) for m in masks]),
    )


# ranges -------------------------------------------------------------------------------------------


def node_ranges(program: Program) -> list[tuple[int, int]]:
    """Lowest and highest value of every node in any world.

    The compiler's own range; where a policy can fill in what lies outside a part's range, the node
    and all above it count with their whole scale as well.
    """
    ranges: list[tuple[int, int]] = []
    wide: list[bool] = []
    for node in program.nodes:
        is_wide = any(
            (not ref.is_leaf and wide[ref.index]) or _fills_outside(program, node, n)
            for n, ref in enumerate(node.refs)
        )
        low, high = node.range
        if is_wide:
            low, high = min(low, node.scale[0]), max(high, node.scale[1])
        ranges.append((low, high))
        wide.append(is_wide)
    return ranges


def _fills_outside(program: Program, node: Node, part: int) -> bool:
    ref = node.refs[part]
    low, high = (program.leaves if ref.is_leaf else program.nodes)[ref.index].range
    return any(
        filled == "target" or (isinstance(filled, int) and not low <= filled <= high)
        for filled in ref.fills.by_state
    )
