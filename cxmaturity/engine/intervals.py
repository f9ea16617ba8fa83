"""Values of a bounds run: intervals that may be missing, and sets of possible truths and states.

A number is ``(low, high, may_be_missing)`` or None when certainly missing.  A truth is the set of
what it can turn out to be, as bits; so is the state of an indicator or a node.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cxmaturity.engine.graph import product, quotient
from cxmaturity.engine.program import State, World
from cxmaturity.hookspecs import Points

TRUE, FALSE, OPEN = 1, 2, 4
"""Bits of a truth set: true, false, undetermined."""

Span = tuple[int, int, bool]
Ends = tuple[int, int]


def bit(state: int) -> int:
    """The bit of a state in a set of states."""
    return 1 << state


VALUE = bit(State.VALUE)
NO_SCORE = bit(State.UNANSWERED)
"""In a completion only a node is without a value: every open indicator is answered."""
NOT_APPLICABLE, NOT_ASKED = bit(State.NOT_APPLICABLE), bit(State.NOT_ASKED)
FAILED = bit(State.FAILED)


@dataclass(frozen=True, slots=True)
class HandedOn:
    """The points that a node hands on at both ends.

    ``ratio`` bounds earned of possible (None: it has no bounds); ``fixed`` says that what is
    possible is the same in every completion, so that the ends are exact.
    """

    low: Points
    high: Points
    ratio: tuple[Fraction, Fraction] | None
    fixed: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """What an indicator or a node can become: value, states, and what its parent needs to know.

    ``weight`` and ``applicable`` are the least and greatest weight of a node's parts with a value
    and of those that apply; ``coverage`` bounds its coverage.
    """

    low: int
    high: int
    states: int
    points: HandedOn | None = None
    weight: Ends = (0, 0)
    applicable: Ends = (0, 0)
    coverage: Ends = (0, 0)

    @property
    def span(self) -> Span | None:
        """The value as expressions see it."""
        if not self.states & VALUE:
            return None
        return self.low, self.high, self.states != VALUE

    @property
    def there(self) -> int:
        """Whether it has a value: a truth set."""
        return (TRUE if self.states & VALUE else 0) | (FALSE if self.states & ~VALUE else 0)


@dataclass(slots=True)
class IntervalRun:
    """One world on intervals; lists by index as in a scalar run."""

    world: World
    leaf_raw: list[Interval]
    leaf_final: list[Interval]
    fact: list[Any]
    fact_there: list[int]
    """Whether a fact has a value: a truth set."""
    node_raw: list[Interval]
    node_final: list[Interval]
    expr: list[Any]
    at_least: tuple[int, int] = (0, 0)
    at_most: tuple[int, int] = (0, 0)


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


def _union(values: Iterable[int]) -> int:
    result = 0
    for value in values:
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
