"""Why a dimension or an indicator has its value: parts, arithmetic, caps, evidence, bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.cli.page_blocks import Block, Grid, Heading, Line, Statement, Subheading
from cxmaturity.cli.page_people import said_of
from cxmaturity.cli.page_why_readers import readers
from cxmaturity.model.scorecard import (
    CapCard,
    DimensionCard,
    IndicatorCard,
    LeafTrace,
    NodeTrace,
    PartTrace,
    Trace,
)
from cxmaturity.text.account import NOTHING, Account, people, phase, scores
from cxmaturity.text.account.arithmetic import arithmetic
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.operands import operand_words
from cxmaturity.text.wording import GRADES, METHODS, SHAPES, STATES, listed, state_words, word

ANSWERED = "answered"


def node_blocks(told: Account, trace: Trace, node: NodeTrace) -> Iterator[Block]:
    """A dimension or the overall."""
    card = told.card.overall if node.id == told.card.overall.id else told.card.dimensions[node.id]
    title = told.names.of(node.id, told.language)
    yield Heading(f"{title}: {scores.figure(told, card)}", told.names.shown(node.id))
    yield Line(_method(node))
    yield Grid(
        (_("Part"), _("Weight"), _("Value"), _("Counted"), _("Remark")),
        [_part(told, trace, part) for part in node.parts],
        left=(4,),
    )
    yield from _computed(told, node)
    yield from _caps(told, trace, node.caps)
    yield from _around(told, card)
    yield from said_of(told, card)
    yield from _may_cap(told, trace, node.id)
    yield declared(told, node.declared)
    yield from readers(told, node.id)


def _method(node: NodeTrace) -> str:
    return _("Method: {method}.").format(method=word(METHODS, node.method))


def _part(told: Account, trace: Trace, part: PartTrace) -> Sequence[str]:
    return (
        told.names.of(part.id, told.language),
        told.exact(part.weight),
        _sign(trace, part.id) + told.level(part.id, part.value),
        told.level(part.id, part.counted),
        _remark(told, trace, part),
    )


def _sign(trace: Trace, path: str) -> str:
    """Stands before a figure of which respondents' answers allow only a bound."""
    traced = trace.indicators.get(path) or trace.nodes.get(path)
    return scores.BOUNDS.get(traced.bound or "", "") if traced else ""


def _remark(told: Account, trace: Trace, part: PartTrace) -> str:
    if part.filled:
        return _("{state}, counted by the rubric's policy").format(state=word(STATES, part.filled))
    if part.value is not None:
        converted = part.counted is not None and part.counted != part.value
        return _("converted to the scale") if converted else ""
    leaf = trace.indicators.get(part.id)
    if leaf:
        return state_words(leaf.state)
    card = told.card.dimensions.get(part.id)
    return state_words(card.state) if card else NOTHING


def _computed(told: Account, node: NodeTrace) -> Iterator[Block]:
    """The arithmetic line by line, or why there is no value."""
    if node.combined is None:
        yield Line(_no_score(told, node))
        return
    line = arithmetic(told, node)
    if line:
        yield Line(line, "strong")
    if node.rounded:
        yield Line(_from_exact(told, node) if line else _("Computed from exact figures."))
    if node.shape:
        how = listed([word(SHAPES, shape) for shape in node.shape.split("+")])
        text = _("Then {how}: {before} → {after}")
        before, after = (told.level(node.id, value) for value in (node.combined, node.raw))
        yield Line(text.format(how=how, before=before, after=after))


def _from_exact(told: Account, node: NodeTrace) -> str:
    """Why the arithmetic of rounded parts need not give the figure that is shown."""
    text = _("The figures of respondents are rounded; exact ones give {value}.")
    return text.format(value=told.level(node.id, node.raw))


def _no_score(told: Account, node: NodeTrace) -> str:
    card = told.card.overall if node.id == told.card.overall.id else told.card.dimensions[node.id]
    if card.state == "failed":
        return _("No score: a plugin failed.")
    if node.coverage < node.min_coverage:
        text = _("No score: {share} is answered, {needed} is needed.")
        return text.format(
            share=told.percent(node.coverage), needed=told.percent(node.min_coverage)
        )
    return _("No score: none of its parts has a value.")


