"""What an engagement's files say, by path: the answers, grades and targets that scoring takes.

Nothing here opens a rubric or scores; answers to what the rubric does not have are left out and
listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cxmaturity.engine.evidence import counting_evidence
from cxmaturity.errors import Problem, Where
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.engagement import Engagement, Evidence, Rating
from cxmaturity.model.rubric import Rubric
from cxmaturity.store.canonical import ASSESSOR, ENGAGEMENT, EVIDENCE
from cxmaturity.store.engagement_folder import EngagementFolder, read_part

FACT = "fact."
"""Begins the path of a fact."""


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


def entries_of(folder: EngagementFolder) -> dict[str, Rating]:
    """Every rating and every fact by its path."""
    facts = {FACT + name: rating for name, rating in folder.engagement.facts.items()}
    return {**ratings_of(folder), **facts}


def evidence_of(folder: EngagementFolder) -> dict[str, Evidence]:
    """Every evidence by ``dimension.indicator``."""
    return {
        f"{dimension}.{indicator}": evidence
        for dimension, items in folder.evidence.evidence.items()
        for indicator, evidence in items.items()
    }


def indicator_paths(rubric: Rubric) -> Iterator[str]:
    """Every ``dimension.indicator``, in the order of the rubric, whatever the scope."""
    return (f"{d}.{i}" for d, table in rubric.dimensions.items() for i in table.indicators)


def answers_of(
    folder: EngagementFolder,
    rubric: Rubric,
    date: dt.date,
    figures: Mapping[str, object] | None = None,
) -> tuple[Answers, tuple[str, ...], int]:
    """What counts on a date; the paths of aged evidence; how much evidence is undated.

    ``figures`` are what imported data say on that date.
    """
    known = set(indicator_paths(rubric))
    evidence = {path: item for path, item in evidence_of(folder).items() if path in known}
    counting = counting_evidence(evidence, date, rubric.evidence_months)
    answers = Answers(
        ratings={
            path: rating.value
            for path, rating in ratings_of(folder).items()
            if rating.value is not None and path in known
        },
        facts={
            name: rating.value
            for name, rating in folder.engagement.facts.items()
            if rating.value is not None and name in rubric.facts
        },
        grades=counting.grades,
        targets=folder.engagement.targets,
        figures=figures or {},
    )
    return answers, counting.aged, len(counting.undated)


def orphans(folder: EngagementFolder, rubric: Rubric) -> list[str]:
    """Answers to what the rubric does not have: kept, not scored, listed."""
    known = set(indicator_paths(rubric))
    ratings = [path for path in ratings_of(folder) if path not in known]
    facts = [FACT + name for name in folder.engagement.facts if name not in rubric.facts]
    return [*ratings, *facts]


def placed_in(folder: EngagementFolder, problems: Iterable[Problem]) -> list[Problem]:
    """Problems that know only a path, with the file and line of the answer."""
    parts = {kind.name: read_part(folder.path, kind) for kind in (ENGAGEMENT, ASSESSOR, EVIDENCE)}

    def where(path: str) -> Where:
        if path.startswith(FACT):
            return parts[ENGAGEMENT.name].where(("facts", path.removeprefix(FACT), "value"))
        if path in folder.engagement.targets:
            return parts[ENGAGEMENT.name].where(("targets", path))
        return parts[ASSESSOR.name].where(("ratings", *path.split("."), "value"))

    return [replace(problem, where=where(problem.where.key)) for problem in problems]
