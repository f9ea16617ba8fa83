"""Worlds by lot, the same on every machine: what a rubric is tried on where nothing can be proved.

Every subject (an indicator, a fact, a figure) has a stream of raw 64-bit integers of its own,
keyed by the seed, the block and its name, and mapped by integer arithmetic only; so another rubric
line changes no other subject's answers.  Worlds have a mood, from bad to good, that most answers
follow: without one all means would lie in the middle and no last phase would ever be met.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns import Worlds
from cxmaturity.engine.effects import effects_of
from cxmaturity.engine.inputs import empty_world, read_rating
from cxmaturity.engine.program import FactInput, Leaf, Program, State, World

BLOCK = 10_000
"""Worlds a block."""
_MOODS = 1_024
_STEPS_OF_A_RANGE = 9
"""Where answers cannot be listed, so many values of the range are tried."""
_VALUE, _UNANSWERED = int(State.VALUE), int(State.UNANSWERED)
_NOT_APPLICABLE = int(State.NOT_APPLICABLE)

Numbers = NDArray[np.int64]


def draws(seed: int, subject: str, count: int) -> NDArray[np.uint64]:
    """Raw 64-bit integers of a subject's own stream."""
    digest = hashlib.sha256(f"{seed}/{subject}".encode()).digest()
    key = np.frombuffer(digest[:16], dtype="<u8").astype(np.uint64)
    return np.asarray(np.random.Philox(key=key).random_raw(count), np.uint64)


