"""A file opened and its columns told apart, whoever wrote it: our layouts, or a plugin's reader."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.hookspecs import ReadReport, Table
from cxmaturity.intake.layouts import LaidOut, LayoutOptions, Row
from cxmaturity.intake.layouts.known import layout_named, recognised
from cxmaturity.intake.layouts.wide import columns_of, respondent_in
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.opened import require_distinct
from cxmaturity.intake.tables import TableOptions, open_table
from cxmaturity.text.messages import N_


@dataclass(frozen=True, slots=True)
class LaidFile:
    """A file with its columns told apart, its rows still unread."""

    file: str
    sha256: str
    layout: str
    laid: LaidOut
    assumed: tuple[Problem, ...] = ()


def lay_out_file(path: Path, mapping: Mapping) -> LaidFile:
    """Open a CSV file or a workbook by one of the product's own layouts."""
    asked = TableOptions(mapping.encoding, mapping.delimiter, mapping.sheet)
    table = open_table(path, asked)
    named = mapping.layout
    layout = layout_named(named) if named else recognised(table.preview, table.name)
    options = LayoutOptions(mapping.keep_unfinished, mapping.header_rows)
    with placed_in(table.name):
        laid = layout.lay_out(table.rows(), options)
    return LaidFile(table.name, digest_of(path), layout.name, laid, (*table.assumed, *laid.notes))


def lay_out_table(table: Table, report: ReadReport, *, path: Path, reader: str) -> LaidFile:
    """Take the table that a plugin's reader gave."""
    with placed_in(path.name):
        require_distinct(table.columns, row=1)
    columns = columns_of(table.columns)
    _require_rectangle(table, path.name, reader)
    code = respondent_in(columns)
    laid = LaidOut(
        columns,
        _numbered(table.rows),
        respondent=code.name if code else None,
        respondent_place=code.place if code else None,
    )
    said = tuple(_foreign(text, path.name) for text in (*report.assumed, *report.dropped))
    return LaidFile(path.name, digest_of(path), reader, laid, said)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def placed_in(file: str) -> Iterator[None]:
    """Give the file's name to problems that know only a row."""
    try:
        yield
    except InputError as error:
        problems = [
            problem
            if problem.where.file
            else replace(problem, where=replace(problem.where, file=file))
            for problem in error.problems
        ]
        raise InputError(problems) from error


def _numbered(rows: Iterable[tuple[str | None, ...]]) -> Iterator[Row]:
    """Rows as if a header stood above them; an empty cell is an empty text."""
    for number, cells in enumerate(rows, start=2):
        yield number, [cell or "" for cell in cells]


def _require_rectangle(table: Table, file: str, reader: str) -> None:
    if any(len(cells) != len(table.columns) for cells in table.rows):
        what = N_("the reader '{reader}' gave rows that do not fit its columns")
        raise InputError(Problem("bad_reader", what, Where(file), "", {"reader": reader}))


def _foreign(text: str, file: str) -> Problem:
    return Problem("reader_says", "{text}", Where(file), "", {"text": text})
