"""What an action does to a world, and whether it is already so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cxmaturity.engine.dependence import behind, places, steps_at, touched
from cxmaturity.engine.inputs import FACT, read_fact
from cxmaturity.engine.program import ActionEntry, Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import reevaluate
from cxmaturity.model.rubric import GRADES

_VALUE = int(State.VALUE)


@dataclass(frozen=True, slots=True)
class Effects:
    """An action by index: levels and grades reached at least, facts set, options added."""

    levels: tuple[tuple[int, int], ...]
    grades: tuple[tuple[int, int], ...]
    facts: tuple[tuple[int, int, Any], ...]
    options: tuple[tuple[int, int], ...]

    def hold_in(self, world: World) -> bool:
        """Whether the world is already as if the action were done."""
        return (
            all(world.leaf_state[i] == _VALUE and world.leaf_level[i] >= x for i, x in self.levels)
            and all(world.grade[i] >= grade for i, grade in self.grades)
            and all((world.fact_state[j], world.fact_value[j]) == (s, v) for j, s, v in self.facts)
            and all(
                world.fact_state[j] == _VALUE and world.fact_value[j] & mask == mask
                for j, mask in self.options
            )
        )

    def on(self, world: World) -> World:
        """The world when the action is done; the given one is left as it is."""
        done = world.copy()
        for i, level in self.levels:
            held = done.leaf_level[i] if done.leaf_state[i] == _VALUE else level
            done.leaf_state[i], done.leaf_level[i] = _VALUE, max(held, level)
        for i, grade in self.grades:
            done.grade[i] = max(done.grade[i], grade)
        for j, state, value in self.facts:
            done.fact_state[j], done.fact_value[j] = state, value
        for j, mask in self.options:
            held = done.fact_value[j] if done.fact_state[j] == _VALUE else 0
            done.fact_state[j], done.fact_value[j] = _VALUE, held | mask
        return done


def effects_of(program: Program) -> Mapping[str, Effects]:
    """The effects of every action in scope, worked out once a program."""
    if "effects" not in program.cache:
        program.cache["effects"] = {e.id: _effects(program, e) for e in program.actions}
    found: Mapping[str, Effects] = program.cache["effects"]
    return found


def _effects(program: Program, entry: ActionEntry) -> Effects:
    table = entry.action
    leaves, facts = program.leaf_index, program.fact_index

    def fact(path: str) -> int | None:
        return facts.get(path.removeprefix(FACT))

    return Effects(
        tuple((leaves[path], level) for path, level in table.raises.items() if path in leaves),
        tuple(
            (leaves[path], GRADES.index(grade))
            for path, grade in table.evidence.items()
            if path in leaves
        ),
        tuple(
            (j, *read_fact(program.facts[j], value))
            for path, value in table.sets.items()
            if (j := fact(path)) is not None
        ),
        tuple(
            (j, read_fact(program.facts[j], list(options))[1])
            for path, options in table.adds.items()
            if (j := fact(path)) is not None
        ),
    )


def after(program: Program, run: Run, action: str, wanted: Iterable[int], key: str) -> Run:
    """The run when the action is done, as far as the wanted steps need it.

    ``key`` names what is wanted, so that the steps to run again are found once a program.
    """
    effects = effects_of(program)[action]
    cache: dict[tuple[str, str], Any] = program.cache.setdefault("after", {})
    if (action, key) not in cache:
        at = places(program)
        changed = {at["asked", i] for i, _ in (*effects.levels, *effects.grades)}
        changed |= {at["fact", j] for j, *_ in (*effects.facts, *effects.options)}
        needed = behind(program, wanted)
        again = [place for place in touched(program, changed) if place in needed] if changed else []
        cache[action, key] = steps_at(program, again)
    changed_run = run.changed(effects.on(run.world))
    reevaluate(changed_run, cache[action, key])
    return changed_run
