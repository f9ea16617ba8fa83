"""Why the organisation is in its phase: every gate, condition by condition.

The attained phase comes first, then what blocks the next one, then the phases after and before.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.model.scorecard import Clause, Finding, GateCard
from cxmaturity.text.account import Account, phase
from cxmaturity.text.clauses import worded
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.operands import PHASES
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, Tone
from cxmaturity.tui.widgets.glyphs import AHEAD, FAILS, HOLDS, OPEN

MARKS: dict[bool | None, Span] = {
    True: Span(HOLDS, "holds"),
    False: Span(FAILS, "fails"),
    None: Span(OPEN, "open"),
}
"""What stands before a condition: never colour alone."""
GATE = "phase."
"""What a gate is asked for by: ``phase.awakening``, as on the command line."""


def gate_list(told: Account, frame: Frame) -> Drawing:
    """How sure the phase is, and every gate."""
    pen = Pen(frame.width)
    for sentence in phase.certainty(told):
        pen.say(sentence)
    for finding in told.card.findings:
        if _is_about_both_readings(finding):
            with pen.item(finding.id, finding.id):
                said = told.names.text(finding.text, finding.id, told.language)
                pen.say(said, "strong", mark=Span(AHEAD, "note"))
    for heading, gate in _in_order(told):
        pen.heading(heading)
        with pen.item(f"{GATE}{gate.phase}", f"{GATE}{gate.phase}"):
            pen.say(phase.tally(gate.clauses), "quiet", mark=MARKS[gate.holds])
        for place, clause in enumerate(gate.clauses):
            key = f"{GATE}{gate.phase}/{place}"
            with pen.item(key, key):
                clause_lines(told, pen, clause, indent=2, exact=frame.chosen == key)
    return pen.drawing()


def _is_about_both_readings(finding: Finding) -> bool:
    """Whether a finding compares the attained phase with behaviour: the picture is mixed."""
    read = {operand for clause in finding.because for operand in clause.values}
    return read.issuperset(PHASES)


def _in_order(told: Account) -> Iterator[tuple[str, GateCard]]:
    here, following = phase.attained_gate(told), phase.next_gate(told)
    if here:
        title = phase.gate_title(told, here)
        yield _("Why this phase: {phase}").format(phase=title), here
    if following:
        title = phase.gate_title(told, following)
        yield _("What blocks the next phase: {phase}").format(phase=title), following
    for gate in phase.later_gates(told):
        yield _("After that: {phase}").format(phase=phase.gate_title(told, gate)), gate
    said = {following.phase} if following else set()
    for gate in reversed(told.card.phase.gates[: max(phase.here(told), 0)]):
        if gate.phase not in said:
            yield _("Behind: {phase}").format(phase=phase.gate_title(told, gate)), gate


def clause_lines(
    told: Account, pen: Pen, clause: Clause, *, indent: int = 0, exact: bool = False
) -> None:
    """A condition: whether it holds and in words, and as the rubric writes it where asked for."""
    said = worded(clause, told.names, told.language)
    tone: Tone = "" if clause.holds else "strong"
    pen.say(said.words, tone, mark=MARKS[clause.holds], indent=indent)
    if exact and said.exact:
        pen.say(told.names.shown(said.exact), "quiet", indent=indent + 2)
