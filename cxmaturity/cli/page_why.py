"""`why`: the trace of one number, rule or gate in words, as pieces of a page.

It tells what the trace holds and follows it no further than one step: each part can be asked
about in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from cxmaturity.cli.page_blocks import Block, Heading, Line, Statement
from cxmaturity.cli.page_sections import certainty, statements
from cxmaturity.cli.page_why_readers import known_facts, readers
from cxmaturity.cli.page_why_scores import declared, indicator_blocks, node_blocks
from cxmaturity.errors import Problem, UsageError
from cxmaturity.model.scorecard import GateCard, RuleTrace, Trace
from cxmaturity.text.account import Account, phase
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.operands import operand_words
from cxmaturity.text.wording import verdict_word

NEAREST = 3
"""Names suggested for one that is not known."""
_PHASE = "phase."
_FACT = "fact."


def why_blocks(told: Account, subject: str) -> list[Block]:
    """The pieces that answer ``why SUBJECT``; raises UsageError with the nearest known names."""
    wanted = subject.strip() or "phase"
    if wanted == "phase":
        return list(_phase(told))
    gates = {f"{_PHASE}{gate.phase}": gate for gate in told.card.phase.gates}
    if wanted in gates:
        return list(_gate(told, gates[wanted]))
    trace = told.card.trace
    if trace is None:
        raise UsageError(
            Problem(
                "no_trace",
                "this scorecard was kept without its trace, so only phases can be explained",
                hint="score the engagement again",
            )
        )
    return list(_traced(told, trace, wanted, [*gates]))


def _traced(told: Account, trace: Trace, wanted: str, gates: list[str]) -> Iterator[Block]:
    facts = known_facts(told)
    if wanted in trace.nodes:
        return node_blocks(told, trace, trace.nodes[wanted])
    if wanted in trace.indicators:
        return indicator_blocks(told, trace, trace.indicators[wanted])
    if wanted in trace.rules:
        return _rule(told, trace.rules[wanted])
    if wanted in facts:
        return _fact(told, trace, wanted)
    known = ["phase", *gates, *trace.nodes, *trace.indicators, *trace.rules, *facts]
    near = get_close_matches(wanted, known, NEAREST) or ["phase", "overall"]
    raise UsageError(
        Problem(
            "unknown_subject",
            "there is nothing called '{name}' in this scorecard",
            hint="nearest: {names}",
            values={"name": wanted, "names": ", ".join(near)},
        )
    )


def _phase(told: Account) -> Iterator[Block]:
    yield Line(" · ".join(phase.headline(told)), "strong")
    yield from certainty(told)
    for gate in told.card.phase.gates:
        yield from _gate(told, gate)


def _gate(told: Account, gate: GateCard) -> Iterator[Block]:
    verdict = verdict_word(holds=gate.holds)
    title = _("Gate of the phase {phase}: {verdict}").format(
        phase=phase.gate_title(told, gate), verdict=verdict
    )
    yield Heading(title)
    if len(gate.clauses) > 1:
        yield Line(f"{phase.tally(gate.clauses)}.", "quiet")
    yield from statements(told, gate)


def _rule(told: Account, rule: RuleTrace) -> Iterator[Block]:
    shown = told.names.shown
    yield Heading(told.names.rule(rule.id, told.language), shown(rule.id))
    yield Line(_fires(rule))
    for holds, said in phase.statements(told, rule.clauses):
        yield Statement(holds, said.words, shown(said.exact))
    for path, limit in (rule.caps or {}).items():
        text = _("While it fires, {name} is {limit} at most.")
        name = told.names.of(path, told.language)
        yield Line(text.format(name=name, limit=told.exact(limit)))
    for finding in told.card.findings:
        if finding.id == rule.id:
            yield Line(told.names.text(finding.text, "", told.language))
    yield declared(told, rule.declared)


def _fires(rule: RuleTrace) -> str:
    if not rule.asked:
        return _("Not asked: its module is off.")
    if rule.holds is None:
        return _("Still open.")
    return _("It fires.") if rule.holds else _("It does not fire.")


def _fact(told: Account, trace: Trace, path: str) -> Iterator[Block]:
    id_ = path.removeprefix(_FACT)
    yield Heading(told.names.of(path, told.language), told.names.shown(path))
    if id_ in trace.facts:
        value = operand_words(path, trace.facts[id_], told.names, told.language)
        yield Line(_("Answer: {answer}").format(answer=value))
    else:
        yield Line(_("Not answered, or it does not apply."))
    yield from readers(told, path)
