"""One node's column from its parts' columns: :mod:`cxmaturity.engine.combining` for many worlds.

Which parts have a value is assembled once a node: denominator, coverage and the verdict of the
least coverage all come from it, in integers as narrow as the weights allow, and the evidenced
reading uses it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cxmaturity.engine import program as compiled
from cxmaturity.engine.columns.cells import Node, PartWeights, Run
from cxmaturity.engine.columns.coverage import Coverage
from cxmaturity.engine.columns.loops import looped, looped_points, looped_value
from cxmaturity.engine.columns.shapes import shaped
from cxmaturity.engine.columns.values import (
    FALSE,
    TRUE,
    ZERO,
    Column,
    Mask,
    all_of,
    any_of,
    both,
    chosen,
    constant,
    either,
    kept,
    negated,
    quotient,
    settled,
    simplest,
    weighed,
    weighted,
    without,
)
from cxmaturity.engine.program import PartRef
from cxmaturity.hookspecs import PartColumns
from cxmaturity.model.exact import MILLION

Points = tuple[Column, Column]
_NO_WEIGHT = np.zeros(1, np.int64)
_NOT_APPLICABLE = int(compiled.State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A part of a node as the column evaluator meets it."""

    place: int
    """Place of the step whose cell holds the part."""
    evidenced_place: int
    ref: PartRef
    fills: tuple[tuple[int, int | Literal["block", "target"]], ...]
    """What a policy puts in, by state; states that are skipped are left out."""


@dataclass(frozen=True)
class NodePlan:
    """A node as the column evaluator meets it."""

    index: int
    node: compiled.Node
    parts: tuple[PartPlan, ...]
    shares: dict[int, Column] = field(default_factory=dict)
    """Coverage by weight covered, for each total weight met."""

    @cached_property
    def of_leaves(self) -> bool:
        """Whether all parts are indicators."""
        return all(part.ref.is_leaf for part in self.parts)

    @cached_property
    def fills(self) -> bool:
        """Whether a policy fills anything: else what has a value is what is answered."""
        return any(part.fills for part in self.parts)

    @cached_property
    def by_parts(self) -> bool:
        """Whether a part weighs what its own parts weigh."""
        return any(part.ref.weight_is_parts for part in self.parts)


def fills_of(ref: PartRef) -> tuple[tuple[int, Any], ...]:
    """The states of a part that a policy fills."""
    return tuple((state, fill) for state, fill in enumerate(ref.fills.by_state) if fill is not None)


def raw_node(run: Run, plan: NodePlan) -> Node:
    """The node before caps."""
    weights, counted = _weights(run, plan)
    cells = [run.cells[part.place] for part in plan.parts]
    given, blocked = _given(run, plan, cells, PartWeights((), weights, _NO_WEIGHT))
    coverage = _coverage(plan, cells, counted, given)
    applies = any_of([cell.applies for cell in cells])
    not_applicable = FALSE
    if applies is not TRUE:
        left_out = any_of([cell.in_state(_NOT_APPLICABLE) for cell in cells])
        not_applicable = without(left_out, applies)
    failed = any_of([cell.failed for cell in cells])
    where = without(both(coverage.reaches(plan.node.min_coverage), negated(blocked)), failed)
    if plan.node.min_coverage <= 0:
        where = all_of([where, applies, any_of(given.has)])
    found = _combined(plan.node, given, where)
    parts = PartWeights(given.has, given.weights, given.valued_weight)
    return Node(
        found.value, found.value, found.has, found.has, applies, not_applicable,
        either(failed, found.failed), coverage, parts, found.points,
    )  # fmt: skip


def evidenced_node(run: Run, plan: NodePlan, main: Node) -> Node:
    """The node's evidenced reading before caps: the same parts, their levels under ceilings."""
    cells = [run.cells[part.evidenced_place] for part in plan.parts]
    given, blocked = _given(run, plan, cells, main.parts)
    where = both(main.scored, negated(blocked))
    if given.has is not main.parts.has:
        where = both(where, any_of(given.has))
    found = _combined(plan.node, given, where)
    return replace(main, raw=found.value, value=found.value, has=found.has, points=found.points)


def _coverage(
    plan: NodePlan, cells: Sequence[Any], counted: Sequence[Any], given: PartColumns
) -> Coverage:
    """What is covered of the applicable weight; parts that are nodes count with their coverage."""
    applicable = weighed([cell.applies for cell in cells], counted)
    if plan.of_leaves and not plan.fills:
        return Coverage(given.valued_weight, applicable, 1, plan.shares)
    leaves = [k for k, part in enumerate(plan.parts) if part.ref.is_leaf]
    nodes = [k for k, part in enumerate(plan.parts) if not part.ref.is_leaf]
    covered = weighed([cells[k].scored for k in leaves], [counted[k] for k in leaves])
    if not nodes:
        return Coverage(covered, applicable, 1, plan.shares)
    own = weighted(
        [cells[k].coverage.where(cells[k].scored) for k in nodes], [counted[k] for k in nodes]
    )
    if leaves:
        own = own + covered.astype(np.int64) * MILLION
    return Coverage(own, applicable, MILLION, plan.shares)


