"""Does a scorecard follow from what it says it rests on?

A scorecard kept in an engagement is scored again where its inputs are still the same; any other is
folded: every number from the parts in its trace, and its cards from the trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxmaturity.engine.folding import refold
from cxmaturity.engine.program import OVERALL, Program
from cxmaturity.engine.score import inputs_digest
from cxmaturity.errors import CxError, InputError, Problem, Where
from cxmaturity.model.answers import Scope
from cxmaturity.model.exact import to_micro
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import PluginInfo, Scorecard, Trace
from cxmaturity.model.scorecard_data import as_data
from cxmaturity.store.ledger import read_ledger
from cxmaturity.store.results import saved_scorecards
from cxmaturity.store.verification import verify_files
from cxmaturity.text.messages import N_
from cxmaturity.workbench import LoadedRubric, Opened, Workbench
from cxmaturity.workbench.data import figures_of
from cxmaturity.workbench.engagements import answers_of
from cxmaturity.workbench.scorecards import read_scorecard

if TYPE_CHECKING:
    from cxmaturity.engine.people.hearing import Heard

COMPARED: Final = (
    "phase", "overall", "index", "dimensions", "findings", "undetermined", "not_asked",
    "recommendations", "people", "measures", "trace",
)  # fmt: skip
"""Parts of a scorecard that must come out the same from the same inputs."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, what was scored again, and what could only be folded or not at all."""

    problems: tuple[Problem, ...]
    rescored: tuple[Path, ...] = ()
    folded: tuple[Path, ...] = ()
    unchecked: tuple[Path, ...] = ()


def verify_engagement(bench: Workbench, path: Path) -> Verdict:
    """Every file of an engagement, and every kept scorecard against a new scoring."""
    problems = verify_files(path)
    try:
        opened = bench.open(path)
    except CxError as error:
        known = {(problem.code, problem.where) for problem in problems}
        found = (p for p in error.problems if (p.code, p.where) not in known)
        return Verdict((*problems, *found))
    rescored: list[Path] = []
    folded: list[Path] = []
    unchecked: list[Path] = []
    for kept in saved_scorecards(path):
        try:
            card = read_scorecard(kept)
        except CxError as error:
            problems += [p for p in error.problems if p.where.file not in _files(problems)]
            continue
        if card.rubric.sha256 != opened.loaded.sha256:
            unchecked.append(kept)
            continue
        heard = _heard(opened, card)
        if card.provenance.inputs_sha256 == _inputs(opened, card, heard):
            rescored.append(kept)
            again = _again(bench, opened, card, heard)
            problems += _other_plugins(card, again.provenance.plugins, kept)
            problems += _differences(card, again, kept)
        else:
            folded.append(kept)
            problems += _other_plugins(card, opened.loaded.needed.infos, kept)
            problems += fold_problems(_program(bench, opened.loaded, card), card, str(kept))
    return Verdict(tuple(problems), tuple(rescored), tuple(folded), tuple(unchecked))


def verify_scorecard(bench: Workbench, path: Path, against: Path | None) -> Verdict:
    """One scorecard file: folded, and against an engagement also inputs and values.

    Raises InputError when no rubric is at hand that made it.
    """
    card = read_scorecard(path)
    if against is None:
        loaded = _rubric_of(bench, card, path)
        problems = fold_problems(_program(bench, loaded, card), card, str(path))
        problems += _other_plugins(card, loaded.needed.infos, path)
        return Verdict(tuple(problems), folded=(path,))
    opened = bench.open(against)
    if card.rubric.sha256 != opened.loaded.sha256:
        return Verdict((_other("rubric", path, N_("was scored with another rubric")),))
    heard = _heard(opened, card)
    if card.provenance.inputs_sha256 != _inputs(opened, card, heard):
        return Verdict((_other("inputs", path, N_("was scored from other answers")),))
    problems = fold_problems(_program(bench, opened.loaded, card), card, str(path))
    again = _again(bench, opened, card, heard)
    problems += _other_plugins(card, again.provenance.plugins, path)
    problems += _differences(card, again, path)
    return Verdict(tuple(problems), rescored=(path,))


def fold_problems(program: Program, card: Scorecard, name: str) -> list[Problem]:
    """Every number of a scorecard that does not follow from its trace, and the phase if so."""
    if card.trace is None:
        return [
            Problem(
                "no_trace",
                "has no trace, so its numbers cannot be followed",
                Where(name),
                "score again and keep the trace",
            )
        ]
    wrong = [*refold(program, card.trace), *_cards_against(card, card.trace)]
    if not _phase_follows(program.rubric, card):
        wrong.append("phase")
    return [_does_not_follow(name, path) for path in dict.fromkeys(wrong)]


# folding ------------------------------------------------------------------------------------------


def _cards_against(card: Scorecard, trace: Trace) -> Iterator[str]:
    for name, node in {**card.dimensions, OVERALL: card.overall}.items():
        found = trace.nodes.get(name)
        if found is None or (found.value, found.raw, found.caps) != (
            node.score,
            node.raw,
            node.caps,
        ):
            yield name
        for indicator in node.indicators:
            leaf = trace.indicators.get(indicator.id)
            if leaf is None or (leaf.value, leaf.raw) != (indicator.level, indicator.raw):
                yield indicator.id
    for finding in card.findings:
        rule = trace.rules.get(finding.id)
        if finding.plugin is None and (rule is None or rule.holds is not True):
            yield finding.id


