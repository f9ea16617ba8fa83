"""Problems in the user's language, harmless for a terminal: one form for every surface.

Values of a problem may be foreign text; they are put in by name and cleaned, never looked into.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cxmaturity.errors import Problem
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in words: the place (empty when unknown), what is wrong, what to do."""

    where: str
    what: str
    hint: str

    def __str__(self) -> str:
        """The place and the problem on one line, the hint below it."""
        first = f"{self.where}: {self.what}" if self.where else self.what
        return f"{first}\n  {self.hint}" if self.hint else first


def say_problem(problem: Problem) -> Said:
    """The problem in the language in use.

    A key that the sentence names anyway is not told as the place again.
    """
    what = _filled(problem.what, problem.values)
    where = clean(str(problem.where), keep="")
    if not problem.where.file and where in what:
        where = ""
    return Said(where, what, _filled(problem.hint, problem.values))


def _filled(template: str, values: Mapping[str, object]) -> str:
    if not template:
        return ""
    shown = {name: clean(str(value), keep="") for name, value in values.items()}
    try:
        return _(template).format_map(shown)
    except (KeyError, IndexError, ValueError):
        # A sentence that is not ours, such as a plugin's, may hold braces of its own.
        return clean(template, keep="")
