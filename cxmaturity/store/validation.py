"""From what a file says to a frozen model, with everything that is wrong said at once.

Each fault is told in the project's own words with its file, line and key.  Nothing is converted on
the way: ``"3"`` is not a number, ``1`` is not a date, a boolean is never a number.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.messages import N_

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]
WhereIs = Callable[[KeyPath], Where]
"""Tells the place of a key: a document's own method, or something that only knows the key."""

_WORDS: Mapping[str, str] = {
    "missing": N_("this key is missing"),
    "string_type": N_("a text in quotation marks is needed"),
    "string_too_long": N_("at most {max_length} characters"),
    "string_too_short": N_("must not be empty"),
    "string_pattern_mismatch": N_("does not have the right form ({pattern})"),
    "string_unicode": N_("holds half a character; type or paste the text again"),
    "int_type": N_("a whole number is needed"),
    "int_from_float": N_("a whole number is needed"),
    "bool_type": N_("true or false is needed"),
    "date_type": N_("a date without quotation marks is needed, such as 2026-03-31"),
    "literal_error": N_("must be one of {expected}"),
    "greater_than_equal": N_("must be at least {ge}"),
    "tuple_type": N_("a list in square brackets is needed"),
    "dict_type": N_("a table is needed"),
    "model_type": N_("a table is needed"),
    "model_attributes_type": N_("a table is needed"),
    "value_error": N_("is not a number that can be used here: {error}"),
}
_OTHER = N_("cannot be used: {reason}")


def model_of(model: type[Model], data: Mapping[str, Any], where: WhereIs) -> Model:
    """The data as a frozen model; lists become tuples.

    Raises ``InputError`` with every problem in the order of the file.
    """
    try:
        return model.model_validate(unchangeable(data), strict=True)
    except ValidationError as error:
        problems = [_problem(model, fault, where) for fault in _faults(error)]
        raise InputError(sorted(problems, key=lambda problem: problem.where.line or 0)) from error


def unchangeable(value: Any) -> Any:  # noqa: ANN401 - raw file values are of any type
    """The value with its lists as tuples, so that a frozen model holds nothing that changes."""
    if isinstance(value, Mapping):
        return {key: unchangeable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return tuple(unchangeable(inner) for inner in value)
    return value


def _faults(error: ValidationError) -> Iterator[ErrorDetails]:
    yield from error.errors(include_url=False, include_input=False)


def _problem(model: type[BaseModel], fault: ErrorDetails, where: WhereIs) -> Problem:
    kind = fault["type"]
    path = tuple(part for part in fault["loc"] if part != "[key]")
    if kind == "extra_forbidden":
        return _unknown_key(model, path, where(path))
    said = {name: _plain(value) for name, value in fault.get("ctx", {}).items()}
    values = {**said, "reason": fault["msg"]}
    code = "missing_key" if kind == "missing" else "wrong_value"
    return Problem(code, _WORDS.get(kind, _OTHER), where(path), values=values)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Exception) else value


def _unknown_key(model: type[BaseModel], path: KeyPath, where: Where) -> Problem:
    known = _keys_at(model, path[:-1])
    near = difflib.get_close_matches(str(path[-1]), known, n=3)
    if near:
        return Problem(
            "unknown_key",
            "this key is not known",
            where,
            "did you mean {nearest}?",
            {"nearest": ", ".join(near)},
        )
    return Problem(
        "unknown_key",
        "this key is not known",
        where,
        "remove it, or use one of {known}",
        {"known": ", ".join(known)},
    )


def _keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys of the table that ``path`` leads to."""
    for part in path:
        field = model.model_fields.get(str(part))
        # A part that is no field is an id in between (``facts.size``): the table stays the same.
        inner = _table_in(field.annotation) if field else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _table_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any type form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    tables = (_table_in(argument) for argument in get_args(annotation))
    return next((table for table in tables if table), None)
