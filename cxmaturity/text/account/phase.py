"""The phase in words: where the organisation stands, how sure that is, and what its gates say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Clause, GateCard
from cxmaturity.text.account.figures import NOTHING, Account
from cxmaturity.text.clauses import Worded, worded
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.numbers import score_text


def attained(told: Account) -> str:
    """The name of the attained phase."""
    return told.names.phase(told.card.phase.id, told.language)


def headline(told: Account) -> list[str]:
    """Phase, index and coverage, which are never shown apart."""
    overall = told.card.overall
    said = [attained(told), _index(told)]
    said.append(_("{share} answered").format(share=told.percent(overall.coverage)))
    if overall.not_applicable:
        share = told.percent(overall.not_applicable)
        said.append(_("{share} does not apply").format(share=share))
    return said


def _index(told: Account) -> str:
    index = told.card.index
    if index.value is None:
        return _("no index: too little is answered")
    value, low, high = (
        NOTHING if end is None else score_text(to_micro(end), told.language, 0)
        for end in (index.value, index.low, index.high)
    )
    if low == high:
        return _("index {value} of 100").format(value=value)
    return _("index {value} of 100 ({low}–{high} possible)").format(value=value, low=low, high=high)


def certainty(told: Account) -> list[str]:
    """How sure the phase is, what open answers could still do to it, and average behaviour."""
    phase, names, language = told.card.phase, told.names, told.language
    said = [_provisional(told)] if phase.provisional else []
    if phase.bounds.low == phase.bounds.high:
        said.append(_("Open answers can no longer change the phase."))
    else:
        low, high = (names.phase(end, language) for end in (phase.bounds.low, phase.bounds.high))
        text = _("Still possible, depending on open answers: {low} to {high}.")
        said.append(text.format(low=low, high=high))
    if phase.behaviour:
        behaviour = names.phase(phase.behaviour, language)
        said.append(_("Average behaviour so far: {phase}.").format(phase=behaviour))
    return said


def _provisional(told: Account) -> str:
    phase = told.card.phase
    if phase.at_least == phase.at_most:
        return _("Provisional: a dimension that decides the phase has too few answers.")
    return _("Provisional: at least {low}, at most {high} by what is answered.").format(
        low=told.names.phase(phase.at_least, told.language),
        high=told.names.phase(phase.at_most, told.language),
    )


def here(told: Account) -> int:
    """Place of the attained phase among the gates; −1 before the first."""
    ids = [gate.phase for gate in told.card.phase.gates]
    phase = told.card.phase.id
    return ids.index(phase) if phase in ids else -1


def attained_gate(told: Account) -> GateCard | None:
    """The gate of the attained phase."""
    place = here(told)
    return told.card.phase.gates[place] if place >= 0 else None


def next_gate(told: Account) -> GateCard | None:
    """The gate of the next phase that is not attained."""
    above = told.card.phase.gates[here(told) + 1 :]
    return next((gate for gate in above if gate.holds is not True), None)


def later_gates(told: Account) -> tuple[GateCard, ...]:
    """The gates after the next one."""
    gates, following = told.card.phase.gates, next_gate(told)
    return gates[gates.index(following) + 1 :] if following else ()


def gate_title(told: Account, gate: GateCard) -> str:
    """The title of a gate's phase."""
    return told.names.text(gate.title, gate.phase, told.language)


def tally(clauses: Sequence[Clause]) -> str:
    """How many conditions hold, fail and are open."""
    verdicts = [clause.holds for clause in clauses]
    said = _("{count} of {total} conditions hold").format(
        count=verdicts.count(True), total=len(verdicts)
    )
    if failing := verdicts.count(False):
        said += ", " + ngettext("{count} fails", "{count} fail", failing).format(count=failing)
    if undecided := verdicts.count(None):
        text = ngettext("{count} is open", "{count} are open", undecided)
        said += ", " + text.format(count=undecided)
    return said


def statements(told: Account, clauses: Sequence[Clause]) -> Iterator[tuple[bool | None, Worded]]:
    """Conditions: whether each holds, and its words."""
    for clause in clauses:
        yield clause.holds, worded(clause, told.names, told.language)
