"""`limesurvey`: responses with question codes, question texts, or both as headings.

Codes of sub-questions stand in brackets, ``G01Q02[SQ001]``; a response without a submission date
was never submitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.responses import (
    Reason,
    grid,
    headers,
    lay_out,
    place_of,
    share_of,
    unfinished,
)
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_CODES = ("id", "submitdate", "lastpage", "startlanguage")
_TEXTS = ("Response ID", "Date submitted", "Last page", "Start language")
_SUBMITTED = ("submitdate", "Date submitted")
_TIMING = re.compile(r"(?:interviewtime|grouptime\d+|total time|(?:group|question) time: .*)")
_CODE_AND_TEXT = re.compile(r"([A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]*\])*)\. (.*)", re.DOTALL)
_KNOWN = headers(
    about=(
        "submitdate", "startlanguage", "startdate", "datestamp", "Date submitted",
        "Start language", "Date started", "Date last action",
    ),
    never=(
        "lastpage", "seed", "token", "ipaddr", "refurl", "firstname", "lastname", "email",
        "Last page", "Seed", "Access code", "Token", "IP address", "Referrer URL", "First name",
        "Last name", "Email address",
    ),
    respondent=("id", "Response ID"),
    never_if=lambda header: bool(_TIMING.fullmatch(header)),
)  # fmt: skip


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows:
        return 0.0
    header = [_split(text)[0] for text in rows[0]]
    # Who exports may leave out some of the columns about the response.
    share = max(share_of(header, _CODES), share_of(rows[0], _TEXTS))
    return share if share >= 0.75 else 0.0


def _split(text: str) -> tuple[str, str]:
    """The code and the text of a heading that has both; else the whole heading as code."""
    found = _CODE_AND_TEXT.fullmatch(text.strip())
    return (found[1], found[2]) if found else (text.strip(), "")


def _lay_out(rows: Iterator[Row], options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    if not _recognise((header,)):
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no LimeSurvey export: {columns} are not in its header",
                Where(line=number),
                "export with question codes as headings, or say another --layout",
                {"columns": ", ".join(_CODES)},
            )
        )
    both = plain(header[0]) not in {plain(_CODES[0]), plain(_TEXTS[0])}
    columns = [_column(text, place, both=both) for place, text in enumerate(header)]
    names = [column.name for column in columns]
    return lay_out(rows, columns, _KNOWN, _reason(names, keep=options.keep_unfinished))


def _column(heading: str, place: int, *, both: bool) -> Column:
    name, text = _split(heading) if both else (heading.strip(), "")
    question, sub = grid(text or name)
    return Column(name, question if text or sub else "", code_in(heading), sub, place)


def _reason(names: Sequence[str], *, keep: bool) -> Reason:
    submitted = None if keep else place_of(names, _SUBMITTED)
    return lambda cells: (
        unfinished() if submitted is not None and not cells[submitted].strip() else None
    )


LIMESURVEY = Layout("limesurvey", N_("LimeSurvey: responses as CSV or XLSX"), _recognise, _lay_out)
