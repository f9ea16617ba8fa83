"""What pydantic finds wrong with a table → problems with a place, in the project's own words.

Nothing is judged here: the models judge, this module says it so that an author of TOML understands
it, with the nearest allowed key or value.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxmaturity.errors import Problem, Where
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

_KEY_MARK: Final = "[key]"
_SHOWN: Final = 60
"""Longer values are cut in a message."""

_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "string_type": ("wrong_type", N_("a text is needed here"), N_("put it in quotation marks")),
    "dict_type": ("wrong_type", N_("a table is needed here"), ""),
    "model_type": ("wrong_type", N_("a table is needed here"), ""),
    "tuple_type": ("wrong_type", N_("a list is needed here"), N_("put it in [ ]")),
    "int_type": ("wrong_type", N_("a whole number is needed here"), ""),
    "int_from_float": ("wrong_type", N_("a whole number is needed here"), ""),
    "bool_type": ("wrong_type", N_("true or false is needed here"), ""),
    "literal_error": ("bad_value", N_("'{value}' is not allowed here"), N_("one of {expected}")),
    "too_short": ("bad_value", N_("at least {min_length} is needed here"), ""),
    "too_long": ("bad_value", N_("at most {max_length} are allowed here"), ""),
    "greater_than_equal": ("bad_value", N_("at least {ge} is needed here"), ""),
    "less_than_equal": ("bad_value", N_("at most {le} is allowed here"), ""),
    "string_too_short": ("bad_value", N_("the text is empty"), ""),
    "string_too_long": ("bad_value", N_("at most {max_length} characters are allowed"), ""),
}
_SAID_BY_THE_MODELS: Final = (
    N_("a number is needed"),
    N_("a finite number is needed"),
    N_("numbers lie between -1000000000 and 1000000000"),
    N_("at most six decimals"),
)
"""Sentences of the models' own checks, named here to be translated."""
_PATTERNS: Final[Mapping[str, tuple[str, str, str]]] = {
    "^[a-z]": (
        "bad_id",
        N_("'{value}' cannot be an id"),
        N_("an id has small letters, digits and _, begins with a letter, at most 40 characters"),
    ),
    "^[A-Z]": (
        "bad_id",
        N_("'{value}' cannot be the id of a rule"),
        N_("it has capitals, digits and _, begins with a letter, at most 40 characters"),
    ),
    r"^\d": ("bad_value", N_("'{value}' is not a version"), N_('write "1.0.0"')),
}


def problems_of(
    error: ValidationError,
    data: object,
    place: Callable[[Path], Where],
    model: type[BaseModel],
    more_keys: Sequence[str] = (),
) -> list[Problem]:
    """Every problem of a table that did not fit its model.

    ``place`` gives the place of a path below ``data``; ``more_keys`` are keys that the table may
    have beside those of the model (a question's own beside its kind's), for suggestions.
    """
    found: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False):
        path = _written_path(detail["loc"], data)
        if detail["type"] == "missing":
            problem = _missing(detail, place(path))
            path = (*path, str(detail["loc"][-1]))
        elif detail["type"] == "extra_forbidden":
            problem = _unknown_key(detail, place(path), model, path, more_keys)
        else:
            problem = _worded(detail, place(path), model, path)
        # The alternatives of a union all complain about one value; the first says enough.
        found.setdefault(path, problem)
    return list(found.values())


def faulty_paths(error: ValidationError, data: object) -> list[Path]:
    """The paths of what did not fit, as far as they are written."""
    return [_written_path(detail["loc"], data) for detail in error.errors(include_url=False)]


def literal(text: str) -> str:
    """A sentence as the template of a problem: its braces stand for themselves."""
    return text.replace("{", "{{").replace("}", "}}")


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar known names, for "did you mean"; empty when none is similar."""
    return ", ".join(difflib.get_close_matches(name, sorted(known), n=3))


def _written_path(loc: tuple[int | str, ...], data: object) -> Path:
    """The location without pydantic's own marks and without what is not in the file."""
    path: Path = ()
    for part in loc:
        known: object = range(len(data)) if isinstance(data, list) else data
        if not isinstance(known, Mapping | range) or part not in known:
            break
        data = data[part]  # type: ignore[index]
        path = (*path, part)
    return path


def _missing(detail: ErrorDetails, where: Where) -> Problem:
    key = detail["loc"][-1]
    if isinstance(key, int):
        what, hint = N_("the list is too short: number {key} is missing"), ""
        return Problem("missing_item", what, where, hint, {"key": key + 1})
    what, hint = N_("the key '{key}' is missing"), N_("add {key} = …")
    return Problem("missing_key", what, where, hint, {"key": key})


def _unknown_key(
    detail: ErrorDetails,
    where: Where,
    model: type[BaseModel],
    path: Path,
    more_keys: Sequence[str],
) -> Problem:
    key = str(detail["loc"][-1])
    table = next(iter(_annotations_at(model, path[:-1])), None)
    known = [*_keys(table), *(more_keys if len(path) == 1 else ())]
    near = nearest(key, known)
    values = {"key": _cut(key), "near": near, "known": ", ".join(sorted(known))}
    hint = N_("did you mean {near}?") if near else N_("known here are {known}")
    return Problem("unknown_key", N_("the key '{key}' is not known here"), where, hint, values)


def _worded(detail: ErrorDetails, where: Where, model: type[BaseModel], path: Path) -> Problem:
    context = dict(detail.get("ctx", {}))
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ")
    values = {**context, "value": _cut(detail["input"])}
    if detail["type"] == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        code, what, hint = next(
            words for start, words in _PATTERNS.items() if pattern.startswith(start)
        )
    elif detail["type"] == "value_error":
        reason = str(context.get("error", detail["msg"]))
        code, what, hint, values = "bad_value", literal(reason), "", {}
    elif detail["type"] == "dict_type" and dict[str, str] in _annotations_at(model, path):
        code, what = "wrong_type", N_("a text is needed here")
        hint = N_('write "…", or {{ en = "…", fi = "…" }}')
    else:
        unworded = ("bad_value", literal(detail["msg"]), "")
        code, what, hint = _WORDS.get(detail["type"], unworded)
    return Problem(code, what, where, hint, values)


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# which keys a table may have ----------------------------------------------------------------------


def _keys(annotation: object) -> list[str]:
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return []
    return [field.alias or name for name, field in annotation.model_fields.items()]


def _annotations_at(model: type[BaseModel], path: Path) -> list[Any]:
    """The types that a path below a model may have; none where the model does not say."""
    found: list[Any] = [model]
    for part in path:
        found = [below for annotation in found for below in _below(annotation, part)]
    return found


def _below(annotation: Any, part: str | int) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        for name, field in fields:
            if (field.alias or name) == part:
                yield from _alternatives(field.annotation)
    elif get_origin(annotation) is dict:
        yield from _alternatives(get_args(annotation)[1])
    elif get_origin(annotation) is tuple:
        yield from _alternatives(get_args(annotation)[0])


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    """The members of a union, each without its ``Annotated``."""
    if get_origin(annotation) in {Union, UnionType}:
        for member in get_args(annotation):
            yield from _alternatives(member)
    elif hasattr(annotation, "__metadata__"):
        yield from _alternatives(annotation.__origin__)
    else:
        yield annotation
