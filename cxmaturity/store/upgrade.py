"""Files of earlier releases: read as if they had been written today.

An upgrade is a pure function from the data of one format to the data of the next; nothing is
rewritten by reading.  A file of a newer release is refused and never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cxmaturity.errors import InputError, Problem
from cxmaturity.model.engagement import FORMAT
from cxmaturity.text.toml import TomlDocument

Upgrade = Callable[[Mapping[str, Any]], dict[str, Any]]
"""The data of one format as the data of the next; the argument stays as it is."""

UPGRADES: dict[str, dict[int, Upgrade]] = {}
"""By file name and by the format that the function starts from.

Empty while format 1 is the only one that was ever released.
"""


def format_of(document: TomlDocument) -> int:
    """The format a file says it has; one that says nothing has the first."""
    found = document.data.get("format", 1)
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise InputError(
            Problem(
                "wrong_format",
                "the format is a whole number",
                document.where(("format",)),
                "write format = {newest}",
                {"newest": FORMAT},
            )
        )
    return found


def upgraded(document: TomlDocument, name: str) -> dict[str, Any]:
    """The document's data in the format of this release; ``name`` is the file's own name."""
    found = format_of(document)
    if found > FORMAT:
        raise InputError(_newer(document, found))
    data = document.data
    steps = UPGRADES.get(name, {})
    for number in range(found, FORMAT):
        if number not in steps:
            raise InputError(_unknown(document, found))
        data = {**steps[number](data), "format": number + 1}
    return data


def _newer(document: TomlDocument, found: int) -> Problem:
    return Problem(
        "newer_format",
        "was written by a newer release: format {found}, this one reads up to {newest}",
        document.where(("format",)),
        "update the program; the file was not changed",
        {"found": found, "newest": FORMAT},
    )


def _unknown(document: TomlDocument, found: int) -> Problem:
    return Problem(
        "unknown_format",
        "there has never been a format {found}",
        document.where(("format",)),
        "write format = {newest}",
        {"found": found, "newest": FORMAT},
    )
