"""What a survey tool's export looks like: the records that one file a layout gives.

A layout says how surely it knows a table, which columns are questions, which rows are answers and
which columns must never be stored.  It must never change an answer: what a text means is decided
by the mapping, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cxmaturity.errors import Problem

Row = tuple[int, list[str]]
"""A row of a file: its number as a reader of the file counts it, and its cells as text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may hold answers.

    ``name`` is the header as written and identifies the column; ``text`` is the question's text
    where the header is not that text; ``code`` is a question path in square brackets inside the
    text (``[loop.weekly]``), else empty; ``sub`` is the sub-question of a grid; ``place`` is its
    index in the row, from 0.
    """

    name: str
    text: str
    code: str
    sub: str
    place: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row of the file that holds no usable answers, and why: a preview, unfinished, empty."""

    row: int
    reason: Problem


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """What the user may ask of a layout: unfinished responses too, and how many header rows."""

    keep_unfinished: bool = False
    header_rows: int | None = None


@dataclass(slots=True)
class LaidOut:
    """A table with its columns told apart.

    ``rows`` are answers only, each with its row number; ``dropped`` is filled while they are
    consumed.  ``ignored`` are the columns that identify a person or only describe the response:
    they must never be stored.  ``respondent`` is the header of the column that tells responses
    apart and ``respondent_place`` its index (None: there is none).  ``notes`` say what was assumed.
    """

    columns: tuple[Column, ...]
    rows: Iterator[Row]
    dropped: list[Dropped] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    respondent: str | None = None
    respondent_place: int | None = None
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A shape of file: ``recognise`` tells from its first five rows how surely (0 to 1) it is this.

    ``lay_out`` consumes all rows of the table, header rows included, and raises InputError where
    they are not of this shape.  ``summary`` is an English source text for lists.
    """

    name: str
    summary: str
    recognise: Callable[[Sequence[Sequence[str]]], float]
    lay_out: Callable[[Iterator[Row], LayoutOptions], LaidOut]
