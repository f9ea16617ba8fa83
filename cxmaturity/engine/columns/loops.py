"""Methods and functions without a column form, called world by world.

A method that fails leaves the worlds in which it does without a score; a column form that fails
ends the batch, because no world of it would be sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine.columns.values import Column, Mask
from cxmaturity.engine.program import Node
from cxmaturity.errors import PluginError
from cxmaturity.hookspecs import PartColumns

Result = tuple[Column, Mask]
Outcome = tuple[Column, Mask, Mask]
"""Values, where there is one, and where the plugin failed."""


def looped(node: Node, given: PartColumns, where: Mask) -> Outcome:
    """The method's value in every world where it is asked."""
    scalar = node.combiner.scalar
    assert scalar is not None  # noqa: S101 - a method has one of the two forms
    count = len(given.values)
    columns = [*given.values, *given.has, *_as_columns(given.weights), *given.applies]

    def value(*row: Any) -> int | None:  # noqa: ANN401 - values, masks, weights, masks
        values = [v if has else None for v, has in zip(row[:count], row[count:], strict=False)]
        return scalar(node.parts, values, row[2 * count : 3 * count], row[3 * count :])

    return _each(value, columns, where)


def looped_points(
    node: Node, given: PartColumns, where: Mask
) -> tuple[tuple[Column, Column], Mask]:
    """The points handed on in every world where the method is asked, and where it failed."""
    points_of = node.combiner.points
    assert points_of is not None  # noqa: S101 - it counts points
    count = len(given.values)
    points = [column for pair in given.points for column in pair]
    columns = [*given.values, *given.has, *_as_columns(given.weights), *points]

    def handed(*row: Any) -> tuple[int, int]:  # noqa: ANN401 - values, masks, weights, points
        known = row[count : 2 * count]
        values = [v if has else None for v, has in zip(row, known, strict=False)]
        pairs = zip(row[3 * count :: 2], row[3 * count + 1 :: 2], known, strict=False)
        counted = [(earned, most) if has else None for earned, most, has in pairs]
        return points_of(node.parts, values, counted, row[2 * count : 3 * count])

    found = [_attempt(handed, row) if asked else (0, 0) for asked, row in _rows(columns, where)]
    failed = np.array([pair is None for pair in found], np.bool_)
    pairs = [pair or (0, 0) for pair in found]
    return (_column(earned for earned, _ in pairs), _column(most for _, most in pairs)), failed


def looped_value(node: Node, points: tuple[Column, Column], where: Mask) -> Outcome:
    """The node's value from its points, in every world where its method is asked."""
    of_points = node.combiner.of_points
    assert of_points is not None  # noqa: S101 - it counts points
    return _each(lambda *row: of_points(node.parts, row), points, where)


def called(function: Callable[..., int | None], columns: Sequence[Column], has: Mask) -> Result:
    """A function of numbers in every world where no argument is missing."""
    found = [function(*row) if asked else None for asked, row in _rows(columns, has)]
    return _column(value or 0 for value in found), np.array(
        [v is not None for v in found], np.bool_
    )


def _each(function: Callable[..., int | None], columns: Sequence[Any], where: Mask) -> Outcome:
    found = [
        _attempt(lambda *row: (function(*row),), row) if asked else (None,)
        for asked, row in _rows(columns, where)
    ]
    values = [value[0] if value else None for value in found]
    has = np.array([value is not None for value in values], np.bool_)
    failed = np.array([value is None for value in found], np.bool_)
    return _column(value or 0 for value in values), has, failed


def _attempt(function: Callable[..., Any], row: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """What the function gives, or None where the plugin fails."""
    try:
        return function(*row)
    except PluginError:
        return None


def _column(values: Iterable[int]) -> Column:
    return np.array(list(values), np.int64)


def _as_columns(weights: Sequence[int | Column]) -> list[Column]:
    return [np.array([w], np.int64) if isinstance(w, int) else w for w in weights]


def _rows(columns: Sequence[NDArray[Any]], where: Mask) -> Iterator[tuple[bool, tuple[Any, ...]]]:
    """World by world, whether it is asked and its values as plain Python numbers."""
    size = max(column.size for column in [*columns, where])
    lists = [np.broadcast_to(column, size).tolist() for column in columns]
    return zip(np.broadcast_to(where, size).tolist(), zip(*lists, strict=True), strict=True)
