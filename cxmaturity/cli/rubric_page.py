"""A rubric at a glance: its phases with their gates, dimensions, and how much else there is."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.cli.page_blocks import Block, Gap, Grid, Heading, Line
from cxmaturity.cli.rubric_reading import Reading
from cxmaturity.engine.clauses import leaves_under
from cxmaturity.engine.dependence import behind, places
from cxmaturity.model.rubric import SEVERITIES
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext, pgettext
from cxmaturity.text.names import one_line
from cxmaturity.text.wording import METHODS, listed, severity_heading, word


def overview(reading: Reading) -> Iterator[Block]:
    """The whole rubric on a page."""
    rubric = reading.rubric
    yield Line(reading.text(rubric.title), "strong", aside=f"{rubric.id} {rubric.version}")
    if rubric.summary:
        yield Line(reading.text(rubric.summary))
    yield from _size(reading)
    yield from _phases(reading)
    yield from _dimensions(reading)
    yield from _rules(reading)
    yield from _rest(reading)
    if rubric.guidance:
        yield Heading(_("How to rate"))
        for text in rubric.guidance:
            yield Line(reading.text(text))
            yield Gap()


def _size(reading: Reading) -> Iterator[Block]:
    rubric, program = reading.rubric, reading.program
    gates = len(_asked_for_gates(reading))
    facts = len(rubric.facts)
    counts = [
        _count_indicators(len(program.leaves)),
        ngettext("{count} fact", "{count} facts", facts).format(count=facts),
    ]
    minutes = rubric.minutes
    whole = " + ".join(counts[: 2 if facts else 1])
    short = _count_indicators(gates)
    if minutes:
        whole += ", " + _about(minutes.full)
        short += ", " + _about(minutes.gates)
    yield Line(_("The whole rubric: {size}.").format(size=whole))
    if gates < len(program.leaves):
        yield Line(_("Only what gates read (ask --for gates): {size}.").format(size=short))


def _count_indicators(count: int) -> str:
    return ngettext("{count} indicator", "{count} indicators", count).format(count=count)


def _about(minutes: int) -> str:
    return ngettext("about {count} minute", "about {count} minutes", minutes).format(count=minutes)


def _asked_for_gates(reading: Reading) -> set[int]:
    """Indicators that any gate rests on."""
    program = reading.program
    at = places(program)
    reached = behind(program, [at["expr", gate] for gate in program.gates])
    return {i for i in range(len(program.leaves)) if at["asked", i] in reached}


def _phases(reading: Reading) -> Iterator[Block]:
    rubric = reading.rubric
    rule = (
        _("the highest one whose gate holds")
        if rubric.phase_rule == "highest"
        else _("the highest one whose gate and all earlier gates hold")
    )
    yield Heading(_("Phases"), rule)
    for number, (name, phase) in enumerate(rubric.phases.items(), start=1):
        yield Line(reading.text(phase.title), "strong", aside=f"phase.{name}", mark=str(number))
        if phase.summary:
            yield Line(reading.text(phase.summary), indent=2)
        yield from reading.criteria(phase.gate, indent=4)


def _dimensions(reading: Reading) -> Iterator[Block]:
    rubric, program = reading.rubric, reading.program
    yield Heading(_("Dimensions"))
    rows = []
    for name, depth in _in_tree(reading, None, 0):
        table = rubric.dimensions[name]
        index = program.node_index.get(name)
        weight = table.weight if isinstance(table.weight, int) else None
        rows.append(
            (
                "  " * depth + reading.text(table.title),
                name,
                _("its parts") if weight is None else reading.number(weight),
                "" if index is None else str(len(leaves_under(program, index))),
                one_line(table.combine),
            )
        )
    head = (_("Dimension"), _("Id"), _("Weight"), pgettext("column", "Indicators"), _("Method"))
    yield Grid(head, rows, left=(1, 4))
    for method in dict.fromkeys(rubric.dimensions[name].combine for name in rubric.dimensions):
        said = word(METHODS, method)
        if said != method:
            yield Line(f"{one_line(method)}: {said}", "quiet")


def _in_tree(reading: Reading, parent: str | None, depth: int) -> Iterator[tuple[str, int]]:
    """Dimensions below one, each followed by those below it."""
    for name, table in reading.rubric.dimensions.items():
        if table.parent == parent:
            yield name, depth
            yield from _in_tree(reading, name, depth + 1)


def _rules(reading: Reading) -> Iterator[Block]:
    rules = reading.rubric.rules
    if not rules:
        return
    yield Heading(_("Rules"))
    for severity in SEVERITIES:
        names = [name for name, rule in rules.items() if rule.severity == severity]
        if names:
            said = f"{severity_heading(severity)} ({len(names)}): {', '.join(names)}"
            yield Line(said)
    caps = [name for name, rule in rules.items() if rule.cap]
    if caps:
        yield Line(
            _("With a cap ({count}): {names}").format(count=len(caps), names=", ".join(caps))
        )


def _rest(reading: Reading) -> Iterator[Block]:
    rubric = reading.rubric
    parts = {
        _("Facts"): [f"fact.{name}" for name in rubric.facts],
        _("Actions"): list(rubric.actions),
        _("Conditions"): [f"condition.{name}" for name in rubric.conditions],
        _("Measures"): [f"measure.{name}" for name in rubric.measures],
    }
    for title, names in parts.items():
        if names:
            yield Heading(title, str(len(names)))
            yield Line(listed(names))
    for title, tables in ((_("Profiles"), rubric.profiles), (_("Modules"), rubric.modules)):
        if tables:
            yield Heading(title)
            for name, table in tables.items():
                yield Line(reading.text(table.title), aside=name)
                if table.summary:
                    yield Line(reading.text(table.summary), indent=2)
    if rubric.documents:
        yield Heading(_("Documents"))
        for document in rubric.documents.values():
            about = [reading.text(document.title), one_line(document.author), document.year]
            yield Line(", ".join(filter(None, about)))
