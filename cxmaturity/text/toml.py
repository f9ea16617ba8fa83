"""Reading TOML that others wrote: checked for size first, parsed exactly, with places for errors.

Fractions arrive as ``Decimal`` and never as binary floats.  Whatever is wrong is an `InputError`
with file, line and column; no other exception leaves this module.  Nothing here knows what the
keys mean, and nothing here opens a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import islice
from typing import Any, Final

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path, Places, key_text
from cxmaturity.text.toml_scan import oversize

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_ZERO: Final = Decimal(0)
_PLACE: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class TomlDocument:
    """A parsed file: its data, its name, and on demand the place of every key and element."""

    name: str
    data: dict[str, Any]
    source: str

    @cached_property
    def places(self) -> Places:
        """Line and column of every path; worked out on first use, since only errors ask."""
        return Places.of(self.source)

    def line_of(self, path: Sequence[str | int]) -> int:
        """Line of a key or array element, else of the nearest one above it that is written."""
        return self.places.nearest(tuple(path))[0]

    def where(self, path: Sequence[str | int], *, key: str | None = None) -> Where:
        """Place of a key or array element for an error; ``key`` replaces the path shown."""
        line, column = self.places.nearest(tuple(path))
        return Where(self.name, line, column, key_text(tuple(path)) if key is None else key)


def read_toml(data: bytes, name: str) -> TomlDocument:
    """Parse the bytes of a TOML file; ``name`` is what errors call it.

    Raises InputError with every excess over the limits, or the first syntax error, or every number
    that is out of range.
    """
    source = _decode(data, name).replace("\r\n", "\n")
    problems = oversize(source, name)
    if problems:
        raise InputError(problems)
    document = TomlDocument(name, _parse(source, name), source)
    if not _all_numbers_fit(document.data):
        raise InputError(islice(_bad_numbers(document), limits.PROBLEMS))
    return document


def _decode(data: bytes, name: str) -> str:
    if len(data) > limits.TOML_BYTES:
        raise InputError(
            Problem(
                "file_too_large",
                N_("the file is larger than {limit} bytes"),
                Where(name),
                N_("split the file"),
                {"limit": int(limits.TOML_BYTES)},
            )
        )
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise InputError(
            Problem(
                "not_utf8",
                N_("the file is not UTF-8 text"),
                Where(name, line, column),
                N_("save the file with the encoding UTF-8"),
            )
        ) from error


def _parse(source: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source, parse_float=_decimal)
    except (ValueError, RecursionError, MemoryError) as error:
        raise InputError(_syntax_problem(str(error), source, name)) from error


def _decimal(written: str) -> Decimal:
    """The exact number; minus zero is zero, and what is beyond Decimal is infinite."""
    try:
        return Decimal(written) or _ZERO
    except InvalidOperation:
        return Decimal("Infinity")


_SYNTAX: Final[Mapping[str, tuple[str, str, str]]] = {
    "Cannot overwrite a value": (
        "duplicate_key",
        N_("a key is written twice"),
        N_("write each key once; a table may not replace a value"),
    ),
    "Cannot declare": (
        "duplicate_key",
        N_("a table is written twice"),
        N_("write each table once, with all its keys"),
    ),
    "Duplicate inline table key": (
        "duplicate_key",
        N_("a key is written twice between the braces"),
        N_("write each key once"),
    ),
    "Cannot redefine namespace": (
        "duplicate_key",
        N_("a dotted key opens a table that is already written"),
        N_("write the key under that table"),
    ),
    "Cannot mutate immutable namespace": (
        "duplicate_key",
        N_("an inline table or array cannot be extended"),
        N_("write everything between its braces, or make it a table of its own"),
    ),
    "Invalid value": (
        "toml_syntax",
        N_("this is not a value"),
        N_(
            "put texts between quotation marks, write numbers with a point, truths as true or false"
        ),
    ),
    "Invalid date or datetime": (
        "toml_syntax",
        N_("there is no such date"),
        N_("write 2026-03-31"),
    ),
    "Unterminated string": (
        "toml_syntax",
        N_("a text is not closed"),
        N_("close it with the quotation mark it began with"),
    ),
    "Unclosed array": ("toml_syntax", N_("a comma or ] is missing"), N_("close the array with ]")),
    "Unclosed inline table": (
        "toml_syntax",
        N_("a comma or }} is missing"),
        N_("an inline table stands on one line, without a comma before its end"),
    ),
    "Expected '='": ("toml_syntax", N_("after a key comes ="), N_("write key = value")),
    "Expected newline": (
        "toml_syntax",
        N_("something follows where the line should end"),
        N_("write one key = value on a line"),
    ),
    "Expected ']": ("toml_syntax", N_("a table's name is not closed"), N_("close it with ]")),
    "Expected": ("toml_syntax", N_("a text is not closed"), N_("close it as it began")),
    "Invalid initial character": (
        "toml_syntax",
        N_("a key is missing or has a character that needs quotation marks"),
        N_("keys are letters, digits, - and _"),
    ),
    "Invalid statement": (
        "toml_syntax",
        N_("this line is neither a table, a key nor a comment"),
        N_("write key = value, [table] or # comment"),
    ),
    "Unescaped": (
        "toml_syntax",
        N_("a backslash stands before a character that it cannot"),
        N_("write \\\\ for a backslash"),
    ),
    "Invalid hex value": ("toml_syntax", N_("\\u needs four hexadecimal digits, \\U eight"), ""),
    "Escaped character": ("toml_syntax", N_("this is no character of Unicode"), ""),
    "Illegal character": (
        "toml_syntax",
        N_("a line break or control character stands in a text"),
        N_("write it as an escape, or use three quotation marks for several lines"),
    ),
    "Found invalid character": ("toml_syntax", N_("a control character is not allowed here"), ""),
}
"""What the parser says → code, what, hint in the project's own, translatable words."""


def _syntax_problem(message: str, source: str, name: str) -> Problem:
    match = _PLACE.search(message)
    lines = source.split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    said = message[: match.start()] if match else message
    known = (words for start, words in _SYNTAX.items() if said.startswith(start))
    code, what, hint = next(known, ("toml_syntax", N_("the file is not valid TOML: {said}"), ""))
    return Problem(code, what, Where(name, line, column), hint, {"said": said})


def _all_numbers_fit(data: object) -> bool:
    """Whether every number is within the limits; quick, since it is asked of every file."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            continue
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, int | Decimal) and _misfit(value):
            return False
    return True


def _misfit(number: int | Decimal) -> tuple[str, str] | None:
    """Code and text of what is wrong with a number."""
    if isinstance(number, Decimal):
        if not number.is_finite():
            return "number_not_finite", N_("a number must be finite")
        if -int(number.as_tuple().exponent) > limits.NUMBER_DECIMALS:
            return "number_too_fine", N_("a number has more than {decimals} decimals")
    if not -limits.NUMBER_SIZE <= number <= limits.NUMBER_SIZE:
        return "number_out_of_range", N_("numbers lie between -{limit} and {limit}")
    return None


def _bad_numbers(document: TomlDocument) -> Iterator[Problem]:
    values = {"limit": int(limits.NUMBER_SIZE), "decimals": int(limits.NUMBER_DECIMALS)}
    for path, number in _numbers(document.data, ()):
        misfit = _misfit(number)
        if misfit:
            code, what = misfit
            yield Problem(code, what, document.where(path), values=values)


def _numbers(value: object, path: Path) -> Iterator[tuple[Path, int | Decimal]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _numbers(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _numbers(below, (*path, index))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield path, value
