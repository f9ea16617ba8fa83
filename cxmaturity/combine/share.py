"""`share`: points earned of points possible, on the node's scale; one division at the top."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import TYPE_CHECKING

from cxmaturity.hookspecs import Combiner, Interval, PartColumns, Parts, Points
from cxmaturity.model.exact import MILLION, divide

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


def _points(
    parts: Parts,
    _values: Sequence[int | None],
    points: Sequence[Points | None],
    weights: Sequence[int],
) -> Points:
    earned = possible = 0
    for point, weight, fineness in zip(points, weights, _fineness(parts), strict=True):
        if point is not None:
            earned += weight * fineness * point[0]
            possible += weight * fineness * point[1]
    return earned, possible


def _fineness(parts: Parts) -> Sequence[int]:
    """What makes the points of every part equally fine."""
    units = [part.points_per_millionth for part in parts.parts]
    common = lcm(*units)
    return [common // unit for unit in units]


def _of_points(parts: Parts, points: Points) -> int | None:
    low, best = parts.scale
    earned, possible = points
    if possible <= 0:
        return None
    return divide(low * possible + (best - low) * earned, possible)


def _point_columns(parts: Parts, given: PartColumns) -> tuple[Column, Column]:
    from cxmaturity.engine.columns.values import weighted

    weights = [weight * fine for weight, fine in zip(given.weights, _fineness(parts), strict=True)]
    earned = weighted([earned for earned, _ in given.points], weights)
    return earned, weighted([possible for _, possible in given.points], weights)


def _of_point_columns(parts: Parts, earned: Column, possible: Column) -> tuple[Column, Mask]:
    from cxmaturity.engine.columns.values import divisor, quotient

    low, best = parts.scale
    return quotient(low * possible + (best - low) * earned, divisor(possible)), possible > 0


def _range(parts: Parts, _weights: Sequence[int], ranges: Sequence[Interval]) -> Interval:
    """The ranges are what can be earned of what is possible, in millionths."""
    low, best = parts.scale
    least, most = min(least for least, _ in ranges), max(most for _, most in ranges)
    return low + (best - low) * least // MILLION, low - (best - low) * -most // MILLION


def _size(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> int:
    """Bound of the numerator as it is divided; the ranges are those of the parts' points."""
    ends = [max(abs(low), abs(high)) for low, high in ranges]
    total = sum(w * f * e for w, f, e in zip(weights, _fineness(parts), ends, strict=True))
    return 2 * (abs(parts.scale[0]) + abs(parts.scale[1] - parts.scale[0])) * total + 2 * total


SHARE = Combiner(
    name="share",
    summary="points earned of points possible",
    points=_points,
    of_points=_of_points,
    point_columns=_point_columns,
    of_point_columns=_of_point_columns,
    takes_points=True,
    monotone=True,
    range=_range,
    size=_size,
)
