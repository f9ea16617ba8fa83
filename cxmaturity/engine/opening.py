"""What a run holds before its first real step: everything that follows from single inputs.

Most indicators have no caps and no `ask_when`, most facts are simply what was answered, and
constants never change: filling all of these in at once spares the evaluator half of its steps.  The
steps that remain overwrite what only they can know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import Program, State, World
from cxmaturity.engine.run import Run, blank

_VALUE = int(State.VALUE)
_CONSTANTS = {"true": True, "false": False, "missing": None}


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open a run of one program, and the places of the steps that are still to do."""

    program: Program
    exprs: tuple[Any, ...]
    """Constants by index of expression, None elsewhere."""
    facts: tuple[tuple[int, int], ...]
    levels: tuple[tuple[int, int], ...]
    """Expressions that only hand on a fact, or a level."""
    remaining: tuple[int, ...]

    def run(self, world: World) -> Run:
        """A run in which everything simple is known."""
        run = blank(self.program, world)
        run.leaf_state = world.leaf_state[:]
        pairs = zip(world.leaf_state, world.leaf_level, strict=True)
        run.leaf_raw = raw = [None if state else level for state, level in pairs]
        run.leaf_final = raw[:]
        if self.program.rubric.evidence_ceilings:
            run.leaf_evidenced = self._evidenced(raw, world.grade)
        run.fact_state = world.fact_state[:]
        values = zip(world.fact_state, world.fact_value, strict=True)
        run.fact = facts = [None if state else value for state, value in values]
        run.expr = exprs = list(self.exprs)
        for index, fact in self.facts:
            exprs[index] = facts[fact]
        for index, leaf in self.levels:
            exprs[index] = raw[leaf]
        return run

    def _evidenced(self, raw: Sequence[int | None], grades: Sequence[int]) -> list[int | None]:
        leaves = zip(raw, grades, self.program.leaves, strict=True)
        return [
            level if level is None or leaf.ceilings is None else min(level, leaf.ceilings[grade])
            for level, grade, leaf in leaves
        ]


def opening(program: Program) -> Opening:
    """The opening of a program, made once."""
    if "opening" not in program.cache:
        program.cache["opening"] = _opening(program)
    found: Opening = program.cache["opening"]
    return found


def _opening(program: Program) -> Opening:
    free = {i for i, leaf in enumerate(program.leaves) if leaf.ask_when is None}
    plain = {i for i in free if not program.leaves[i].caps}
    facts = {j for j, fact in enumerate(program.facts) if fact.ask_when is None}
    reads: list[tuple[int, Expr]] = list(enumerate(program.exprs))
    of_facts = [(n, e.data) for n, e in reads if e.op == "fact" and e.data in facts]
    of_levels = [(n, e.data) for n, e in reads if e.op == "level" and e.data in plain]
    of_levels += [(n, e.data) for n, e in reads if e.op == "answer" and e.data in free]
    constants = {n for n, e in reads if e.op in _CONSTANTS or e.op == "number"}
    settled = constants.union(map(itemgetter(0), of_facts), map(itemgetter(0), of_levels))
    known: dict[str, set[int]] = {
        "asked": free, "leaf": plain, "leaf_e": plain, "fact": facts, "expr": settled,
    }  # fmt: skip
    return Opening(
        program,
        tuple(e.data if e.op == "number" else _CONSTANTS.get(e.op) for e in program.exprs),
        tuple(of_facts),
        tuple(of_levels),
        tuple(p for p, (kind, i) in enumerate(program.steps) if i not in known.get(kind, ())),
    )
