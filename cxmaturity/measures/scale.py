"""The scale an answer must lie on; data on another one are refused, not converted.

A 1-10 item under the limits of NPS gives a number that nobody else's can be compared with.  Which
scale it was can often be seen from the answers; where it cannot, whoever knows may declare it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cxmaturity.hookspecs import MeasureValue
from cxmaturity.model.exact import MILLION, decimal_text

_ONES_WITHOUT_ZERO = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Lowest and highest answer as written (None: without end), and whether only whole ones are.

    ``shorter`` are pairs (highest, answers): so many answers none of which is above ``highest``
    come from a shorter scale.
    """

    low: int
    high: int | None
    whole: bool = True
    shorter: tuple[tuple[int, int], ...] = ()

    @property
    def name(self) -> str:
        """Its ends, as in ``0–10``; without an upper end ``0–``."""
        return f"{self.low}–{'' if self.high is None else self.high}"

    def misfit(self, counts: Mapping[int, int]) -> str:
        """The scale that was seen where an answer lies beyond the ends or between the steps.

        ``counts`` are answers by value in millionths; empty where all of them fit.
        """
        if not counts:
            return ""
        top = None if self.high is None else self.high * MILLION
        beyond = min(counts) < self.low * MILLION or (top is not None and max(counts) > top)
        between = self.whole and any(value % MILLION for value in counts)
        return seen(counts) if beyond or between else ""

    def lookalike(self, counts: Mapping[int, int]) -> str:
        """The scale that answers seem to come from, though they would fit; empty without doubt."""
        if not counts:
            return ""
        n, highest = sum(counts.values()), max(counts)
        short = any(highest <= top * MILLION and n >= many for top, many in self.shorter)
        from_one = (self.low, self.high) == (0, 10) and starts_at_one(counts)
        return seen(counts) if short or from_one else ""


def starts_at_one(counts: Mapping[int, int]) -> bool:
    """Whether answers that would fit 0–10 were given on 1–10.

    Who is most annoyed takes the end of the scale.  On 0–10 that is 0 at least as often as 1, so
    five or more ones without a single zero have a chance of at most 1 in 32.  That there is no zero
    among many answers proves nothing: few content customers give one.
    """
    return not counts.get(0) and counts.get(MILLION, 0) >= _ONES_WITHOUT_ZERO


def seen(counts: Mapping[int, int]) -> str:
    """Lowest and highest answer, and one between the steps where there is any: ``0–10 (7.5)``."""
    span = "–".join(dict.fromkeys((decimal_text(min(counts)), decimal_text(max(counts)))))
    broken = [value for value in counts if value % MILLION]
    inner = [value for value in broken if value not in (min(counts), max(counts))]
    return f"{span} ({decimal_text(min(inner))})" if inner else span


def off_scale(n: int, found: str) -> MeasureValue:
    """What a measure gives for data on another scale: no value, and the scale that was found."""
    return MeasureValue(None, n, scale_ok=False, found=found)
