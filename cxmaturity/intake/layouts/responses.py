"""What exports of survey tools share: grids in headers, columns of the tool's own, dropped rows.

Headers are compared without case and outer spaces; nothing is compared by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.errors import Problem
from cxmaturity.intake.layouts import Column, Dropped, LaidOut, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.opened import require_distinct
from cxmaturity.intake.questions import plain

_GRID = re.compile(r"(.*\S)\s*\[([^\[\]]+)\]\s*", re.DOTALL)

Reason = Callable[[list[str]], Problem | None]
"""Why a response is not used, or None where it is."""


@dataclass(frozen=True, slots=True)
class Headers:
    """The columns of a tool that are no questions, by header.

    ``about`` describe the response and may be used by name (dates, language); ``never`` identify
    a person or are the tool's own affairs, and are never stored.  ``respondent`` are the headers
    that may tell responses apart, the best first.
    """

    about: frozenset[str]
    never: frozenset[str]
    respondent: tuple[str, ...]
    never_if: Callable[[str], bool]

    def is_never(self, header: str) -> bool:
        """Whether the column must not be stored."""
        return plain(header) in self.never or self.never_if(plain(header))


def headers(
    *,
    about: Iterable[str] = (),
    never: Iterable[str] = (),
    respondent: Iterable[str] = (),
    never_if: Callable[[str], bool] = lambda _header: False,
) -> Headers:
    """The same, of headers as the tool writes them."""
    return Headers(
        frozenset(map(plain, about)),
        frozenset(map(plain, never)),
        tuple(map(plain, respondent)),
        never_if,
    )


def grid(text: str) -> tuple[str, str]:
    """The question and the row of a grid: ``How well? [Speed]``; the row is empty where none is."""
    found = _GRID.fullmatch(text)
    if not found or code_in(f"[{found[2]}]"):
        return text.strip(), ""
    return found[1], found[2].strip()


def place_of(header: Sequence[str], names: Iterable[str]) -> int | None:
    """Where the first of the names stands in the header."""
    places = {plain(text): place for place, text in reversed(list(enumerate(header)))}
    return next((places[name] for name in map(plain, names) if name in places), None)


def share_of(header: Sequence[str], names: Sequence[str]) -> float:
    """How many of the names the header has, of all of them."""
    present = set(map(plain, header))
    return sum(plain(name) in present for name in names) / len(names)


def lay_out(
    rows: Iterator[Row],
    columns: Iterable[Column],
    known: Headers,
    reason: Reason = lambda _cells: None,
    notes: Iterable[Problem] = (),
) -> LaidOut:
    """Sort the columns and let only rows through that answer something and have no ``reason``."""
    every = [column for column in columns if column.name]
    require_distinct([column.name for column in every])
    place = place_of([column.name for column in every], known.respondent)
    respondent = None if place is None else every[place]
    kept = tuple(c for c in every if c is not respondent and not known.is_never(c.name))
    laid = LaidOut(
        kept,
        iter(()),
        ignored=tuple(c.name for c in every if known.is_never(c.name)),
        respondent=respondent.name if respondent else None,
        respondent_place=respondent.place if respondent else None,
        notes=tuple(notes),
    )
    questions = [column.place for column in kept if plain(column.name) not in known.about]
    laid.rows = _used(rows, questions, reason, laid.dropped)
    return laid


def _used(
    rows: Iterator[Row], questions: Sequence[int], reason: Reason, dropped: list[Dropped]
) -> Iterator[Row]:
    for number, cells in rows:
        problem = reason(cells)
        if problem is None and not any(cells[place].strip() for place in questions):
            problem = Problem("empty_response", "no question is answered")
        if problem is None:
            yield number, cells
        else:
            dropped.append(Dropped(number, problem))


def unfinished() -> Problem:
    """Why a response that was never submitted is not used."""
    return Problem("unfinished", "not finished", hint="--keep-unfinished takes them too")
