"""Which evidence grade counts on a date: evidence ages, and never comes from the future.

The date is the engagement's, never the clock's.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.model.engagement import Evidence
from cxmaturity.model.rubric import GRADES, Grade
from cxmaturity.text.messages import N_


@dataclass(frozen=True, slots=True)
class CountingEvidence:
    """Grades as they count, and the paths whose evidence was too old or undated."""

    grades: Mapping[str, Grade]
    aged: tuple[str, ...]
    undated: tuple[str, ...]


def counting_evidence(
    evidence: Mapping[str, Evidence], date: dt.date, months: int | None
) -> CountingEvidence:
    """The grades that count on a date; raises InputError for evidence dated after it."""
    late = [path for path, item in evidence.items() if item.date is not None and item.date > date]
    if late:
        what = N_("the evidence of '{path}' is dated {found}, after the engagement ({date})")
        raise InputError(
            Problem(
                "future_evidence", what, Where(key=path), "correct one of the dates",
                {"path": path, "found": evidence[path].date, "date": date},
            )
            for path in late
        )  # fmt: skip
    start = None if months is None else months_before(date, months)
    grades: dict[str, Grade] = {}
    aged: list[str] = []
    undated: list[str] = []
    for path, item in evidence.items():
        grade = item.grade
        if item.date is None and grade != "claimed":
            undated.append(path)
        elif start is not None and item.date is not None and item.date < start:
            aged.append(path)
            grade = GRADES[max(GRADES.index(grade) - 1, 0)]
        grades[path] = grade
    return CountingEvidence(grades, tuple(aged), tuple(undated))


def months_before(date: dt.date, months: int) -> dt.date:
    """The same day so many calendar months earlier, clipped to the month's end and to year 1."""
    year, month = divmod(date.year * 12 + date.month - 1 - months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    day = min(date.day, monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day)
