"""Cases through the engine: whatever a case states is compared with what comes out, exactly.

Values only: how a difference is worded is the surface's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cxmaturity.catalogue.cases import CLEAR, NOT_STARTED, Setup, WrittenCase, setup_of
from cxmaturity.catalogue.model_errors import nearest
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.hookspecs import Registry
from cxmaturity.model.answers import Answers
from cxmaturity.model.case import Expected
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

Value = str | int | tuple[str, ...] | None
"""A phase's id, a score in millionths (None: no score), or names of findings."""
Key = Literal["phase", "at_most", "score", "findings", "undetermined"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stated that did not come out; ``id`` is the dimension of a score."""

    key: Key
    expected: Value
    found: Value
    where: Where
    id: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that ran: what differed, or why its answers cannot be read.

    ``run`` and ``program`` are what came out, for coverage; ``states_all`` tells whether the case
    states its phase, every score and its findings.
    """

    written: WrittenCase
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    program: Program | None = None
    run: Run | None = None
    setup: Setup | None = None

    @property
    def id(self) -> str:
        """Name of the case's file."""
        return self.written.id

    @property
    def passed(self) -> bool:
        """Whether everything stated came out."""
        return not self.differences and not self.problems


def run_cases(
    rubric: Rubric,
    registry: Registry,
    cases: Mapping[str, WrittenCase],
    only: Iterable[str] = (),
) -> tuple[CaseResult, ...]:
    """The cases that are asked for, or all, in the order of their names."""
    wanted = set(only) or set(cases)
    programs: dict[tuple[str | None, frozenset[str]], Program] = {}
    results = []
    for name in cases:
        if name not in wanted:
            continue
        setup = setup_of(name, cases)
        scope = setup.scope
        key = scope.profile, scope.modules
        if key not in programs:
            programs[key] = compile_rubric(rubric, registry, scope)
        results.append(run_case(cases[name], setup, programs[key]))
    return tuple(results)


def check_names_of_cases(cases: Mapping[str, WrittenCase], only: Iterable[str]) -> None:
    """Raise InputError for every case that is asked for and not there."""
    known = ", ".join(cases)
    problems = [
        Problem(
            "unknown_name",
            N_("there is no case '{name}'"),
            Where(),
            N_("known are {known}") if known else "",
            {"name": name, "known": known},
        )
        for name in only
        if name not in cases
    ]
    if problems:
        raise InputError(problems)


def run_case(written: WrittenCase, setup: Setup, program: Program) -> CaseResult:
    """One case compared with what comes out of its answers."""
    problems = _unread_figures(setup, program)
    try:
        world = world_of(program, answers_of(setup, program))
    except InputError as error:
        problems += error.problems
    if problems:
        placed = tuple(_placed(written, problem) for problem in problems)
        return CaseResult(written, problems=placed, setup=setup)
    run = evaluate(program, world)
    differences = tuple(_differences(written, program, run))
    return CaseResult(written, differences, (), program, run, setup)


def _unread_figures(setup: Setup, program: Program) -> list[Problem]:
    """Figures that no rule reads: a case that gives one means something else."""
    known = program.figures
    return [
        Problem(
            "unknown_name",
            N_("no rule reads '{name}'"),
            Where(key=name),
            N_("did you mean {near}?") if nearest(name, known) else "",
            {"name": name, "near": nearest(name, known)},
        )
        for name in setup.figures
        if name not in known
    ]


def answers_of(setup: Setup, program: Program) -> Answers:
    """The answers of a case, what it fills included."""
    ratings = dict(setup.ratings)
    if setup.fill is not None:
        for leaf in program.leaves:
            if leaf.kind.name == "ladder":
                ratings.setdefault(leaf.path, setup.fill)
    kept = {path: raw for path, raw in ratings.items() if raw != CLEAR}
    return Answers(kept, setup.facts, setup.grades, figures=setup.figures)


def _placed(written: WrittenCase, problem: Problem) -> Problem:
    """A problem of an answer, at the answer in the case's file (or where the case fills it)."""
    path = problem.where.key
    if "(" in path or path.startswith("measure."):
        key = ("figures", path) if path in written.case.figures else ("based_on",)
        return replace(problem, where=written.document.where(key, key=path))
    place: Path = ("facts", path.removeprefix("fact."))
    if not path.startswith("fact."):
        dimension, _, indicator = path.partition(".")
        place = ("answers", dimension, indicator)
        if indicator not in written.case.answers.get(dimension, {}):
            place = ("fill",) if written.case.fill is not None else ("based_on",)
    elif path.removeprefix("fact.") not in written.case.facts:
        place = ("based_on",)
    return replace(problem, where=written.document.where(place, key=path))


# comparing ----------------------------------------------------------------------------------------


def _differences(written: WrittenCase, program: Program, run: Run) -> list[Difference]:
    expect = written.case.expect

    def at(*path: str) -> Where:
        return written.document.where(("expect", *path))

    scores = [
        (name, None if wanted == "none" else wanted, _score(program, run, name))
        for name, wanted in expect.scores.items()
    ]
    stated: list[tuple[Key, Value, Value]] = [
        ("phase", expect.phase, _phase(program, run.at_least)),
        ("at_most", expect.at_most, _phase(program, run.at_most)),
        ("findings", _sorted(expect, "findings"), rules_where(program, run, holds=True)),
        ("undetermined", _sorted(expect, "undetermined"), rules_where(program, run, holds=None)),
    ]
    found = [
        Difference(key, wanted, got, at(key))
        for key, wanted, got in stated
        if wanted is not None and wanted != got
    ]
    found += [
        Difference("score", wanted, got, at("scores", name), name)
        for name, wanted, got in scores
        if wanted != got
    ]
    return found


def _sorted(expect: Expected, key: str) -> tuple[str, ...] | None:
    names: tuple[str, ...] | None = getattr(expect, key)
    return None if names is None else tuple(sorted(set(names)))


def _phase(program: Program, number: int) -> str:
    return program.phase_ids[number - 1] if number else NOT_STARTED


def _score(program: Program, run: Run, name: str) -> int | None:
    """The final score; a dimension of a module that is off has none."""
    index = program.node_index.get(name)
    return None if index is None else run.node_final[index]


def rules_where(program: Program, run: Run, *, holds: bool | None) -> tuple[str, ...]:
    """The findings that fired (or, with None, stay open), by name."""
    return tuple(
        sorted(
            entry.id
            for entry in program.rules
            if entry.rule.severity and entry.truth is not None and run.expr[entry.truth] is holds
        )
    )
