"""A look at TOML source before it is parsed, because the parser itself has no limits.

A few kilobytes of brackets or dots can cost the parser seconds, gigabytes or its stack.  The scan
splits the source once into strings, comments and the rest, and measures the rest with byte
operations, so that it costs a small part of the parsing.  Places are worked out only for what is
refused.  It never judges syntax: up to the first syntax error it sees what the parser sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cxmaturity.errors import Problem, Where
from cxmaturity.text import limits
from cxmaturity.text.limits import Limit
from cxmaturity.text.messages import N_

# Every alternative also takes an unterminated rest, so that no text is looked at twice.
STRING: Final = (
    r'"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"?'
    r"|'(?!'')[^'\n]*+'?"
    r'|"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+\\?(?:"{3,5}|\Z)'
    r"|'{3}.*?(?:'{3,5}|\Z)"
)
COMMENT: Final = r"#[^\n]*+"
WORD: Final = r"[A-Za-z0-9_+:\-]++"

_QUIET: Final = re.compile(f"({STRING}|{COMMENT})", re.DOTALL)
_MARK: Final = re.compile(
    rf"(?P<string>{STRING})|(?P<comment>{COMMENT})|(?P<word>{WORD})"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<value>[=,])|(?P<line>\n)",
    re.DOTALL,
)
_WORD_BYTES: Final = bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B))
_WORD_MASK: Final = bytes(0x77 if byte in _WORD_BYTES + b"_+:-" else 0x20 for byte in range(256))
_BRACKET_MASK: Final = bytes.maketrans(b"{}", b"[]")
_DROP_ALL_BUT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_DROP_ALL_BUT_KEY_MARKS: Final = bytes(set(range(256)) - set(b".=,\n[]{}"))

_TEXTS: Final = {
    "nested_too_deep": N_("brackets are nested deeper than {limit}"),
    "key_too_deep": N_("a dotted key has more than {limit} parts"),
    "too_many_tables": N_("the file has more than {limit} tables"),
    "too_many_values": N_("the file has more than {limit} values"),
    "string_too_long": N_("a text is longer than {limit} characters"),
    "word_too_long": N_("a number or key is longer than {limit} characters"),
}
_HINTS: Final = {
    "nested_too_deep": N_("flatten the structure"),
    "key_too_deep": N_("use fewer parts"),
    "too_many_tables": N_("split the file"),
    "too_many_values": N_("split the file"),
    "string_too_long": N_("shorten the text"),
    "word_too_long": N_("shorten it, or put a text between quotation marks"),
}


def oversize(source: str, name: str) -> list[Problem]:
    """What in the source is beyond the limits, the first place of each kind, in file order.

    ``source`` has line feeds only; ``name`` is the file's name for the places.
    """
    problems = list(_lines(source, name))
    pieces = _QUIET.split(source)
    rest = '"'.join(pieces[::2]).encode("ascii", "replace")
    if _suspicious(rest, pieces[1::2]):
        problems.extend(_Walk(source, name).problems())
    return sorted(problems, key=lambda problem: problem.where.line or 0)


def _lines(source: str, name: str) -> Iterator[Problem]:
    lines = source.split("\n")
    if len(lines) > limits.TOML_LINES + 1:
        yield Problem(
            "too_many_lines",
            N_("the file has more than {limit} lines"),
            Where(name, limits.TOML_LINES + 1, 1),
            N_("split the file"),
            {"limit": int(limits.TOML_LINES)},
        )
    if max(map(len, lines)) > limits.TOML_LINE:
        number = next(i for i, line in enumerate(lines) if len(line) > limits.TOML_LINE)
        yield Problem(
            "line_too_long",
            N_("a line is longer than {limit} characters"),
            Where(name, number + 1, limits.TOML_LINE + 1),
            N_("break the line"),
            {"limit": int(limits.TOML_LINE)},
        )


def _suspicious(rest: bytes, quiet: list[str]) -> bool:
    """Whether anything may be beyond a limit; never misses, may suspect wrongly."""
    words = rest.translate(_WORD_MASK)
    dots = rest.translate(None, _DROP_ALL_BUT_KEY_MARKS)
    return (
        max(map(len, quiet), default=0) > limits.TOML_STRING
        or b"w" * (limits.TOML_WORD + 1) in words
        or b"." * limits.TOML_KEY_PARTS in dots
        or rest.count(b"[") > limits.TOML_TABLES
        or rest.count(b"{") > limits.TOML_INLINE_TABLES
        or rest.count(b",") + rest.count(b"=") > limits.TOML_VALUES
        or _is_deep(rest.translate(_BRACKET_MASK, _DROP_ALL_BUT_BRACKETS))
    )


def _is_deep(brackets: bytes) -> bool:
    """Whether removing innermost pairs, once a level, leaves any bracket over."""
    for _ in range(limits.TOML_NESTING):
        if not brackets:
            return False
        brackets = brackets.replace(b"[]", b"")
    return bool(brackets)


class _Walk:
    """Goes through the source mark by mark and notes the first place of each excess."""

    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name
        self._found: dict[str, Problem] = {}
        self._depth = 0
        self._dots = 0
        self._headers = 0
        self._inline = 0
        self._values = 0
        self._at_line_start = True

    def problems(self) -> list[Problem]:
        """Every excess in the source, one of each kind."""
        for mark in _MARK.finditer(self._source):
            kind = mark.lastgroup
            if kind in {"string", "word"}:
                self._long(f"{kind}_too_long", mark)
            elif kind == "dot":
                self._dots += 1
                self._check("key_too_deep", self._dots + 1, limits.TOML_KEY_PARTS, mark.start())
            else:
                self._dots = 0
                self._structure(kind, mark)
            self._at_line_start = kind == "line"
        return list(self._found.values())

    def _long(self, code: str, mark: re.Match[str]) -> None:
        limit = limits.TOML_STRING if code == "string_too_long" else limits.TOML_WORD
        self._check(code, mark.end() - mark.start(), limit, mark.start())

    def _structure(self, kind: str | None, mark: re.Match[str]) -> None:
        if kind == "value":
            self._values += 1
            self._check("too_many_values", self._values, limits.TOML_VALUES, mark.start())
        elif kind == "close":
            self._depth = max(self._depth - 1, 0)
        elif kind == "open":
            self._depth += 1
            self._check("nested_too_deep", self._depth, limits.TOML_NESTING, mark.start())
            self._table(mark)

    def _table(self, mark: re.Match[str]) -> None:
        if mark.group() == "{":
            self._inline += 1
            self._check("too_many_tables", self._inline, limits.TOML_INLINE_TABLES, mark.start())
        elif self._depth == 1 and self._at_line_start:
            self._headers += 1
            self._check("too_many_tables", self._headers, limits.TOML_TABLES, mark.start())

    def _check(self, code: str, measured: int, limit: Limit, at: int) -> None:
        if measured <= limit or code in self._found:
            return
        line, column = line_and_column(self._source, at)
        self._found[code] = Problem(
            code,
            _TEXTS[code],
            Where(self._name, line, column),
            _HINTS[code],
            {"limit": int(limit)},
        )


def line_and_column(source: str, at: int) -> tuple[int, int]:
    """Line and column of a position in the source, both from 1."""
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
