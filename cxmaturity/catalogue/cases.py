"""A rubric's own cases as written: read, checked against the rubric, laid over their base case.

A case names what it answers and what must come out; here everything it names is looked up, all
faults at once.  Nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from pydantic import ValidationError

from cxmaturity.catalogue.extend import Source
from cxmaturity.catalogue.model_errors import nearest, problems_of
from cxmaturity.errors import Problem, RubricError
from cxmaturity.model.answers import Scope
from cxmaturity.model.case import Case
from cxmaturity.model.rubric import Grade, Rubric
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml import TomlDocument
from cxmaturity.text.toml_places import Path

CLEAR: Final = "clear"
"""In the place of an answer: the base case's answer is taken away."""
NOT_STARTED: Final = "not_started"


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case and the file it is written in."""

    id: str
    case: Case
    document: TomlDocument


@dataclass(frozen=True, slots=True)
class Setup:
    """What a case answers, its base case included.

    ``fill`` is the answer of every ladder that ``ratings`` does not name; a rating that is
    :data:`CLEAR` stays unanswered.
    """

    profile: str | None = None
    modules: tuple[str, ...] = ()
    fill: Any = None
    ratings: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)
    figures: Mapping[str, object] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The part of the rubric that the case uses."""
        return Scope(self.profile, frozenset(self.modules))


def read_cases(source: Source, rubric: Rubric) -> dict[str, WrittenCase]:
    """The cases by id, in the order of their names.

    Raises RubricError with everything that is wrong with any of them.
    """
    problems: list[Problem] = []
    found: dict[str, WrittenCase] = {}
    for document in source.cases:
        name = PurePath(document.name).stem
        try:
            found[name] = WrittenCase(name, Case.model_validate(document.data), document)
        except ValidationError as error:
            problems += problems_of(error, document.data, document.where, Case)
    names = {PurePath(document.name).stem for document in source.cases}
    known = _known(rubric)
    for written in found.values():
        problems += _references(written, known, names)
        problems += _circle(written, found)
    if problems:
        raise RubricError(problems[: limits.PROBLEMS])
    return found


def setup_of(name: str, cases: Mapping[str, WrittenCase]) -> Setup:
    """What a case answers, laid over what its base case answers."""
    case = cases[name].case
    base = setup_of(case.based_on, cases) if case.based_on else Setup()
    answers = {f"{d}.{i}": raw for d, table in case.answers.items() for i, raw in table.items()}
    grades = dict(base.grades)
    for dimension, table in case.evidence.items():
        for indicator, grade in table.items():
            grades.pop(f"{dimension}.{indicator}", None)
            if grade != CLEAR:
                grades[f"{dimension}.{indicator}"] = grade
    facts, figures = (
        {
            key: raw
            for key, raw in {**getattr(base, table), **getattr(case, table)}.items()
            if raw != CLEAR
        }
        for table in ("facts", "figures")
    )
    return Setup(
        case.profile or base.profile,
        case.modules or base.modules,
        base.fill if case.fill is None else case.fill,
        {**base.ratings, **answers},
        facts,
        grades,
        figures,
    )


# what a case names --------------------------------------------------------------------------------

_WHAT: Final[Mapping[str, str]] = {
    "phases": N_("there is no phase '{name}'"),
    "profiles": N_("there is no profile '{name}'"),
    "modules": N_("there is no module '{name}'"),
    "facts": N_("there is no fact '{name}'"),
    "indicators": N_("there is no indicator '{name}'"),
    "scores": N_("there is no dimension '{name}'"),
    "findings": N_("there is no finding '{name}'"),
}


def _known(rubric: Rubric) -> dict[str, list[str]]:
    return {
        "phases": [NOT_STARTED, *rubric.phases],
        "profiles": list(rubric.profiles),
        "modules": list(rubric.modules),
        "facts": list(rubric.facts),
        "indicators": [f"{d}.{i}" for d, t in rubric.dimensions.items() for i in t.indicators],
        "scores": [*rubric.dimensions, "overall"],
        "findings": [name for name, rule in rubric.rules.items() if rule.severity],
    }


def _named(case: Case) -> Iterator[tuple[str, str, Path]]:
    """Every name in a case: the table it must be in, the name, and where it is written."""
    if case.profile:
        yield "profiles", case.profile, ("profile",)
    yield from (("modules", m, ("modules", i)) for i, m in enumerate(case.modules))
    for table in ("answers", "evidence"):
        for d, below in getattr(case, table).items():
            yield from (("indicators", f"{d}.{i}", (table, d, i)) for i in below)
    yield from (("facts", name, ("facts", name)) for name in case.facts)
    expect = case.expect
    for key in ("phase", "at_most"):
        if getattr(expect, key) is not None:
            yield "phases", getattr(expect, key), ("expect", key)
    yield from (("scores", name, ("expect", "scores", name)) for name in expect.scores)
    for key in ("findings", "undetermined"):
        for index, name in enumerate(getattr(expect, key) or ()):
            yield "findings", name, ("expect", key, index)


def _references(
    written: WrittenCase, known: Mapping[str, list[str]], cases: set[str]
) -> Iterator[Problem]:
    for table, name, path in _named(written.case):
        if name not in known[table]:
            yield _unknown(written, _WHAT[table], name, known[table], path)
    base = written.case.based_on
    if base is not None and base not in cases:
        yield _unknown(written, N_("there is no case '{name}'"), base, cases, ("based_on",))


def _unknown(
    written: WrittenCase, what: str, name: str, known: list[str] | set[str], path: Path
) -> Problem:
    near = nearest(name, known)
    hint = N_("did you mean {near}?") if near else ""
    where = written.document.where(path)
    return Problem("unknown_name", what, where, hint, {"name": name, "near": near})


def _circle(written: WrittenCase, cases: Mapping[str, WrittenCase]) -> Iterator[Problem]:
    """A case that is based on itself, said where the circle's first case is written."""
    trail: list[str] = [written.id]
    while True:
        base = cases[trail[-1]].case.based_on
        if base is None or base not in cases or base in trail:
            break
        trail.append(base)
    if base == written.id and min(trail) == written.id:
        what = N_("cases are based on each other in a circle: {path}")
        values = {"path": " → ".join([*trail, written.id])}
        where = written.document.where(("based_on",))
        hint = N_("remove one of these steps")
        yield Problem("cycle", what, where, hint, values)
