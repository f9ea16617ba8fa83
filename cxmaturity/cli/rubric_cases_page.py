"""The page of `rubric test`: each case, what differs, and what no case reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxmaturity.catalogue.case_coverage import KINDS, Coverage, Kind, Reached
from cxmaturity.catalogue.case_runs import CaseResult, Difference, Value
from cxmaturity.cli.page_blocks import Block, Grid, Heading, Line, Subheading
from cxmaturity.cli.page_plain import plain_lines
from cxmaturity.cli.rubric_reading import Reading
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.problems import say_problem

_KINDS: Final[dict[Kind, str]] = {
    "gate": N_("Clauses of gates"),
    "cap": N_("Caps"),
    "condition": N_("Named conditions"),
    "finding": N_("Findings"),
    "level": N_("Levels"),
    "option": N_("Options of answers"),
}
_MISSING: Final = {
    "true": N_("never true"),
    "false": N_("never false"),
    "open": N_("never undetermined"),
}
_WIDTH: Final = 80


def lines_of(reading: Reading, results: tuple[CaseResult, ...], reached: Coverage | None) -> str:
    """The page as plain lines, for a file."""
    return "".join(f"{line}\n" for line in plain_lines(blocks(reading, results, reached), _WIDTH))


def blocks(
    reading: Reading, results: tuple[CaseResult, ...], reached: Coverage | None
) -> Iterator[Block]:
    """The whole page."""
    rubric = reading.rubric
    yield Line(reading.text(rubric.title), "strong", aside=f"{rubric.id} {rubric.version}")
    if not results:
        yield Line(_("The rubric has no cases: nothing was tested."))
        return
    yield Heading(_("Cases"))
    for result in results:
        yield from _case(reading, result)
    if reached is not None:
        yield from _coverage(reached)
    failed = sum(not result.passed for result in results)
    yield Heading(_("Result"))
    passed = len(results) - failed
    said = ngettext("{count} case as it says", "{count} cases as they say", passed)
    differ = ngettext("{count} case differs", "{count} cases differ", failed)
    yield Line(f"{said.format(count=passed)}, {differ.format(count=failed)}.", "strong")


def _case(reading: Reading, result: CaseResult) -> Iterator[Block]:
    title = reading.text(result.written.case.title)
    verdict = _("passed") if result.passed else _("DIFFERS")
    yield Line(f"{verdict}: {title}", "" if result.passed else "blocker", aside=result.id)
    for words in difference_words(result):
        yield Line(words, indent=2)


def difference_words(result: CaseResult) -> Iterator[str]:
    """Everything in which a case differs, one sentence each, with its place."""
    for problem in result.problems:
        yield str(say_problem(problem)).replace("\n  ", " ")
    for difference in result.differences:
        where = one_line(f"{difference.where.file}:{difference.where.line}")
        yield f"{_worded(difference)} ({where})"


def _worded(difference: Difference) -> str:
    expected, found = difference.expected, difference.found
    if difference.key in ("findings", "undetermined"):
        return _sets(difference.key, expected, found)
    said = {
        "phase": _("phase: {expected} is stated, {found} came out"),
        "at_most": _("highest phase not excluded: {expected} is stated, {found} came out"),
        "score": _("{name}: {expected} is stated, {found} came out"),
    }[difference.key]
    return said.format(name=difference.id, expected=_value(expected), found=_value(found))


def _sets(key: str, expected: Value, found: Value) -> str:
    wanted = set(expected) if isinstance(expected, tuple) else set()
    got = set(found) if isinstance(found, tuple) else set()
    parts = []
    if wanted - got:
        text = _("not found though stated: {names}")
        if key == "undetermined":
            text = _("not open though stated: {names}")
        parts.append(text.format(names=", ".join(sorted(wanted - got))))
    if got - wanted:
        text = _("found though not stated: {names}")
        if key == "undetermined":
            text = _("open though not stated: {names}")
        parts.append(text.format(names=", ".join(sorted(got - wanted))))
    return "; ".join(parts)


def _value(value: Value) -> str:
    if value is None:
        return _("no score")
    return decimal_text(value) if isinstance(value, int) else str(value)


# coverage -----------------------------------------------------------------------------------------


def _coverage(reached: Coverage) -> Iterator[Block]:
    yield Heading(_("Reached by the cases"))
    rows = []
    for kind in KINDS:
        done, every = reached.counts(kind)
        if every:
            rows.append((_(_KINDS[kind]), str(done), str(every)))
    yield Grid((_("What"), _("Reached"), _("Of")), rows)
    if reached.missing:
        yield Heading(_("Not reached"))
    for kind in KINDS:
        missing = [one for one in reached.missing if one.thing.kind == kind]
        if missing:
            yield Subheading(_(_KINDS[kind]))
            yield from _answers(missing) if kind in ("level", "option") else _truths(missing)


def _truths(missing: list[Reached]) -> Iterator[Block]:
    for one in missing:
        ways = ", ".join(_(_MISSING[way]) for way in one.missing if way in _MISSING)
        thing = one.thing
        name = thing.id if thing.kind != "gate" else f"phase.{thing.id}"
        yield Line(f"{name}: {ways}", indent=2, aside=one_line(thing.detail))


def _answers(missing: list[Reached]) -> Iterator[Block]:
    by_question: dict[str, list[str]] = {}
    for one in missing:
        by_question.setdefault(one.thing.id, []).append(one.thing.detail)
    for path, details in by_question.items():
        yield Line(f"{path}: {', '.join(details)}", indent=2)
