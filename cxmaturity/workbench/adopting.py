"""What would move if an engagement took the installed version of its rubric."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cxmaturity.errors import InputError, Problem, RubricError, UsageError, Where
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.store.adoption import repin
from cxmaturity.store.engagement_folder import EngagementFolder
from cxmaturity.workbench import LoadedRubric, Opened, Workbench
from cxmaturity.workbench.engagements import orphans
from cxmaturity.workbench.naming import require_known
from cxmaturity.workbench.settings import lowered_minimum, n_min_of


@dataclass(frozen=True, slots=True)
class Adoption:
    """The engagement judged by its own rubric and by the installed one.

    ``orphaned`` are answers that the installed rubric no longer asks for.
    """

    opened: Opened
    installed: LoadedRubric
    before: Scorecard
    after: Scorecard
    orphaned: tuple[str, ...]


Judge = Callable[[Opened], Scorecard]
"""Gives the scorecard of an engagement."""


def newer_rubric(bench: Workbench, opened: Opened) -> LoadedRubric | None:
    """The installed rubric of the same id when it is another one than the pinned."""
    pinned = opened.engagement.rubric
    folders = {found.id: found.folder for found in bench.rubrics()}
    if pinned.id not in folders:
        raise InputError(
            Problem(
                "unknown_rubric",
                "the rubric '{name}' is not installed",
                Where(str(opened.folder.path)),
                "the engagement keeps its own copy and can go on with it",
                {"name": pinned.id},
            )
        )
    installed = bench.load_rubric(folders[pinned.id])
    same = installed.sha256 == pinned.sha256 and opened.pinned
    return None if same else installed


def adoption_of(
    bench: Workbench, opened: Opened, installed: LoadedRubric, judge: Judge
) -> Adoption:
    """Both judgements; raises UsageError with what does not fit the installed rubric.

    ``judge`` scores for where the result goes: a terminal, or out of the house.
    """
    require_known(installed.rubric, opened.engagement)
    lowered = lowered_minimum(opened, n_min_of(installed.rubric, opened.engagement))
    if lowered:
        raise UsageError(lowered)
    try:
        after = judge(bench.judged_by(opened.folder, installed, opened))
    except (InputError, RubricError) as error:
        raise UsageError(error.problems) from error
    return Adoption(
        opened,
        installed,
        judge(opened),
        after,
        tuple(orphans(opened.folder, installed.rubric)),
    )


def adopt(adoption: Adoption) -> EngagementFolder:
    """Pin the installed rubric."""
    rubric = adoption.installed.rubric
    return repin(adoption.opened.folder, rubric.id, rubric.version, adoption.installed.source.files)
