"""Versions of rubrics and the requirement in ``extends = "cx_phases >=1.0,<2"``.

Three whole numbers, compared one after the other; what is left out is zero.  Nothing of other
versioning schemes (pre-releases, ``~=``, wildcards) is known here.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Version = tuple[int, int, int]

_COMPARE: Final[dict[str, Callable[[Version, Version], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}
_REQUIREMENT: Final = re.compile(r"\s*([a-z][a-z0-9_]{0,39})\s*(.*)", re.DOTALL)
_CLAUSE: Final = re.compile(r"\s*(>=|<=|==|>|<)\s*(\d{1,9}(?:\.\d{1,9}){0,2})\s*")


@dataclass(frozen=True, slots=True)
class Requirement:
    """The id of a rubric and the versions of it that will do."""

    id: str
    clauses: tuple[tuple[str, Version], ...]

    def accepts(self, version: str) -> bool:
        """Whether a version (``major.minor.patch``) meets every clause."""
        found = parse_version(version)
        return all(_COMPARE[sign](found, wanted) for sign, wanted in self.clauses)


def parse_version(text: str) -> Version:
    """The numbers of ``1``, ``1.2`` or ``1.2.3``; raises ValueError for anything else."""
    numbers = [int(part) for part in text.split(".") if part.isascii() and part.isdigit()]
    if len(numbers) != text.count(".") + 1 or len(numbers) > 3:
        msg = f"'{text}' is not a version"
        raise ValueError(msg)
    major, minor, patch = (*numbers, 0, 0)[:3]
    return major, minor, patch


def parse_requirement(text: str) -> Requirement:
    """Read ``id`` or ``id >=1.0,<2``; raises ValueError for anything else."""
    match = _REQUIREMENT.fullmatch(text)
    written = match[2].split(",") if match and match[2].strip() else []
    clauses = [_CLAUSE.fullmatch(clause) for clause in written]
    if match is None or None in clauses:
        msg = f"'{text}' is not a rubric with versions"
        raise ValueError(msg)
    return Requirement(
        match[1], tuple((clause[1], parse_version(clause[2])) for clause in clauses if clause)
    )
