"""What open answers and facts can still do: the interval run of a program.

Open indicators take every level their question can give, open facts their whole domain, everything
else stays a point.  The result contains every completion; it need not contain the present score.
Where few completions remain :mod:`cxmaturity.engine.completions` makes it exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cxmaturity.engine import interval_operations as operations
from cxmaturity.engine.interval_nodes import Interval, Presence, node_interval
from cxmaturity.engine.intervals import FALSE, OPEN, TRUE
from cxmaturity.engine.program import Program, State, World
from cxmaturity.engine.scalar import attained

OPEN_STATES = (int(State.UNANSWERED), int(State.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest value of every leaf and node (None: cannot have one), and of the phase."""

    leaves: tuple[tuple[int, int] | None, ...]
    nodes: tuple[tuple[int, int] | None, ...]
    phase: tuple[int, int]


@dataclass(slots=True)
class IntervalRun:
    """One world on intervals; lists by index as in a scalar run."""

    world: World
    leaf_raw: list[Interval]
    leaf_final: list[Interval]
    fact: list[Any]
    fact_mask: list[int]
    """Whether a fact has a value: a truth set."""
    node_raw: list[Interval]
    node_final: list[Interval]
    expr: list[Any]
    at_least: tuple[int, int] = (0, 0)
    at_most: tuple[int, int] = (0, 0)


def interval_run(program: Program, world: World) -> IntervalRun:
    """The program on intervals of the world's open answers and facts."""
    none = Interval(0, 0, Presence.ABSENT)
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
    return None if value.presence >= Presence.ABSENT else (value.low, value.high)


def _asked(program: Program, run: IntervalRun, i: int) -> None:
    leaf = program.leaves[i]
    state = run.world.leaf_state[i]
    asked = TRUE if leaf.ask_when is None else run.expr[leaf.ask_when]
    if asked == FALSE or state == State.NOT_ASKED:
        run.leaf_raw[i] = Interval(0, 0, Presence.ABSENT)
        return
    presence = Presence.MAYBE if asked & FALSE else Presence.SURE
    if state == State.NOT_APPLICABLE:
        target = run.world.leaf_target[i]
        filled = leaf.fills.get(state, target)
        maybe_filled = isinstance(filled, int) and presence == Presence.MAYBE
        value = filled if isinstance(filled, int) else 0
        presence = Presence.MAYBE if maybe_filled else Presence.NOT_APPLICABLE
        run.leaf_raw[i] = Interval(value, value, presence)
        return
    low = high = run.world.leaf_level[i]
    if state in OPEN_STATES:
        low, high = leaf.levels
        if leaf.kind.unscored(leaf.settings):
            presence = Presence.MAYBE
    run.leaf_raw[i] = Interval(low, high, presence)


def _capped(run: IntervalRun, value: Interval, caps: Any) -> Interval:  # noqa: ANN401 - caps
    low, high = value.low, value.high
    for cap in caps:
        truth = run.expr[cap.truth]
        if truth & TRUE:
            low = min(low, cap.limit)
            if truth == TRUE:
                high = min(high, cap.limit)
    return replace(value, low=low, high=high)


def _leaf(program: Program, run: IntervalRun, i: int) -> None:
    run.leaf_final[i] = _capped(run, run.leaf_raw[i], program.leaves[i].caps)


def _fact(program: Program, run: IntervalRun, i: int) -> None:
    fact = program.facts[i]
    asked = TRUE if fact.ask_when is None else run.expr[fact.ask_when]
    state = run.world.fact_state[i]
    answerable = state == State.VALUE or state in OPEN_STATES
    if asked == FALSE or not answerable:
        run.fact[i], run.fact_mask[i] = operations.missing(fact.domain.type), FALSE
        return
    maybe = bool(asked & FALSE)
    run.fact_mask[i] = TRUE | (FALSE if maybe else 0)
    value = run.world.fact_value[i]
    if state == State.VALUE:
        run.fact[i] = operations.known(fact.domain.type, value, maybe=maybe)
    else:
        run.fact[i] = operations.anything(fact.domain, maybe=maybe)


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
    "leaf_e": _skip,
    "node_e": _skip,
}
