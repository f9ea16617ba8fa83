"""`tiers`: points tier by tier; nothing of a later tier counts until all earlier ones are full."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import TYPE_CHECKING

from pydantic import Field

from cxmaturity.hookspecs import Combiner, Interval, Part, PartColumns, Parts, Settings
from cxmaturity.model.exact import Micro, divide
from cxmaturity.text.messages import gettext as _

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


class TiersSettings(Settings):
    """What each tier is worth."""

    points: tuple[Micro, ...] = Field(min_length=1, description="Points of tier 1, 2, …")


def _scalar(
    parts: Parts, values: Sequence[int | None], weights: Sequence[int], applies: Sequence[bool]
) -> int | None:
    if not any(v is not None and w > 0 for v, w in zip(values, weights, strict=True)):
        return None
    total = 0
    for tier, points in enumerate(parts.settings.points, start=1):
        reached, possible = _reached(parts, values, weights, applies, tier)
        if not possible:
            total += points
            continue
        total += divide(points * reached, possible)
        if reached < possible:
            break
    return total


def _reached(
    parts: Parts,
    values: Sequence[int | None],
    weights: Sequence[int],
    applies: Sequence[bool],
    tier: int,
) -> tuple[int, int]:
    """What the tier's applicable parts reach of what they can, over one common denominator."""
    common = common_span(parts)
    reached = possible = 0
    for part, value, weight, applicable in zip(parts.parts, values, weights, applies, strict=True):
        if applicable and weight > 0 and part.tier == tier:
            possible += weight * common
            reached += weight * part_reach(part, value) * (common // _span(part))
    return reached, possible


def _columns(parts: Parts, given: PartColumns) -> tuple[Column, Mask]:
    import numpy as np

    from cxmaturity.engine.columns.values import divisor, quotient

    total, full = np.zeros(1, np.int64), np.ones(1, np.bool_)
    for tier, points in enumerate(parts.settings.points, start=1):
        reached, possible = _reached_columns(parts, given, tier)
        earned = quotient(points * reached, divisor(possible))
        total = total + full * np.where(possible > 0, earned, points)
        full = full & (reached >= possible)
    return total, given.valued_weight > 0


def _reached_columns(parts: Parts, given: PartColumns, tier: int) -> tuple[Column, Column]:
    """The tier's reached and possible, as :func:`_reached`, in every world."""
    import numpy as np

    common = common_span(parts)
    reached, possible = np.zeros(1, np.int64), np.zeros(1, np.int64)
    for k, part in enumerate(parts.parts):
        if part.tier == tier:
            low, best = part.scale
            counts = given.has[k] & given.applies[k]
            reach = np.clip(given.values[k] - low, 0, best - low) * counts
            possible = possible + given.applies[k] * given.weights[k] * common
            reached = reached + reach * given.weights[k] * (common // _span(part))
    return reached, possible


def part_reach(part: Part, value: int | None) -> int:
    """Level above the lowest; unanswered reaches nothing, nothing counts beyond the best."""
    low, best = part.scale
    return 0 if value is None else min(max(value - low, 0), best - low)


def _span(part: Part) -> int:
    return part.scale[1] - part.scale[0]


def common_span(parts: Parts) -> int:
    """Least common multiple of the parts' spans, so that reaches add up exactly."""
    return lcm(*(_span(part) for part in parts.parts))


def _scale(parts: Parts, _weights: Sequence[int], _default: Interval) -> Interval:
    return 0, sum(parts.settings.points)


def _range(parts: Parts, _weights: Sequence[int], _ranges: Sequence[Interval]) -> Interval:
    """The points of all tiers, whatever scale the node declares."""
    return 0, sum(parts.settings.points)


def _size(parts: Parts, weights: Sequence[int], _ranges: Sequence[Interval]) -> int:
    most: int = max(parts.settings.points)
    return 2 * most * common_span(parts) * sum(weights)


def _check(parts: Parts) -> list[str]:
    count = len(parts.settings.points)
    what = _("'{part}' needs a 'tier' from 1 to {count}")
    return [
        what.format(part=part.id, count=count)
        for part in parts.parts
        if part.tier is None or not 1 <= part.tier <= count
    ]


TIERS = Combiner(
    name="tiers",
    summary="points tier by tier, each only when the earlier ones are full",
    settings=TiersSettings,
    scalar=_scalar,
    columns=_columns,
    monotone=True,
    min_coverage=0,
    scale=_scale,
    range=_range,
    size=_size,
    check=_check,
)
