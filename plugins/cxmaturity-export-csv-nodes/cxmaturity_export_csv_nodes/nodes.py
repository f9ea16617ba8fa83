"""`csv-nodes`: one row per node of a scorecard, for spreadsheets.

Numbers are written as numbers with a decimal point; a text that a spreadsheet would take for a
formula gets a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from cxmaturity.hookspecs import Exporter
from cxmaturity.model.scorecard import DimensionCard, IndicatorCard, Scorecard
from cxmaturity.model.text import say

COLUMNS = {
    "en": (
        "kind", "id", "title", "state", "score", "raw", "evidenced", "low", "high", "coverage",
        "weight", "target", "gap", "grade", "phase",
    ),
    "fi": (
        "laji", "tunnus", "nimi", "tila", "pisteet", "ennen ylärajoja", "näytön mukaan", "alaraja",
        "yläraja", "kattavuus", "paino", "tavoite", "ero tavoitteeseen", "näyttö", "vaihe",
    ),
}  # fmt: skip
_DROPPED = "\0\ufeff\u200b\u200c\u200d\u2060"
_TRIGGERS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠", "\t", "\r", "\n")

Cell = str | int | float | None


def write(card: Scorecard, options: Any) -> bytes:  # noqa: ANN401 - the host's export options
    """The CSV file: comma-separated, quoted as RFC 4180 says, UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    language = getattr(options, "language", "en")
    writer.writerow(COLUMNS.get(language, COLUMNS["en"]))
    for row in _rows(card, language):
        writer.writerow([cell if not isinstance(cell, str) else guarded(cell) for cell in row])
    return text.getvalue().encode()


def guarded(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula."""
    start = text.lstrip(_DROPPED + " ")
    return f"'{text}" if start.startswith(_TRIGGERS) else text


def _rows(card: Scorecard, language: str) -> Iterator[tuple[Cell, ...]]:
    yield _node("overall", card.overall, language)
    for dimension in card.dimensions.values():
        yield _node("dimension", dimension, language)
        for indicator in dimension.indicators:
            yield _indicator(indicator, language)


def _node(kind: str, node: DimensionCard, language: str) -> tuple[Cell, ...]:
    return (
        kind, node.id, say(node.title, language), node.state, node.score, node.raw,
        node.evidenced, node.low, node.high, node.coverage, node.weight, node.target, node.gap,
        None, node.phase,
    )  # fmt: skip


def _indicator(item: IndicatorCard, language: str) -> tuple[Cell, ...]:
    return (
        "indicator", item.id, say(item.title, language), item.state, item.level, item.raw,
        item.evidenced, item.low, item.high, item.coverage, item.weight, item.target, item.gap,
        item.grade, None,
    )  # fmt: skip


CSV_NODES = Exporter(
    name="csv-nodes",
    suffix=".csv",
    media_type="text/csv",
    write=write,
    summary="one row per node, for spreadsheets",
)
