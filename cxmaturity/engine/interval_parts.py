"""One part of a node on intervals: what its states and its policies let it count as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cxmaturity.engine.intervals import (
    NO_SCORE,
    NOT_APPLICABLE,
    NOT_ASKED,
    VALUE,
    Ends,
    HandedOn,
    Interval,
    IntervalRun,
    bit,
)
from cxmaturity.engine.program import PartRef, State
from cxmaturity.engine.ranges import converted
from cxmaturity.model.exact import MILLION

Ratio = tuple[Fraction, Fraction]
_APPLIES = VALUE | NO_SCORE
_FILLED = (State.UNANSWERED, State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class IntervalPart:
    """A part as its node's method can meet it.

    ``ends`` are the values it can count as, on the node's scale (None: it never counts), and
    ``points`` what it can hand on.  The truths say what can happen in some completion.
    """

    ref: PartRef
    states: int
    ends: Ends | None
    plain: Ends | None
    """The same before conversion."""
    points: HandedOn | None
    weight: Ends
    applicable: Ends
    is_covered: bool
    can_leave: bool
    """It can be left out, because it does not apply."""
    can_be_unvalued: bool
    """It can apply without a value."""
    can_block: bool

    @property
    def id(self) -> str:
        """The part's id."""
        return self.ref.part.id

    @property
    def can_apply(self) -> bool:
        """Whether it applies in some completion."""
        return bool(self.states & _APPLIES)

    @property
    def must_block(self) -> bool:
        """Whether it takes the node's score in every completion."""
        return self.can_block and self.states == NO_SCORE

    @property
    def can_miss(self) -> bool:
        """Whether its value can be missing."""
        return self.can_leave or self.can_be_unvalued or self.can_block

    @property
    def uncertain(self) -> bool:
        """Whether more than its value can change: its presence, weight or possible points."""
        varies = self.points is not None and not self.points.fixed
        return self.can_miss or varies or self.weight[0] != self.weight[1]

    @property
    def sure_weight(self) -> int:
        """Weight that its value has in every completion."""
        return 0 if self.ends is None or self.can_miss else self.weight[0]

    @property
    def most_weight(self) -> int:
        """Weight that its value can have."""
        return 0 if self.ends is None else self.weight[1]

    @property
    def ratio(self) -> Ratio | None:
        """Bounds of earned of possible points; None where there are none."""
        return None if self.points is None else self.points.ratio

    @property
    def value_ratio(self) -> Ratio | None:
        """The same for a part that is counted by its value."""
        best = self.ref.part.scale[1]
        if self.plain is None or best <= 0:
            return None
        return Fraction(self.plain[0], best), Fraction(self.plain[1], best)


def part_of(run: IntervalRun, ref: PartRef, weight: int) -> IntervalPart:
    """The part in a bounds run."""
    value = (run.leaf_final if ref.is_leaf else run.node_final)[ref.index]
    fills = _fills(run, ref, value.states)
    plain = [(fill, fill) for fill in fills.values() if isinstance(fill, int)]
    if value.states & VALUE:
        plain.append((value.low, value.high))
    ends = (min(low for low, _ in plain), max(high for _, high in plain)) if plain else None
    skipped = [s for s in _FILLED if value.states & bit(s) and fills[s] is None]
    return IntervalPart(
        ref=ref,
        states=value.states,
        ends=None if ends is None else (converted(ref, ends[0]), converted(ref, ends[1])),
        plain=ends,
        points=None if ends is None else _points(ref, value, fills),
        weight=value.weight if ref.weight_is_parts else (weight, weight),
        applicable=_applicable(
            value, value.applicable if ref.weight_is_parts else (weight, weight)
        ),
        is_covered=_is_covered(ref, value),
        can_leave=bool(value.states & NOT_ASKED) or State.NOT_APPLICABLE in skipped,
        can_be_unvalued=State.UNANSWERED in skipped,
        can_block="block" in fills.values(),
    )


def _fills(run: IntervalRun, ref: PartRef, states: int) -> dict[State, int | str | None]:
    """What the policies put in, for the states it can be in."""
    targets = run.world.leaf_target if ref.is_leaf else run.world.node_target
    target = targets[ref.index]
    return {state: ref.fills.get(state, target) for state in _FILLED if states & bit(state)}


def _applicable(value: Interval, weight: Ends) -> Ends:
    """Weight that counts for coverage."""
    if not value.states & _APPLIES:
        return 0, 0
    return (0, weight[1]) if value.states & (NOT_APPLICABLE | NOT_ASKED) else weight


def _is_covered(ref: PartRef, value: Interval) -> bool:
    """Whether it counts in full for coverage, whenever it applies."""
    if value.states & NO_SCORE:
        return False
    return ref.is_leaf or value.coverage[0] == MILLION or not value.states & VALUE


def _points(ref: PartRef, value: Interval, fills: dict[State, int | str | None]) -> HandedOn:
    """What it hands on: its own points, else its value of the best; both where both can be."""
    best, unit = ref.part.scale[1], ref.part.points_per_millionth
    found = [_plain(fill, fill, best, unit) for fill in fills.values() if isinstance(fill, int)]
    if value.states & VALUE:
        found.append(value.points or _plain(value.low, value.high, best, unit))
    if len(found) == 1:
        return found[0]
    possible = max(points.high[1] for points in found)
    return HandedOn(
        (min(points.low[0] for points in found), possible),
        (max(points.high[0] for points in found), possible),
        ratio_hull([points.ratio for points in found]),
        fixed=all(p.fixed and p.low[1] == found[0].low[1] for p in found),
    )


UNKNOWN_POINTS = HandedOn((0, 1), (0, 1), None, fixed=False)
"""Points of which nothing is known."""


def _plain(low: int, high: int, best: int, unit: int) -> HandedOn:
    ratio = (Fraction(low, best), Fraction(high, best)) if best > 0 else None
    return HandedOn((low * unit, best * unit), (high * unit, best * unit), ratio, fixed=True)


def ratio_hull(ratios: Sequence[Ratio | None], base: int = 0) -> Ratio | None:
    """What sums of points lie between: the parts' ratios, and 1 where a base is earned in full."""
    known = [ratio for ratio in ratios if ratio is not None]
    if base < 0 or len(known) < len(ratios) or not known:
        return None
    if base > 0:
        known.append((Fraction(1), Fraction(1)))
    return min(low for low, _ in known), max(high for _, high in known)
