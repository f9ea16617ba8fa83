"""Many people in one file: a canonical CSV, a row a person, the same people always the same bytes.

::

    # {"format": 1, "rubric": "cx_phases", "version": "1.0.0"}
    code,@role,@unit,loop.detractors,loop.weekly
    r001,leader,sales/north,2,
    # supersedes:…
    # sha256:…

The first line says what the table is, the last one carries a checksum of everything above it; a
file without it was cut off and is refused.  Nothing here opens a file or knows a rubric.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.model.people import People
from cxmaturity.store.cells import CellTexts, cell_key

FORMAT = 1
"""Version of these tables that this release reads and writes."""

LARGEST_TABLE = 128 * 1024 * 1024
"""Bytes of one table: 20,000 people with 200 answers take a tenth of it."""

CODE_COLUMN = "code"
"""The first column."""
AXIS_MARK = "@"
"""Begins the name of a column of places."""
_SUPERSEDES = "# supersedes:"
_CHECKSUM = "# sha256:"


def in_order(people: People) -> People:
    """The same people as they are written: by code, columns by name, none of them empty."""
    order = sorted(range(len(people)), key=people.codes.__getitem__)
    already = order == list(range(len(people)))

    def rows(column: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(column) if already else tuple(column[index] for index in order)

    def columns(table: Mapping[str, Sequence[Any]]) -> dict[str, tuple[Any, ...]]:
        filled = (name for name in sorted(table) if any(each is not None for each in table[name]))
        return {name: rows(table[name]) for name in filled}

    codes = frozenset(people.codes)
    return People(
        rows(people.codes),
        columns(people.places),
        columns(people.answers),
        people.attributed & codes,
    )


def people_content(people: People, head: Mapping[str, Any]) -> bytes:
    """The lines of the table without its end: what its name is made from.

    Raises InputError for an answer that could not be read back.
    """
    ordered = in_order(people)
    texts, problems = CellTexts(), list[Problem]()
    columns: list[Sequence[str]] = [ordered.codes]
    columns += [[place or "" for place in column] for column in ordered.places.values()]
    for path, answers in ordered.answers.items():
        try:
            columns.append([texts[cell_key(answer)] for answer in answers])
        except (TypeError, ValueError):
            problems.append(_unwritable(path))
    if problems:
        raise InputError(problems)
    names = [CODE_COLUMN, *(AXIS_MARK + axis for axis in ordered.places), *ordered.answers]
    out = io.StringIO(newline="")
    said = {"format": FORMAT, **head}
    out.write(f"# {json.dumps(said, ensure_ascii=True, sort_keys=True)}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode()


def closed(content: bytes, supersedes: Iterable[str] = ()) -> bytes:
    """The whole file: the lines, what it stands for, and the checksum."""
    lines = "".join(f"{_SUPERSEDES}{digest}\n" for digest in sorted(supersedes))
    body = content + lines.encode()
    return body + f"{_CHECKSUM}{hashlib.sha256(body).hexdigest()}\n".encode()


def superseded_by(data: bytes) -> tuple[str, ...]:
    """Digests of the files that a file stands for, without reading its people."""
    return split_table(data)[1]


def split_table(data: bytes) -> tuple[list[bytes], tuple[str, ...], bool]:
    """The lines of the table, what they stand for, and whether the end is there."""
    lines = data.split(b"\n")
    complete = len(lines) > 1 and lines[-1] == b"" and lines[-2].startswith(_CHECKSUM.encode())
    if not complete:
        return lines, (), False
    del lines[-2:]
    supersedes: list[str] = []
    while lines and lines[-1].startswith(_SUPERSEDES.encode()):
        supersedes.append(lines.pop()[len(_SUPERSEDES) :].decode("ascii", "replace"))
    return lines, tuple(reversed(supersedes)), True


def _unwritable(path: str) -> Problem:
    return Problem(
        "bad_answer",
        "an answer cannot be kept: it is too long, not a text, or a number too fine",
        Where(key=path),
        "correct the answer where it comes from",
    )


def rows_of(people: People) -> Iterator[tuple[str, dict[str, str], dict[str, object]]]:
    """Everybody's code, places and answers; what somebody has not is left out."""
    for index, code in enumerate(people.codes):
        places = {a: c[index] for a, c in people.places.items()}
        answers = {p: c[index] for p, c in people.answers.items()}
        yield (
            code,
            {axis: place for axis, place in places.items() if place is not None},
            {path: answer for path, answer in answers.items() if answer is not None},
        )
