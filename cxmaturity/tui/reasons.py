"""Why a number is what it is, as a tree: each reason has the reasons that it rests on.

The tree goes from a phase, a score, a rule or a finding down to the assessor's answers.  It is read
from the scorecard and its trace; nothing is computed again.  Branches are made when they are asked
for.  This module knows no widget.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cxmaturity.model.scorecard import (
    CapCard,
    Clause,
    DimensionCard,
    GateCard,
    IndicatorCard,
    LeafTrace,
    NodeTrace,
    PartTrace,
    RuleTrace,
    Trace,
)
from cxmaturity.text.account import Account, advice, phase
from cxmaturity.text.account.arithmetic import arithmetic
from cxmaturity.text.clauses import worded
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.operands import operand_words
from cxmaturity.text.wording import (
    GRADES,
    METHODS,
    SHAPES,
    STATES,
    listed,
    state_words,
    verdict_word,
    word,
)

PHASE = "phase"
GATE = "phase."
FACT = "fact."
_PATH = re.compile(r"[a-z]\w*(?:\.\w+)*")
_EXACT = re.compile(r"'[^']*'|\w+(?=\()")
"""What is no path in an operand: texts and the names of functions."""

Mark = Literal["holds", "fails", "open", "cap", ""]


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the tree; ``subject`` is what it is about, where that can be asked for."""

    words: str
    subject: str = ""
    mark: Mark = ""
    strong: bool = False
    grow: Callable[[], Sequence[Reason]] | None = None

    def branches(self) -> tuple[Reason, ...]:
        """What it rests on."""
        return tuple(self.grow()) if self.grow else ()


def verdict_mark(holds: bool | None) -> Mark:  # noqa: FBT001 - the value itself is what is marked
    """How a condition's state is marked."""
    if holds is None:
        return "open"
    return "holds" if holds else "fails"


def why(told: Account, subject: str) -> Reason | None:
    """The tree of a phase, gate, condition, dimension, indicator, fact or rule; None if unknown.

    ``phase.awakening/2`` is the third condition of that gate.
    """
    maker = _Why(told)
    if subject == PHASE:
        return maker.phase()
    gate_id, _slash, place = subject.removeprefix(GATE).partition("/")
    for gate in told.card.phase.gates if subject.startswith(GATE) else ():
        if gate.phase == gate_id:
            made = maker.gate(gate)
            branches = made.branches()
            chosen = int(place) if place.isdigit() else -1
            return branches[chosen] if 0 <= chosen < len(branches) else made
    return maker.of(subject)


