"""A rubric's own test: an organisation in two sentences, its answers, and what must come out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from cxmaturity.model.exact import Micro
from cxmaturity.model.rubric import Grade, Id, RuleId, Table
from cxmaturity.model.text import Text


class Expected(Table):
    """What scoring must give; whatever is stated is compared exactly."""

    phase: Id | None = Field(
        default=None, description="Phase attained, or `not_started`; required in a complete case."
    )
    at_most: Id | None = Field(
        default=None, description="Highest phase not excluded, where open answers leave a range."
    )
    scores: dict[Id, Micro | Literal["none"]] = Field(
        default={}, description="Score of every dimension (`none`: no score), and `overall`."
    )
    findings: tuple[RuleId, ...] | None = Field(
        default=None, description="The complete set of findings."
    )
    undetermined: tuple[RuleId, ...] | None = Field(
        default=None, description="The complete set of findings that stay open, where stated."
    )


class Case(Table):
    """`cases/ID.toml`: an organisation described in two sentences, answers in, result out."""

    title: Text = Field(description="Name of the case.")
    story: Text = Field(description="The organisation in two sentences.")
    based_on: Id | None = Field(
        default=None, description="Case whose answers this one starts from; `clear` removes one."
    )
    profile: Id | None = Field(default=None, description="Profile of weights.")
    modules: tuple[Id, ...] = Field(default=(), description="Optional modules that are on.")
    fill: Any = Field(
        default=None, description="Answer given to every ladder indicator that is not listed."
    )
    answers: dict[Id, dict[Id, Any]] = Field(
        default={}, description="Answers by dimension and indicator."
    )
    facts: dict[Id, Any] = Field(default={}, description="Facts by id.")
    evidence: dict[Id, dict[Id, Grade | Literal["clear"]]] = Field(
        default={}, description="Evidence grades by dimension and indicator."
    )
    figures: dict[str, Any] = Field(
        default={},
        description="What people and data say, by the words that rules read it with, e.g. "
        '`"measure.nps.value" = 32` or `"gap(silos)" = 1.4`; `clear` removes one.',
    )
    expect: Expected = Field(description="What must come out.")
