"""Numbers of the reference evaluator: exact fractions, rounded only where the rules say so.

Kept apart from the product on purpose: nothing here may import its arithmetic.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

MILLION = 1_000_000
FORGIVEN = Fraction(1, 100_000)
"""`floor` and `truncate` count a value this little below a step as that step."""


class Scale(NamedTuple):
    """Lowest and best value."""

    low: Fraction
    best: Fraction


def exact(number: float | Decimal | Fraction) -> Fraction:
    """The fraction that a number is written as (a float by its shortest decimal form)."""
    return Fraction(str(number))


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half towards plus infinity."""
    return (value + Fraction(1, 2)).__floor__()


def millionth(value: Fraction) -> Fraction:
    """The value rounded half up to a millionth."""
    return Fraction(half_up(value * MILLION), MILLION)


def micro(value: Fraction | None) -> int | None:
    """The value as whole millionths; nothing in a result is finer."""
    if value is None:
        return None
    scaled = value * MILLION
    if scaled.denominator != 1:
        raise ValueError(f"{value} is finer than a millionth")
    return scaled.numerator


def convert(value: Fraction, own: Scale, wanted: Scale) -> Fraction:
    """The value moved linearly from its own scale to the wanted one, to a millionth."""
    if own == wanted:
        return value
    if own.best == own.low:
        return wanted.low
    share = (value - own.low) / (own.best - own.low)
    return millionth(wanted.low + share * (wanted.best - wanted.low))


def on_curve(points: Sequence[Sequence[Any]], value: Fraction) -> Fraction:
    """The height of a piecewise-linear curve at the value, flat outside its points."""
    known = [(exact(x), exact(y)) for x, y in points]
    if value <= known[0][0]:
        return known[0][1]
    for (x0, y0), (x1, y1) in pairwise(known):
        if value <= x1:
            return millionth(y0 + (y1 - y0) * (value - x0) / (x1 - x0))
    return known[-1][1]


def holds(step: Mapping[str, Any], value: Fraction) -> bool:
    """Whether the value reaches a step or band: `from` includes its end, `above` does not."""
    if step.get("above") is not None:
        return value > exact(step["above"])
    if step.get("from") is not None:
        return value >= exact(step["from"])
    return True


def on_steps(steps: Sequence[Mapping[str, Any]], value: Fraction) -> Fraction:
    """The level of the last step that holds."""
    reached = [step for step in steps if holds(step, value)]
    if not reached:
        raise ValueError(f"no step holds at {value}")
    return exact(reached[-1]["level"])


def rounded(value: Fraction, mode: str, digits: int) -> Fraction:
    """The value rounded to so many decimals in one of the four modes."""
    unit = Fraction(1, 10**digits)
    steps = value / unit
    if mode == "half_up":
        return half_up(steps) * unit
    if mode == "half_even":
        return round(steps) * unit
    forgiven = ((value + FORGIVEN) / unit).__floor__()
    if mode == "floor" or value >= 0:
        return forgiven * unit
    return steps.__ceil__() * unit
