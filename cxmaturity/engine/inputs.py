"""Answers → world: raw answers are read by their kinds and become levels, states and values.

All that is wrong is found at once.  Answers to what the rubric does not have are *orphaned*: kept
by the store, not scored, and listed by whoever asks :func:`orphans`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import FactInput, Leaf, Program, State, World
from cxmaturity.errors import InputError, PluginError, Problem, Where
from cxmaturity.hookspecs import Interval, QuestionKind
from cxmaturity.model.answers import Answers, is_not_applicable, is_unknown, reason_of
from cxmaturity.model.exact import decimal_text, to_micro
from cxmaturity.model.rubric import GRADES, REASONS
from cxmaturity.text.messages import N_

FACT = "fact."


def world_of(program: Program, answers: Answers) -> World:
    """The world of one organisation's answers; raises InputError with every wrong answer."""
    problems = _unknown_paths(program, answers)
    world = empty_world(program)
    for path, raw in answers.ratings.items():
        if path in program.leaf_index:
            _collect(problems, path, lambda p=path, r=raw: set_rating(program, world, p, r))
    for name, raw in answers.facts.items():
        if name in program.fact_index:
            _collect(problems, FACT + name, lambda n=name, r=raw: set_fact(program, world, n, r))
    for path, grade in answers.grades.items():
        if path in program.leaf_index:
            _collect(problems, path, lambda p=path, g=grade: _set_grade(program, world, p, g))
    for path, target in answers.targets.items():
        problems += _set_target(program, world, path, target)
    world.figures, wrong = _figures(program, answers.figures)
    problems += wrong
    if problems:
        raise InputError(problems)
    return world


def _set_grade(program: Program, world: World, path: str, grade: object) -> None:
    if grade not in GRADES:
        msg = ", ".join(GRADES)
        raise ValueError(msg)
    world.grade[program.leaf_index[path]] = GRADES.index(grade)


def _set_target(program: Program, world: World, path: str, target: int) -> list[Problem]:
    """Put a target into a world; it lies on the scale of what it is for."""
    if path in program.leaf_index:
        i = program.leaf_index[path]
        world.leaf_target[i], scale = target, program.leaves[i].scale
    elif path in program.node_index:
        i = program.node_index[path]
        world.node_target[i], scale = target, program.nodes[i].scale
    else:
        return []
    if scale[0] <= target <= scale[1]:
        return []
    low, high = (decimal_text(end) for end in scale)
    values = {"target": decimal_text(target), "low": low, "high": high}
    what, hint = N_("the target {target} is off the scale"), N_("from {low} to {high}")
    return [Problem("off_scale", what, Where(key=f"target.{path}"), hint, values)]


def _figures(
    program: Program, given: Mapping[str, object]
) -> tuple[dict[str, object], list[Problem]]:
    """What people and data say, as expressions hold it; what no rule reads is left out.

    Figures lie in the range that the rubric declares: whatever is computed with them rests on it.
    """
    read = {str(e.data): e for e in program.exprs if e.op == "figure"}
    found: dict[str, object] = {}
    problems = []
    for key, raw in given.items():
        if key not in read:
            continue
        value = _figure(read[key], raw)
        if value is not None:
            found[key] = value
            continue
        low, high = (decimal_text(end) for end in read[key].range)
        what = N_("lies outside of what the rubric declares, {low} to {high}")
        if read[key].type == "truth":
            what = N_("true or false is wanted")
        values = {"low": low, "high": high}
        problems.append(Problem("off_scale", what, Where(key=key), "", values))
    return found, problems


def _figure(expr: Expr, raw: object) -> object | None:
    if expr.type == "truth":
        return raw if isinstance(raw, bool) else None
    try:
        value = to_micro(raw)
    except ValueError:
        return None
    low, high = expr.range
    return value if low <= value <= high else None


def empty_world(program: Program) -> World:
    """Nothing answered, everything claimed, the rubric's weights."""
    leaves, facts = len(program.leaves), len(program.facts)
    unanswered = int(State.UNANSWERED)
    return World(
        [unanswered] * leaves, [0] * leaves, [None] * facts, [unanswered] * facts,
        [0] * leaves, [None] * leaves, [None] * len(program.nodes), program.default_weights,
    )  # fmt: skip


