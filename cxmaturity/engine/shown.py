"""The run as it may be shown: what rests on respondents carries one decimal, verdicts stay exact.

Figures that rest on the assessor's ratings alone are untouched.  A rounded figure never crosses the
threshold that it stands beside: 2.96 that fails "needs 3" is shown as 2.9.  Where a few people of
one mind are shown only as a bound, what is made of it is computed from the bound, and is one too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cxmaturity.engine.bounds import Bounds
from cxmaturity.engine.combining import gather
from cxmaturity.engine.operations import COMPARE
from cxmaturity.engine.program import Cap, Program, State
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import outcome
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import divide
from cxmaturity.model.scorecard import Bound

TENTH = 100_000
"""The step, in millionths, of every figure that rests on respondents."""

_LEAF_OPS = {"level": "leaf_final", "answer": "leaf_raw", "evidenced_level": "leaf_evidenced"}
_NODE_OPS = {
    "score": "node_final",
    "raw_score": "node_raw",
    "evidenced_score": "node_evidenced",
}


@dataclass(frozen=True, slots=True)
class HeardLevel:
    """A level that respondents gave; with a ``bound`` only ``figure`` may be shown of it."""

    figure: int
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on respondents: indicators by index, nodes, and the bounds among the nodes."""

    leaves: Mapping[int, HeardLevel] = field(default_factory=dict)
    nodes: Sequence[bool] = ()
    bounds: Mapping[int, Bound] = field(default_factory=dict)


def one_decimal(micro: int) -> int:
    """A number rounded half up to one decimal, in millionths."""
    return divide(micro, TENTH) * TENTH


def outwards(ends: Interval) -> Interval:
    """An interval on tenths that contains it."""
    return ends[0] // TENTH * TENTH, -(-ends[1] // TENTH) * TENTH


def resting(program: Program, run: Run, heard: Mapping[int, HeardLevel]) -> Resting:
    """What rests on the levels that respondents gave."""
    leaves = {i: level for i, level in heard.items() if run.leaf_state[i] == State.VALUE}
    leaf_bounds = {i: level.bound for i, level in leaves.items()}
    nodes: list[bool] = []
    bounds: dict[int, Bound] = {}
    for i, node in enumerate(program.nodes):
        under = {
            bound
            for ref in node.refs
            if (bound := leaf_bounds.get(ref.index) if ref.is_leaf else bounds.get(ref.index))
        }
        if under:
            bounds[i] = under.pop() if len(under) == 1 else "about"
        nodes.append(
            any(ref.index in leaves if ref.is_leaf else nodes[ref.index] for ref in node.refs)
        )
    return Resting(leaves, nodes, bounds)


def shown_run(program: Program, run: Run, resting: Resting) -> Run:
    """The run with everything that rests on respondents rounded; the same one where nothing does.

    Truths and states are those of the exact run.
    """
    if not resting.leaves:
        return run
    shown = run.changed(run.world)
    for i, level in resting.leaves.items():
        _round_leaf(program, run, shown, i, level)
    for i, rests in enumerate(resting.nodes):
        if rests:
            _round_node(program, run, shown, i, resting)
    _round_expressions(program, run, shown, resting)
    return shown


def _round_node(program: Program, run: Run, shown: Run, i: int, resting: Resting) -> None:
    node, raw, evidenced = program.nodes[i], run.node_raw[i], run.node_evidenced[i]
    if i in resting.bounds or run.points[i] is not None:
        _state, from_bounds, shown.points[i] = outcome(
            node, gather(program, shown, i, evidenced=False)
        )
        if i in resting.bounds:
            raw = from_bounds
            evidenced = outcome(node, gather(program, shown, i, evidenced=True))[1]
    if raw is not None:
        shown.node_raw[i] = one_decimal(raw)
        shown.node_final[i] = _capped(run, one_decimal(raw), node.caps)
        shown.node_evidenced[i] = None if evidenced is None else one_decimal(evidenced)


def _round_leaf(program: Program, run: Run, shown: Run, i: int, heard: HeardLevel) -> None:
    leaf, level = program.leaves[i], heard.figure
    shown.leaf_raw[i] = level
    shown.leaf_final[i] = _capped(run, level, leaf.caps)
    if run.leaf_evidenced[i] is not None:
        ceiling = leaf.ceilings[run.world.grade[i]] if leaf.ceilings else level
        shown.leaf_evidenced[i] = _capped(run, min(level, ceiling), leaf.caps)


def _capped(run: Run, value: int, caps: Sequence[Cap]) -> int:
    return min([value, *(cap.limit for cap in caps if run.expr[cap.truth] is True)])


def _round_expressions(program: Program, run: Run, shown: Run, resting: Resting) -> None:
    """Numbers in expressions: what is read as it is shown, what is computed rounded likewise."""
    rounded: set[int] = set()
    for i, expr in enumerate(program.exprs):
        data: Any = expr.data
        if expr.op in _LEAF_OPS and data in resting.leaves:
            shown.expr[i] = getattr(shown, _LEAF_OPS[expr.op])[data]
        elif expr.op in _NODE_OPS and resting.nodes[data]:
            shown.expr[i] = getattr(shown, _NODE_OPS[expr.op])[data]
        elif expr.type == "number" and run.expr[i] is not None and rounded & {*expr.args}:
            shown.expr[i] = one_decimal(run.expr[i])
        else:
            if expr.op == "compare" and expr.args[0] in rounded:
                _keep_side(run, shown, *expr.args, sign=str(data))
            continue
        rounded.add(i)


def _keep_side(run: Run, shown: Run, value: int, threshold: int, *, sign: str) -> None:
    """Move a rounded value back over its threshold where it would tell another verdict."""
    exact, needs, figure = run.expr[value], run.expr[threshold], shown.expr[value]
    if exact is None or needs is None or shown.expr[threshold] != needs:
        return
    holds = COMPARE[sign]
    if holds(exact, needs) is holds(figure, needs):
        return
    below, above = -(-needs // TENTH) * TENTH - TENTH, needs // TENTH * TENTH + TENTH
    shown.expr[value] = needs if exact == needs else below if exact < needs else above


def rounded_bounds(bounds: Bounds, resting: Resting) -> Bounds:
    """Bounds with what rests on respondents rounded outwards to one decimal."""
    if not resting.leaves:
        return bounds
    return replace(
        bounds,
        leaves=tuple(
            ends if ends is None or i not in resting.leaves else _span(resting.leaves[i])
            for i, ends in enumerate(bounds.leaves)
        ),
        nodes=tuple(
            ends if ends is None or not resting.nodes[i] else outwards(ends)
            for i, ends in enumerate(bounds.nodes)
        ),
    )


def _span(level: HeardLevel) -> Interval:
    return level.figure, level.figure
