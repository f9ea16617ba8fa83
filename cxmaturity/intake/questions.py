"""What an import may fill: the questions in scope, the group axes with their places, the rubric.

The intake knows a question only by this shape, so that it needs neither the rubric's files nor an
engagement.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cxmaturity.hookspecs import Domain, QuestionKind


class Wording(Protocol):
    """How a question is called and asked, by language."""

    @property
    def title(self) -> Mapping[str, str]:
        """Short name."""

    @property
    def question(self) -> Mapping[str, str]:
        """The question as it is asked."""


class Question(Protocol):
    """One question that respondents answer."""

    @property
    def path(self) -> str:
        """``dimension.indicator``."""

    @property
    def text(self) -> Wording:
        """Its title and its question."""

    @property
    def kind(self) -> QuestionKind:
        """How it is asked and read."""

    @property
    def domain(self) -> Domain:
        """What it can be answered with."""

    def options(self) -> Sequence[tuple[str, Mapping[str, str]]]:
        """What is typed for each answer, and its text."""

    def read(self, raw: object) -> object:
        """The answer as its kind understands it; raises ValueError."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A group axis: its name by language, and the declared places with theirs, by path.

    Without declared places any label names a place.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything that a respondent can say: questions by path, axes by id, of which rubric."""

    rubric: str
    version: str
    questions: Mapping[str, Question]
    axes: Mapping[str, Axis] = field(default_factory=dict)


def plain(text: str) -> str:
    """The form in which texts are compared: no outer or repeated spaces, no case, one spelling."""
    composed = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return unicodedata.normalize("NFC", " ".join(composed.split()).casefold())
