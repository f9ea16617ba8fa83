"""What is chosen in the results as Markdown, for pasting into a mail or a memo.

Words come from the account, escaped by `cxmaturity.text.markdown`.  The whole result is written by
the Markdown exporter, the same that the command line uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cxmaturity.exporters import ExportOptions
from cxmaturity.exporters.markdown_report import MARKDOWN
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Clause, Finding, GateCard, Recommendation, Scorecard
from cxmaturity.store.files import next_free, write_file
from cxmaturity.text.account import Account, advice, basis, people, phase
from cxmaturity.text.markdown import code, inline
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import severity_word, verdict_word
from cxmaturity.tui.reasons import GATE, Reason
from cxmaturity.tui.screens.results_views import dimension_of
from cxmaturity.tui.widgets.bars import dimension_note


def as_markdown(told: Account, key: str) -> str:
    """The chosen gate, condition, dimension, finding or action; else the result in short."""
    safe = Account(told.card, told.names.shown_by(inline), told.language)
    if key.startswith(GATE):
        return _gate(safe, key)
    for finding in safe.card.findings:
        if finding.id == key:
            return _finding(safe, finding)
    for item in safe.card.recommendations:
        if item.action == key:
            return _action(safe, item)
    for rule in safe.card.undetermined:
        if rule.rule == key:
            title, needs = advice.undecided(safe, rule)
            return _paragraphs([f"**{title}** {code(key)}", _decided(needs)])
    card = dimension_of(safe, key)
    if card is not None:
        head, *rest = dimension_note(safe, card)
        return _paragraphs([f"**{head}**", *rest])
    return summary(safe)


def summary(told: Account) -> str:
    """Whose result it is, the phase, and how sure it is."""
    first, *rest = phase.headline(told)
    return _paragraphs(
        [
            f"**{basis.organisation(told)}**: {' · '.join(basis.setting(told))}",
            " · ".join([f"**{first}**", *rest]),
            *phase.certainty(told),
        ]
    )


def reason_markdown(reason: Reason, branches: Iterable[Reason]) -> str:
    """A line of the why-tree with what it rests on; its words are not escaped yet."""
    lines = [f"- {inline(branch.words)}" for branch in branches]
    return "\n".join([f"**{inline(reason.words)}**", *([""] if lines else []), *lines, ""])


def with_remark(told: Account, text: str) -> str:
    """The text; where it may rest on respondents, with the remark that this is a working view."""
    remark = people.publication(told)
    return f"{text}\n{inline(remark)}\n" if remark else text


def write_report(card: Scorecard, rubric: Rubric, folder: Path, *, language: Language) -> Path:
    """Write a published result beside an engagement's folder; where it is.

    Never over another file.  Raises StoreError when the disk refuses.
    """
    day = card.engagement.as_of or card.engagement.date
    path = next_free(folder.with_name(f"{folder.name}.md"), day.isoformat() if day else "report")
    write_file(path, MARKDOWN.write(card, ExportOptions(language, rubric=rubric)))
    return path


def _paragraphs(said: Iterable[str]) -> str:
    return "\n\n".join(filter(None, said)) + "\n"


def _gate(told: Account, key: str) -> str:
    gate_id, _slash, place = key.removeprefix(GATE).partition("/")
    gate = next(gate for gate in told.card.phase.gates if gate.phase == gate_id)
    chosen = (gate.clauses[int(place)],) if place else gate.clauses
    return _paragraphs([_gate_title(told, gate), _clauses(told, chosen)])


def _gate_title(told: Account, gate: GateCard) -> str:
    title = _("Gate of the phase {phase}: {verdict}").format(
        phase=phase.gate_title(told, gate), verdict=verdict_word(holds=gate.holds)
    )
    return f"**{title}**"


def _clauses(told: Account, clauses: Sequence[Clause]) -> str:
    return "\n".join(
        f"- {verdict_word(holds)}: {said.words} {code(said.exact)}".rstrip()
        for holds, said in phase.statements(told, clauses)
    )


def _finding(told: Account, finding: Finding) -> str:
    title = told.names.text(finding.title, finding.id, told.language)
    sources = advice.sources(told, finding)
    return _paragraphs(
        [
            f"**{title}** ({severity_word(finding.severity)}) {code(finding.id)}",
            told.names.text(finding.text, "", told.language),
            _clauses(told, finding.because),
            _("Source: {sources}").format(sources=sources) if sources else "",
        ]
    )


def _action(told: Account, item: Recommendation) -> str:
    title = told.names.text(item.title, item.action, told.language)
    return _paragraphs(
        [
            f"**{title}**",
            " · ".join(advice.effort(told, item)),
            told.names.text(item.text, "", told.language),
            _("Why: {reasons}").format(reasons=advice.reasons(told, item)),
            advice.waits(told, item) if item.waits_for else "",
        ]
    )


def _decided(needs: str) -> str:
    return _("Decided by: {answers}").format(answers=needs)
