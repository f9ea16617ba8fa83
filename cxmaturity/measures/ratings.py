"""Measures of one answer a row: the scale is checked, then the answers are counted.

`settled` is for data that are split into waves and segments: their scale is judged as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

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

    verdict: str | None = None
    """What was found of the scale of all data that these answers are part of: empty for the defined
    one, else another's name.  None: the answers are all there is to judge by."""

    def __call__(self, columns: Columns, weights: Weights) -> MeasureValue | None:
        """The value; without one where the answers are on another scale; None without answers."""
        column = columns[self.column]
        answers = tally(column, weights)
        if answers.n == 0:
            return None
        # A weight must not make one answer look like a hundred: scales are seen from plain counts.
        counts = answers.weights if weights is None else _unweighted(column, weights)
        found = self.scale.misfit(counts)
        if not found:
            found = self.scale.lookalike(counts) if self.verdict is None else self.verdict
        if found:
            return off_scale(answers.n, found)
        return measured(self.figure(answers), answers, self.range)


def _unweighted(values: Sequence[int | None], weights: Sequence[int]) -> Mapping[int, int]:
    counted = [value for value, weight in zip(values, weights, strict=True) if weight > 0]
    return tally(counted, None).weights


def answer_scale(measure: Measure) -> Scale | None:
    """The scale on which a measure wants its answers; None where it is not about one question."""
    return measure.compute.scale if isinstance(measure.compute, OfAnswers) else None


def settled(measure: Measure, columns: Columns, declared: tuple[int, int] | None = None) -> Measure:
    """The measure for parts of these data (waves, segments): the scale is judged once, of all.

    A part may be too small to show its scale.  ``declared`` are the ends of the scale on which the
    question was asked, by whoever knows: others than the defined ones are refused, and the defined
    ones are believed whatever the answers look like.  Answers beyond the ends are refused part by
    part.  A measure that is not of one question is returned as it is.
    """
    compute = measure.compute
    if not isinstance(compute, OfAnswers):
        return measure
    scale = compute.scale
    if declared is None:
        verdict = scale.lookalike(tally(columns[compute.column], None).weights)
    else:
        verdict = "" if declared == (scale.low, scale.high) else f"{declared[0]}–{declared[1]}"
    return replace(measure, compute=replace(compute, verdict=verdict))


def at_least(answer: int) -> Callable[[int], bool]:
    """Whether an answer is this high or higher; ``answer`` as written."""
    limit = answer * MILLION
    return lambda value: value >= limit


def at_most(answer: int) -> Callable[[int], bool]:
    """Whether an answer is this low or lower; ``answer`` as written."""
    limit = answer * MILLION
    return lambda value: value <= limit
