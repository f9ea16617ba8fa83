"""The pipeline on one page: a program and answers in, a scorecard with its trace out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
from cxmaturity.engine.shown import HeardLevel, Resting, resting, rounded_bounds, shown_run
from cxmaturity.engine.tracing import trace_of
from cxmaturity.model.answers import Answers
from cxmaturity.model.exact import from_micro, to_micro
from cxmaturity.model.scorecard import (
    EngagementInfo,
    MeasureCard,
    Provenance,
    RubricInfo,
    Scorecard,
)

if TYPE_CHECKING:
    from cxmaturity.engine.people.hearing import Heard

ROUNDING = "millionths, half up"
ROUNDING_HEARD = f"{ROUNDING}; what rests on respondents one decimal"


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
    program: Program,
    answers: Answers,
    about: About | None = None,
    *,
    heard: Heard | None = None,
    measures: Sequence[MeasureCard] = (),
    trace: bool = True,
) -> Scorecard:
    """Everything scoring returns; raises InputError with every answer that cannot be read.

    ``heard`` is what respondents say, already behind the gate of what may be shown; ``measures``
    are the cards of the figures that ``answers.figures`` holds.
    """
    about = about or About()
    world = world_of(program, answers)
    levels = {}
    if heard:
        from cxmaturity.engine.people.joining import listen, with_people

        levels = listen(program, world, heard)
    reading = read(program, world, levels)
    fired = {
        entry.id: entry.rule.severity
        for entry in program.rules
        if entry.rule.severity and entry.truth is not None and reading.run.expr[entry.truth]
    }
    rubric = program.rubric
    card = Scorecard(
        engagement=about.engagement,
        rubric=RubricInfo(rubric.id, rubric.version, rubric.title, about.sha256, about.pinned),
        provenance=_provenance(program, answers, about, reading, heard),
        phase=phase_card(reading),
        overall=overall_card(reading, about.baseline),
        index=index_card(reading),
        dimensions=dimension_cards(reading, about.baseline),
        findings=finding_cards(reading),
        undetermined=undetermined_cards(reading),
        not_asked=tuple(entry.id for entry in program.rules if entry.truth is None),
        recommendations=recommend(program, reading.run, fired),
        targets=targets_card(reading),
        people=heard.info if heard else None,
        measures=tuple(measures),
        trace=trace_of(program, reading.shown, answers.ratings, reading.resting) if trace else None,
    )
    return with_people(card, heard) if heard else card


def read(program: Program, world: World, heard: Mapping[int, HeardLevel] | None = None) -> Reading:
    """One world evaluated in every way that a scorecard shows.

    ``heard`` are the indicators, by index, whose levels respondents gave.
    """
    run = evaluate(program, world)
    rests = resting(program, run, heard or {})
    shown = shown_run(program, run, rests)
    pessimistic = blank(program, world)
    pessimistic.open_caps_bite = True
    for step in all_steps(program):
        step(pessimistic)
    return Reading(
        program=program,
        run=run,
        shown=shown,
        resting=rests,
        bounds=rounded_bounds(best_bounds(program, world), rests),
        rows=profile_rows(program, shown),
        provisional_leaves=_differ(run.leaf_final, pessimistic.leaf_final),
        provisional_nodes=_differ(run.node_final, pessimistic.node_final),
        target_run=_target_run(program, world, rests),
    )


def _differ(as_is: list[int | None], other: list[int | None]) -> tuple[bool, ...]:
    return tuple(a != b for a, b in zip(as_is, other, strict=True))


def _target_run(program: Program, world: World, rests: Resting) -> list[int | None] | None:
    """Scores of the world in which every indicator target is reached; None without targets."""
    if all(target is None for target in world.leaf_target):
        return None
    reached = world.copy()
    for i, target in enumerate(world.leaf_target):
        if target is not None:
            reached.leaf_state[i], reached.leaf_level[i] = 0, target
    return shown_run(program, evaluate(program, reached), rests).node_final


def _provenance(
    program: Program, answers: Answers, about: About, reading: Reading, heard: Heard | None
) -> Provenance:
    not_counted = [
        leaf.path
        for i, leaf in enumerate(program.leaves)
        if reading.run.leaf_state[i] != reading.run.world.leaf_state[i]
        and reading.run.world.leaf_state[i] == 0
    ]
    return Provenance(
        engine=about.engine,
        inputs_sha256=inputs_digest(program, answers, heard),
        rounding=ROUNDING_HEARD if reading.resting.leaves else ROUNDING,
        n_min=heard.info.n_min if heard else program.rubric.n_min,
        orphaned=about.orphaned,
        not_counted=tuple(not_counted),
        undated_evidence=about.undated,
        aged_evidence=about.aged,
    )


def inputs_digest(program: Program, answers: Answers, heard: Heard | None = None) -> str:
    """SHA-256 over everything that went in beside the rubric, whatever its order.

    Of respondents only what may be shown goes in: a digest of a few answers could be guessed.
    """
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
    if answers.figures:
        inputs["figures"] = _sorted(answers.figures)
    if heard:
        from cxmaturity.engine.people.joining import published

        inputs["heard"] = published(heard)
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
