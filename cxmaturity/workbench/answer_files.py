"""Answers in one file, TOML or JSON: what `answer --from` takes and the bundled examples are.

::

    [ratings]
    "loop.weekly" = 3                                    # or a table: { value, note, flag, … }
    [facts]
    size = "mid"
    [evidence]
    "loop.weekly" = { grade = "documented", reference = "Agendas of March", date = 2026-03-30 }

Tables may also be nested (``[ratings.loop]``), and without any of the three tables the keys are
paths (``loop.weekly = 3``, ``fact.size = "mid"``).  A note or reference may be written in several
languages (``{ en = "…", fi = "…" }``); the one in use is taken.  Whether a rubric knows the paths
is not asked here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from cxmaturity.errors import CxError, InputError, Problem, Where
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.rubric import GRADES, Table
from cxmaturity.model.text import say
from cxmaturity.store.validation import KeyPath, model_of
from cxmaturity.text import limits
from cxmaturity.text.messages import current_language
from cxmaturity.text.toml import TomlDocument, read_toml
from cxmaturity.workbench.engagements import FACT
from cxmaturity.workbench.values import CLEAR

Entry = TypeVar("Entry", bound=Table)
_TABLES = ("ratings", "facts", "evidence")
_DATES = ("when", "date")
_REMARKS = ("note", "reference")
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """What a file says: entries by path, and ``settings``, everything beside the three tables.

    A rating with the value None clears the answer.
    """

    name: str
    entries: Mapping[str, Rating]
    evidence: Mapping[str, Evidence]
    settings: Mapping[str, Any] = field(default_factory=dict)
    document: TomlDocument | None = None
    keys: Mapping[str, KeyPath] = field(default_factory=dict)
    """Where an entry is written in the file, by its path."""

    def where(self, path: str) -> Where:
        """File, line and key of an entry, for an error."""
        return self.place(self.keys.get(path, (path,)))

    def place(self, key: KeyPath) -> Where:
        """File, line and key of anything in the file."""
        if self.document:
            return self.document.where(key)
        return Where(self.name, key=".".join(str(part) for part in key))


def read_answer_file(data: bytes, name: str) -> AnswerFile:
    """The answers of a file; JSON when it begins with a brace, else TOML.

    Raises InputError with everything that is wrong.
    """
    document = None if data.lstrip().startswith(b"{") else read_toml(data, name)
    said = _json(data, name) if document is None else document.data
    return _Reader(AnswerFile(name, {}, {}, document=document)).read(said)


class _Reader:
    """Goes through the tables once and collects every problem on the way."""

    def __init__(self, empty: AnswerFile) -> None:
        self.empty = empty
        self.problems: list[Problem] = []
        self.keys: dict[str, KeyPath] = {}

    def read(self, said: Mapping[str, Any]) -> AnswerFile:
        tables = {name: self._table(said, name) for name in _TABLES if name in said}
        settings = {key: value for key, value in said.items() if key not in _TABLES}
        if not tables:
            tables, settings = {"paths": settings}, {}
        entries: dict[str, Rating] = {}
        evidence: dict[str, Evidence] = {}
        for name, table in tables.items():
            start = () if name == "paths" else (name,)
            prefix = FACT if name == "facts" else ""
            for path, key, value in _flat(table, start, prefix):
                self.keys.setdefault(path, key)
                if name == "evidence":
                    self._put(evidence, Evidence, path, key, _graded(value))
                else:
                    self._put(entries, Rating, path, key, _rated(value))
        if self.problems:
            raise InputError(self.problems)
        return AnswerFile(
            self.empty.name, entries, evidence, settings, self.empty.document, self.keys
        )

    def _table(self, said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = said[name]
        if isinstance(table, Mapping):
            return table
        where = self.empty.place((name,))
        self.problems.append(Problem("wrong_value", "a table is needed", where))
        return {}

    def _put(
        self,
        into: dict[str, Entry],
        model: type[Entry],
        path: str,
        key: KeyPath,
        said: Mapping[str, Any],
    ) -> None:
        said = {name: _remark(name, value) for name, value in said.items()}
        if self.empty.document is None:
            said = {name: _date(name, value) for name, value in said.items()}
        try:
            into[path] = model_of(model, said, lambda inner: self.empty.place((*key, *inner)))
        except InputError as error:
            self.problems += error.problems


def _flat(
    table: Mapping[str, Any], start: KeyPath, prefix: str
) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every entry with its path; tables of a dimension are opened."""
    for key, value in table.items():
        path = prefix + key
        if isinstance(value, Mapping) and "." not in path and len(start) < _DEEPEST:
            yield from _flat(value, (*start, key), f"{path}.")
        else:
            yield path, (*start, key), value


def _rated(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any answer
    said = dict(value) if isinstance(value, Mapping) else {"value": value}
    if said.get("value") == CLEAR:
        said["value"] = None
    return said


def _graded(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any answer
    return {"grade": value} if value in GRADES else value if isinstance(value, Mapping) else {}


def _remark(name: str, value: Any) -> Any:  # noqa: ANN401 - any value
    """A remark written in several languages, in the one in use."""
    bilingual = name in _REMARKS and isinstance(value, Mapping) and value
    if bilingual and all(isinstance(text, str) for text in value.values()):
        return say(value, current_language())
    return value


def _date(name: str, value: Any) -> Any:  # noqa: ANN401 - any value
    """A date, which JSON can only write as text; what is none is left for the model to refuse."""
    if name in _DATES and isinstance(value, str):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(value)
    return value


def _json(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        if len(data) > limits.TOML_BYTES:
            raise _not_json(name)
        said = json.loads(data, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _not_json(name) from error
    return dict(said)


def _refuse(word: str) -> CxError:
    raise ValueError(word)


def _not_json(name: str) -> InputError:
    return InputError(
        Problem(
            "bad_json",
            "this is not JSON that can be read",
            Where(name),
            'write {{"ratings": {{"loop.weekly": 3}}, "facts": {{"size": "mid"}}}}',
        )
    )
