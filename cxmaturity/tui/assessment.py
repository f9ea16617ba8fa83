"""An engagement in hand: its questions, what is answered, and every score that follows.

Values in, values out: nothing here writes a file or knows a screen.  The session adds saving and
undo, the what-if a comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from cxmaturity.engine.program import Program
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.store.edits import Edits, edited
from cxmaturity.store.engagement_folder import EngagementFolder
from cxmaturity.text.account import Account
from cxmaturity.text.messages import Language, current_language
from cxmaturity.text.names import Names, names_of
from cxmaturity.tui.live import Live, live_of
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.data import figures_of
from cxmaturity.workbench.engagements import answers_of, entries_of, evidence_of, scope_of
from cxmaturity.workbench.questions import Question, questions_of

NOTHING = Rating()
BACKGROUND = ""
"""The group of the facts that belong to no dimension."""


def group_of(question: Question) -> str:
    """The dimension a question is asked under, or `BACKGROUND`."""
    return question.dimension or BACKGROUND


class Assessment:
    """One engagement as it stands in memory; scores are computed when asked for and kept."""

    def __init__(self, workbench: Workbench, opened: Opened, *, ascii_only: bool = False) -> None:
        """Take over an engagement that the workbench opened."""
        self.workbench = workbench
        self.ascii = ascii_only
        self.version = 0
        """Grows with every change, so that a screen can see whether it is up to date."""
        self._put(opened)

    def _put(self, opened: Opened) -> None:
        """Replace everything: another folder, perhaps another scope."""
        self._opened = opened
        for name in ("questions", "_by_path", "numbers"):
            self.__dict__.pop(name, None)
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        for name in ("live", "_asked", "_entries", "_evidence", "_card", "_told_names"):
            self.__dict__.pop(name, None)

    # what it is ---------------------------------------------------------------------------------

    @property
    def opened(self) -> Opened:
        """The engagement, its rubric and program."""
        return self._opened

    @property
    def folder(self) -> EngagementFolder:
        """The engagement's files as they are in memory."""
        return self._opened.folder

    @property
    def program(self) -> Program:
        """The rubric compiled for the engagement's scope."""
        return self._opened.program

    @property
    def rubric(self) -> Rubric:
        """The rubric that judges."""
        return self._opened.rubric

    @property
    def organisation(self) -> str:
        """Who is assessed: foreign text, as it is written."""
        return self.folder.engagement.organisation

    @property
    def language(self) -> Language:
        """The language in use."""
        return current_language()

    @property
    def has_people(self) -> bool:
        """Whether there is something to show of respondents or of imported data."""
        return self._opened.hearing is not None or bool(
            self._opened.measures and self._opened.measures.measures
        )

    # questions ----------------------------------------------------------------------------------

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in scope, asked or not, in the order they are asked."""
        return tuple(self._by_path.values())

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question by its path, from 1 over all of them."""
        return {path: number for number, path in enumerate(self._by_path, 1)}

    @cached_property
    def _by_path(self) -> Mapping[str, Question]:
        return questions_of(self.program)

    def question(self, path: str) -> Question:
        """One question by its path; raises KeyError when the scope does not have it."""
        return self._by_path[path]

    def has(self, path: str) -> bool:
        """Whether the scope has a question of this path."""
        return path in self._by_path

    def rating(self, path: str) -> Rating:
        """What is answered, with note and flag; an empty rating where nothing was said."""
        return self._entries.get(path, NOTHING)

    def evidence(self, path: str) -> Evidence | None:
        """What an answer rests on."""
        return self._evidence.get(path)

    @cached_property
    def _entries(self) -> Mapping[str, Rating]:
        return entries_of(self.folder)

    @cached_property
    def _evidence(self) -> Mapping[str, Evidence]:
        return evidence_of(self.folder)

    def asked(self) -> tuple[Question, ...]:
        """The questions that the answers so far leave to be asked."""
        return self._asked

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if self.live.is_asked(question.path))

    def is_open(self, path: str) -> bool:
        """Whether the question is asked and nothing is answered yet, not even unknown."""
        return self.rating(path).value is None and self.live.is_asked(path)

    def progress(self, group: str | None = None) -> tuple[int, int]:
        """How many of the questions asked (of one group) are answered, and how many there are."""
        asked = [q for q in self.asked() if group is None or group_of(q) == group]
        return sum(self.rating(q.path).value is not None for q in asked), len(asked)

    # scores -------------------------------------------------------------------------------------

    @cached_property
    def live(self) -> Live:
        """The scores that stand beside a question, quick enough for every key press."""
        date = self.folder.engagement.date
        figures = figures_of(self._opened.measures, date)
        answers, _, _ = answers_of(self.folder, self.rubric, date, figures)
        return live_of(self.program, answers, self._opened.hearing)

    def scorecard(self) -> Scorecard:
        """The whole scorecard with its trace, of the answers as they are now."""
        return self._card

    @cached_property
    def _card(self) -> Scorecard:
        return self.workbench.score(self._opened)

    @cached_property
    def _told_names(self) -> Names:
        return names_of(self._card, self.rubric)

    def told(self) -> Account:
        """The scorecard with its names, in the language in use."""
        return Account(self._card, self._told_names, self.language)

    # change -------------------------------------------------------------------------------------

    def _apply(self, edits: Edits) -> None:
        """Change the copy in memory; raises UsageError with what is wrong with the edits."""
        folder = edited(self.folder, edits)
        program = self._opened.program
        if edits.settings and scope_of(folder.engagement) != scope_of(self.folder.engagement):
            program = self.workbench.program(self._opened.loaded, scope_of(folder.engagement))
        self._opened = replace(self._opened, folder=folder, program=program)
        self._changed()
