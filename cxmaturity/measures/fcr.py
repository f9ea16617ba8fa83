"""First contact resolution: without the window for repeat contacts the figure means nothing.

Gross counts every contact; net leaves out those that nobody could have solved at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cxmaturity.hookspecs import Measure, MeasureValue
from cxmaturity.measures.counts import PERCENT_RANGE, OfCounts
from cxmaturity.measures.scale import off_scale
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_

WINDOW: Final = "window_days"


@dataclass(frozen=True, slots=True)
class OfContacts:
    """Computes a share of contacts whose repeat-contact window is the same in all rows.

    The window is told in ``found`` (``7 d``): figures with different ones are not compared.
    """

    counts: OfCounts

    def __call__(
        self, columns: Mapping[str, Sequence[int | None]], weights: Sequence[int] | None
    ) -> MeasureValue | None:
        """The share; no value where the window is missing, below a day, or not one."""
        value = self.counts(columns, weights)
        if value is None or not value.scale_ok:
            return value
        windows = sorted({window or 0 for window in self._windows(columns)})
        written = " / ".join(decimal_text(window) if window > 0 else "?" for window in windows)
        if len(windows) != 1 or windows[0] <= 0:
            return off_scale(value.n, f"{written} d")
        return replace(value, found=f"{written} d")

    def _windows(self, columns: Mapping[str, Sequence[int | None]]) -> list[int | None]:
        """The window of each row that counts."""
        rows = zip(*(columns[name] for name in self.counts.columns), strict=True)
        counted = [all(cell is not None for cell in row) for row in rows]
        return [w for w, counts in zip(columns[WINDOW], counted, strict=True) if counts]


_GROSS = OfCounts(hits=("solved_first",), base=("contacts",))
_NET = OfCounts(hits=("solved_first",), base=("contacts",), without=("not_solvable",))

FCR = Measure(
    name="fcr",
    summary=N_("share of contacts solved at the first one, of all"),
    title={"en": "First contact resolution, gross", "fi": "Kerralla ratkaistut (FCR), brutto"},
    definition={
        "en": "Percentage of all contacts that were solved at once: no contact about the same "
        "matter within window_days days, often 7 or 30. From 0 to 100, higher is better. "
        "Figures with different windows cannot be compared. Interval: Wilson.",
        "fi": "Kerralla ratkaistujen yhteydenottojen prosenttiosuus kaikista: samasta asiasta ei "
        "tullut uutta yhteydenottoa window_days päivän kuluessa, usein 7 tai 30. Asteikko "
        "0–100, suurempi on parempi. Eri aikarajoilla laskettuja lukuja ei voi verrata. "
        "Luottamusväli: Wilson.",
    },
    columns=(*_GROSS.columns, WINDOW),
    compute=OfContacts(_GROSS),
    range=PERCENT_RANGE,
    unit="%",
)

FCR_NET = Measure(
    name="fcr_net",
    summary=N_("share of contacts solved at the first one, of those that could be"),
    title={"en": "First contact resolution, net", "fi": "Kerralla ratkaistut (FCR), netto"},
    definition={
        "en": "Percentage of the contacts that could be solved at once (contacts less "
        "not_solvable) that were: no contact about the same matter within window_days days, "
        "often 7 or 30. From 0 to 100, higher is better. Figures with different windows cannot "
        "be compared. Interval: Wilson.",
        "fi": "Kerralla ratkaistujen yhteydenottojen prosenttiosuus niistä, jotka oli mahdollista "
        "ratkaista kerralla (contacts miinus not_solvable): samasta asiasta ei tullut uutta "
        "yhteydenottoa window_days päivän kuluessa, usein 7 tai 30. Asteikko 0–100, suurempi on "
        "parempi. Eri aikarajoilla laskettuja lukuja ei voi verrata. Luottamusväli: Wilson.",
    },
    columns=(*_NET.columns, WINDOW),
    compute=OfContacts(_NET),
    range=PERCENT_RANGE,
    unit="%",
)
