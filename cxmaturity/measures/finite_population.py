"""Intervals of figures that rest on a good part of everybody there is.

Whoever asked 375 of 500 people knows more than the interval of a sample from many says.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from cxmaturity.hookspecs import MeasureValue
from cxmaturity.measures.intervals import root, rounded


def corrected(value: MeasureValue, population: int) -> MeasureValue:
    """The value with its interval narrowed by √((N - n) / (N - 1)), for N people in all.

    Who asked everybody has no uncertainty left.  Source: UK Civil Service People Survey 2019,
    Technical Guide.
    """
    if value.value is None:
        return value
    left = Fraction(max(population - value.n, 0), max(population - 1, 1))
    factor = root(left)

    def narrowed(end: int | None) -> int | None:
        if end is None or value.value is None:
            return end
        return value.value + rounded((end - value.value) * factor)

    return replace(value, low=narrowed(value.low), high=narrowed(value.high))