def set_rating(program: Program, world: World, path: str, raw: object) -> None:
    """Put a raw answer of an indicator into a world; raises ValueError with what is allowed.

    Where its plugin fails it stands as failed, and what depends on it gets no score.
    """
    i = program.leaf_index[path]
    try:
        state, level = read_rating(program.leaves[i], raw)
    except PluginError:
        state, level = int(State.FAILED), 0
    world.leaf_state[i] = state
    world.leaf_level[i] = level


def read_rating(leaf: Leaf, raw: object) -> tuple[int, int]:
    """State and level of a raw answer; raises ValueError with what is allowed."""
    special = _special(raw)
    if special is not None:
        return special, 0
    assert leaf.kind.level is not None  # noqa: S101 - said when the rubric was laid out
    answer = leaf.kind.read(leaf.settings, leaf.scale, raw)
    level = leaf.kind.level(leaf.settings, leaf.scale, answer)
    return (int(State.NOT_ASKED), 0) if level is None else (int(State.VALUE), level)


def set_fact(program: Program, world: World, name: str, raw: object) -> None:
    """Put a raw answer of a fact into a world; raises ValueError with what is allowed."""
    j = program.fact_index[name]
    try:
        state, value = read_fact(program.facts[j], raw)
    except PluginError:
        state, value = int(State.FAILED), None
    world.fact_state[j], world.fact_value[j] = state, value


def read_fact(fact: FactInput, raw: object) -> tuple[int, Any]:
    """State and value, as expressions hold it, of a raw answer."""
    special = _special(raw)
    if special == State.NOT_APPLICABLE and fact.if_not_applicable is not None:
        return int(State.VALUE), fact.if_not_applicable
    if special is not None:
        return special, None
    return int(State.VALUE), read_operand(fact.kind, fact.settings, fact.scale, raw)


def read_operand(kind: QuestionKind, settings: Any, scale: Interval, raw: object) -> Any:  # noqa: ANN401
    """A raw answer of a fact as expressions hold it; raises ValueError with what is allowed."""
    answer: Any = kind.read(settings, scale, raw)
    domain = kind.domain(settings, scale)
    if domain.type == "number" and kind.widget == "scale" and kind.level is not None:
        return kind.level(settings, scale, answer)
    if domain.type == "option":
        return domain.options.index(answer)
    if domain.type == "options":
        return sum(1 << domain.options.index(option) for option in answer)
    return answer


def _special(raw: object) -> int | None:
    if raw is None:
        return int(State.UNANSWERED)
    if is_unknown(raw):
        return int(State.UNKNOWN)
    if is_not_applicable(raw):
        if reason_of(raw) is None:
            msg = ", ".join(f"na:{reason}" for reason in REASONS)
            raise ValueError(msg)
        return int(State.NOT_APPLICABLE)
    return None


def _collect(problems: list[Problem], path: str, put: Any) -> None:  # noqa: ANN401 - a thunk
    try:
        put()
    except ValueError as error:
        what = N_("'{path}' cannot be answered like this; allowed: {allowed}")
        values = {"path": path, "allowed": str(error)}
        problems.append(Problem("bad_answer", what, Where(key=path), "", values))


def _unknown_paths(program: Program, answers: Answers) -> list[Problem]:
    """Paths that the whole rubric does not know; what only belongs to a module off is kept."""
    rubric = program.rubric
    ratings = [f"{d}.{i}" for d, table in rubric.dimensions.items() for i in table.indicators]
    nodes = [*rubric.dimensions, "overall"]
    return [
        *_not_in(ratings, answers.ratings),
        *_not_in(ratings, answers.grades),
        *_not_in([*ratings, *nodes], answers.targets),
        *_not_in(list(rubric.facts), answers.facts, FACT),
    ]


def _not_in(known: list[str], given: Mapping[str, object], prefix: str = "") -> list[Problem]:
    return [
        unknown_path(prefix + path, [prefix + k for k in known])
        for path in given
        if path not in known
    ]


def unknown_path(path: str, known: list[str]) -> Problem:
    """The problem of a path that the rubric does not know, with the nearest ones."""
    near = difflib.get_close_matches(path, known, 3)
    hint = N_("did you mean {near}?") if near else ""
    return Problem(
        "unknown_name",
        "'{path}' is not known",
        Where(key=path),
        hint,
        {"path": path, "near": ", ".join(near)},
    )
