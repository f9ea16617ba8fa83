"""`tiers`: points tier by tier; nothing of a later tier counts until all earlier ones are full."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from pydantic import Field

from cxmaturity.hookspecs import Combiner, Interval, Part, Parts, Settings
from cxmaturity.model.exact import Micro, divide


class TiersSettings(Settings):
    """What each tier is worth."""

    points: tuple[Micro, ...] = Field(min_length=1, description="Points of tier 1, 2, …")


def _scalar(
    parts: Parts, values: Sequence[int | None], weights: Sequence[int], applies: Sequence[bool]
) -> int:
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


def part_reach(part: Part, value: int | None) -> int:
    """Level above the lowest, in millionths; unanswered reaches nothing, nothing beyond the best."""
    low, best = part.scale
    return 0 if value is None else min(max(value - low, 0), best - low)


def _span(part: Part) -> int:
    return part.scale[1] - part.scale[0]


def common_span(parts: Parts) -> int:
    """Least common multiple of the parts' spans, so that reaches add up exactly."""
    return lcm(*(_span(part) for part in parts.parts))


def _scale(parts: Parts, _weights: Sequence[int], _default: Interval) -> Interval:
    return 0, sum(parts.settings.points)


def _size(parts: Parts, weights: Sequence[int], _ranges: Sequence[Interval]) -> int:
    return 2 * max(parts.settings.points) * common_span(parts) * sum(weights)


def _check(parts: Parts) -> list[str]:
    count = len(parts.settings.points)
    return [
        f"'{part.id}' needs a 'tier' from 1 to {count}"
        for part in parts.parts
        if part.tier is None or not 1 <= part.tier <= count
    ]


TIERS = Combiner(
    name="tiers",
    summary="points tier by tier, each only when the earlier ones are full",
    settings=TiersSettings,
    scalar=_scalar,
    monotone=True,
    min_coverage=0,
    scale=_scale,
    size=_size,
    check=_check,
)
