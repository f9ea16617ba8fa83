"""Values of many worlds at once: a column of numbers beside the mask of where there is one.

A *column* holds 64-bit integers, one a world, or a single one where all worlds agree; a *mask* the
same of truths.  Numbers travel as a column and the mask of worlds that have a value, truths as the
pair (surely true, surely false).  What is settled for all worlds is :data:`TRUE` or :data:`FALSE`
itself, so that work on it can be skipped.  Nothing here leaves the integers: a float would bring
back −0, NaN and rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
Mask = NDArray[np.bool_]
Truth = tuple[Mask, Mask]
"""Where it is surely true, and where it is surely false."""

TRUE: Mask = np.array([True])
FALSE: Mask = np.array([False])
ZERO: Column = np.zeros(1, np.int64)
for _constant in (TRUE, FALSE, ZERO):
    _constant.setflags(write=False)


class Numeric(Protocol):
    """Whatever has a number in some worlds: an operand, an indicator, a node."""

    value: Column
    has: Mask


@dataclass(slots=True)
class Number:
    """A number in the worlds of ``has``."""

    value: Column
    has: Mask


NOTHING = Number(ZERO, FALSE)
UNDETERMINED: Truth = (FALSE, FALSE)


def constant(value: int) -> Column:
    """A column that is the same in all worlds."""
    return np.array([value], np.int64)


def settled(mask: Mask) -> Mask:
    """The mask, or TRUE or FALSE itself where it has one element for all worlds."""
    if mask.size == 1:
        return TRUE if mask[0] else FALSE
    return mask


def simplest(mask: Mask) -> Mask:
    """The mask, or TRUE itself where it holds in every world: looking costs less than masking."""
    return TRUE if mask.all() else settled(mask)


def both(a: Mask, b: Mask) -> Mask:
    """Where both hold."""
    if a is TRUE or b is FALSE:
        return b
    if b is TRUE or a is FALSE:
        return a
    return a & b


def either(a: Mask, b: Mask) -> Mask:
    """Where one of them holds."""
    if a is FALSE or b is TRUE:
        return b
    if b is FALSE or a is TRUE:
        return a
    return a | b


def without(a: Mask, b: Mask) -> Mask:
    """Where the first holds and the second does not."""
    if b is FALSE or a is FALSE:
        return a
    return np.greater(a, b)


def negated(mask: Mask) -> Mask:
    """Where it does not hold."""
    if mask is TRUE:
        return FALSE
    return TRUE if mask is FALSE else ~mask


def all_of(masks: Sequence[Mask]) -> Mask:
    """Where all hold."""
    return _folded(np.logical_and, masks, TRUE, FALSE)


def any_of(masks: Sequence[Mask]) -> Mask:
    """Where one of them holds."""
    return _folded(np.logical_or, masks, FALSE, TRUE)


def _folded(operation: np.ufunc, masks: Sequence[Mask], neutral: Mask, final: Mask) -> Mask:
    result, own = neutral, False
    for mask in masks:
        if mask is final:
            return final
        if mask is neutral:
            continue
        if result is neutral:
            result = mask
        elif own and result.size >= mask.size:
            operation(result, mask, result)
        else:
            result, own = operation(result, mask), True
    return result


def kept(value: Column, has: Mask) -> Column:
    """The value, and 0 where there is none."""
    if has is TRUE:
        return value
    return ZERO if has is FALSE else value * has


def chosen(mask: Mask, yes: Column, no: Column) -> Column:
    """The first where the mask holds, else the second."""
    if mask is TRUE:
        return yes
    return no if mask is FALSE else np.where(mask, yes, no)


def added(columns: Iterable[Column]) -> Column:
    """The sum of columns."""
    result, own = ZERO, False
    for column in columns:
        if result is ZERO:
            result = column
        elif own and result.size >= column.size:
            np.add(result, column, result)
        else:
            result, own = result + column, True
    return result


def quotient(numerator: Column, denominator: Column | int) -> Column:
    """Quotient rounded half up, towards +∞, also for negatives (denominator > 0).

    The same as :func:`cxmaturity.model.exact.divide`: half the denominator, cut to an integer, may
    be added first, because what is cut off never carries over the next integer.
    """
    result = numerator + (denominator >> 1)
    result //= denominator
    return result


def weighed(masks: Sequence[Mask], weights: Sequence[int | Column]) -> NDArray[Any]:
    """In each world the sum of the weights whose mask holds, in the narrowest integers for it."""
    plain = [weight for weight in weights if isinstance(weight, int)]
    if len(plain) == len(weights) and all(mask is TRUE for mask in masks):
        return np.array([sum(plain)], _narrowest(sum(plain)))
    groups, columns = dict[int, list[Mask]](), list[Column]()
    for mask, weight in zip(masks, weights, strict=True):
        if isinstance(weight, int):
            groups.setdefault(weight, []).append(mask)
        else:
            columns.append(kept(weight, mask))
    most = sum(weight * len(held) for weight, held in groups.items())
    kind = np.int64 if columns else _narrowest(most)
    terms: list[NDArray[Any]] = []
    for weight, held in groups.items():
        count = added([mask.view(np.uint8) for mask in held])
        if kind is not np.uint8:
            count = count.astype(kind)
        terms.append(count if weight == 1 else count * kind(weight))
    return added([*terms, *columns])


def _narrowest(most: int) -> Any:  # noqa: ANN401 - an integer type of NumPy
    """The integer type in which sums up to ``most`` are quickest."""
    if most < 1 << 8:
        return np.uint8
    return np.uint16 if most < 1 << 16 else np.int64


def weighted(values: Sequence[NDArray[Any]], weights: Sequence[int | Column]) -> NDArray[Any]:
    """The sum of weight × value, in the values' type; equal weights are multiplied once."""
    groups, terms = dict[int, list[NDArray[Any]]](), list[NDArray[Any]]()
    for value, weight in zip(values, weights, strict=True):
        if isinstance(weight, int):
            groups.setdefault(weight, []).append(value)
        else:
            terms.append(value * weight)
    for weight, group in groups.items():
        total = added(group)
        terms.append(total if weight == 1 else total * total.dtype.type(weight))
    return added(terms)


def divisor(weight: NDArray[Any]) -> Any:  # noqa: ANN401 - a plain integer or a column
    """The weight to divide by, and 1 where it is 0."""
    if weight.size == 1:
        return max(int(weight[0]), 1)
    return np.maximum(weight.astype(np.int64, copy=False), 1)
