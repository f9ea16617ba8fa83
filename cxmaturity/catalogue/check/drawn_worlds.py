"""What does not come up in many drawn worlds: rules, phases, levels, bands; what actions achieve.

Nothing here is proved: it was not seen among the worlds that were drawn, which are the same for the
same seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cxmaturity.catalogue.check.message import Message, Subject
from cxmaturity.catalogue.check.sampling import Sampler, levels_of, world_at
from cxmaturity.catalogue.check.world_words import described
from cxmaturity.catalogue.check.written import is_constant, reached_by_actions
from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.columns import Results, Wanted, Worlds, evaluate
from cxmaturity.engine.effects import effects_of
from cxmaturity.engine.program import Node, Program, State
from cxmaturity.engine.spelling import spell
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_

_WANTED: frozenset[Wanted] = frozenset({"levels", "scores", "phase", "rules", "expressions"})
_AFTER: frozenset[Wanted] = frozenset({"phase", "rules", "expressions"})


@dataclass(slots=True)
class Seen:
    """What has come up so far."""

    worlds: int = 0
    fired: Any = None
    failed: Any = None
    phases: set[int] = field(default_factory=set)
    levels: dict[int, set[int]] = field(default_factory=dict)
    bands: set[tuple[int, int]] = field(default_factory=set)

    def add(self, program: Program, results: Results) -> None:
        """Take in one block."""
        self.worlds += results.count
        assert results.fired is not None  # noqa: S101 - wanted
        assert results.undetermined is not None  # noqa: S101 - wanted
        fired = results.fired.any(axis=1)
        failed = (~results.fired & ~results.undetermined).any(axis=1)
        self.fired = fired if self.fired is None else self.fired | fired
        self.failed = failed if self.failed is None else self.failed | failed
        self.phases.update(np.unique(np.asarray(results.at_least)).tolist())
        self._levels(program, results)
        self._bands(program, results)

    def _levels(self, program: Program, results: Results) -> None:
        assert results.leaf_level is not None  # noqa: S101 - wanted
        assert results.leaf_state is not None  # noqa: S101 - wanted
        for i, leaf in enumerate(program.leaves):
            if leaf.caps:
                valued = results.leaf_state[i] == State.VALUE
                found = np.unique(results.leaf_level[i][valued]).tolist()
                self.levels.setdefault(i, set()).update(found)

    def _bands(self, program: Program, results: Results) -> None:
        assert results.score is not None  # noqa: S101 - wanted
        assert results.node_state is not None  # noqa: S101 - wanted
        for n, node in enumerate(program.nodes):
            if node.bands:
                scores = results.score[n][results.node_state[n] == State.VALUE]
                self.bands.update((n, int(b)) for b in np.unique(_band_numbers(node, scores)))


def _band_numbers(node: Node, scores: Any) -> Any:  # noqa: ANN401 - a column
    """Number of the last band that holds, −1 for none."""
    number = np.full(scores.shape, -1)
    for index, band in enumerate(node.bands):
        if band.above is not None:
            holds = scores > band.above
        else:
            holds = scores >= (node.range[0] if band.from_ is None else band.from_)
        number = np.where(holds, index, number)
    return number


def drawn(subject: Subject, sampler: Sampler, count: int) -> Iterator[Message]:
    """What did not come up in so many worlds, and what all actions together achieve."""
    program = subject.program
    seen = Seen()
    actions = _Actions() if program.actions else None
    for number, worlds in enumerate(sampler.blocks(count)):
        results = evaluate(program, worlds, _WANTED)
        seen.add(program, results)
        if actions is not None and number == 0:
            actions.look(program, worlds, results)
    yield from _not_seen(subject, seen)
    if actions is not None:
        yield from actions.messages(subject)


def _not_seen(subject: Subject, seen: Seen) -> Iterator[Message]:
    program = subject.program
    for r, entry in enumerate(program.rules):
        path = ("rules", entry.id, "when")
        if entry.truth is None or is_constant(program, entry.truth):
            continue
        if not seen.fired[r]:
            what = N_("{rule} fired in none of {count} drawn worlds")
        elif not seen.failed[r]:
            what = N_("{rule} fired in every one of {count} drawn worlds that decide it")
        else:
            continue
        yield subject.say(
            "warning", "not_seen", "not_seen", what, path, "", rule=entry.id, count=seen.worlds
        )
    for number, phase in enumerate(program.phase_ids, start=1):
        if number not in seen.phases:
            what = N_("the phase '{phase}' was attained in none of {count} drawn worlds")
            path = ("phases", phase, "gate")
            yield subject.say(
                "warning", "not_seen", "not_seen", what, path, "", phase=phase, count=seen.worlds
            )
    yield from _levels_not_seen(subject, seen)
    for n, node in enumerate(program.nodes):
        for index, band in enumerate(node.bands):
            if (n, index) not in seen.bands:
                what = N_("'{node}' was in the band '{band}' in none of {count} drawn worlds")
                place = (*subject.node(node.id), "bands", index)
                yield subject.say(
                    "warning", "not_seen", "not_seen", what, place, "",
                    node=node.id, band=band.id, count=seen.worlds,
                )  # fmt: skip


def _levels_not_seen(subject: Subject, seen: Seen) -> Iterator[Message]:
    for i, found in seen.levels.items():
        leaf = subject.program.leaves[i]
        missing = [x for state, x in levels_of(leaf) if state == State.VALUE and x not in found]
        if missing:
            what = N_("'{path}' was at {levels} after caps in none of {count} drawn worlds")
            yield subject.say(
                "warning", "not_seen", "not_seen", what, subject.indicator(leaf.path), "",
                path=leaf.path, levels=", ".join(map(decimal_text, missing)), count=seen.worlds,
            )  # fmt: skip


# all actions done ---------------------------------------------------------------------------------


def all_done(program: Program, worlds: Worlds) -> Worlds:
    """The worlds when every action is done, in the rubric's order."""
    done = Worlds(
        worlds.count, list(worlds.leaf_state), list(worlds.leaf_level), list(worlds.fact_value),
        list(worlds.fact_state), list(worlds.grade), worlds.leaf_target, worlds.node_target,
        worlds.weights, worlds.figures,
    )  # fmt: skip
    put: Any = done
    for effect in effects_of(program).values():
        for i, level in effect.levels:
            held = np.where(
                np.asarray(done.leaf_state[i]) == State.VALUE, done.leaf_level[i], level
            )
            put.leaf_state[i], put.leaf_level[i] = int(State.VALUE), np.maximum(held, level)
        for i, grade in effect.grades:
            put.grade[i] = np.maximum(done.grade[i], np.int8(grade))
        for j, state, value in effect.facts:
            put.fact_state[j], put.fact_value[j] = state, value
        for j, mask in effect.options:
            put.fact_value[j] = np.asarray(done.fact_value[j]) | mask
            put.fact_state[j] = int(State.VALUE)
    return done


