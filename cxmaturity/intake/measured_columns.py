"""Single columns of measured data: numbers, weights, texts and dates, each held small.

A million rows have few different texts: each is worked out once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from cxmaturity.intake.cells import Refusals
from cxmaturity.intake.layouts import Column
from cxmaturity.intake.mapping import Every
from cxmaturity.intake.numbers import DecimalMark, read_number
from cxmaturity.intake.periods import Period, SlashOrder, day_of, period_of
from cxmaturity.intake.questions import plain
from cxmaturity.intake.special import Special
from cxmaturity.text.messages import gettext as _

_MOST_REMEMBERED: Final = 100_000
_MILLIONTHS: Final = 6
_WEIGHT_DECIMALS: Final = 12
"""Decimals of a weight that count; survey tools write up to ten."""


def scaled(number: Decimal, decimals: int) -> int:
    """A number as an integer of so many decimals, rounded half away from zero."""
    return int(number.scaleb(decimals).to_integral_value(ROUND_HALF_UP))


class NumberColumn:
    """Numbers in millionths; missing codes and empty cells are None."""

    def __init__(
        self, column: Column, missing: Iterable[str], mark: DecimalMark | None = None
    ) -> None:
        self.column = column
        self.values: list[int | None] = []
        self._missing = frozenset(missing)
        self._mark: DecimalMark | None = mark
        self._known: dict[str, int | None] = {}
        self._special: Counter[str] = Counter()

    def take(self, row: int, cells: list[str], refusals: Refusals) -> None:
        """Take one cell."""
        text = cells[self.column.place]
        if text in self._known:
            self.values.append(self._known[text])
        else:
            self.values.append(self._work_out(row, text, refusals))

    @property
    def special(self) -> list[Special]:
        """The missing codes that were met."""
        counted = self._special.most_common()
        return [Special(self.column.name, text, count) for text, count in counted]

    def _work_out(self, row: int, text: str, refusals: Refusals) -> int | None:
        word = plain(text)
        if word and word in self._missing:
            # Not remembered, so that each one is counted.
            self._special[text.strip()] += 1
            return None
        try:
            value = scaled(read_number(text, self._mark), _MILLIONTHS) if word else None
        except ValueError as error:
            refusals.cell(row, self.column.place, self.column.name, text, str(error))
            return None
        if len(self._known) < _MOST_REMEMBERED:
            self._known[text] = value
        return value


class WeightColumn:
    """Weights as integers of a fixed unit: only their proportions count."""

    def __init__(self, column: Column, mark: DecimalMark | None = None) -> None:
        self.column = column
        self.values: list[int] = []
        self._mark: DecimalMark | None = mark
        self._known: dict[str, int] = {}

    def take(self, row: int, cells: list[str], refusals: Refusals) -> None:
        """Take one cell; every row has a weight of 0 or more."""
        text = cells[self.column.place]
        if text not in self._known:
            weight = self._work_out(row, text, refusals)
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[text] = weight
        self.values.append(self._known[text])

    def _work_out(self, row: int, text: str, refusals: Refusals) -> int:
        try:
            weight = scaled(read_number(text, self._mark), _WEIGHT_DECIMALS)
        except ValueError as error:
            refusals.cell(row, self.column.place, self.column.name, text, str(error))
            return 0
        if weight < 0:
            reason = _("a weight is 0 or more")
            refusals.cell(row, self.column.place, self.column.name, text, reason)
        return weight


class TextColumn:
    """Texts by which rows are told apart; missing codes and empty cells belong to no group."""

    def __init__(self, column: Column, missing: Iterable[str]) -> None:
        self.column = column
        self._missing = frozenset(missing)
        self._numbers: dict[str, int] = {}
        self._values: list[int] = []

    def take(self, _row: int, cells: list[str], _refusals: Refusals) -> None:
        """Take one cell."""
        text = cells[self.column.place]
        self._values.append(self._numbers.setdefault(text, len(self._numbers)))

    def rows_by_text(self, rows: Iterable[int]) -> dict[str, list[int]]:
        """Some of the rows, by their text."""
        inside: list[list[int]] = [[] for _ in self._numbers]
        for row in rows:
            inside[self._values[row]].append(row)
        found: dict[str, list[int]] = {}
        for text, number in self._numbers.items():
            word = plain(text)
            if word and word not in self._missing and inside[number]:
                found.setdefault(" ".join(text.split())[:_LONGEST], []).extend(inside[number])
        return found


_LONGEST: Final = 200


class DateColumn:
    """Dates that split rows into waves."""

    def __init__(self, column: Column, every: Every, order: SlashOrder | None) -> None:
        self.column = column
        self._every: Every = every
        self._order: SlashOrder | None = order
        self._known: dict[str, Period | None] = {"": None}
        self._values: list[Period | None] = []

    def take(self, row: int, cells: list[str], refusals: Refusals) -> None:
        """Take one cell."""
        text = cells[self.column.place].strip()
        if text in self._known:
            self._values.append(self._known[text])
            return
        try:
            period = period_of(day_of(text, self._order), self._every)
        except ValueError as error:
            refusals.cell(row, self.column.place, self.column.name, text, str(error))
            period = None
        if len(self._known) < _MOST_REMEMBERED:
            self._known[text] = period
        self._values.append(period)

    def rows_by_period(self) -> dict[Period | None, list[int]]:
        """All rows, by the period of their date."""
        found: dict[Period | None, list[int]] = {}
        for row, period in enumerate(self._values):
            found.setdefault(period, []).append(row)
        return found
