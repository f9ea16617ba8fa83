"""Answers in words: a sign for lists, a phrase for pages, and what number is asked for."""

from __future__ import annotations

from cxmaturity.model.answers import is_not_applicable, is_unknown, reason_of
from cxmaturity.model.exact import is_written_number, to_micro
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import exact_text
from cxmaturity.text.wording import REASONS, truth_word, word
from cxmaturity.tui.questions import options_of
from cxmaturity.tui.safe import line
from cxmaturity.workbench.questions import Question


def short_answer(question: Question, raw: object, language: Language) -> str:
    """A few cells that say what is answered; empty for no answer."""
    if raw is None:
        return ""
    if is_unknown(raw):
        return "?"
    if is_not_applicable(raw):
        return "–"
    if isinstance(raw, bool):
        return truth_word(raw)
    if isinstance(raw, list | tuple):
        return f"×{len(raw)}"
    if question.kind.widget in {"scale", "one"}:
        return next((o.key for o in options_of(question) if o.raw == raw), "●")
    return _figure(raw, language) if is_written_number(raw) else "…"


def answer_words(question: Question, raw: object, language: Language) -> str:
    """What is answered, in full; empty for no answer."""
    if raw is None:
        return ""
    if is_unknown(raw):
        return _("not known")
    if is_not_applicable(raw):
        return _("not applicable: {reason}").format(reason=word(REASONS, reason_of(raw) or "other"))
    texts = {option.raw: line(say(option.text, language)) for option in options_of(question)}
    if isinstance(raw, list | tuple):
        return ", ".join(texts.get(part, line(str(part))) for part in raw) or _("none of these")
    if isinstance(raw, bool):
        return truth_word(raw)
    if raw in texts:
        return f"{raw} – {texts[raw]}" if question.kind.widget == "scale" else texts[raw]
    if is_written_number(raw):
        unit = line(question.domain.unit)
        return f"{_figure(raw, language)} {unit}".strip()
    return line(str(raw))


def wanted_number(question: Question, language: Language) -> str:
    """Which number a question takes."""
    low, high = (exact_text(end, language) for end in question.domain.range)
    unit = line(question.domain.unit)
    said = _("A number from {low} to {high}").format(low=low, high=high)
    return f"{said} ({unit})" if unit else said


def _figure(raw: object, language: Language) -> str:
    try:
        return exact_text(to_micro(raw), language)
    except ValueError:
        return line(str(raw))
