"""A table that was opened: what is known of it before its rows are used.

A table is text in rows and columns, nothing more: what a cell means is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cxmaturity.errors import InputError, Problem, Where

Row = tuple[int, list[str]]
"""A row's number as a spreadsheet counts it, from 1, and its cells as text."""

PREVIEW_ROWS = 10
"""So many rows are kept for showing and for recognising the layout."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """What the user says about a file: encoding and delimiter of a CSV file, sheet of a workbook.

    ``delimiter`` is one of ``;``, ``,``, a tab or ``|`` (``tab`` in words is understood too).
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that was read once to its end and found fit.

    The first row is the header; rows without any content are left out, and every row has at least
    as many cells as the header.  ``assumed`` says what was taken for granted (encoding, delimiter,
    sheet, cells that were filled); ``row_count`` counts the rows that `rows` gives.
    """

    name: str
    kind: Literal["csv", "xlsx"]
    assumed: tuple[Problem, ...]
    preview: tuple[tuple[str, ...], ...]
    row_count: int
    read: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """All rows from the header on, each with its number; may be asked for again."""
        return self.read()

    @property
    def header(self) -> tuple[str, ...]:
        """The first row."""
        return self.preview[0]


def require_distinct(header: Sequence[str], file: str = "", row: int | None = None) -> None:
    """Raise InputError if two headers are the same but for case and spaces around them.

    Layouts call it with the row that identifies their columns; empty headers do not count.
    """
    seen: dict[str, int] = {}
    problems = []
    for place, name in enumerate(header, start=1):
        key = name.strip().casefold()
        if key and (first := seen.setdefault(key, place)) != place:
            problems.append(
                Problem(
                    "duplicate_header",
                    "the header “{name}” stands in columns {first} and {second}",
                    Where(file, line=row, column=place),
                    "give each column a name of its own",
                    {"name": name.strip(), "first": first, "second": place},
                )
            )
    if problems:
        raise InputError(problems)


def unreadable(path: Path, error: OSError) -> InputError:
    """The error for a file that the system would not let us read."""
    return InputError(
        Problem(
            "unreadable",
            "cannot be read: {reason}",
            Where(path.name),
            "check the name and who may read the file",
            {"reason": error.strerror or type(error).__name__},
        )
    )


def empty_table(name: str) -> InputError:
    """The error for a file without a single filled cell."""
    return InputError(
        Problem("empty_table", "has no rows", Where(name), "export the answers again")
    )
