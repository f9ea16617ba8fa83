"""The protocol of answers as plain lines, below the page of a scorecard."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from cxmaturity.exporters import AnswerRow, AnswersProtocol
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.numbers import date_text
from cxmaturity.text.wording import GRADES, word

_INDENT = "  "


def protocol_text(protocol: AnswersProtocol, language: Language, width: int) -> str:
    """Every answer with its note and what it rests on, section by section."""
    lines = [f"\n{_('Answers')}"]
    for section, rows in groupby(protocol.rows, key=lambda row: row.section):
        lines.append(f"\n{one_line(section)}")
        for row in rows:
            lines += _row(row, language, width)
    return "\n".join(lines) + "\n"


def _row(row: AnswerRow, language: Language, width: int) -> Iterator[str]:
    flag = f" – {_('to come back to')}" if row.flag else ""
    yield f"{one_line(row.title)} ({row.path}){flag}"
    said = [row.answer]
    if row.grade:
        rests = [word(GRADES, row.grade), row.reference]
        rests += [date_text(row.date, language)] if row.date else []
        evidence = ", ".join(part for part in rests if part)
        said.append(_("Evidence: {evidence}").format(evidence=evidence))
    if row.note:
        said.append(_("Note: ") + row.note)
    for text in said:
        yield from textwrap.wrap(
            one_line(text), width, initial_indent=_INDENT, subsequent_indent=_INDENT
        )
