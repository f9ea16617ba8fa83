"""`qualtrics`: survey exports with three header rows (id, question, import id), and the older two.

Previews and test responses are dropped by their status or channel; responses that were not finished
are dropped unless they are asked for.  Workbooks have the first two header rows only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from cxmaturity.errors import InputError, Problem
from cxmaturity.intake.dates import read_date
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.responses import (
    Reason,
    headers,
    lay_out,
    place_of,
    share_of,
    unfinished,
)
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_KNOWN = headers(
    about=("StartDate", "EndDate", "RecordedDate", "UserLanguage", "Status", "Finished"),
    never=(
        "IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
        "ExternalReference", "LocationLatitude", "LocationLongitude", "DistributionChannel",
        "Progress", "Duration (in seconds)", "ResponseSet", "Name", "ExternalDataReference",
        "EmailAddress", "LocationAccuracy",
    ),
    respondent=("ResponseId", "ResponseID"),
)  # fmt: skip
_NEEDED = ("StartDate", "EndDate", "Status", "Finished", "ResponseId")
_LEGACY_FIRST = "v1"
_IMPORT_ID = '{"ImportId"'
_PREVIEWS = frozenset({
    "survey preview", "1", "survey test", "2", "survey preview spam", "9",
    "offline survey preview", "17",
})  # fmt: skip
_PREVIEW_CHANNELS = frozenset({"preview", "test"})
_NOT_FINISHED = frozenset({"0", "false", "epätosi", "falsch", "faux"})
_COMPLETE = 100


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows or not rows[0]:
        return 0.0
    if _is_legacy(rows):
        return 1.0
    if len(rows) > 2 and any(cell.startswith(_IMPORT_ID) for cell in rows[2]):
        return 1.0
    return 0.9 if share_of(rows[0], _NEEDED) == 1 else 0.0


def _is_legacy(rows: Sequence[Sequence[str]]) -> bool:
    return (
        len(rows) > 1
        and plain(rows[0][0]) == _LEGACY_FIRST
        and bool(rows[1])
        and plain(rows[1][0]) == "responseid"
    )


def _lay_out(rows: Iterator[Row], options: LayoutOptions) -> LaidOut:
    head = [next_row(rows)]
    while len(head) < 3 and (row := next(rows, None)) is not None:
        head.append(row)
    above = [cells for _, cells in head]
    if not _recognise(above) and options.header_rows is None:
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no Qualtrics export: {columns} are not in its header",
                hint="say another --layout",
                values={"columns": ", ".join(_NEEDED)},
            )
        )
    count = options.header_rows or _header_rows(above)
    texts = above[1] if count > 1 else [""] * len(above[0])
    names = _names(above, texts)
    columns = [_column(name, texts[place], place) for place, name in enumerate(names)]
    answers = chain(head[count:], rows)
    return lay_out(answers, columns, _KNOWN, _reason(names, keep=options.keep_unfinished))


def _header_rows(above: Sequence[Sequence[str]]) -> int:
    """Three with import ids, two in workbooks and older files, one where somebody removed them."""
    if len(above) > 2 and any(cell.startswith(_IMPORT_ID) for cell in above[2]):
        return 3
    place = place_of(above[0], ("StartDate",))
    if len(above) > 1 and place is not None and _is_date(above[1][place]):
        return 1
    return 2


def _is_date(cell: str) -> bool:
    try:
        read_date(cell)
    except ValueError:
        return False
    return True


def _names(above: Sequence[Sequence[str]], texts: Sequence[str]) -> list[str]:
    """The ids; in older files the columns V1 to V10 are known by their text instead."""
    if not _is_legacy(above):
        return [name.strip() for name in above[0]]
    return [
        text.strip() if name[:1] == "V" and name[1:].isdecimal() else name.strip()
        for name, text in zip(above[0], texts, strict=True)
    ]


def _column(name: str, text: str, place: int) -> Column:
    sub = text.rpartition(" - ")[2].strip() if " - " in text else ""
    return Column(name, text.strip(), code_in(text) or code_in(name), sub, place)


def _reason(names: Sequence[str], *, keep: bool) -> Reason:
    status, channel = place_of(names, ("Status",)), place_of(names, ("DistributionChannel",))
    finished, progress = place_of(names, ("Finished",)), place_of(names, ("Progress",))

    def reason(cells: list[str]) -> Problem | None:
        if _has(cells, status, _PREVIEWS) or _has(cells, channel, _PREVIEW_CHANNELS):
            return Problem("preview", "a preview or a test")
        if not keep and (_has(cells, finished, _NOT_FINISHED) or _is_partial(cells, progress)):
            return unfinished()
        return None

    return reason


def _has(cells: Sequence[str], place: int | None, words: Iterable[str]) -> bool:
    return place is not None and plain(cells[place]) in words


def _is_partial(cells: Sequence[str], place: int | None) -> bool:
    text = "" if place is None else cells[place].strip()
    return text.isdecimal() and len(text) <= 3 and int(text) < _COMPLETE


QUALTRICS = Layout("qualtrics", N_("Qualtrics: CSV, TSV or XLSX export"), _recognise, _lay_out)
