"""Findings, the gravest first; the chosen one is told in full: text, conditions, sources.

Under them stand the rules that open answers leave undecided, with the answers that would decide.
"""

from __future__ import annotations

from cxmaturity.model.rubric import Severity
from cxmaturity.model.scorecard import Finding, Undetermined
from cxmaturity.text.account import Account, advice
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span
from cxmaturity.tui.widgets.gate_list import clause_lines
from cxmaturity.tui.widgets.glyphs import OPEN

SIGNS: dict[Severity, Span] = {
    "blocker": Span("●", "blocker"),
    "risk": Span("▲", "risk"),
    "note": Span("○", "note"),
    "strength": Span("✓", "strength"),
}
"""What stands before a finding: its severity as a sign, repeated by the heading."""


def finding_list(told: Account, frame: Frame) -> Drawing:
    """Every finding by severity, and every rule that is still open."""
    pen = Pen(frame.width)
    found = advice.by_severity(told)
    if not found:
        pen.say(_("No finding: no rule of this rubric has fired on these answers."))
    for _severity, heading, items in found:
        pen.heading(f"{heading} ({told.count(len(items))})")
        for item in items:
            with pen.item(item.id, item.id):
                pen.say(_title(told, item), "strong", mark=SIGNS[item.severity])
                if frame.chosen == item.id:
                    finding_body(told, pen, item)
    _undecided(told, pen, frame.chosen)
    return pen.drawing()


def _title(told: Account, item: Finding) -> str:
    return told.names.text(item.title, item.id, told.language)


def finding_body(told: Account, pen: Pen, item: Finding, indent: int = 2) -> None:
    """What a finding says, what made it true, and where it comes from."""
    if text := told.names.text(item.text, "", told.language):
        pen.say(text, indent=indent)
    for clause in item.because:
        clause_lines(told, pen, clause, indent=indent)
    if sources := advice.sources(told, item):
        pen.say(_("Source: {sources}").format(sources=sources), "quiet", indent=indent)
    about = told.names.shown(item.id)
    if item.dimension:
        about = f"{told.names.of(item.dimension, told.language)} · {about}"
    pen.say(about, "quiet", indent=indent)


def _undecided(told: Account, pen: Pen, chosen: str) -> None:
    items = told.card.undetermined
    if not items:
        return
    pen.heading(f"{_('Undetermined')} ({told.count(len(items))})")
    pen.say(_("These rules are still open; the answers named would decide them."), "quiet")
    for item in items:
        with pen.item(item.rule, item.rule):
            title, _needs = advice.undecided(told, item)
            pen.say(title, mark=Span(OPEN, "open"))
            if chosen == item.rule:
                undecided_body(told, pen, item)


def undecided_body(told: Account, pen: Pen, item: Undetermined, indent: int = 2) -> None:
    """The answers that would decide a rule."""
    _title, needs = advice.undecided(told, item)
    pen.say(_("Decided by: {answers}").format(answers=needs), indent=indent)
    pen.say(told.names.shown(item.rule), "quiet", indent=indent)
