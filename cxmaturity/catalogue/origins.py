"""From a key of the merged rubric back to the file and line that wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cxmaturity.errors import Problem, Where
from cxmaturity.text.toml import TomlDocument
from cxmaturity.text.toml_places import Path, key_text

_OPENING_QUOTE: Final = re.compile(r"\s*=\s*([\"'])(?!\1\1)")


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, and how many leading parts of the merged path its own paths leave out."""

    document: TomlDocument
    dropped: int = 0

    def where(self, path: Path) -> Where:
        """The place of a merged path in this file."""
        return self.document.where(path[self.dropped :], key=key_text(path))


@dataclass(frozen=True, slots=True)
class Origins:
    """Which file wrote what: the entry of the longest known beginning of a path counts."""

    main: Origin
    known: Mapping[Path, Origin] = field(default_factory=dict)

    def of(self, path: Path) -> Origin:
        """The file that wrote the path, or around it; the rubric's main file if none did."""
        while path:
            if path in self.known:
                return self.known[path]
            path = path[:-1]
        return self.main

    def where(self, path: Path) -> Where:
        """File, line, column and key of a merged path, for an error."""
        return self.of(path).where(path)

    def placed(self, problem: Problem) -> Problem:
        """A problem that knows only its key (and a column inside a text), with file and line.

        What compiles expressions reports ``rules.STARING.when`` and a column in the expression.
        """
        path: Path = tuple(problem.where.key.split("."))
        origin = self.of(path)
        where = origin.where(path)
        if problem.where.column is not None:
            where = _inside(where, origin.document, problem.where.column)
        return replace(problem, where=where)


def _inside(where: Where, document: TomlDocument, column: int) -> Where:
    """The place of a column inside the one-line text that is written at a place."""
    line = document.source.split("\n")[(where.line or 1) - 1]
    quote = _OPENING_QUOTE.search(line, (where.column or 1) - 1)
    return replace(where, column=quote.end() + column) if quote else where
