"""Staircases and curves: how a number becomes a level, exactly.

Used by questions that ask for a number and by nodes whose published model maps a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cxmaturity.model.exact import divide
from cxmaturity.model.rubric import Step


def staircase(steps: Sequence[Step], value: int) -> int:
    """Level of the last step that holds (the first step holds for every value)."""
    level = steps[0].level
    for step in steps[1:]:
        if _holds(step, value):
            level = step.level
    return level


def _holds(step: Step, value: int) -> bool:
    if step.from_ is not None:
        return value >= step.from_
    return step.above is None or value > step.above


def on_curve(points: Sequence[tuple[int, int]], value: int) -> int:
    """Level on the piecewise-linear curve through the points, flat outside, to a millionth."""
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return divide(y0 * (x1 - x0) + (y1 - y0) * (value - x0), x1 - x0)
    return points[-1][1]


def step_faults(steps: Sequence[Step]) -> list[str]:
    """What is wrong with a staircase: a condition on the first step, none or two on a later one."""
    faults = []
    if steps and (steps[0].from_ is not None or steps[0].above is not None):
        faults.append("the first step holds always: give it only a level")
    thresholds: list[int] = []
    for step in steps[1:]:
        if (step.from_ is None) == (step.above is None):
            faults.append("every step after the first needs either 'from' or 'above'")
        else:
            thresholds.append(step.from_ if step.from_ is not None else step.above or 0)
    if thresholds != sorted(thresholds):
        faults.append("steps go from low to high")
    return faults


def curve_faults(points: Sequence[tuple[int, int]]) -> list[str]:
    """What is wrong with a curve: fewer than two points, or x not rising."""
    if len(points) < 2:
        return ["a curve needs at least two points"]
    rising = all(a[0] < b[0] for a, b in pairwise(points))
    return [] if rising else ["the x of a curve rises from point to point"]
