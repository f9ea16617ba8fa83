"""The library for scripts and notebooks: load a rubric, score answers, ask why.

::

    import cxmaturity as cx

    rubric = cx.load_rubric("cx_phases")
    card = cx.score(rubric, cx.Answers({"loop.detractors": 2}, facts={"size": "mid"}))
    card.phase.id, card.dimensions["loop"].score, card.why("loop")

Whatever is wrong is a `CxError` with every problem at once.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from typing import overload

from cxmaturity import __version__
from cxmaturity.engine.score import About
from cxmaturity.engine.score import score as score_program
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.messages import Language
from cxmaturity.workbench import LoadedRubric, Opened, Workbench


class Card(Scorecard):
    """A scorecard that explains itself."""

    __slots__ = ("_rubric",)

    _rubric: Rubric | None

    def why(self, subject: str = "phase", *, language: Language = "en", width: int = 80) -> str:
        """Why something is as it is, in words.

        ``subject``: ``phase``, ``phase.ID``, ``overall``, a dimension, ``dimension.indicator``,
        ``fact.ID``, or a rule's id.  Raises UsageError for anything else, with the nearest names.
        """
        from cxmaturity.cli.page import plain_why

        rubric = getattr(self, "_rubric", None)
        return plain_why(self, subject, language, width=width, rubric=rubric)


def load_rubric(name: str | Path) -> LoadedRubric:
    """A rubric by id, or by the path of its folder; raises RubricError with every fault."""
    return _workbench().load_rubric(name)


def open_engagement(path: str | Path) -> Opened:
    """An engagement's folder, with the rubric it is pinned to."""
    return _workbench().open(Path(path))


@overload
def score(subject: LoadedRubric, answers: Answers, scope: Scope | None = None) -> Card: ...


@overload
def score(subject: Opened) -> Card: ...


def score(
    subject: LoadedRubric | Opened, answers: Answers | None = None, scope: Scope | None = None
) -> Card:
    """Score answers with a rubric, or an engagement with its own.

    Respondents' figures are a publication here, as in a file: the ledger of the engagement knows
    of it, and repeats earlier figures where new ones would give somebody away.

    Raises InputError with every answer that its question does not take.
    """
    bench = _workbench()
    if isinstance(subject, Opened):
        return _card(bench.publish(subject), subject.rubric)
    program = bench.program(subject, scope)
    about = About(sha256=subject.sha256, engine=__version__)
    bench.plugins.begin_scoring()
    scored = score_program(program, answers or Answers(), about)
    return _card(bench.plugins.finished(scored, subject.needed.plugins), subject.rubric)


def _card(scored: Scorecard, rubric: Rubric) -> Card:
    fields = {field.name: getattr(scored, field.name) for field in dataclasses.fields(scored)}
    card = Card(**fields)
    # The scorecard is frozen; this only lets it name facts and options, which it does not carry.
    object.__setattr__(card, "_rubric", rubric)
    return card


@cache
def _workbench() -> Workbench:
    return Workbench()
