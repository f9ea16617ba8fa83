"""What a sheet's XML says before it is parsed: its extent, error values, formulas without a value.

The parser makes a dense table of whatever lies between the first and the last cell, and turns
errors and uncalculated formulas into empty cells without a word; both are found here first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.limits import PROBLEMS, SHEET_CELLS, SHEET_ROWS, TABLE_COLUMNS
from cxmaturity.text.messages import N_

# Bounded, so that no tag without an end makes the search go over the file again and again.
_TAG = rb"[^<>]{0,300}"
_AT = rb"""\br=["']([A-Za-z]{1,9})([0-9]{1,12})["']"""
_CELL = rb"<(?:\w{1,20}:)?c\b"
_FORMULA = rb"<(?:\w{1,20}:)?f\b" + _TAG + rb"(?:/>|>[^<]*</(?:\w{1,20}:)?f>)"
_FILLED = re.compile(_CELL + _TAG + _AT + _TAG + rb"(?<!/)>")
_ERROR = re.compile(
    _CELL + rb"""(?=[^<>]{0,300}\bt=["']e["'])""" + _TAG + _AT + _TAG + rb">"
    rb"(?:\s*" + _FORMULA + rb")?\s*<(?:\w{1,20}:)?v" + _TAG + rb">([^<]{0,20})"
)  # fmt: skip
_UNCALCULATED = re.compile(
    _CELL + _TAG + _AT + _TAG + rb">\s*" + _FORMULA + rb"\s*</(?:\w{1,20}:)?c>"
)


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """How many formulas of a sheet have no stored value, and where the first is."""

    count: int
    cell: str


def check_extent(xml: bytes) -> None:
    """Refuse a sheet whose cells lie further apart than the limits allow."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for cell in _FILLED.finditer(xml):
        columns.add(cell[1])
        rows.add(cell[2])
    width = max(map(column_number, columns), default=0)
    height = max(map(int, rows), default=0)
    check_size(width, height)


def check_size(width: int, height: int) -> None:
    """Refuse a sheet of more columns, rows or cells than are read."""
    for code, what, size, limit in (
        ("too_many_columns", N_("has a cell in column {size}; {limit} columns are read"), width,
         int(TABLE_COLUMNS)),
        ("too_many_rows", N_("has a cell in row {size}; {limit} rows are read"), height,
         int(SHEET_ROWS)),
        ("too_many_cells", N_("spans {size} cells; {limit} are read"), width * height,
         int(SHEET_CELLS)),
    ):  # fmt: skip
        if size > limit:
            raise InputError(
                Problem(
                    code,
                    what,
                    hint="save the sheet as .csv, or delete what lies outside the table",
                    values={"size": size, "limit": limit},
                )
            )


def check_errors(xml: bytes) -> None:
    """Refuse a sheet with error values such as #N/A, each with its cell."""
    problems = []
    for cell in _ERROR.finditer(xml):
        problems.append(_error_value(cell))
        if len(problems) >= PROBLEMS:
            break
    if problems:
        raise InputError(problems)


def _error_value(cell: re.Match[bytes]) -> Problem:
    column, row = column_number(cell[1]), int(cell[2])
    return Problem(
        "error_value",
        "cell {cell} holds the error {error}",
        Where(line=row, column=column),
        "correct it in the spreadsheet, or empty the cell",
        {
            "cell": (cell[1] + cell[2]).decode("ascii"),
            "error": cell[3].decode("utf-8", "replace"),
        },
    )


def uncalculated(xml: bytes) -> Uncalculated | None:
    """The formulas that nobody has calculated yet, if there are any: they read as empty."""
    found = list(_UNCALCULATED.finditer(xml))
    if not found:
        return None
    return Uncalculated(len(found), (found[0][1] + found[0][2]).decode("ascii"))


def column_number(letters: bytes) -> int:
    """The number of a column written in letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
