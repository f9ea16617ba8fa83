"""Whether weights that differ from world to world can still be counted exactly.

The compiler bounds every sum for the rubric's own weights; worlds may bring others.  The same
bounds are followed from the leaves up for the largest weight each part has in any world.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.engine.graph import LARGEST
from cxmaturity.engine.program import OVERALL, Leaf, Node, Program
from cxmaturity.engine.ranges import NodeRanges, Spans, with_caps
from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import Interval
from cxmaturity.text.messages import N_

Weights = Sequence[Sequence[int]]


def weight_problems(program: Program, largest: Weights, smallest: Weights) -> Iterator[Problem]:
    """What is wrong with weights that lie between these, node by node."""
    own, found = _bounds(program, program.default_weights), _bounds(program, largest)
    for i, node in enumerate(program.nodes):
        if min(smallest[i]) < 0:
            yield _problem(node, "negative_weight", N_("a weight is zero or more"))
        if found[i].largest() >= LARGEST:
            what = N_("weights up to {largest} cannot be counted exactly here; at most {limit}")
            limits = {"largest": max(largest[i]), "limit": node.weight_limit}
            yield _problem(node, "weight_too_large", what, **limits)
        elif not _inside(found[i].spans(), own[i].spans()):
            what = N_("with these weights its value leaves the range the rubric was compiled for")
            yield _problem(node, "weight_too_large", what)


def _problem(node: Node, code: str, what: str, **values: object) -> Problem:
    return Problem(code, what, Where(key=f"weights.{node.id}"), "", values)


def _inside(inner: Spans, outer: Spans) -> bool:
    return _within(inner.value, outer.value) and _within(inner.evidenced, outer.evidenced)


def _within(inner: Interval, outer: Interval) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _bounds(program: Program, weights: Weights) -> list[NodeRanges]:
    """What every node can give when its parts have these weights."""
    leaves = [_of_leaf(leaf) for leaf in program.leaves]
    nodes: list[Spans] = []
    most: list[list[int]] = []
    found: list[NodeRanges] = []
    for node, written in zip(program.nodes, weights, strict=True):
        most.append(
            [
                sum(most[ref.index]) if ref.weight_is_parts else weight
                for ref, weight in zip(node.refs, written, strict=True)
            ]
        )
        given = [(ref, (leaves if ref.is_leaf else nodes)[ref.index]) for ref in node.refs]
        rubric = program.rubric
        table = rubric.overall if node.id == OVERALL else rubric.dimensions[node.id]
        found.append(NodeRanges(node.combiner, table, node.parts, most[-1], given))
        nodes.append(with_caps(found[-1].spans(), node.id, rubric.rules.values()))
    return found


def _of_leaf(leaf: Leaf) -> Spans:
    low, high = leaf.range
    return Spans(leaf.range, (min(low, *(leaf.ceilings or leaf.range)), high))
