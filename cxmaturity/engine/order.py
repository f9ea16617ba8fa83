"""One order for everything that is computed, so that each step finds what it reads.

The order follows the rubric's own; a circle is returned as the names it runs through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import FactInput, Leaf, Node, StepKind

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


def in_order(
    wanted: Sequence[Item],
    leaves: Sequence[Leaf],
    facts: Sequence[FactInput],
    nodes: Sequence[Node],
    exprs: Sequence[Expr],
    gates: Sequence[int],
) -> tuple[list[Item], list[tuple[int, ...]], list[str]]:
    """The steps that compute what is wanted, for each the places of the steps it reads, the circle.

    The circle is the names of things that need each other; with one there are no steps.
    """

    def needs(item: Item) -> list[Item]:
        kind, i = item
        if kind == "expr":
            return _needs_of_expr(exprs[i], len(nodes))
        if kind == "asked":
            return _maybe(leaves[i].ask_when)
        if kind == "fact":
            return _maybe(facts[i].ask_when)
        if kind in ("leaf", "leaf_e"):
            return [("asked", i), *(("expr", cap.truth) for cap in leaves[i].caps)]
        if kind == "phase":
            return [("expr", gate) for gate in gates]
        if kind == "node":
            return [("raw", i), *(("expr", cap.truth) for cap in nodes[i].caps)]
        evidenced = kind == "node_e"
        parts = [_part(ref.is_leaf, ref.index, evidenced=evidenced) for ref in nodes[i].refs]
        own = [("node", i)] if evidenced else []
        return [*parts, *own]  # type: ignore[list-item]

    def name(item: Item) -> str:
        kind, i = item
        if kind in ("asked", "leaf", "leaf_e"):
            return leaves[i].path
        if kind in ("raw", "node", "node_e"):
            return nodes[i].id
        return f"fact.{facts[i].id}" if kind == "fact" else kind

    done: set[Item] = set()
    steps: list[Item] = []
    for start in wanted:
        path: list[tuple[Item, Iterator[Item]]] = [(start, iter(needs(start)))]
        on_path = {start}
        while path and start not in done:
            item, rest = path[-1]
            following = next((need for need in rest if need not in done), None)
            if following is None:
                path.pop()
                on_path.discard(item)
                done.add(item)
                steps.append(item)
            elif following in on_path:
                return [], [], _circle([item for item, _ in path], following, name)
            else:
                path.append((following, iter(needs(following))))
                on_path.add(following)
    place = {step: number for number, step in enumerate(steps)}
    return steps, [tuple(place[need] for need in needs(step)) for step in steps], []


def _circle(path: list[Item], again: Item, name: object) -> list[str]:
    names = [name(item) for item in path[path.index(again) :] if item[0] != "expr"]  # type: ignore[operator]
    distinct = [n for n, before in zip(names, [None, *names], strict=False) if n != before]
    return [*distinct, distinct[0]]


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
