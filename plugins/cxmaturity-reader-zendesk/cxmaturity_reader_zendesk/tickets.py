"""`zendesk`: a ticket export in CSV becomes first-contact resolution, reply time and satisfaction.

A ticket counts as resolved at first contact when it is solved or closed, was never reopened and
took at most one public reply.  Satisfaction is what customers rated good or bad; offered, not
offered and unrated tickets say nothing.  The export speaks English whatever the account's language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from cxmaturity.hookspecs import Reader, ReadReport, Table

NEEDED = ("Status", "Satisfaction Score", "Reopens", "Replies", "First reply time in minutes")
COLUMNS = ("ticket", "first_contact_resolved", "first_reply_minutes", "satisfied", "solved_at")
_DONE = ("solved", "closed")
_LARGEST = 512 * 1024 * 1024
_LONGEST_CELL = 100_000
_TOLD = 20
"""So many dropped lines are named one by one."""
_DIGITS = 12


def sniff(head: bytes) -> float:
    """How surely the file is a ticket export: the share of needed columns in its first line."""
    line = head.decode("utf-8-sig", errors="replace").partition("\n")[0]
    names = _cells(line)
    return sum(name in names for name in NEEDED) / len(NEEDED)


def read(stream: BinaryIO, _options: Mapping[str, str]) -> tuple[Table, ReadReport]:
    """The tickets as a table; raises ValueError with line and column of what cannot be read."""
    text = _decoded(stream.read(_LARGEST + 1))
    limit = csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(lines, [])
        _check_header(header)
        rows, dropped, count = _rows(header, lines)
    except csv.Error as error:
        msg = f"line {lines.line_num}: {error}"
        raise ValueError(msg) from error
    finally:
        csv.field_size_limit(limit)
    assumed = (
        "resolved at first contact: solved or closed, never reopened, at most one reply",
        "UTF-8, comma-separated",
    )
    report = ReadReport(count, len(rows), _told(dropped), assumed)
    return Table(COLUMNS, tuple(rows)), report


def _decoded(data: bytes) -> str:
    if len(data) > _LARGEST:
        msg = f"the file is larger than {_LARGEST} bytes"
        raise ValueError(msg)
    if b"\0" in data:
        msg = "the file has NUL bytes: it is not a text file"
        raise ValueError(msg)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        msg = f"line {line}: not UTF-8"
        raise ValueError(msg) from error


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _check_header(header: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    if missing:
        msg = f"line 1: columns are missing: {', '.join(missing)}"
        raise ValueError(msg)
    twice = sorted({name for name in header if header.count(name) > 1 and name in NEEDED})
    if twice:
        msg = f"line 1: columns stand twice: {', '.join(twice)}"
        raise ValueError(msg)


def _told(dropped: Sequence[str]) -> tuple[str, ...]:
    more = len(dropped) - _TOLD
    return (*dropped[:_TOLD], *([f"and {more} more"] if more > 0 else ()))


def _rows(
    header: Sequence[str],
    lines: Any,  # noqa: ANN401 - a csv reader
) -> tuple[list[tuple[str | None, ...]], list[str], int]:
    rows: list[tuple[str | None, ...]] = []
    dropped: list[str] = []
    count = 0
    for cells in lines:
        if not any(cells):
            continue
        count += 1
        if len(cells) != len(header):
            dropped.append(f"line {lines.line_num}: {len(cells)} cells, not {len(header)}")
            continue
        rows.append(_ticket(dict(zip(header, cells, strict=True)), lines.line_num))
    return rows, dropped, count


def _ticket(cells: Mapping[str, str], line: int) -> tuple[str | None, ...]:
    replies = _whole(cells["Replies"], line, "Replies")
    reopens = _whole(cells["Reopens"], line, "Reopens")
    minutes = _whole(cells["First reply time in minutes"], line, "First reply time in minutes")
    resolved = None
    if cells["Status"].strip().lower() in _DONE and replies is not None and reopens is not None:
        resolved = "1" if reopens == 0 and replies <= 1 else "0"
    score = cells["Satisfaction Score"].strip().lower()
    satisfied = "1" if score.startswith("good") else "0" if score.startswith("bad") else None
    return (
        cells.get("Id") or cells.get("ID"),
        resolved,
        None if minutes is None else str(minutes),
        satisfied,
        cells.get("Solved at") or None,
    )


def _whole(text: str, line: int, column: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isdecimal() and len(text) <= _DIGITS):
        msg = f"line {line}, column {column}: '{text[:40]}' is not a whole number"
        raise ValueError(msg)
    return int(text)


ZENDESK = Reader(
    name="zendesk",
    summary="Zendesk ticket export (CSV)",
    sniff=sniff,
    read=read,
)
