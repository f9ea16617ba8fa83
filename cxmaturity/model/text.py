"""Bilingual text: ``{ en = "…", fi = "…" }``, or a plain string in a one-language rubric."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

ANY_LANGUAGE = "*"
"""The key under which a plain string is held: it says the same in every language."""


def _as_mapping(value: object) -> object:
    return {ANY_LANGUAGE: value} if isinstance(value, str) else value


Text = Annotated[
    dict[str, str],
    BeforeValidator(_as_mapping, json_schema_input_type=str | dict[str, str]),
    Field(min_length=1),
]
"""A text in one or more languages, keyed by language code."""


def say(text: Mapping[str, str] | None, language: str) -> str:
    """The text in the language, else the language-free one, else whichever comes first."""
    if not text:
        return ""
    return text.get(language) or text.get(ANY_LANGUAGE) or next(iter(text.values()))
