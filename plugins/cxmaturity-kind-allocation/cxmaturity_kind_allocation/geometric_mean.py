"""`geometric_mean`: the weighted geometric mean of parts above the lowest level.

On a scale low…best each part counts as 1 + (value − low), in whole units; the mean is taken of
these and 1 taken off again, so that a part at the lowest level pulls down without wiping out.
Logarithms are taken in decimals of 50 digits, which every machine computes alike, and the result is
rounded half up to a millionth.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

from cxmaturity.hookspecs import Combiner, Parts

MILLION = 1_000_000
DECIMALS = Context(prec=50, rounding=ROUND_HALF_UP)


def scalar(
    parts: Parts, values: Sequence[int | None], weights: Sequence[int], _applies: Sequence[bool]
) -> int | None:
    """The mean in millionths; None when nothing of weight has a value."""
    low = parts.scale[0]
    pairs = zip(values, weights, strict=True)
    # Sorted, so that the last digit does not depend on the order of the parts.
    counted = sorted((v - low + MILLION, w) for v, w in pairs if v is not None and w > 0)
    total = sum(weight for _, weight in counted)
    if not total or counted[0][0] <= 0:
        return None
    logs = (DECIMALS.multiply(Decimal(value).ln(DECIMALS), Decimal(w)) for value, w in counted)
    mean = DECIMALS.divide(reduce(DECIMALS.add, logs), Decimal(total)).exp(DECIMALS)
    return int(mean.quantize(Decimal(1), ROUND_HALF_UP)) - MILLION + low


GEOMETRIC_MEAN = Combiner(
    name="geometric_mean",
    summary="geometric mean: a weak part pulls harder",
    scalar=scalar,
    converts=True,
    monotone=True,
)
