"""What the column evaluator returns: one row an indicator, node or rule, one column a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.cells import Item, Kind, Node, Run
from cxmaturity.engine.columns.profile import Rows
from cxmaturity.engine.columns.values import FALSE, TRUE, Truth
from cxmaturity.engine.profile import has_profile
from cxmaturity.engine.program import Program, State

Wanted = Literal[
    "levels", "scores", "raw", "overall", "phase", "rules", "coverage", "evidenced", "profile",
    "expressions",
]  # fmt: skip
Columns = NDArray[np.int64]
Truths = NDArray[np.bool_]
Small = NDArray[np.int8]


@dataclass(slots=True)
class Results:
    """What was wanted of ``count`` worlds, by index as in the program; the rest is None.

    Values are millionths, 0 where there is none; a state (of
    :class:`~cxmaturity.engine.program.State`) says whether there is one.
    """

    count: int
    leaf_state: Small | None = None
    """``levels``: state, level before and after caps of every indicator."""
    leaf_raw: Columns | None = None
    leaf_level: Columns | None = None
    node_state: Small | None = None
    """``scores``: state and final score of every node, the overall last."""
    score: Columns | None = None
    raw: Columns | None = None
    """``raw``: score of every node before caps; missing where the final one is."""
    overall_state: Small | None = None
    """``overall``: state and final score of the overall alone, one element a world."""
    overall: Columns | None = None
    at_least: Small | None = None
    """``phase``: numbers of the phases attained at least and at most, one element a world."""
    at_most: Small | None = None
    fired: Truths | None = None
    """``rules``: whether each rule fires, and whether open inputs leave it undetermined."""
    undetermined: Truths | None = None
    coverage: NDArray[np.int32] | None = None
    """``coverage``: of every node."""
    evidenced: Columns | None = None
    """``evidenced``: evidenced score of every node, and whether it has one."""
    has_evidenced: Truths | None = None
    profile: NDArray[np.int32] | None = None
    """``profile``: node, class, world; the row of a node without any level is all 0.  None for
    rubrics without a profile."""
    sure: Truths | None = None
    """``expressions``: where each expression that is a truth is surely true, surely false."""
    false: Truths | None = None

    @staticmethod
    def empty(program: Program, wanted: frozenset[Wanted], count: int) -> Results:
        """Room for what is wanted, in one piece: large pages make its first use quicker."""
        shapes = {
            "leaf": (len(program.leaves), count), "node": (len(program.nodes), count),
            "rule": (len(program.rules), count), "expr": (len(program.exprs), count),
            "class": (len(program.nodes), len(program.phase_ids) + 1, count), "world": (count,),
        }  # fmt: skip
        rooms = [
            (name, shapes[row], np.dtype(kind))
            for name, (want, row, kind) in _ROOM.items()
            if want in wanted and (want != "profile" or has_profile(program))
        ]
        results = Results(count)
        piece = np.empty(sum(prod(shape) * kind.itemsize for _, shape, kind in rooms), np.uint8)
        start = 0
        for name, shape, kind in sorted(rooms, key=lambda room: -room[2].itemsize):
            stop = start + prod(shape) * kind.itemsize
            setattr(results, name, piece[start:stop].view(kind).reshape(shape))
            start = stop
        results._clear(program)
        return results

    def _clear(self, program: Program) -> None:
        """Zeros in the rows that no step writes."""
        for rows in (self.sure, self.false):
            if rows is not None:
                rows[:] = False
        unasked = [r for r, rule in enumerate(program.rules) if rule.truth is None]
        if self.fired is not None and self.undetermined is not None:
            self.fired[unasked] = self.undetermined[unasked] = False
        if not program.rubric.evidence_ceilings:
            for unread in (self.evidenced, self.has_evidenced):
                if unread is not None:
                    unread[:] = 0


_ROOM: dict[str, tuple[Wanted, str, Any]] = {
    "leaf_state": ("levels", "leaf", np.int8), "leaf_raw": ("levels", "leaf", np.int64),
    "leaf_level": ("levels", "leaf", np.int64), "node_state": ("scores", "node", np.int8),
    "score": ("scores", "node", np.int64), "raw": ("raw", "node", np.int64),
    "overall_state": ("overall", "world", np.int8), "overall": ("overall", "world", np.int64),
    "at_least": ("phase", "world", np.int8), "at_most": ("phase", "world", np.int8),
    "fired": ("rules", "rule", np.bool_), "undetermined": ("rules", "rule", np.bool_),
    "coverage": ("coverage", "node", np.int32), "evidenced": ("evidenced", "node", np.int64),
    "has_evidenced": ("evidenced", "node", np.bool_), "sure": ("expressions", "expr", np.bool_),
    "false": ("expressions", "expr", np.bool_), "profile": ("profile", "class", np.int32),
}  # fmt: skip

Writer = Callable[[Any, Run, Results], None]
"""Writes what a step's cell holds into the rows of its block."""


