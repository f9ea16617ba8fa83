"""Pages about what is judged and done: a phase, a condition, a rule, an action."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.cli.page_blocks import Block, Heading, Line
from cxmaturity.cli.rubric_page_parts import readers
from cxmaturity.cli.rubric_reading import Reading
from cxmaturity.model.rubric import Action, Rule
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.wording import GRADES, HORIZONS, severity_word, truth_word, word


def phase_page(reading: Reading, name: str) -> Iterator[Block]:
    """A phase and its gate."""
    phase = reading.rubric.phases[name]
    yield Line(reading.text(phase.title), "strong", aside=f"phase.{name}")
    if phase.summary:
        yield Line(reading.text(phase.summary))
    yield Line(_("Attained when:"))
    yield from reading.criteria(phase.gate)


def condition_page(reading: Reading, name: str) -> Iterator[Block]:
    """A condition and what reads it."""
    condition = reading.rubric.conditions[name]
    title = reading.text(condition.title) or name
    yield Line(title, "strong", aside=f"condition.{name}")
    yield Line(_("Holds when:"))
    yield from reading.criteria(condition.when)
    yield from reading.sources(condition.sources)
    yield from readers(reading, f"condition.{name}")


def rule_page(reading: Reading, name: str) -> Iterator[Block]:
    """A rule: when it fires, what it says, what it caps."""
    rule = reading.rubric.rules[name]
    yield Line(reading.text(rule.title) or name, "strong", aside=name)
    if rule.severity:
        said = severity_word(rule.severity)
        if rule.dimension:
            said += ", " + reading.names.of(rule.dimension, reading.language)
        yield Line(said[:1].upper() + said[1:], rule.severity)
    if rule.text:
        yield Line(reading.text(rule.text))
    yield Line(_("Fires when:"))
    yield from reading.criteria(rule.when)
    yield from _caps(reading, rule)
    if rule.module:
        yield Line(_("Part of the module {module}.").format(module=rule.module), "quiet")
    answering = [n for n, action in reading.rubric.actions.items() if name in action.answers]
    if answering:
        yield Line(_("Answered by: {names}").format(names=", ".join(answering)), "quiet")
    yield from reading.sources(rule.sources)


def _caps(reading: Reading, rule: Rule) -> Iterator[Block]:
    for target, limit in rule.cap.items():
        name = reading.names.of(target, reading.language)
        said = _("Caps {name} at {limit}.").format(name=name, limit=reading.number(limit))
        yield Line(said, aside=target)


def action_page(reading: Reading, name: str) -> Iterator[Block]:
    """An action: what to do, what it changes, what comes before it."""
    action = reading.rubric.actions[name]
    yield Line(reading.text(action.title), "strong", aside=name)
    if action.text:
        yield Line(reading.text(action.text))
    told = [
        reading.text(action.owner),
        word(HORIZONS, action.horizon),
        _("{days} person-days").format(days=reading.number(action.effort)),
    ]
    if action.months:
        told.append(_("shows in {months} months").format(months=reading.number(action.months)))
    yield Line(", ".join(filter(None, told)))
    if action.when:
        yield Line(_("Worth recommending when:"))
        yield from reading.criteria(action.when)
    yield from _effects(reading, action)
    yield from _order(reading, action)
    yield from reading.sources(action.sources)


def _effects(reading: Reading, action: Action) -> Iterator[Block]:
    def name(path: str) -> str:
        return reading.names.of(path, reading.language)

    changes = [
        (path, f"{name(path)} ≥ {reading.number(level)}") for path, level in action.raises.items()
    ]
    changes += [
        (path, f"{name(path)}: {_value(reading, path, v)}") for path, v in action.sets.items()
    ]
    changes += [
        (path, f"{name(path)}: + {', '.join(_value(reading, path, v) for v in options)}")
        for path, options in action.adds.items()
    ]
    changes += [
        (path, _("{name}: evidence {grade}").format(name=name(path), grade=word(GRADES, grade)))
        for path, grade in action.evidence.items()
    ]
    if changes:
        yield Heading(_("When it is done"))
        for path, said in changes:
            yield Line(said, aside=path)


def _value(reading: Reading, path: str, value: object) -> str:
    if isinstance(value, bool):
        return truth_word(value)
    if isinstance(value, str):
        return reading.names.option(path, value, reading.language)
    if isinstance(value, list | tuple):
        return ", ".join(_value(reading, path, one) for one in value)
    return one_line(str(value))


def _order(reading: Reading, action: Action) -> Iterator[Block]:
    lists = (
        (_("Answers"), action.answers, reading.names.rule),
        (_("Needs first"), action.needs, reading.names.action),
        (_("Belongs after"), action.order_after, reading.names.action),
    )
    for title, names, called in lists:
        if names:
            yield Heading(title)
            for one in names:
                yield Line(called(one, reading.language), aside=one)
