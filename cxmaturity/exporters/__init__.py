"""One file per format: a scorecard becomes bytes.

An exporter is a record, so that a plugin's looks like a built-in one.  It reads values and writes
text; it neither scores nor opens files, and its bytes depend on nothing but what it is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cxmaturity.hookspecs import Exporter, hookimpl
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.messages import Language

__all__ = ["AnswerRow", "AnswersProtocol", "ExportOptions", "Exporter", "built_in"]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the protocol, in words of the report's language.

    ``path`` is ``dimension.indicator`` or ``fact.id``; ``section`` the title it is told under;
    ``answer`` is the level's or option's text, or why there is none; ``grade`` is a code of
    `cxmaturity.text.wording.GRADES`, empty for a fact.
    """

    path: str
    section: str
    title: str
    question: str
    answer: str
    grade: str = ""
    reference: str = ""
    date: dt.date | None = None
    note: str = ""
    flag: bool = False


@dataclass(frozen=True, slots=True)
class AnswersProtocol:
    """What was answered, for a report that is checked together with those who answered."""

    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a scorecard is to be written.

    ``with_answers`` is appended by formats for people; ``plain`` asks them for no decoration;
    ``rubric`` supplies titles of facts and options, which a scorecard does not carry.
    """

    language: Language = "en"
    with_answers: AnswersProtocol | None = None
    plain: bool = False
    rubric: Rubric | None = None


def built_in() -> tuple[Exporter, ...]:
    """The exporters that come with the program, in the order they are listed."""
    from cxmaturity.exporters.json_file import JSON
    from cxmaturity.exporters.markdown_report import MARKDOWN
    from cxmaturity.exporters.toml_file import TOML

    return JSON, TOML, MARKDOWN


@hookimpl
def cxm_exporters() -> Iterable[Exporter]:
    """The built-in formats, as a plugin would give them."""
    return built_in()
