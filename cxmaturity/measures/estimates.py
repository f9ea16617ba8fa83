"""From counted answers to a figure with its interval: share, net share, mean, median.

A figure is held as exact fractions in the measure's own unit until it is rounded, once, to
millionths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from cxmaturity.hookspecs import Interval, MeasureValue
from cxmaturity.measures.intervals import (
    Z95,
    Ends,
    adjusted_wald,
    net_variance,
    root,
    rounded,
    wald,
    wilson,
)
from cxmaturity.measures.tally import Tally
from cxmaturity.model.exact import MILLION

PERCENT: Final = 100
Chosen = Callable[[int], bool]
"""Whether an answer, in millionths, counts."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, its interval, and the variance of one answer; None where it cannot be told."""

    value: Fraction
    ends: Ends | None = None
    variance: Fraction | None = None


def share(answers: Tally, chosen: Chosen) -> Estimate:
    """Percentage of the answers that are chosen, with Wilson's interval."""
    part, n = answers.share(chosen), answers.effective
    low, high = wilson(part * n, n)
    return Estimate(PERCENT * part, (PERCENT * low, PERCENT * high), PERCENT**2 * part * (1 - part))


def net_share(answers: Tally, above: Chosen, below: Chosen) -> Estimate:
    """Percentage above less percentage below, with the adjusted Wald interval."""
    up, down, n = answers.share(above), answers.share(below), answers.effective
    low, high = adjusted_wald(up * n, down * n, n)
    return Estimate(
        PERCENT * (up - down), (PERCENT * low, PERCENT * high), PERCENT**2 * net_variance(up, down)
    )


def mean(answers: Tally) -> Estimate:
    """Mean of the answers, with the normal interval; a single answer has none."""
    value, variance = answers.mean(), answers.variance()
    ends = None if variance is None else wald(value, variance, answers.effective)
    return Estimate(value, ends, variance)


def median(answers: Tally) -> Estimate:
    """Middle answer, with the interval by ranks; too few answers have none.

    Lower rank n/2 - z √n / 2 and upper rank 1 + n/2 + z √n / 2, each to the nearest whole
    (Campbell and Gardner 1988, British Medical Journal 296:1454).
    """
    values = sorted(answers.weights)
    sums = list(accumulate(answers.weights[value] for value in values))
    total = answers.total

    def at(share_of_weight: Fraction) -> int:
        return next(v for v, s in zip(values, sums, strict=True) if s >= share_of_weight * total)

    lower = at(Fraction(1, 2))
    upper = next(v for v, s in zip(values, sums, strict=True) if 2 * s > total)
    middle = Fraction(lower + upper, 2 * MILLION)
    n = answers.effective
    first = rounded(n / 2 - Z95 * root(n) / 2)
    last = rounded(1 + n / 2 + Z95 * root(n) / 2)
    if first < 1 or last > n:
        return Estimate(middle)
    return Estimate(middle, (Fraction(at(first / n), MILLION), Fraction(at(last / n), MILLION)))


def measured(found: Estimate, answers: Tally, span: Interval) -> MeasureValue:
    """The figure in millionths, its interval clipped to the measure's range.

    With weights the deviation contains what they cost (n over the effective n), so that deviation²
    over n is the squared standard error, with or without weights.
    """
    low, high = found.ends or (None, None)
    variance = found.variance
    if variance is not None:
        variance *= answers.n / answers.effective
    return MeasureValue(
        value=rounded(found.value * MILLION),
        n=answers.n,
        low=None if low is None else max(rounded(low * MILLION), span[0]),
        high=None if high is None else min(rounded(high * MILLION), span[1]),
        deviation=None if variance is None else rounded(root(variance) * MILLION),
    )
