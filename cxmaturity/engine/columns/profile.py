"""Profile rows of many worlds: :mod:`cxmaturity.engine.profile` in columns.

A row needs, for each class, the answered weight at that level.  Where all levels of a block are
whole, the weights are counted level by level.  Otherwise they follow from sums of levels cut at
each class, because a cut level grows in a straight line between two whole levels.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.cells import Places, Run, Step
from cxmaturity.engine.columns.nodes import fills_of
from cxmaturity.engine.columns.values import (
    Column,
    Mask,
    divisor,
    kept,
    quotient,
    simplest,
    weighed,
    weighted,
)
from cxmaturity.engine.program import Program
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION

_WIDE = 1 << 31
"""Below this sums fit into 32 bits, which halves the work."""
_SHIFT = 38
"""Fixed point in which a reciprocal is fine enough for weights up to 255 and shares up to one."""
_ENOUGH = 1 << (_SHIFT - 10)
_HALF = (1 << (_SHIFT - 1)) + _ENOUGH


@dataclass(slots=True)
class Rows:
    """A node's rows, class × world, all 0 where no answer has a level."""

    classes: NDArray[Any]
    has: Mask
    weight: NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a node: their numbers, the places of their cells, and what is special."""

    classes: int
    leaves: tuple[tuple[int, int, Callable[[Any], Column]], ...]
    """With the function that gives levels between 0 and the best of the rubric's scale."""
    nodes: tuple[tuple[int, int, bool], ...]
    """With whether the part weighs what its own parts weigh."""
    raw: int | None
    """Place of the score that has added up the same weights already, if it has."""

    @property
    def best(self) -> int:
        return (self.classes - 1) * MILLION


def profile_step(program: Program, places: Places, i: int) -> Step:
    """The step that makes the profile row of a node."""
    parts = _parts(program, places, i)

    def step(run: Run) -> Rows:
        weights = run.weights(i)
        cells = [run.cells[place] for _, place, _ in (*parts.leaves, *parts.nodes)]
        used = [weights[k] for k, _, _ in parts.leaves] + [
            cell.weight if by_parts else weights[k]
            for (k, _, by_parts), cell in zip(parts.nodes, cells[len(parts.leaves) :], strict=True)
        ]
        masks = [cell.has for cell in cells]
        total = weighed(masks, used) if parts.raw is None else run.cells[parts.raw].parts.valued
        narrow = parts.best * run.inputs.most_weight[i] < _WIDE and total.dtype == np.uint8
        given = _Given(cells, masks, used, total, np.int32 if narrow else np.int64)
        return _rows(*_sums(parts, given), given)

    return step


@dataclass(frozen=True, slots=True)
class _Given:
    """The parts in a block: cells, where they have a row, weights, total weight, integer type."""

    cells: Sequence[Any]
    masks: Sequence[Mask]
    weights: Sequence[Any]
    total: NDArray[Any]
    kind: type[Any]


def _parts(program: Program, places: Places, i: int) -> _Parts:
    classes = len(program.phase_ids) + 1
    best = (classes - 1) * MILLION
    refs = list(enumerate(program.nodes[i].refs))
    return _Parts(
        classes,
        tuple(
            (
                k,
                places["leaf", ref.index],
                _on_rubric(ref.part.scale, best, program.leaves[ref.index].range),
            )
            for k, ref in refs
            if ref.is_leaf
        ),
        tuple(
            (k, places["profile", ref.index], ref.weight_is_parts)
            for k, ref in refs
            if not ref.is_leaf
        ),
        # Without policies that fill, just the indicators with a level have a value in the score.
        places["raw", i] if all(ref.is_leaf and not fills_of(ref) for _, ref in refs) else None,
    )


def _on_rubric(scale: Interval, best: int, span: Interval) -> Callable[[Any], Column]:
    """How a leaf's cell gives levels between 0 and the best of the rubric's scale."""
    low, high = scale
    if scale == (0, best):
        if span[0] >= 0 and span[1] <= best:
            return lambda cell: cell.value
        return lambda cell: np.clip(cell.value, 0, best)

    def converted(cell: Any) -> Column:  # noqa: ANN401 - a leaf's cell
        level = quotient((cell.value - low) * best, high - low)
        return kept(np.clip(level, 0, best), cell.has)

    return converted


