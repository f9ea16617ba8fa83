"""XLSX workbooks, read in a child process that a hostile file may take down with it.

What comes back is kept packed in memory, so that the file is read once and what was checked is what
is used.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.opened import PREVIEW_ROWS, OpenTable, Row, empty_table, unreadable
from cxmaturity.text.limits import WORKBOOK_SECONDS

_CHUNK = 1 << 16
_CHILD = "cxmaturity.intake.xlsx_child"
_ROOT = Path(__file__).resolve().parents[2]
_FASTEST = 1
_FELL = 1
"""How Python ends on an exception that nobody foresaw: the parser fell over the file."""


def open_xlsx(path: Path, sheet: str | None) -> OpenTable:
    """Open a sheet of a workbook: the one asked for, or the first with data."""
    try:
        with path.open("rb") as stream:
            packed, said, stopped = _child(stream, sheet)
    except OSError as error:
        raise unreadable(path, error) from error
    report = _report(said, path.name, stopped=stopped)
    if report["problems"]:
        raise InputError(_placed(problem, path.name) for problem in report["problems"])
    notes = tuple(_placed(note, path.name) for note in report["notes"])
    preview = tuple(tuple(cells) for _, cells in islice(_rows(packed), PREVIEW_ROWS))
    if not preview:
        uncalculated = [note for note in notes if note.code == "uncalculated"]
        raise InputError((*empty_table(path.name).problems, *uncalculated))
    count = sum(1 for _ in _rows(packed))
    return OpenTable(path.name, "xlsx", notes, preview, count, partial(_rows, packed))


def _child(stream: IO[bytes], sheet: str | None) -> tuple[bytes, bytes, bool]:
    """What the child wrote: its rows, packed, and its last words; whether it was stopped."""
    command = [sys.executable, "-P", "-m", _CHILD, json.dumps({"sheet": sheet})]
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    ) as process:
        clock = threading.Timer(float(WORKBOOK_SECONDS), process.kill)
        clock.start()
        try:
            packed = _pack(process.stdout)
            # The child closes its output before its last words, so neither waits for the other.
            said = process.stderr.read() if process.stderr else b""
            ended = process.wait()
        finally:
            clock.cancel()
            process.kill()
    return packed, said, ended != _FELL


def _pack(output: IO[bytes] | None) -> bytes:
    packer = zlib.compressobj(_FASTEST)
    packed = bytearray()
    while output is not None and (chunk := output.read(_CHUNK)):
        packed += packer.compress(chunk)
    return bytes(packed + packer.flush())


def _report(said: bytes, name: str, *, stopped: bool) -> dict[str, Any]:
    """The child's last line; without one it was stopped, or fell over the file."""
    try:
        report = json.loads(said.rpartition(b"\n")[2])
    except ValueError:
        report = None
    if isinstance(report, dict):
        return report
    if stopped:
        raise InputError(
            Problem(
                "reading_stopped",
                "takes more memory or time to read than any honest workbook",
                Where(name),
                "save the sheet with the answers as .csv",
            )
        )
    raise InputError(
        Problem(
            "workbook_damaged",
            "is damaged or no XLSX workbook",
            Where(name),
            "save it again as .xlsx or as .csv",
        )
    )


def _placed(problem: dict[str, Any], name: str) -> Problem:
    where = replace(Where(**problem.pop("where")), file=name)
    return Problem(**problem, where=where)


def _rows(packed: bytes) -> Iterator[Row]:
    """The rows, unpacked piece by piece; the child wrote all of them equally wide."""
    for number, *cells in csv.reader(_lines(packed)):
        yield int(number), cells


def _lines(packed: bytes) -> Iterator[str]:
    text = io.TextIOWrapper(io.BufferedReader(_Unpacked(packed)), encoding="utf-8", newline="")
    return iter(text)


class _Unpacked(io.RawIOBase):
    """The packed rows as a stream."""

    def __init__(self, packed: bytes) -> None:
        self._unpacker = zlib.decompressobj()
        self._rest = packed

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        """As many bytes as the buffer takes."""
        piece = self._unpacker.decompress(self._rest, len(buffer))
        self._rest = self._unpacker.unconsumed_tail
        buffer[: len(piece)] = piece
        return len(piece)
