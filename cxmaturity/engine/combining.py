"""One node's value from its parts, in one world: policies, conversion, coverage, method, shape.

The same few functions make the score, the evidenced score, and the parts that a trace shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cxmaturity.engine.program import Node, PartRef, Program, State
from cxmaturity.engine.ranges import converted
from cxmaturity.engine.run import Run
from cxmaturity.hookspecs import Points
from cxmaturity.model.exact import MILLION, divide
from cxmaturity.model.rubric import Rounding
from cxmaturity.model.shape import on_curve, staircase

NEAR = 10
"""`floor` and `truncate` count what lies within 0.00001 below a step as that step."""
_VALUE, _NOT_APPLICABLE = int(State.VALUE), int(State.NOT_APPLICABLE)
_FAILED = int(State.FAILED)


@dataclass(slots=True)
class Gathered:
    """What a node combines: one entry a part."""

    values: list[int | None] = field(default_factory=list)
    weights: Sequence[int] = ()
    applies: list[bool] = field(default_factory=list)
    points: list[Points | None] = field(default_factory=list)
    coverage: int = 0
    applicable_weight: int = 0
    valued_weight: int = 0
    blocked: bool = False
    failed: bool = False
    any_value: bool = False
    any_applies: bool = False
    any_not_applicable: bool = False
    """Not applicable by answer; a node none of whose parts is asked is itself not asked."""


def gather(program: Program, run: Run, index: int, *, evidenced: bool) -> Gathered:
    """The parts of a node as its method sees them."""
    node, plain = program.nodes[index], program.plain_parts[index]
    if plain is not None and not any(map(run.leaf_state.__getitem__, plain)):
        return _all_valued(run, index, plain, evidenced=evidenced)
    wants_points = node.combiner.takes_points
    weights: list[int] = []
    found = Gathered(weights=weights)
    covered = 0
    for ref, weight in zip(node.refs, run.world.weights[index], strict=True):
        i = ref.index
        if ref.is_leaf:
            state = run.leaf_state[i]
            value = run.leaf_evidenced[i] if evidenced else run.leaf_final[i]
            part_coverage = MILLION
            counted = weight
        else:
            state = run.node_state[i]
            value = run.node_evidenced[i] if evidenced else run.node_final[i]
            part_coverage = run.coverage[i]
            counted = run.applicable_weight[i] if ref.weight_is_parts else weight
            weight = run.valued_weight[i] if ref.weight_is_parts else weight  # noqa: PLW2901
        applies = state < _NOT_APPLICABLE or state == _FAILED
        found.failed = found.failed or state == _FAILED
        if applies:
            found.any_applies = True
            found.applicable_weight += counted
        elif state == _NOT_APPLICABLE:
            found.any_not_applicable = True
        if state == _VALUE:
            covered += counted * part_coverage
        else:
            value = _filled(found, run, ref, state)
        if value is not None:
            found.any_value = True
            found.valued_weight += weight
        found.values.append(None if value is None else converted(ref, value))
        weights.append(weight)
        found.applies.append(applies or value is not None)
        if wants_points:
            found.points.append(_points(run, ref, state, value, evidenced=evidenced))
    if found.applicable_weight:
        found.coverage = divide(covered, found.applicable_weight)
    return found


def _all_valued(run: Run, index: int, plain: Sequence[int], *, evidenced: bool) -> Gathered:
    """The parts of a node of indicators that all have a value: nothing to fill or convert."""
    levels = run.leaf_evidenced if evidenced else run.leaf_final
    weights = run.world.weights[index]
    total = sum(weights)
    return Gathered(
        [levels[i] for i in plain], weights, [True] * len(plain), [],
        MILLION if total else 0, total, total, any_applies=True, any_value=True,
    )  # fmt: skip


def _filled(found: Gathered, run: Run, ref: PartRef, state: int) -> int | None:
    targets = run.world.leaf_target if ref.is_leaf else run.world.node_target
    filled = ref.fills.get(state, targets[ref.index])
    if filled == "block":
        found.blocked = True
        return None
    return filled


def _points(
    run: Run, ref: PartRef, state: int, value: int | None, *, evidenced: bool
) -> Points | None:
    """What a part hands on: its own points if it counts points, else value and best."""
    if value is None:
        return None
    if not ref.is_leaf and state == _VALUE:
        handed = (run.points_evidenced if evidenced else run.points)[ref.index]
        if handed is not None:
            return handed
    unit = ref.part.points_per_millionth
    return value * unit, ref.part.scale[1] * unit


def combine(node: Node, found: Gathered) -> tuple[int | None, Points | None]:
    """The node's value before caps, shaped and rounded, and the points it hands on."""
    if found.blocked or not found.any_value:
        return None, None
    value, points = method_value(node, found)
    return (None if value is None else shaped(node, value)), points


def method_value(node: Node, found: Gathered) -> tuple[int | None, Points | None]:
    """What the node's method makes of its parts, and the points it hands on."""
    combiner = node.combiner
    if combiner.points is not None and combiner.of_points is not None:
        points = combiner.points(node.parts, found.values, found.points, found.weights)
        return combiner.of_points(node.parts, points), points
    assert combiner.scalar is not None  # noqa: S101 - a method has one of the two forms
    return combiner.scalar(node.parts, found.values, found.weights, found.applies), None


def shaped(node: Node, value: int) -> int:
    """Steps or curve, then rounding."""
    if node.steps:
        value = staircase(node.steps, value)
    elif node.curve:
        value = on_curve(node.curve, value)
    return value if node.round is None else rounded(node.round, value)


def rounded(how: Rounding, value: int) -> int:
    """The value at the wanted decimals, by the wanted mode."""
    unit: int = 10 ** (6 - how.digits)
    if how.mode == "half_up":
        return divide(value, unit) * unit
    if how.mode == "half_even":
        whole, rest = divmod(value, unit)
        up = 2 * rest > unit or (2 * rest == unit and whole % 2 == 1)
        return (whole + up) * unit
    if unit > NEAR:
        value = _to_step_when_near(value, unit)
    if how.mode == "floor" or value >= 0:
        return value // unit * unit
    return -(-value // unit) * unit


def _to_step_when_near(value: int, unit: int) -> int:
    below = -value % unit
    return value + below if below <= NEAR else value


def capped(value: int, limits: Sequence[int]) -> int:
    """The value under the limits that hold."""
    return min([value, *limits])
