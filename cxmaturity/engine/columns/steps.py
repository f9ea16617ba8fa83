"""The steps of a program over blocks of worlds: answers, levels, facts, nodes, phase.

A step is a function of the run that gives the content of its cell; expressions are in
:mod:`cxmaturity.engine.columns.operations`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from cxmaturity.engine import program as compiled
from cxmaturity.engine.columns.cells import Item, Leaf, Node, Places, Run, Step
from cxmaturity.engine.columns.nodes import (
    NodePlan,
    PartPlan,
    evidenced_node,
    fills_of,
    raw_node,
)
from cxmaturity.engine.columns.operations import operation
from cxmaturity.engine.columns.profile import profile_step
from cxmaturity.engine.columns.values import (
    FALSE,
    TRUE,
    Column,
    Mask,
    Number,
    any_of,
    both,
    chosen,
    constant,
    either,
    kept,
    negated,
    settled,
    without,
)
from cxmaturity.engine.graph import LARGEST
from cxmaturity.engine.program import Cap, Program, State

_NOT_APPLICABLE, _NOT_ASKED = int(State.NOT_APPLICABLE), int(State.NOT_ASKED)
_FAILED = int(State.FAILED)
_NO_LIMIT = constant(LARGEST)


def step_function(program: Program, places: Places, item: Item) -> Step:
    """The function of one step."""
    kind, i = item
    makers: dict[str, Callable[[], Step]] = {
        "asked": lambda: _asked(program.leaves[i], i, places),
        "leaf": lambda: _leaf(program.leaves[i], i, places),
        "leaf_e": lambda: _leaf_evidenced(program.leaves[i], i, places),
        "fact": lambda: _fact(program.facts[i], i, places),
        "raw": lambda: _raw(_plan(program, places, i)),
        "node": lambda: _node(program.nodes[i], i, places),
        "node_e": lambda: _node_evidenced(_plan(program, places, i), places),
        "phase": lambda: _phase(program, places),
        "expr": lambda: operation(program, places, i),
        "profile": lambda: profile_step(program, places, i),
    }
    return makers[kind]()


# answers and levels -----------------------------------------------------------------------------


def _asked(leaf: compiled.Leaf, i: int, places: Places) -> Step:
    ask = None if leaf.ask_when is None else places["expr", leaf.ask_when]

    def step(run: Run) -> Leaf:
        inputs = run.inputs
        state, level = run.part(inputs.leaf_state[i]), run.part(inputs.leaf_level[i])
        has, applies, failed = _masks(state, inputs.highest_state[i])
        if level.size == 1:
            level = kept(level, has)
        cell = Leaf(level, has, applies, failed, state)
        return cell if ask is None else _where_asked(cell, run.cells[ask][1])

    return step


def _masks(state: Any, highest: int) -> tuple[Mask, Mask, Mask]:  # noqa: ANN401 - a column
    """Where there is a value, where the question applies, and where a plugin failed."""
    if highest == 0:
        return TRUE, TRUE, FALSE
    has = settled(np.logical_not(state))
    if highest < _NOT_APPLICABLE:
        return has, TRUE, FALSE
    applies = settled(np.less(state, np.int8(_NOT_APPLICABLE)))
    failed = settled(np.equal(state, np.int8(_FAILED))) if highest >= _FAILED else FALSE
    return has, either(applies, failed), failed


def _where_asked(cell: Leaf, not_asked: Mask) -> Leaf:
    if not_asked is FALSE:
        return cell
    has = without(cell.has, not_asked)
    state = np.where(not_asked, np.int8(_NOT_ASKED), cell.state)
    applies, failed = without(cell.applies, not_asked), without(cell.failed, not_asked)
    return Leaf(kept(cell.value, has), has, applies, failed, state)


def _leaf(leaf: compiled.Leaf, i: int, places: Places) -> Step:
    place, caps = places["asked", i], _caps(leaf.caps, places)

    def step(run: Run) -> Leaf:
        cell: Leaf = run.cells[place]
        value = _capped(cell.value, _limit(run, caps), cell.has, caps)
        return replace(cell, value=value)

    return step


def _leaf_evidenced(leaf: compiled.Leaf, i: int, places: Places) -> Step:
    place, caps = places["asked", i], _caps(leaf.caps, places)
    ceilings = leaf.ceilings or (leaf.range[1],) * 3
    limits = np.array(ceilings, np.int64)

    def step(run: Run) -> Leaf:
        cell: Leaf = run.cells[place]
        value = np.minimum(cell.value, limits.take(run.part(run.inputs.grade[i])))
        if min(ceilings) < 0:
            value = kept(value, cell.has)
        value = _capped(value, _limit(run, caps), cell.has, caps)
        return replace(cell, value=value)

    return step


Caps = Sequence[tuple[Column, tuple[int, ...]]]
"""Limits with the places of the truths that make them bite."""


def _caps(caps: Sequence[Cap], places: Places) -> Caps:
    by_limit: dict[int, list[int]] = {}
    for cap in caps:
        by_limit.setdefault(cap.limit, []).append(places["expr", cap.truth])
    return [(constant(limit), tuple(truths)) for limit, truths in by_limit.items()]


def _limit(run: Run, caps: Caps) -> Column | None:
    """The lowest limit that holds in each world; None where none holds in any."""
    lowest: Column | None = None
    for limit, truths in caps:
        fired = any_of([run.cells[truth][0] for truth in truths])
        if fired is FALSE or not fired.any():
            continue
        column = limit if fired is TRUE else np.where(fired, limit, _NO_LIMIT)
        lowest = column if lowest is None else np.minimum(lowest, column)
    return lowest


def _capped(value: Column, limit: Column | None, has: Mask, caps: Caps) -> Column:
    """The value under the limit; 0 stays where there is none."""
    if limit is None:
        return value
    lowered = np.minimum(value, limit)
    return kept(lowered, has) if min(int(own[0]) for own, _ in caps) < 0 else lowered


def _fact(fact: compiled.FactInput, i: int, places: Places) -> Step:
    ask = None if fact.ask_when is None else places["expr", fact.ask_when]
    stand_in = fact.if_not_applicable

    def step(run: Run) -> Number:
        state, value = run.part(run.inputs.fact_state[i]), run.part(run.inputs.fact_value[i])
        has = (TRUE if state[0] == 0 else FALSE) if state.size == 1 else np.logical_not(state)
        if ask is not None:
            value, has = _of_asked(value, has, run.cells[ask][1], stand_in)
        if ask is not None or value.size == 1:
            value = both(value, has) if value.dtype == np.bool_ else kept(value, has)
        return Number(value, has)

    return step


def _of_asked(value: Any, has: Mask, not_asked: Mask, stand_in: Any) -> tuple[Any, Mask]:  # noqa: ANN401
    """Values of a fact where it is asked; elsewhere what stands in, if anything does."""
    if stand_in is None or not_asked is FALSE:
        return value, without(has, not_asked)
    instead = np.array([stand_in if isinstance(stand_in, int) else 0], value.dtype)
    return chosen(not_asked, instead, value), either(has, not_asked)


# nodes ------------------------------------------------------------------------------------------


def _plan(program: Program, places: Places, i: int) -> NodePlan:
    parts = [
        PartPlan(
            places["leaf" if ref.is_leaf else "node", ref.index],
            places.get(("leaf_e" if ref.is_leaf else "node_e", ref.index), -1),
            ref,
            fills_of(ref),
        )
        for ref in program.nodes[i].refs
    ]
    return NodePlan(i, program.nodes[i], tuple(parts))


def _raw(plan: NodePlan) -> Step:
    return lambda run: raw_node(run, plan)


def _node(node: compiled.Node, i: int, places: Places) -> Step:
    place, caps = places["raw", i], _caps(node.caps, places)

    def step(run: Run) -> Node:
        cell: Node = run.cells[place]
        cell.limit = _limit(run, caps)
        cell.value = _capped(cell.raw, cell.limit, cell.has, caps)
        cell.raw = cell.value  # whoever reads the value before caps has done so by now
        return cell

    return step


def _node_evidenced(plan: NodePlan, places: Places) -> Step:
    place, caps = places["node", plan.index], _caps(plan.node.caps, places)

    def step(run: Run) -> Node:
        main: Node = run.cells[place]
        cell = evidenced_node(run, plan, main)
        cell.raw = cell.value = _capped(cell.raw, main.limit, cell.has, caps)
        main.limit = None
        return cell

    return step


# phase ------------------------------------------------------------------------------------------


def _phase(program: Program, places: Places) -> Step:
    gates = [places["expr", gate] for gate in program.gates]
    attained = _cumulative if program.rubric.phase_rule == "cumulative" else _highest

    def step(run: Run) -> tuple[Any, Any]:
        truths = [run.cells[gate] for gate in gates]
        possible = [negated(false) for _, false in truths]
        return attained([sure for sure, _ in truths]), attained(possible)

    return step


def _highest(holds: Sequence[Mask]) -> Any:  # noqa: ANN401 - a column of phase numbers
    """The highest number that holds: so many numbers have it, or a higher one, hold."""
    result, this_or_higher = np.zeros(1, np.int8), FALSE
    for mask in reversed(holds):
        this_or_higher = either(this_or_higher, mask)
        result = result + this_or_higher.view(np.int8)
    return result


def _cumulative(holds: Sequence[Mask]) -> Any:  # noqa: ANN401 - a column of phase numbers
    """The highest number up to which all hold."""
    result, so_far = np.zeros(1, np.int8), TRUE
    for mask in holds:
        so_far = both(so_far, mask)
        result = result + so_far.view(np.int8)
    return result
