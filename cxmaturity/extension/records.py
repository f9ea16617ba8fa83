"""What a hook gives, looked at before it is used: the right records, whole, each name once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from cxmaturity.hookspecs import RECORDS

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MOST: Final = 1_000
"""Records of one hook of one plugin: a generator that never ends would never be done."""


def checked(hook: str, given: Iterable[object]) -> tuple[Any, ...]:
    """The records of a hook; raises TypeError or ValueError with what is wrong with them."""
    wanted, found = RECORDS[hook], list[Any]()
    for record in given:
        if type(record) is not wanted:
            msg = f"{hook} gives {wanted.__name__} records, not {type(record).__name__}"
            raise TypeError(msg)
        _check(record)
        found.append(record)
        if len(found) > _MOST:
            msg = f"{hook} gives more than {_MOST} records"
            raise ValueError(msg)
    names = [record.name for record in found]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        msg = f"{hook} gives '{twice[0]}' twice"
        raise ValueError(msg)
    return tuple(found)


def _check(record: Any) -> None:  # noqa: ANN401 - one of the records
    kind = type(record).__name__
    if not isinstance(record.name, str) or not _NAME.fullmatch(record.name):
        msg = f"the name of a {kind} has small letters, digits, - and _: {record.name!r}"
        raise ValueError(msg)
    for part in dataclasses.fields(record):
        value = getattr(record, part.name)
        wanted = _wanted(str(part.type), value)
        if wanted:
            msg = f"{kind} '{record.name}': {part.name} is to be {wanted}"
            raise TypeError(msg)


def _wanted(annotation: str, value: object) -> str:
    """What a field should hold, where it holds something else; empty where it is right."""
    tests: Mapping[str, tuple[bool, str]] = {
        "str": (isinstance(value, str), "a text"),
        "bool": (isinstance(value, bool), "true or false"),
        "int": (isinstance(value, int) and not isinstance(value, bool), "a whole number"),
        "Path": (isinstance(value, Path), "a path"),
        "type[BaseModel]": (
            isinstance(value, type) and issubclass(value, BaseModel),
            "a class of settings",
        ),
        "Interval": (_is_interval(value), "two whole numbers"),
    }
    if "Callable[" in annotation:
        right = callable(value) or (value is None and "None" in annotation.rpartition("]")[2])
        return "" if right else "a function"
    right, words = tests.get(annotation, (True, ""))
    return "" if right else words


def _is_interval(value: object) -> bool:
    return isinstance(value, tuple) and [type(end) for end in value] == [int, int]
