"""The questions of a rubric in the order they are asked, indicators and facts alike.

Facts about the whole organisation come first, then each dimension with its own facts ahead of its
indicators, because they may decide what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmaturity.engine.inputs import unknown_path
from cxmaturity.engine.program import Program
from cxmaturity.engine.scalar import evaluate
from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import Domain, Interval, QuestionKind
from cxmaturity.model import rubric as model
from cxmaturity.model.answers import Answers
from cxmaturity.model.exact import MILLION
from cxmaturity.workbench.engagements import FACT, indicator_paths
from cxmaturity.workbench.hearing import Hearing, heard_world


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything that asking it needs.

    ``path`` is ``dimension.indicator`` or ``fact.id``; ``dimension`` is None for a fact about the
    whole organisation.
    """

    path: str
    dimension: str | None
    text: model.Indicator | model.Fact
    kind: QuestionKind
    settings: Any
    scale: Interval

    @property
    def is_fact(self) -> bool:
        """Whether it carries no score."""
        return self.path.startswith(FACT)

    @property
    def domain(self) -> Domain:
        """What it can be answered with."""
        return self.kind.domain(self.settings, self.scale)

    def options(self) -> list[tuple[str, Mapping[str, str]]]:
        """What is typed for each answer, and its text; empty where there is nothing to list."""
        listed: Sequence[tuple[str, Mapping[str, str]]] = self.kind.options(self.settings)
        if self.kind.widget != "scale":
            return list(listed)
        first = self.scale[0] // MILLION
        return [(str(first + number), text) for number, (_, text) in enumerate(listed)]

    def read(self, raw: object) -> object:
        """The answer as its kind understands it; raises ValueError."""
        return self.kind.read(self.settings, self.scale, raw)


def questions_of(program: Program) -> dict[str, Question]:
    """Every question in scope by its path, in the order of asking."""
    return {question.path: question for question in _in_order(program)}


def asked_paths(
    program: Program, answers: Answers, hearing: Hearing | None = None
) -> frozenset[str]:
    """Paths of what is asked as the answers stand: ``ask_when`` is not false.

    ``hearing`` are the respondents, whose levels count where nothing else was answered.
    """
    run = evaluate(program, heard_world(program, answers, hearing)[0])

    def is_asked(ask_when: int | None) -> bool:
        return ask_when is None or run.expr[ask_when] is not False

    leaves = (leaf.path for leaf in program.leaves if is_asked(leaf.ask_when))
    facts = (FACT + fact.id for fact in program.facts if is_asked(fact.ask_when))
    return frozenset([*leaves, *facts])


def unknown_question(rubric: model.Rubric, path: str) -> Problem:
    """The problem of a path that is in no question in scope, with what to do."""
    known = [*indicator_paths(rubric), *(FACT + name for name in rubric.facts)]
    if path not in known:
        return unknown_path(path, known)
    return Problem(
        "module_off",
        "'{path}' belongs to a module that is off",
        Where(key=path),
        "switch it on with `cxmaturity set DIR modules={modules}`",
        {"path": path, "modules": ",".join(rubric.modules)},
    )


def _in_order(program: Program) -> Iterator[Question]:
    leaves = {leaf.path: leaf for leaf in program.leaves}
    rubric = program.rubric
    yield from _facts(program, None)
    for name, dimension in rubric.dimensions.items():
        yield from _facts(program, name)
        for key, indicator in dimension.indicators.items():
            leaf = leaves.get(f"{name}.{key}")
            if leaf:
                yield Question(leaf.path, name, indicator, leaf.kind, leaf.settings, leaf.scale)


def _facts(program: Program, dimension: str | None) -> Iterator[Question]:
    for fact in program.facts:
        text = program.rubric.facts[fact.id]
        if text.dimension == dimension:
            yield Question(FACT + fact.id, dimension, text, fact.kind, fact.settings, fact.scale)
