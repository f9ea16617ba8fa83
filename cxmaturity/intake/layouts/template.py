"""`template`: the product's own form for answers, as `cxmaturity template` writes it.

The first row holds machine keys (``code``, axes, question paths), the second what people read; its
first cell ends with the rubric that the form was made for (``[cx_phases 1.0.0]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.guarding import unguarded
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.wide import next_row
from cxmaturity.intake.opened import require_distinct
from cxmaturity.text.messages import N_

CODE: Final = "code"
"""Machine key of the column of respondents' codes."""
_MARK = re.compile(r"\[([a-z][a-z0-9_]{0,39}) (\d+\.\d+\.\d+)\]\s*$")


def mark(rubric: str, version: str) -> str:
    """How a template names the rubric that it was made for."""
    return f"[{rubric} {version}]"


def marked_rubric(columns: Sequence[Column]) -> tuple[str, str] | None:
    """Id and version of the rubric that a laid-out template was made for."""
    found = _MARK.search(columns[0].text) if columns else None
    return (found[1], found[2]) if found else None


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    if len(rows) < 2 or not rows[0] or not rows[1]:
        return 0.0
    return 1.0 if rows[0][0].strip() == CODE and _MARK.search(rows[1][0]) else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, keys = next_row(rows)
    _, texts = next_row(rows)
    require_distinct(keys, row=number)
    if not _recognise((keys, texts)):
        what = N_("this is not a template: its two header rows are not there")
        hint = N_("write a new one with `cxmaturity template`, or say another --layout")
        raise InputError(Problem("wrong_layout", what, Where(line=number), hint))
    columns = tuple(
        Column(unguarded(key).strip(), unguarded(texts[place]), "", "", place)
        for place, key in enumerate(keys)
        if key.strip()
    )
    cells = ((row, [unguarded(cell) for cell in found]) for row, found in rows)
    return LaidOut(columns, cells, respondent=CODE, respondent_place=0)


TEMPLATE = Layout(
    "template", N_("the form that `cxmaturity template` writes"), _recognise, _lay_out
)
