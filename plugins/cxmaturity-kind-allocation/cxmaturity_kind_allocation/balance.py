"""`balance(a, b)`: the smaller of two scores as a share of the larger; 1 when both are nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmaturity.hookspecs import Function, Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MILLION = 1_000_000
LARGEST = 2**62 // (2 * MILLION) - 1
"""Up to here the column form stays within 64 bits; no score comes near."""


def scalar(a: int, b: int) -> int:
    """Share in millionths, rounded half up."""
    small, large = min(abs(a), abs(b)), max(abs(a), abs(b))
    return MILLION if large == 0 else (2 * small * MILLION + large) // (2 * large)


def columns(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same over columns."""
    import numpy as np

    small = np.minimum(np.abs(a), np.abs(b))
    large = np.maximum(np.abs(a), np.abs(b))
    if large.size and int(large.max()) > LARGEST:
        pairs = zip(*np.broadcast_arrays(a, b), strict=True)
        return np.array([scalar(int(one), int(other)) for one, other in pairs], np.int64)
    divisor = np.where(large == 0, 1, large)
    share = (2 * small * MILLION + divisor) // (2 * divisor)
    return np.where(large == 0, np.int64(MILLION), share)


def span(_a: Interval, _b: Interval) -> Interval:
    """Between nothing and all."""
    return 0, MILLION


BALANCE = Function(
    name="balance",
    summary="smaller of two scores as a share of the larger",
    arguments=2,
    scalar=scalar,
    range=span,
    columns=columns,
)
