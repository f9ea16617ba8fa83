"""CSV files: decoded strictly, split by a delimiter that was not guessed, held to limits.

A file is read to its end before anything of it is used, so that all that is wrong is said at once;
afterwards it is streamed again and never held in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake import csv_problems as problems
from cxmaturity.intake import delimiter as delimiters
from cxmaturity.intake.decoding import encoding_of, undecodable
from cxmaturity.intake.opened import (
    PREVIEW_ROWS,
    OpenTable,
    Row,
    TableOptions,
    empty_table,
    unreadable,
)
from cxmaturity.text.limits import (
    PROBLEMS,
    TABLE_BYTES,
    TABLE_CELL,
    TABLE_COLUMNS,
    TABLE_LINE,
    TABLE_ROWS,
)

_SAMPLE_LINES = 50
_SAMPLE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class _Form:
    """How the file is written."""

    path: Path
    encoding: str
    asked: str | None
    delimiter: str
    sep_line: bool


@dataclass(slots=True)
class _Seen:
    """What a reading of the whole file met."""

    rows: int = 0
    empty: int = 0
    short: int = 0
    first_short: int = 0
    problems: list[Problem] = field(default_factory=list)


def open_csv(path: Path, asked: TableOptions) -> OpenTable:
    """Open a CSV file; raises InputError with everything that is wrong in it."""
    try:
        _check_size(path)
        form = _form(path, asked)
        seen = _Seen()
        rows = _rows(form, seen)
        preview = tuple(tuple(cells) for _, cells in islice(rows, PREVIEW_ROWS))
        for _row in rows:
            pass
    except OSError as error:
        raise unreadable(path, error) from error
    if not preview:
        raise empty_table(path.name)
    assumed = tuple(_assumed(form, seen, asked))
    return OpenTable(path.name, "csv", assumed, preview, seen.rows, partial(_rows, form, None))


def _check_size(path: Path) -> None:
    if path.stat().st_size > TABLE_BYTES:
        raise problems.too_large(path.name)


def _form(path: Path, asked: TableOptions) -> _Form:
    encoding = encoding_of(path, asked.encoding)
    try:
        sample = _sample(path, encoding)
    except UnicodeError as error:
        raise undecodable(path, encoding, asked.encoding) from error
    told = delimiters.sep_line(sample[0]) if sample else None
    if asked.delimiter is not None:
        chosen = delimiters.declared(asked.delimiter, path.name)
    else:
        chosen = told or delimiters.found(sample, path.name)
    return _Form(path, encoding, asked.encoding, chosen, sep_line=told is not None)


def _sample(path: Path, encoding: str) -> list[str]:
    """The first lines; an unfit one ends them and is told with its row by the full reading."""
    sample: list[str] = []
    size = 0
    with suppress(problems.UnfitLineError):
        for line in islice(_text_lines(path, encoding), _SAMPLE_LINES):
            sample.append(line)
            size += len(line)
            if size > _SAMPLE_SIZE:
                break
    return sample


def _text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their ends; a line too long or with a NUL raises."""
    with path.open(encoding=encoding, errors="strict", newline="") as stream:
        while line := stream.readline(TABLE_LINE + 1):
            if "\0" in line:
                raise problems.UnfitLineError(*problems.NUL)
            if len(line) > TABLE_LINE:
                raise problems.UnfitLineError(*problems.LONG_LINE)
            yield line


def _records(form: _Form) -> Iterator[Row]:
    """Every record with its number; whatever cannot be read raises InputError with that number."""
    lines = _text_lines(form.path, form.encoding)
    reader = csv.reader(lines, delimiter=form.delimiter, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise problems.malformed(form.path.name, str(error), row) from error
        except UnicodeError as error:
            raise undecodable(form.path, form.encoding, form.asked) from error
        except OSError as error:
            raise unreadable(form.path, error) from error
        except problems.UnfitLineError as error:
            raise problems.unfit(form.path.name, error, row) from error
        if row > TABLE_ROWS:
            raise problems.too_many_rows(form.path.name)
        if row > 1 or not form.sep_line:
            yield row, cells


def _rows(form: _Form, seen: _Seen | None) -> Iterator[Row]:
    """Filled rows, as wide as the header at least; all misshapen ones raise at the end."""
    seen = _Seen() if seen is None else seen
    name = form.path.name
    width = 0
    for row, cells in _records(form):
        if not any(cells):
            seen.empty += bool(cells)
            continue
        count = len(cells)
        if not width:
            width = count
        if count > TABLE_COLUMNS:
            raise problems.too_many_columns(name, row)
        if count != width:
            _fit(cells, width, row, name, seen)
        if max(map(len, cells)) > TABLE_CELL:
            seen.problems.append(problems.too_long(name, cells, row))
        if len(seen.problems) >= PROBLEMS:
            break
        seen.rows += 1
        yield row, cells
    if seen.problems:
        raise InputError(seen.problems)


def _fit(cells: list[str], width: int, row: int, name: str, seen: _Seen) -> None:
    """Fill a short row; drop the extra cells of a long one where they are empty."""
    if len(cells) < width:
        seen.short += 1
        seen.first_short = seen.first_short or row
        cells.extend([""] * (width - len(cells)))
    elif any(cells[width:]):
        seen.problems.append(problems.too_many_cells(name, row, len(cells), width))
    else:
        del cells[width:]


def _assumed(form: _Form, seen: _Seen, asked: TableOptions) -> Iterator[Problem]:
    where = Where(form.path.name)
    if asked.encoding is None:
        yield Problem(
            "encoding_taken",
            "read as {encoding}",
            where,
            values={"encoding": form.encoding.removesuffix("-sig").upper()},
        )
    if asked.delimiter is None:
        name = delimiters.name_of(form.delimiter)
        yield Problem(
            "delimiter_taken", "cells are separated by {mark}", where, values={"mark": name}
        )
    if seen.short:
        yield Problem(
            "short_rows",
            "{count} rows have fewer cells than the header, the first is row {row}: "
            "the missing ones count as empty",
            where,
            values={"count": seen.short, "row": seen.first_short},
        )
    if seen.empty:
        yield Problem(
            "empty_rows", "{count} empty rows left out", where, values={"count": seen.empty}
        )
