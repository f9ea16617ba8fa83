"""What a rubric's cases reach of it: every clause of a gate both ways, every cap, finding, level.

Only what can be reached counts as missing: a clause that is always decided need not be seen open,
and what needs data from people or customers cannot be reached by a case at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from cxmaturity.catalogue.case_runs import CaseResult, answers_of
from cxmaturity.catalogue.possible import Assumption, every_world
from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.dependence import places
from cxmaturity.engine.intervals import FALSE, OPEN, TRUE
from cxmaturity.engine.program import FactInput, Leaf, Program
from cxmaturity.engine.spelling import spell
from cxmaturity.hookspecs import Domain

Kind = Literal["gate", "cap", "condition", "finding", "level", "option"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Seen = Literal["true", "false", "open", "given"]
"""How a thing shows: a truth, undetermined, or given as an answer."""

_BITS: tuple[tuple[int, Seen], ...] = ((TRUE, "true"), (FALSE, "false"), (OPEN, "open"))
_TRUTHS: dict[bool | None, Seen] = {True: "true", False: "false", None: "open"}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something cases should reach.

    ``id`` is a phase, rule, condition or path; ``detail`` a gate's clause, what a cap limits, a
    level or an option.
    """

    kind: Kind
    id: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A thing with what can be seen of it and what the cases have shown."""

    thing: Thing
    wanted: tuple[Seen, ...]
    seen: frozenset[Seen]

    @property
    def missing(self) -> tuple[Seen, ...]:
        """What no case shows."""
        return tuple(one for one in self.wanted if one not in self.seen)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything that cases should reach, in the rubric's order."""

    reached: tuple[Reached, ...]

    @property
    def missing(self) -> tuple[Reached, ...]:
        """What no case reaches, or not in every way."""
        return tuple(one for one in self.reached if one.missing)

    def counts(self, kind: Kind) -> tuple[int, int]:
        """How many of a kind are reached in every way, and how many there are."""
        every = [one for one in self.reached if one.thing.kind == kind]
        return sum(not one.missing for one in every), len(every)


def coverage(program: Program, results: Iterable[CaseResult]) -> Coverage:
    """What cases reach of a rubric; ``program`` is the whole of it, all modules on."""
    seen: dict[Thing, set[Seen]] = {}
    for result in results:
        if result.program is not None and result.run is not None:
            for thing, one in _shown(result):
                seen.setdefault(thing, set()).add(one)
    return Coverage(
        tuple(
            Reached(thing, wanted, frozenset(seen.get(thing, ())))
            for thing, wanted in _wanted(program).items()
            if wanted
        )
    )


# what there is ------------------------------------------------------------------------------------


def _wanted(program: Program) -> dict[Thing, tuple[Seen, ...]]:
    masks = every_world(program, Assumption()).expr
    found: dict[Thing, tuple[Seen, ...]] = {}
    for thing, index in _truths(program):
        ways = tuple(way for bit, way in _BITS if masks[index] & bit)
        found[thing] = ways if thing.kind == "gate" else tuple(w for w in ways if w != "open")
    for thing, _ in _answers(program):
        found[thing] = ("given",)
    return found


def _truths(program: Program) -> Iterator[tuple[Thing, int]]:
    """Everything that can hold, with its expression."""
    computed = places(program)
    for phase, gate in zip(program.phase_ids, program.gates, strict=True):
        for index in conjuncts(program, gate):
            yield Thing("gate", phase, spell(program, index)), index
    for index, expr in enumerate(program.exprs):
        if expr.op == "condition" and ("expr", index) in computed:
            yield Thing("condition", str(expr.data)), index
    for entry in program.rules:
        if entry.truth is None:
            continue
        if entry.rule.severity:
            yield Thing("finding", entry.id), entry.truth
        for target in entry.rule.cap:
            yield Thing("cap", entry.id, target), entry.truth


def _answers(program: Program) -> Iterator[tuple[Thing, object]]:
    """Every level and option that can be given, with the answer that gives it."""
    for leaf in program.leaves:
        domain = leaf.kind.domain(leaf.settings, leaf.scale)
        yield from _choices(leaf.path, leaf.kind.name == "ladder", domain)
    for fact in program.facts:
        yield from _choices(f"fact.{fact.id}", False, fact.domain)  # noqa: FBT003


def _choices(path: str, is_ladder: bool, domain: Domain) -> Iterator[tuple[Thing, object]]:  # noqa: FBT001
    if domain.options:
        yield from ((Thing("option", path, option), option) for option in domain.options)
    elif domain.type == "truth":
        yield Thing("option", path, "yes"), True
        yield Thing("option", path, "no"), False
    elif is_ladder:
        for raw in domain.finite:
            yield Thing("level", path, str(raw)), raw


# what a case shows --------------------------------------------------------------------------------


def _shown(result: CaseResult) -> Iterator[tuple[Thing, Seen]]:
    program, run, setup = result.program, result.run, result.setup
    assert program is not None  # noqa: S101 - the caller looked
    assert run is not None  # noqa: S101 - the caller looked
    assert setup is not None  # noqa: S101 - a case that ran has one
    for thing, index in _truths(program):
        yield thing, _TRUTHS[run.expr[index]]
    answers = answers_of(setup, program)
    yield from _given(program.leaf_index, program.leaves, answers.ratings, "")
    yield from _given(program.fact_index, program.facts, answers.facts, "fact.")


def _given(
    known: Mapping[str, int],
    questions: tuple[Leaf, ...] | tuple[FactInput, ...],
    answers: Mapping[str, object],
    prefix: str,
) -> Iterator[tuple[Thing, Seen]]:
    for path, raw in answers.items():
        if path not in known:
            continue
        question = questions[known[path]]
        try:
            answer: Any = question.kind.read(question.settings, question.scale, raw)
        except ValueError:
            continue  # "unknown" and "na:…" choose nothing
        domain = question.kind.domain(question.settings, question.scale)
        for detail in _details(domain, answer):
            is_level = domain.type == "number"
            yield Thing("level" if is_level else "option", prefix + path, detail), "given"


def _details(domain: Domain, answer: Any) -> tuple[str, ...]:  # noqa: ANN401 - by type
    if domain.type == "truth":
        return ("yes" if answer else "no",)
    if domain.type == "option":
        return (str(answer),)
    if domain.type == "options":
        return tuple(map(str, answer))
    return (str(answer),)
