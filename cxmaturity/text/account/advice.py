"""Findings and recommendations in words: sources, effort, reasons, what is still undecided."""

from __future__ import annotations

from cxmaturity.model.rubric import SEVERITIES
from cxmaturity.model.scorecard import (
    Because,
    Citation,
    Finding,
    Number,
    Recommendation,
    Undetermined,
)
from cxmaturity.text.account.figures import Account
from cxmaturity.text.clauses import MOST_DECIDING
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.operands import operand_name
from cxmaturity.text.wording import HORIZONS, listed, severity_heading, word


def by_severity(told: Account) -> list[tuple[str, str, list[Finding]]]:
    """Severity, its heading and its findings, the gravest first."""
    found: list[tuple[str, str, list[Finding]]] = []
    for severity in SEVERITIES:
        findings = [item for item in told.card.findings if item.severity == severity]
        if findings:
            found.append((severity, severity_heading(severity), findings))
    return found


def source(told: Account, citation: Citation) -> str:
    """A citation: document and heading."""
    title = told.names.text(citation.title, citation.doc, told.language)
    return f"{title}: {told.names.shown(citation.heading)}" if citation.heading else title


def sources(told: Account, finding: Finding) -> str:
    """Where a finding comes from: its sources, or the plugin that made it."""
    said = "; ".join(source(told, citation) for citation in finding.sources)
    if finding.plugin:
        plugin = _("from the plugin {name}").format(name=told.names.shown(finding.plugin))
        said = f"{plugin}; {said}" if said else plugin
    return said


def effort(told: Account, item: Recommendation) -> list[str]:
    """Horizon, effort, months and owner of an action."""
    said = [word(HORIZONS, item.horizon)]
    days, months = told.number(item.effort), told.number(item.months)
    text = ngettext("{days} person-day", "{days} person-days", _one_or_more(item.effort))
    said.append(text.format(days=days))
    if item.months:
        text = ngettext(
            "shows in {months} month", "shows in {months} months", _one_or_more(item.months)
        )
        said.append(text.format(months=months))
    if item.owner:
        owner = told.names.text(item.owner, "", told.language)
        said.append(_("owner: {name}").format(name=owner))
    return said


def _one_or_more(amount: Number) -> int:
    """The grammatical number of an amount that need not be whole."""
    return 1 if amount == 1 else 2


def because(told: Account, reason: Because) -> str:
    """Why an action is recommended; a gate's clause stands beside it, see `Because.clause`."""
    if reason.kind == "gate":
        phase = told.names.phase(reason.id, told.language)
        return _("needed for the phase {phase}").format(phase=phase)
    if reason.kind == "finding":
        title = told.names.rule(reason.id, told.language)
        return _("answers the finding “{title}”").format(title=title)
    title = told.names.action(reason.id, told.language)
    return _("comes before “{title}”").format(title=title)


def reasons(told: Account, item: Recommendation) -> str:
    """Every reason of a recommendation once, one after another."""
    return "; ".join(dict.fromkeys(because(told, reason) for reason in item.because))


def waits(told: Account, item: Recommendation) -> str:
    """The actions that must be done before."""
    waiting = [told.names.action(action, told.language) for action in item.waits_for]
    return _("waits for: {actions}").format(actions=listed(waiting))


def ready(told: Account) -> list[Recommendation]:
    """The actions that can begin now."""
    return [item for item in told.card.recommendations if not item.waits_for]


def waiting(told: Account) -> list[Recommendation]:
    """The actions that wait for others."""
    return [item for item in told.card.recommendations if item.waits_for]


def undecided(told: Account, item: Undetermined) -> tuple[str, str]:
    """A rule that is still open, and the answers that would decide it."""
    title = told.names.text(item.title, item.rule, told.language)
    needs = [operand_name(path, told.names, told.language) for path in item.needs]
    return title, listed(needs, MOST_DECIDING)


def not_asked(told: Account) -> str:
    """Rules of modules that are off; empty where there are none."""
    rules = listed([told.names.shown(rule) for rule in told.card.not_asked])
    if not rules:
        return ""
    return _("Not asked, because their module is off: {rules}.").format(rules=rules)
