"""Is everything in the folder still what was saved?  And what should somebody look at?

`verify_files` finds damage: it is the half of `cxmaturity verify` that needs no scoring.
`check_up` is the half of `cxmaturity doctor` that needs no rubric.  Neither changes a file, and
neither raises for what it finds: damage is their result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cxmaturity.errors import CxError, Problem, Where
from cxmaturity.model.engagement import Engagement
from cxmaturity.store.canonical import ENGAGEMENT, KINDS, FileKind, checksum_holds
from cxmaturity.store.engagement_folder import (
    RUBRIC_FOLDER,
    EngagementFolder,
    open_engagement,
    read_part,
)
from cxmaturity.store.files import read_file
from cxmaturity.store.lock import LOCK_NAME, lock_is_stale
from cxmaturity.store.people_csv import LARGEST_TABLE
from cxmaturity.store.responses_check import optional_problems, people_files, people_problems
from cxmaturity.store.results import missing_scorecards, saved_scorecards
from cxmaturity.store.rubric_copy import rubric_problems
from cxmaturity.store.tidiness import synced, untidy


def verify_files(folder: Path) -> list[Problem]:
    """Everything in the engagement's folder that is damaged, missing, altered or misplaced."""
    return [
        *_faults(folder),
        *(problem for kind in KINDS for problem in _alterations(folder, kind)),
        *_rubric(folder),
        *optional_problems(folder),
        *people_problems(folder),
        *(problem for path in people_files(folder) for problem in _checksum(path)),
        *_results(folder),
        *untidy(folder),
    ]


def check_up(folder: Path) -> list[Problem]:
    """What somebody should look at: wrong permissions, copies, a stale lock, open notes."""
    problems = [*untidy(folder), *optional_problems(folder), *people_problems(folder)]
    if lock_is_stale(folder):
        problems.append(_stale_lock(folder / LOCK_NAME))
    if place := synced(folder):
        problems.append(place)
    try:
        engagement = open_engagement(folder)
    except CxError as error:
        return [*error.problems, *problems]
    return [*problems, *open_points(engagement)]


def open_points(folder: EngagementFolder) -> list[Problem]:
    """Ratings and facts marked to come back to, and evidence without a date."""
    return [*_flagged(folder), *_undated(folder)]


def _faults(folder: Path) -> Iterator[Problem]:
    try:
        open_engagement(folder)
    except CxError as error:
        yield from error.problems


def _alterations(folder: Path, kind: FileKind[Any]) -> Iterator[Problem]:
    path = folder / kind.name
    # What cannot be read at all has been said by opening; only absence is silent there.
    if kind is not ENGAGEMENT and not os.path.lexists(path):
        yield _missing(path)
    yield from _checksum(path)


def _checksum(path: Path) -> Iterator[Problem]:
    try:
        holds = checksum_holds(read_file(path, LARGEST_TABLE))
    except CxError:
        return
    if holds is None:
        yield _without_checksum(path)
    elif not holds:
        yield _altered(path)


def _rubric(folder: Path) -> Iterator[Problem]:
    pinned = _engagement(folder)
    if pinned is not None:
        yield from rubric_problems(folder / RUBRIC_FOLDER, pinned.rubric)


def _engagement(folder: Path) -> Engagement | None:
    try:
        return read_part(folder, ENGAGEMENT).content
    except CxError:
        return None


def _results(folder: Path) -> Iterator[Problem]:
    yield from (_missing(path) for path in missing_scorecards(folder))
    for path in saved_scorecards(folder):
        try:
            data = read_file(path)
            if not isinstance(json.loads(data), dict):
                yield _no_scorecard(path)
        except CxError as error:
            yield from error.problems
        except (ValueError, RecursionError):
            yield _no_scorecard(path)


def _flagged(folder: EngagementFolder) -> Iterator[Problem]:
    facts = {f"fact.{key}": fact for key, fact in folder.engagement.facts.items()}
    ratings = {
        f"{dimension}.{indicator}": rating
        for dimension, indicators in folder.assessor.ratings.items()
        for indicator, rating in indicators.items()
    }
    for key, rating in {**ratings, **facts}.items():
        if rating.flag:
            yield Problem(
                "flagged",
                "is marked to come back to",
                Where(str(folder.path), key=key),
                "look at it again and take the mark away",
            )


def _undated(folder: EngagementFolder) -> Iterator[Problem]:
    for dimension, indicators in folder.evidence.evidence.items():
        for indicator, entry in indicators.items():
            if entry.date is None and entry.grade != "claimed":
                yield Problem(
                    "undated",
                    "the evidence has no date, so it never ages",
                    Where(str(folder.path), key=f"{dimension}.{indicator}"),
                    "give its date with `cxmaturity evidence`",
                )


def _missing(path: Path) -> Problem:
    return Problem("file_missing", "is missing", Where(str(path)), "bring it back from a backup")


def _without_checksum(path: Path) -> Problem:
    return Problem(
        "no_checksum",
        "has no checksum: it was not saved by this program, or its end is damaged",
        Where(str(path)),
        "look through it; any change saved by the program adds the checksum",
    )


def _altered(path: Path) -> Problem:
    return Problem(
        "altered",
        "was changed by hand or damaged since it was saved",
        Where(str(path)),
        "look through it; any change saved by the program renews the checksum",
    )


def _no_scorecard(path: Path) -> Problem:
    return Problem(
        "damaged_scorecard",
        "is not a scorecard",
        Where(str(path)),
        "bring it back from a backup, or delete it and score again",
    )


def _stale_lock(path: Path) -> Problem:
    return Problem(
        "stale_lock",
        "was left behind by a program that was stopped in the middle of a save",
        Where(str(path)),
        "nothing to do: it blocks nobody, and what had been acknowledged is saved",
    )
