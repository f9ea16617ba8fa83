"""What the files alone show: inputs without effect, actions that reach nothing, missing citations.

Nothing is evaluated here; what is said holds because of what is, or is not, written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cxmaturity.catalogue.check.message import Message, Subject
from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.dependence import behind, places
from cxmaturity.engine.effects import effects_of
from cxmaturity.engine.inputs import read_rating
from cxmaturity.engine.program import FactInput, Leaf, Program
from cxmaturity.engine.spelling import spell
from cxmaturity.text.messages import N_

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_LONG: Final = 24
"""Longer texts that are the same in two languages have probably not been translated."""


def written(subject: Subject) -> Iterator[Message]:
    """Everything that the files show."""
    yield from _indicators(subject)
    yield from _facts(subject)
    yield from _conditions(subject)
    if subject.program.actions:
        yield from _actions(subject)
    yield from _texts(subject)
    yield from _citations(subject)


# inputs and options -------------------------------------------------------------------------------


def _indicators(subject: Subject) -> Iterator[Message]:
    program = subject.program
    read = {expr.data for expr in program.exprs if expr.op in _LEAF_READS}
    read |= {e.data[0] for e in program.exprs if e.op == "graded" and isinstance(e.data, tuple)}
    for i, leaf in enumerate(program.leaves):
        if i not in read and not _weighs(program, i):
            what = N_("'{path}' has weight 0 and no rule reads it")
            yield subject.say(
                "warning", "proved", "without_effect", what, subject.indicator(leaf.path), "",
                path=leaf.path,
            )  # fmt: skip
        yield from _levels_of_options(subject, leaf)


_LEAF_READS: Final = {"answer", "level", "evidenced_level", "answered_leaf", "leaf_coverage"}


def _weighs(program: Program, i: int) -> bool:
    return any(
        ref.is_leaf and ref.index == i and (weight > 0 or ref.part.stage is not None)
        for node in program.nodes
        for ref, weight in zip(node.refs, node.weights, strict=True)
    )


def _levels_of_options(subject: Subject, leaf: Leaf) -> Iterator[Message]:
    """Options that give no other level than others, or than not choosing them."""
    domain = leaf.kind.domain(leaf.settings, leaf.scale)
    shares = [str(e.data) for e in subject.program.exprs if e.op == "figure"]
    place = (*subject.indicator(leaf.path), "options")
    if domain.type == "option":
        levels: dict[object, list[str]] = {}
        for option in domain.options:
            levels.setdefault(read_rating(leaf, option), []).append(option)
        for alike in levels.values():
            yield from _alike(subject, leaf.path, alike, place)
    elif domain.type == "options":
        for number, option in enumerate(domain.options):
            in_a_rule = f"share({leaf.path}.{option})" in shares
            if domain.finite and not in_a_rule and not _changes_level(leaf, option, domain.finite):
                yield _no_effect(subject, leaf.path, option, (*place, number))


def _changes_level(leaf: Leaf, option: str, answers: tuple[object, ...]) -> bool:
    for answer in answers:
        chosen: Any = answer
        if option not in chosen:
            more = [*chosen, option]
            if read_rating(leaf, list(chosen)) != read_rating(leaf, more):
                return True
    return False


def _facts(subject: Subject) -> Iterator[Message]:
    program = subject.program
    told = {
        name
        for rule in subject.rubric.rules.values()
        for text in (rule.text or {}).values()
        for name in _PLACEHOLDER.findall(text)
    }
    for j, fact in enumerate(program.facts):
        name = f"fact.{fact.id}"
        uses = _uses(program, j)
        place = ("facts", fact.id)
        if not uses and name not in told:
            what = N_("nothing reads '{name}'")
            hint = N_("use it in a rule or a text, or remove it")
            yield subject.say("note", "proved", "unread", what, place, hint, name=name)
        elif uses and name not in told:
            yield from _options_of_fact(subject, fact, uses)


def _uses(program: Program, j: int) -> list[tuple[str, Any]]:
    """The operations on a fact, with what they compare it with."""
    nodes = {i for i, e in enumerate(program.exprs) if e.op == "fact" and e.data == j}
    found = [(e.op, e.data) for e in program.exprs if nodes.intersection(e.args)]
    found += [(e.op, None) for e in program.exprs if e.op == "answered_fact" and e.data == j]
    return found + [("whole", None) for root in _roots(program) if root in nodes]


def _roots(program: Program) -> Iterator[int | None]:
    """The expressions that decide something themselves."""
    yield from program.gates
    yield from (entry.truth for entry in program.rules)
    yield from (entry.when for entry in program.actions)
    yield from (leaf.ask_when for leaf in program.leaves)
    yield from (fact.ask_when for fact in program.facts)


def _options_of_fact(
    subject: Subject, fact: FactInput, uses: list[tuple[str, Any]]
) -> Iterator[Message]:
    domain, place = fact.domain, ("facts", fact.id, "options")
    name = f"fact.{fact.id}"
    masks = [data for op, data in uses if op in ("one_of", "contains")]
    if domain.type == "option" and len(masks) == len(uses):
        kinds: dict[tuple[int, ...], list[str]] = {}
        for number, option in enumerate(domain.options):
            kinds.setdefault(tuple(mask >> number & 1 for mask in masks), []).append(option)
        for alike in kinds.values():
            yield from _alike(subject, name, alike, place)
    elif domain.type == "options" and all(op in ("contains", "answered_fact") for op, _ in uses):
        for number, option in enumerate(domain.options):
            if not any(mask >> number & 1 for mask in masks):
                yield _no_effect(subject, name, option, (*place, number))


def _alike(
    subject: Subject, name: str, alike: list[str], place: tuple[str | int, ...]
) -> Iterator[Message]:
    if len(alike) > 1:
        what = N_("it makes no difference which of these '{name}' is: {options}")
        yield subject.say(
            "note", "proved", "options_alike", what, place, "", name=name, options=", ".join(alike)
        )


def _no_effect(subject: Subject, name: str, option: str, place: tuple[str | int, ...]) -> Message:
    what = N_("whether '{option}' of '{name}' is chosen changes nothing")
    return subject.say(
        "note", "proved", "option_without_effect", what, place, "", name=name, option=option
    )


def _conditions(subject: Subject) -> Iterator[Message]:
    program, computed = subject.program, places(subject.program)
    read = {
        expr.data
        for i, expr in enumerate(program.exprs)
        if expr.op == "condition" and ("expr", i) in computed
    }
    for name in subject.rubric.conditions:
        if name not in read:
            what, hint = N_("nothing reads the condition '{name}'"), N_("use it, or remove it")
            yield subject.say(
                "warning", "proved", "unread", what, ("conditions", name), hint, name=name
            )


# actions ------------------------------------------------------------------------------------------


def _actions(subject: Subject) -> Iterator[Message]:
    """Clauses of gates, and caps, none of whose inputs any action changes."""
    program = subject.program
    for phase, gate in zip(program.phase_ids, program.gates, strict=True):
        for index in dict.fromkeys(conjuncts(program, gate)):
            if not reached_by_actions(program, index) and not is_constant(program, index):
                what = N_("no action changes what this clause reads: {clause}")
                yield subject.say(
                    "warning", "proved", "no_action", what, ("phases", phase, "gate"),
                    N_("add an action, or say in the gate's summary who decides it"),
                    clause=spell(program, index),
                )  # fmt: skip
    for entry in program.rules:
        if entry.truth is None or not entry.rule.cap or reached_by_actions(program, entry.truth):
            continue
        what = N_("no action changes what the cap of {rule} depends on")
        yield subject.say(
            "warning", "proved", "no_action", what, ("rules", entry.id, "cap"),
            N_("add an action that answers it"), rule=entry.id,
        )  # fmt: skip


def reached_by_actions(program: Program, index: int) -> bool:
    """Whether any action changes an input that the expression rests on."""
    at = places(program)
    if "changed by actions" not in program.cache:
        effects = effects_of(program).values()
        found = {at["asked", i] for e in effects for i, _ in (*e.levels, *e.grades)}
        found |= {at["fact", j] for e in effects for j, *_ in (*e.facts, *e.options)}
        program.cache["changed by actions"] = found
    changed: set[int] = program.cache["changed by actions"]
    return not changed.isdisjoint(behind(program, [at["expr", index]]))


def is_constant(program: Program, index: int) -> bool:
    """Whether the expression reads nothing at all."""
    expr = program.exprs[index]
    if not expr.args:
        return expr.op in ("true", "false", "number")
    return all(is_constant(program, arg) for arg in expr.args)


# texts and citations ------------------------------------------------------------------------------


def _texts(subject: Subject) -> Iterator[Message]:
    """Texts whose languages differ in the values they carry, or do not differ at all."""
    for path, text in _said(subject.source.data, ()):
        if path[0] == "documents":
            continue
        first, *others = text
        for other in others:
            values = [sorted(set(_PLACEHOLDER.findall(text[lang]))) for lang in (first, other)]
            place = (*path, other)
            if values[0] != values[1]:
                what = N_("the text carries other values in '{other}' than in '{first}'")
                hint = N_("there: {there}; here: {here}")
                there, here = (", ".join(each) or "—" for each in values)
                yield subject.say(
                    "warning", "written", "other_values", what, place, hint,
                    first=first, other=other, there=there, here=here,
                )  # fmt: skip
            elif text[first] == text[other] and len(text[first]) > _LONG:
                what = N_("the text is the same in '{other}' as in '{first}'")
                hint = N_("translate it")
                yield subject.say(
                    "warning", "written", "untranslated", what, place, hint,
                    first=first, other=other,
                )  # fmt: skip


def _said(
    value: object, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, str]]]:
    if isinstance(value, dict):
        if value and all(len(key) == 2 and isinstance(said, str) for key, said in value.items()):
            yield path, value
            return
        for key, below in value.items():
            yield from _said(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _said(below, (*path, index))


def _citations(subject: Subject) -> Iterator[Message]:
    rubric = subject.rubric
    if not rubric.documents:
        what = N_("the rubric cites no documents")
        hint = N_("declare them under 'documents' and cite them with 'sources'")
        yield subject.say("note", "written", "missing_citation", what, (), hint)
        return
    for path in _without_sources(subject):
        what = N_("nothing is cited for '{name}'")
        hint = N_("add sources = …")
        name = ".".join(
            str(part) for part in path if part not in ("dimensions", "indicators", "rules")
        )
        yield subject.say("note", "written", "missing_citation", what, path, hint, name=name)


def _without_sources(subject: Subject) -> Iterator[tuple[str, ...]]:
    rubric = subject.rubric
    for name, dimension in rubric.dimensions.items():
        for key, indicator in dimension.indicators.items():
            if not indicator.sources:
                yield "dimensions", name, "indicators", key
    for name, rule in rubric.rules.items():
        if rule.severity and not rule.sources:
            yield "rules", name
    for name, fact in rubric.facts.items():
        if not fact.sources:
            yield "facts", name
    for name, action in rubric.actions.items():
        if not action.sources:
            yield "actions", name
