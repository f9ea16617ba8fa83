"""One order for everything that is computed, so that each step finds what it reads.

The order follows the rubric's own; a circle is returned as the names it runs through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import Cap, FactInput, Leaf, Node, StepKind

Item = tuple[StepKind, int]
"""A kind of step and an index: ``asked`` state and level before caps, ``leaf`` level after caps,
``raw`` combined value, ``node`` after caps, ``…_e`` the evidenced column, ``fact``, ``expr``,
``phase``."""

_READS: dict[str, StepKind] = {
    "fact": "fact", "answered_fact": "fact", "answer": "asked", "answered_leaf": "asked",
    "leaf_coverage": "asked", "level": "leaf", "evidenced_level": "leaf_e",
    "score": "node", "raw_score": "raw", "coverage": "raw", "answered_node": "raw",
    "evidenced_score": "node_e",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ordered:
    """Steps in order and, for each, the places of the steps it reads.

    ``circle`` names the things that need each other; with one there are no steps.
    """

    steps: tuple[Item, ...] = ()
    reads: tuple[tuple[int, ...], ...] = ()
    circle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """Everything that can be computed, and what each needs."""

    leaves: Sequence[Leaf]
    facts: Sequence[FactInput]
    nodes: Sequence[Node]
    exprs: Sequence[Expr]
    gates: Sequence[int]

    def needs(self, item: Item) -> list[Item]:
        """What a step reads directly."""
        kind, i = item
        if kind == "expr":
            return _needs_of_expr(self.exprs[i], len(self.nodes))
        if kind == "asked":
            return _maybe(self.leaves[i].ask_when)
        if kind == "fact":
            return _maybe(self.facts[i].ask_when)
        if kind in ("leaf", "leaf_e"):
            return [("asked", i), *_truths(self.leaves[i].caps)]
        if kind == "phase":
            return [("expr", gate) for gate in self.gates]
        if kind == "node":
            return [("raw", i), *_truths(self.nodes[i].caps)]
        evidenced = kind == "node_e"
        parts = [_part(ref.is_leaf, ref.index, evidenced=evidenced) for ref in self.nodes[i].refs]
        return [*parts, ("node", i)] if evidenced else parts

    def name(self, item: Item) -> str:
        """What a step is called in a rubric."""
        kind, i = item
        if kind in ("asked", "leaf", "leaf_e"):
            return self.leaves[i].path
        if kind in ("raw", "node", "node_e"):
            return self.nodes[i].id
        return f"fact.{self.facts[i].id}" if kind == "fact" else kind


def in_order(wanted: Sequence[Item], things: Things) -> Ordered:
    """The steps that compute what is wanted, each after what it reads."""
    steps: dict[Item, int] = {}
    for start in wanted:
        circle = _visit(start, things, steps)
        if circle:
            return Ordered(circle=_named(circle, things))
    reads = tuple(tuple(steps[need] for need in things.needs(step)) for step in steps)
    return Ordered(tuple(steps), reads)


def _visit(start: Item, things: Things, steps: dict[Item, int]) -> list[Item]:
    """Append a step after all it rests on, with a stack of its own; a circle ends the visit."""
    path: list[tuple[Item, Iterator[Item]]] = [(start, iter(things.needs(start)))]
    on_path = {start}
    while path and start not in steps:
        item, rest = path[-1]
        following = next((need for need in rest if need not in steps), None)
        if following is None:
            path.pop()
            on_path.discard(item)
            steps[item] = len(steps)
        elif following in on_path:
            items = [item for item, _ in path]
            return items[items.index(following) :]
        else:
            path.append((following, iter(things.needs(following))))
            on_path.add(following)
    return []


def _named(circle: Sequence[Item], things: Things) -> tuple[str, ...]:
    names = [things.name(item) for item in circle if item[0] != "expr"]
    distinct = [n for n, before in zip(names, [None, *names], strict=False) if n != before]
    return (*distinct, distinct[0])


def _truths(caps: Sequence[Cap]) -> list[Item]:
    return [("expr", cap.truth) for cap in caps]


def _maybe(expr: int | None) -> list[Item]:
    return [] if expr is None else [("expr", expr)]


def _part(is_leaf: bool, index: int, *, evidenced: bool) -> Item:  # noqa: FBT001
    if is_leaf:
        return ("leaf_e" if evidenced else "leaf", index)
    return ("node_e" if evidenced else "node", index)


def _needs_of_expr(expr: Expr, count: int) -> list[Item]:
    found: list[Item] = [("expr", arg) for arg in expr.args]
    if expr.op in _READS:
        assert isinstance(expr.data, int)  # noqa: S101 - these hold an index
        found.append((_READS[expr.op], expr.data))
    elif expr.op == "graded":
        assert isinstance(expr.data, tuple)  # noqa: S101 - (leaf, grade)
        found.append(("asked", expr.data[0]))
    elif expr.op == "phase":
        found.append(("phase", 0))
    elif expr.op == "behaviour":
        found.append(("node", count - 1))
    return found
