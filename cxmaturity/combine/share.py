"""`share`: points earned of points possible, on the node's scale; one division at the top."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.hookspecs import Combiner, Interval, Parts, Points
from cxmaturity.model.exact import divide


def _points(
    _parts: Parts,
    _values: Sequence[int | None],
    points: Sequence[Points | None],
    weights: Sequence[int],
) -> Points:
    counted = [(p, w) for p, w in zip(points, weights, strict=True) if p is not None]
    return sum(w * p[0] for p, w in counted), sum(w * p[1] for p, w in counted)


def _of_points(parts: Parts, points: Points) -> int | None:
    low, best = parts.scale
    earned, possible = points
    if possible <= 0:
        return None
    return divide(low * possible + (best - low) * earned, possible)


def _size(parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> int:
    """Bound of the numerator as it is divided; the ranges are those of the parts' points."""
    ends = [max(abs(low), abs(high)) for low, high in ranges]
    total = sum(w * e for w, e in zip(weights, ends, strict=True))
    return 2 * (abs(parts.scale[0]) + abs(parts.scale[1] - parts.scale[0])) * total + 2 * total


SHARE = Combiner(
    name="share",
    summary="points earned of points possible",
    points=_points,
    of_points=_of_points,
    monotone=True,
    size=_size,
)
