"""`wide`: one row a respondent, one column a question, whatever the headers are.

The layout of last resort: it knows every table a little, and no column for sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.opened import require_distinct
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

RESPONDENT_HEADERS = ("code", "respondent", "koodi", "vastaaja")
"""Headers of a column of respondents' codes, where the mapping names no other."""


def columns_of(header: Sequence[str]) -> tuple[Column, ...]:
    """The columns of one header row; those without a header hold nothing that could be named."""
    return tuple(
        Column(name=text.strip(), text="", code=code_in(text), sub="", place=place)
        for place, text in enumerate(header)
        if text.strip()
    )


def respondent_in(columns: Sequence[Column]) -> Column | None:
    """The column of respondents' codes, if one is called so."""
    return next((c for c in columns if plain(c.name) in RESPONDENT_HEADERS), None)


def next_row(rows: Iterator[Row]) -> Row:
    """The next row; raises InputError where the table ends before its answers."""
    row = next(rows, None)
    if row is None:
        raise InputError(
            Problem("empty_table", N_("has no rows"), Where(), N_("export the answers again"))
        )
    return row


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    return 0.1 if rows and any(cell.strip() for cell in rows[0]) else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    require_distinct(header, row=number)
    columns = columns_of(header)
    code = respondent_in(columns)
    return LaidOut(
        columns,
        rows,
        respondent=code.name if code else None,
        respondent_place=code.place if code else None,
    )


WIDE = Layout("wide", N_("one row a respondent, one column a question"), _recognise, _lay_out)
