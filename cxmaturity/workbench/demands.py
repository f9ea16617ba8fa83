"""What a pipeline demands of a scorecard, and whether it is met.

It fails closed: what is undetermined, provisional below the mark or without a score is not
attained, and the message names the answers that would decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.exporters.junit import Demand
from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Clause, DimensionCard, GateCard, Number, Scorecard
from cxmaturity.text.clauses import worded
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names
from cxmaturity.text.numbers import beside_threshold, exact_text, percent_text
from cxmaturity.text.operands import operand_name
from cxmaturity.text.wording import listed
from cxmaturity.workbench.naming import nearest

OVERALL = "overall"
_OPEN = ("unanswered", "unknown", "too_few")
_MOST = 5
"""Answers named in a message; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The demands of one call; numbers in millionths, dimensions by id (``overall`` too)."""

    phase: str | None = None
    dimensions: Mapping[str, int] = field(default_factory=dict)
    coverage: int | None = None
    earlier: Scorecard | None = None
    tolerance: int = 0


def judged(card: Scorecard, wanted: Wanted, names: Names, language: Language) -> list[Demand]:
    """Each demand with its verdict; raises UsageError for a phase or dimension not in the card."""
    _require_known(card, wanted)
    judge = _Judge(card, names, language)
    demands = [judge.phase(wanted.phase)] if wanted.phase else []
    demands += [judge.dimension(name, least) for name, least in wanted.dimensions.items()]
    if wanted.coverage is not None:
        demands.append(judge.coverage(wanted.coverage))
    if wanted.earlier:
        demands += judge.no_worse(wanted.earlier, wanted.tolerance)
    return demands


def _require_known(card: Scorecard, wanted: Wanted) -> None:
    phases = [gate.phase for gate in card.phase.gates]
    dimensions = [*card.dimensions, OVERALL]
    problems = [
        Problem(
            "unknown_name",
            "there is no '{name}' in this scorecard",
            Where(key=key),
            "nearest: {names}",
            {"name": name, "names": nearest(name, known)},
        )
        for key, name, known in [
            ("--at-least", wanted.phase or "", phases),
            *(("--dimension", name, dimensions) for name in wanted.dimensions),
        ]
        if name and name not in known
    ]
    if problems:
        raise UsageError(problems)


@dataclass(frozen=True, slots=True)
class _Judge:
    card: Scorecard
    names: Names
    language: Language

    # phase --------------------------------------------------------------------------------------

    def phase(self, wanted: str) -> Demand:
        title = self.names.phase(wanted, self.language)
        name = _("phase at least {phase}").format(phase=title)
        gates = {gate.phase: gate for gate in self.card.phase.gates}
        order = list(gates)
        attained = self.card.phase.at_least
        if attained is None or order.index(attained) < order.index(wanted):
            clauses = tuple(c for c in gates[wanted].clauses if c.holds is not True)
            return Demand(name, met=False, message=self._below(title, clauses), clauses=clauses)
        unsure = self._unsure(gates[attained])
        if unsure:
            message = _("The phase {phase} is provisional: {answers} could still lower it.")
            said = message.format(
                phase=self.names.phase(attained, self.language), answers=self._answers(unsure)
            )
            return Demand(name, met=False, message=said, clauses=gates[attained].clauses)
        message = _("The phase is {phase}.")
        reached = self.names.phase(attained, self.language)
        return Demand(name, met=True, message=message.format(phase=reached))

    def _below(self, wanted: str, clauses: Sequence[Clause]) -> str:
        attained = self.names.phase(self.card.phase.at_least, self.language)
        said = _("The phase is {phase}; {wanted} was demanded.").format(
            phase=attained, wanted=wanted
        )
        failing = [c for c in clauses if c.holds is False]
        if failing:
            words = "; ".join(worded(c, self.names, self.language).words for c in failing)
            said += " " + _("What is missing: {clauses}.").format(clauses=words)
        decides = dict.fromkeys(path for c in clauses for path in c.decides)
        if decides:
            said += " " + _("Undecided until answered: {answers}.").format(
                answers=self._answers(list(decides))
            )
        return said

    def _unsure(self, gate: GateCard) -> list[str]:
        """Open answers behind undecided caps that could push the gate's scores below its marks."""
        held = [
            node
            for clause in gate.clauses
            if clause.needs is not None and len(clause.values) == 1
            for node in [self._node(next(iter(clause.values)))]
            if node is not None and _could_fall(node, clause.needs)
        ]
        return self._capping() if held else []

    # scores -------------------------------------------------------------------------------------

    def dimension(self, name: str, least: int) -> Demand:
        node = self._node(name)
        assert node is not None  # noqa: S101 - the names were checked
        title = self.names.of(name, self.language)
        mark = exact_text(least, self.language)
        demand = _("{dimension} at least {level}").format(dimension=title, level=mark)
        if node.score is None:
            message = self._without_score(node, title)
            return Demand(demand, met=False, message=message)
        score = to_micro(node.score)
        shown = beside_threshold(score, least, self.language)
        if score < least:
            message = _("{dimension} is {score}, needs {level}.")
            said = message.format(dimension=title, score=shown, level=mark)
            return Demand(demand, met=False, message=said)
        if node.provisional and _could_fall(node, least / 1_000_000):
            message = _("{dimension} is {score}, but provisional: decided by {answers}.")
            answers = self._answers(self._capping())
            said = message.format(dimension=title, score=shown, answers=answers)
            return Demand(demand, met=False, message=said)
        message = _("{dimension} is {score}.")
        return Demand(demand, met=True, message=message.format(dimension=title, score=shown))

    def coverage(self, least: int) -> Demand:
        share = to_micro(self.card.overall.coverage)
        mark, shown = (percent_text(part, self.language) for part in (least, share))
        name = _("at least {share} answered").format(share=mark)
        if share >= least:
            return Demand(name, met=True, message=_("{share} is answered.").format(share=shown))
        open_answers = list(_open(self.card, self.card.overall))
        message = _("{share} is answered, {least} was demanded. Open: {answers}.")
        said = message.format(share=shown, least=mark, answers=self._answers(open_answers))
        return Demand(name, met=False, message=said)

    # against an earlier scorecard ---------------------------------------------------------------

    def no_worse(self, earlier: Scorecard, tolerance: int) -> Iterator[Demand]:
        yield self._phase_no_worse(earlier)
        for name, before in {**earlier.dimensions, OVERALL: earlier.overall}.items():
            if before.score is not None:
                yield self._score_no_worse(name, before, to_micro(before.score), tolerance)

    def _phase_no_worse(self, earlier: Scorecard) -> Demand:
        order = [None, *(gate.phase for gate in self.card.phase.gates)]
        before, now = earlier.phase.at_least, self.card.phase.at_least
        said = _("The phase was {before} and is {now}.").format(
            before=self.names.text(earlier.phase.title, before or "", self.language),
            now=self.names.phase(now, self.language),
        )
        met = before in order and order.index(now) >= order.index(before)
        return Demand(_("phase no worse than before"), met=met, message=said)

    def _score_no_worse(
        self, name: str, before: DimensionCard, score: int, tolerance: int
    ) -> Demand:
        title = self.names.text(before.title, name, self.language)
        demand = _("{dimension} no worse than before").format(dimension=title)
        was = exact_text(score, self.language)
        node = self._node(name)
        if node is None or node.score is None:
            said = _("{dimension} was {before} and has no score now.")
            return Demand(demand, met=False, message=said.format(dimension=title, before=was))
        now = to_micro(node.score)
        said = _("{dimension} was {before} and is {now}.").format(
            dimension=title, before=was, now=beside_threshold(now, score - tolerance, self.language)
        )
        return Demand(demand, met=now >= score - tolerance, message=said)

    # parts --------------------------------------------------------------------------------------

    def _node(self, name: str) -> DimensionCard | None:
        return self.card.overall if name == OVERALL else self.card.dimensions.get(name)

    def _without_score(self, node: DimensionCard, title: str) -> str:
        answers = list(_open(self.card, node))
        if not answers:
            return _("{dimension} has no score.").format(dimension=title)
        message = _("{dimension} has no score. Open: {answers}.")
        return message.format(dimension=title, answers=self._answers(answers))

    def _capping(self) -> list[str]:
        """Open answers that undecided rules wait for."""
        return list(dict.fromkeys(p for rule in self.card.undetermined for p in rule.needs))

    def _answers(self, paths: Sequence[str]) -> str:
        return listed(
            [f"{operand_name(path, self.names, self.language)} ({path})" for path in paths], _MOST
        )


def _could_fall(node: DimensionCard, mark: Number) -> bool:
    """Whether undecided caps leave it open that the score is below a mark."""
    return node.provisional and (node.low is None or node.low < mark)


def _open(card: Scorecard, node: DimensionCard) -> Iterator[str]:
    """Open answers of a dimension and of all below it."""
    yield from (found.id for found in node.indicators if found.state in _OPEN)
    for below in card.dimensions.values():
        if below.parent == node.id or (node.id == OVERALL and below.parent is None):
            yield from _open(card, below)
