"""One world while and after it is evaluated: every value by index of leaf, fact, node, expression.

A run only holds values; the evaluator's steps (:mod:`cxmaturity.engine.scalar`) fill it in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from cxmaturity.engine.program import Program, State, World
from cxmaturity.hookspecs import Points

_UNANSWERED = int(State.UNANSWERED)


@dataclass(slots=True)
class Run:
    """One world evaluated; every list is by index of leaf, fact, node or expression."""

    world: World
    leaf_state: list[int]
    leaf_raw: list[int | None]
    leaf_final: list[int | None]
    leaf_evidenced: list[int | None]
    fact: list[Any]
    fact_state: list[int]
    node_state: list[int]
    node_raw: list[int | None]
    node_final: list[int | None]
    node_evidenced: list[int | None]
    coverage: list[int]
    applicable_weight: list[int]
    valued_weight: list[int]
    points: list[Points | None]
    points_evidenced: list[Points | None]
    expr: list[Any]
    at_least: int = 0
    at_most: int = 0
    open_caps_bite: bool = False
    """Counts every undetermined cap as firing: the pessimistic reading that marks provisional."""

    def changed(self, world: World) -> Run:
        """A run of its own on another world, holding this one's values until steps run again."""
        own = ((f.name, getattr(self, f.name)) for f in fields(self))
        copies: dict[str, Any] = {name: v[:] if isinstance(v, list) else v for name, v in own}
        copies["world"] = world
        return Run(**copies)


Step = Callable[[Run], None]
"""One step of the program: reads and writes the run's lists."""


def blank(program: Program, world: World) -> Run:
    """A run before its first step."""
    leaves, facts, nodes = len(program.leaves), len(program.facts), len(program.nodes)
    return Run(
        world,
        [_UNANSWERED] * leaves, [None] * leaves, [None] * leaves, [None] * leaves,
        [None] * facts, [_UNANSWERED] * facts,
        [_UNANSWERED] * nodes, [None] * nodes, [None] * nodes, [None] * nodes,
        [0] * nodes, [0] * nodes, [0] * nodes, [None] * nodes, [None] * nodes,
        [None] * len(program.exprs),
    )  # fmt: skip
