"""The product's engine on the plain tables that the independent evaluator takes.

Results come out in the evaluator's words, so that one comparison holds them equal.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cxmaturity.catalogue.draft import Draft
from cxmaturity.catalogue.origins import Origin, Origins
from cxmaturity.catalogue.settings import attach_settings
from cxmaturity.combine import BUILT_IN as METHODS
from cxmaturity.engine.bounds import Bounds
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.operations import behaviour_number
from cxmaturity.engine.profile import profile_rows
from cxmaturity.engine.program import Cap, Node, Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from cxmaturity.engine.spelling import phase_name
from cxmaturity.hookspecs import Registry
from cxmaturity.kinds import BUILT_IN as KINDS
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.exact import MILLION, divide, to_micro
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.toml import TomlDocument

Table = dict[str, Any]

REGISTRY = Registry({kind.name: kind for kind in KINDS}, {m.name: m for m in METHODS})
NOWHERE = Origins(Origin(TomlDocument("rubric.toml", {}, "")))
STATES = {
    State.VALUE: "answered",
    State.UNANSWERED: "unanswered",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "not_applicable",
    State.NOT_ASKED: "not_asked",
}
NODE_STATES = {
    State.VALUE: "scored",
    State.UNANSWERED: "none",
    State.NOT_APPLICABLE: "not_applicable",
    State.NOT_ASKED: "not_applicable",
}


# tables → engine --------------------------------------------------------------------------------


def rubric_of(table: Table) -> Rubric:
    """The rubric of a table, with the settings of its kinds and methods."""
    rubric = Rubric.model_validate(table)
    problems = list(attach_settings(Draft(rubric, REGISTRY, table, NOWHERE)))
    assert not problems
    return rubric


def program_of(table: Table, world: Table | None = None) -> Program:
    """The program of a table for the scope of a world."""
    return compile_rubric(rubric_of(table), REGISTRY, scope_of(world or {}))


def scope_of(world: Table) -> Scope:
    """The modules, profile and weights of a world."""
    weights = {path: to_micro(weight) for path, weight in world.get("weights", {}).items()}
    return Scope(world.get("profile"), frozenset(world.get("modules", ())), weights)


def answers_of(world: Table) -> Answers:
    """The answers of a world in the product's own grammar."""
    return Answers(
        {path: raw_of(answer) for path, answer in world.get("answers", {}).items()},
        {key: raw_of(answer) for key, answer in world.get("facts", {}).items()},
        world.get("grades", {}),
        {path: to_micro(target) for path, target in world.get("targets", {}).items()},
    )


def raw_of(answer: Any) -> Any:
    """One answer in the product's grammar."""
    return f"na:{answer['not_applicable']}" if isinstance(answer, Mapping) else answer


def inputs_of(program: Program, world: Table) -> World:
    """The inputs of a world."""
    return world_of(program, answers_of(world))


def run_of(table: Table, world: Table) -> tuple[Program, Run]:
    """A world evaluated."""
    program = program_of(table, world)
    return program, evaluate(program, inputs_of(program, world))


# engine → the evaluator's words -----------------------------------------------------------------


def result_of(table: Table, world: Table) -> Table:
    """What the engine finds, in the words of ``tests.reference.evaluator.evaluate``."""
    return in_words(*run_of(table, world))


def in_words(program: Program, run: Run) -> Table:
    """A run in the words of the independent evaluator."""
    rows = profile_rows(program, run)
    index = program.node_index
    overall = len(program.nodes) - 1
    asked = {rule.id: run.expr[rule.truth] for rule in program.rules if rule.truth is not None}
    score, scale = run.node_final[overall], program.nodes[overall].scale
    return {
        "indicators": {leaf.path: _leaf(program, run, i) for i, leaf in enumerate(program.leaves)},
        "facts": {fact.id: _fact(program, run, j) for j, fact in enumerate(program.facts)},
        "dimensions": {
            name: _node(program, run, rows, index[name])
            for name in program.rubric.dimensions
            if name in index
        },
        "overall": _node(program, run, rows, overall),
        "index": None
        if score is None
        else divide(100 * MILLION * (score - scale[0]), scale[1] - scale[0]),
        "phase": {
            "id": _phase(program, run.at_least),
            "at_least": _phase(program, run.at_least),
            "at_most": _phase(program, run.at_most),
        },
        "gates": {
            name: run.expr[gate]
            for name, gate in zip(program.phase_ids, program.gates, strict=True)
        },
        "behaviour": _behaviour(program, run, overall),
        "rules": asked,
        "fired": [name for name, truth in asked.items() if truth],
        "undetermined": [name for name, truth in asked.items() if truth is None],
        "not_asked": [rule.id for rule in program.rules if rule.truth is None],
    }


