"""How much of a node's weight is answered, in many worlds, without dividing where nobody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.values import (
    FALSE,
    TRUE,
    Column,
    Mask,
    divisor,
    kept,
    quotient,
    settled,
)
from cxmaturity.model.exact import MILLION, divide

_LISTED = 1 << 16
"""Up to here coverage is looked up by the weight covered."""


@dataclass(slots=True)
class Coverage:
    """The weight covered, in parts of ``unit``, and the applicable weight."""

    covered: NDArray[Any]
    applicable: NDArray[Any]
    unit: int
    """1: plain weights; a million where the parts count with their own coverage."""
    shares: dict[int, Column]
    """Coverage by weight covered, for each total weight met before."""
    column: Column | None = None

    def reaches(self, least: int) -> Mask:
        """Whether the rounded share is at least so much: 2cM ≥ a(2m − 1), without dividing."""
        if least <= 0:
            return TRUE
        unit = MILLION // self.unit
        if self.applicable.size == 1:
            total = int(self.applicable[0])
            needed = -(-total * (2 * least - 1) // (2 * unit))
            return settled(self.covered >= needed) if total else FALSE
        covered = self.covered.astype(np.int64, copy=False) * (2 * unit)
        return settled(covered >= divisor(self.applicable) * (2 * least - 1))

    def millionths(self) -> Column:
        """The share that is covered."""
        if self.column is None:
            self.column = self._share(self.covered)
        return self.column

    def where(self, scored: Mask) -> Column:
        """The share where the node has a score, else 0: what it counts in its parent."""
        if scored is TRUE:
            return self.millionths()
        if self.column is not None:
            return kept(self.column, scored)
        if self.covered.dtype == np.uint8:
            return self._share(self.covered * scored.view(np.uint8))
        return self._share(self.covered * scored)

    def _share(self, covered: NDArray[Any]) -> Column:
        total = int(self.applicable[0]) if self.applicable.size == 1 else _LISTED
        if self.unit > 1:
            return quotient(covered, divisor(self.applicable))
        if total >= _LISTED or covered.size == 1:
            return quotient(covered.astype(np.int64) * MILLION, divisor(self.applicable))
        if total not in self.shares:
            listed = [divide(weight * MILLION, max(total, 1)) for weight in range(total + 1)]
            self.shares[total] = np.array(listed, np.int64)
        return self.shares[total].take(covered)
