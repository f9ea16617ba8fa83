"""One node on intervals: its method on the low and on the high ends of its parts.

What may turn out not to be there counts as its own scale and all that its sister parts reach (under
methods that count points also 0), so that leaving it out cannot give a value outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from cxmaturity.engine.combining import Gathered, method_value, shaped
from cxmaturity.engine.interval_parts import UNKNOWN_POINTS, IntervalPart, part_of, ratio_hull
from cxmaturity.engine.intervals import (
    FAILED,
    NO_SCORE,
    NOT_APPLICABLE,
    NOT_ASKED,
    VALUE,
    Ends,
    HandedOn,
    Interval,
    IntervalRun,
)
from cxmaturity.engine.program import Node, PartRef
from cxmaturity.engine.ranges import converted
from cxmaturity.errors import PluginError
from cxmaturity.hookspecs import Points
from cxmaturity.model.exact import MILLION

Result = tuple[int, Points | None]


def node_interval(node: Node, index: int, run: IntervalRun) -> Interval:
    """The interval of a node before caps; nothing where a plugin fails on the way."""
    if any(_part(run, ref).states & FAILED for ref in node.refs):
        return Interval(0, 0, FAILED)
    try:
        return _interval(node, index, run)
    except PluginError:
        return Interval(0, 0, FAILED)


def _part(run: IntervalRun, ref: PartRef) -> Interval:
    return (run.leaf_final if ref.is_leaf else run.node_final)[ref.index]


def _interval(node: Node, index: int, run: IntervalRun) -> Interval:
    pairs = zip(node.refs, run.world.weights[index], strict=True)
    parts = [part_of(run, ref, weight) for ref, weight in pairs]
    weight = sum(p.sure_weight for p in parts), sum(p.most_weight for p in parts)
    applicable = sum(p.applicable[0] for p in parts), sum(p.applicable[1] for p in parts)
    coverage = _coverage(parts, applicable)
    states = _absent_states(parts)
    value: tuple[int, int, HandedOn | None] | None = None
    if any(part.can_apply for part in parts):
        enough = coverage[1] >= node.min_coverage and not any(part.must_block for part in parts)
        value = _value(node, parts) if enough else None
        states |= VALUE if value is not None else NO_SCORE
        if coverage[0] < node.min_coverage or _can_lack_value(node, parts):
            states |= NO_SCORE
    low, high, points = value or (0, 0, None)
    return Interval(low, high, states, points, weight, applicable, coverage)


def _coverage(parts: Sequence[IntervalPart], applicable: Ends) -> Ends:
    """All of it, none of it, or anything between: open answers count as given."""
    if applicable[1] == 0:
        return 0, 0
    full = all(part.is_covered for part in parts if part.can_apply)
    return (MILLION, MILLION) if full and applicable[0] > 0 else (0, MILLION)


def _absent_states(parts: Sequence[IntervalPart]) -> int:
    """The states of a node none of whose parts applies."""
    states = 0
    if all(part.states & NOT_ASKED for part in parts):
        states |= NOT_ASKED
    if all(part.states & (NOT_APPLICABLE | NOT_ASKED) for part in parts) and any(
        part.states & NOT_APPLICABLE for part in parts
    ):
        states |= NOT_APPLICABLE
    return states


def _can_lack_value(node: Node, parts: Sequence[IntervalPart]) -> bool:
    """Whether the node can be applicable, well covered and still without a score."""
    if any(part.can_block for part in parts):
        return True
    if node.combiner.takes_points and any(p.ref.part.scale[1] <= 0 for p in parts):
        return True
    found = Gathered(weights=[part.sure_weight for part in parts])
    for part in parts:
        ends = None if part.can_miss else part.ends
        points = None if part.can_miss else part.points
        found.values.append(None if ends is None else ends[0])
        found.applies.append(ends is not None)
        found.points.append(None if points is None else points.low)
    no_values = all(value is None for value in found.values)
    return no_values or method_value(node, found)[0] is None


# the value --------------------------------------------------------------------------------------


def _value(node: Node, parts: Sequence[IntervalPart]) -> tuple[int, int, HandedOn | None] | None:
    """Both ends of the value, shaped, and the points handed on; None without any value."""
    counted = [part for part in parts if part.ends is not None]
    if not counted:
        return None
    uncertain = any(part.uncertain for part in counted)
    unbounded = node.combiner.takes_points and any(p.ratio is None for p in counted)
    if not node.combiner.monotone or (uncertain and unbounded):
        return _anything(node)
    wide = {part.id: part.ends for part in counted if part.ends is not None}
    if uncertain:
        wide = _widened(node, counted)
    lows = [_at(node, parts, 0, wide, missing=False)]
    highs = [_at(node, parts, 1, wide, missing=False)]
    if any(part.can_be_unvalued for part in counted):
        lows.append(_at(node, parts, 0, wide, missing=True))
    if any(part.can_leave for part in counted):
        highs.append(_at(node, parts, 1, wide, missing=True))
    found_low = [result for result in lows if result is not None]
    found_high = [result for result in highs if result is not None]
    if not found_low or not found_high:
        return _anything(node) if uncertain else None
    low, high = min(found_low, key=_first), max(found_high, key=_first)
    points = _handed_on(node, counted, lows[0], highs[0], fixed=not uncertain)
    return (*_shaped_ends(node, low[0], high[0]), points)


def _first(result: Result) -> int:
    return result[0]


def _widened(node: Node, counted: Sequence[IntervalPart]) -> dict[str, Ends]:
    """Give what may not be there its own scale and all that its sisters reach."""
    spans = [part.ends for part in counted if part.ends is not None]
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    if node.combiner.points is not None:
        low, high = min(low, 0), max(high, 0)
    wide: dict[str, Ends] = {}
    for part in counted:
        assert part.ends is not None  # noqa: S101 - counted parts have ends
        wide[part.id] = part.ends
        if part.uncertain:
            scale = [converted(part.ref, end) for end in part.ref.part.scale]
            wide[part.id] = min(low, *scale), max(high, *scale)
    return wide


def _at(
    node: Node, parts: Sequence[IntervalPart], end: int, wide: dict[str, Ends], *, missing: bool
) -> Result | None:
    """The method's value with every part at one end.

    ``missing``: with what may be missing missing, in the way that is worst for the low end (it
    applies and has no value) and best for the high end (it does not apply).
    """
    weights: list[int] = []
    found = Gathered(weights=weights)
    for part in parts:
        there = part.ends is not None
        if missing:
            there = there and not (part.can_be_unvalued if end == 0 else part.can_leave)
        applies = there or (part.can_be_unvalued if end == 0 else not part.can_leave)
        found.values.append(wide[part.id][end] if there else None)
        weights.append(part.most_weight if there else 0)
        found.applies.append(applies)
        found.points.append(_points_at(node, parts, part, end) if there else None)
    if all(value is None for value in found.values):
        return None
    value, points = method_value(node, found)
    return None if value is None else (value, points)


def _points_at(
    node: Node, parts: Sequence[IntervalPart], part: IntervalPart, end: int
) -> Points | None:
    if part.points is None or not node.combiner.takes_points:
        return None
    if not part.uncertain:
        return part.points.low if end == 0 else part.points.high
    ratios = [p.ratio for p in parts if p.ends is not None]
    low, best = part.ref.part.scale
    least, most = ratio_hull(ratios) or (0, 1)
    possible = max(part.points.low[1], part.points.high[1])
    if end == 0:
        own = low * possible // best if best > 0 else 0
        return min(floor(least * possible), own, 0), possible
    return max(ceil(most * possible), possible), possible


def _handed_on(
    node: Node,
    counted: Sequence[IntervalPart],
    low: Result | None,
    high: Result | None,
    *,
    fixed: bool,
) -> HandedOn | None:
    if node.combiner.points is None:
        return None
    if low is None or high is None or low[1] is None or high[1] is None:
        return UNKNOWN_POINTS
    if node.combiner.takes_points:
        ratio = ratio_hull([part.ratio for part in counted])
    else:
        base = getattr(node.parts.settings, "base", 0)
        ratio = ratio_hull([part.value_ratio for part in counted], base)
    if fixed and low[1][1] > 0:
        ratio = ratio_hull([(_over(low[1]), _over(high[1]))])
    return HandedOn(low[1], high[1], ratio, fixed)


def _over(points: Points) -> Fraction:
    return Fraction(*points)


def rises(node: Node) -> bool:
    """Whether a higher part never lowers the node."""
    return node.combiner.monotone and _shape_rises(node)


def _shape_rises(node: Node) -> bool:
    levels = [step.level for step in node.steps] or [level for _, level in node.curve]
    return levels == sorted(levels)


def _shaped_ends(node: Node, low: int, high: int) -> Ends:
    return (shaped(node, low), shaped(node, high)) if _shape_rises(node) else _widest(node)


def _anything(node: Node) -> tuple[int, int, HandedOn | None]:
    return (*_widest(node), UNKNOWN_POINTS if node.combiner.points is not None else None)


def _widest(node: Node) -> Ends:
    return min(node.range[0], node.scale[0]), max(node.range[1], node.scale[1])
