"""The composition root: kinds, methods, rubrics and engagements put together once, without globals.

Command line, terminal UI and the Python API ask the workbench; nothing below knows it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxmaturity import __version__, combine, kinds
from cxmaturity.catalogue.extend import Source, read_source
from cxmaturity.catalogue.find import FoundRubric, find_rubric, list_rubrics
from cxmaturity.catalogue.validate import validate
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.evidence import counting_evidence
from cxmaturity.engine.program import Program
from cxmaturity.engine.score import About
from cxmaturity.engine.score import score as score_program
from cxmaturity.errors import CxError, InputError, Problem, RubricError, StoreError, Where
from cxmaturity.hookspecs import Registry
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.engagement import Engagement, Evidence, Rating
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import EngagementInfo, Scorecard
from cxmaturity.model.scorecard_data import from_data
from cxmaturity.store.canonical import ASSESSOR, ENGAGEMENT, EVIDENCE
from cxmaturity.store.engagement_folder import EngagementFolder, open_engagement, read_part
from cxmaturity.store.files import read_file
from cxmaturity.text.messages import N_


@dataclass(frozen=True, slots=True)
class LoadedRubric:
    """A checked rubric and the files it came from."""

    rubric: Rubric
    source: Source

    @property
    def sha256(self) -> str:
        """Digest of all its files."""
        return self.source.sha256


@dataclass(frozen=True, slots=True)
class Opened:
    """An engagement with the rubric it is judged by, ready to be scored."""

    folder: EngagementFolder
    loaded: LoadedRubric
    program: Program
    pinned: bool
    orphaned: tuple[str, ...]

    @property
    def engagement(self) -> Engagement:
        """Who is assessed, when, with what."""
        return self.folder.engagement


class Workbench:
    """Everything that is there once: the registry of kinds, methods and functions."""

    def __init__(self, registry: Registry | None = None) -> None:
        """Use the built-in kinds and methods, or those given."""
        self.registry = registry or built_in_registry()

    # rubrics ------------------------------------------------------------------------------------

    def rubrics(self) -> tuple[FoundRubric, ...]:
        """The rubrics that can be used by id."""
        return list_rubrics()

    def load_rubric(self, name: str | Path) -> LoadedRubric:
        """Read and check a rubric by id or folder; raises RubricError with every fault."""
        path = name if isinstance(name, Path) else find_rubric(name)
        source = read_source(path, find_rubric)
        loaded = LoadedRubric(validate(source, self.registry), source)
        self.program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))
        return loaded

    def program(self, loaded: LoadedRubric, scope: Scope | None = None) -> Program:
        """The rubric compiled for a scope, faults with their file and line."""
        try:
            return compile_rubric(loaded.rubric, self.registry, scope)
        except RubricError as error:
            placed = [loaded.source.origins.placed(problem) for problem in error.problems]
            raise RubricError(placed) from error

    # engagements --------------------------------------------------------------------------------

    def open(self, path: Path, rubric_folder: Path | None = None) -> Opened:
        """An engagement with its pinned rubric, or with a working copy of one."""
        folder = open_engagement(path)
        source = read_source(rubric_folder or folder.rubric_folder, find_rubric)
        loaded = LoadedRubric(validate(source, self.registry), source)
        scope = scope_of(folder.engagement)
        program = self._scoped_program(folder, loaded, scope)
        pinned = rubric_folder is None and loaded.sha256 == folder.engagement.rubric.sha256
        return Opened(folder, loaded, program, pinned, tuple(_orphans(folder, loaded.rubric)))

    def _scoped_program(
        self, folder: EngagementFolder, loaded: LoadedRubric, scope: Scope
    ) -> Program:
        """Compile; what the engagement itself gets wrong (profile, weights) points to its file."""
        try:
            return compile_rubric(loaded.rubric, self.registry, scope)
        except RubricError as error:
            part = read_part(folder.path, ENGAGEMENT)
            own = ("weights.", "modules", "profile")
            placed = [
                replace(problem, where=part.where(tuple(problem.where.key.split(".", 1))))
                if problem.where.key.startswith(own)
                else loaded.source.origins.placed(problem)
                for problem in error.problems
            ]
            raise InputError(placed) from error

    def score(self, opened: Opened, *, as_of: dt.date | None = None, trace: bool = True) -> Scorecard:
        """The scorecard of an engagement, on its own date or on another."""
        date = as_of or opened.engagement.date
        answers, aged, undated = answers_of(opened.folder, opened.loaded.rubric, date)
        engagement = opened.engagement
        about = About(
            engagement=EngagementInfo(
                engagement.organisation,
                engagement.date,
                engagement.fictional,
                engagement.profile,
                engagement.modules,
                as_of,
                engagement.labels,
            ),
            sha256=opened.loaded.sha256,
            pinned=opened.pinned,
            engine=__version__,
            aged=aged,
            undated=undated,
            orphaned=opened.orphaned,
            baseline=_baseline(opened.folder),
        )
        try:
            return score_program(opened.program, answers, about, trace=trace)
        except InputError as error:
            raise InputError(placed_in(opened.folder, error.problems)) from error


def built_in_registry() -> Registry:
    """The kinds and methods that come with the product."""
    return Registry(
        {kind.name: kind for kind in kinds.BUILT_IN},
        {combiner.name: combiner for combiner in combine.BUILT_IN},
    )


def scope_of(engagement: Engagement) -> Scope:
    """Which part of its rubric an engagement uses, and with which weights."""
    return Scope(engagement.profile, frozenset(engagement.modules), engagement.weights)


def ratings_of(folder: EngagementFolder) -> dict[str, Rating]:
    """Every rating by ``dimension.indicator``."""
    return {
        f"{dimension}.{indicator}": rating
        for dimension, ratings in folder.assessor.ratings.items()
        for indicator, rating in ratings.items()
    }


def evidence_of(folder: EngagementFolder) -> dict[str, Evidence]:
    """Every evidence by ``dimension.indicator``."""
    return {
        f"{dimension}.{indicator}": evidence
        for dimension, items in folder.evidence.evidence.items()
        for indicator, evidence in items.items()
    }


def answers_of(
    folder: EngagementFolder, rubric: Rubric, date: dt.date
) -> tuple[Answers, tuple[str, ...], int]:
    """What counts on a date; the paths of aged evidence; how much evidence is undated."""
    known = set(_paths(rubric))
    evidence = {path: item for path, item in evidence_of(folder).items() if path in known}
    counting = counting_evidence(evidence, date, rubric.evidence_months)
    answers = Answers(
        ratings={p: r.value for p, r in ratings_of(folder).items() if r.value is not None and p in known},
        facts={
            name: rating.value
            for name, rating in folder.engagement.facts.items()
            if rating.value is not None and name in rubric.facts
        },
        grades=counting.grades,
        targets=folder.engagement.targets,
    )
    return answers, counting.aged, len(counting.undated)


def _paths(rubric: Rubric) -> Iterable[str]:
    return (f"{d}.{i}" for d, table in rubric.dimensions.items() for i in table.indicators)


def _orphans(folder: EngagementFolder, rubric: Rubric) -> list[str]:
    """Answers to what the rubric does not have: kept, not scored, listed."""
    known = set(_paths(rubric))
    ratings = [path for path in ratings_of(folder) if path not in known]
    facts = [f"fact.{name}" for name in folder.engagement.facts if name not in rubric.facts]
    return [*ratings, *facts]


def placed_in(folder: EngagementFolder, problems: Iterable[Problem]) -> list[Problem]:
    """Problems that know only a path, with the file and line of the answer."""
    parts = {kind.name: read_part(folder.path, kind) for kind in (ENGAGEMENT, ASSESSOR, EVIDENCE)}

    def where(path: str) -> Where:
        if path.startswith("fact."):
            return parts[ENGAGEMENT.name].where(("facts", path.removeprefix("fact."), "value"))
        if path in folder.engagement.targets:
            return parts[ENGAGEMENT.name].where(("targets", path))
        return parts[ASSESSOR.name].where(("ratings", *path.split("."), "value"))

    return [replace(problem, where=where(problem.where.key)) for problem in problems]


def _baseline(folder: EngagementFolder) -> Scorecard | None:
    """The earlier scorecard that progress is counted from."""
    name = folder.engagement.baseline
    return read_scorecard(folder.path / name) if name else None


def read_scorecard(path: Path) -> Scorecard:
    """A scorecard from a JSON file; raises InputError or StoreError with what to do."""
    data = read_file(path)
    try:
        return from_data(_object(json.loads(data)))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        what = N_("this is not a scorecard that this release reads: {why}")
        problem = Problem("bad_scorecard", what, Where(str(path), key=key), "", {"why": first["msg"]})
        raise InputError(problem) from error
    except (ValueError, RecursionError) as error:
        what = N_("this is not a JSON file")
        raise InputError(Problem("bad_scorecard", what, Where(str(path)))) from error


def _object(data: Any) -> Mapping[str, Any]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(data, Mapping):
        msg = "not an object"
        raise ValueError(msg)
    return data


__all__ = ["CxError", "LoadedRubric", "Opened", "StoreError", "Workbench"]
