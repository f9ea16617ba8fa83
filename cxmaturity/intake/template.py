"""The form for respondents' answers: one row a respondent, keys above texts, as data and as CSV.

What it says can be read back by the layout `template`, whatever program filled it in.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cxmaturity.intake.guarding import guarded
from cxmaturity.intake.layouts.template import CODE, mark
from cxmaturity.intake.questions import Axis, Question, Questionnaire, plain
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language, current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line

DELIMITERS: Final[Mapping[Language, str]] = {"en": ",", "fi": ";"}
"""What the spreadsheets of each language expect between cells."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of the form: its key, what people read above it, and what may be picked."""

    key: str
    text: str
    choices: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    """Lines of the guide about it."""


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form in one language."""

    rubric: str
    columns: tuple[FormColumn, ...]

    @property
    def header(self) -> tuple[list[str], list[str]]:
        """The two header rows."""
        return [c.key for c in self.columns], [c.text for c in self.columns]


def form_of(wanted: Questionnaire) -> Form:
    """The form for a rubric's questions and axes, in the language in use."""
    language = current_language()
    rubric = mark(wanted.rubric, wanted.version)
    code = FormColumn(
        CODE, _("Code of the respondent: may be left empty, never a name {rubric}").format(
            rubric=rubric
        ),
    )  # fmt: skip
    axes = (_axis_column(axis, about, language) for axis, about in wanted.axes.items())
    questions = (_question_column(q, language) for q in wanted.questions.values())
    return Form(rubric, (code, *axes, *questions))


def unknown_word() -> str:
    """What somebody writes who does not know."""
    return _("Don't know")


def not_applicable_word() -> str:
    """What somebody writes whom a question does not concern."""
    return _("Not applicable")


def csv_bytes(form: Form) -> bytes:
    """The form as CSV for the spreadsheets of the language in use; no cell is a formula."""
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=DELIMITERS[current_language()], lineterminator="\r\n")
    for row in form.header:
        writer.writerow([guarded(text) for text in row])
    return out.getvalue().encode()


def _axis_column(axis: str, about: Axis, language: Language) -> FormColumn:
    title = one_line(say(about.title, language)) or axis
    titles = {path: one_line(say(texts, language)) or path for path, texts in about.places.items()}
    choices = _distinct(titles)
    if choices:
        allowed = _("one of: {choices}").format(choices=" / ".join(choices))
    else:
        allowed = _("the same word for everybody there; a slash goes deeper: Sales / North")
    return FormColumn(axis, f"{title} ({allowed})", choices)


def _question_column(question: Question, language: Language) -> FormColumn:
    asked = one_line(say(question.text.question, language))
    texts = {id_: one_line(say(text, language)) for id_, text in question.options()}
    title = one_line(say(question.text.title, language))
    text = f"{title}: {asked} ({allowed_words(question, texts)})"
    guide = (asked, *(f"{id_} – {text}" for id_, text in texts.items()))
    return FormColumn(question.path, text, tuple(_choices(question, texts)), guide)


def allowed_words(question: Question, texts: Mapping[str, str]) -> str:
    """What may be written into a cell, in a few words."""
    domain = question.domain
    match domain.type:
        case "number" if question.kind.widget == "scale":
            return "–".join((next(iter(texts), ""), list(texts)[-1] if texts else ""))
        case "number":
            low, high = (decimal_text(end) for end in domain.range)
            said = _("a number from {low} to {high}").format(low=low, high=high)
            return f"{said} {domain.unit}".rstrip()
        case "truth":
            return _("yes or no")
        case "option":
            return _("one of: {choices}").format(choices=" / ".join(_distinct(texts)))
        case "options":
            choices = "; ".join(_distinct(texts))
            return _("any of these with semicolons between, or none: {choices}").format(
                choices=choices
            )
    return _("any words")


def _choices(question: Question, texts: Mapping[str, str]) -> Iterator[str]:
    """What may be picked from a list; several options at once cannot be picked."""
    domain = question.domain
    if domain.type == "number" and question.kind.widget == "scale":
        yield from (f"{level} – {text}" if text else level for level, text in texts.items())
    elif domain.type in ("option", "truth"):
        yield from _distinct(texts)
    else:
        return
    yield unknown_word()
    yield not_applicable_word()


def _distinct(texts: Mapping[str, str]) -> tuple[str, ...]:
    """Texts that may be written, ids instead of those that two options share."""
    counts = Counter(map(plain, [*texts.values(), *texts]))
    return tuple(
        text if text and counts[plain(text)] == (2 if plain(text) == plain(id_) else 1) else id_
        for id_, text in texts.items()
    )
