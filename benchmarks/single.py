"""One assessment under the default rubric, scored again: without and with its trace."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.measurement import Measurement, seconds
from benchmarks.programs import default_program
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.program import Program
from cxmaturity.engine.scalar import evaluate
from cxmaturity.engine.tracing import trace_of
from cxmaturity.model.answers import Answers
from cxmaturity.model.exact import MILLION

TIMES = 50


def measure(*, short: bool) -> Iterator[Measurement]:
    """Milliseconds for one."""
    program = default_program()
    answers = answers_for(program)
    world = world_of(program, answers)

    def plain() -> None:
        for _ in range(TIMES):
            evaluate(program, world)

    def traced() -> None:
        for _ in range(TIMES):
            trace_of(program, evaluate(program, world), answers.ratings)

    without, with_trace = seconds(plain, traced, repeat=5 if short else 9)
    yield Measurement("one assessment scored again", without / TIMES * 1e3, "ms", 0.3)
    yield Measurement("… with its trace", with_trace / TIMES * 1e3, "ms", 1.0)


def answers_for(program: Program) -> Answers:
    """A level for every indicator and an answer for every fact that can be listed."""
    chance = random.Random(3)  # noqa: S311 - the same answers in every run
    low, best = (end // MILLION for end in program.rubric.scale)
    ratings = {leaf.path: chance.randint(low, best) for leaf in program.leaves}
    facts = {
        fact.id: chance.choice(fact.domain.finite) for fact in program.facts if fact.domain.finite
    }
    return Answers(
        ratings, {key: list(v) if isinstance(v, tuple) else v for key, v in facts.items()}
    )
