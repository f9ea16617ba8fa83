"""Measures of one answer a row: the scale is checked, then the answers are counted.

`computed` is how a measure is asked when the mapping of a file declares the scale of its question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cxmaturity.hookspecs import Interval, Measure, MeasureValue
from cxmaturity.measures.estimates import Estimate, measured
from cxmaturity.measures.scale import Scale, off_scale
from cxmaturity.measures.tally import Tally, tally
from cxmaturity.model.exact import MILLION

Columns = Mapping[str, Sequence[int | None]]
"""Numbers in millionths by column; None where nobody answered."""
Weights = Sequence[int] | None


@dataclass(frozen=True, slots=True)
class OfAnswers:
    """Computes a measure from the column of answers that it names."""

    column: str
    scale: Scale
    figure: Callable[[Tally], Estimate]
    range: Interval

    def __call__(self, columns: Columns, weights: Weights) -> MeasureValue | None:
        """The value; without one where the answers do not look like the scale; None without any."""
        return self.on(None, columns, weights)

    def on(
        self, declared: tuple[int, int] | None, columns: Columns, weights: Weights
    ) -> MeasureValue | None:
        """The value of answers on a declared scale: it decides, not how the answers look."""
        column = columns[self.column]
        answers = tally(column, weights)
        if answers.n == 0:
            return None
        # A weight must not make one answer look like a hundred: scales are seen from plain counts.
        counts = answers.weights if weights is None else _unweighted(column, weights)
        found = self.scale.found(counts, declared)
        if found:
            return off_scale(answers.n, found)
        return measured(self.figure(answers), answers, self.range)


def _unweighted(values: Sequence[int | None], weights: Sequence[int]) -> Mapping[int, int]:
    counted = [value for value, weight in zip(values, weights, strict=True) if weight > 0]
    return tally(counted, None).weights


def answer_scale(measure: Measure) -> Scale | None:
    """The scale on which a measure wants its answers; None where it is not about one question."""
    return measure.compute.scale if isinstance(measure.compute, OfAnswers) else None


def computed(
    measure: Measure, columns: Columns, weights: Weights, declared: tuple[int, int] | None = None
) -> MeasureValue | None:
    """The measure's value; ``declared`` are the ends of the scale that the question had.

    A declared scale other than the defined one is refused, and the defined one is believed even
    where the answers look like another.  Measures that are not of one question ignore it.
    """
    compute = measure.compute
    if declared is None or not isinstance(compute, OfAnswers):
        return compute(columns, weights)
    return compute.on(declared, columns, weights)


def at_least(answer: int) -> Callable[[int], bool]:
    """Whether an answer is this high or higher; ``answer`` as written."""
    limit = answer * MILLION
    return lambda value: value >= limit


def at_most(answer: int) -> Callable[[int], bool]:
    """Whether an answer is this low or lower; ``answer`` as written."""
    limit = answer * MILLION
    return lambda value: value <= limit
