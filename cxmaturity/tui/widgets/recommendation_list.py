"""What to do: the actions that can begin now, then those that wait, with why and for what.

The chosen action is told in full; a gate's condition that it would change stands beside the reason.
"""

from __future__ import annotations

from cxmaturity.model.scorecard import Clause, Recommendation
from cxmaturity.text.account import Account, advice
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span
from cxmaturity.tui.widgets.gate_list import clause_lines
from cxmaturity.tui.widgets.glyphs import BULLET


def recommendation_list(told: Account, frame: Frame) -> Drawing:
    """Every recommendation, first what can begin now."""
    pen = Pen(frame.width)
    ready, waiting = advice.ready(told), advice.waiting(told)
    if not ready and not waiting:
        pen.say(_("No recommendation: no action would answer a finding or open the next gate."))
    if ready:
        pen.heading(f"{_('Can begin now')} ({told.count(len(ready))})")
    for place, item in enumerate(ready, 1):
        _entry(told, pen, item, Span(f"{place:>2}", "quiet"), frame.chosen)
    if waiting:
        pen.heading(f"{_('Waiting for something else')} ({told.count(len(waiting))})")
    for item in waiting:
        _entry(told, pen, item, Span(f" {BULLET}", "quiet"), frame.chosen)
    return pen.drawing()


def _entry(told: Account, pen: Pen, item: Recommendation, mark: Span, chosen: str) -> None:
    with pen.item(item.action, _why(item)):
        title = told.names.text(item.title, item.action, told.language)
        pen.say(title, "strong" if not item.waits_for else "", mark=mark)
        if chosen == item.action:
            recommendation_body(told, pen, item)


def recommendation_body(told: Account, pen: Pen, item: Recommendation, indent: int = 3) -> None:
    """Effort, text, every reason, and what has to be done before."""
    pen.say(f" {BULLET} ".join(advice.effort(told, item)), "quiet", indent=indent)
    if text := told.names.text(item.text, "", told.language):
        pen.say(text, indent=indent)
    said: set[str] = set()
    for reason in item.because:
        words = advice.because(told, reason)
        if words not in said:
            pen.say(_("Why: {reasons}").format(reasons=words), indent=indent)
            said.add(words)
        if clause := _clause(told, reason.id, reason.clause):
            clause_lines(told, pen, clause, indent=indent + 2)
    if item.waits_for:
        pen.say(advice.waits(told, item), "open", indent=indent)


def _clause(told: Account, phase: str, text: str | None) -> Clause | None:
    """The gate's condition that a reason names."""
    if text is None:
        return None
    gates = (gate for gate in told.card.phase.gates if gate.phase == phase)
    return next((c for gate in gates for c in gate.clauses if c.text == text), None)


def _why(item: Recommendation) -> str:
    """What the why-tree opens at: the first finding or gate that asks for the action."""
    for reason in item.because:
        if reason.kind == "gate":
            return f"phase.{reason.id}"
        if reason.kind == "finding":
            return reason.id
    return ""
