"""Which gates and rules read something: what a change of it would touch, as pieces of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cxmaturity.cli.page_blocks import Block, Line, Statement, Subheading
from cxmaturity.model.scorecard import Clause
from cxmaturity.text.account import Account, phase
from cxmaturity.text.clauses import worded
from cxmaturity.text.messages import gettext as _

_PATH = re.compile(r"(?<![\w.'])[a-z]\w*(?:\.\w+)*")


def readers(told: Account, path: str) -> Iterator[Block]:
    """The conditions of gates and rules that read a path."""
    found = [*_reading(told, path)]
    if found:
        yield Subheading(_("Read by"))
    for who, aside, clause in found:
        yield Line(who, aside=aside)
        said = worded(clause, told.names, told.language)
        yield Statement(clause.holds, said.words, told.names.shown(said.exact), 2)


def known_facts(told: Account) -> list[str]:
    """Every fact that is answered, read by something, or titled by the rubric."""
    answered = told.card.trace.facts if told.card.trace else {}
    found = dict.fromkeys(f"fact.{id_}" for id_ in answered)
    found |= dict.fromkeys(path for path in told.names.titles if path.startswith("fact."))
    for _who, _aside, clause in _clauses(told):
        found |= dict.fromkeys(name for name in read_by(clause) if name.startswith("fact."))
    return [*found]


def read_by(clause: Clause) -> Mapping[str, None]:
    """The paths that a clause names, in order."""
    named = dict.fromkeys(_PATH.findall(clause.text))
    for key in (*clause.values, *clause.decides):
        named |= dict.fromkeys(_PATH.findall(key))
    return named


def _reading(told: Account, path: str) -> Iterator[tuple[str, str, Clause]]:
    return (item for item in _clauses(told) if path in read_by(item[2]))


def _clauses(told: Account) -> Iterator[tuple[str, str, Clause]]:
    """Who states it, its id where it has one, and the clause."""
    for gate in told.card.phase.gates:
        title = _("gate of the phase {phase}").format(phase=phase.gate_title(told, gate))
        yield from ((title, f"phase.{told.names.shown(gate.phase)}", c) for c in gate.clauses)
    for rule in (told.card.trace.rules if told.card.trace else {}).values():
        title = told.names.rule(rule.id, told.language)
        yield from ((title, told.names.shown(rule.id), clause) for clause in rule.clauses)
