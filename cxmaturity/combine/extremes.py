"""`min` and `max`: the weakest and the strongest part with a value and a weight above 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cxmaturity.combine.mean import ConvertingSettings, hull
from cxmaturity.hookspecs import Combiner, Parts


def _of(extreme: Callable[[list[int]], int]) -> Callable[..., int | None]:
    def scalar(
        _parts: Parts,
        values: Sequence[int | None],
        weights: Sequence[int],
        _applies: Sequence[bool],
    ) -> int | None:
        pairs = zip(values, weights, strict=True)
        counted = [value for value, weight in pairs if value is not None and weight > 0]
        return extreme(counted) if counted else None

    return scalar


MIN = Combiner(
    name="min",
    summary="weakest part with a value",
    settings=ConvertingSettings,
    scalar=_of(min),
    converts=True,
    monotone=True,
    range=hull,
)
MAX = Combiner(
    name="max",
    summary="strongest part with a value",
    settings=ConvertingSettings,
    scalar=_of(max),
    converts=True,
    monotone=True,
    range=hull,
)