def _leaf(program: Program, run: Run, i: int) -> Table:
    leaf = program.leaves[i]
    evidenced = run.leaf_evidenced[i] if leaf.ceilings else run.leaf_final[i]
    return {
        "state": STATES[State(run.leaf_state[i])],
        "level": run.leaf_final[i],
        "raw": run.leaf_raw[i],
        "evidenced": evidenced,
        "caps": _caps(run, leaf.caps, run.leaf_raw[i], run.leaf_final[i]),
    }


def _caps(run: Run, caps: tuple[Cap, ...], raw: int | None, final: int | None) -> Table:
    if raw is None:
        return {}
    return {
        cap.rule: {"limit": cap.limit, "binds": cap.limit == final}
        for cap in caps
        if run.expr[cap.truth] and cap.limit < raw
    }


def _fact(program: Program, run: Run, j: int) -> object:
    value, domain = run.fact[j], program.facts[j].domain
    if value is None or domain.type in ("number", "truth", "text"):
        return value
    if domain.type == "option":
        return domain.options[value]
    return sorted(option for n, option in enumerate(domain.options) if value >> n & 1)


def _node(program: Program, run: Run, rows: list[Any], i: int) -> Table:
    node = program.nodes[i]
    has_ceilings = bool(program.rubric.evidence_ceilings)
    return {
        "state": NODE_STATES[State(run.node_state[i])],
        "score": run.node_final[i],
        "raw": run.node_raw[i],
        "evidenced": run.node_evidenced[i] if has_ceilings else run.node_final[i],
        "coverage": run.coverage[i],
        "scale": node.scale,
        "profile": list(rows[i]) if rows and rows[i] else None,
        "phase": _behaviour(program, run, i),
        "band": _band(node, run.node_final[i]),
        "caps": _caps(run, node.caps, run.node_raw[i], run.node_final[i]),
    }


def _behaviour(program: Program, run: Run, i: int) -> str | None:
    has_profile = program.rubric.scale == (0, len(program.phase_ids) * MILLION)
    if program.nodes[i].scale != program.rubric.scale or not has_profile:
        return None
    number = behaviour_number(program, run.node_final[i])
    return None if number is None else phase_name(program, number)


def _band(node: Node, score: int | None) -> str | None:
    if score is None:
        return None
    reached = [
        band.id
        for band in node.bands
        if (band.from_ is None or score >= band.from_)
        and (band.above is None or score > band.above)
    ]
    return reached[-1] if reached else None


def _phase(program: Program, number: int) -> str | None:
    return program.phase_ids[number - 1] if number else None


# comparing --------------------------------------------------------------------------------------


def comparable(expected: Table) -> Table:
    """The independent evaluator's result, without what only a scorecard says."""
    known = {key: value for key, value in expected.items() if key not in ("conditions", "caps")}
    indicators = {
        path: {**found, "state": {"unscored": "not_asked"}.get(found["state"], found["state"])}
        for path, found in known["indicators"].items()
    }
    phase = {key: value for key, value in known["phase"].items() if key != "provisional"}
    return {**known, "indicators": indicators, "phase": phase}


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Where two results differ, in words."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key in dict.fromkeys([*expected, *found]):
            yield from differences(expected.get(key), found.get(key), f"{path}/{key}")
    elif expected != found:
        yield f"{path}: expected {expected!r}, found {found!r}"


def contains(ends: tuple[int, int] | None, value: int | None) -> bool:
    """Whether bounds contain a value; without a value there is nothing to contain."""
    return value is None or (ends is not None and ends[0] <= value <= ends[1])


def outside(program: Program, bounds: Bounds, run: Run) -> list[str]:
    """What of a completion lies outside the bounds."""
    wrong = [
        f"{leaf.path}: {run.leaf_final[i]} not in {bounds.leaves[i]}"
        for i, leaf in enumerate(program.leaves)
        if not contains(bounds.leaves[i], run.leaf_final[i])
    ]
    wrong += [
        f"{node.id}: {run.node_final[i]} not in {bounds.nodes[i]}"
        for i, node in enumerate(program.nodes)
        if not contains(bounds.nodes[i], run.node_final[i])
    ]
    low, high = bounds.phase
    return wrong if low <= run.at_least <= high else [*wrong, f"phase {run.at_least}: {low}…{high}"]