def below(raw: NDArray[np.uint64], bound: int, *, part: int = 0) -> Numbers:
    """Whole numbers from 0 to below a bound (at most 2³²), from one half of each raw integer."""
    half = (raw >> np.uint64(32 if part else 0)) & np.uint64(0xFFFFFFFF)
    return ((half * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws worlds for a program, block by block."""

    program: Program
    seed: int
    levels: tuple[tuple[tuple[int, int], ...], ...] = field(init=False)
    """For every indicator the (state, level) that its answers can give, the lowest level first."""
    wanted: dict[int, Any] = field(init=False)
    """Values of facts as the actions leave them."""
    numbers: tuple[Numbers, ...] = field(init=False)
    """For every fact that is a number the values worth trying."""

    def __post_init__(self) -> None:
        program = self.program
        object.__setattr__(self, "levels", tuple(levels_of(leaf) for leaf in program.leaves))
        effects = effects_of(program).values()
        wanted = {j: value for effect in effects for j, _, value in effect.facts}
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "numbers", tuple(_numbers(program)))

    def blocks(self, count: int) -> Iterator[Worlds]:
        """So many worlds, at most :data:`BLOCK` at a time."""
        for number, start in enumerate(range(0, count, BLOCK)):
            yield self.block(number, min(BLOCK, count - start))

    def block(self, number: int, count: int) -> Worlds:
        """The worlds of one block."""

        def raw(subject: str) -> NDArray[np.uint64]:
            return draws(self.seed, f"{number}/{subject}", count)

        worlds = Worlds.repeated(empty_world(self.program), count)
        first, second = raw("mood"), raw("openness")
        mood = _Mood(
            below(first, _MOODS),
            below(first, 4, part=1) > 0,
            _OPENNESS[below(second, len(_OPENNESS))],
        )
        moods: dict[str, Numbers] = {}
        for i, leaf in enumerate(self.program.leaves):
            dimension = leaf.path.partition(".")[0]
            if dimension not in moods:
                moods[dimension] = mood.shifted(raw(f"mood {dimension}"))
            self._leaf(worlds, i, mood, moods[dimension], raw)
        for j, fact in enumerate(self.program.facts):
            state = _fact_state(fact, mood, raw(f"open fact.{fact.id}"))
            worlds.fact_state[j] = state  # type: ignore[index]
            values = self._values(j, mood, raw(f"fact.{fact.id}"))
            if values is not None:
                worlds.fact_value[j] = _known(fact, values, state)  # type: ignore[index]
        worlds.figures = dict(_figures(self.program, raw))
        return worlds

    def _leaf(self, worlds: Worlds, i: int, mood: _Mood, own: Numbers, raw: Any) -> None:  # noqa: ANN401
        path = self.program.leaves[i].path
        first, second = raw(path), raw(f"open {path}")
        choices = np.array(self.levels[i], np.int64)
        near = _clipped(own + below(first, 401) - 200)
        place = np.where(mood.counts, near, below(first, _MOODS, part=1))
        chosen = choices[place * len(choices) >> 10]
        state = _with_open(chosen[:, 0], mood, second)
        worlds.leaf_state[i] = state  # type: ignore[index]
        worlds.leaf_level[i] = np.where(state == _VALUE, chosen[:, 1], 0)  # type: ignore[index]
        grade = _clipped(mood.of_world + below(second, 1_025, part=1) - 512)
        worlds.grade[i] = (grade * 3 >> 10).astype(np.int8)  # type: ignore[index]

    def _values(self, j: int, mood: _Mood, raw: NDArray[np.uint64]) -> NDArray[Any] | None:
        """Values of a fact; in good worlds often what the actions make of it.  Words have none."""
        domain = self.program.facts[j].domain
        values: NDArray[Any]
        if domain.type == "text":
            return None
        if domain.type == "truth":
            values = below(raw, 2) == 1
        elif domain.type == "option":
            values = below(raw, len(domain.options))
        elif domain.type == "options":
            values = _sets(raw, len(domain.options))
        else:
            values = self.numbers[j][below(raw, len(self.numbers[j]))]
        if j not in self.wanted:
            return values
        good = below(raw, _MOODS, part=1) < mood.of_world
        return np.where(good, self.wanted[j], values)


@dataclass(frozen=True, slots=True)
class _Mood:
    of_world: Numbers
    counts: NDArray[np.bool_]
    """False where answers are drawn without any mood."""
    openness: Numbers
    """Of 256, how often an answer is missing."""

    def shifted(self, raw: NDArray[np.uint64]) -> Numbers:
        """The mood of one dimension in each world."""
        return _clipped(self.of_world + below(raw, 401) - 200)


def _clipped(moods: Numbers) -> Numbers:
    return np.asarray(np.clip(moods, 0, _MOODS - 1), np.int64)


_OPENNESS = np.array([0, 0, 0, 0, 8, 32, 128, 224], np.int64)
_MISSING = np.array([_UNANSWERED] * 5 + [int(State.UNKNOWN)] * 2 + [_NOT_APPLICABLE], np.int8)


def _with_open(state: Numbers, mood: _Mood, raw: NDArray[np.uint64]) -> NDArray[np.int8]:
    missing = below(raw, 256) < mood.openness
    which = (raw & np.uint64(7)).astype(np.int64)
    return np.where(missing, _MISSING[which], state.astype(np.int8))


def levels_of(leaf: Leaf) -> tuple[tuple[int, int], ...]:
    """The (state, level) pairs that an indicator's answers can give, the lowest level first."""
    domain = leaf.kind.domain(leaf.settings, leaf.scale)
    found = {read_rating(leaf, _as_written(raw)) for raw in domain.finite}
    if not found:
        found = {(_VALUE, level) for level in _spread(*leaf.levels)}
    return tuple(sorted(found, key=lambda pair: (pair[0] != _VALUE, pair[1])))


def _as_written(raw: object) -> object:
    return list(raw) if isinstance(raw, tuple) else raw


def _spread(low: int, high: int) -> list[int]:
    parts = _STEPS_OF_A_RANGE - 1
    return sorted({low + (high - low) * n // parts for n in range(parts + 1)})


# facts and figures --------------------------------------------------------------------------------


def _fact_state(fact: FactInput, mood: _Mood, raw: NDArray[np.uint64]) -> NDArray[np.int8]:
    state = _with_open(np.zeros(len(raw), np.int64), mood, raw)
    if fact.if_not_applicable is not None:
        state[state == _NOT_APPLICABLE] = _UNANSWERED
    return state


def _known(fact: FactInput, values: NDArray[Any], state: NDArray[np.int8]) -> NDArray[Any]:
    """The values, and 0 where there is none."""
    known = np.where(state == _VALUE, values, 0)
    return known.astype(np.bool_ if fact.domain.type == "truth" else np.int64)


def _sets(raw: NDArray[np.uint64], options: int) -> Numbers:
    """Sets of options: any, few, or a single one."""
    every = np.uint64((1 << options) - 1)
    any_of_them = (raw >> np.uint64(4)) & every
    few = any_of_them & (raw >> np.uint64(64 - max(options, 1)))
    single = np.uint64(1) << below(raw, options, part=1).astype(np.uint64)
    kind = (raw & np.uint64(3)).astype(np.int64)
    return np.choose(kind, [any_of_them, any_of_them, few & every, single]).astype(np.int64)


def _numbers(program: Program) -> Iterator[Numbers]:
    """For every fact the values around which rules change, and some between."""
    near = _thresholds(program, "fact")
    for j, fact in enumerate(program.facts):
        low, high = fact.domain.range
        if fact.domain.finite and fact.kind.name == "ladder":
            yield np.array(_spread_whole(low, high), np.int64)
            continue
        values = {*_spread(low, high), *near.get(j, ())}
        yield np.array(sorted(v for v in values if low <= v <= high) or [low], np.int64)


def _spread_whole(low: int, high: int) -> list[int]:
    return list(range(low, high + 1, 1_000_000))


def _thresholds(program: Program, op: str) -> dict[Any, set[int]]:
    """For every input read by an operation the constants it is compared with, and their sides."""
    found: dict[Any, set[int]] = {}
    for expr in program.exprs:
        if expr.op != "compare":
            continue
        constants = [
            bound
            for arg in expr.args
            if program.exprs[arg].op == "number"
            and isinstance(bound := program.exprs[arg].data, int)
        ]
        for read in _reads(program, expr.args, op):
            for bound in constants:
                found.setdefault(read, set()).update(
                    (bound - 1_000_000, bound - 1, bound, bound + 1)
                )
    return found


def _reads(program: Program, args: tuple[int, ...], op: str) -> Iterator[Any]:
    for arg in args:
        expr = program.exprs[arg]
        if expr.op == op:
            yield expr.data
        yield from _reads(program, expr.args, op)


def _figures(program: Program, raw: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Figures from people and data: there in half of the worlds."""
    near = _thresholds(program, "figure")
    for expr in program.exprs:
        if expr.op != "figure":
            continue
        key = str(expr.data)
        first = raw(key)
        has = below(first, 2, part=1) == 1
        if expr.type == "truth":
            yield key, (has & (below(first, 2) == 1), has)
            continue
        low, high = expr.range
        values = {*_spread(low, high), *near.get(expr.data, ())}
        known = np.array(sorted(v for v in values if low <= v <= high), np.int64)
        yield key, (np.where(has, known[below(first, len(known))], 0), has)


# one world of many --------------------------------------------------------------------------------


def world_at(program: Program, worlds: Worlds, number: int) -> World:
    """One of the drawn worlds, for the scalar evaluator."""

    def entry(value: Any) -> Any:  # noqa: ANN401 - plain or a column
        return value[number].item() if isinstance(value, np.ndarray) else value

    world = empty_world(program)
    world.leaf_state = [entry(state) for state in worlds.leaf_state]
    world.leaf_level = [entry(level) for level in worlds.leaf_level]
    world.fact_state = [entry(state) for state in worlds.fact_state]
    world.fact_value = [
        entry(value) if state == _VALUE else None
        for state, value in zip(world.fact_state, worlds.fact_value, strict=True)
    ]
    world.grade = [entry(grade) for grade in worlds.grade]
    world.figures = {
        key: value[0][number].item() if value[1][number] else None
        for key, value in worlds.figures.items()
    }
    return world
