"""What holds whatever is answered: rules that never or always fire, gates that contradict.

Everything said here is proved by intervals over whole domains, for the rubric's own weights (see
:mod:`cxmaturity.catalogue.possible`); what cannot be proved is left to the drawn worlds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cxmaturity.catalogue.check.message import Message, Subject
from cxmaturity.catalogue.check.sampling import levels_of
from cxmaturity.catalogue.possible import (
    ANYTHING,
    Assumption,
    assume,
    assuming,
    can_be,
    every_world,
    node_ranges,
)
from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.intervals import FALSE, TRUE, IntervalRun
from cxmaturity.engine.program import Program, State
from cxmaturity.engine.spelling import spell
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_


def proofs(subject: Subject) -> Iterator[Message]:
    """Everything that can be proved of a rubric."""
    run = every_world(subject.program)
    yield from _rules(subject, run)
    yield from _conditions(subject, run)
    yield from _caps(subject, run)
    yield from _gates(subject)
    yield from _levels(subject)
    yield from _bands(subject)


def contradiction(program: Program, index: int) -> tuple[int, ...]:
    """Clauses that cannot hold together: one, two, or all of them; none where none is proved."""
    clauses = list(dict.fromkeys(conjuncts(program, index)))
    for size in (1, 2):
        for some in combinations(clauses, size):
            if not can_be(program, assuming(program, some)):
                return some
    return () if can_be(program, assuming(program, [index])) else tuple(clauses)


def _rules(subject: Subject, run: IntervalRun) -> Iterator[Message]:
    program = subject.program
    for entry in program.rules:
        if entry.truth is None:
            continue
        path = ("rules", entry.id, "when")
        against = contradiction(program, entry.truth)
        if against:
            what = N_("{rule} never fires: this cannot hold: {clauses}")
            yield subject.say(
                "error", "proved", "never_fires", what, path, N_("mend 'when', or remove the rule"),
                rule=entry.id, clauses=_joined(program, against),
            )  # fmt: skip
        elif not run.expr[entry.truth] & FALSE and program.exprs[entry.truth].op != "true":
            what = N_("{rule} fires whatever is answered, as soon as it can be decided")
            yield subject.say(
                "warning", "proved", "always_fires", what, path, N_("check the thresholds"),
                rule=entry.id,
            )  # fmt: skip


def _conditions(subject: Subject, run: IntervalRun) -> Iterator[Message]:
    seen: set[str] = set()
    for expr in subject.program.exprs:
        name = str(expr.data)
        if expr.op != "condition" or name in seen or run.expr[expr.args[0]] is None:
            continue
        seen.add(name)
        truth = run.expr[expr.args[0]]
        path = ("conditions", name, "when")
        if not truth & TRUE:
            what = N_("the condition '{name}' never holds")
            yield subject.say("error", "proved", "never_holds", what, path, "", name=name)
        elif not truth & FALSE:
            what = N_("the condition '{name}' never fails")
            yield subject.say("warning", "proved", "always_holds", what, path, "", name=name)


def _caps(subject: Subject, run: IntervalRun) -> Iterator[Message]:
    """Caps no lower than what they limit can be."""
    program = subject.program
    highest = {leaf.path: run.leaf_raw[i].high for i, leaf in enumerate(program.leaves)}
    highest |= {node.id: run.node_raw[i].high for i, node in enumerate(program.nodes)}
    for entry in program.rules:
        for target, limit in entry.rule.cap.items():
            if entry.truth is not None and target in highest and limit >= highest[target]:
                what = N_("the cap lowers nothing: '{target}' is at most {highest} without it")
                yield subject.say(
                    "warning", "proved", "cap_without_effect", what,
                    ("rules", entry.id, "cap", target), N_("lower the limit, or remove the cap"),
                    target=target, highest=decimal_text(highest[target]),
                )  # fmt: skip


# phases -------------------------------------------------------------------------------------------


def _gates(subject: Subject) -> Iterator[Message]:
    program = subject.program
    cumulative = program.rubric.phase_rule == "cumulative"
    for number, (phase, gate) in enumerate(zip(program.phase_ids, program.gates, strict=True)):
        path = ("phases", phase, "gate")
        against = contradiction(program, gate)
        if against:
            what = N_("the phase '{phase}' is never attained: this cannot hold: {clauses}")
            yield subject.say(
                "error", "proved", "gate_contradiction", what, path, N_("mend the gate"),
                phase=phase, clauses=_joined(program, against),
            )  # fmt: skip
        elif cumulative:
            yield from _below(subject, number)
        else:
            yield from _above(subject, number)


def _below(subject: Subject, number: int) -> Iterator[Message]:
    """A cumulative phase that an earlier gate makes impossible."""
    program = subject.program
    for earlier in range(number):
        pair = program.gates[earlier], program.gates[number]
        if not can_be(program, assuming(program, pair)):
            what = N_(
                "the phase '{phase}' is never attained: its gate contradicts that of '{other}'"
            )
            phase = program.phase_ids[number]
            yield subject.say(
                "error", "proved", "phase_unreachable", what, ("phases", phase, "gate"),
                N_("mend one of the gates"), phase=phase, other=program.phase_ids[earlier],
            )  # fmt: skip
            return


def _above(subject: Subject, number: int) -> Iterator[Message]:
    """A phase that is never the highest: whenever its gate holds, a later one holds too."""
    program = subject.program
    for later in range(number + 1, len(program.gates)):
        assumption = Assumption()
        assume(program, assumption, program.gates[number], holds=True)
        assumption.truth(program.gates[later], ANYTHING & ~TRUE)
        if not can_be(program, assumption):
            what = N_(
                "the phase '{phase}' is never attained: the gate of '{other}' holds with its own"
            )
            phase = program.phase_ids[number]
            yield subject.say(
                "error", "proved", "phase_unreachable", what, ("phases", phase, "gate"),
                N_("make the later gate stricter"), phase=phase, other=program.phase_ids[later],
            )  # fmt: skip
            return


# levels and bands ---------------------------------------------------------------------------------


def _levels(subject: Subject) -> Iterator[Message]:
    """Levels that caps take away from whoever reaches them."""
    program = subject.program
    for i, leaf in enumerate(program.leaves):
        if not leaf.caps:
            continue
        for state, level in levels_of(leaf):
            if state != State.VALUE:
                continue
            left = every_world(program, Assumption(levels={i: level})).leaf_final[i]
            if left.high < level:
                what = N_("level {level} of '{path}' is never kept: caps lower it to {left}")
                yield subject.say(
                    "warning", "proved", "level_unreachable", what, subject.indicator(leaf.path),
                    N_("check the caps of {rules}"), level=decimal_text(level), path=leaf.path,
                    left=decimal_text(left.high), rules=", ".join(cap.rule for cap in leaf.caps),
                )  # fmt: skip


def _bands(subject: Subject) -> Iterator[Message]:
    program = subject.program
    for node, (_, high) in zip(program.nodes, node_ranges(program), strict=True):
        for index, band in enumerate(node.bands):
            starts = band.from_ if band.above is None else band.above + 1
            if starts is not None and starts > high:
                what = N_("the band '{band}' is never reached: '{node}' is at most {high}")
                yield subject.say(
                    "error", "proved", "band_unreachable", what,
                    (*subject.node(node.id), "bands", index), "",
                    band=band.id, node=node.id, high=decimal_text(high),
                )  # fmt: skip


def _joined(program: Program, clauses: tuple[int, ...]) -> str:
    return "; ".join(spell(program, index) for index in clauses)
