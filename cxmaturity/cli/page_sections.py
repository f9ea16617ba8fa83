"""The sections of the page, as pieces: gates, targets, measures, findings, recommendations, basis.

Words come from `cxmaturity.text.account`; here is only their order.  Nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.cli.page_blocks import Block, Gap, Grid, Heading, Line, Statement, Subheading, Tone
from cxmaturity.model.scorecard import Finding, GateCard, Recommendation
from cxmaturity.text.account import Account, advice, basis, phase, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext

_TONES: dict[str, Tone] = {
    "blocker": "blocker",
    "risk": "risk",
    "note": "note",
    "strength": "strength",
}


def title_lines(told: Account) -> Iterator[Block]:
    """Whose scorecard it is, and what it was scored with."""
    fictional = _("fictional example") if told.card.engagement.fictional else ""
    yield Line(basis.organisation(told), "strong", aside=fictional)
    yield Line(" · ".join(basis.setting(told)), "quiet")


def certainty(told: Account) -> Iterator[Block]:
    """How sure the phase is."""
    for sentence in phase.certainty(told):
        yield Line(sentence)


def gates(told: Account) -> Iterator[Block]:
    """Why the organisation is where it is, what blocks the next phase, and what comes after."""
    if here := phase.attained_gate(told):
        yield Heading(_("Why this phase: {phase}").format(phase=phase.gate_title(told, here)))
        yield from statements(told, here)
    if following := phase.next_gate(told):
        title = phase.gate_title(told, following)
        yield Heading(_("What blocks the next phase: {phase}").format(phase=title))
        yield from statements(told, following)
    for gate in phase.later_gates(told):
        title, tally = phase.gate_title(told, gate), phase.tally(gate.clauses)
        text = _("After that, {phase}: {tally}.").format(phase=title, tally=tally)
        yield Line(text, "quiet", aside=f"why phase.{told.names.shown(gate.phase)}")


def statements(told: Account, gate: GateCard, indent: int = 0) -> Iterator[Block]:
    """A gate's conditions."""
    for holds, said in phase.statements(told, gate.clauses):
        yield Statement(holds, said.words, told.names.shown(said.exact), indent)


def score_notes(told: Account) -> Iterator[Block]:
    """Caps, and what is provisional, under the table of scores."""
    for sentence in scores.caps(told):
        yield Line(sentence, mark="⌐")
    if sentence := scores.provisional(told):
        yield Line(sentence, mark=scores.PROVISIONAL)


def targets(told: Account) -> Iterator[Block]:
    """Dimensions with a target."""
    rows = [*scores.targets(told)]
    if rows:
        yield Heading(_("Targets"))
        head = (_("Dimension"), _("Score"), _("Target"), _("To go"), _("Since the baseline"))
        yield Grid(head, rows)
        if sentence := scores.way_to_targets(told):
            yield Line(sentence)


def findings(told: Account) -> Iterator[Block]:
    """Findings, the gravest first, each with what made it true and where it comes from."""
    found = advice.by_severity(told)
    yield Heading(_("Findings"))
    if not found:
        yield Line(_("None."))
    for severity, heading, items in found:
        yield Subheading(f"{heading} ({told.count(len(items))})", _TONES[severity])
        for item in items:
            yield from _finding(told, item)
            yield Gap()


def _finding(told: Account, item: Finding) -> Iterator[Block]:
    shown = told.names.shown
    title = told.names.text(item.title, item.id, told.language)
    yield Line(title, "strong", 2, aside=shown(item.id))
    if text := told.names.text(item.text, "", told.language):
        yield Line(text, indent=2)
    for holds, said in phase.statements(told, item.because):
        yield Statement(holds, said.words, shown(said.exact), 2)
    if sources := advice.sources(told, item):
        yield Line(_("Source: {sources}").format(sources=sources), "quiet", 2)


def recommendations(told: Account, top: int) -> Iterator[Block]:
    """The first actions in full, the others by name, those that wait with what they wait for."""
    ready, waiting = advice.ready(told), advice.waiting(told)
    yield Heading(_("Recommendations"))
    if not ready and not waiting:
        yield Line(_("None."))
    for place, item in enumerate(ready[:top], 1):
        yield from _action(told, place, item)
        yield Gap()
    if rest := ready[top:]:
        yield Subheading(_("Then"))
        yield from (Line(_title(told, item), mark="·") for item in rest)
        yield Gap()
    if waiting:
        text = ngettext("Waiting: {count} action", "Waiting: {count} actions", len(waiting))
        yield Subheading(text.format(count=told.count(len(waiting))))
        for item in waiting:
            yield Line(f"{_title(told, item)} – {advice.waits(told, item)}", mark="·")


def _title(told: Account, item: Recommendation) -> str:
    return told.names.text(item.title, item.action, told.language)


def _action(told: Account, place: int, item: Recommendation) -> Iterator[Block]:
    yield Line(_title(told, item), "strong", mark=told.count(place))
    yield Line(" · ".join(advice.effort(told, item)), "quiet", 2)
    if text := told.names.text(item.text, "", told.language):
        yield Line(text, indent=2)
    yield Line(_("Why: {reasons}").format(reasons=advice.reasons(told, item)), indent=2)


def undecided(told: Account) -> Iterator[Block]:
    """The rules that open answers leave undecided."""
    items = told.card.undetermined
    if not items:
        return
    yield Heading(_("Undetermined"), told.count(len(items)))
    yield Line(_("These rules are still open; the answers named would decide them."), "quiet")
    for item in items:
        title, needs = advice.undecided(told, item)
        rule = told.names.shown(item.rule)
        yield Line(f"{title if title == rule else f'{title} ({rule})'}: {needs}", mark="?")


def foundation(told: Account) -> Iterator[Block]:
    """What the result rests on."""
    yield Heading(_("Basis"))
    for sentence in [*basis.remarks(told), advice.not_asked(told)]:
        if sentence:
            yield Line(sentence)
    yield Line(" · ".join(basis.provenance(told)), "quiet")
