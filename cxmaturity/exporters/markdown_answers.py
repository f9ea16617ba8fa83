"""The protocol of answers as the last section of the Markdown report.

It is what those who answered read through and correct: every answer in words, with what it rests
on.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cxmaturity.exporters import AnswerRow, AnswersProtocol
from cxmaturity.text.markdown import block, code, inline
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import date_text
from cxmaturity.text.wording import GRADES, word


def answers_section(protocol: AnswersProtocol, language: Language) -> str:
    """Every answer, section by section, in the order given."""
    said = [f"## {_('Answers')}"]
    for section, rows in groupby(protocol.rows, key=lambda row: row.section):
        said.append(f"### {inline(section)}")
        said += ["\n\n".join(_answer(row, language)) for row in rows]
    return "\n\n".join(said)


def _answer(row: AnswerRow, language: Language) -> Iterator[str]:
    flag = f" – {_('to come back to')}" if row.flag else ""
    yield f"**{inline(row.title)}** {code(row.path)}{flag}"
    yield inline(row.question)
    yield f"- {_('Answer: {answer}').format(answer=inline(row.answer))}{_evidence(row, language)}"
    if row.note:
        yield block(row.note).rstrip("\n")


def _evidence(row: AnswerRow, language: Language) -> str:
    if not row.grade:
        return ""
    said = [word(GRADES, row.grade)]
    if row.reference:
        said.append(inline(row.reference))
    if row.date:
        said.append(date_text(row.date, language))
    return "\n- " + _("Evidence: {evidence}").format(evidence=", ".join(said))
