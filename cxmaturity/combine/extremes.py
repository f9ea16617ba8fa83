"""`min` and `max`: the weakest and the strongest part with a value and a weight above 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cxmaturity.combine.mean import ConvertingSettings, hull
from cxmaturity.hookspecs import Combiner, PartColumns, Parts

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


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


def _min_columns(_parts: Parts, given: PartColumns) -> tuple[Column, Mask]:
    return _fold(given, 1)


def _max_columns(_parts: Parts, given: PartColumns) -> tuple[Column, Mask]:
    value, has = _fold(given, -1)
    return -value, has


def _fold(given: PartColumns, sign: int) -> tuple[Column, Mask]:
    """The least of the parts' values times the sign."""
    import numpy as np

    beyond = np.int64(1 << 62)
    least, counted = np.full(1, beyond), np.zeros(1, np.bool_)
    for value, has, weight in zip(given.values, given.has, given.weights, strict=True):
        counts = has & (weight > 0)
        least = np.minimum(least, np.where(counts, value * sign, beyond))
        counted = counted | counts
    return least, counted


MIN = Combiner(
    name="min",
    summary="weakest part with a value",
    settings=ConvertingSettings,
    scalar=_of(min),
    columns=_min_columns,
    converts=True,
    monotone=True,
    range=hull,
)
MAX = Combiner(
    name="max",
    summary="strongest part with a value",
    settings=ConvertingSettings,
    scalar=_of(max),
    columns=_max_columns,
    converts=True,
    monotone=True,
    range=hull,
)
