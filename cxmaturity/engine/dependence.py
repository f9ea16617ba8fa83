"""Which steps must run again when some inputs change, for outputs that are wanted."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Step
from cxmaturity.engine.scalar import all_steps

Item = tuple[str, int]


def places(program: Program) -> dict[Item, int]:
    """Place of every step in the program's order."""
    if "places" not in program.cache:
        program.cache["places"] = {step: place for place, step in enumerate(program.steps)}
    found: dict[Item, int] = program.cache["places"]
    return found


def behind(program: Program, wanted: Iterable[int]) -> set[int]:
    """The wanted steps and everything they rest on."""
    needed: set[int] = set()
    pending = list(wanted)
    while pending:
        place = pending.pop()
        if place not in needed:
            needed.add(place)
            pending += program.reads[place]
    return needed


def touched(program: Program, changed: Iterable[int]) -> list[int]:
    """The changed steps and everything that follows from them, in order."""
    found = set(changed)
    for place in range(min(found, default=0), len(program.steps)):
        if not found.isdisjoint(program.reads[place]):
            found.add(place)
    return sorted(found)


def scores_and_phase(program: Program) -> set[int]:
    """The steps that levels, scores and the phase rest on (findings and evidence left out)."""
    if "scores_and_phase" not in program.cache:
        wanted = [
            place
            for place, (kind, _) in enumerate(program.steps)
            if kind in ("leaf", "node", "phase")
        ]
        program.cache["scores_and_phase"] = behind(program, wanted)
    found: set[int] = program.cache["scores_and_phase"]
    return found


def steps_at(program: Program, at: Iterable[int]) -> list[Step]:
    """The scalar functions of these steps."""
    every = all_steps(program)
    return [every[place] for place in at]
