"""Answers as cells of a table, so that reading gives back exactly what was written.

A cell is empty (not answered), ``true`` or ``false``, a number with a decimal point, a word or a
short text as it is, or JSON: a list, or a text in quotation marks that would else be read as
something different.  No cell begins with a sign that a spreadsheet takes for a formula, and none
breaks its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from cxmaturity.text import limits

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,30})?")
_LONGEST = 100_000
"""Characters of a cell; Python's reader of CSV takes a little more."""
_WORDS: Mapping[str, bool] = {"true": True, "false": False}


class CellTexts(dict[tuple[type, Any], str]):
    """The cell of every answer, made once for equal answers: ``texts[type(answer), answer]``.

    Raises ValueError for what could not be read back.
    """

    def __missing__(self, key: tuple[type, Any]) -> str:
        """Make the cell and remember it."""
        text = _text(key[1])
        if len(text) > _LONGEST:
            _refuse(text)
        self[key] = text
        return text


class CellValues(dict[str, Any]):
    """The answer of every cell, one object for equal cells: ``values[cell]``.

    Raises ValueError for a cell that no answer is written as.
    """

    def __init__(self) -> None:
        """Know only the empty cell."""
        super().__init__({"": None})

    def __missing__(self, cell: str) -> Any:  # noqa: ANN401 - answers are of any type
        """Read the cell and remember it."""
        value = self[cell] = _value(cell)
        return value


def cell_key(answer: object) -> tuple[type, object]:
    """The key of an answer in `CellTexts`; lists and tuples are the same there."""
    if isinstance(answer, list):
        return tuple, tuple(answer)
    return type(answer), answer


def _text(answer: object) -> str:
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, int | float | Decimal):
        return _number(answer)
    if isinstance(answer, tuple):
        return "[" + ", ".join(_element(each) for each in answer) + "]"
    if isinstance(answer, str):
        _require_text(answer)
        return answer if _is_plain(answer) else json.dumps(answer, ensure_ascii=_breaks(answer))
    msg = "an answer is a truth, a number, a text or a list of them"
    raise ValueError(msg)


def _element(answer: object) -> str:
    if isinstance(answer, str):
        _require_text(answer)
        return json.dumps(answer, ensure_ascii=_breaks(answer))
    if answer is None or isinstance(answer, tuple | list):
        msg = "a list holds no lists and no gaps"
        raise ValueError(msg)
    return _text(answer)


def _number(answer: float | Decimal) -> str:
    exact = Decimal(repr(answer)) if isinstance(answer, float) else Decimal(answer)
    if exact.is_finite() and abs(exact) <= limits.NUMBER_SIZE:
        whole = exact == exact.to_integral_value()
        text = str(int(exact)) if whole else format(exact.normalize(), "f")
        if _NUMBER.fullmatch(text):
            return text
    msg = "a number is too large or too fine"
    raise ValueError(msg)


def _is_plain(text: str) -> bool:
    """Whether a text can stand as it is: it begins with a letter and holds nothing odd."""
    return (
        text[:1].isalpha()
        and text.isprintable()
        and not text.endswith(" ")
        and text not in _WORDS
        and len(text) <= limits.TOML_WORD
    )


def _breaks(text: str) -> bool:
    """Whether a text holds what JSON would leave as it is, and a line or a screen would not."""
    return not text.replace("\n", "").replace("\t", "").isprintable()


def _require_text(text: str) -> None:
    if len(text) > limits.TOML_STRING:
        msg = "a text is too long"
        raise ValueError(msg)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = "a text holds half a character"
        raise ValueError(msg) from error


def _value(cell: str) -> object:
    if cell in _WORDS:
        return _WORDS[cell]
    if _NUMBER.fullmatch(cell):
        return _within(Decimal(cell) if "." in cell else int(cell))
    if cell[0] in '["':
        return _from_json(cell)
    if not _is_plain(cell):
        _refuse(cell)
    return cell


def _from_json(cell: str) -> object:
    if len(cell) > _LONGEST:
        _refuse(cell)
    try:
        value = json.loads(cell, parse_float=_number_in, parse_int=_number_in)
    except RecursionError as error:
        raise ValueError from error
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            _require_text(each)
        elif not isinstance(each, bool | int | Decimal):
            _refuse(cell)
    return tuple(value) if isinstance(value, list) else value


def _number_in(text: str) -> int | Decimal:
    if not _NUMBER.fullmatch(text):
        _refuse(text)
    return _within(Decimal(text) if "." in text else int(text))


def _within(number: int | Decimal) -> int | Decimal:
    if not -limits.NUMBER_SIZE <= number <= limits.NUMBER_SIZE:
        _refuse(str(number))
    return number


def _refuse(_cell: str) -> NoReturn:
    msg = "the cell holds no answer"
    raise ValueError(msg)
