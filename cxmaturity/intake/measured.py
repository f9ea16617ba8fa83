"""Columns of measures, gathered row by row and computed wave by wave and segment by segment.

Only the mapped columns are kept, as integers.  What the figures mean is the measure's business;
which segments are too small to be kept is decided here, before anything is stored.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import Measure, MeasureValue
from cxmaturity.intake.cells import Refusals, cut
from cxmaturity.intake.mapping import Mapping, MeasureMap
from cxmaturity.intake.matching import Matched, MeasureColumns
from cxmaturity.intake.measured_columns import (
    DateColumn,
    NumberColumn,
    TextColumn,
    WeightColumn,
)
from cxmaturity.intake.periods import Period
from cxmaturity.intake.questions import plain
from cxmaturity.intake.special import Special, missing_of
from cxmaturity.measures.finite_population import corrected
from cxmaturity.measures.ratings import settled
from cxmaturity.model.measures import Segment, Series, Wave
from cxmaturity.model.text import ANY_LANGUAGE
from cxmaturity.text.messages import N_

Rows = Sequence[int]
"""Numbers of rows that belong together, from 0."""

MOST_SEGMENTS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The file that figures come from, and how few answers may stand for themselves."""

    file: str
    sha256: str
    n_min: int


class Measured:
    """Takes rows one by one; afterwards the series of every mapped measure."""

    def __init__(
        self,
        matched: Matched,
        mapping: Mapping,
        measures: Table[str, Measure],
        source: Source,
        refusals: Refusals,
    ) -> None:
        self.source, self.refusals = source, refusals
        self.notes: list[Problem] = []
        period = mapping.period
        self.dates = (
            DateColumn(matched.period, period.every, period.dates)
            if matched.period and period
            else None
        )
        self.parts = [
            _Gathered(name, measures[name], mapping.measures[name], columns, mapping)
            for name, columns in matched.measures.items()
        ]
        self._columns = [column for part in self.parts for column in part.all_columns]
        if self.dates and self.parts:
            self._columns.append(self.dates)

    def take(self, row: int, cells: list[str]) -> None:
        """Take the cells of one row."""
        for column in self._columns:
            column.take(row, cells, self.refusals)

    @property
    def special(self) -> list[Special]:
        """Missing codes that were met, by column."""
        found = [special for part in self.parts for special in part.special]
        return list(dict.fromkeys(found))

    def series(self) -> dict[str, Series]:
        """Every measure with its waves; a measure without any answer is refused."""
        return {part.name: self._series(part) for part in self.parts}

    def _series(self, part: _Gathered) -> Series:
        part.settle()
        waves = [
            wave
            for period, rows in self._waves(part)
            if (wave := self._wave(part, period, rows)) is not None
        ]
        if not waves:
            what = N_("the measure '{name}' has no answers in this file")
            values = {"name": part.name}
            self.refusals.add(Problem("no_data", what, Where(self.source.file), "", values))
        measure = part.measure
        title = dict(measure.title) or {ANY_LANGUAGE: part.name}
        return Series.model_construct(
            title=title,
            definition=dict(measure.definition) or title,
            unit=measure.unit,
            range=None if measure.range == (0, 0) else measure.range,
            better=measure.better,
            plugin="",
            waves=tuple(waves),
        )

    def _waves(self, part: _Gathered) -> list[tuple[Period | None, Rows]]:
        if self.dates is None:
            return [(None, range(part.rows))]
        by_period = self.dates.rows_by_period()
        undated = by_period.pop(None, [])
        if undated:
            what = N_("{count} rows without a date are in no wave of '{name}'")
            values = {"count": len(undated), "name": part.name}
            self.notes.append(Problem("undated", what, Where(self.source.file), "", values))
        return [(period, rows) for period, rows in sorted(by_period.items()) if period]

    def _wave(self, part: _Gathered, period: Period | None, rows: Rows) -> Wave | None:
        value = part.compute(rows)
        if value is None:
            return None
        population = part.said.population
        if population is not None:
            if value.n > population:
                what = N_("'{name}' has {n} answers, more than the population of {population}")
                values = {"name": part.name, "n": value.n, "population": population}
                where = Where(self.source.file)
                self.refusals.add(Problem("small_population", what, where, "", values))
            value = corrected(value, population)
        starts, ends = period or (part.said.starts, part.said.ends)
        assert ends is not None  # noqa: S101 - no row is read without a period
        return Wave.model_construct(
            starts=starts,
            ends=ends,
            value=value.value,
            n=value.n,
            low=value.low,
            high=value.high,
            deviation=value.deviation,
            scale_ok=value.scale_ok,
            found=cut(value.found),
            weighted=part.weight is not None,
            population=population,
            missing=part.missing(rows),
            segments=tuple(self._segments(part, rows, value)),
            file=self.source.file,
            sha256=self.source.sha256,
        )

    def _segments(self, part: _Gathered, rows: Rows, total: MeasureValue) -> list[Segment]:
        """The measure by each segment that is large enough, of every column asked for."""
        if not total.scale_ok:
            return []
        found: list[Segment] = []
        for column in part.segments:
            computed = self._by_value(part, column, rows)
            shown = large_enough(
                {name: value.n for name, value in computed.items()}, total.n, self.source.n_min
            )
            left_out = len(computed) - len(shown)
            if left_out:
                what = N_("'{name}' by “{column}”: {count} groups left out, fewer than {least}")
                values = {"name": part.name, "column": column.column.name, "count": left_out}
                values |= {"least": self.source.n_min}
                where = Where(self.source.file)
                self.notes.append(Problem("small_segments", what, where, "", values))
            found += [_segment(column.column.name, name, computed[name]) for name in sorted(shown)]
        return found

    def _by_value(self, part: _Gathered, column: TextColumn, rows: Rows) -> dict[str, MeasureValue]:
        split = column.rows_by_text(rows)
        if len(split) > MOST_SEGMENTS:
            what = N_("the column “{column}” has {count} different values: too many for segments")
            hint = N_("at most {most}; is it the column that you mean?")
            values = {"column": column.column.name, "count": len(split), "most": MOST_SEGMENTS}
            where = Where(self.source.file)
            self.refusals.add(Problem("too_many_segments", what, where, hint, values))
            return {}
        computed = {text: part.compute(inside) for text, inside in split.items()}
        return {t: value for t, value in computed.items() if value and value.value is not None}


