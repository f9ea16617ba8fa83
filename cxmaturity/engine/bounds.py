"""What open answers and facts can still do: the interval run of a program.

Open indicators take every level their question can give, open facts their whole domain, everything
else stays a point.  The result contains every completion; it need not contain the present score.
Where few completions remain :mod:`cxmaturity.engine.completions` makes it exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cxmaturity.engine import interval_operations as operations
from cxmaturity.engine.interval_nodes import node_interval
from cxmaturity.engine.intervals import (
    FAILED,
    FALSE,
    NOT_APPLICABLE,
    NOT_ASKED,
    OPEN,
    TRUE,
    VALUE,
    Interval,
    IntervalRun,
)
from cxmaturity.engine.program import OPEN_STATES, Cap, Program, State, World
from cxmaturity.engine.scalar import attained


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest value of every leaf and node (None: cannot have one), and of the phase."""

    leaves: tuple[tuple[int, int] | None, ...]
    nodes: tuple[tuple[int, int] | None, ...]
    phase: tuple[int, int]


def interval_run(program: Program, world: World) -> IntervalRun:
    """The program on intervals of the world's open answers and facts."""
    none = Interval(0, 0, NOT_ASKED)
    run = IntervalRun(
        world,
        [none] * len(program.leaves),
        [none] * len(program.leaves),
        [None] * len(program.facts),
        [FALSE] * len(program.facts),
        [none] * len(program.nodes),
        [none] * len(program.nodes),
        [None] * len(program.exprs),
    )
    for kind, index in program.steps:
        _STEPS[kind](program, run, index)
    return run


def bounds(program: Program, world: World) -> Bounds:
    """The bounds of every number and of the phase, by intervals."""
    run = interval_run(program, world)
    return Bounds(
        tuple(_ends(value) for value in run.leaf_final),
        tuple(_ends(value) for value in run.node_final),
        (run.at_least[0], run.at_least[1]),
    )


def _ends(value: Interval) -> tuple[int, int] | None:
    return (value.low, value.high) if value.states & VALUE else None


def _asked(program: Program, run: IntervalRun, i: int) -> None:
    leaf, state = program.leaves[i], run.world.leaf_state[i]
    asked = TRUE if leaf.ask_when is None else run.expr[leaf.ask_when]
    low = high = run.world.leaf_level[i]
    if asked == FALSE or state == State.NOT_ASKED:
        states = NOT_ASKED
    else:
        states = NOT_APPLICABLE if state == State.NOT_APPLICABLE else VALUE
        states |= NOT_ASKED if asked & FALSE else 0
    if state in OPEN_STATES:
        low, high = leaf.levels
        states |= NOT_ASKED if leaf.kind.unscored(leaf.settings) else 0
    if state == State.FAILED and asked != FALSE:
        states = FAILED
    run.leaf_raw[i] = Interval(low, high, states)


def _capped(run: IntervalRun, value: Interval, caps: Sequence[Cap]) -> Interval:
    low, high = value.low, value.high
    for cap in caps:
        truth = run.expr[cap.truth]
        if truth & TRUE:
            low = min(low, cap.limit)
            if truth == TRUE:
                high = min(high, cap.limit)
    return replace(value, low=low, high=high) if caps else value


def _leaf(program: Program, run: IntervalRun, i: int) -> None:
    run.leaf_final[i] = _capped(run, run.leaf_raw[i], program.leaves[i].caps)


def _fact(program: Program, run: IntervalRun, i: int) -> None:
    fact, state = program.facts[i], run.world.fact_state[i]
    asked = TRUE if fact.ask_when is None else run.expr[fact.ask_when]
    kind, stand_in = fact.domain.type, fact.if_not_applicable
    other = operations.missing(kind)
    if stand_in is not None:
        other = operations.known(kind, stand_in, maybe=False)
    if asked == FALSE or not (state == State.VALUE or state in OPEN_STATES):
        # What was answered "not applicable" already holds its stand-in as its value.
        has = asked & FALSE and stand_in is not None
        run.fact[i] = other if has else operations.missing(kind)
        run.fact_there[i] = TRUE if has else FALSE
        return
    maybe = bool(asked & FALSE)
    gone = maybe and stand_in is None
    value = (
        operations.known(kind, run.world.fact_value[i], maybe=gone)
        if state == State.VALUE
        else operations.anything(fact.domain, maybe=gone)
    )
    run.fact[i] = operations.joined(kind, value, other) if maybe and not gone else value
    run.fact_there[i] = TRUE | (FALSE if gone else 0)


def _raw(program: Program, run: IntervalRun, i: int) -> None:
    run.node_raw[i] = node_interval(program.nodes[i], i, run)


def _node(program: Program, run: IntervalRun, i: int) -> None:
    run.node_final[i] = _capped(run, run.node_raw[i], program.nodes[i].caps)


def _expr(program: Program, run: IntervalRun, i: int) -> None:
    run.expr[i] = operations.evaluate(program, run, program.exprs[i])


def _phase(program: Program, run: IntervalRun, _i: int) -> None:
    masks = [run.expr[gate] for gate in program.gates]
    cumulative = program.rubric.phase_rule == "cumulative"

    def number(truths: list[bool]) -> int:
        return attained(truths, cumulative=cumulative)

    run.at_least = number([m == TRUE for m in masks]), number([bool(m & TRUE) for m in masks])
    run.at_most = (
        number([m & FALSE == 0 for m in masks]),
        number([bool(m & (TRUE | OPEN)) for m in masks]),
    )


def _skip(_program: Program, _run: IntervalRun, _i: int) -> None:
    """The evidenced column has no bounds of its own."""


_STEPS: dict[str, Callable[[Program, IntervalRun, int], None]] = {
    "asked": _asked,
    "leaf": _leaf,
    "fact": _fact,
    "raw": _raw,
    "node": _node,
    "expr": _expr,
    "phase": _phase,
    "leaf_e": _leaf,
    "node_e": _skip,
}
