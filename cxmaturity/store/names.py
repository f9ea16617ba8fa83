"""File names that mean the same file on every system, and never one outside the folder.

Names that reach the disk are made from checked ids or come from a rubric's folder; a name that
Windows reserves, that differs from another only by case, or that climbs out is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cxmaturity.errors import Problem, StoreError, Where

_PART = re.compile(r"(?!\.\.?$)[A-Za-z0-9._-]{1,100}(?<!\.)")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_safe_name(name: str) -> bool:
    """Whether ``name`` (parts joined by ``/``) is safe below a folder on every system."""
    parts = name.split("/")
    return all(_PART.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)


def refuse_unsafe_names(names: Iterable[str], folder: Path) -> None:
    """Raise ``StoreError`` with every name that is unsafe or collides with another."""
    problems = list(_problems(names, folder))
    if problems:
        raise StoreError(problems)


def _problems(names: Iterable[str], folder: Path) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        if not is_safe_name(name):
            yield Problem(
                "unsafe_name",
                "this file name cannot be used everywhere",
                Where(str(folder / name)),
                "use letters without accents, digits, '.', '_' and '-'; no names of devices",
            )
        elif (other := seen.setdefault(name.casefold(), name)) != name:
            yield Problem(
                "same_name",
                "differs from {other} only by upper and lower case",
                Where(str(folder / name)),
                "rename one of them: on some systems they are one file",
                {"other": other},
            )
