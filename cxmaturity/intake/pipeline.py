"""The one way in for survey data: lay out → match columns → normalise values → report.

A file comes in whole or not at all: everything that is not understood is told with its row and
column, and then nothing of it is used.  Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.hookspecs import Measure
from cxmaturity.intake.cells import Refusals
from cxmaturity.intake.laying_out import LaidFile
from cxmaturity.intake.layouts import Dropped
from cxmaturity.intake.layouts.long import LONG
from cxmaturity.intake.layouts.template import TEMPLATE, marked_rubric
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.matching import Matched, match
from cxmaturity.intake.measured import Measured, Source
from cxmaturity.intake.questions import Questionnaire
from cxmaturity.intake.report import Report, by_reason
from cxmaturity.intake.respondents import Respondents
from cxmaturity.model.measures import Series
from cxmaturity.model.people import People
from cxmaturity.text.messages import N_


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an import may fill: answers, and measures that are known.

    ``n_min``: fewest answers that a segment may stand for.
    """

    questionnaire: Questionnaire
    measures: Table[str, Measure]
    n_min: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose columns are matched, before its rows are read."""

    file: LaidFile
    mapping: Mapping
    wanted: Wanted
    matched: Matched


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: people who answered, series of measures, and what is said of it."""

    people: People | None
    series: Table[str, Series] = field(default_factory=dict)
    report: Report = field(default_factory=lambda: Report("", "", "", 0))


def prepare(file: LaidFile, mapping: Mapping, wanted: Wanted) -> Prepared:
    """Match a file's columns; raises InputError with everything that fits nothing."""
    _require_same_rubric(file, mapping, wanted.questionnaire)
    matched = match(file.laid, mapping, wanted.questionnaire, wanted.measures, file.file)
    _require_periods(file.file, mapping)
    return Prepared(file, mapping, wanted, matched)


def read(prepared: Prepared) -> Imported:
    """Read all rows; raises InputError with every cell and row that cannot be used."""
    file, matched, mapping = prepared.file, prepared.matched, prepared.mapping
    if not matched.answers and not matched.measures:
        what = N_("no column of this file is a question, and no measure is asked for")
        hint = N_("see `import … --dry-run`; say what columns mean with --map, or give --measure")
        raise InputError(Problem("nothing_matched", what, Where(file.file), hint))
    refusals = Refusals(file.file, tells_columns=file.layout != LONG.name)
    people = (
        Respondents(matched, mapping, prepared.wanted.questionnaire, refusals)
        if matched.answers
        else None
    )
    measured = _measured(prepared, refusals)
    count = _take_all(file, people, measured)
    refusals.raise_if_any()
    series = measured.series() if measured else {}
    if people is not None and not people.count:
        what = N_("nobody answered anything in this file")
        refusals.add(Problem("no_respondents", what, Where(file.file)))
    refusals.raise_if_any()
    dropped = [*file.laid.dropped, *(people.dropped if people else ())]
    used = people.count if people else count
    return Imported(
        people.people() if people else None,
        series,
        _report(prepared, used, dropped, people, measured),
    )


def _take_all(file: LaidFile, people: Respondents | None, measured: Measured | None) -> int:
    """Take every row; how many there were."""
    count = 0
    for row, cells in file.laid.rows:
        count += 1
        if people is not None:
            people.take(row, cells)
        if measured is not None:
            measured.take(row, cells)
    return count


def _measured(prepared: Prepared, refusals: Refusals) -> Measured | None:
    if not prepared.matched.measures:
        return None
    file, wanted = prepared.file, prepared.wanted
    source = Source(file.file, file.sha256, wanted.n_min)
    return Measured(prepared.matched, prepared.mapping, wanted.measures, source, refusals)


def _report(
    prepared: Prepared,
    used: int,
    dropped: list[Dropped],
    people: Respondents | None,
    measured: Measured | None,
) -> Report:
    file, matched = prepared.file, prepared.matched
    special = [*(people.special if people else ()), *(measured.special if measured else ())]
    notes = [*file.assumed, *(_notes(file.file, people)), *(measured.notes if measured else ())]
    questions = prepared.wanted.questionnaire.questions
    open_ = [path for path in questions if people and path not in matched.answers]
    return Report(
        file=file.file,
        sha256=file.sha256,
        layout=file.layout,
        rows_used=used,
        dropped=by_reason(dropped),
        matched=matched.used,
        unmatched=matched.unmatched,
        ignored=file.laid.ignored,
        assumed=tuple(notes),
        special=tuple(special),
        unanswered=tuple(open_),
    )


def _notes(file: str, people: Respondents | None) -> Iterator[Problem]:
    if people is None:
        return
    where = Where(file)
    if people.derived_codes:
        what = N_("codes of {count} respondents are made from what they answered")
        yield Problem("derived_codes", what, where, "", {"count": people.derived_codes})
    if people.hashed_codes:
        what = N_("{count} codes are no plain codes: a hash stands for each")
        yield Problem("hashed_codes", what, where, "", {"count": people.hashed_codes})
    for label, path in people.made_places.items():
        what = N_("the label “{label}” became the place {path}")
        yield Problem("made_place", what, where, "", {"label": label, "path": path})


def _require_same_rubric(file: LaidFile, mapping: Mapping, wanted: Questionnaire) -> None:
    """Refuse a template of another rubric or version, with the questions that differ."""
    marked = marked_rubric(file.laid.columns) if file.layout == TEMPLATE.name else None
    if marked in (None, (wanted.rubric, wanted.version)) or mapping.answers:
        return
    there = [c.name for c in file.laid.columns if "." in c.name]
    gone = [path for path in there if path not in wanted.questions]
    new = [path for path in wanted.questions if path not in there]
    what = N_(
        "this template was made for {made}, the engagement uses {used}; questions that are gone: "
        "{gone}; new: {new}"
    )
    hint = N_("write a new one with `cxmaturity template`, or say with --map what columns mean")
    values = {
        "made": " ".join(marked or ()),
        "used": f"{wanted.rubric} {wanted.version}",
        "gone": ", ".join(gone) or "–",
        "new": ", ".join(new) or "–",
    }
    raise InputError(Problem("other_rubric", what, Where(file.file), hint, values))


def _require_periods(file: str, mapping: Mapping) -> None:
    """Every measure has one period: said, or from a column of dates."""
    problems = []
    for name, said in mapping.measures.items():
        key = f"measures.{name}"
        if mapping.period is None and said.ends is None:
            what = N_("of which period '{name}' is, is not known")
            hint = N_("say it with --period 2017-05, or a column of dates with [period] in --map")
            problems.append(Problem("no_period", what, Where(file, key=key), hint, {"name": name}))
        elif mapping.period is not None and said.ends is not None:
            what = N_("'{name}' has a period of its own, and a column of dates splits it")
            hint = N_("say one of the two")
            problems.append(
                Problem("two_periods", what, Where(file, key=key), hint, {"name": name})
            )
        elif said.starts and said.ends and said.ends < said.starts:
            what, hint = N_("the period ends before it starts"), N_("turn the two dates round")
            problems.append(Problem("bad_period", what, Where(file, key=key), hint))
    if problems:
        raise InputError(problems)