def _weights(run: Run, plan: NodePlan) -> tuple[Sequence[Any], Sequence[Any]]:
    """The parts' weights, and those that count for coverage."""
    weights = run.weights(plan.index)
    if not plan.by_parts:
        return weights, weights
    valued, counted = list(weights), list(weights)
    for k, part in enumerate(plan.parts):
        if part.ref.weight_is_parts:
            cell = run.cells[part.place]
            valued[k] = _plain(cell.parts.valued)
            counted[k] = _plain(cell.coverage.applicable)
    return valued, counted


def _plain(weight: NDArray[Any]) -> int | Column:
    return int(weight[0]) if weight.size == 1 else weight.astype(np.int64, copy=False)


# what the method is given -----------------------------------------------------------------------


def _given(
    run: Run, plan: NodePlan, cells: Sequence[Any], known: PartWeights
) -> tuple[PartColumns, Mask]:
    """The parts as the method sees them, and the worlds that a policy blocks.

    Where the same parts have a value as is already known, their weights are not added up again.
    """
    values, has, applies, points = list[Column](), list[Mask](), list[Mask](), list[Points]()
    blocked = FALSE
    counts_points = plan.node.combiner.takes_points
    for part, cell in zip(plan.parts, cells, strict=True):
        value, mask = cell.value, cell.has
        if part.fills:
            value, mask, stops = _filled(run, part, cell)
            blocked = either(blocked, stops)
        if counts_points:
            points.append(_points(part, cell, value, mask))
        values.append(_converted(part.ref, value, mask))
        has.append(mask)
        applies.append(either(cell.applies, mask) if part.fills else cell.applies)
    if len(has) == len(known.has) and all(a is b for a, b in zip(has, known.has, strict=True)):
        return PartColumns(values, known.has, known.weights, applies, known.valued, points), blocked
    valued = weighed(has, known.weights)
    return PartColumns(values, has, known.weights, applies, valued, points), blocked


def _filled(run: Run, part: PartPlan, cell: Any) -> tuple[Column, Mask, Mask]:  # noqa: ANN401
    """Value and mask after the policies, and where a policy blocks the node."""
    value, has, blocked = cell.value, cell.has, FALSE
    for state, fill in part.fills:
        mask = cell.in_state(state)
        if mask is FALSE:
            continue
        if fill == "block":
            blocked = either(blocked, mask)
            continue
        value = chosen(mask, _fill(run, part.ref, fill), value)
        has = either(has, mask)
    return value, has, blocked


def _fill(run: Run, ref: PartRef, fill: int | str) -> Column:
    if isinstance(fill, int):
        return constant(fill)
    targets = run.inputs.leaf_target if ref.is_leaf else run.inputs.node_target
    target = targets[ref.index]
    return constant(ref.fills.full) if target is None else run.part(target)


def _converted(ref: PartRef, value: Column, has: Mask) -> Column:
    """The part's value on its node's scale; 0 where it has none."""
    if ref.convert is None:
        return value
    low, width, node_low, node_width = ref.convert
    return kept(quotient((value - low) * node_width, width) + node_low, has)


def _points(part: PartPlan, cell: Any, value: Column, has: Mask) -> Points:  # noqa: ANN401
    """What a part hands on: its own points where it counts points, else value and best."""
    unit = part.ref.part.points_per_millionth
    best = constant(part.ref.part.scale[1] * unit)
    handed = None if part.ref.is_leaf else cell.points
    if handed is None:
        return value, kept(best, has)
    earned = chosen(cell.scored, handed[0], value * unit)
    return kept(earned, has), kept(chosen(cell.scored, handed[1], best), has)


# combining --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """What a method gives: values, where there is one, where it failed, points it hands on."""

    value: Column
    has: Mask
    failed: Mask
    points: Points | None


def _combined(node: compiled.Node, given: PartColumns, where: Mask) -> _Found:
    """The method's value where it is asked, shaped and rounded."""
    if where is FALSE:
        points = (ZERO, ZERO) if node.combiner.points is not None else None
        return _Found(ZERO, FALSE, FALSE, points)
    found = _of_method(node, given, where)
    has = simplest(both(found.has, where))
    return _Found(kept(shaped(node, found.value), has), has, settled(found.failed), found.points)


def _of_method(node: compiled.Node, given: PartColumns, where: Mask) -> _Found:
    combiner = node.combiner
    if combiner.points is None:
        if combiner.columns is None:
            return _Found(*looped(node, given, where), None)
        return _Found(*combiner.columns(node.parts, given), FALSE, None)
    failed = FALSE
    if combiner.point_columns is None:
        points, failed = looped_points(node, given, where)
        where = without(where, failed)
    else:
        points = combiner.point_columns(node.parts, given)
    if combiner.of_point_columns is None:
        value, has, unvalued = looped_value(node, points, where)
        return _Found(value, has, either(failed, unvalued), points)
    value, has = combiner.of_point_columns(node.parts, *points)
    return _Found(value, without(has, failed), failed, points)
