"""`sum`: weighted sum plus a base; may go below zero, as in "110 points minus what is not met"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from cxmaturity.hookspecs import Combiner, Interval, PartColumns, Parts, Points, Settings
from cxmaturity.model.exact import Micro, divide

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


class SumSettings(Settings):
    """Where the sum starts."""

    base: Micro = Field(default=0, description="What the weighted sum is added to.")


def _points(
    parts: Parts,
    values: Sequence[int | None],
    _points: Sequence[Points | None],
    weights: Sequence[int],
) -> Points:
    earned = possible = parts.settings.base * parts.weights_per_one
    for part, value, weight in zip(parts.parts, values, weights, strict=True):
        if value is not None:
            earned += weight * value
            possible += weight * part.scale[1]
    return earned, possible


def _of_points(parts: Parts, points: Points) -> int:
    return divide(points[0], parts.weights_per_one)


def _point_columns(parts: Parts, given: PartColumns) -> tuple[Column, Column]:
    from cxmaturity.engine.columns.values import weighted

    base = parts.settings.base * parts.weights_per_one
    bests = [has * part.scale[1] for part, has in zip(parts.parts, given.has, strict=True)]
    return base + weighted(given.values, given.weights), base + weighted(bests, given.weights)


def _of_point_columns(parts: Parts, earned: Column, _possible: Column) -> tuple[Column, Mask]:
    from cxmaturity.engine.columns.values import TRUE, quotient

    per_one = parts.weights_per_one
    return (earned if per_one == 1 else quotient(earned, per_one)), TRUE


def _scale(parts: Parts, weights: Sequence[int], _default: Interval) -> Interval:
    """The range that the parts, the weights and the base can give."""
    return _total(parts, weights, [part.scale for part in parts.parts])


def _range(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> Interval:
    """A part may be missing, so each adds something from nothing to its most."""
    return _total(parts, weights, [(min(low, 0), max(high, 0)) for low, high in ranges])


def _total(parts: Parts, weights: Sequence[int], spans: Sequence[Interval]) -> Interval:
    base, per_one = parts.settings.base, parts.weights_per_one
    low, high = (
        base * per_one + sum(w * span[end] for w, span in zip(weights, spans, strict=True))
        for end in (0, 1)
    )
    return divide(low, per_one), divide(high, per_one)


def _size(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> int:
    ends = [max(abs(low), abs(high)) for low, high in ranges]
    ends = [max(end, abs(p.scale[1])) for end, p in zip(ends, parts.parts, strict=True)]
    base: int = abs(parts.settings.base) + 1
    total = sum(w * e for w, e in zip(weights, ends, strict=True))
    return base * parts.weights_per_one + total


SUM = Combiner(
    name="sum",
    summary="weighted sum plus a base",
    settings=SumSettings,
    points=_points,
    of_points=_of_points,
    point_columns=_point_columns,
    of_point_columns=_of_point_columns,
    monotone=True,
    min_coverage=0,
    scale=_scale,
    range=_range,
    size=_size,
)
