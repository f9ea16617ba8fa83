"""Whether a better answer can do harm: every level raised by one in many drawn worlds.

A score that falls or a gate that opens less is shown with one world, cut down to what matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cxmaturity.catalogue.check.message import Message, Subject
from cxmaturity.catalogue.check.sampling import levels_of, world_at
from cxmaturity.catalogue.check.world_words import described, what_matters
from cxmaturity.engine import scalar
from cxmaturity.engine.columns import Results, Wanted, Worlds, evaluate
from cxmaturity.engine.program import Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_

_WANTED: frozenset[Wanted] = frozenset({"scores", "expressions"})
_VALUE = int(State.VALUE)


@dataclass(frozen=True, slots=True)
class _Fall:
    """Raising an indicator in a world lowers a node, or closes a phase's gate."""

    leaf: int
    world: int
    node: int | None = None
    gate: int | None = None


def raised(subject: Subject, worlds: Worlds) -> Iterator[Message]:
    """A counter-example for every score and gate that a better answer lowers."""
    program = subject.program
    before = evaluate(program, worlds, _WANTED)
    falls: dict[tuple[int | None, int | None], list[_Fall]] = {}
    for i in range(len(program.leaves)):
        higher = _raised(program, worlds, i)
        if higher is None:
            continue
        for fall in _falls(program, i, before, evaluate(program, higher, _WANTED)):
            falls.setdefault((fall.node, fall.gate), []).append(fall)
    for found in falls.values():
        yield _message(subject, worlds, found)


def _raised(program: Program, worlds: Worlds, i: int) -> Worlds | None:
    """The worlds with an indicator at its next higher level, where it has one."""
    levels = np.array([level for state, level in levels_of(program.leaves[i]) if state == _VALUE])
    if len(levels) < 2:
        return None
    column = np.asarray(worlds.leaf_level[i])
    above = np.searchsorted(levels, column, side="right")
    next_level = levels[np.minimum(above, len(levels) - 1)]
    valued = np.asarray(worlds.leaf_state[i]) == _VALUE
    higher: list[Any] = list(worlds.leaf_level)
    higher[i] = np.where(valued, next_level, column)
    return replace(worlds, leaf_level=higher)


def _falls(program: Program, leaf: int, before: Results, after: Results) -> Iterator[_Fall]:
    assert before.score is not None  # noqa: S101 - wanted
    assert before.node_state is not None  # noqa: S101
    assert after.score is not None  # noqa: S101
    assert after.node_state is not None  # noqa: S101
    both = (before.node_state == _VALUE) & (after.node_state == _VALUE)
    lower = both & (after.score < before.score)
    for node in np.flatnonzero(lower.any(axis=1)).tolist():
        yield _Fall(leaf, int(np.argmax(lower[node])), node=node)
    assert before.sure is not None  # noqa: S101 - wanted
    assert after.sure is not None  # noqa: S101
    for number, gate in enumerate(program.gates):
        closed = before.sure[gate] & ~after.sure[gate]
        if closed.any():
            yield _Fall(leaf, int(np.argmax(closed)), gate=number)


def _message(subject: Subject, worlds: Worlds, found: list[_Fall]) -> Message:
    program = subject.program
    fall = found[0]
    world = world_at(program, worlds, fall.world)
    world = what_matters(world, lambda w: _shows(program, fall, w), keep=fall.leaf)
    low, high = (
        scalar.evaluate(program, world),
        scalar.evaluate(program, _step(program, fall, world)),
    )
    leaf = program.leaves[fall.leaf]
    values: dict[str, object] = {
        "path": leaf.path,
        "low": decimal_text(world.leaf_level[fall.leaf]),
        "high": decimal_text(high.world.leaf_level[fall.leaf]),
        "world": described(program, world),
        "others": ", ".join(dict.fromkeys(program.leaves[f.leaf].path for f in found)),
    }
    hint = N_("in this world: {world}; so it is with: {others}")
    asked = _asked_only_then(program, low, high)
    if asked:
        values["asked"] = ", ".join(asked)
        hint = N_("only then is {asked} asked; in this world: {world}; so it is with: {others}")
    if fall.node is not None:
        node = program.nodes[fall.node]
        what = N_(
            "'{node}' falls from {before} to {after} when '{path}' rises from {low} to {high}"
        )
        values |= {"node": node.id}
        values |= {"before": _text(low.node_final[fall.node])}
        values |= {"after": _text(high.node_final[fall.node])}
        place = subject.node(node.id)
    else:
        phase = program.phase_ids[fall.gate or 0]
        what = N_("the gate of '{phase}' no longer holds when '{path}' rises from {low} to {high}")
        values |= {"phase": phase}
        place = ("phases", phase, "gate")
    return subject.say("warning", "shown", "not_monotone", what, place, hint, **values)


def _asked_only_then(program: Program, before: Run, after: Run) -> list[str]:
    """Indicators that the better answer brings into the rubric."""
    not_asked = int(State.NOT_ASKED)
    pairs = zip(program.leaves, before.leaf_state, after.leaf_state, strict=True)
    return [leaf.path for leaf, low, high in pairs if low == not_asked != high]


def _text(score: int | None) -> str:
    return "—" if score is None else decimal_text(score)


def _step(program: Program, fall: _Fall, world: World) -> World:
    """The world with the indicator one level up."""
    levels = [level for state, level in levels_of(program.leaves[fall.leaf]) if state == _VALUE]
    higher = world.copy()
    now = world.leaf_level[fall.leaf]
    higher.leaf_level[fall.leaf] = min((x for x in levels if x > now), default=now)
    return higher


def _shows(program: Program, fall: _Fall, world: World) -> bool:
    """Whether the world still shows the fall."""
    before = scalar.evaluate(program, world)
    after = scalar.evaluate(program, _step(program, fall, world))
    if fall.node is not None:
        low, high = before.node_final[fall.node], after.node_final[fall.node]
        return low is not None and high is not None and high < low
    gate = program.gates[fall.gate or 0]
    return before.expr[gate] is True and after.expr[gate] is not True
