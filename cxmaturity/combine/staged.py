"""`staged`: the highest stage whose parts, and those of all stages below, reach what is needed.

The method of capability levels: "level n needs all of n largely and all below fully".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cxmaturity.hookspecs import Combiner, Interval, Part, PartColumns, Parts
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import gettext as _

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


def _scalar(
    parts: Parts, values: Sequence[int | None], _weights: Sequence[int], applies: Sequence[bool]
) -> int:
    judged = [
        (part, value)
        for part, value, applicable in zip(parts.parts, values, applies, strict=True)
        if applicable
    ]
    reached = 0
    for stage in range(1, stages(parts) + 1):
        if not all(_reaches(part, value, stage) for part, value in judged):
            break
        reached = stage
    return reached * MILLION


def _reaches(part: Part, value: int | None, stage: int) -> bool:
    own = part.stage or 1
    if own > stage:
        return True
    needed = needed_level(part) if own == stage else later_level(part)
    return value is not None and value >= needed


def _columns(parts: Parts, given: PartColumns) -> tuple[Column, Mask]:
    from cxmaturity.engine.columns.values import TRUE, ZERO, both, either, negated

    reached, so_far = ZERO, TRUE
    for stage in range(1, stages(parts) + 1):
        for k, part in enumerate(parts.parts):
            own = part.stage or 1
            if own <= stage:
                needed = needed_level(part) if own == stage else later_level(part)
                reaches = both(given.has[k], given.values[k] >= needed)
                so_far = both(so_far, either(reaches, negated(given.applies[k])))
        reached = reached + so_far
    return reached * MILLION, TRUE


def needed_level(part: Part) -> int:
    """Level that reaches the part's own stage; without `needs` the best of its scale."""
    return part.scale[1] if part.needs is None else part.needs


def later_level(part: Part) -> int:
    """Level needed once a later stage is judged; without `then_needs` the same."""
    return needed_level(part) if part.then_needs is None else part.then_needs


def stages(parts: Parts) -> int:
    """Number of stages."""
    return max((part.stage or 1 for part in parts.parts), default=0)


def _scale(parts: Parts, _weights: Sequence[int], _default: Interval) -> Interval:
    return 0, stages(parts) * MILLION


def _range(parts: Parts, _weights: Sequence[int], _ranges: Sequence[Interval]) -> Interval:
    """The stages, whatever scale the node declares."""
    return 0, stages(parts) * MILLION


def _check(parts: Parts) -> list[str]:
    missing = [part.id for part in parts.parts if part.stage is None]
    if missing:
        return [_("'{part}' needs a 'stage'").format(part=name) for name in missing]
    present = {part.stage for part in parts.parts}
    gaps = [stage for stage in range(1, stages(parts) + 1) if stage not in present]
    return [_("no part has stage {stage}").format(stage=stage) for stage in gaps]


STAGED = Combiner(
    name="staged",
    summary="highest stage reached",
    scalar=_scalar,
    columns=_columns,
    monotone=True,
    min_coverage=0,
    scale=_scale,
    range=_range,
    check=_check,
)
