"""Measures of counts: each row says how many cases there were and how many of them counted.

Rows may be days, teams or one total; they are summed.  A row with an empty cell does not count,
because an empty cell is no zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cxmaturity.hookspecs import Interval, MeasureValue
from cxmaturity.measures.estimates import PERCENT, measured, share
from cxmaturity.measures.scale import off_scale
from cxmaturity.measures.tally import of_groups
from cxmaturity.model.exact import MILLION, decimal_text

PERCENT_RANGE: Final[Interval] = (0, PERCENT * MILLION)
"""Range of a percentage."""

Cells = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OfCounts:
    """Computes the percentage that the columns ``hits`` are of ``base`` less ``without``."""

    hits: tuple[str, ...]
    base: tuple[str, ...]
    without: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        return tuple(dict.fromkeys((*self.hits, *self.base, *self.without)))

    def __call__(
        self, columns: Mapping[str, Sequence[int | None]], weights: Sequence[int] | None
    ) -> MeasureValue | None:
        """The percentage with Wilson's interval; None without cases.

        Cells that are no counts (negative, with decimals), and more hits than cases, are refused.
        """
        rows = zip(*(columns[name] for name in self.columns), strict=True)
        groups: list[tuple[int, int, int]] = []
        wrong = ""
        for place, row in enumerate(rows):
            if any(cell is None for cell in row):
                continue
            cells = {n: c for n, c in zip(self.columns, row, strict=True) if c is not None}
            wrong = wrong or self._wrong(cells)
            hits, cases = self._sums(cells)
            weight = 1 if weights is None else weights[place]
            groups += [(MILLION, hits, weight), (0, cases - hits, weight)]
        answers = of_groups(groups)
        if wrong:
            return off_scale(answers.n, wrong)
        if answers.n == 0:
            return None
        return measured(share(answers, lambda value: value > 0), answers, PERCENT_RANGE)

    def _sums(self, cells: Cells) -> tuple[int, int]:
        hits = sum(cells[name] for name in self.hits)
        cases = sum(cells[name] for name in self.base) - sum(cells[name] for name in self.without)
        return hits // MILLION, cases // MILLION

    def _wrong(self, cells: Cells) -> str:
        """The first cell that is no count, or hits and cases where there are too many hits."""
        odd = [cell for cell in cells.values() if cell < 0 or cell % MILLION]
        hits, cases = self._sums(cells)
        if odd:
            return decimal_text(odd[0])
        return f"{hits}/{cases}" if hits > cases else ""
