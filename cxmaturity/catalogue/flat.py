"""A whole rubric as one TOML file: what it extends is merged, what was removed is gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import tomli_w

_SCHEMA: Final = "#:schema https://cxmaturity.example/schema/rubric-1.json\n"
_INVISIBLE: Final = re.compile(r"[^\n\x20-\x7e]")


def flat_toml(data: Mapping[str, Any]) -> str:
    """The merged table as a file that reads the same.

    Characters that cannot be seen, or that act on a terminal, are written as escapes.
    """
    return _SCHEMA + _INVISIBLE.sub(_escaped, tomli_w.dumps(data))


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
