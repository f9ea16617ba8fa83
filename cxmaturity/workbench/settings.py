"""Settings changed as a whole: every name and number fits the rubric, or nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.errors import CxError, Problem, RubricError, UsageError, Where
from cxmaturity.model.engagement import Engagement
from cxmaturity.model.rubric import Rubric
from cxmaturity.store.edits import Edits, edited
from cxmaturity.store.engagement_folder import EngagementFolder
from cxmaturity.store.responses import has_respondents
from cxmaturity.store.saving import save_edits
from cxmaturity.store.settings import read_setting, with_settings
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.naming import require_known
from cxmaturity.workbench.scorecards import read_scorecard


def change_settings(
    bench: Workbench, opened: Opened, written: Mapping[str, str]
) -> EngagementFolder:
    """Save settings given as text by key; raises UsageError with everything that does not fit."""
    typed, problems = _typed(opened.engagement, written)
    edits = Edits(settings=typed)
    after = edited(opened.folder, edits)
    try:
        require_known(opened.rubric, after.engagement)
    except UsageError as error:
        problems += error.problems
    problems += lowered_minimum(opened, n_min_of(opened.rubric, after.engagement))
    if problems:
        raise UsageError(problems)
    if "advisors" in written:
        bench.plugins.require_advisors(after.engagement.advisors)
    if after.engagement.baseline:
        _require_scorecard(after)
    try:
        bench.judged_by(after, opened.loaded)
    except RubricError as error:
        raise UsageError(_as_setting(problem) for problem in error.problems) from error
    return save_edits(opened.folder, edits)


def n_min_of(rubric: Rubric, engagement: Engagement) -> int:
    """Fewest answers that may be shown: the engagement's word, else the rubric's."""
    return engagement.n_min or rubric.n_min


def lowered_minimum(opened: Opened, n_min: int) -> list[Problem]:
    """The problem of showing fewer people than those who answered were promised."""
    promised = n_min_of(opened.rubric, opened.engagement)
    if n_min >= promised or not has_respondents(opened.folder.path):
        return []
    return [
        Problem(
            "n_min_promised",
            "people have answered on the promise that at least {promised} are shown together",
            Where(key="n_min"),
            "leave it at {promised}, or start a new engagement before people answer",
            {"promised": promised},
        )
    ]


def _typed(
    engagement: Engagement, written: Mapping[str, str]
) -> tuple[dict[str, object], list[Problem]]:
    """The settings that make sense one by one, and what is wrong with the others."""
    typed: dict[str, object] = {}
    problems: list[Problem] = []
    for key, text in written.items():
        try:
            value = read_setting(key, text)
            with_settings(engagement, {key: value})
            typed[key] = value
        except UsageError as error:
            problems += error.problems
    return typed, problems


def _require_scorecard(folder: EngagementFolder) -> None:
    try:
        read_scorecard(folder.path / folder.engagement.baseline)
    except CxError as error:
        raise UsageError(error.problems) from error


def _as_setting(problem: Problem) -> Problem:
    """The key as `set` knows it: weights are changed one by one."""
    key = problem.where.key.replace("weights.", "weight.", 1)
    return Problem(problem.code, problem.what, Where(key=key), problem.hint, problem.values)
