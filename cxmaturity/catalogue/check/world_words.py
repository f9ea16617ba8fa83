"""A world in the words of the command line: ``loop.weekly=3 fact.size=mid``.

And the part of a world that matters: what can be left unanswered without changing what it shows is
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cxmaturity.engine.program import FactInput, Program, State, World
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import GRADES

_VALUE, _UNANSWERED = int(State.VALUE), int(State.UNANSWERED)
_WORDS = {int(State.UNKNOWN): "unknown", int(State.NOT_APPLICABLE): "na"}


def described(program: Program, world: World) -> str:
    """Everything that is answered, in the rubric's order."""
    return " ".join(_parts(program, world))


def _parts(program: Program, world: World) -> Iterator[str]:
    for i, leaf in enumerate(program.leaves):
        if world.leaf_state[i] == _VALUE:
            grade = f"@{GRADES[world.grade[i]]}" if world.grade[i] else ""
            yield f"{leaf.path}={decimal_text(world.leaf_level[i])}{grade}"
        elif world.leaf_state[i] in _WORDS:
            yield f"{leaf.path}={_WORDS[world.leaf_state[i]]}"
    for j, fact in enumerate(program.facts):
        if world.fact_state[j] == _VALUE:
            yield f"fact.{fact.id}={_value(fact, world.fact_value[j])}"
        elif world.fact_state[j] in _WORDS:
            yield f"fact.{fact.id}={_WORDS[world.fact_state[j]]}"
    for key, value in world.figures.items():
        if value is not None:
            yield f"{key}={value if isinstance(value, bool) else decimal_text(value)}"


def _value(fact: FactInput, value: object) -> str:
    domain = fact.domain
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int):
        return "…"
    if domain.type == "option":
        return domain.options[value]
    if domain.type == "options":
        chosen = [option for n, option in enumerate(domain.options) if value >> n & 1]
        return ",".join(chosen) or "none"
    return decimal_text(value)


def what_matters(world: World, shows: Callable[[World], bool], keep: int | None = None) -> World:
    """The world with as little answered as still shows what it shows.

    ``keep`` is an indicator that stays as it is.
    """
    smaller = world.copy()

    def tried(change: Callable[[World], None]) -> None:
        nonlocal smaller
        candidate = smaller.copy()
        change(candidate)
        if shows(candidate):
            smaller = candidate

    for key in list(smaller.figures):
        tried(lambda w, key=key: _without_figure(w, key))  # type: ignore[misc]
    for j in range(len(world.fact_state)):
        if world.fact_state[j] != _UNANSWERED:
            tried(lambda w, j=j: _open_fact(w, j))  # type: ignore[misc]
    for i in range(len(world.leaf_state)):
        if i != keep and world.leaf_state[i] != _UNANSWERED:
            tried(lambda w, i=i: _open_leaf(w, i))  # type: ignore[misc]
        if world.grade[i]:
            tried(lambda w, i=i: w.grade.__setitem__(i, 0))  # type: ignore[misc]
    return smaller


def _without_figure(world: World, key: str) -> None:
    world.figures = {name: value for name, value in world.figures.items() if name != key}


def _open_fact(world: World, j: int) -> None:
    world.fact_state[j], world.fact_value[j] = _UNANSWERED, None


def _open_leaf(world: World, i: int) -> None:
    world.leaf_state[i], world.leaf_level[i], world.grade[i] = _UNANSWERED, 0, 0
