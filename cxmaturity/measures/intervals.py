"""Intervals: how far from the truth a figure may be by chance, at 95 % unless told otherwise.

Exact fractions in and out; a root is taken to twelve decimals, so that what is rounded to six is
the same everywhere.  Shares are 0 to 1.  With weights the effective number of answers stands for
their count.  Nothing is clipped here: the measure knows its range.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Final

Z95: Final = Fraction(1_959_963_985, 1_000_000_000)
"""Standard normal deviate that leaves out 5 %."""
Z90: Final = Fraction(1_644_853_627, 1_000_000_000)
"""Standard normal deviate that leaves out 10 %."""
_FINE: Final = 10**12

Number = int | Fraction
Ends = tuple[Fraction, Fraction]
"""Lower and upper end."""


def root(value: Fraction) -> Fraction:
    """Square root to twelve decimals, rounded down; raises ValueError below zero."""
    return Fraction(isqrt(value.numerator * _FINE**2 // value.denominator), _FINE)


def wald(centre: Number, variance: Number, n: Number, z: Fraction = Z95) -> Ends:
    """Normal interval: centre ± z √(variance / n); ``variance`` is that of one answer."""
    margin = z * root(Fraction(variance) / n)
    return centre - margin, centre + margin


def wilson(successes: Number, n: Number, z: Fraction = Z95) -> Ends:
    """Wilson's score interval of a share (1927; Newcombe 1998, Statistics in Medicine 17:857)."""
    share = Fraction(successes) / n
    centre = share + z**2 / (2 * n)
    margin = z * root(share * (1 - share) / n + z**2 / (4 * Fraction(n) ** 2))
    stretch = 1 + z**2 / n
    # The ends of none and of all are exact; the root's last decimal must not take them beyond.
    low = Fraction(0) if share == 0 else (centre - margin) / stretch
    high = Fraction(1) if share == 1 else (centre + margin) / stretch
    return low, high


def adjusted_wald(above: Number, below: Number, n: Number, z: Fraction = Z95) -> Ends:
    """Interval of a difference of two shares of the same answers, such as NPS, -1 to 1.

    Three answers are added, three quarters of one at either end (Rocks 2016, The American
    Statistician 70:365); unlike the plain interval it has a width when all answers are alike.
    """
    more = Fraction(n) + 3
    up, down = (above + Fraction(3, 4)) / more, (below + Fraction(3, 4)) / more
    return wald(up - down, net_variance(up, down), more, z)


def net_variance(above: Fraction, below: Fraction) -> Fraction:
    """Variance of one answer that counts 1, 0 or -1; the shares of 1 and of -1 are given."""
    return above + below - (above - below) ** 2


def finite_population(low: int, high: int, value: int, n: int, population: int) -> tuple[int, int]:
    """The interval when ``n`` of a ``population`` answered: √((N - n) / (N - 1)) as wide.

    Takes and returns millionths; each end keeps its side of the value.  Raises ValueError where
    fewer exist than answered.
    """
    if population < n:
        msg = f"{n} answers cannot come from a population of {population}"
        raise ValueError(msg)
    factor = root(Fraction(population - n, max(population - 1, 1)))
    return rounded(value - (value - low) * factor), rounded(value + (high - value) * factor)


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
