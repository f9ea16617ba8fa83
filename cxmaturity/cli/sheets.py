"""Whose answers a dialogue writes down: the assessor's, or those of one respondent.

A dialogue asks and checks; a sheet knows which questions there are, which are open as the answers
stand, and puts each answer on the disk before the next question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.model.engagement import Rating
from cxmaturity.model.rubric import Rubric
from cxmaturity.store.edits import checked
from cxmaturity.store.responses import LoadedRespondent
from cxmaturity.store.saving import save_edits
from cxmaturity.workbench import Opened
from cxmaturity.workbench.answering import Remarks, edits_of, rated
from cxmaturity.workbench.engagements import answers_of, entries_of
from cxmaturity.workbench.questions import Question, asked_paths, questions_of
from cxmaturity.workbench.respondents import (
    answer_for,
    answers_by_path,
    asked_of,
    respondent_questions,
)


class Sheet(Protocol):
    """Questions with somebody's answers to them."""

    questions: list[Question]

    @property
    def rubric(self) -> Rubric:
        """The rubric that the questions are of."""

    def asked(self) -> frozenset[str]:
        """Paths of the questions that are asked as the answers stand."""

    def entries(self) -> Mapping[str, Rating]:
        """What is written down, by path."""

    def save(self, path: str, raw: object, remarks: Remarks) -> None:
        """Write an answer to the disk; raises UsageError for what cannot be written down."""


class AssessorSheet:
    """The assessor's answers and facts; ``only`` some questions, or all."""

    def __init__(self, opened: Opened, only: Collection[str] | None = None) -> None:
        self.opened = opened
        self.questions = _wanted(questions_of(opened.program), only)

    @property
    def rubric(self) -> Rubric:
        """The rubric that the questions are of."""
        return self.opened.rubric

    def asked(self) -> frozenset[str]:
        """Paths of the questions that are asked as the answers stand."""
        opened = self.opened
        answers, _aged, _undated = answers_of(opened.folder, opened.rubric, opened.engagement.date)
        return asked_paths(opened.program, answers, opened.hearing)

    def entries(self) -> Mapping[str, Rating]:
        """Ratings and facts by path."""
        return entries_of(self.opened.folder)

    def save(self, path: str, raw: object, remarks: Remarks) -> None:
        """Save at once."""
        if remarks.note is not None:
            checked(Rating, note=remarks.note)
        entry = rated(self.opened.folder, path, raw, remarks)
        saved = save_edits(self.opened.folder, edits_of({path: entry}, {}))
        self.opened = self.opened.after(saved)


class RespondentSheet:
    """One respondent's answers: no facts and no notes."""

    def __init__(
        self,
        opened: Opened,
        loaded: LoadedRespondent,
        today: dt.date,
        only: Collection[str] | None = None,
    ) -> None:
        self.opened = opened
        self.loaded = loaded
        self.today = today
        self.questions = _wanted(respondent_questions(opened), only)

    @property
    def rubric(self) -> Rubric:
        """The rubric that the questions are of."""
        return self.opened.rubric

    def asked(self) -> frozenset[str]:
        """Paths of the questions that are asked of this person."""
        return asked_of(self.opened, self.loaded.respondent)

    def entries(self) -> Mapping[str, Rating]:
        """The person's answers by path."""
        said = answers_by_path(self.loaded.respondent)
        return {path: Rating(value=raw) for path, raw in said.items()}

    def save(self, path: str, raw: object, remarks: Remarks) -> None:
        """Save at once; a note is refused, for it would tell who said it."""
        if remarks.note is not None:
            raise UsageError(
                Problem(
                    "no_notes",
                    "respondents leave no notes",
                    Where(key=path),
                    "the assessor may write one, without --respondent",
                )
            )
        self.loaded = answer_for(self.opened, self.loaded, {path: raw}, self.today)


def _wanted(questions: Mapping[str, Question], only: Collection[str] | None) -> list[Question]:
    return [question for path, question in questions.items() if only is None or path in only]
