"""Reading people from their canonical CSV: quickly where all is well, closely where it is not.

Everything that is wrong is said at once, with its line.  Nothing here opens a file or knows a
rubric.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.model.people import PLACE, People
from cxmaturity.store.cells import CellValues
from cxmaturity.store.people_csv import AXIS_MARK, CODE_COLUMN, FORMAT, in_order, split_table
from cxmaturity.store.response_names import is_code
from cxmaturity.text import limits
from cxmaturity.text.messages import N_

_ID = r"[a-z][a-z0-9_]{0,39}"
_COLUMN = re.compile(rf"@{_ID}|{_ID}\.{_ID}")
_PLACE = re.compile(PLACE)


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """What a file says: its head, its people, and digests of the files that it stands for."""

    head: Mapping[str, Any]
    people: People
    supersedes: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Everything wrong that was met in one file."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, what: str, line: int, hint: str, /, **values: object) -> None:
        if len(self.problems) < limits.PROBLEMS:
            where = Where(self.name, line, key=str(values.get("column", "")))
            self.problems.append(Problem(code, what, where, hint, values))


def read_people_table(data: bytes, name: str, *, erased: bool = False) -> PeopleTable:
    """The people of a file; ``erased``: whether somebody without code may be among them.

    Raises InputError with everything that is wrong, each with its line.
    """
    reading = _Reading(name)
    lines, supersedes, complete = split_table(data)
    if not complete:
        reading.note(
            "cut_off",
            N_("the end of the file is missing"),
            max(len(lines) - (not lines[-1]), 1),
            N_("bring it back from a backup, or delete it and import the data again"),
        )
        raise InputError(reading.problems)
    try:
        text = b"\n".join(lines).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reading.note(
            "not_utf8", N_("the file is not UTF-8 text"), line, N_("bring it back from a backup")
        )
        raise InputError(reading.problems) from error
    first, _, rest = text.partition("\n")
    head = _head(first, reading)
    people = _people(rest, reading, erased=erased)
    if reading.problems:
        raise InputError(reading.problems)
    return PeopleTable(head, people, supersedes)


def _head(line: str, reading: _Reading) -> Mapping[str, Any]:
    try:
        head = json.loads(line.removeprefix("# "))
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict) or not isinstance(head.get("format"), int):
        reading.note(
            "bad_table",
            N_("the first line does not say what the table is"),
            1,
            N_("bring the file back from a backup"),
        )
        return {}
    if head["format"] > FORMAT:
        reading.note(
            "newer_format",
            N_("was written by a newer release: format {found}, this one reads up to {newest}"),
            1,
            N_("update the program; the file was not changed"),
            found=head["format"],
            newest=FORMAT,
        )
    return head


def _people(text: str, reading: _Reading, *, erased: bool) -> People:
    rows = csv.reader(text.split("\n") if text else [], strict=True)
    try:
        header = next(rows, [])
        if not _is_header(header, reading):
            return People()
        table = _Table(header, reading, CellValues(), erased=erased)
        table.read(rows)
    except csv.Error as error:
        reading.note(
            "bad_table",
            N_("this line is not part of a table: {why}"),
            rows.line_num + 1,
            N_("bring the file back from a backup"),
            why=error,
        )
        return People()
    return table.people()


def _is_header(header: Sequence[str], reading: _Reading) -> bool:
    good = header[:1] == [CODE_COLUMN]
    if not good:
        reading.note(
            "bad_table",
            N_("the table begins with another column than code"),
            2,
            N_("bring the file back from a backup"),
        )
    for number, name in enumerate(header[1:], start=1):
        if not _COLUMN.fullmatch(name) or name in header[:number]:
            good = False
            reading.note(
                "bad_column",
                N_("'{column}' is no column, or stands there twice"),
                2,
                N_("columns are @axis and dimension.indicator, each once"),
                column=name,
            )
    return good


class _Table:
    """Reads rows as fast as they come, and looks closer where one does not fit."""

    def __init__(
        self, header: Sequence[str], reading: _Reading, values: CellValues, *, erased: bool
    ) -> None:
        self.header = header
        self.reading = reading
        self.values = values
        self.erased = erased
        self.axes = [name[1:] for name in header if name.startswith(AXIS_MARK)]
        self.start = 1 + len(self.axes)
        self.codes: dict[str, int] = {}
        self.all_codes: list[str] = []
        self.places: list[list[str]] = []
        self.known_places: set[str] = {""}
        self.rows: list[list[Any]] = []

    def read(self, rows: Any) -> None:  # noqa: ANN401 - the type of csv's reader has no name
        width, values, start = len(self.header), self.values, self.start
        for row in rows:
            line = rows.line_num + 1
            if len(row) != width:
                self._odd_width(row, line)
                continue
            self._code(row[0], line)
            if start > 1:
                self._places(row[1:start], line)
            try:
                self.rows.append([values[cell] for cell in row[start:]])
            except ValueError:
                self._odd_cells(row, line)

    def people(self) -> People:
        if self.reading.problems:
            return People()
        places = list(zip(*self.places, strict=True)) or [()] * len(self.axes)
        answers = list(zip(*self.rows, strict=True))
        questions = self.header[self.start :]
        return in_order(
            People(
                tuple(self.all_codes),
                {
                    axis: tuple(place or None for place in column)
                    for axis, column in zip(self.axes, places, strict=True)
                },
                dict(zip(questions, answers or [()] * len(questions), strict=True)),
            )
        )

    def _code(self, code: str, line: int) -> None:
        self.all_codes.append(code)
        if self.erased and not code:
            return
        if not is_code(code):
            self.reading.note(
                "bad_code",
                N_("'{code}' is no code of a respondent"),
                line,
                N_(
                    "codes are lower-case letters, digits, - and _, at most 40; no names of devices"
                ),
                code=code[:60],
            )
        elif (other := self.codes.setdefault(code, line)) != line:
            self.reading.note(
                "same_code",
                N_("the respondent '{code}' stands in line {other} too"),
                line,
                N_("keep one of the two lines"),
                code=code,
                other=other,
            )

    def _places(self, paths: list[str], line: int) -> None:
        self.places.append(paths)
        for axis, path in zip(self.axes, paths, strict=True):
            if path in self.known_places:
                continue
            if _PLACE.fullmatch(path):
                self.known_places.add(path)
                continue
            self.reading.note(
                "bad_place",
                N_("'{place}' is no place on a group axis"),
                line,
                N_("write it like sales/north"),
                place=path[:60],
                column=AXIS_MARK + axis,
            )

    def _odd_width(self, row: Sequence[str], line: int) -> None:
        self.reading.note(
            "bad_row",
            N_("the row has {found} cells, the header {wanted}"),
            line,
            N_("bring the file back from a backup"),
            found=len(row),
            wanted=len(self.header),
        )

    def _odd_cells(self, row: Sequence[str], line: int) -> None:
        for name, cell in list(zip(self.header, row, strict=True))[self.start :]:
            try:
                _ = self.values[cell]
            except ValueError:
                self.reading.note(
                    "bad_cell",
                    N_("the cell of {column} holds no answer"),
                    line,
                    N_("bring the file back from a backup, or correct the cell"),
                    column=name,
                )
