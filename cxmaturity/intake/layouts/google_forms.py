"""`google_forms`: one header row, the time of each response first; grids are `Question [Row]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.responses import grid, headers, lay_out
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.questions import plain
from cxmaturity.text.messages import N_

_TIMES = ("Timestamp", "Aikaleima")
_KNOWN = headers(
    about=_TIMES,
    never=(
        "Email Address", "Email address", "Username", "Score", "Sähköpostiosoite", "Käyttäjänimi",
        "Pisteet", "Pistemäärä",
    ),
)  # fmt: skip


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if not rows or not rows[0]:
        return 0.0
    return 0.8 if plain(rows[0][0]) in map(plain, _TIMES) else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    if not _recognise((header,)):
        raise InputError(
            Problem(
                "wrong_layout",
                "this is no Google Forms export: its first column is not {time}",
                Where(line=number),
                "say another --layout",
                {"time": " / ".join(_TIMES)},
            )
        )
    columns = []
    for place, name in enumerate(header):
        question, sub = grid(name)
        text = question if sub else ""
        columns.append(Column(name.strip(), text, code_in(name), sub, place))
    return lay_out(rows, columns, _KNOWN)


GOOGLE_FORMS = Layout(
    "google_forms", N_("Google Forms: responses as CSV, or its spreadsheet"), _recognise, _lay_out
)
