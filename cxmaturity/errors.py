"""Every error the project raises on purpose, each saying what, where and what to do.

The tree::

    CxError                    something the user can act on; carries all problems at once
    ├── UsageError             exit 2: the command or call itself is off
    ├── InputError             exit 3: a file or value is unreadable or invalid
    │   └── RubricError        exit 3: a rubric's files contradict the format or themselves
    ├── StoreError             exit 3: a file could not be read or written
    │   └── ConflictError      exit 3: somebody else changed the file since it was read
    └── PluginError            exit 4: a plugin failed where its result was needed

Texts are English templates with ``{name}`` placeholders; the command line words them in the
user's language.  An error never carries a person's answer unless that answer is what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: line and column count from 1, ``key`` is the dotted path inside it."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    key: str = ""

    def __str__(self) -> str:
        """``file:line:column key`` with what is known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place} {self.key}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    ``code`` is a stable slug (``unknown_key``), ``what`` and ``hint`` are English templates filled
    with ``values`` by whoever words them.
    """

    code: str
    what: str
    where: Where = field(default_factory=Where)
    hint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The problem on one line, in English."""
        place = str(self.where)
        hint = f" ({self.hint.format(**self.values)})" if self.hint else ""
        return f"{place}{': ' if place else ''}{self.what.format(**self.values)}{hint}"


class CxError(Exception):
    """Base of everything a user can act on; ``problems`` is never empty."""

    exit_code = 3

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Carry one problem or all that were found."""
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(CxError):
    """The command or the call itself is off (exit 2)."""

    exit_code = 2


class InputError(CxError):
    """A file or a value handed in is unreadable or invalid (exit 3)."""


class RubricError(InputError):
    """A rubric's files contradict the format or themselves (exit 3)."""


class StoreError(CxError):
    """A file could not be read or written; what was there before is intact (exit 3)."""


class ConflictError(StoreError):
    """The file changed since it was read; nothing was written (exit 3)."""


class PluginError(CxError):
    """A plugin failed where its result was needed (exit 4)."""

    exit_code = 4
