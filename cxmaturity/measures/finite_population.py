"""Intervals of figures that rest on a good part of everybody there is.

Whoever asked 375 of 500 people knows more than the interval of a sample from many says.
"""

from __future__ import annotations

from dataclasses import replace

from cxmaturity.hookspecs import MeasureValue
from cxmaturity.measures.intervals import finite_population


def corrected(value: MeasureValue, population: int) -> MeasureValue:
    """The value with its interval narrowed by √((N - n) / (N - 1)), for N people in all.

    Who asked everybody has no uncertainty left.  Source: UK Civil Service People Survey 2019,
    Technical Guide.
    """
    low, middle, high = value.low, value.value, value.high
    if low is None or middle is None or high is None:
        return value
    low, high = finite_population(low, high, middle, min(value.n, population), population)
    return replace(value, low=low, high=high)
