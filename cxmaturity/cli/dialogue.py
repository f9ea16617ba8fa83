"""Question by question on a plain terminal: every answer is on the disk before the next question.

Lines in, lines out: it works with a screen reader, over a slow line and from a script.  What is
asked next follows from the answers so far.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import Enum, auto

from cxmaturity.cli.question_page import Writer, show_help, show_question, show_reasons
from cxmaturity.cli.sheets import Sheet
from cxmaturity.errors import UsageError
from cxmaturity.model.engagement import Rating
from cxmaturity.model.rubric import REASONS
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench.answering import Remarks
from cxmaturity.workbench.questions import Question
from cxmaturity.workbench.values import NONE, parse_value

HELP, BACK, NOTE, QUIT, NOT_APPLICABLE = "?", "b", "n", "q", "na"
"""Words that are no answers, unless the question has an option of that name."""

Reader = Callable[[], str | None]
"""The next line without its end; None when there is no more."""


class _Step(Enum):
    """What to do after a question."""

    ON = auto()
    BACK = auto()
    END = auto()


class Dialogue:
    """Goes through the open questions of one sheet."""

    def __init__(self, sheet: Sheet, *, read: Reader, write: Writer, today: dt.date) -> None:
        """Ask the questions of ``sheet``; ``today`` is when they are answered."""
        self.sheet = sheet
        self.read = read
        self.write = write
        self.today = today
        self.questions = sheet.questions
        self.skipped: set[str] = set()

    def run(self) -> None:
        """Ask until nothing is open, the user quits or the input ends."""
        place = self._next(-1)
        while place is not None:
            match self._ask(place):
                case _Step.END:
                    return
                case _Step.BACK:
                    place = self._before(place)
                case _Step.ON:
                    place = self._next(place)

    def counts(self) -> tuple[int, int]:
        """How many of the questions that are asked have an answer, and how many are asked."""
        asked = self._asked()
        answered = self._answered()
        return len(asked & answered), len(asked)

    # which question -----------------------------------------------------------------------------

    def _asked(self) -> frozenset[str]:
        return self.sheet.asked() & {question.path for question in self.questions}

    def _answered(self) -> set[str]:
        entries = self.sheet.entries()
        return {path for path, entry in entries.items() if entry.value is not None}

    def _next(self, place: int) -> int | None:
        """The next open question; behind the last one those that have become open before it."""
        wanted = self._asked() - self._answered() - self.skipped
        following = [*range(place + 1, len(self.questions)), *range(place + 1)]
        return next((n for n in following if self.questions[n].path in wanted), None)

    def _before(self, place: int) -> int:
        asked = self._asked()
        earlier = (n for n in range(place - 1, -1, -1) if self.questions[n].path in asked)
        return next(earlier, place)

    # one question -------------------------------------------------------------------------------

    def _ask(self, place: int) -> _Step:
        question = self.questions[place]
        entry = self.sheet.entries().get(question.path, Rating())
        show_question(self.write, self.sheet.rubric, question, entry, self.counts())
        while True:
            line = self._line("> ")
            if line is None:
                return _Step.END
            step = self._react(question, line.strip())
            if step is not None:
                return step

    def _react(self, question: Question, said: str) -> _Step | None:
        """What one line leads to; None asks for another line."""
        is_option = said in dict(question.options())
        if not said:
            self.skipped.add(question.path)
            return _Step.ON
        if said == HELP:
            show_help(self.write, question)
            return None
        if is_option:
            return self._answer(question, said)
        if said == QUIT:
            return _Step.END
        if said == BACK:
            return _Step.BACK
        if said == NOTE:
            return self._note(question)
        if said == NOT_APPLICABLE:
            return self._does_not_apply(question)
        return self._answer(question, _as_word(question, said))

    def _answer(self, question: Question, word: str) -> _Step | None:
        try:
            raw = parse_value(question, word)
        except ValueError as error:
            self.write(_("Not possible here: {allowed}").format(allowed=error))
            return None
        return self._save(question, raw, Remarks(when=self.today))

    def _does_not_apply(self, question: Question) -> _Step | None:
        show_reasons(self.write)
        line = self._line(_("Reason: "))
        if line is None:
            return _Step.END
        numbered = {str(number): reason for number, reason in enumerate(REASONS, start=1)}
        reason = numbered.get(line.strip(), line.strip())
        return self._answer(question, f"na:{reason}")

    def _note(self, question: Question) -> _Step | None:
        line = self._line(_("Note: "))
        if line is None:
            return _Step.END
        value = self.sheet.entries().get(question.path, Rating()).value
        self._save(question, value, Remarks(note=line.strip()))
        return None

    def _save(self, question: Question, raw: object, remarks: Remarks) -> _Step | None:
        """Save at once; what the store refuses as a value is asked for again."""
        try:
            self.sheet.save(question.path, raw, remarks)
        except UsageError as error:
            for problem in error.problems:
                self.write(str(say_problem(problem)))
            return None
        self.skipped.discard(question.path)
        return _Step.ON

    def _line(self, prompt: str) -> str | None:
        self.write(prompt, end="")
        line = self.read()
        if line is None:
            self.write("")
        return line


def _as_word(question: Question, said: str) -> str:
    """Numbers of options, and yes and no in the user's language, as the words of the grammar."""
    options = [key for key, _text in question.options()]
    match question.domain.type:
        case "truth":
            return {_("yes"): "yes", _("no"): "no"}.get(said.lower(), said)
        case "option":
            return _numbered(options, said)
        case "options" if said != NONE:
            return ",".join(_numbered(options, part.strip()) for part in said.split(","))
    return said


def _numbered(options: list[str], said: str) -> str:
    """The option with this number, counted from 1; anything else is left as it is."""
    place = int(said) if said.isdecimal() and len(said) < 4 else 0
    return options[place - 1] if 0 < place <= len(options) else said
