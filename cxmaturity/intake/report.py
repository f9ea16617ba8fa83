"""What an import did, in words and as data: rows, columns, codes, and what was taken for granted.

Nothing of a single respondent stands here but texts that are no answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cxmaturity.errors import Problem
from cxmaturity.intake.cells import cut
from cxmaturity.intake.layouts import Dropped
from cxmaturity.intake.special import Special
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.problems import say_problem

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class DroppedRows:
    """Rows that were left out for one reason."""

    reason: Problem
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said of one import.

    ``matched`` says by column what it was used for, ``unmatched`` by column which questions it
    might have meant; ``ignored`` are columns that tell who answered and are never stored.
    """

    file: str
    sha256: str
    layout: str
    rows_used: int
    dropped: tuple[DroppedRows, ...] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    unmatched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    assumed: tuple[Problem, ...] = ()
    special: tuple[Special, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def rows_read(self) -> int:
        """Rows of answers that the file holds."""
        return self.rows_used + sum(dropped.count for dropped in self.dropped)


def by_reason(dropped: Iterable[Dropped]) -> tuple[DroppedRows, ...]:
    """Dropped rows counted by their reason, the most frequent first."""
    found: dict[str, DroppedRows] = {}
    for each in dropped:
        before = found.get(each.reason.code)
        found[each.reason.code] = DroppedRows(
            before.reason if before else each.reason,
            (before.count if before else 0) + 1,
            before.first if before else each.row,
        )
    return tuple(sorted(found.values(), key=lambda rows: (-rows.count, rows.first)))


def report_lines(report: Report) -> Iterator[str]:
    """The report in the language in use, a line for each thing."""
    count = report.rows_read
    rows = ngettext("{file}: {count} row read", "{file}: {count} rows read", count)
    yield (
        rows.format(file=cut(report.file), count=count)
        + ", "
        + _("{used} used, layout {layout}").format(used=report.rows_used, layout=report.layout)
    )
    for dropped in report.dropped:
        yield "  " + _("left out {count} (first row {first}): {reason}").format(
            count=dropped.count, first=dropped.first, reason=say_problem(dropped.reason).what
        )
    yield _("Columns used: {count}").format(count=len(report.matched))
    for column, purpose in report.matched.items():
        if column != purpose:
            yield f"  {cut(column)} → {purpose}"
    if report.unmatched:
        yield _("Columns not used: {count}").format(count=len(report.unmatched))
        unclear = [cut(name) for name, maybe in report.unmatched.items() if not maybe]
        if unclear:
            yield f"  {', '.join(unclear)}"
        for column, candidates in report.unmatched.items():
            if candidates:
                maybe = _("{column} could be any of {questions}")
                yield "  " + maybe.format(column=cut(column), questions=", ".join(candidates))
    if report.ignored:
        listed = ", ".join(map(cut, report.ignored))
        yield _("Never stored: {columns}").format(columns=listed)
    if report.unanswered:
        listed = ", ".join(report.unanswered)
        yield _("Questions without a column: {questions}").format(questions=listed)
    yield from _special_lines(report.special)
    for problem in report.assumed:
        said = say_problem(problem)
        yield _("Taken for granted: {what}").format(what=said.what)


def _special_lines(special: Iterable[Special]) -> Iterator[str]:
    """Each text without a value once, with the columns where it was met."""
    found: dict[str, list[Special]] = {}
    for each in special:
        found.setdefault(each.text, []).append(each)
    for text, places in found.items():
        times = sum(place.count for place in places)
        names = [cut(place.column) for place in places[:_MOST_NAMED]]
        columns = ", ".join([*names, *["…"][: len(places) > _MOST_NAMED]])
        line = _("“{text}” in {columns}: no value ({count})")
        yield line.format(text=cut(text), count=times, columns=columns)


def report_data(report: Report) -> dict[str, object]:
    """The report as plain data, for programs."""
    return {
        "file": report.file,
        "sha256": report.sha256,
        "layout": report.layout,
        "rows": {
            "read": report.rows_read,
            "used": report.rows_used,
            "dropped": [
                {"reason": d.reason.code, "count": d.count, "first": d.first}
                for d in report.dropped
            ],
        },
        "columns": {
            "matched": dict(report.matched),
            "unmatched": {name: list(maybe) for name, maybe in report.unmatched.items()},
            "ignored": list(report.ignored),
        },
        "unanswered": list(report.unanswered),
        "special": [{"column": s.column, "text": s.text, "count": s.count} for s in report.special],
        "assumed": [
            {"code": problem.code, "what": say_problem(problem).what} for problem in report.assumed
        ],
    }
