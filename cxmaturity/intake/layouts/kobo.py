"""`kobo`: exports of KoboToolbox and of ODK Central, whose forms are the same.

Headers carry their groups, ``group/question`` or ``group-question``; a question of several choices
has a column for each choice beside the one of all.  A submission that was rejected is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.responses import Reason, headers, lay_out, place_of, share_of
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_KOBO = ("_id", "_uuid", "_submission_time")
_CENTRAL = ("SubmissionDate", "KEY", "SubmitterID")
_POSITION = re.compile(r".*[-_/](?:latitude|longitude|altitude|precision|accuracy)")
_KNOWN = headers(
    about=("start", "end", "today", "_submission_time", "SubmissionDate"),
    never=(
        "_id", "_index", "_notes", "_status", "_submitted_by", "__version__", "_tags",
        "_validation_status", "_geolocation", "_attachments", "formhub/uuid", "meta/instanceID",
        "meta/instanceName", "meta-instanceID", "meta-instanceName", "instanceID", "deviceid",
        "subscriberid", "simserial", "phonenumber", "username", "email", "audit", "SubmitterID",
        "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
        "DeviceID", "Edits", "FormVersion",
    ),
    respondent=("_uuid", "KEY", "_id"),
    never_if=lambda header: bool(_POSITION.fullmatch(header)),
)  # fmt: skip
_REVIEWS = ("_validation_status", "ReviewState")
_REJECTED = frozenset({"not approved", "validation_status_not_approved", "rejected"})
_SEPARATORS = re.compile(r"[/-]")


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows:
        return 0.0
    return 1.0 if max(share_of(rows[0], _KOBO), share_of(rows[0], _CENTRAL)) == 1 else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    if not _recognise((header,)):
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no export of KoboToolbox or ODK Central: {columns} are not in its header",
                Where(line=number),
                "say another --layout",
                {"columns": ", ".join(_KOBO)},
            )
        )
    first = next(rows, None)
    back = [] if first is None or _is_tags(first[1]) else [first]
    return lay_out(chain(back, rows), _columns(header), _KNOWN, _reason(header))


def _is_tags(cells: Sequence[str]) -> bool:
    """Whether a row below the header holds tags such as ``#affected`` and no answers."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _columns(header: Sequence[str]) -> Iterator[Column]:
    names = {text.strip() for text in header}
    split = {name.rpartition("/")[0] for name in names} & names
    for place, text in enumerate(header):
        name = text.strip()
        question, _, choice = name.rpartition("/")
        if question in split:
            yield Column(name, _path(question), code_in(text), choice, place)
        elif name not in split:
            yield Column(name, _path(name), code_in(text), "", place)


def _path(name: str) -> str:
    """A question inside a group, written as a path: ``loop/weekly`` is ``loop.weekly``."""
    parts = _SEPARATORS.split(name)
    return ".".join(parts[-2:]) if len(parts) > 1 else ""


def _reason(header: Sequence[str]) -> Reason:
    review = place_of(header, _REVIEWS)
    return lambda cells: (
        Problem("rejected", "rejected by whoever reviewed it")
        if review is not None and plain(cells[review]) in _REJECTED
        else None
    )


KOBO = Layout("kobo", N_("KoboToolbox and ODK Central: CSV or XLSX"), _recognise, _lay_out)
