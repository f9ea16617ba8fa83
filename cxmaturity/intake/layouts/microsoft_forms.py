"""`microsoft_forms`: the workbook of a form; five columns about the response, then the questions.

The first columns are named in the language of whoever exported it; English and Finnish are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.responses import headers, lay_out
from cxmaturity.intake.layouts.wide import columns_of, next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_FIRST = (
    ("ID", "Tunnus", "Tunniste"),
    ("Start time", "Aloitusaika", "Alkamisaika"),
    ("Completion time", "Valmistumisaika", "Päättymisaika"),
)
_KNOWN = headers(
    about=(*_FIRST[1], *_FIRST[2], "Language", "Kieli"),
    never=(
        "Email", "Name", "Sähköposti", "Nimi", "Last modified time", "Viimeksi muokattu",
        "Total points", "Quiz feedback", "Grade posted time",
    ),
    respondent=_FIRST[0],
    never_if=lambda header: header.startswith(("points - ", "feedback - ")),
)  # fmt: skip


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows or len(rows[0]) <= len(_FIRST):
        return 0.0
    fits = (plain(text) in map(plain, words) for text, words in zip(rows[0], _FIRST, strict=False))
    return 0.95 if all(fits) else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    if not _recognise((header,)):
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no Microsoft Forms export: it does not begin with {columns}",
                Where(line=number),
                "say another --layout",
                {"columns": ", ".join(words[0] for words in _FIRST)},
            )
        )
    return lay_out(rows, columns_of(header), _KNOWN)


MICROSOFT_FORMS = Layout(
    "microsoft_forms", N_("Microsoft Forms: the workbook of responses"), _recognise, _lay_out
)
