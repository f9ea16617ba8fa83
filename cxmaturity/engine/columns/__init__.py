"""The column evaluator: a program on many worlds at once, in exact 64-bit integers.

Equal to the scalar evaluator to the last bit (a law under test).  Worlds are computed in blocks
that stay in the cache; only what the wanted results need is computed, and every column is let go
after its last use.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cxmaturity.engine.columns.cells import Inputs, Run
from cxmaturity.engine.columns.plan import Plan, plan
from cxmaturity.engine.columns.results import Results, Wanted
from cxmaturity.engine.columns.weights import weight_problems
from cxmaturity.engine.columns.worlds import Worlds
from cxmaturity.engine.program import Program
from cxmaturity.errors import InputError

__all__ = ["CORE", "WHOLE", "Results", "Wanted", "Worlds", "evaluate"]

BLOCK = 20_480
"""Largest block: the work per call is then worth its call, and what a block holds beside the output
stays below 16 MB for a rubric of 60 indicators.  Worlds are dealt evenly, so that no block of
several is below half of this."""

CORE: frozenset[Wanted] = frozenset({"scores", "overall", "phase", "rules"})
WHOLE: frozenset[Wanted] = CORE | {"coverage", "evidenced", "profile"}


def evaluate(program: Program, worlds: Worlds, wanted: frozenset[Wanted] = CORE) -> Results:
    """The wanted results of all worlds.

    Raises InputError for columns of a wrong length or type, for states that do not exist, and for
    weights with which sums could leave 64 bits.
    """
    worlds.check_shapes(program)
    _check_weights(program, worlds)
    inputs = Inputs.of(program, worlds)
    planned = plan(program, wanted)
    results = Results.empty(program, wanted, worlds.count)
    for start, stop in blocks(worlds.count):
        _compute(planned, Run(inputs, start, stop, list(planned.cells)), results)
    return results


def _compute(planned: Plan, run: Run, results: Results) -> None:
    """One block; a cell is emptied when nobody reads it any more."""
    cells = run.cells
    for place, step, writers, done in planned.steps:
        cell = cells[place] = step(run)
        for write in writers:
            write(cell, run, results)
        for free in done:
            cells[free] = None


def blocks(count: int) -> Iterator[tuple[int, int]]:
    """Where blocks start and stop: evenly dealt, at most BLOCK worlds each."""
    parts = -(-count // BLOCK)
    ends = [count * n // parts for n in range(parts + 1)] if parts else [0]
    return itertools.pairwise(ends)


def _check_weights(program: Program, worlds: Worlds) -> None:
    """The rubric's own weights were looked at when it was compiled."""
    largest = [[_end(w, np.max) for w in weights] for weights in worlds.weights]
    smallest = [[_end(w, np.min) for w in weights] for weights in worlds.weights]
    if largest == smallest == [list(weights) for weights in program.default_weights]:
        return
    problems = list(weight_problems(program, largest, smallest))
    if problems:
        raise InputError(problems)


def _end(weight: Any, of: Callable[..., Any]) -> int:  # noqa: ANN401 - plain or a column
    return weight if isinstance(weight, int) else int(of(weight, initial=0))
