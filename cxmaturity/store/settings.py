"""What `cxmaturity set` may change in `engagement.toml`: the keys, and how their values are typed.

A key is a field of the engagement (``date``) or an entry of one of its tables (``weight.people``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from cxmaturity.errors import InputError, Problem, UsageError, Where
from cxmaturity.model.engagement import Engagement
from cxmaturity.store.canonical import ENGAGEMENT, as_written
from cxmaturity.store.validation import KeyPath, model_of

Reader = Callable[[str], object]


def _several(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in text.split(","))
    return () if text == "none" else tuple(word for word in words if word)


FIELDS: Mapping[str, Reader] = {
    "organisation": str,
    "date": dt.date.fromisoformat,
    "profile": str,
    "modules": _several,
    "language": str,
    "baseline": str,
    "aggregate_over": str,
    "respondents": str,
    "average": str,
    "n_min": int,
    "retention": dt.date.fromisoformat,
    "advisors": _several,
}
"""Settings that are one field each, and how the text of a value is read."""

TABLES: Mapping[str, tuple[str, Reader]] = {
    "weight": ("weights", Decimal),
    "target": ("targets", Decimal),
    "group_weight": ("group_weights", Decimal),
    "axes": ("axes", _several),
    "labels": ("labels", str),
}
"""Settings that are entries of a table: the word before the dot, the table, the reader."""

KEYS: tuple[str, ...] = (*FIELDS, *(f"{word}.…" for word in TABLES))
"""Every key, for messages and completion."""

_WANTED: Mapping[Reader, str] = {
    dt.date.fromisoformat: "2026-03-31",
    Decimal: "1.5",
    int: "5",
}


def read_setting(key: str, text: str) -> object:
    """The typed value that ``text`` gives for ``key``; ``None`` for ``clear``.

    Raises ``UsageError`` for a key that is not known or a text that is no such value.
    """
    _, _, reader = _place(key)
    if text == "clear":
        return None
    try:
        return reader(text)
    except (ValueError, InvalidOperation) as error:
        raise UsageError(
            Problem(
                "wrong_value",
                "'{text}' cannot be used here",
                Where(key=key),
                "write it like {example}, or clear",
                {"text": text, "example": _WANTED.get(reader, "")},
            )
        ) from error


def with_settings(engagement: Engagement, settings: Mapping[str, object]) -> Engagement:
    """The engagement with some settings changed; ``None`` brings the default back.

    Raises ``UsageError`` with every problem.
    """
    if not settings:
        return engagement
    data = as_written(ENGAGEMENT, engagement)
    for key, value in settings.items():
        table, name, _ = _place(key)
        _put(data.setdefault(table, {}) if table else data, name, value)

    def where(path: KeyPath) -> Where:
        return Where(key=".".join(str(part) for part in path))

    try:
        return model_of(Engagement, data, where)
    except InputError as error:
        raise UsageError(error.problems) from error


def _put(table: dict[str, Any], name: str, value: object) -> None:
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _place(key: str) -> tuple[str, str, Reader]:
    """The table (``""``: none), the key inside it and the reader of a setting."""
    if key in FIELDS:
        return "", key, FIELDS[key]
    word, _, name = key.partition(".")
    if word in TABLES and name:
        table, reader = TABLES[word]
        return table, name, reader
    raise UsageError(
        Problem(
            "unknown_setting",
            "there is no such setting",
            Where(key=key),
            "the settings are {known}",
            {"known": ", ".join(KEYS)},
        )
    )