def _phase_follows(rubric: Rubric, card: Scorecard) -> bool:
    """Whether the phase is the one that the gates, and each gate what its clauses, give."""
    gates = card.phase.gates
    if [gate.phase for gate in gates] != list(rubric.phases):
        return False
    if any(gate.holds != _together([c.holds for c in gate.clauses]) for gate in gates):
        return False
    attained = None
    for gate in gates:
        if gate.holds is True:
            attained = gate.phase
        elif rubric.phase_rule == "cumulative":
            break
    return card.phase.at_least == card.phase.id == attained


def _together(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _program(bench: Workbench, loaded: LoadedRubric, card: Scorecard) -> Program:
    """The rubric compiled for the scope that the scorecard names, its weights as in the trace."""
    engagement = card.engagement
    scope = Scope(engagement.profile, frozenset(engagement.modules), _weights(loaded.rubric, card))
    return bench.program(loaded, scope)


def _weights(rubric: Rubric, card: Scorecard) -> dict[str, int]:
    nodes = card.trace.nodes.values() if card.trace else ()
    by_parts = {name for name, node in rubric.dimensions.items() if node.weight == "parts"}
    return {
        part.id: to_micro(part.weight)
        for node in nodes
        for part in node.parts
        if part.id not in by_parts
    }


def _rubric_of(bench: Workbench, card: Scorecard, path: Path) -> LoadedRubric:
    installed = {found.id: found.folder for found in bench.rubrics()}
    if card.rubric.id in installed:
        loaded = bench.load_rubric(installed[card.rubric.id])
        if loaded.sha256 == card.rubric.sha256:
            return loaded
    raise InputError(
        Problem(
            "rubric_not_at_hand",
            "was made with {rubric} {version}, which is not installed in exactly this form",
            Where(str(path)),
            "name the engagement that holds the rubric: --against DIR",
            {"rubric": card.rubric.id, "version": card.rubric.version},
        )
    )


# scoring again ------------------------------------------------------------------------------------


def _again(bench: Workbench, opened: Opened, card: Scorecard, heard: Heard | None) -> Scorecard:
    date, trace = card.engagement.as_of, card.trace is not None
    return bench.score(replace(opened, hearing=None), as_of=date, trace=trace, heard=heard)


def _inputs(opened: Opened, card: Scorecard, heard: Heard | None) -> str:
    date = card.engagement.as_of or opened.engagement.date
    figures = figures_of(opened.measures, date)
    answers, _aged, _undated = answers_of(opened.folder, opened.rubric, date, figures)
    return inputs_digest(opened.program, answers, heard)


def _heard(opened: Opened, card: Scorecard) -> Heard | None:
    """What respondents said when the scorecard was published, as the ledger remembers it."""
    if opened.hearing is None or card.people is None or card.people.publication is None:
        return None
    ledger = read_ledger(opened.folder.path)
    return opened.hearing.as_published(ledger, card.people.publication)


def _other_plugins(card: Scorecard, now: Iterable[PluginInfo], path: Path) -> Iterator[Problem]:
    """Plugins that took part and are here in another version or form."""
    here = {plugin.distribution: plugin for plugin in now}
    for plugin in card.provenance.plugins:
        found = here.get(plugin.distribution)
        if found is None or (found.version, found.digest) == (plugin.version, plugin.digest):
            continue
        yield Problem(
            "other_plugin",
            "was made with {plugin} {version} ({digest}), here is {other} ({other_digest})",
            Where(str(path)),
            "install that version again, or score again with this one",
            {
                "plugin": plugin.distribution,
                "version": plugin.version,
                "digest": plugin.digest[:12],
                "other": found.version,
                "other_digest": found.digest[:12],
            },
        )


def _differences(kept: Scorecard, again: Scorecard, path: Path) -> list[Problem]:
    """Parts that came out otherwise; progress is left out, it depends on a baseline file."""
    one, other = (as_data(_without_progress(card)) for card in (kept, again))
    wrong = [part for part in COMPARED if one.get(part) != other.get(part)]
    named = [*_named(one, other)]
    return [
        Problem(
            "differs",
            "does not come out the same when scored again: {parts}",
            Where(str(path)),
            "the file was changed, or was made by another release ({engine})",
            {"parts": ", ".join((named or wrong)[:_MOST]), "engine": kept.provenance.engine},
        )
        for _ in wrong[:1]
    ]


def _named(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """Dimensions that differ, by id."""
    again = {node["id"]: node for node in other["dimensions"]}
    yield from (node["id"] for node in one["dimensions"] if node != again.get(node["id"]))
    yield from (part for part in ("phase", "overall") if one[part] != other[part])


def _without_progress(card: Scorecard) -> Scorecard:
    dimensions = {name: replace(node, progress=None) for name, node in card.dimensions.items()}
    return replace(card, dimensions=dimensions, overall=replace(card.overall, progress=None))


def _other(code: str, path: Path, what: str) -> Problem:
    return Problem(
        f"other_{code}",
        what,
        Where(str(path)),
        "compare it with the engagement as it was then, or score again",
    )


def _does_not_follow(name: str, path: str) -> Problem:
    return Problem(
        "does_not_follow",
        "'{path}' does not follow from the trace",
        Where(name),
        "the file was changed: score again",
        {"path": path},
    )


def _files(problems: list[Problem]) -> set[str]:
    return {problem.where.file for problem in problems}
