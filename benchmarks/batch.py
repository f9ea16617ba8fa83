"""Many organisations at once, against hand-written NumPy code of the same rubric.

The anchor runs at the block size that suits it best; it must itself be within 20 times of a
float32 matrix product of the same answers, or the ratio would say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import Drawn, draw
from benchmarks.kernel import Kernel, Outcome
from benchmarks.measurement import Measurement, seconds
from benchmarks.programs import program_of
from benchmarks.workload import workload
from cxmaturity.engine.columns import CORE, WHOLE, Results, evaluate
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.program import Program, State
from cxmaturity.engine.scalar import evaluate as evaluate_one
from cxmaturity.model.exact import MILLION

SIZES = (1_000, 100_000, 1_000_000)
BLOCKS = (1_000, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072)
GOALS = {"anchor": 20.0, "core outputs": 1.8, "whole scorecard": 4.0}
"""At 100,000 worlds.  An anchor beyond its own would make the others say nothing."""
CHECKED = 300
"""Worlds that are also held against single runs."""
ROUNDING = 2e-6
RARE = 1e-4
"""A float kernel may judge otherwise where a score lies within rounding of a threshold."""


def measure(*, short: bool) -> Iterator[Measurement]:
    """Ratios to the anchor, at each size."""
    measured = workload()
    program, kernel = program_of(measured), Kernel(measured)
    for count in SIZES[:2] if short else SIZES:
        drawn = draw(len(program.leaves), count)
        yield from _at(program, kernel, drawn)


def _at(program: Program, kernel: Kernel, drawn: Drawn) -> Iterator[Measurement]:
    count = drawn.count
    worlds, levels = drawn.worlds(program), drawn.floats()
    _check(program, evaluate(program, worlds), kernel.run(levels, drawn.answered, BLOCKS[2]), drawn)
    sizes = [size for size in BLOCKS if size <= count * 2]
    answers, weights = drawn.floats(np.float32).T.copy(), np.ones((60, 12), np.float32)
    product, core, whole, *anchors = seconds(
        lambda: answers @ weights,
        lambda: evaluate(program, worlds, CORE),
        lambda: evaluate(program, worlds, WHOLE),
        *(partial(kernel.run, levels, drawn.answered, size) for size in sizes),
        repeat=3 if count > SIZES[1] else 9,
    )
    anchor, best = min(zip(anchors, sizes, strict=True))
    goals = GOALS if count == SIZES[1] else {}
    said = f"{count:,} worlds"
    what = f"{said}: anchor (blocks of {best:,}) / matrix product"
    yield Measurement(what, anchor / product, "×", goals.get("anchor"))
    for name, time in (("core outputs", core), ("whole scorecard", whole)):
        yield Measurement(f"{said}: {name} / anchor", time / anchor, "×", goals.get(name))
        yield Measurement(f"{said}: {name}", count / time / 1e6, "M/s")


def _check(program: Program, found: Results, outcome: Outcome, drawn: Drawn) -> None:
    """Stop unless product, anchor and single runs agree."""
    score, state = _made(found.score), _made(found.node_state)
    fired, phase = _made(found.fired), _made(found.at_least)
    undetermined = _made(found.undetermined)
    _agree("scores", np.abs(score / MILLION - outcome.scores).max() < ROUNDING)
    _agree("states", np.array_equal(state == State.VALUE, outcome.scored))
    _agree("fired rules", np.mean(fired != outcome.fired) < RARE)
    _agree("undecided rules", np.mean(undetermined != outcome.undecided) < RARE)
    _agree("phases", np.mean(phase != outcome.phase) < RARE)
    for w in range(min(CHECKED, drawn.count)):
        world = empty_world(program)
        world.leaf_level = [int(level) * MILLION for level in drawn.levels[:, w]]
        world.leaf_state = [int(not there) for there in drawn.answered[:, w]]
        run = evaluate_one(program, world)
        truths = [rule.truth is not None and run.expr[rule.truth] for rule in program.rules]
        _agree("single scores", score[:, w].tolist() == [value or 0 for value in run.node_final])
        _agree("single rules", fired[:, w].tolist() == [truth is True for truth in truths])
        _agree("single phases", phase[w] == run.at_least)


def _made(rows: NDArray[Any] | None) -> NDArray[Any]:
    if rows is None:
        raise SystemExit("a result that was wanted is not there")
    return rows


def _agree(what: str, same: object) -> None:
    if not same:
        raise SystemExit(f"{what} differ: nothing was measured")