@dataclass(slots=True)
class _Actions:
    """What all actions together achieve in the first block."""

    count: int = 0
    attained: int = 0
    example: str = ""
    stuck_clauses: list[tuple[str, int]] = field(default_factory=list)
    stuck_caps: list[str] = field(default_factory=list)

    def look(self, program: Program, worlds: Worlds, before: Results) -> None:
        """Evaluate the worlds with every action done."""
        after = evaluate(program, all_done(program, worlds), _AFTER)
        assert after.at_least is not None  # noqa: S101 - wanted
        assert before.sure is not None  # noqa: S101 - wanted
        assert after.sure is not None  # noqa: S101 - wanted
        reached = after.at_least == len(program.gates)
        self.count, self.attained = worlds.count, int(reached.sum())
        if not reached.all():
            world = world_at(program, worlds, int(np.argmin(reached)))
            self.example = described(program, world)
        for phase, gate in zip(program.phase_ids, program.gates, strict=True):
            for index in dict.fromkeys(conjuncts(program, gate)):
                failing = ~before.sure[index]
                if failing.any() and not after.sure[index][failing].any():
                    self.stuck_clauses.append((phase, index))
        assert before.fired is not None  # noqa: S101 - wanted
        assert after.fired is not None  # noqa: S101 - wanted
        for r, entry in enumerate(program.rules):
            fired = before.fired[r]
            if entry.rule.cap and fired.any() and after.fired[r][fired].all():
                self.stuck_caps.append(entry.id)

    def messages(self, subject: Subject) -> Iterator[Message]:
        """What actions could not move, and how often the last phase was attained."""
        program = subject.program
        for phase, index in self.stuck_clauses:
            if reached_by_actions(program, index):
                what = N_("all actions together make this clause hold in no drawn world: {clause}")
                yield subject.say(
                    "warning", "not_seen", "no_action", what, ("phases", phase, "gate"), "",
                    clause=spell(program, index),
                )  # fmt: skip
        truths = {entry.id: entry.truth for entry in program.rules}
        for rule in self.stuck_caps:
            truth = truths[rule]
            if truth is not None and reached_by_actions(program, truth):
                what = N_("in every drawn world {rule} caps as before when all actions are done")
                yield subject.say(
                    "warning", "not_seen", "no_action", what, ("rules", rule, "cap"), "", rule=rule
                )
        if self.attained < self.count:
            what = N_(
                "with all actions done, '{phase}' is attained in {attained} of {count} drawn worlds"
            )
            yield subject.say(
                "note", "shown", "actions_fall_short", what,
                ("phases", program.phase_ids[-1], "gate"), N_("not for example from: {world}"),
                phase=program.phase_ids[-1], attained=self.attained, count=self.count,
                world=self.example,
            )  # fmt: skip
