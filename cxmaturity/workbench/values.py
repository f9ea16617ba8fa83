"""Answers as words on a line: ``3``, ``monthly``, ``nps,ces``, ``none``, ``yes``, ``na:other``.

The command line and the question-by-question dialogue read the same words.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cxmaturity.model.answers import UNKNOWN, is_not_applicable, reason_of
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import REASONS
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench.questions import Question

CLEAR = "clear"
"""Takes an answer away."""
NONE = "none"
"""The empty set of options."""
_LONGEST_NUMBER = 40
_WHOLE = re.compile(r"[+-]?\d+")
_FRACTION = re.compile(r"[+-]?\d+\.\d+")


def parse_value(question: Question, text: str) -> object:
    """The raw answer that a word gives; None for ``clear``.

    Raises ValueError with what is allowed, in the language in use.
    """
    text = text.strip()
    if text == CLEAR:
        return None
    raw = _raw(question, text)
    check_value(question, raw)
    return raw


def check_value(question: Question, raw: object) -> None:
    """Raise ValueError, with what is allowed, for a raw answer that the question does not take."""
    if raw is None or raw == UNKNOWN:
        return
    if is_not_applicable(raw) and reason_of(raw):
        return
    try:
        question.read(raw)
    except ValueError as error:
        raise ValueError(allowed_words(question, raw)) from error


def allowed_words(question: Question, raw: object = "") -> str:
    """What a question takes, in words; for ``na`` without a reason, the reasons."""
    if isinstance(raw, str) and raw.startswith("na"):
        reasons = ", ".join(f"na:{reason}" for reason in REASONS)
        return _("a reason belongs to na: {reasons}").format(reasons=reasons)
    return _("{answers}; or unknown, na:REASON, clear").format(answers=_own_words(question))


def written(raw: object) -> str:
    """The word that gives this raw answer again."""
    if raw is None:
        return CLEAR
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, list | tuple):
        return ",".join(str(option) for option in raw) or NONE
    if isinstance(raw, Decimal):
        return format(raw, "f")
    return str(raw)


def _raw(question: Question, text: str) -> object:
    if text == UNKNOWN or is_not_applicable(text):
        return text
    match question.domain.type:
        case "options":
            return [] if text == NONE else [part.strip() for part in text.split(",")]
        case "truth":
            return {"yes": True, "no": False}.get(text, text)
        case "number" if len(text) <= _LONGEST_NUMBER and _WHOLE.fullmatch(text):
            return int(text)
        case "number" if len(text) <= _LONGEST_NUMBER and _FRACTION.fullmatch(text):
            return Decimal(text)
    return text


def _own_words(question: Question) -> str:
    domain = question.domain
    options = ", ".join(key for key, _text in question.options())
    match domain.type:
        case "options":
            return _("any of {options} with commas between, or none").format(options=options)
        case "truth":
            return _("yes or no")
        case "option":
            return _("one of {options}").format(options=options)
        case "number" if question.kind.widget == "scale":
            return _("a level: {options}").format(options=options)
        case "number":
            low, high = (decimal_text(end) for end in domain.range)
            said = _("a number from {low} to {high}").format(low=low, high=high)
            return f"{said} ({domain.unit})" if domain.unit else said
    return _("any words")
