"""Typed cells of a spreadsheet as text, in the one form that all tables use."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

_EXACT_WHOLE = 1e15
"""Excel keeps 15 digits; more are noise of the binary fraction."""


def text_of(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """A cell's value as text in the one form that all tables use.

    Whole numbers have no decimals, decimals a point and no trailing zeros, truth is ``true`` and
    ``false``, dates are ISO 8601, durations ``hours:mm:ss``.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        # Spreadsheets keep days as binary fractions: a second is as fine as it is meant.
        return (value + dt.timedelta(microseconds=500_000)).isoformat(timespec="seconds")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.timedelta):
        return _duration(round(value.total_seconds()))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_WHOLE:
        return str(int(value))
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _duration(seconds: int) -> str:
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
