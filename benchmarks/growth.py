"""Growth: how much longer it takes when the worlds, the indicators or the rules are doubled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.answers import draw
from benchmarks.measurement import Measurement, seconds
from benchmarks.programs import program_of
from benchmarks.workload import DIMENSIONS, INDICATORS, RULES, workload
from cxmaturity.engine.columns import Results, evaluate

COUNT = 50_000


def measure(*, short: bool) -> Iterator[Measurement]:
    """Ratios of doublings."""
    runs = [
        _run(COUNT, DIMENSIONS, RULES),
        _run(2 * COUNT, DIMENSIONS, RULES),
        _run(COUNT, 2 * DIMENSIONS, RULES),
        _run(COUNT, DIMENSIONS, 2 * RULES),
        _run(2 * COUNT, 2 * DIMENSIONS, RULES),
    ]
    base, worlds, indicators, rules, both = seconds(*runs, repeat=5 if short else 9)
    yield Measurement("worlds doubled", worlds / base, "×", 2.1)
    yield Measurement("indicators doubled", indicators / base, "×", 1.8)
    yield Measurement("rules doubled", rules / base, "×", 1.8)
    yield Measurement("worlds and indicators doubled", both / base, "×", 4.6)


def _run(count: int, dimensions: int, rules: int) -> partial[Results]:
    program = program_of(workload(dimensions, INDICATORS, rules))
    worlds = draw(len(program.leaves), count).worlds(program)
    return partial(evaluate, program, worlds)
