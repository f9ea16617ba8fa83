"""What can be wrong with a CSV file, each with its row and what to do."""

from __future__ import annotations

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.limits import TABLE_BYTES, TABLE_CELL, TABLE_COLUMNS, TABLE_LINE, TABLE_ROWS
from cxmaturity.text.messages import N_


class UnfitLineError(Exception):
    """A line that no reader should be given; carries code, sentence and hint."""


NUL = (
    "nul_byte",
    N_("holds a NUL character in row {row}"),
    N_("it is damaged or no text file: export it again"),
)
"""What is said of a line with a NUL character."""

LONG_LINE = (
    "line_too_long",
    N_("has a line of more than {limit} characters in row {row}"),
    N_("look whether this is a table"),
)
"""What is said of a line that does not end."""


def too_large(name: str) -> InputError:
    """The error for a file of more bytes than are read."""
    return InputError(
        Problem(
            "file_too_large",
            "is larger than {limit} bytes",
            Where(name),
            "split it, or leave out columns that are not needed",
            {"limit": int(TABLE_BYTES)},
        )
    )


def too_many_cells(name: str, row: int, count: int, width: int) -> Problem:
    """The problem of a row with more cells than headers."""
    return Problem(
        "too_many_cells",
        "row {row} has {count} cells, the header {width}",
        Where(name, line=row, column=width + 1),
        "put cells that hold the delimiter in quotation marks",
        {"row": row, "count": count, "width": width},
    )


def malformed(name: str, said: str, row: int) -> InputError:
    """The error for what the csv module could not read."""
    values = {"row": row, "limit": int(TABLE_CELL)}
    if "field larger" in said:
        return InputError(
            Problem(
                "cell_too_long",
                "a cell in row {row} has more than {limit} characters",
                Where(name, line=row),
                "look for a quotation mark that is not closed",
                values,
            )
        )
    if "end of data" in said:
        return InputError(
            Problem(
                "quote_open",
                "a quotation mark in row {row} is never closed",
                Where(name, line=row),
                "close it, or double it where it belongs to the text",
                values,
            )
        )
    return InputError(
        Problem(
            "quote_stray",
            "a quotation mark in row {row} stands inside a quoted cell",
            Where(name, line=row),
            "double it where it belongs to the text, or say --delimiter",
            values,
        )
    )


def unfit(name: str, error: UnfitLineError, row: int) -> InputError:
    """The error for a line that no reader should be given."""
    code, what, hint = error.args
    values = {"row": row, "limit": int(TABLE_LINE)}
    return InputError(Problem(code, what, Where(name, line=row), hint, values))


def too_many_rows(name: str) -> InputError:
    """The error for more rows than are read."""
    return InputError(
        Problem(
            "too_many_rows",
            "has more than {limit} rows",
            Where(name),
            "split it",
            {"limit": int(TABLE_ROWS)},
        )
    )


def too_many_columns(name: str, row: int) -> InputError:
    """The error for a row of more cells than are read."""
    return InputError(
        Problem(
            "too_many_columns",
            "row {row} has more than {limit} cells",
            Where(name, line=row),
            "leave out columns that are not needed",
            {"row": row, "limit": int(TABLE_COLUMNS)},
        )
    )


def too_long(name: str, cells: list[str], row: int) -> Problem:
    """The problem of a cell longer than a spreadsheet holds."""
    column = next(place for place, cell in enumerate(cells, start=1) if len(cell) > TABLE_CELL)
    return Problem(
        "cell_too_long",
        "a cell in row {row} has more than {limit} characters",
        Where(name, line=row, column=column),
        "look for a quotation mark that is not closed",
        {"row": row, "limit": int(TABLE_CELL)},
    )
