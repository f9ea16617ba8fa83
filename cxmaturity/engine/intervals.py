"""Values of a bounds run: intervals that may be missing, and sets of possible truths.

A number is ``(low, high, may_be_missing)`` or None when certainly missing.  A truth is the set of
what it can turn out to be, as bits.
"""

from __future__ import annotations

from cxmaturity.engine.graph import product, quotient

TRUE, FALSE, OPEN = 1, 2, 4
"""Bits of a truth set: true, false, undetermined."""

Span = tuple[int, int, bool]


def from_truth(truth: bool | None) -> int:  # noqa: FBT001 - a truth is the value itself
    """The set of one truth."""
    return OPEN if truth is None else TRUE if truth else FALSE


def _kleene_and(a: int, b: int) -> int:
    if FALSE in (a, b):
        return FALSE
    return OPEN if OPEN in (a, b) else TRUE


def _table() -> tuple[tuple[int, ...], ...]:
    bits = (TRUE, FALSE, OPEN)
    return tuple(
        tuple(
            _union(_kleene_and(x, y) for x in bits if a & x for y in bits if b & y)
            for b in range(8)
        )
        for a in range(8)
    )


def _union(values: object) -> int:
    result = 0
    for value in values:  # type: ignore[attr-defined]
        result |= value
    return result


AND = _table()
"""``AND[a][b]``: everything the conjunction of two sets can be."""


def negated(truth: int) -> int:
    """The set of the negation."""
    return (truth & OPEN) | (FALSE if truth & TRUE else 0) | (TRUE if truth & FALSE else 0)


def either(a: int, b: int) -> int:
    """The set of the disjunction."""
    return negated(AND[negated(a)][negated(b)])


def compared(sign: str, a: Span | None, b: Span | None) -> int:
    """The set of a comparison of two spans."""
    if a is None or b is None:
        return OPEN
    result = OPEN if a[2] or b[2] else 0
    below = a[0] < b[1], a[1] >= b[0]
    up_to = a[0] <= b[1], a[1] > b[0]
    meets = a[0] <= b[1] and b[0] <= a[1]
    same_point = a[0] == a[1] == b[0] == b[1]
    can = {
        "<": below,
        ">=": below[::-1],
        "<=": up_to,
        ">": up_to[::-1],
        "==": (meets, not same_point),
        "!=": (not same_point, meets),
    }[sign]
    return result | (TRUE if can[0] else 0) | (FALSE if can[1] else 0)


def arithmetic(op: str, a: Span | None, b: Span | None) -> Span | None:
    """The span of a sum, difference, product, quotient, minimum or maximum."""
    if a is None or b is None:
        return None
    missing = a[2] or b[2]
    if op == "+":
        return a[0] + b[0], a[1] + b[1], missing
    if op == "-":
        return a[0] - b[1], a[1] - b[0], missing
    if op == "min":
        return min(a[0], b[0]), min(a[1], b[1]), missing
    if op == "max":
        return max(a[0], b[0]), max(a[1], b[1]), missing
    if op == "*":
        return (*product(a[:2], b[:2]), missing)
    if b[0] == b[1] == 0:
        return None
    return (*quotient(a[:2], b[:2]), missing or b[0] <= 0 <= b[1])


def hull(a: Span | None, b: Span | None) -> Span | None:
    """The smallest span that holds both, missing when either may be."""
    if a is None or b is None:
        known = a or b
        return None if known is None else (known[0], known[1], True)
    return min(a[0], b[0]), max(a[1], b[1]), a[2] or b[2]