Output = tuple[Item, Writer]


def outputs(program: Program, wanted: frozenset[Wanted]) -> Iterator[Output]:
    """For everything wanted the step that gives it, and what writes it out."""
    for want in sorted(wanted):
        yield from _OUTPUTS[want](program)


def _of_leaves(program: Program) -> Iterator[Output]:
    for i in range(len(program.leaves)):
        yield ("asked", i), _rows("leaf_raw", i, lambda cell: cell.value)
        yield ("leaf", i), _rows("leaf_level", i, lambda cell: cell.value)
        yield ("leaf", i), _rows("leaf_state", i, lambda cell: cell.state)


def _of_nodes(
    kind: Kind, writers: Callable[[int], Sequence[Writer]]
) -> Callable[[Program], Iterator[Output]]:
    def of_nodes(program: Program) -> Iterator[Output]:
        for i in range(len(program.nodes)):
            yield from (((kind, i), writer) for writer in writers(i))

    return of_nodes


def _of_overall(program: Program) -> Iterator[Output]:
    last = len(program.nodes) - 1
    yield ("node", last), _rows("overall", ..., lambda cell: cell.value)
    yield ("node", last), _node_state("overall_state", ...)


def _of_phase(_program: Program) -> Iterator[Output]:
    yield ("phase", 0), _rows("at_least", ..., lambda cell: cell[0])
    yield ("phase", 0), _rows("at_most", ..., lambda cell: cell[1])


def _of_rules(program: Program) -> Iterator[Output]:
    for r, rule in enumerate(program.rules):
        if rule.truth is not None:
            yield ("expr", rule.truth), _rule(r)


def _of_expressions(program: Program) -> Iterator[Output]:
    for e, expr in enumerate(program.exprs):
        if expr.type == "truth":
            yield ("expr", e), _rows("sure", e, lambda cell: cell[0])
            yield ("expr", e), _rows("false", e, lambda cell: cell[1])


def _rows(name: str, row: Any, read: Callable[[Any], Any]) -> Writer:  # noqa: ANN401 - index or …
    def write(cell: Any, run: Run, results: Results) -> None:  # noqa: ANN401 - by the step
        getattr(results, name)[row, run.start : run.stop] = read(cell)

    return write


def _node_state(name: str, row: Any) -> Writer:  # noqa: ANN401 - index or …
    def write(cell: Node, run: Run, results: Results) -> None:
        state = getattr(results, name)[row, run.start : run.stop]
        np.logical_not(cell.scored, out=state.view(np.bool_))
        if cell.applies is not TRUE:
            state[np.broadcast_to(~cell.applies, state.shape)] = State.NOT_ASKED
            state[np.broadcast_to(cell.not_applicable, state.shape)] = State.NOT_APPLICABLE
        if cell.failed is not FALSE:
            state[np.broadcast_to(cell.failed, state.shape)] = State.FAILED

    return write


def _profile(i: int) -> Writer:
    def write(cell: Rows, run: Run, results: Results) -> None:
        assert results.profile is not None  # noqa: S101 - made because it is wanted
        results.profile[i, :, run.start : run.stop] = cell.classes

    return write


def _rule(r: int) -> Writer:
    def write(cell: Truth, run: Run, results: Results) -> None:
        assert results.fired is not None  # noqa: S101 - made because it is wanted
        assert results.undetermined is not None  # noqa: S101
        sure, false = cell
        results.fired[r, run.start : run.stop] = sure
        np.equal(sure, false, out=results.undetermined[r, run.start : run.stop])

    return write


_OUTPUTS: dict[Wanted, Callable[[Program], Iterator[Output]]] = {
    "levels": _of_leaves,
    "scores": _of_nodes(
        "node", lambda i: (_rows("score", i, lambda cell: cell.value), _node_state("node_state", i))
    ),
    "raw": _of_nodes("raw", lambda i: (_rows("raw", i, lambda cell: cell.raw),)),
    "overall": _of_overall,
    "phase": _of_phase,
    "rules": _of_rules,
    "coverage": _of_nodes(
        "raw", lambda i: (_rows("coverage", i, lambda cell: cell.coverage.millionths()),)
    ),
    "evidenced": _of_nodes(
        "node_e",
        lambda i: (
            _rows("evidenced", i, lambda cell: cell.value),
            _rows("has_evidenced", i, lambda cell: cell.has),
        ),
    ),
    "profile": _of_nodes("profile", lambda i: (_profile(i),)),
    "expressions": _of_expressions,
}
