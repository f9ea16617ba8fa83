"""What was answered, in words: what an assessor goes through with those who answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from cxmaturity.exporters import AnswerRow, AnswersProtocol
from cxmaturity.model.answers import is_not_applicable, is_unknown, reason_of
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.exact import to_micro
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language, speaking
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import exact_text
from cxmaturity.text.wording import listed, state_words, truth_word
from cxmaturity.workbench import Opened
from cxmaturity.workbench.engagements import entries_of, evidence_of
from cxmaturity.workbench.questions import Question, questions_of


def protocol_of(opened: Opened, language: Language) -> AnswersProtocol:
    """Every question in scope with its answer, in the order of asking."""
    with speaking(language):
        return AnswersProtocol(tuple(_rows(opened, language)))


def answer_words(question: Question, raw: object, language: Language) -> str:
    """An answer as its text: the level's, the option's, or why there is none."""
    if raw is None:
        return state_words("unanswered")
    if is_unknown(raw):
        return state_words("unknown")
    if is_not_applicable(raw):
        return state_words("not_applicable", reason_of(raw))
    if isinstance(raw, bool):
        return truth_word(raw)
    texts: Mapping[str, Mapping[str, str]] = dict(question.options())
    if isinstance(raw, list | tuple):
        chosen = [say(texts.get(str(option)), language) or str(option) for option in raw]
        return listed(chosen) or _("none")
    text = say(texts.get(str(raw)), language)
    if question.kind.widget == "scale":
        return f"{raw} – {text}" if text else str(raw)
    return text or _figure(question, raw, language)


def _figure(question: Question, raw: object, language: Language) -> str:
    if not isinstance(raw, int | float | Decimal):
        return str(raw)
    try:
        number = exact_text(to_micro(raw), language)
    except ValueError:
        return str(raw)
    unit = question.domain.unit
    return f"{number} {unit}" if unit else number


def _grade(question: Question, entry: Rating, rests_on: Evidence | None) -> str:
    if rests_on:
        return rests_on.grade
    return "" if question.is_fact or entry.value is None else "claimed"


def _rows(opened: Opened, language: Language) -> Iterator[AnswerRow]:
    entries, evidence = entries_of(opened.folder), evidence_of(opened.folder)
    rubric = opened.rubric
    for path, question in questions_of(opened.program).items():
        entry = entries.get(path, Rating())
        rests_on = evidence.get(path)
        dimension = rubric.dimensions[question.dimension] if question.dimension else None
        yield AnswerRow(
            path=path,
            section=say(dimension.title, language) if dimension else _("The organisation"),
            title=say(question.text.title, language),
            question=say(question.text.question, language),
            answer=answer_words(question, entry.value, language),
            grade=_grade(question, entry, rests_on),
            reference=rests_on.reference if rests_on else "",
            date=rests_on.date if rests_on else None,
            note=entry.note,
            flag=entry.flag,
        )
