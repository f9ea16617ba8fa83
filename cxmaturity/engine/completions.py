"""Exact bounds where few completions of the open answers remain: all of them are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
    """Least and greatest values seen, of what the open inputs can change."""

    leaves: dict[int, tuple[int, int] | None]
    nodes: dict[int, tuple[int, int] | None]
    phase: tuple[int, int] | None = None

    def see(self, run: Run) -> None:
        for spans, values in ((self.leaves, run.leaf_final), (self.nodes, run.node_final)):
            for index, span in spans.items():
                value = values[index]
                if value is None:
                    continue
                if span is None:
                    spans[index] = value, value
                elif not span[0] <= value <= span[1]:
                    spans[index] = min(span[0], value), max(span[1], value)
        low, high = self.phase or (run.at_least, run.at_least)
        self.phase = min(low, run.at_least), max(high, run.at_least)


def _enumerated(program: Program, world: World, choices: list[_Choice]) -> Bounds:
    changing = world.copy()
    run = evaluate(program, changing)
    again = [_again(program, choices[first:]) for first in range(len(choices))]
    changed = {program.steps[place] for place in again[0]} if again else set()
    seen = _Extremes(
        {i: None for kind, i in changed if kind == "leaf"},
        {i: None for kind, i in changed if kind == "node"},
    )
    steps = [steps_at(program, places) for places in again]
    for first in _odometer(changing, choices):
        if steps:
            reevaluate(run, steps[first])
        seen.see(run)
    return Bounds(
        tuple(_span(seen.leaves, i, value) for i, value in enumerate(run.leaf_final)),
        tuple(_span(seen.nodes, i, value) for i, value in enumerate(run.node_final)),
        seen.phase or (run.at_least, run.at_least),
    )


def _again(program: Program, choices: list[_Choice]) -> list[int]:
    """The steps to run again when these inputs change."""
    needed = scores_and_phase(program)
    return [p for p in touched(program, {choice.place for choice in choices}) if p in needed]


def _odometer(world: World, choices: list[_Choice]) -> Iterator[int]:
    """Every combination put into the world, each time the first input that changed.

    The last input turns fastest, so that most combinations change little.
    """
    at = [0] * len(choices)
    for choice in choices:
        choice.ways[0](world)
    yield 0
    while True:
        turning = len(choices) - 1
        while turning >= 0 and at[turning] + 1 == len(choices[turning].ways):
            at[turning] = 0
            choices[turning].ways[0](world)
            turning -= 1
        if turning < 0:
            return
        at[turning] += 1
        choices[turning].ways[at[turning]](world)
        yield turning


def _span(
    seen: Mapping[int, tuple[int, int] | None], index: int, value: int | None
) -> tuple[int, int] | None:
    if index in seen:
        return seen[index]
    return None if value is None else (value, value)
