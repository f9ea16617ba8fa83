"""Checked expression nodes, each stored once: what all evaluators run.

A node knows its type, unit, proven range, whether it may be missing, and its stratum: the place in
the order of scoring from which it is known.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION, divide

Type = Literal["number", "truth", "option", "options", "phase", "count", "text"]
LARGEST = 1 << 62
"""No product, sum or quotient may reach this, so that 64-bit columns never wrap."""


class Stratum(IntEnum):
    """From where in the order of scoring a value is known."""

    ANSWER = 0
    LEVEL = 1
    DIMENSION = 2
    OVERALL = 3
    PHASE = 4


@dataclass(frozen=True, slots=True)
class Expr:
    """One node: an operation on earlier nodes (``args``, by index) with constant ``data``."""

    op: str
    args: tuple[int, ...]
    data: Hashable
    type: Type
    range: Interval = (0, 0)
    unit: str = ""
    may_be_missing: bool = False
    stratum: Stratum = Stratum.ANSWER
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Graph:
    """All expression nodes of a program, without duplicates."""

    nodes: list[Expr] = field(default_factory=list)
    _index: dict[tuple[str, tuple[int, ...], Hashable, Type], int] = field(default_factory=dict)

    def add(self, node: Expr) -> int:
        """The index of the node; an equal one is shared."""
        key = (node.op, node.args, node.data, node.type)
        if key not in self._index:
            self._index[key] = len(self.nodes)
            self.nodes.append(node)
        return self._index[key]


def product(a: Interval, b: Interval) -> Interval:
    """Interval of a product of two quantities in millionths."""
    ends = [divide(x * y, MILLION) for x in a for y in b]
    return min(ends), max(ends)


def quotient(a: Interval, b: Interval) -> Interval:
    """Interval of a quotient; the smallest divisors are ± one millionth."""
    divisors = [d for d in (*b, 1, -1) if d and b[0] <= d <= b[1]]
    ends = [exact_quotient(x, d) for x in a for d in divisors] or [0]
    return min(ends), max(ends)


def exact_quotient(a: int, b: int) -> int:
    """Quotient a / b in millionths, rounded half up; b is not zero."""
    return divide(a * MILLION, b) if b > 0 else divide(-a * MILLION, -b)
