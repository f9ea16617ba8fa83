"""What every scored thing can give, proven from the parts up, so that no world can overflow.

Bounds hold for every answer, policy, cap, evidence grade and for any part being absent.  They also
tell which thresholds in expressions can decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from cxmaturity.engine.program import PartRef
from cxmaturity.hookspecs import Combiner, Interval, Parts
from cxmaturity.model import rubric as model
from cxmaturity.model.exact import MILLION, divide

Ratio = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class PointSpans:
    """The points that a part can hand on: earned, possible, and the one divided by the other."""

    earned: Interval
    possible: Interval
    ratio: Ratio | None
    """None: it has no bounds of its own, because what is possible can be 0 or less."""


@dataclass(frozen=True, slots=True)
class Spans:
    """What a leaf or node can give after caps in its two columns, and the points of a node."""

    value: Interval
    evidenced: Interval
    points: PointSpans | None = None


def converted(ref: PartRef, value: int) -> int:
    """A part's value on its node's scale, to a millionth."""
    if ref.convert is None:
        return value
    low, width, node_low, node_width = ref.convert
    return node_low + divide((value - low) * node_width, width)


def hull(spans: Iterable[Interval]) -> Interval:
    """The smallest interval around all of them."""
    found = list(spans)
    return min(low for low, _ in found), max(high for _, high in found)


def with_caps(spans: Spans, target: str, rules: Iterable[model.Rule]) -> Spans:
    """The spans when every cap on the target may fire."""
    limits = [rule.cap[target] for rule in rules if target in rule.cap]
    value, evidenced = ((min([low, *limits]), high) for low, high in (spans.value, spans.evidenced))
    return Spans(value, evidenced, spans.points)


@dataclass(frozen=True, slots=True)
class NodeRanges:
    """A node and what its parts can give; ``weights`` are the largest its parts can have."""

    combiner: Combiner
    table: model.Node
    parts: Parts
    weights: Sequence[int]
    given: Sequence[tuple[PartRef, Spans]]

    def spans(self) -> Spans:
        """What the node can give before caps."""
        points = None if self.combiner.points is None else self._points()
        main = self._column([(ref, spans.value) for ref, spans in self.given], points)
        both = [(ref, hull((spans.value, spans.evidenced))) for ref, spans in self.given]
        return Spans(
            _shaped(self.table, main), _shaped(self.table, self._column(both, points)), points
        )

    def largest(self) -> int:
        """The largest integer met while the node is computed."""
        points = None if self.combiner.points is None else self._points()
        both = [(ref, hull((spans.value, spans.evidenced))) for ref, spans in self.given]
        counted = [_counted(ref, value) for ref, value in both]
        if self.combiner.takes_points:
            found = [_part_points(ref, spans) for ref, spans in self.given]
            counted = [hull([part.earned, part.possible]) for part in found]
        value = self._column(both, points)
        return max(
            self.combiner.size(self.parts, self.weights, counted),
            (2 * MILLION + 1) * sum(self.weights),
            *(abs(end) for end in value),
            *_conversions(both),
            *_on_curve(self.table, value),
        )

    def _column(
        self, values: Sequence[tuple[PartRef, Interval]], points: PointSpans | None
    ) -> Interval:
        """The method's range, from its parts' values or from their points."""
        counted = [_counted(ref, value) for ref, value in values]
        if self.combiner.takes_points and points is not None and points.ratio is not None:
            low, high = points.ratio
            counted = [(floor(low * MILLION), ceil(high * MILLION))] * len(values)
        return self.combiner.range(self.parts, self.weights, counted)

    def _points(self) -> PointSpans:
        """The points that the node can hand on, any of its parts being absent."""
        base = int(getattr(self.table.settings, "base", 0)) * self.parts.weights_per_one
        found = [
            _part_points(ref, spans if self.combiner.takes_points else _without_points(spans))
            for ref, spans in self.given
        ]
        earned = self._total(base, [part.earned for part in found])
        possible = self._total(base, [part.possible for part in found])
        ratio = _between([part.ratio for part in found], base) or _quotients(earned, possible)
        return PointSpans(earned, possible, ratio)

    def _total(self, base: int, spans: Sequence[Interval]) -> Interval:
        """The weighted sum; an absent part adds nothing."""
        units = [ref.part.points_per_millionth for ref, _ in self.given]
        common = lcm(*units) if self.combiner.takes_points else 1
        fine = [
            weight * max(common // unit, 1)
            for weight, unit in zip(self.weights, units, strict=True)
        ]
        weighed = list(zip(fine, spans, strict=True))
        low = base + sum(weight * min(low, 0) for weight, (low, _) in weighed)
        return low, base + sum(weight * max(high, 0) for weight, (_, high) in weighed)


# parts ------------------------------------------------------------------------------------------


def _filled(ref: PartRef) -> Iterator[Interval]:
    """What policies can put in the part's place."""
    for fill in ref.fills.by_state:
        if isinstance(fill, int):
            yield fill, fill
        elif fill == "target":
            yield ref.part.scale


