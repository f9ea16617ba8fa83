"""`mean`: the weighted mean over parts with a value; one integer sum, one division."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from cxmaturity.hookspecs import Combiner, Interval, PartColumns, Parts, Settings
from cxmaturity.model.exact import divide

if TYPE_CHECKING:
    from cxmaturity.hookspecs import Column, Mask


class ConvertingSettings(Settings):
    """Whether parts on another scale are converted to the node's."""

    normalise: bool = Field(
        default=True, description="Convert parts linearly to the node's scale first."
    )


def _scalar(
    _parts: Parts, values: Sequence[int | None], weights: Sequence[int], _applies: Sequence[bool]
) -> int | None:
    known = [(v, w) for v, w in zip(values, weights, strict=True) if v is not None]
    weight = sum([w for _, w in known])
    return divide(sum([v * w for v, w in known]), weight) if weight else None


def _columns(_parts: Parts, given: PartColumns) -> tuple[Column, Mask]:
    from cxmaturity.engine.columns.values import TRUE, divisor, quotient, weighted

    value = quotient(weighted(given.values, given.weights), divisor(given.valued_weight))
    always = all(isinstance(weight, int) and weight > 0 for weight in given.weights)
    return value, TRUE if always else given.valued_weight > 0


def hull(_parts: Parts, _weights: Sequence[int], ranges: Sequence[Interval]) -> Interval:
    """A value between the parts' extremes."""
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _size(_parts: Parts, weights: Sequence[int], ranges: Sequence[Interval]) -> int:
    """Twice the weighted sum plus the weights, as it is divided."""
    ends = [max(abs(low), abs(high)) for low, high in ranges]
    return 2 * sum(w * end for w, end in zip(weights, ends, strict=True)) + 2 * sum(weights)


MEAN = Combiner(
    name="mean",
    summary="weighted mean over parts with a value",
    settings=ConvertingSettings,
    scalar=_scalar,
    columns=_columns,
    converts=True,
    monotone=True,
    range=hull,
    size=_size,
)
