"""Which questions some judgements rest on: what they read, and the caps on what they read."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.engine.dependence import behind, places
from cxmaturity.engine.program import Program


def gates_and_blockers(program: Program) -> frozenset[str]:
    """What decides the phase and whether a blocker is found: the shortest useful assessment."""
    blockers = [
        entry.truth
        for entry in program.rules
        if entry.truth is not None and entry.rule.severity == "blocker"
    ]
    return reach(program, [*program.gates, *blockers])


def reach(program: Program, exprs: Iterable[int]) -> frozenset[str]:
    """Paths of the questions that some expressions, given by index, rest on."""
    at = places(program)
    found: set[str] = set()
    for place in behind(program, [at["expr", expr] for expr in exprs]):
        kind, index = program.steps[place]
        if kind == "asked":
            found.add(program.leaves[index].path)
        elif kind == "fact":
            found.add(f"fact.{program.facts[index].id}")
    return frozenset(found)
