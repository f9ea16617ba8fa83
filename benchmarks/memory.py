"""Memory of a batch: what it needs beyond its input, against what it returns."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import numpy as np

from benchmarks.answers import draw
from benchmarks.measurement import Measurement
from benchmarks.programs import program_of
from benchmarks.workload import workload
from cxmaturity.engine.columns import CORE, WHOLE, Results, evaluate

ALLOWED_BEYOND = 1.25
ALLOWED_BASE = 16e6


def measure(*, short: bool) -> Iterator[Measurement]:
    """The peak over 1.25 times the output and 16 MB: at most 1."""
    program = program_of(workload())
    for count in (20_000, 100_000) if short else (20_000, 100_000, 400_000):
        worlds = draw(len(program.leaves), count).worlds(program)
        for name, wanted in (("core outputs", CORE), ("whole scorecard", WHOLE)):
            evaluate(program, worlds, wanted)
            tracemalloc.start()
            results = evaluate(program, worlds, wanted)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            allowed = ALLOWED_BEYOND * _size(results) + ALLOWED_BASE
            what = f"{count:,} worlds, {name}: peak {peak / 1e6:.0f} MB / allowed"
            yield Measurement(what, peak / allowed, "×", 1.0)


def _size(results: Results) -> int:
    rows = (getattr(results, name) for name in results.__slots__)
    return sum(row.nbytes for row in rows if isinstance(row, np.ndarray))