def _counted(ref: PartRef, value: Interval) -> Interval:
    """The part's values on the node's scale, what policies put in included."""
    low, high = hull([value, *_filled(ref)])
    return converted(ref, low), converted(ref, high)


def _without_points(spans: Spans) -> Spans:
    return Spans(spans.value, spans.evidenced)


def _part_points(ref: PartRef, spans: Spans) -> PointSpans:
    """What a part can hand on: its own points, else its value and the best of its scale."""
    best = ref.part.scale[1]
    filled = list(_filled(ref))
    if spans.points is None:
        own = hull([spans.value, spans.evidenced, *filled])
        return PointSpans(own, (best, best), _over(own, best))
    handed, unit = spans.points, ref.part.points_per_millionth
    if not filled:
        return handed
    low, high = hull(filled)
    plain = PointSpans(
        (low * unit, high * unit), (best * unit, best * unit), _over((low, high), best)
    )
    ratios = (handed.ratio, plain.ratio)
    return PointSpans(
        hull((handed.earned, plain.earned)),
        hull((handed.possible, plain.possible)),
        _between(ratios, 0),
    )


def _over(span: Interval, best: int) -> Ratio | None:
    return (Fraction(span[0], best), Fraction(span[1], best)) if best > 0 else None


def _between(ratios: Iterable[Ratio | None], base: int) -> Ratio | None:
    """The ratio of sums lies between the ratios; a base counts as earned in full."""
    found = [*ratios, *([(Fraction(1), Fraction(1))] if base > 0 else [])]
    known = [ratio for ratio in found if ratio is not None]
    if base < 0 or len(known) < len(found):
        return None
    return min(low for low, _ in known), max(high for _, high in known)


def _quotients(earned: Interval, possible: Interval) -> Ratio:
    """Without a score where nothing is possible, the smallest divisor is one millionth."""
    least = max(possible[0], 1)
    ends = [Fraction(e, p) for e in earned for p in (least, max(possible[1], least))]
    return min(ends), max(ends)


# shape and size ---------------------------------------------------------------------------------


def _shaped(table: model.Node, value: Interval) -> Interval:
    if table.steps:
        value = hull((step.level, step.level) for step in table.steps)
    if table.curve:
        value = hull((level, level) for _, level in table.curve)
    if table.round:
        unit = 10 ** (6 - table.round.digits)
        value = (value[0] // unit * unit, -(-value[1] // unit) * unit)
    return value


def _conversions(values: Sequence[tuple[PartRef, Interval]]) -> Iterator[int]:
    for ref, value in values:
        if ref.convert is not None:
            low, width, _, node_width = ref.convert
            furthest = max(abs(end - low) for end in hull([value, ref.part.scale]))
            yield 2 * furthest * abs(node_width) + abs(width)


def _on_curve(table: model.Node, value: Interval) -> Iterator[int]:
    for (x0, y0), (x1, y1) in zip(table.curve, table.curve[1:], strict=False):
        reach = max(abs(end - x0) for end in (*value, x1))
        yield 2 * (abs(y0) * (x1 - x0) + abs(y1 - y0) * reach) + (x1 - x0)
