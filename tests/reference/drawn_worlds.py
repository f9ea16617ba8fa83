"""Worlds for a generated rubric: what was answered, and what could still be answered."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.reference.amounts import Scale
from tests.reference.answers import GRADES, Answers
from tests.reference.drawing import Die
from tests.reference.drawn_questions import draw_answer, draw_state
from tests.reference.questions import level_of
from tests.reference.structure import Structure

Rubric = Mapping[str, Any]
World = dict[str, Any]

NO_SCALE = Scale(Fraction(0), Fraction(1))
"""Facts have no levels; their answers are drawn without one."""
TRIES = 6


@st.composite
def world(draw: st.DrawFn, rubric: Rubric) -> World:
    """A world of the rubric; only questions of modules that are on are answered."""
    die = Die(draw)
    modules = list(rubric["modules"]) if rubric["modules"] and die.chance(60) else []
    structure = Structure(rubric, {"modules": modules})
    drawn: World = {"modules": modules, "answers": {}, "facts": {}, "grades": {}}
    for path in structure.indicators:
        answer = draw_state(die, structure.settings(path), structure.scale_of(path))
        if answer is not None:
            drawn["answers"][path] = answer
        if die.chance(30):
            drawn["grades"][path] = die.pick(GRADES)
    for key in structure.facts:
        answer = draw_state(die, structure.settings(f"fact.{key}"), NO_SCALE)
        if answer is not None:
            drawn["facts"][key] = answer
    _add_choices(die, structure, drawn)
    return drawn


def _add_choices(die: Die, structure: Structure, drawn: World) -> None:
    """What the engagement decides: its profile, replaced weights and targets."""
    paths = [*structure.dimensions, *structure.indicators]
    if structure.rubric.get("profiles") and die.chance(50):
        drawn["profile"] = die.pick(list(structure.rubric["profiles"]))
    if die.chance(25):
        weighed = [path for path in paths if structure.weight(path) is not None]
        chosen = [die.pick(weighed) for _ in range(die.number(1, 2))]
        drawn["weights"] = {path: _weight(die, structure, path) for path in chosen}
    if die.chance(25):
        chosen = [die.pick(paths) for _ in range(die.number(1, 2))]
        drawn["targets"] = {path: die.within(structure.scale_of(path)) for path in chosen}


def _weight(die: Die, structure: Structure, path: str) -> int:
    """A whole weight; the first part of a node, which is always there, weighs something."""
    first = structure.parts(structure.parent(path))[0] == path
    return die.pick((1, 2, 5) if first else (1, 0, 2, 5))


@st.composite
def completion(draw: st.DrawFn, rubric: Rubric, given: World) -> World:
    """The world with every open indicator and fact answered with a value.

    Open is what is absent or unknown and in no module that is off.  Not-applicable answers stay,
    and so does the evidence of what was answered; a newly answered indicator may get any grade.
    """
    die = Die(draw)
    structure = Structure(rubric, given)
    drawn: World = {**given, **{key: dict(given[key]) for key in ("answers", "facts", "grades")}}
    for path in structure.indicators:
        if given["answers"].get(path, "unknown") == "unknown":
            scale = structure.scale_of(path)
            drawn["answers"][path] = draw_answer(die, structure.settings(path), scale)
            drawn["grades"][path] = die.pick(GRADES)
    for key in structure.facts:
        if given["facts"].get(key, "unknown") == "unknown":
            drawn["facts"][key] = draw_answer(die, structure.settings(f"fact.{key}"), NO_SCALE)
    return drawn


@st.composite
def improvement(draw: st.DrawFn, rubric: Rubric, given: World) -> World:
    """The world with some answers replaced by answers of at least the same level.

    Evidence may become better too.  The same questions are answered before and after.
    """
    die = Die(draw)
    structure = Structure(rubric, given)
    drawn: World = {**given, **{key: dict(given[key]) for key in ("answers", "grades")}}
    for path in structure.indicators:
        old = Answers(structure, given).indicator(path).level
        if old is None or not die.chance(50):
            continue
        settings, scale = structure.settings(path), structure.scale_of(path)
        for _ in range(TRIES):
            answer = draw_answer(die, settings, scale)
            level = level_of(settings, answer, scale)
            if level is not None and level >= old:
                drawn["answers"][path] = answer
                break
        grade = GRADES.index(given["grades"].get(path, GRADES[0]))
        drawn["grades"][path] = die.pick(GRADES[grade:])
    return drawn


@st.composite
def reordering(draw: st.DrawFn, rubric: Rubric) -> dict[str, Any]:
    """The same rubric with its unordered tables written in another order (phases keep theirs)."""
    shuffled = {
        key: _shuffled(draw, rubric[key])
        for key in ("dimensions", "facts", "conditions", "rules")
        if key in rubric
    }
    for key, table in shuffled["dimensions"].items():
        indicators = _shuffled(draw, table.get("indicators", {}))
        shuffled["dimensions"][key] = {**table, "indicators": indicators}
    return {**rubric, **shuffled}


def _shuffled(draw: st.DrawFn, table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in draw(st.permutations(list(table)))}
