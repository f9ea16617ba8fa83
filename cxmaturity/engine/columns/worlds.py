"""Many worlds as columns: the inputs of the column evaluator.

What is the same in all worlds is stored once.  A column of levels or values holds 0 (or false)
where there is no value: sums and comparisons rely on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.values import Column
from cxmaturity.engine.program import Program, State, World
from cxmaturity.errors import InputError, Problem, Where

States = NDArray[np.int8]


@dataclass(slots=True)
class Worlds:
    """Inputs of ``count`` worlds, by index as in :class:`~cxmaturity.engine.program.World`.

    Each entry is a column of ``count`` elements, or one plain value for all worlds.  Columns of
    levels, numbers, options (their numbers), sets of options (bit masks), targets and weights are
    int64, those of truths are bool, states and grades int8.  A figure is one value for all worlds,
    or a pair: its column, and the mask of the worlds that have it.
    """

    count: int
    leaf_state: Sequence[States | int]
    leaf_level: Sequence[Column | int]
    fact_value: Sequence[Any]
    fact_state: Sequence[States | int]
    grade: Sequence[States | int]
    leaf_target: Sequence[Column | int | None]
    """A column holds the level that `full` would fill in worlds without a target."""
    node_target: Sequence[Column | int | None]
    weights: Sequence[Sequence[Column | int]]
    figures: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def repeated(world: World, count: int) -> Worlds:
        """The same world ``count`` times; replace entries by columns where worlds differ."""
        return Worlds(
            count, list(world.leaf_state), list(world.leaf_level), list(world.fact_value),
            list(world.fact_state), list(world.grade), list(world.leaf_target),
            list(world.node_target), [list(weights) for weights in world.weights],
            dict(world.figures),
        )  # fmt: skip

    @staticmethod
    def of(program: Program, worlds: Sequence[World]) -> Worlds:
        """Single worlds side by side."""

        def side_by_side(name: str, kind: type[np.generic]) -> list[Any]:
            return [_column(entry, kind) for entry in _across(worlds, name)]

        leaf_full, node_full = _full_levels(program)
        return Worlds(
            len(worlds),
            side_by_side("leaf_state", np.int8),
            side_by_side("leaf_level", np.int64),
            [_values(entry) for entry in _across(worlds, "fact_value")],
            side_by_side("fact_state", np.int8),
            side_by_side("grade", np.int8),
            [
                _targets(*each)
                for each in zip(_across(worlds, "leaf_target"), leaf_full, strict=True)
            ],
            [
                _targets(*each)
                for each in zip(_across(worlds, "node_target"), node_full, strict=True)
            ],
            [_weights(worlds, node) for node in range(len(program.nodes))],
            _figures(worlds),
        )

    def check(self, program: Program) -> None:
        """Raise InputError with every column that breaks what the evaluator relies on.

        For columns that come from outside; :func:`cxmaturity.engine.columns.evaluate` itself only
        checks shapes, types and weights.
        """
        problems = list(_shape_problems(self, program))
        if not problems:
            problems = [*_level_problems(self, program), *_value_problems(self, program)]
        if problems:
            raise InputError(problems)

    def check_shapes(self, program: Program) -> None:
        """Raise InputError with every column of another length, type or number of columns."""
        problems = list(_shape_problems(self, program))
        if problems:
            raise InputError(problems)


# side by side -----------------------------------------------------------------------------------


def _across(worlds: Sequence[World], name: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(getattr(world, name) for world in worlds), strict=True)


def _column(entries: Sequence[Any], kind: type[np.generic]) -> Any:  # noqa: ANN401 - plain or column
    first = entries[0]
    same = all(entry == first for entry in entries)
    return first if same else np.array(entries, kind)


def _values(entries: Sequence[Any]) -> Any:  # noqa: ANN401 - by the fact's domain
    """Values of a fact; words are nothing a rule can read, so they are left out."""
    known = [entry for entry in entries if entry is not None]
    if not known or isinstance(known[0], str):
        return None
    if isinstance(known[0], bool):
        return _column([bool(entry) for entry in entries], np.bool_)
    return _column([entry or 0 for entry in entries], np.int64)


def _targets(entries: Sequence[int | None], full: int) -> Any:  # noqa: ANN401 - plain or column
    if all(entry is None for entry in entries):
        return None
    return _column([full if entry is None else entry for entry in entries], np.int64)


def _weights(worlds: Sequence[World], node: int) -> list[Any]:
    return [
        _column(entry, np.int64) for entry in zip(*(w.weights[node] for w in worlds), strict=True)
    ]


def _full_levels(program: Program) -> tuple[list[int], list[int]]:
    """What `full` fills, for every indicator and every node as a part."""
    leaves, nodes = [0] * len(program.leaves), [0] * len(program.nodes)
    for node in program.nodes:
        for ref in node.refs:
            (leaves if ref.is_leaf else nodes)[ref.index] = ref.fills.full
    return leaves, nodes


def _figures(worlds: Sequence[World]) -> dict[str, Any]:
    keys = dict.fromkeys(key for world in worlds for key in world.figures)
    return {key: _figure([world.figures.get(key) for world in worlds]) for key in keys}


def _figure(entries: Sequence[Any]) -> Any:  # noqa: ANN401 - plain, or a pair of columns
    if all(entry == entries[0] for entry in entries):
        return entries[0]
    has = np.array([entry is not None for entry in entries], np.bool_)
    truths = any(isinstance(entry, bool) for entry in entries)
    return np.array([entry or 0 for entry in entries], np.bool_ if truths else np.int64), has


# checks -----------------------------------------------------------------------------------------


def _problem(code: str, key: str, what: str, **values: object) -> Problem:
    return Problem(code, what, Where(key=key), "", values)


def _shape_problems(worlds: Worlds, program: Program) -> Iterator[Problem]:
    leaves = [leaf.path for leaf in program.leaves]
    facts = [fact.id for fact in program.facts]
    nodes = [node.id for node in program.nodes]
    truths = [fact.domain.type == "truth" for fact in program.facts]
    fact_types = [np.bool_ if truth else np.int64 for truth in truths]
    whole: list[tuple[str, Sequence[Any], list[str], Any]] = [
        ("leaf_state", worlds.leaf_state, leaves, np.int8),
        ("leaf_level", worlds.leaf_level, leaves, np.int64),
        ("fact_value", worlds.fact_value, facts, fact_types),
        ("fact_state", worlds.fact_state, facts, np.int8),
        ("grade", worlds.grade, leaves, np.int8),
        ("leaf_target", worlds.leaf_target, leaves, np.int64),
        ("node_target", worlds.node_target, nodes, np.int64),
        *(
            (f"weights.{node.id}", entry, [ref.part.id for ref in node.refs], np.int64)
            for node, entry in zip(program.nodes, worlds.weights, strict=False)
        ),
    ]
    if len(worlds.weights) != len(nodes):
        whole.append(("weights", worlds.weights, nodes, np.int64))
    for name, entries, ids, kinds in whole:
        if len(entries) != len(ids):
            what = "{found} entries, {needed} are needed"
            yield _problem("bad_column", name, what, found=len(entries), needed=len(ids))
            continue
        each = kinds if isinstance(kinds, list) else [kinds] * len(ids)
        for key, entry, kind in zip(ids, entries, each, strict=True):
            if isinstance(entry, np.ndarray) and (
                entry.shape != (worlds.count,) or entry.dtype != kind
            ):
                what = "a column of {shape} {found}, {needed} {kind} are needed"
                yield _problem(
                    "bad_column", f"{name}.{key}", what, shape=entry.shape, found=entry.dtype.name,
                    needed=worlds.count, kind=np.dtype(kind).name,
                )  # fmt: skip


def _level_problems(worlds: Worlds, program: Program) -> Iterator[Problem]:
    for i, leaf in enumerate(program.leaves):
        state, level = np.asarray(worlds.leaf_state[i]), np.asarray(worlds.leaf_level[i])
        low, high = leaf.levels
        valued = state == State.VALUE
        if np.any(valued & ((level < low) | (level > high))):
            what = "levels lie between {low} and {high} millionths"
            yield _problem("bad_level", leaf.path, what, low=low, high=high)
        if level.ndim and np.any(~valued & (level != 0)):
            yield _problem("bad_level", leaf.path, "a level is 0 where there is no value")
        if np.any((state < 0) | (state > max(State))):
            yield _problem(
                "bad_state", leaf.path, "states lie between 0 and {most}", most=max(State)
            )
        grade = np.asarray(worlds.grade[i])
        if np.any((grade < 0) | (grade > 2)):
            yield _problem("bad_grade", leaf.path, "grades lie between 0 and 2")


def _value_problems(worlds: Worlds, program: Program) -> Iterator[Problem]:
    for j, fact in enumerate(program.facts):
        key, domain = f"fact.{fact.id}", fact.domain
        state, value = np.asarray(worlds.fact_state[j]), worlds.fact_value[j]
        if np.any((state < 0) | (state > max(State))):
            yield _problem("bad_state", key, "states lie between 0 and {most}", most=max(State))
        if value is None or domain.type in ("truth", "text"):
            low, high = 0, 1
        elif domain.type == "number":
            low, high = domain.range
        else:
            count = len(domain.options)
            low, high = 0, count - 1 if domain.type == "option" else (1 << count) - 1
        if value is None or isinstance(value, str):
            continue
        column, valued = np.asarray(value), state == State.VALUE
        if np.any(valued & ((column < low) | (column > high))):
            yield _problem(
                "bad_value", key, "values lie between {low} and {high}", low=low, high=high
            )
        if column.ndim and np.any(~valued & (column != 0)):
            yield _problem("bad_value", key, "a value is 0 where there is none")
