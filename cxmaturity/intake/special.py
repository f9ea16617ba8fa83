"""Texts that stand for no answer with a value: what the mapping calls missing, and their count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cxmaturity.intake.layouts import Column
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.questions import plain


@dataclass(frozen=True, slots=True)
class Special:
    """A text that stands for no answer with a value, and how often it was met."""

    column: str
    text: str
    count: int


def missing_of(mapping: Mapping, columns: Iterable[Column]) -> frozenset[str]:
    """Codes that the mapping calls missing in any of some columns, whatever these are for."""
    names = {
        name for column in columns for name in (plain(column.name), plain(column.text)) if name
    }
    return frozenset(
        plain(code)
        for header, codes in mapping.missing.items()
        if plain(header) in names
        for code in codes
    )