def _caps(told: Account, trace: Trace, caps: Sequence[CapCard]) -> Iterator[Block]:
    """Every cap that fired, with the conditions that made it."""
    for cap in caps:
        text = _("Held at {limit} by the rule “{rule}”.")
        if not cap.binds:
            text = _("The rule “{rule}” would hold it at {limit}; a lower cap decides.")
        title = told.names.rule(cap.rule, told.language)
        yield Line(
            text.format(limit=told.exact(cap.limit), rule=title), aside=told.names.shown(cap.rule)
        )
        rule = trace.rules.get(cap.rule)
        for holds, said in phase.statements(told, rule.clauses if rule else ()):
            yield Statement(holds, said.words, told.names.shown(said.exact), 2)


def _around(told: Account, card: DimensionCard | IndicatorCard) -> Iterator[Block]:
    """What stands beside the value: evidence, what is still possible, coverage, target."""
    if card.evidenced is not None:
        value = told.level(card.id, card.evidenced)
        yield Line(_("By its evidence: {value}.").format(value=value))
    if card.low is not None:
        text = _("Possible with the open answers: {range}.")
        yield Line(text.format(range=told.interval(card.low, card.high, card.id)))
    if isinstance(card, DimensionCard):
        text = _("Answered: {share}. Does not apply: {absent}.")
        share, absent = told.percent(card.coverage), told.percent(card.not_applicable)
        yield Line(text.format(share=share, absent=absent))
    if card.target is not None:
        text = _("Target: {target}, {gap} to go.")
        yield Line(text.format(target=told.exact(card.target), gap=told.exact(card.gap)))


def _may_cap(told: Account, trace: Trace, path: str) -> Iterator[Block]:
    """The rules that are still open and may cap it."""
    rules = [
        r for r in trace.rules.values() if r.holds is None and r.asked and path in (r.caps or {})
    ]
    if rules:
        yield Subheading(_("Still open, and may hold it down"))
    for rule in rules:
        yield Line(told.names.rule(rule.id, told.language), aside=told.names.shown(rule.id))
        for holds, said in phase.statements(told, rule.clauses):
            yield Statement(holds, said.words, told.names.shown(said.exact), 2)


def indicator_blocks(told: Account, trace: Trace, leaf: LeafTrace) -> Iterator[Block]:
    """An indicator."""
    dimension, card = _indicator(told, leaf.id)
    title = told.names.of(leaf.id, told.language)
    level = _sign(trace, leaf.id) + told.level(leaf.id, leaf.value)
    yield Heading(f"{title}: {level}", told.names.shown(leaf.id))
    if dimension and card:
        text = _("Part of {dimension}, weight {weight}.")
        name = told.names.of(dimension.id, told.language)
        yield Line(text.format(dimension=name, weight=told.exact(card.weight)))
    yield Line(_answer(told, leaf, card))
    yield from _caps(told, trace, leaf.caps)
    yield Line(_evidence(told, leaf))
    if card:
        yield from _around(told, card)
        yield from said_of(told, card)
    yield from _may_cap(told, trace, leaf.id)
    yield declared(told, leaf.declared)
    yield from readers(told, leaf.id)


def _indicator(told: Account, path: str) -> tuple[DimensionCard | None, IndicatorCard | None]:
    for dimension in told.card.dimensions.values():
        for card in dimension.indicators:
            if card.id == path:
                return dimension, card
    return None, None


def _answer(told: Account, leaf: LeafTrace, card: IndicatorCard | None) -> str:
    if card and people.from_people(card):
        level = people.bounded(told, leaf.raw, leaf.bound)
        return _("Level {level}, given by the respondents.").format(level=level)
    if leaf.state != ANSWERED or leaf.answer is None:
        # The card knows better than the trace that people answered, but too few of them.
        words = state_words(card.state, card.reason) if card else state_words(leaf.state)
        return _("Answer: {answer}").format(answer=words)
    answer = operand_words(leaf.id, leaf.answer, told.names, told.language)
    if isinstance(leaf.answer, int) and not isinstance(leaf.answer, bool):
        answer = told.names.option(leaf.id, str(leaf.answer), told.language)
    return _("Answer, level {level}: {answer}").format(answer=answer, level=told.exact(leaf.raw))


def _evidence(told: Account, leaf: LeafTrace) -> str:
    grade = word(GRADES, leaf.grade)
    if leaf.ceiling is None:
        return _("Evidence: {evidence}").format(evidence=grade)
    text = _("Evidence: {grade}, which supports {ceiling} at most.")
    return text.format(grade=grade, ceiling=told.exact(leaf.ceiling))


def declared(told: Account, place: str) -> Line:
    """Where in the rubric it stands."""
    return Line(_("In the rubric: {place}").format(place=told.names.shown(place)), "quiet")