class _Gathered:
    """What was gathered for one measure."""

    def __init__(
        self, name: str, measure: Measure, said: MeasureMap, columns: MeasureColumns,
        mapping: Mapping,
    ) -> None:  # fmt: skip
        self.name, self.measure, self.said = name, measure, said
        own = frozenset(map(plain, said.missing))
        self.numbers = {
            part: NumberColumn(column, own | missing_of(mapping, [column]), mapping.decimal)
            for part, column in columns.columns.items()
        }
        self.weight = WeightColumn(columns.weight, mapping.decimal) if columns.weight else None
        self.segments = [TextColumn(c, missing_of(mapping, [c])) for c in columns.segments]

    @property
    def all_columns(self) -> list[NumberColumn | WeightColumn | TextColumn | DateColumn]:
        """Every column that takes cells."""
        return [*self.numbers.values(), *([self.weight] if self.weight else []), *self.segments]

    @property
    def rows(self) -> int:
        """How many rows were taken."""
        return len(next(iter(self.numbers.values())).values)

    @property
    def special(self) -> list[Special]:
        """Missing codes that were met."""
        return [special for column in self.numbers.values() for special in column.special]

    def settle(self) -> None:
        """Judge the scale once, of all answers: a wave or a segment may be too small to show it."""
        columns = {part: column.values for part, column in self.numbers.items()}
        self.measure = settled(self.measure, columns, self.said.scale)

    def compute(self, rows: Rows) -> MeasureValue | None:
        """The measure of some rows."""
        columns = {part: _picked(column.values, rows) for part, column in self.numbers.items()}
        weights = _picked(self.weight.values, rows) if self.weight else None
        return self.measure.compute(columns, weights)

    def missing(self, rows: Rows) -> int:
        """How many of some rows lack an answer in any column."""
        columns = [_picked(column.values, rows) for column in self.numbers.values()]
        if len(columns) == 1:
            return columns[0].count(None)
        return sum(None in cells for cells in zip(*columns, strict=True))


def large_enough(counts: Table[str, int], total: int, least: int) -> dict[str, int]:
    """The groups that may be shown beside the total: none of them small, nor all others together.

    ``total`` may be more than the groups' sum, by answers that are in no group.
    """
    shown = {name: n for name, n in counts.items() if n >= least}
    while shown and 0 < total - sum(shown.values()) < least:
        del shown[min(shown, key=lambda name: (shown[name], name))]
    return shown


def _segment(column: str, text: str, value: MeasureValue) -> Segment:
    assert value.value is not None  # noqa: S101 - segments without a value are left out
    return Segment.model_construct(
        column=column, value=text, n=value.n, figure=value.value, low=value.low, high=value.high
    )


def _picked(values: list[Any], rows: Rows) -> list[Any]:
    if len(rows) == len(values):
        return values
    return [values[row] for row in rows]
