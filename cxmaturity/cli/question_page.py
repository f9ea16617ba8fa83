"""A question on a plain terminal: what is asked, why, the levels, and the answer so far."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import Protocol

from cxmaturity.model.engagement import Rating
from cxmaturity.model.exact import from_micro
from cxmaturity.model.rubric import REASONS, Indicator, Rubric
from cxmaturity.model.text import say
from cxmaturity.text.messages import current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.wording import REASONS as REASON_WORDS
from cxmaturity.text.wording import word
from cxmaturity.workbench.protocol import answer_words
from cxmaturity.workbench.questions import Question

_WIDEST = 100


class Writer(Protocol):
    """Writes a line for the user; foreign text in it is made harmless there."""

    def __call__(self, text: str, *, end: str = "\n", strong: bool = False) -> None:
        """Write ``text``; ``strong`` sets it off where the terminal can."""


def show_manual(write: Writer) -> None:
    """How to answer, once at the beginning."""
    for line in (
        _("Every answer is saved at once. You can stop at any time and go on later."),
        _("Enter: skip   ?: why it is asked   b: back   n: note   q: stop"),
        _("unknown: asked, nobody knows   na: does not apply   clear: take the answer away"),
    ):
        write(line)


def show_question(
    write: Writer, rubric: Rubric, question: Question, entry: Rating, counts: tuple[int, int]
) -> None:
    """One question with its possible answers and what stands there now."""
    language = current_language()
    answered, asked = counts
    dimension = rubric.dimensions[question.dimension] if question.dimension else None
    section = say(dimension.title, language) if dimension else _("The organisation")
    title = say(question.text.title, language)
    write("")
    write(f"[{answered}/{asked}] {one_line(section)}: {one_line(title)} ({question.path})")
    for line in _wrapped(say(question.text.question, language), ""):
        write(line, strong=True)
    for line in _options(question):
        write(line)
    if entry.value is not None:
        now = answer_words(question, entry.value, language)
        write(_("Now: {answer}").format(answer=one_line(now)))
    if entry.note:
        write(_("Note: ") + one_line(entry.note))


def show_help(write: Writer, question: Question) -> None:
    """Why it is asked, how to rate it, which evidence to ask for."""
    language = current_language()
    text = question.text
    told = [
        (_("Why"), text.why),
        (_("How"), text.guidance),
        (_("Evidence"), text.evidence if isinstance(text, Indicator) else None),
    ]
    found = [(head, say(words, language)) for head, words in told if words]
    for head, words in found:
        for line in _wrapped(words, f"{head}: "):
            write(line)
    if not found:
        write(_("The rubric says no more about it."))


def show_reasons(write: Writer) -> None:
    """The reasons why a question may not apply, numbered from 1."""
    write(_("Why does it not apply?"))
    for number, reason in enumerate(REASONS, start=1):
        write(f"  {number}  {word(REASON_WORDS, reason)}")


def _options(question: Question) -> Iterator[str]:
    language = current_language()
    options = question.options()
    match question.domain.type:
        case "truth":
            yield f"  {_('yes')} / {_('no')}"
        case "option" | "options":
            for number, (key, text) in enumerate(options, start=1):
                yield from _wrapped(f"{say(text, language)} ({key})", f"  {number:>2}  ")
            if question.domain.type == "options":
                yield "  " + _("several with commas between, or none")
        case "number" if options:
            for key, text in options:
                yield from _wrapped(say(text, language), f"  {key:>2}  ")
        case "number":
            domain = question.domain
            low, high = (answer_words(question, from_micro(end), language) for end in domain.range)
            yield "  " + _("a number from {low} to {high}").format(low=low, high=high)


def _wrapped(text: str, head: str) -> list[str]:
    """Foreign text in lines that fit the terminal, hanging under where it begins."""
    width = max(min(shutil.get_terminal_size().columns, _WIDEST), 40)
    return textwrap.wrap(
        one_line(text), width, initial_indent=head, subsequent_indent=" " * len(head)
    ) or [head]
