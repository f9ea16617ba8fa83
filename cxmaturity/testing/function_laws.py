"""The laws of functions in rules, tried on drawn examples.

Each broken law is told once, with its example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cxmaturity.hookspecs import Function, Interval
from cxmaturity.testing.examples import SCALE, TRIES, drawing, number, require, told


def check_function(
    function: Function, *intervals: Interval, examples: Mapping[tuple[int, ...], int] | None = None
) -> None:
    """Raise AssertionError with everything that :func:`function_faults` finds.

    ``examples`` are values that must come out, all in millionths.
    """
    faults = list(function_faults(function, *intervals))
    for arguments, value in (examples or {}).items():
        found = function.scalar(*arguments)
        if found != value:
            faults.append(f"{arguments} is to give {value} and gives {found}")
    require(function.name, faults)


def function_faults(function: Function, *intervals: Interval) -> tuple[str, ...]:
    """Which laws a function for rules breaks; ``intervals`` are those of its arguments (0…4)."""
    spans = intervals or (SCALE,) * function.arguments
    draw = drawing()
    cases = [tuple(number(draw, span) for span in spans) for _ in range(TRIES)]
    return tuple(filter(None, (
        told(lambda: _function_value(function, spans, cases)),
        told(lambda: _function_columns(function, cases)),
    )))  # fmt: skip


def _function_value(
    function: Function, spans: Sequence[Interval], cases: Sequence[tuple[int, ...]]
) -> str:
    draw = drawing(2)
    low, high = function.range(*spans)
    for case in cases:
        value = function.scalar(*case)
        if value is not None and type(value) is not int:
            return f"{case} gives {value!r}, not a whole number of millionths"
        if value is not None and not low <= value <= high:
            return f"{case} gives {value}, outside its range {low}…{high}"
        if function.monotone and value is not None:
            higher = tuple(draw.randint(x, span[1]) for x, span in zip(case, spans, strict=True))
            above = function.scalar(*higher)
            if above is not None and above < value:
                return f"{higher} gives {above}, less than {case} ({value})"
    return ""


def _function_columns(function: Function, cases: Sequence[tuple[int, ...]]) -> str:
    if function.columns is None:
        return ""
    given = [np.array(column, np.int64) for column in zip(*cases, strict=True)]
    kept = [column.copy() for column in given]
    found = function.columns(*given)
    if not all(np.array_equal(a, b) for a, b in zip(given, kept, strict=True)):
        return "its columns change what they are given"
    if str(found.dtype) != "int64":
        return f"its column is of {found.dtype}, not int64"
    for case, value in zip(cases, np.broadcast_to(found, len(cases)), strict=True):
        alone = function.scalar(*case)
        if alone is not None and int(value) != alone:
            return f"columns give {value} for {case}, one world alone {alone}"
    return ""
