"""Staircases, curves and rounding of a node's column: :mod:`cxmaturity.model.shape` for many."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from cxmaturity.engine.columns.values import Column, constant, quotient
from cxmaturity.engine.combining import NEAR
from cxmaturity.engine.program import Node
from cxmaturity.model.rubric import Rounding, Step


def shaped(node: Node, value: Column) -> Column:
    """Steps or curve, then rounding."""
    if node.steps:
        value = staircase(node.steps, value)
    elif node.curve:
        value = on_curve(node.curve, value)
    return value if node.round is None else rounded(node.round, value)


def staircase(steps: Sequence[Step], value: Column) -> Column:
    """Level of the last step that holds (the first holds for every value)."""
    level = constant(steps[0].level)
    for step in steps[1:]:
        if step.from_ is not None:
            holds = value >= step.from_
        else:
            holds = value > (step.above or 0)
        level = np.where(holds, step.level, level)
    return level


def on_curve(points: Sequence[tuple[int, int]], value: Column) -> Column:
    """Level on the piecewise-linear curve through the points, flat outside."""
    level = constant(points[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(itertools.pairwise(points))):
        between = quotient(y0 * (x1 - x0) + (y1 - y0) * (value - x0), x1 - x0)
        level = np.where(value <= x1, between, level)
    return np.where(value <= points[0][0], points[0][1], level)


def rounded(how: Rounding, value: Column) -> Column:
    """The value at the wanted decimals, by the wanted mode."""
    unit: int = 10 ** (6 - how.digits)
    if how.mode == "half_up":
        return quotient(value, unit) * unit
    if how.mode == "half_even":
        whole, rest = value // unit, value % unit
        up = (2 * rest > unit) | ((2 * rest == unit) & (whole % 2 == 1))
        nearest: Column = (whole + up) * unit
        return nearest
    below = -value % unit
    if unit > NEAR:
        value = np.where(below <= NEAR, value + below, value)
    down = value // unit * unit
    if how.mode == "floor":
        return down
    return np.where(value >= 0, down, -(-value // unit) * unit)
