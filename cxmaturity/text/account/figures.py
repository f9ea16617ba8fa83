"""A scorecard with the names and the language it is told in, and the one form of its figures.

Foreign text arrives through `Names`, already harmless for the surface.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Number, Scorecard
from cxmaturity.text.messages import Language
from cxmaturity.text.names import Names
from cxmaturity.text.numbers import (
    beside_threshold,
    exact_text,
    integer_text,
    percent_text,
    score_text,
)

NOTHING = "–"
"""Stands where there is no figure."""
PUBLISHED = 1
"""Decimals of every figure that rests on respondents."""


@dataclass(frozen=True)
class Account:
    """A scorecard told in one language on one surface."""

    card: Scorecard
    names: Names
    language: Language

    def figure(self, path: str, value: Number | None) -> str:
        """A score with two decimals, or more where a gate's threshold is near it.

        What rests on respondents is written as it was published: with one decimal.
        """
        if value is None:
            return NOTHING
        if path in self._from_people:
            return self.published(value)
        fixed = score_text(to_micro(value), self.language, fixed=True)
        return max(fixed, self._near(path, value), key=len)

    def _near(self, path: str, value: Number) -> str:
        """At most two decimals, or as many as it takes to stay on its side of each threshold."""
        if path in self._from_people:
            return self.published(value)
        micro = to_micro(value)
        near = (beside_threshold(micro, mark, self.language) for mark in self._marks.get(path, ()))
        return max((score_text(micro, self.language), *near), key=len)

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        """Thresholds of the gates by what is compared with them."""
        marks: dict[str, list[int]] = {}
        for gate in self.card.phase.gates:
            for clause in gate.clauses:
                if clause.needs is not None and len(clause.values) == 1:
                    marks.setdefault(next(iter(clause.values)), []).append(to_micro(clause.needs))
        return marks

    @cached_property
    def _from_people(self) -> frozenset[str]:
        """The indicators, dimensions and the overall whose figures rest on respondents."""
        dimensions = self.card.dimensions
        found: set[str] = set()
        for dimension in dimensions.values():
            heard = {part.id for part in dimension.indicators if part.source == "respondents"}
            above = dimension if heard else None
            while above is not None and above.id not in found:
                found.add(above.id)
                above = dimensions.get(above.parent or "")
            found |= heard
        return frozenset(found | {self.card.overall.id} if found else found)

    def published(self, value: Number | None) -> str:
        """A figure of respondents as it was published: always with a decimal (``3.0``)."""
        if value is None:
            return NOTHING
        micro = to_micro(value)
        fixed = score_text(micro, self.language, PUBLISHED, fixed=True)
        return max(fixed, exact_text(micro, self.language), key=len)

    def level(self, path: str, value: Number | None) -> str:
        """A level or score with every decimal it has; a respondents' one as it was published."""
        return self.published(value) if path in self._from_people else self.exact(value)

    def number(self, value: Number | None) -> str:
        """A figure with at most two decimals."""
        return NOTHING if value is None else score_text(to_micro(value), self.language)

    def exact(self, value: Number | None) -> str:
        """A figure with every decimal it has."""
        return NOTHING if value is None else exact_text(to_micro(value), self.language)

    def exact_micro(self, micro: int) -> str:
        """The same of millionths."""
        return exact_text(micro, self.language)

    def beside(self, value: Number, mark: Number) -> str:
        """A figure shown beside what it has to reach or was held to."""
        return beside_threshold(to_micro(value), to_micro(mark), self.language)

    def interval(self, low: Number | None, high: Number | None, path: str = "") -> str:
        """Lowest and highest still possible; one figure where they are the same.

        ``path`` names what is bounded, where gates may have thresholds for it.
        """
        if low is None or high is None:
            return NOTHING
        if low == high:
            return self._near(path, low)
        between = " – " if low < 0 else "–"
        return f"{self._near(path, low)}{between}{self._near(path, high)}"

    def percent(self, share: Number | None) -> str:
        """A share of the whole, 0–1, as a percentage."""
        return NOTHING if share is None else percent_text(to_micro(share), self.language)

    def count(self, number: int) -> str:
        """A count with its thousands apart."""
        return integer_text(number, self.language)
