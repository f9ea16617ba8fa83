"""The laws of scoring methods, tried on drawn examples.

A method that breaks one would make scores that depend on the order of a file, differ between one
world and many, or fall when an answer rises.  Each broken law is told once, with its example.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from cxmaturity.hookspecs import Combiner, Part, PartColumns, Parts, Points
from cxmaturity.model.exact import MILLION
from cxmaturity.testing.examples import SCALE, TRIES, drawing, number, require, told


def check_combiner(
    combiner: Combiner,
    parts: Parts | None = None,
    *,
    settings: Mapping[str, object] | None = None,
    weights_scale: bool = True,
) -> None:
    """Raise AssertionError with every law that :func:`combiner_faults` finds broken."""
    require(combiner.name, combiner_faults(combiner, parts, settings, weights_scale=weights_scale))


def combiner_faults(
    combiner: Combiner,
    parts: Parts | None = None,
    settings: Mapping[str, object] | None = None,
    *,
    weights_scale: bool = True,
) -> tuple[str, ...]:
    """Which laws a scoring method breaks, with an example of each; empty when none.

    Results are whole numbers within the range it states; a higher part never lowers the value (if
    it says so); the order of the parts does not matter, nor do weights that are all multiplied
    (``weights_scale=False`` for a method that adds up); what it is given stays as it was; columns
    give the same.  ``parts`` are those to try it on (default: four on the scale 0…4).
    """
    chosen = parts or Parts(tuple(Part(f"part{n}", SCALE) for n in range(4)), SCALE)
    if chosen.settings is None:
        given = combiner.settings.model_validate(settings or {})
        chosen = Parts(chosen.parts, chosen.scale, given, chosen.weights_per_one)
    draw = drawing()
    worlds = [_world(chosen, draw) for _ in range(TRIES)]
    laws = [_stays_in_range, _gives_the_same_for_any_order, _leaves_what_it_is_given]
    laws += [_never_falls] if combiner.monotone else []
    laws += [_weighs_by_proportion] if weights_scale else []
    faults = [fault for law in laws if (fault := _first(law, combiner, chosen, worlds))]
    columns = told(lambda: _columns_differ(combiner, chosen, worlds))
    return tuple(filter(None, (*combiner.check(chosen), *faults, columns)))


# the laws -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _World:
    """One example: what a method gets of its parts."""

    values: list[int | None]
    weights: list[int]
    applies: list[bool]

    def __str__(self) -> str:
        return f"values {self.values}, weights {self.weights}"


Law = Callable[[Combiner, Parts, _World, random.Random], str]


def _world(parts: Parts, draw: random.Random) -> _World:
    values = [None if draw.random() < 0.2 else number(draw, part.scale) for part in parts.parts]
    sure = draw.randrange(len(values))
    values[sure] = number(draw, parts.parts[sure].scale)
    weights = [0 if draw.random() < 0.1 else draw.randint(1, 5) for _ in values]
    weights[sure] = draw.randint(1, 5)
    return _World(values, weights, [value is not None or draw.random() < 0.5 for value in values])


def _value(combiner: Combiner, parts: Parts, world: _World) -> int | None:
    if combiner.scalar is not None:
        return combiner.scalar(parts, world.values, world.weights, world.applies)
    assert combiner.points is not None and combiner.of_points is not None  # noqa: S101, PT018 - one of both
    points = combiner.points(parts, world.values, _points(parts, world), world.weights)
    return combiner.of_points(parts, points)


def _points(parts: Parts, world: _World) -> list[Points | None]:
    return [
        None if v is None else (v * p.points_per_millionth, p.scale[1] * p.points_per_millionth)
        for v, p in zip(world.values, parts.parts, strict=True)
    ]


def _first(law: Law, combiner: Combiner, parts: Parts, worlds: Sequence[_World]) -> str:
    draw = drawing(2)
    found = (told(partial(law, combiner, parts, world, draw)) for world in copy.deepcopy(worlds))
    return next(filter(None, found), "")


def _stays_in_range(combiner: Combiner, parts: Parts, world: _World, _draw: random.Random) -> str:
    value = _value(combiner, parts, world)
    if value is None:
        return ""
    if type(value) is not int:
        return f"the value is to be a whole number of millionths, not {value!r} ({world})"
    whole = (0, MILLION)
    ends = [whole if combiner.takes_points else part.scale for part in parts.parts]
    low, high = combiner.range(parts, world.weights, ends)
    return "" if low <= value <= high else f"{value} is outside its range {low}…{high} ({world})"


def _never_falls(combiner: Combiner, parts: Parts, world: _World, draw: random.Random) -> str:
    before = _value(combiner, parts, world)
    index = draw.choice([k for k, value in enumerate(world.values) if value is not None])
    values = list(world.values)
    values[index] = draw.randint(values[index] or 0, parts.parts[index].scale[1])
    after = _value(combiner, parts, _World(values, world.weights, world.applies))
    if before is None or after is None or after >= before:
        return ""
    return f"a higher part lowers the value from {before} to {after} ({world}, then {values})"


def _gives_the_same_for_any_order(
    combiner: Combiner, parts: Parts, world: _World, draw: random.Random
) -> str:
    order = list(range(len(world.values)))
    draw.shuffle(order)
    other = Parts(
        tuple(parts.parts[k] for k in order), parts.scale, parts.settings, parts.weights_per_one
    )
    moved = _World(
        [world.values[k] for k in order],
        [world.weights[k] for k in order],
        [world.applies[k] for k in order],
    )
    first, second = _value(combiner, parts, world), _value(combiner, other, moved)
    return "" if first == second else f"another order gives {second}, not {first} ({world})"


def _weighs_by_proportion(
    combiner: Combiner, parts: Parts, world: _World, draw: random.Random
) -> str:
    factor = draw.randint(2, 1000)
    heavier = _World(world.values, [w * factor for w in world.weights], world.applies)
    first, second = _value(combiner, parts, world), _value(combiner, parts, heavier)
    said = f"weights times {factor} give {second}, not {first} ({world})"
    return "" if first == second else said


def _leaves_what_it_is_given(
    combiner: Combiner, parts: Parts, world: _World, _draw: random.Random
) -> str:
    kept = copy.deepcopy(world)
    first, second = _value(combiner, parts, world), _value(combiner, parts, world)
    if world != kept:
        return f"it changes what it is given ({kept})"
    return "" if first == second else f"the same parts give {first}, then {second} ({world})"


def _columns_differ(combiner: Combiner, parts: Parts, worlds: Sequence[_World]) -> str:
    """Columns against one world at a time, with weights that differ and weights that agree."""
    if combiner.columns is None and combiner.point_columns is None:
        return ""
    shared = worlds[0].weights
    alike = [_World(w.values, shared, w.applies) for w in worlds]
    return _of_columns(combiner, parts, worlds, shared=False) or _of_columns(
        combiner, parts, alike, shared=True
    )


def _of_columns(combiner: Combiner, parts: Parts, worlds: Sequence[_World], *, shared: bool) -> str:
    given = _part_columns(combiner, parts, worlds, shared=shared)
    kept = copy.deepcopy(given)
    if combiner.columns is not None:
        values, has = combiner.columns(parts, given)
    else:
        assert combiner.point_columns and combiner.of_point_columns  # noqa: S101, PT018 - with points
        values, has = combiner.of_point_columns(parts, *combiner.point_columns(parts, given))
    if not _same(given, kept):
        return "its columns change what they are given"
    if str(values.dtype) != "int64" or str(has.dtype) != "bool":
        return f"its columns are of {values.dtype} and {has.dtype}, not int64 and bool"
    found = zip(
        np.broadcast_to(values, len(worlds)), np.broadcast_to(has, len(worlds)), strict=True
    )
    for world, (value, there) in zip(worlds, found, strict=True):
        alone = _value(combiner, parts, world)
        if (int(value) if there else None) != alone:
            return f"columns give {value if there else None}, one world alone {alone} ({world})"
    return ""


def _part_columns(
    combiner: Combiner, parts: Parts, worlds: Sequence[_World], *, shared: bool
) -> PartColumns:
    count = range(len(parts.parts))
    has = [np.array([w.values[k] is not None for w in worlds]) for k in count]
    values = [np.array([w.values[k] or 0 for w in worlds], np.int64) for k in count]
    weights = [np.array([w.weights[k] for w in worlds], np.int64) for k in count]
    valued = np.sum([np.where(has[k], weights[k], 0) for k in count], axis=0)
    points: list[tuple[Any, Any]] = []
    if combiner.takes_points:
        unit = [part.points_per_millionth for part in parts.parts]
        best = [part.scale[1] for part in parts.parts]
        points = [(values[k] * unit[k], np.where(has[k], best[k] * unit[k], 0)) for k in count]
    return PartColumns(
        values,
        has,
        worlds[0].weights if shared else weights,
        [np.array([w.applies[k] for w in worlds]) for k in count],
        valued,
        points,
    )


def _same(one: PartColumns, other: PartColumns) -> bool:
    def flat(given: PartColumns) -> Iterator[Any]:
        yield from (*given.values, *given.has, *given.weights, *given.applies, given.valued_weight)
        yield from (column for pair in given.points for column in pair)

    return all(np.array_equal(a, b) for a, b in zip(flat(one), flat(other), strict=True))
