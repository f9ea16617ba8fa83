"""What was answered: one grammar of values for files, command line, cases and Python.

A raw answer is what its question's kind reads (an integer, an option id, a list of option ids, a
boolean, a number, a text), or one of two words that every question knows: ``"unknown"`` (asked,
does not know) and ``"na:REASON"`` (not applicable).  Absent means unanswered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from cxmaturity.model.rubric import REASONS, Grade, Reason

UNKNOWN = "unknown"
NOT_APPLICABLE = "na:"


def is_unknown(raw: object) -> bool:
    """Whether the answer says that the answer is not known."""
    return isinstance(raw, str) and raw == UNKNOWN


def is_not_applicable(raw: object) -> bool:
    """Whether the answer says that the question does not apply."""
    return isinstance(raw, str) and raw.startswith(NOT_APPLICABLE)


def reason_of(raw: object) -> Reason | None:
    """The reason code of a not-applicable answer; None when it is missing or not allowed."""
    if not is_not_applicable(raw):
        return None
    reason = cast("str", raw).removeprefix(NOT_APPLICABLE)
    return reason if reason in REASONS else None


@dataclass(frozen=True, slots=True)
class Answers:
    """One organisation's answers, keyed by ``dimension.indicator`` and by fact id.

    ``grades`` are the evidence grades that count on the date of scoring (ageing already applied);
    an indicator without one is ``claimed``.  ``targets`` are target levels in millionths by
    indicator path or dimension id.
    """

    ratings: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a rubric applies, and with which weights.

    ``weights`` are overrides in millionths by dimension id or indicator path; they win over the
    profile's, which win over the rubric's.
    """

    profile: str | None = None
    modules: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
