"""Drawing from hypothesis in the words of this package; the first choice is always the simplest.

Hypothesis shrinks towards the first option and towards "no", so a failing rubric loses whatever
it does not need to fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from tests.reference.amounts import Scale

T = TypeVar("T")


@dataclass(frozen=True)
class Style:
    """What kind of rubric to draw.

    ``monotone``: a better answer or better evidence lowers nothing (no `ask_when`, no option
    without level, gates that only rise and caps that only fall with the levels they read).
    ``beyond``: levels may leave their scales, and methods meet scales that do not suit them, so
    that only what holds for every value may be tested.
    ``order_free``: nothing depends on the order in which its elements are declared, so that
    :func:`tests.strategies.reorderings` of it are valid too.
    """

    monotone: bool = False
    beyond: bool = False
    order_free: bool = False


class Die:
    """Random choices of one example."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return self.draw(st.sampled_from(options))

    def number(self, low: int, high: int) -> int:
        """A whole number between both ends, ends included."""
        return self.draw(st.integers(low, high))

    def chance(self, percent: int) -> bool:
        """True so often, shrinking to False."""
        return self.number(0, 99) >= 100 - percent

    def some(self, options: Sequence[T]) -> list[T]:
        """Any of the options, in their order."""
        return [option for option in options if self.chance(50)]

    def within(self, scale: Scale) -> int | float:
        """A number between both ends in steps of a half, or an end."""
        halves = range(1, int((scale.best - scale.low) * 2))
        values = [scale.low, scale.best, *(scale.low + Fraction(half, 2) for half in halves)]
        return written(self.pick(values))

    def inside(self, scale: Scale) -> int | float:
        """A number strictly between both ends, at a quarter, the middle or three quarters."""
        quarters = self.pick((2, 1, 3))
        return written(scale.low + (scale.best - scale.low) * Fraction(quarters, 4))


def written(value: Fraction) -> int | float:
    """The number as a file would hold it."""
    return value.numerator if value.denominator == 1 else round(float(value), 6)
