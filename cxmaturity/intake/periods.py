"""Periods of measures: as somebody writes one, and the one that a date belongs to."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import Final

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.intake.dates import read_date
from cxmaturity.intake.mapping import Every, SlashOrder
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _

__all__ = ["Period", "SlashOrder", "day_of", "period_of", "read_period"]

Period = tuple[dt.date, dt.date]
"""First and last day."""

_MONTHS_OF: Final[dict[Every, int]] = {"month": 1, "quarter": 3, "year": 12}
_SLASHES: Final[dict[SlashOrder, re.Pattern[str]]] = {
    "d/m/y": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})(?=$|,? )"),
    "m/d/y": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?=$|,? )"),
}
_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})|-?Q([1-4]))?")


def read_period(text: str) -> Period:
    """The period that is written as ``2017``, ``2017-Q2``, ``2017-05`` or two days with ``..``.

    Raises UsageError for anything else.
    """
    try:
        return _read(text.strip())
    except ValueError as error:
        raise UsageError(
            Problem(
                "bad_period",
                N_("'{text}' is no period"),
                Where(key="--period"),
                N_("write 2017, 2017-Q2, 2017-05 or 2017-05-01..2017-05-31"),
                {"text": text},
            )
        ) from error


def period_of(day: dt.date, every: Every) -> Period:
    """The month, quarter or year that a day belongs to."""
    months = _MONTHS_OF[every]
    first = (day.month - 1) // months * months + 1
    return _months(day.year, first, months)


def day_of(text: str, order: SlashOrder | None) -> dt.date:
    """The day of a cell, a time of day behind it ignored; raises ValueError.

    Dates with slashes are read only where it was said which number is the day.
    """
    found = _SLASHES[order].match(text.strip()) if order else None
    if found is None:
        return read_date(text)
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError as error:
        raise ValueError(_("is a day that no calendar has")) from error


def _read(text: str) -> Period:
    first, dots, last = text.partition("..")
    if dots:
        starts, ends = dt.date.fromisoformat(first.strip()), dt.date.fromisoformat(last.strip())
        if ends < starts:
            raise ValueError(text)
        return starts, ends
    found = _WRITTEN.fullmatch(text)
    if found is None:
        day = dt.date.fromisoformat(text)
        return day, day
    year, month, quarter = found.groups()
    if quarter:
        return _months(int(year), int(quarter) * 3 - 2, 3)
    return _months(int(year), int(month), 1) if month else _months(int(year), 1, 12)


def _months(year: int, first: int, months: int) -> Period:
    last = first + months - 1
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])
