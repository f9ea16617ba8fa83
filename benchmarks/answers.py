"""Answers for the measured rubric: as the product takes them, and as a float kernel would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.workload import MISSING
from cxmaturity.engine.columns import Worlds
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.program import Program
from cxmaturity.model.exact import MILLION


@dataclass(frozen=True)
class Drawn:
    """Random answers: levels (indicator × world, 0 where missing), which are there, evidence."""

    levels: NDArray[np.int8]
    answered: NDArray[np.bool_]
    grades: NDArray[np.int8]

    @property
    def count(self) -> int:
        """How many worlds."""
        return int(self.levels.shape[1])

    def worlds(self, program: Program) -> Worlds:
        """As the column evaluator takes them."""
        worlds = Worlds.repeated(empty_world(program), self.count)
        worlds.leaf_level = [row.astype(np.int64) * MILLION for row in self.levels]
        worlds.leaf_state = list((~self.answered).view(np.int8))
        worlds.grade = list(self.grades)
        return worlds

    def floats(self, kind: type[np.floating] = np.float64) -> NDArray[np.floating]:
        """Levels as a float kernel takes them."""
        return self.levels.astype(kind)


def draw(leaves: int, count: int, seed: int = 1) -> Drawn:
    """Random answers, some of them missing."""
    chance = np.random.default_rng(seed)
    answered = chance.random((leaves, count), dtype=np.float32) >= MISSING
    levels = chance.integers(0, 5, (leaves, count), dtype=np.int8) * answered
    return Drawn(levels, answered, chance.integers(0, 3, (leaves, count), dtype=np.int8))
