"""What somebody should look at in an engagement, its rubric and answers included.

Nothing is changed, and nothing found is an error: an unanswered question is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.errors import CxError, Problem, Where
from cxmaturity.model.answers import is_unknown
from cxmaturity.store.verification import check_up
from cxmaturity.text.messages import N_
from cxmaturity.text.wording import listed
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.adopting import newer_rubric
from cxmaturity.workbench.engagements import answers_of, entries_of, evidence_of
from cxmaturity.workbench.questions import asked_paths, questions_of

_MOST = 5
"""Answers named in one line; the rest is counted."""


def check_engagement(bench: Workbench, path: Path) -> list[Problem]:
    """Everything worth a look in the folder: files first, then rubric and answers."""
    found = check_up(path)
    try:
        opened = bench.open(path)
        return [*found, *_rubric(bench, opened), *_answers(opened)]
    except CxError as error:
        known = {problem.code for problem in found}
        return [*found, *(problem for problem in error.problems if problem.code not in known)]


def _rubric(bench: Workbench, opened: Opened) -> Iterator[Problem]:
    where = Where(str(opened.folder.rubric_folder))
    pinned = opened.engagement.rubric
    if not opened.pinned:
        yield Problem(
            "rubric_changed",
            "the engagement's copy of the rubric is not as it was pinned",
            where,
            "see `cxmaturity verify`, or pin it anew with `cxmaturity adopt`",
        )
    try:
        installed = newer_rubric(bench, opened)
    except CxError as error:
        yield from error.problems
        return
    if installed is not None and opened.pinned:
        yield Problem(
            "rubric_differs",
            "pinned is {rubric} {version}, installed is {other} in another form",
            where,
            "see what would move with `cxmaturity adopt`",
            {"rubric": pinned.id, "version": pinned.version, "other": installed.rubric.version},
        )


def _answers(opened: Opened) -> Iterator[Problem]:
    folder = opened.folder
    questions = questions_of(opened.program)
    answers, aged, _undated = answers_of(folder, opened.rubric, opened.engagement.date)
    asked = asked_paths(opened.program, answers, opened.hearing)
    values = {path: entry.value for path, entry in entries_of(folder).items()}
    answered = {path for path, value in values.items() if value is not None}
    groups = [
        (
            "unanswered",
            N_("not answered yet ({count}): {paths}"),
            [path for path in questions if path in asked and path not in answered],
        ),
        (
            "unknown",
            N_("asked, and nobody knew ({count}): {paths}"),
            [path for path in questions if is_unknown(values.get(path))],
        ),
        (
            "not_counted",
            N_("answered, but not asked as the other answers stand ({count}): {paths}"),
            [path for path in questions if path in answered and path not in asked],
        ),
        (
            "orphaned",
            N_("answered, but not in the rubric ({count}): {paths}"),
            list(opened.orphaned),
        ),
        (
            "evidence_alone",
            N_("evidence without an answer ({count}): {paths}"),
            [path for path in evidence_of(folder) if path not in answered],
        ),
        (
            "aged",
            N_("evidence so old that it counts one grade lower ({count}): {paths}"),
            list(aged),
        ),
    ]
    for code, what, paths in groups:
        if paths:
            values_said = {"count": len(paths), "paths": listed(paths, _MOST)}
            yield Problem(code, what, Where(), "", values_said)
