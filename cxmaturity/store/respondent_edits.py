"""A respondent's answers changed, without touching a disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from cxmaturity.model.respondent import Respondent
from cxmaturity.store.validation import unchangeable


def with_answers(
    respondent: Respondent, answers: Mapping[str, object], date: dt.date
) -> Respondent:
    """The respondent after answering on a day, by ``dimension.indicator``; None clears one."""
    said = {dimension: dict(table) for dimension, table in respondent.answers.items()}
    for path, raw in answers.items():
        dimension, _, indicator = path.partition(".")
        table = said.setdefault(dimension, {})
        if raw is None:
            table.pop(indicator, None)
        else:
            table[indicator] = unchangeable(raw)
    left = {dimension: table for dimension, table in said.items() if table}
    return respondent.model_copy(update={"answers": left, "interviewed": date})
