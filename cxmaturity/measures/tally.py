"""Answers counted by value, so that a million rows cost no more than their different values.

Everything is exact: values are integers in millionths, weights integers of any unit.  Nothing here
knows what a value means or whether it lies on the right scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cxmaturity.model.exact import MILLION


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers there are, and what those of each value weigh together."""

    n: int
    weights: Mapping[int, int]
    """Weight by value; without weights each answer weighs 1."""
    squares: int
    """Sum of the squared weights of all answers."""

    @property
    def total(self) -> int:
        """Weight of all answers."""
        return sum(self.weights.values())

    @property
    def effective(self) -> Fraction:
        """Number of equally weighted answers that would tell as much: (Σw)² / Σw² (Kish)."""
        return Fraction(self.total**2, self.squares)

    def share(self, counts: Callable[[int], bool]) -> Fraction:
        """Share, 0 to 1, of the answers whose value counts."""
        return Fraction(sum(w for value, w in self.weights.items() if counts(value)), self.total)

    def mean(self) -> Fraction:
        """Weighted mean of the values, as a plain number."""
        return Fraction(sum(v * w for v, w in self.weights.items()), self.total * MILLION)

    def variance(self) -> Fraction | None:
        """Variance of one answer with denominator n - 1 (weighted: the effective n less 1).

        None for a single answer, which says nothing about spread.
        """
        if self.effective <= 1:
            return None
        squares = Fraction(sum(v * v * w for v, w in self.weights.items()), self.total)
        spread = squares / MILLION**2 - self.mean() ** 2
        return spread * self.effective / (self.effective - 1)


def tally(values: Sequence[int | None], weights: Sequence[int] | None) -> Tally:
    """Answers, one a row; rows without an answer, or without a weight above 0, do not count."""
    if weights is None:
        counts = Counter(values)
        counts.pop(None, None)
        found = {value: count for value, count in counts.items() if value is not None}
        return Tally(sum(found.values()), found, sum(found.values()))
    pairs = Counter(zip(values, weights, strict=True))
    return of_groups((v, count, w) for (v, w), count in pairs.items() if v is not None)


def of_groups(groups: Iterable[tuple[int, int, int]]) -> Tally:
    """Groups of answers with the same value and weight: (value, how many, weight of each)."""
    n, squares, weights = 0, 0, Counter[int]()
    for value, count, weight in groups:
        if count > 0 and weight > 0:
            n += count
            squares += count * weight * weight
            weights[value] += count * weight
    return Tally(n, weights, squares)
