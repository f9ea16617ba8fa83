"""Pages about what is asked: a dimension with its ladders, an indicator, a fact."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.cli.page_blocks import Block, Gap, Heading, Line, Subheading
from cxmaturity.cli.rubric_reading import Reading
from cxmaturity.engine.inputs import read_rating
from cxmaturity.engine.program import Leaf
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import Dimension, Fact, Indicator, Node
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.wording import METHODS, word


def dimension_page(reading: Reading, name: str) -> Iterator[Block]:
    """A dimension with everything that is asked and told under it."""
    table = reading.rubric.dimensions[name]
    yield Line(reading.text(table.title), "strong", aside=name)
    if table.summary:
        yield Line(reading.text(table.summary))
    yield from _made_of(reading, name, table)
    yield from _anchors(reading, table)
    yield from reading.sources(table.sources)
    for key in table.indicators:
        path = f"{name}.{key}"
        if path in reading.program.leaf_index:
            yield Heading(reading.text(table.indicators[key].title), path)
            yield from _indicator(reading, path, table.indicators[key])
    yield from _beside(reading, name)


def indicator_page(reading: Reading, path: str) -> Iterator[Block]:
    """One indicator: question, ladder, evidence."""
    dimension, _dot, key = path.partition(".")
    table = reading.rubric.dimensions[dimension].indicators[key]
    yield Line(reading.text(table.title), "strong", aside=path)
    yield from _indicator(reading, path, table)
    yield from readers(reading, path)


def fact_page(reading: Reading, name: str) -> Iterator[Block]:
    """One fact: question, possible answers, and what reads it."""
    fact = reading.rubric.facts[name]
    yield Line(reading.text(fact.title), "strong", aside=f"fact.{name}")
    yield from _question(reading, fact)
    yield from _answers_of_fact(reading, name)
    yield from reading.sources(fact.sources)
    yield from readers(reading, f"fact.{name}")


def node_words(reading: Reading, table: Node) -> str:
    """How a node's score is made of its parts."""
    said = word(METHODS, table.combine)
    if table.round:
        said += ", " + _("rounded")
    if table.scale:
        low, best = (reading.number(end) for end in table.scale)
        said += ", " + _("scale {low}–{best}").format(low=low, best=best)
    return said


def readers(reading: Reading, path: str) -> Iterator[Block]:
    """The gates, rules, conditions and actions that name a path."""
    rubric = reading.rubric
    found = [f"phase.{n}" for n, phase in rubric.phases.items() if _names(phase.gate, path)]
    found += [f"condition.{n}" for n, c in rubric.conditions.items() if _names(c.when, path)]
    found += [n for n, rule in rubric.rules.items() if _names(rule.when, path)]
    if found:
        yield Line(_("Read by: {names}").format(names=", ".join(found)), "quiet")
    changing = [
        n
        for n, action in rubric.actions.items()
        if path in {*action.raises, *action.sets, *action.adds, *action.evidence}
    ]
    if changing:
        yield Line(_("Changed by: {names}").format(names=", ".join(changing)), "quiet")


def _names(expression: str, path: str) -> bool:
    """Whether an expression names exactly this path."""
    words = "".join(c if c.isalnum() or c in "._" else " " for c in expression).split()
    return path in words


# pieces -------------------------------------------------------------------------------------------


def _made_of(reading: Reading, name: str, table: Dimension) -> Iterator[Block]:
    yield Line(_("Score: {method}.").format(method=node_words(reading, table)))
    parts = [
        reading.text(part.title)
        for part in reading.rubric.dimensions.values()
        if part.parent == name
    ]
    if parts:
        yield Line(_("Parts: {names}.").format(names=", ".join(parts)))
    if table.ask_when:
        yield Line(_("Asked only when:"))
        yield from reading.criteria(table.ask_when)
    for band in table.bands:
        starts = band.from_ if band.above is None else band.above
        sign = "≥" if band.above is None else ">"
        start = "" if starts is None else f" {sign} {reading.number(starts)}"
        yield Line(_("Band: {title}").format(title=reading.text(band.title)) + start)


