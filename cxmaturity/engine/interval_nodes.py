"""One node on intervals: its method on the low and on the high ends of its parts.

What may turn out not to be there counts as its own scale and all that its sister parts reach, so
that leaving it out cannot give a value outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from cxmaturity.engine.combining import Gathered, method_value, shaped
from cxmaturity.engine.layout import converted
from cxmaturity.engine.program import Node, PartRef, State
from cxmaturity.hookspecs import Points

if TYPE_CHECKING:
    from cxmaturity.engine.bounds import IntervalRun

Ends = tuple[int, int]


class Presence(IntEnum):
    """Whether a value will be there in a completion."""

    SURE = 0
    MAYBE = 1
    ABSENT = 2
    NOT_APPLICABLE = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """Low and high end of a value and whether it is there.

    A node also has the points it hands on at both ends, the weight its parts can have at most, and
    whether either can still change (``uncertain``).
    """

    low: int
    high: int
    presence: Presence
    points: tuple[Points, Points] | None = None
    weight: int = 0
    uncertain: bool = False


@dataclass(slots=True)
class _Counted:
    """One part before the method runs: its ends on the node's scale and its points at both."""

    ref: PartRef
    weight: int
    ends: Ends
    points: tuple[Points, Points]
    maybe: bool


def node_interval(node: Node, index: int, run: IntervalRun) -> Interval:
    """The interval of a node before caps."""
    pairs = list(zip(node.refs, run.world.weights[index], strict=True))
    values = [(run.leaf_final if ref.is_leaf else run.node_final)[ref.index] for ref, _ in pairs]
    there = [value for value in values if value.presence < Presence.ABSENT]
    if not there:
        return Interval(0, 0, Presence.NOT_APPLICABLE)
    counted = [
        found
        for (ref, weight), value in zip(pairs, values, strict=True)
        if (found := _counted(run, ref, weight, value)) is not None
    ]
    uncertain = any(part.maybe for part in counted)
    if uncertain:
        _widen(node, counted)
    all_maybe = all(value.presence == Presence.MAYBE for value in there)
    presence = Presence.MAYBE if all_maybe else Presence.SURE
    weight = sum(part.weight for part in counted)
    low, low_points = _at_end(node, counted, 0)
    high, high_points = _at_end(node, counted, 1)
    if low is None or high is None or not node.combiner.monotone:
        return Interval(*_widest(node), Presence.MAYBE, None, weight, uncertain=True)
    points = None if low_points is None or high_points is None else (low_points, high_points)
    return Interval(*_shaped_ends(node, low, high), presence, points, weight, uncertain)


def _counted(run: IntervalRun, ref: PartRef, weight: int, value: Interval) -> _Counted | None:
    """The part as counted; None when it surely leaves the node."""
    if value.presence == Presence.ABSENT:
        return None
    low, high, maybe, handed = value.low, value.high, value.presence == Presence.MAYBE, value.points
    filled = _fill(run, ref) if value.presence != Presence.SURE else None
    if value.presence == Presence.NOT_APPLICABLE:
        if filled is None:
            return None
        low, high, handed = filled, filled, None
    elif filled is not None and not ref.is_leaf:
        low, high = min(low, filled), max(high, filled)
    best = ref.part.scale[1]
    points = handed if handed is not None else ((low, best), (high, best))
    changes = value.uncertain and (ref.weight_is_parts or handed is not None)
    return _Counted(
        ref,
        value.weight if ref.weight_is_parts else weight,
        (converted(ref, low), converted(ref, high)),
        points,
        maybe or changes,
    )


def _fill(run: IntervalRun, ref: PartRef) -> int | None:
    """What the policy puts in place of a part that does not apply."""
    targets = run.world.leaf_target if ref.is_leaf else run.world.node_target
    filled = ref.fills.get(int(State.NOT_APPLICABLE), targets[ref.index])
    return filled if isinstance(filled, int) else None


def _widen(node: Node, parts: Sequence[_Counted]) -> None:
    """Give what may not be there its own scale and all that its sisters reach."""
    low = min(part.ends[0] for part in parts)
    high = max(part.ends[1] for part in parts)
    ratios = [ratio for part in parts for ratio in _ratios(part)]
    for part in parts:
        if not part.maybe:
            continue
        scale = [converted(part.ref, end) for end in part.ref.part.scale]
        part.ends = min(low, *scale), max(high, *scale)
        if node.combiner.points is not None:
            part.ends = min(part.ends[0], 0), max(part.ends[1], 0)
        possible = max(points[1] for points in part.points)
        least, most = min(ratios, default=Fraction(0)), max(ratios, default=Fraction(1))
        part.points = (
            (min(floor(least * possible), 0), possible),
            (max(ceil(most * possible), 0), possible),
        )


def _ratios(part: _Counted) -> list[Fraction]:
    """Points earned of points possible that the part can hand on, its whole scale included."""
    low, best = part.ref.part.scale
    found = [Fraction(earned, possible) for earned, possible in part.points if possible > 0]
    return [*found, Fraction(low, best), Fraction(1)] if best > 0 else found


def _at_end(node: Node, parts: Sequence[_Counted], end: int) -> tuple[int | None, Points | None]:
    """The method's value with every part at one end."""
    by_part = {part.ref.part.id: part for part in parts}
    found = Gathered()
    for ref in node.refs:
        part = by_part.get(ref.part.id)
        found.values.append(None if part is None else part.ends[end])
        found.weights.append(0 if part is None else part.weight)
        found.applies.append(part is not None)
        found.points.append(None if part is None else part.points[end])
    return method_value(node, found)


def _shaped_ends(node: Node, low: int, high: int) -> Ends:
    levels = [step.level for step in node.steps] or [level for _, level in node.curve]
    if levels != sorted(levels):
        return _widest(node)
    return shaped(node, low), shaped(node, high)


def _widest(node: Node) -> Ends:
    return min(node.range[0], node.scale[0]), max(node.range[1], node.scale[1])
