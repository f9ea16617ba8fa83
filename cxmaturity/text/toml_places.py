"""Where in TOML source each key and array element stands, for error messages.

A second, tolerant pass over source that has already been parsed without error: it follows table
headers, arrays of tables, dotted keys, inline tables and arrays, and notes line and column from 1.
It never refuses anything and never reads a value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cxmaturity.text.toml_scan import COMMENT, STRING

Path = tuple[str | int, ...]
"""Keys and array indices from the top of the file."""

_TOKEN: Final = re.compile(
    rf"(?P<string>{STRING})|(?P<skip>{COMMENT}|[ \t\r]+)|(?P<word>[^\s\[\]{{}}=,.#\"']+)"
    r"|(?P<mark>[\[\]{}=,.\n])",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def key_text(path: Path) -> str:
    """The path as people write it: ``dimensions.loop.levels[2]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _BARE.fullmatch(part) else f'"{part}"')
    return text


@dataclass(frozen=True)
class Places:
    """Line and column of every path that is written."""

    known: dict[Path, tuple[int, int]]

    @classmethod
    def of(cls, source: str) -> Places:
        """The places in source that the parser accepted (line feeds only)."""
        reader = _Reader(source)
        reader.read()
        return cls(reader.known)

    def nearest(self, path: Path) -> tuple[int, int]:
        """The place of the path, else of the nearest table or array around it, else 1, 1."""
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, (1, 1))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int
    column: int

    @property
    def is_name(self) -> bool:
        return self.text[0] not in "[]{}=,.\n"


_END: Final = _Token("\n", 0, 0)


class _Reader:
    """Walks the tokens with one of look-ahead."""

    def __init__(self, source: str) -> None:
        self.known: dict[Path, tuple[int, int]] = {}
        self._tokens = _tokens(source)
        self._next: _Token | None = next(self._tokens, None)
        self._elements: dict[Path, int] = {}

    def read(self) -> None:
        """Go through the whole source."""
        table: Path = ()
        while self._next is not None:
            if self._next.text == "[":
                table = self._header()
            elif self._next.is_name:
                self._key_and_value(table)
            else:
                self._take()

    def _take(self) -> _Token:
        token = self._next or _END
        self._next = next(self._tokens, None)
        return token

    def _sees(self, marks: str) -> bool:
        return self._next is None or self._next.text in marks

    def _note(self, path: Path, at: _Token) -> None:
        self.known.setdefault(path, (at.line, at.column))

    def _header(self) -> Path:
        start = self._take()
        is_element = self._sees("[")
        if is_element:
            self._take()
        path: Path = ()
        parts = self._key()
        for position, part in enumerate(parts, start=1):
            path = (*path, _name(part))
            self._note(path, start)
            if path in self._elements and not (is_element and position == len(parts)):
                path = (*path, self._elements[path])
        if is_element:
            self._elements[path] = self._elements.get(path, -1) + 1
            path = (*path, self._elements[path])
        self.known[path] = (start.line, start.column)
        while not self._sees("\n"):
            self._take()
        return path

    def _key(self) -> list[_Token]:
        parts = []
        while self._next is not None and (self._next.is_name or self._next.text == "."):
            token = self._take()
            if token.text != ".":
                parts.append(token)
        return parts

    def _key_and_value(self, table: Path) -> None:
        path = table
        for part in self._key():
            path = (*path, _name(part))
            self._note(path, part)
        if self._sees("="):
            self._take()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._sees("["):
            self._array(path)
        elif self._sees("{"):
            self._inline_table(path)
        else:
            while not self._sees(",]}\n"):
                self._take()

    def _array(self, path: Path) -> None:
        self._take()
        index = 0
        while not self._sees("]}"):
            if self._sees(",\n"):
                self._take()
            elif self._next is not None:
                self._note((*path, index), self._next)
                self._value((*path, index))
                index += 1
        self._take()

    def _inline_table(self, path: Path) -> None:
        self._take()
        while not self._sees("}"):
            if self._next is not None and self._next.is_name:
                self._key_and_value(path)
            else:
                self._take()
        self._take()


def _tokens(source: str) -> Iterator[_Token]:
    line, start = 1, 0
    for match in _TOKEN.finditer(source):
        text = match.group()
        if match.lastgroup != "skip":
            yield _Token(text, line, match.start() - start + 1)
        breaks = text.count("\n")
        if breaks:
            line += breaks
            start = match.start() + text.rindex("\n") + 1


def _name(token: _Token) -> str:
    """What a key part says, without its quotation marks and escapes."""
    if token.text[0] == "'":
        return token.text[1:-1]
    if token.text[0] == '"':
        return str(tomllib.loads(f"key = {token.text}")["key"])
    return token.text
