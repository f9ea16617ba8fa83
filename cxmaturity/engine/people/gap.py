"""The gap: how far the groups lie apart, and how far they might by the chance of who answered.

People are resampled within their groups, whole: somebody drawn twice counts twice in every
indicator, so that an interval of a dimension knows that a person's answers belong together.  The
random numbers are the raw stream of a counter-based generator, mapped by the integer arithmetic
below, and every sum is an exact integer: every machine draws the same intervals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

DRAWS = 2_000
SEED = "cxmaturity people 1"
"""Starts every stream; another one would change all intervals by chance."""

_FEWEST_DRAWS = DRAWS // 2
_CELLS = 2_000_000
"""Most counts held at once."""
_EXACT_BITS = 52
"""Sums of whole numbers below 2^53 are exact in the matrix product."""
_COEFFICIENT_BITS = 61


@dataclass(frozen=True, slots=True)
class Gap:
    """The largest difference between two groups, in millionths."""

    value: int
    high_place: str
    low_place: str


def largest_gap(figures: Mapping[str, int]) -> Gap | None:
    """The gap between figures of groups; None with fewer than two.  Ties go by name."""
    if len(figures) < 2:
        return None
    high = min(figures, key=lambda place: (-figures[place], place))
    low = min((place for place in figures if place != high), key=lambda p: (figures[p], p))
    return Gap(figures[high] - figures[low], high, low)


# resampling -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Resampled:
    """One group's average of one indicator in every draw (NumPy columns of 64-bit integers).

    ``has`` is false in a draw that holds nobody who gave a level.
    """

    averages: Any
    has: Any


def resampled(
    levels: Mapping[str, Sequence[int | None]], subject: str, *, median: bool = False
) -> Mapping[str, Resampled]:
    """A group's averages in every draw, by indicator.

    ``levels`` of the group's members, in an order that does not hang on how they came in;
    ``subject`` names the group and chooses its stream.
    """
    import numpy as np

    columns = list(levels.values())
    average = _medians(columns) if median else _means(columns)
    blocks = [average(counts) for counts in _draws(len(columns[0]), subject)]
    averages, has = (np.concatenate(rows) for rows in zip(*blocks, strict=True))
    return {path: Resampled(averages[:, i], has[:, i]) for i, path in enumerate(levels)}


def _draws(size: int, subject: str) -> Iterator[Any]:
    """How often each of ``size`` members is drawn: blocks of rows, one row a draw."""
    import numpy as np

    digest = hashlib.sha256(f"{SEED}\n{subject}".encode()).digest()
    stream = np.random.Philox(key=int.from_bytes(digest[:16], "big"))
    words, most = (size + 1) // 2, max(1, _CELLS // size)
    for start in range(0, DRAWS, most):
        rows = min(most, DRAWS - start)
        raw = stream.random_raw(rows * words).reshape(rows, words)
        # Two draws a word: a half of 32 bits times the size, its upper 32 bits are the member.
        halves = np.concatenate([raw & np.uint64(0xFFFFFFFF), raw >> np.uint64(32)], axis=1)
        members = ((halves[:, :size] * np.uint64(size)) >> np.uint64(32)).astype(np.int64)
        members += np.arange(rows, dtype=np.int64)[:, None] * size
        counts = np.bincount(members.ravel(), minlength=rows * size)
        yield counts.reshape(rows, size).astype(np.float64)


_Columns = Sequence[Sequence[int | None]]
_Average = Callable[[Any], tuple[Any, Any]]
"""From counts (draws by members) to averages and whether there is one (draws by indicators)."""


def _means(columns: _Columns) -> _Average:
    import numpy as np

    size = len(columns[0])
    given = [[level for level in column if level is not None] for column in columns]
    bases = [min(levels, default=0) for levels in given]
    spans = [max(levels, default=0) - base for levels, base in zip(given, bases, strict=True)]
    # Beyond what sums exactly, levels are counted in coarser units than millionths.
    units = [(span * size >> _EXACT_BITS) + 1 for span in spans]
    values, present = np.zeros((2, size, len(columns)))
    for i, column in enumerate(columns):
        base, unit = bases[i], units[i]
        values[:, i] = [0 if level is None else (level - base) // unit for level in column]
        present[:, i] = [level is not None for level in column]

    def average(counts: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a NumPy array
        sums, n = ((counts @ each).astype(np.int64) for each in (values, present))
        least = np.maximum(n, 1)
        return np.array(bases) + np.array(units) * ((2 * sums + least) // (2 * least)), n > 0

    return average


def _medians(columns: _Columns) -> _Average:
    import numpy as np

    ordered: list[tuple[Any, Any]] = []
    for column in columns:
        ranked = sorted((level, i) for i, level in enumerate(column) if level is not None)
        members = np.array([i for _, i in ranked], dtype=np.int64)
        # One more than there are, for a draw that holds none of them.
        ordered.append((members, np.array([level for level, _ in ranked] + [0])))

    def average(counts: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a NumPy array
        found = [_median_of(counts[:, members], levels) for members, levels in ordered]
        return np.stack([m for m, _ in found], axis=1), np.stack([h for _, h in found], axis=1)

    return average


def _median_of(counts: Any, levels: Any) -> tuple[Any, Any]:  # noqa: ANN401 - NumPy arrays
    """The median of every draw, from how often each of the ordered levels is drawn."""
    upto = counts.cumsum(axis=1)
    n = counts.sum(axis=1)
    low, high = ((upto <= rank[:, None]).sum(axis=1) for rank in ((n - 1) // 2, n // 2))
    return (levels[low] + levels[high] + 1) // 2, n > 0


# the interval -----------------------------------------------------------------------------------


def interval(
    parts: Sequence[tuple[Fraction, Resampled, Resampled]], span: int
) -> tuple[int, int] | None:
    """The 95 % percentile interval of a difference between two groups, in millionths.

    ``parts``: what each indicator counts for, with the averages of the higher and of the lower
    group; ``span`` is the width of the scale.  The difference has a sign: an interval that holds 0
    says that chance alone may have made the gap.  None where most draws hold nobody who answered.
    """
    import numpy as np

    bits = max(0, _COEFFICIENT_BITS - span.bit_length())
    total, has = np.zeros(DRAWS, np.int64), np.ones(DRAWS, bool)
    for share, high, low in parts:
        coefficient = round(share * 2**bits)
        total += coefficient * (high.averages - low.averages)
        has &= high.has & low.has
    found = np.sort(((total + (1 << bits >> 1)) >> bits)[has])
    if len(found) < _FEWEST_DRAWS:
        return None
    beyond = len(found) // 40
    return int(found[beyond]), int(found[-1 - beyond])
