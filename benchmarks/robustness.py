"""Ten thousand worlds of one assessment with weights of their own, some levels moved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import draw
from benchmarks.measurement import Measurement, seconds
from benchmarks.programs import program_of
from benchmarks.workload import workload
from cxmaturity.engine.columns import Worlds, evaluate
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.program import Program, World
from cxmaturity.model.exact import MILLION

COUNT = 10_000
MOVED = 0.2


def measure(*, short: bool) -> Iterator[Measurement]:
    """Milliseconds for all of them."""
    program = program_of(workload())
    (taken,) = seconds(lambda: evaluate(program, _worlds(program)), repeat=5 if short else 9)
    yield Measurement("10,000 worlds of one assessment, own weights", taken * 1e3, "ms", 60)


def _worlds(program: Program) -> Worlds:
    """The assessment with every weight times 0.5 to 2 in thousandths, a fifth of levels ± 1."""
    chance = np.random.default_rng(2)
    drawn = draw(len(program.leaves), 1)
    answered, level = drawn.answered[:, 0], drawn.levels[:, 0].astype(np.int64)
    worlds = Worlds.repeated(_first(program, level, answered), COUNT)
    moves = chance.integers(-1, 2, (len(level), COUNT)) * (
        chance.random((len(level), COUNT)) < MOVED
    )
    moved = np.clip(level[:, None] + moves, 0, 4) * answered[:, None] * MILLION
    worlds.leaf_level = list(moved)
    worlds.weights = [
        [weight * chance.integers(500, 2_000, COUNT) for weight in weights]
        for weights in program.default_weights
    ]
    return worlds


def _first(program: Program, level: NDArray[np.int64], answered: NDArray[np.bool_]) -> World:
    world = empty_world(program)
    world.leaf_level = [int(value) * MILLION for value in level]
    world.leaf_state = [int(not there) for there in answered]
    return world