def _anchors(reading: Reading, table: Dimension) -> Iterator[Block]:
    if not table.anchors:
        return
    yield Subheading(_("Typical behaviour"))
    low = reading.rubric.scale[0] // 1_000_000
    for number, anchor in enumerate(table.anchors):
        yield Line(reading.text(anchor), indent=2, mark=str(low + number))


def _indicator(reading: Reading, path: str, table: Indicator) -> Iterator[Block]:
    leaf = reading.program.leaves[reading.program.leaf_index[path]]
    yield from _question(reading, table)
    yield from _ladder(reading, leaf)
    if table.evidence:
        said = _("Evidence: {text}").format(text=reading.text(table.evidence))
        yield Line(said)
    told = [_("Weight {weight}").format(weight=reading.number(table.weight))]
    if table.module:
        told.append(_("module {module}").format(module=table.module))
    if table.stage is not None:
        told.append(_("stage {stage}").format(stage=table.stage))
    if table.tier is not None:
        told.append(_("tier {tier}").format(tier=table.tier))
    yield Line(", ".join(told), "quiet")
    yield from reading.sources(table.sources)


def _question(reading: Reading, table: Indicator | Fact) -> Iterator[Block]:
    yield Line(reading.text(table.question))
    if table.why:
        yield Line(_("Why: {text}").format(text=reading.text(table.why)), "quiet")
    if table.guidance:
        yield Line(_("How to rate: {text}").format(text=reading.text(table.guidance)))
    if table.ask_when:
        yield Line(_("Asked only when:"))
        yield from reading.criteria(table.ask_when)


def _ladder(reading: Reading, leaf: Leaf) -> Iterator[Block]:
    """Answers with the level each gives."""
    domain = leaf.kind.domain(leaf.settings, leaf.scale)
    options = list(leaf.kind.options(leaf.settings))
    if domain.type == "number" and options:
        first = leaf.scale[0] // 1_000_000
        for number, (_key, text) in enumerate(options, start=first):
            yield Line(reading.text(text), indent=2, mark=str(number))
        return
    for key, text in options:
        level = _level(leaf, domain.type, key)
        yield Line(f"{reading.text(text)}{level}", indent=2, aside=key)
    if not options:
        low, best = (reading.number(end) for end in domain.range)
        said = _("A number from {low} to {best}").format(low=low, best=best)
        yield Line(f"{said} {one_line(domain.unit)}".strip(), indent=2)


def _level(leaf: Leaf, kind: str, key: str) -> str:
    raw: object = [key] if kind == "options" else (key == "yes" if kind == "truth" else key)
    state, level = read_rating(leaf, raw)
    return f": {decimal_text(level)}" if state == 0 else ": " + _("not scored")


def _answers_of_fact(reading: Reading, name: str) -> Iterator[Block]:
    index = reading.program.fact_index.get(name)
    if index is None:
        return
    fact = reading.program.facts[index]
    for key, text in fact.kind.options(fact.settings):
        yield Line(reading.text(text), indent=2, aside=key)
    if fact.domain.type == "options":
        yield Line(_("Any of these, or none."), "quiet", indent=2)
    elif fact.domain.type == "number" and not fact.kind.options(fact.settings):
        low, best = (reading.number(end) for end in fact.domain.range)
        said = _("A number from {low} to {best}").format(low=low, best=best)
        yield Line(f"{said} {one_line(fact.domain.unit)}".strip(), indent=2)


def _beside(reading: Reading, name: str) -> Iterator[Block]:
    """Facts asked beside a dimension, findings and actions told under it."""
    rubric = reading.rubric
    facts = {f"fact.{n}": f.title for n, f in rubric.facts.items() if f.dimension == name}
    rules = {n: r.title for n, r in rubric.rules.items() if r.dimension == name}
    actions = {n: a.title for n, a in rubric.actions.items() if a.dimension == name}
    for title, found in ((_("Facts"), facts), (_("Rules"), rules), (_("Actions"), actions)):
        if found:
            yield Heading(title)
            for key, text in found.items():
                yield Line(reading.text(text) or key, aside=key if text else "")
    yield Gap()
