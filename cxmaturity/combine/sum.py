"""`sum`: weighted sum plus a base; may go below zero, as in "110 points minus what is not met"."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from cxmaturity.hookspecs import Combiner, Interval, Parts, Points, Settings
from cxmaturity.model.exact import Micro


class SumSettings(Settings):
    """Where the sum starts."""

    base: Micro = Field(default=0, description="What the weighted sum is added to.")


def _points(
    parts: Parts,
    values: Sequence[int | None],
    _points: Sequence[Points | None],
    weights: Sequence[int],
) -> Points:
    earned = possible = parts.settings.base
    for part, value, weight in zip(parts.parts, values, weights, strict=True):
        if value is not None:
            earned += weight * value
            possible += weight * part.scale[1]
    return earned, possible


def _of_points(_parts: Parts, points: Points) -> int:
    return points[0]


def _scale(parts: Parts, weights: Sequence[int], _default: Interval) -> Interval:
    """The range that the parts, the weights and the base can give."""
    base = parts.settings.base
    low = base + sum(w * p.scale[0] for p, w in zip(parts.parts, weights, strict=True))
    best = base + sum(w * p.scale[1] for p, w in zip(parts.parts, weights, strict=True))
    return low, best


def _range(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> Interval:
    """A part may be missing, so each adds something from nothing to its most."""
    base = parts.settings.base
    low = base + sum(w * min(low, 0) for w, (low, _) in zip(weights, ranges, strict=True))
    return low, base + sum(w * max(high, 0) for w, (_, high) in zip(weights, ranges, strict=True))


def _size(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> int:
    ends = [max(abs(low), abs(high)) for low, high in ranges]
    ends = [max(end, abs(p.scale[1])) for end, p in zip(ends, parts.parts, strict=True)]
    return abs(parts.settings.base) + sum(w * e for w, e in zip(weights, ends, strict=True))


SUM = Combiner(
    name="sum",
    summary="weighted sum plus a base",
    settings=SumSettings,
    points=_points,
    of_points=_of_points,
    monotone=True,
    min_coverage=0,
    scale=_scale,
    range=_range,
    size=_size,
)