@dataclass(frozen=True)
class _Why:
    """Makes the reasons of one scorecard."""

    told: Account

    @property
    def trace(self) -> Trace | None:
        return self.told.card.trace

    # phases -------------------------------------------------------------------------------------

    def phase(self) -> Reason:
        told = self.told
        words = " · ".join(phase.headline(told))

        def grow() -> Iterator[Reason]:
            yield from (Reason(sentence) for sentence in phase.certainty(told))
            yield from map(self.gate, told.card.phase.gates)
            if overall := self.of(told.card.overall.id):
                yield overall

        return Reason(words, PHASE, strong=True, grow=lambda: [*grow()])

    def gate(self, gate: GateCard) -> Reason:
        told = self.told
        title = _("Gate of the phase {phase}: {verdict}").format(
            phase=phase.gate_title(told, gate), verdict=verdict_word(holds=gate.holds)
        )
        return Reason(
            title,
            f"{GATE}{gate.phase}",
            verdict_mark(gate.holds),
            strong=True,
            grow=lambda: [self.clause(clause) for clause in gate.clauses],
        )

    def clause(self, clause: Clause) -> Reason:
        """A condition; it rests on everything that it reads."""
        said = worded(clause, self.told.names, self.told.language)

        def grow() -> Iterator[Reason]:
            if said.exact:
                exact = self.told.names.shown(said.exact)
                yield Reason(_("In the rubric: {place}").format(place=exact))
            for path in read_by(clause):
                if reason := self.of(path):
                    yield reason

        return Reason(said.words, "", verdict_mark(clause.holds), grow=lambda: [*grow()])

    # what a path names --------------------------------------------------------------------------

    def of(self, path: str) -> Reason | None:
        """The tree of a dimension, indicator, fact or rule; None for what the trace has not."""
        trace = self.trace
        if path == PHASE:
            return self.phase()
        if trace is None:
            return None
        if path in trace.nodes:
            return self.node(trace, trace.nodes[path])
        if path in trace.indicators:
            return self.leaf(trace, trace.indicators[path])
        if path in trace.rules:
            return self.rule(trace.rules[path])
        return self.fact(trace, path) if path.startswith(FACT) else None

    def fact(self, trace: Trace, path: str) -> Reason:
        told, id_ = self.told, path.removeprefix(FACT)
        if id_ in trace.facts:
            value = operand_words(path, trace.facts[id_], told.names, told.language)
        else:
            value = _("not answered, or it does not apply")
        return Reason(f"{told.names.of(path, told.language)}: {value}", path)

    def rule(self, rule: RuleTrace) -> Reason:
        told = self.told
        title = told.names.rule(rule.id, told.language)

        def grow() -> Iterator[Reason]:
            for finding in told.card.findings:
                if finding.id == rule.id:
                    yield Reason(told.names.text(finding.text, "", told.language))
            yield from map(self.clause, rule.clauses)
            for path, limit in (rule.caps or {}).items():
                text = _("While it fires, {name} is {limit} at most.")
                name = told.names.of(path, told.language)
                yield Reason(text.format(name=name, limit=told.exact(limit)), mark="cap")
            for finding in told.card.findings:
                if finding.id == rule.id and (sources := advice.sources(told, finding)):
                    yield Reason(_("Source: {sources}").format(sources=sources))
            yield self._declared(rule.declared)

        words = f"{title}: {_fires(rule)}"
        return Reason(words, rule.id, verdict_mark(rule.holds), strong=True, grow=lambda: [*grow()])

    # scores -------------------------------------------------------------------------------------

    def node(self, trace: Trace, node: NodeTrace) -> Reason:
        """A dimension or the overall; it rests on its parts, its caps and its evidence."""
        told = self.told
        title = told.names.of(node.id, told.language)
        words = f"{title}: {told.figure(node.id, node.value)}"

        def grow() -> Iterator[Reason]:
            yield self._computed(node)
            yield from (self._part(trace, part) for part in node.parts)
            yield from self._shaped(node)
            yield from (self._cap(cap) for cap in node.caps)
            yield from self._may_cap(trace, node.id)
            card = told.card.dimensions.get(node.id, told.card.overall)
            yield from self._around(card)
            yield self._declared(node.declared)

        return Reason(words, node.id, strong=True, grow=lambda: [*grow()])

    def _computed(self, node: NodeTrace) -> Reason:
        told = self.told
        if node.combined is not None:
            method = _("Method: {method}.").format(method=word(METHODS, node.method))
            return Reason(f"{method} {arithmetic(told, node)}".strip())
        if node.coverage < node.min_coverage:
            text = _("No score: {share} is answered, {needed} is needed.")
            share, needed = told.percent(node.coverage), told.percent(node.min_coverage)
            return Reason(text.format(share=share, needed=needed), mark="open")
        return Reason(_("No score: none of its parts has a value."), mark="open")

    def _shaped(self, node: NodeTrace) -> Iterator[Reason]:
        if node.shape and node.combined is not None:
            told = self.told
            how = listed([word(SHAPES, shape) for shape in node.shape.split("+")])
            text = _("Then {how}: {before} → {after}")
            before, after = told.exact(node.combined), told.exact(node.raw)
            yield Reason(text.format(how=how, before=before, after=after))

    def _part(self, trace: Trace, part: PartTrace) -> Reason:
        told = self.told
        made = self.of(part.id)
        name = told.names.of(part.id, told.language)
        said = [f"{name}: {self._counted(trace, part)}"]
        if part.applies and part.weight != 1:
            said.append(_("weight {weight}").format(weight=told.exact(part.weight)))
        return Reason(" · ".join(said), part.id, grow=made.grow if made else None)

    def _counted(self, trace: Trace, part: PartTrace) -> str:
        told = self.told
        if part.filled:
            text = _("{value} ({state}, counted by the rubric's policy)")
            state = word(STATES, part.filled)
            return text.format(value=told.exact(part.counted), state=state)
        if part.value is None:
            leaf = trace.indicators.get(part.id)
            card = told.card.dimensions.get(part.id)
            state = leaf.state if leaf else card.state if card else "unanswered"
            return state_words(state)
        if part.counted is not None and part.counted != part.value:
            text = _("{value}, {counted} on this scale")
            return text.format(value=told.exact(part.value), counted=told.exact(part.counted))
        return told.exact(part.value)

    def leaf(self, trace: Trace, leaf: LeafTrace) -> Reason:
        """An indicator; it rests on the answer."""
        told = self.told
        title = told.names.of(leaf.id, told.language)
        value = state_words(leaf.state) if leaf.value is None else told.exact(leaf.value)

        def grow() -> Iterator[Reason]:
            card = _indicator(told, leaf.id)
            yield Reason(self._answer(leaf, card))
            yield from (self._cap(cap) for cap in leaf.caps)
            yield from self._may_cap(trace, leaf.id)
            yield Reason(self._evidence(leaf))
            if card:
                yield from self._around(card)
            yield self._declared(leaf.declared)

        return Reason(f"{title}: {value}", leaf.id, grow=lambda: [*grow()])

    def _answer(self, leaf: LeafTrace, card: IndicatorCard | None) -> str:
        told = self.told
        if leaf.state != "answered" or leaf.answer is None:
            state = state_words(leaf.state, card.reason if card else None)
            return _("Answer: {answer}").format(answer=state)
        answer = operand_words(leaf.id, leaf.answer, told.names, told.language)
        if isinstance(leaf.answer, int) and not isinstance(leaf.answer, bool):
            answer = told.names.option(leaf.id, str(leaf.answer), told.language)
        text = _("Answer, level {level}: {answer}")
        return text.format(answer=answer, level=told.exact(leaf.raw))

    def _evidence(self, leaf: LeafTrace) -> str:
        grade = word(GRADES, leaf.grade)
        if leaf.ceiling is None:
            return _("Evidence: {evidence}").format(evidence=grade)
        text = _("Evidence: {grade}, which supports {ceiling} at most.")
        return text.format(grade=grade, ceiling=self.told.exact(leaf.ceiling))

    # around a score -----------------------------------------------------------------------------

    def _cap(self, cap: CapCard) -> Reason:
        told = self.told
        text = _("Held at {limit} by the rule “{rule}”.")
        if not cap.binds:
            text = _("The rule “{rule}” would hold it at {limit}; a lower cap decides.")
        title = told.names.rule(cap.rule, told.language)
        made = self.of(cap.rule)
        words = text.format(limit=told.exact(cap.limit), rule=title)
        return Reason(words, cap.rule, "cap", grow=made.grow if made else None)

    def _may_cap(self, trace: Trace, path: str) -> Iterator[Reason]:
        for rule in trace.rules.values():
            if rule.holds is None and rule.asked and path in (rule.caps or {}):
                title = self.told.names.rule(rule.id, self.told.language)
                text = _("The rule “{rule}” is still open and may hold it down.")
                yield Reason(text.format(rule=title), rule.id, "open", grow=self.rule(rule).grow)

    def _around(self, card: DimensionCard | IndicatorCard) -> Iterator[Reason]:
        told = self.told
        if card.evidenced is not None:
            text = _("By its evidence: {value}.")
            yield Reason(text.format(value=told.exact(card.evidenced)))
        if card.low is not None and card.low != card.high:
            text = _("Possible with the open answers: {range}.")
            yield Reason(text.format(range=told.interval(card.low, card.high, card.id)))
        if isinstance(card, DimensionCard):
            text = _("Answered: {share}. Does not apply: {absent}.")
            share, absent = told.percent(card.coverage), told.percent(card.not_applicable)
            yield Reason(text.format(share=share, absent=absent))
        if card.target is not None:
            text = _("Target: {target}, {gap} to go.")
            yield Reason(text.format(target=told.exact(card.target), gap=told.exact(card.gap)))

    def _declared(self, place: str) -> Reason:
        return Reason(_("In the rubric: {place}").format(place=self.told.names.shown(place)))


def read_by(clause: Clause) -> list[str]:
    """The paths that a clause reads, in order."""
    found: dict[str, None] = {}
    for operand in (*clause.values, *clause.decides):
        found |= dict.fromkeys(_PATH.findall(_EXACT.sub(" ", operand)))
    return [*found]


def _fires(rule: RuleTrace) -> str:
    if not rule.asked:
        return _("not asked, its module is off")
    if rule.holds is None:
        return _("still open")
    return _("fires") if rule.holds else _("does not fire")


def _indicator(told: Account, path: str) -> IndicatorCard | None:
    cards = (card for dimension in told.card.dimensions.values() for card in dimension.indicators)
    return next((card for card in cards if card.id == path), None)
