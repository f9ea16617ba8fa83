"""What one block of worlds holds while it is computed: its inputs, and a cell for every step.

A *run* is one block.  Steps are known by their place in the program's order; a cell is emptied
after its last use, so that the memory it held serves the next step while still in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.coverage import Coverage
from cxmaturity.engine.columns.values import (
    FALSE,
    TRUE,
    ZERO,
    Column,
    Mask,
    constant,
    kept,
    without,
)
from cxmaturity.engine.columns.worlds import States, Worlds
from cxmaturity.engine.program import Program, State, StepKind
from cxmaturity.errors import InputError, Problem, Where

Kind = StepKind | Literal["profile"]
Item = tuple[Kind, int]
"""A step of the program, or the profile row of a node."""
Places = Mapping[Item, int]
"""Where the cell of every step is."""
_VALUE, _UNANSWERED = int(State.VALUE), int(State.UNANSWERED)
_NOT_APPLICABLE = int(State.NOT_APPLICABLE)


@dataclass(slots=True)
class Leaf:
    """An indicator in a block: its level, whether it has one, and in which state it is."""

    value: Column
    has: Mask
    applies: Mask
    failed: Mask
    """Where a plugin failed to give its level."""
    state: States

    @property
    def scored(self) -> Mask:
        """Where its state is a value."""
        return self.has

    def in_state(self, state: int) -> Mask:
        """Where it is in this state."""
        if self.state.size == 1:
            return TRUE if self.state[0] == state else FALSE
        return np.equal(self.state, np.int8(state))


@dataclass(frozen=True, slots=True)
class PartWeights:
    """Which parts of a node have a value, their weights, and the sum of those."""

    has: Sequence[Mask]
    weights: Sequence[int | Column]
    valued: NDArray[Any]


@dataclass(slots=True)
class Node:
    """A node in a block: its score, and what its parent needs to know of it."""

    raw: Column
    value: Column
    has: Mask
    """Where there is a value; in the evidenced reading this can be less than ``scored``."""
    scored: Mask
    applies: Mask
    not_applicable: Mask
    """Where it does not apply because some part does not; elsewhere it is not asked."""
    failed: Mask
    """Where a plugin failed on the way to it."""
    coverage: Coverage
    parts: PartWeights
    points: tuple[Column, Column] | None
    limit: Column | None = None
    """The lowest cap that fires in each world; None where none does in any."""

    def in_state(self, state: int) -> Mask:
        """Where it is in this state."""
        if state == _VALUE:
            return self.scored
        if state == _UNANSWERED:
            return without(without(self.applies, self.scored), self.failed)
        return self.not_applicable if state == _NOT_APPLICABLE else FALSE


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from data: a number or a truth, 0 or false where it is missing."""

    value: NDArray[Any]
    has: Mask


@dataclass(slots=True)
class Inputs:
    """The worlds with every entry a column, and what is known of whole columns."""

    worlds: Worlds
    leaf_level: list[Column]
    leaf_state: list[States]
    highest_state: list[int]
    """Per indicator, so that blocks need not look whether anything is missing."""
    fact_value: list[Any]
    fact_state: list[States]
    grade: list[States]
    leaf_target: list[Column | None]
    node_target: list[Column | None]
    weights: list[Sequence[Any]]
    weights_vary: list[bool]
    most_weight: list[int]
    """Largest weight of all parts of a node together, in any world."""
    figures: dict[str, Figure]

    @staticmethod
    def of(program: Program, worlds: Worlds) -> Inputs:
        """Inputs ready to be cut into blocks; raises InputError for states that do not exist."""
        states = [np.atleast_1d(np.asarray(state, np.int8)) for state in worlds.leaf_state]
        fact_states = [np.atleast_1d(np.asarray(state, np.int8)) for state in worlds.fact_state]
        return Inputs(
            worlds,
            [np.atleast_1d(np.asarray(level, np.int64)) for level in worlds.leaf_level],
            states,
            [
                _highest(state, leaf.path)
                for state, leaf in zip(states, program.leaves, strict=True)
            ],
            [
                _operands(value, fact.domain.type)
                for value, fact in zip(worlds.fact_value, program.facts, strict=True)
            ],
            fact_states,
            [np.atleast_1d(np.asarray(grade, np.int8)) for grade in worlds.grade],
            [None if target is None else np.atleast_1d(target) for target in worlds.leaf_target],
            [None if target is None else np.atleast_1d(target) for target in worlds.node_target],
            [list(weights) for weights in worlds.weights],
            [any(isinstance(w, np.ndarray) for w in weights) for weights in worlds.weights],
            _most_weights(program, worlds),
            {key: _figure(value) for key, value in worlds.figures.items()},
        )


def _most_weights(program: Program, worlds: Worlds) -> list[int]:
    found: list[int] = []
    for node, weights in zip(program.nodes, worlds.weights, strict=True):
        each = zip(node.refs, weights, strict=True)
        found.append(
            sum(
                found[ref.index] if ref.weight_is_parts else int(np.max(weight, initial=0))
                for ref, weight in each
            )
        )
    return found


def _highest(state: States, path: str) -> int:
    highest = int(state.view(np.uint8).max(initial=0))
    if highest > max(State):
        what = "states lie between 0 and {most}"
        raise InputError(Problem("bad_state", what, Where(key=path), "", {"most": int(max(State))}))
    return highest


def _operands(value: Any, kind: str) -> Any:  # noqa: ANN401 - by the fact's domain
    """A fact's values as a column; words are nothing a rule can read."""
    if value is None or kind == "text":
        return FALSE if kind == "truth" else ZERO
    return np.atleast_1d(np.asarray(value, np.bool_ if kind == "truth" else np.int64))


def _figure(value: Any) -> Figure:  # noqa: ANN401 - plain, or a pair of columns
    column, has = value if isinstance(value, tuple) else (value, TRUE)
    if column is None:
        return Figure(ZERO, FALSE)
    if isinstance(column, np.ndarray):
        return Figure(column & has if column.dtype == np.bool_ else kept(column, has), has)
    if isinstance(column, bool):
        return Figure(TRUE if column else FALSE, has)
    return Figure(constant(column), has)


@dataclass(slots=True)
class Run:
    """One block of worlds, from ``start`` up to ``stop``."""

    inputs: Inputs
    start: int
    stop: int
    cells: list[Any]

    def part(self, column: Any) -> Any:  # noqa: ANN401 - a column stays what it is
        """This block's part of a column."""
        return column if column.size == 1 else column[self.start : self.stop]

    def weights(self, node: int) -> Sequence[Any]:
        """This block's weights of a node's parts."""
        weights = self.inputs.weights[node]
        if not self.inputs.weights_vary[node]:
            return weights
        return [w if isinstance(w, int) else self.part(w) for w in weights]


Step = Callable[[Run], Any]
"""What computes a cell."""
