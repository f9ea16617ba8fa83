"""The pipeline on one page: a program and answers in, a scorecard with its trace out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from cxmaturity.engine.actions import recommend
from cxmaturity.engine.cards import (
    dimension_cards,
    finding_cards,
    index_card,
    overall_card,
    phase_card,
    targets_card,
    undetermined_cards,
)
from cxmaturity.engine.completions import best_bounds
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.profile import profile_rows
from cxmaturity.engine.program import Program, World
from cxmaturity.engine.reading import Reading
from cxmaturity.engine.run import blank
from cxmaturity.engine.scalar import all_steps, evaluate
from cxmaturity.engine.tracing import trace_of
from cxmaturity.model.answers import Answers
from cxmaturity.model.exact import from_micro, to_micro
from cxmaturity.model.scorecard import (
    EngagementInfo,
    Provenance,
    RubricInfo,
    Scorecard,
)


@dataclass(frozen=True, slots=True)
class About:
    """What a scorecard says beside the numbers: whose it is and what it rests on."""

    engagement: EngagementInfo = field(default_factory=lambda: EngagementInfo("—"))
    sha256: str = ""
    pinned: bool = False
    engine: str = ""
    aged: tuple[str, ...] = ()
    undated: int = 0
    orphaned: tuple[str, ...] = ()
    baseline: Scorecard | None = None


def score(
    program: Program, answers: Answers, about: About | None = None, *, trace: bool = True
) -> Scorecard:
    """Everything scoring returns; raises InputError with every answer that cannot be read."""
    about = about or About()
    reading = read(program, world_of(program, answers))
    fired = {
        entry.id: entry.rule.severity
        for entry in program.rules
        if entry.rule.severity and entry.truth is not None and reading.run.expr[entry.truth]
    }
    rubric = program.rubric
    return Scorecard(
        engagement=about.engagement,
        rubric=RubricInfo(rubric.id, rubric.version, rubric.title, about.sha256, about.pinned),
        provenance=_provenance(program, answers, about, reading),
        phase=phase_card(reading),
        overall=overall_card(reading, about.baseline),
        index=index_card(reading),
        dimensions=dimension_cards(reading, about.baseline),
        findings=finding_cards(reading),
        undetermined=undetermined_cards(reading),
        not_asked=tuple(entry.id for entry in program.rules if entry.truth is None),
        recommendations=recommend(program, reading.run, fired),
        targets=targets_card(reading),
        trace=trace_of(program, reading.run, answers.ratings) if trace else None,
    )


def read(program: Program, world: World) -> Reading:
    """One world evaluated in every way that a scorecard shows."""
    run = evaluate(program, world)
    pessimistic = blank(program, world)
    pessimistic.open_caps_bite = True
    for step in all_steps(program):
        step(pessimistic)
    return Reading(
        program=program,
        run=run,
        bounds=best_bounds(program, world),
        rows=profile_rows(program, run),
        provisional_leaves=_differ(run.leaf_final, pessimistic.leaf_final),
        provisional_nodes=_differ(run.node_final, pessimistic.node_final),
        target_run=_target_run(program, world),
    )


def _differ(as_is: list[int | None], other: list[int | None]) -> tuple[bool, ...]:
    return tuple(a != b for a, b in zip(as_is, other, strict=True))


def _target_run(program: Program, world: World) -> list[int | None] | None:
    """Scores of the world in which every indicator target is reached; None without targets."""
    if all(target is None for target in world.leaf_target):
        return None
    reached = world.copy()
    for i, target in enumerate(world.leaf_target):
        if target is not None:
            reached.leaf_state[i], reached.leaf_level[i] = 0, target
    return evaluate(program, reached).node_final


def _provenance(program: Program, answers: Answers, about: About, reading: Reading) -> Provenance:
    not_counted = [
        leaf.path
        for i, leaf in enumerate(program.leaves)
        if reading.run.leaf_state[i] != reading.run.world.leaf_state[i]
        and reading.run.world.leaf_state[i] == 0
    ]
    return Provenance(
        engine=about.engine,
        inputs_sha256=inputs_digest(program, answers),
        n_min=program.rubric.n_min,
        orphaned=about.orphaned,
        not_counted=tuple(not_counted),
        undated_evidence=about.undated,
        aged_evidence=about.aged,
    )


def inputs_digest(program: Program, answers: Answers) -> str:
    """SHA-256 over everything that went in beside the rubric, whatever its order."""
    scope = program.scope
    inputs = {
        "ratings": _sorted(answers.ratings),
        "facts": _sorted(answers.facts),
        "grades": _sorted(answers.grades),
        "targets": _sorted(answers.targets),
        "profile": scope.profile,
        "modules": sorted(scope.modules),
        "weights": _sorted(scope.weights),
    }
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _sorted(values: Mapping[str, object]) -> dict[str, object]:
    return {key: _canonical(values[key]) for key in sorted(values)}


def _canonical(raw: object) -> object:
    if isinstance(raw, bool | str) or raw is None:
        return raw
    if isinstance(raw, list | tuple):
        return sorted(str(item) for item in raw)
    return from_micro(to_micro(raw))
