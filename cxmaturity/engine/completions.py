"""Exact bounds where few completions of the open answers remain: all of them are tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod

from cxmaturity.engine.bounds import Bounds, bounds
from cxmaturity.engine.dependence import places, scores_and_phase, steps_at, touched
from cxmaturity.engine.inputs import read_fact, read_rating
from cxmaturity.engine.program import OPEN_STATES, Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate, reevaluate
from cxmaturity.errors import PluginError

MOST = 4_096
Put = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One open input: every way to answer it, and the step that reads it."""

    ways: tuple[Put, ...]
    place: int


def best_bounds(program: Program, world: World) -> Bounds:
    """Exact bounds where at most 4,096 completions remain, else those of the interval run."""
    try:
        choices = _choices(program, world)
    except PluginError:
        choices = None
    if choices is None or prod(len(choice.ways) for choice in choices) > MOST:
        return bounds(program, world)
    return _enumerated(program, world, choices)


def _choices(program: Program, world: World) -> list[_Choice] | None:
    """The open inputs that matter; None when one of them cannot be enumerated."""
    at = places(program)
    needed = scores_and_phase(program)
    found: list[_Choice] = []
    for i, state in enumerate(world.leaf_state):
        if state not in OPEN_STATES:
            continue
        leaf = program.leaves[i]
        finite = leaf.kind.domain(leaf.settings, leaf.scale).finite
        if not finite:
            return None
        levels = sorted({read_rating(leaf, raw) for raw in finite})
        place = at["asked", i]
        found.append(_Choice(tuple(_level(i, *level) for level in levels), place))
        if any(expr.op == "graded" and expr.data[0] == i for expr in program.exprs):  # type: ignore[index]
            found.append(_Choice(tuple(_grade(i, grade) for grade in range(3)), place))
    for j, state in enumerate(world.fact_state):
        place = at["fact", j]
        if state not in OPEN_STATES or needed.isdisjoint(touched(program, [place])):
            continue
        fact = program.facts[j]
        if not fact.domain.finite or fact.domain.type == "number":
            return None
        values = [read_fact(fact, raw)[1] for raw in fact.domain.finite]
        found.append(_Choice(tuple(_value(j, value) for value in values), place))
    return found


def _level(i: int, state: int, level: int) -> Put:
    def put(world: World) -> None:
        world.leaf_state[i], world.leaf_level[i] = state, level

    return put


def _grade(i: int, grade: int) -> Put:
    def put(world: World) -> None:
        world.grade[i] = grade

    return put


def _value(j: int, value: object) -> Put:
    def put(world: World) -> None:
        world.fact_state[j], world.fact_value[j] = int(State.VALUE), value

    return put


@dataclass(slots=True)
class _Extremes:
    """Least and greatest values seen."""

    leaves: list[tuple[int, int] | None]
    nodes: list[tuple[int, int] | None]
    phase: tuple[int, int] | None = None

    def see(self, run: Run) -> None:
        self.leaves = [_wider(*pair) for pair in zip(self.leaves, run.leaf_final, strict=True)]
        self.nodes = [_wider(*pair) for pair in zip(self.nodes, run.node_final, strict=True)]
        low, high = self.phase or (run.at_least, run.at_least)
        self.phase = min(low, run.at_least), max(high, run.at_least)


def _wider(span: tuple[int, int] | None, value: int | None) -> tuple[int, int] | None:
    if value is None:
        return span
    return (value, value) if span is None else (min(span[0], value), max(span[1], value))


def _enumerated(program: Program, world: World, choices: list[_Choice]) -> Bounds:
    changing = world.copy()
    run = evaluate(program, changing)
    needed = scores_and_phase(program)
    again = [p for p in touched(program, {c.place for c in choices}) if p in needed]
    steps = steps_at(program, again)
    seen = _Extremes([None] * len(program.leaves), [None] * len(program.nodes))
    for ways in product(*(choice.ways for choice in choices)):
        for put in ways:
            put(changing)
        reevaluate(run, steps)
        seen.see(run)
    return Bounds(tuple(seen.leaves), tuple(seen.nodes), seen.phase or (0, 0))
