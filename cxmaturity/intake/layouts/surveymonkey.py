"""`surveymonkey`: two header rows, the question over its first column and the items below.

A question of one column has the word Response below it; one of several has an item below each and
nothing above all but the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.responses import headers, lay_out, place_of
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_RESPONDENT = ("Respondent ID", "RespondentID", "respondent_id")
_KNOWN = headers(
    about=("Start Date", "End Date", "StartDate", "EndDate", "date_created", "date_modified"),
    never=(
        "Collector ID", "CollectorID", "IP Address", "Email Address", "First Name", "Last Name",
        "collector_id", "ip_address", "email_address", "first_name", "last_name",
    ),
    respondent=_RESPONDENT,
)  # fmt: skip
_WHOLE = frozenset({"", "response", "open-ended response"})
"""What stands below a question of one column."""


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows or place_of(rows[0], _RESPONDENT) is None:
        return 0.0
    if len(rows) > 1 and any(plain(cell) in _WHOLE - {""} for cell in rows[1]):
        return 1.0
    return 0.8 if place_of(rows[0], ("Collector ID", "collector_id")) is not None else 0.6


def _lay_out(rows: Iterator[Row], options: LayoutOptions) -> LaidOut:
    number, questions = next_row(rows)
    place = place_of(questions, _RESPONDENT)
    if place is None:
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no SurveyMonkey export: it has no column {column}",
                Where(line=number),
                "say another --layout",
                {"column": _RESPONDENT[0]},
            )
        )
    below = next(rows, None)
    two = _has_two(below, place, options)
    items = below[1] if two and below else [""] * len(questions)
    back = [] if two or below is None else [below]
    return lay_out(chain(back, rows), _columns(questions, items), _KNOWN)


def _has_two(below: Row | None, place: int, options: LayoutOptions) -> bool:
    """Whether the second row is a header too: it names no respondent then."""
    if options.header_rows is not None:
        return options.header_rows > 1
    return below is not None and not below[1][place].strip()


def _columns(questions: Sequence[str], items: Sequence[str]) -> Iterator[Column]:
    question = ""
    for place, (above, below) in enumerate(zip(questions, items, strict=True)):
        question = above.strip() or question
        if plain(below) in _WHOLE:
            yield Column(above.strip(), "", code_in(above), "", place)
            continue
        item = below.strip()
        code = code_in(below) or code_in(question)
        yield Column(f"{question} [{item}]", question, code, item, place)


SURVEYMONKEY = Layout(
    "surveymonkey", N_("SurveyMonkey: all individual responses"), _recognise, _lay_out
)