def _sums(parts: _Parts, given: _Given) -> tuple[NDArray[Any], int]:
    """The weight at each class (class × world), counted in parts of the unit."""
    count, kind = len(parts.leaves), given.kind
    sums, unit = _of_leaves(parts, given) if count else (np.zeros((parts.classes, 1), kind), 1)
    if not parts.nodes:
        return sums, unit
    rows = [cell.classes.astype(kind, copy=False) for cell in given.cells[count:]]
    return sums.astype(kind, copy=False) * kind(unit) + weighted(rows, given.weights[count:]), 1


def _of_leaves(parts: _Parts, given: _Given) -> tuple[NDArray[Any], int]:
    columns = [read(cell) for (_, _, read), cell in zip(parts.leaves, given.cells, strict=False)]
    levels = np.empty((len(columns), max(column.size for column in columns)), given.kind)
    for row, column in zip(levels, columns, strict=True):
        row[:] = column
    count = len(columns)
    masks, weights = given.masks[:count], given.weights[:count]
    known = given.total if not parts.nodes else weighed(masks, weights)
    if given.kind is np.int32:
        counts = _counted(levels, weights, known, parts.classes)
        if counts is not None:
            return counts, MILLION
    return _cut(levels, weights, known, parts.classes), 1


def _counted(
    levels: NDArray[Any], weights: Sequence[int], known: NDArray[Any], classes: int
) -> NDArray[Any] | None:
    """The weight at each whole level; None where some level is not whole."""
    factors, plain = np.array(weights, np.uint8)[:, None], all(w == 1 for w in weights)
    counts = np.empty((classes, max(levels.shape[1], known.size)), np.uint8)
    for c in range(classes):
        hits = np.equal(levels, np.int32(c * MILLION)).view(np.uint8)
        weighed_hits = hits if plain else hits * factors
        np.add.reduce(weighed_hits, axis=0, dtype=np.uint8, out=counts[c])
    everything = np.uint8(sum(weights))
    if np.any(np.add.reduce(counts, axis=0, dtype=np.uint8) != everything):
        return None
    # A missing level is held as 0: what is missing does not count there.
    counts[0] -= everything - known.astype(np.uint8)
    return counts


def _cut(
    levels: NDArray[Any], weights: Sequence[Any], known: NDArray[Any], classes: int
) -> NDArray[Any]:
    """The weight at each level, times a million, from sums of levels cut at each class."""
    kind = levels.dtype.type
    factors = np.stack(np.broadcast_arrays(*weights)).reshape(len(weights), -1).astype(kind)
    cut = [
        np.add.reduce(np.minimum(levels, kind(c * MILLION)) * factors, axis=0, dtype=kind)
        for c in range(1, classes)
    ]
    whole = known.astype(kind) * kind(MILLION)
    rises = [cut[0], *(after - before for before, after in itertools.pairwise(cut))]
    falls = [before - after for before, after in itertools.pairwise(rises)]
    return np.stack(np.broadcast_arrays(whole - rises[0], *falls, rises[-1]))


def _rows(sums: NDArray[Any], unit: int, given: _Given) -> Rows:
    """Shares of the total weight; the last class that is not 0 takes what rounding leaves."""
    kind, total = given.kind, given.total
    if kind is np.int32:
        factor = _reciprocals(unit).take(total)
        rows = np.empty((len(sums), max(sums.shape[1], total.size)), np.int32)
        for row, column in zip(rows, sums, strict=True):
            scaled = column.astype(np.int64) * factor
            scaled += _HALF
            scaled >>= _SHIFT
            row[:] = scaled
    else:
        rows = quotient(sums.astype(np.int64) * unit, divisor(total))
    has = simplest(total > 0)
    rest = has.astype(kind) * kind(MILLION) - np.add.reduce(rows, axis=0, dtype=kind)
    for c in range(len(rows) - 1, 0, -1):
        taken = rest * (rows[c] > 0)
        rows[c] += taken
        rest -= taken
    rows[0] += rest
    return Rows(rows, has, total)


@cache
def _reciprocals(unit: int) -> Column:
    """By weight d up to 255: unit / d in fixed point, cut; 0 for d = 0.

    A column c, at most d million of the unit's parts, times this falls short of c × unit / d by
    less than c ≤ 255 million < _ENOUGH.  Rounded half up, c × unit / d is the whole part of itself
    plus ½, which is a whole number or at least 1 / 2d ≥ 1 / 510 below one: adding _ENOUGH, which is
    2⁻¹⁰, makes up for what falls short and never carries over.
    """
    return np.array([0, *((unit << _SHIFT) // d for d in range(1, 256))], np.int64)
