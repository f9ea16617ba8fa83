"""What a rubric requires: a plugin's distribution and the versions of it that will do.

``cxmaturity-kind-allocation >= 1`` or ``acme >=1.2,<2``.  Versions are compared by their leading
whole numbers (``1.2`` of ``1.2rc1``), which is what rubric authors write.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}
_REQUIRED: Final = re.compile(
    r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,99}[A-Za-z0-9])?)\s*(.*)", re.DOTALL
)
_CLAUSE: Final = re.compile(r"\s*(>=|<=|==|>|<)\s*(\d{1,9}(?:\.\d{1,9}){0,3})\s*")
_LEADING: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})*")

EXAMPLE: Final = "cxmaturity-kind-allocation >= 1"


@dataclass(frozen=True, slots=True)
class Required:
    """A distribution and clauses that its version has to meet; ``text`` is as it was written."""

    distribution: str
    clauses: tuple[tuple[str, str], ...]
    text: str

    def accepts(self, version: str) -> bool:
        """Whether a version meets every clause; one that has no number meets none."""
        return all(_compared(version, sign, wanted) for sign, wanted in self.clauses)


def parse_required(text: str) -> Required:
    """Read ``name`` or ``name >=1.0,<2``; raises ValueError for anything else."""
    match = _REQUIRED.fullmatch(text)
    written = match[2].split(",") if match and match[2].strip() else []
    clauses = [_CLAUSE.fullmatch(clause) for clause in written]
    if match is None or None in clauses:
        msg = f"'{text}' is not a plugin with versions"
        raise ValueError(msg)
    return Required(match[1], tuple((c[1], c[2]) for c in clauses if c), text.strip())


def same_name(one: str, other: str) -> bool:
    """Whether two names of distributions mean the same one."""
    return _normal(one) == _normal(other)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _compared(version: str, sign: str, wanted: str) -> bool:
    found = _LEADING.match(version)
    if found is None:
        return False
    pairs = zip_longest(_numbers(found[0]), _numbers(wanted), fillvalue=0)
    first = next(((own, other) for own, other in pairs if own != other), (0, 0))
    return _COMPARE[sign](*first)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".")]
