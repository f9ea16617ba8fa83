"""Imported figures of an engagement on a date: for the rules that read them, and to be shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cxmaturity.model.exact import from_micro
from cxmaturity.model.scorecard import MeasureCard

if TYPE_CHECKING:
    from cxmaturity.model.measures import MeasuresFile


def figures_of(file: MeasuresFile | None, date: dt.date) -> dict[str, object]:
    """What the data say by the words of rules (``measure.nps.value``); absent where missing."""
    if file is None:
        return {}
    from cxmaturity.measures.waves import figures

    return {
        key: value if isinstance(value, bool) else from_micro(value)
        for name, series in sorted(file.measures.items())
        for key, value in figures(name, series, date).items()
    }


def measure_cards(file: MeasuresFile | None, date: dt.date) -> tuple[MeasureCard, ...]:
    """Every measure with a wave on or before the date, by id."""
    if file is None:
        return ()
    from cxmaturity.measures.waves import measure_card

    found = (measure_card(name, series, date) for name, series in sorted(file.measures.items()))
    return tuple(card for card in found if card is not None)
