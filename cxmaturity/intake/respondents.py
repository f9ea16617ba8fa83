"""Rows of respondents, gathered column by column; every row counts once or the file is refused.

Only what is mapped is kept: nothing of the other columns leaves a row.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping as Table
from typing import Final

from cxmaturity.errors import Problem, Where
from cxmaturity.intake.cells import Refusals
from cxmaturity.intake.layouts import Column, Dropped
from cxmaturity.intake.mapping import AnswerMap, GroupMap, Mapping
from cxmaturity.intake.matching import Matched
from cxmaturity.intake.places import PlaceReader
from cxmaturity.intake.questions import Questionnaire, plain
from cxmaturity.intake.special import Special, missing_of
from cxmaturity.intake.values import NO_WORDS, CellReader, Codes
from cxmaturity.model.people import People
from cxmaturity.store.response_names import is_code
from cxmaturity.text.messages import N_

_DERIVED_DIGITS: Final = 10
_PSEUDONYM_DIGITS: Final = 16


class Respondents:
    """Takes rows one by one; afterwards the people, or every reason why there are none."""

    def __init__(
        self, matched: Matched, mapping: Mapping, wanted: Questionnaire, refusals: Refusals
    ) -> None:
        self.refusals = refusals
        self.code = matched.code
        self.dropped: list[Dropped] = []
        self.readers = [
            _AnswerReader(path, columns, mapping, wanted, refusals)
            for path, columns in matched.answers.items()
        ]
        self.axes = [
            _GroupReader(axis, column, mapping, wanted, refusals)
            for axis, column in matched.groups.items()
        ]
        self.hashed_codes = 0
        self.derived_codes = 0
        self._codes: list[str] = []
        self._rows: dict[str, int] = {}
        self._groups: dict[str, tuple[str | None, ...]] = {}
        self._places: list[list[str | None]] = [[] for _ in self.axes]
        self._answers: list[list[object]] = [[] for _ in self.readers]
        self._derived: Counter[str] = Counter()

    def take(self, row: int, cells: list[str]) -> None:
        """Take one respondent; one without any answer is left out and counted."""
        answers = [reader.read(row, cells) for reader in self.readers]
        if answers.count(None) == len(answers):
            reason = Problem("no_answers", N_("no question was answered"), Where(line=row))
            self.dropped.append(Dropped(row, reason))
            return
        places = tuple(axis.read(row, cells) for axis in self.axes)
        code = cells[self.code.place].strip() if self.code else ""
        if code:
            code = self._own_code(code)
            self._require_new(row, code, places)
        else:
            code = self._derived_code(places, answers)
            self.derived_codes += 1
        self._codes.append(code)
        self._rows.setdefault(code, row)
        self._groups.setdefault(code, places)
        for kept, place in zip(self._places, places, strict=True):
            kept.append(place)
        for column, raw in zip(self._answers, answers, strict=True):
            column.append(raw)

    def people(self) -> People:
        """Everybody who was taken."""
        axes = zip(self.axes, self._places, strict=True)
        answers = zip(self.readers, self._answers, strict=True)
        return People(
            codes=tuple(self._codes),
            places={axis.name: tuple(places) for axis, places in axes},
            answers={reader.path: tuple(column) for reader, column in answers},
        )

    @property
    def count(self) -> int:
        """How many people were taken."""
        return len(self._codes)

    @property
    def special(self) -> list[Special]:
        """Texts without a value, by column."""
        return [special for reader in self.readers for special in reader.special()]

    @property
    def made_places(self) -> dict[str, str]:
        """Labels that became places, with their paths."""
        return {label: path for axis in self.axes for label, path in axis.reader.made.items()}

    def _own_code(self, text: str) -> str:
        """The code that a cell gives; what is no plain code stays outside, hashed."""
        lowered = text.lower()
        if is_code(lowered) and text in (lowered, text.upper()):
            return lowered
        self.hashed_codes += 1
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:_PSEUDONYM_DIGITS]

    def _require_new(self, row: int, code: str, places: tuple[str | None, ...]) -> None:
        first = self._rows.get(code)
        if first is None:
            return
        if self._groups[code] != places:
            what = N_("the respondent {code} stands in row {first} too, in another group")
            name, hint = "two_groups", N_("everybody has one place on an axis; correct the file")
        else:
            what = N_("the respondent {code} stands in row {first} too")
            name, hint = "respondent_twice", N_("leave one of the rows out")
        self.refusals.row(row, name, what, hint, code=code, first=first)

    def _derived_code(self, places: tuple[str | None, ...], answers: list[object]) -> str:
        """A code from what was answered: the same again from the same answers in any order."""
        names = [axis.name for axis in self.axes]
        said = {
            **{f"@{name}": place for name, place in zip(names, places, strict=True) if place},
            **{
                reader.path: raw
                for reader, raw in zip(self.readers, answers, strict=True)
                if raw is not None
            },
        }
        row = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        while True:
            self._derived[row] += 1
            text = f"{row}\n{self._derived[row]}"
            code = "r" + hashlib.sha256(text.encode()).hexdigest()[:_DERIVED_DIGITS]
            if code not in self._rows:
                return code


class _AnswerReader:
    """Reads one question from its column, or from a column for each option."""

    def __init__(
        self,
        path: str,
        columns: Table[str, Column],
        mapping: Mapping,
        wanted: Questionnaire,
        refusals: Refusals,
    ) -> None:
        self.path = path
        self.refusals = refusals
        question = wanted.questions[path]
        said = mapping.answers.get(path, AnswerMap())
        self.single = columns.get("")
        self.options = {id_: column for id_, column in columns.items() if id_}
        self.missing = missing_of(mapping, columns.values()) | frozenset(map(plain, said.missing))
        codes = Codes(said.values, tuple(self.missing), said.unknown, said.not_applicable)
        self.reader = CellReader(question, codes, mapping.decimal)

    def read(self, row: int, cells: list[str]) -> object:
        if self.single is None:
            return self._ticked(row, cells)
        text = cells[self.single.place]
        try:
            return self.reader.read(text)
        except ValueError as error:
            reason = str(error)
            self.refusals.cell(row, self.single.place, self.single.name, text, reason)
            return None

    def _ticked(self, row: int, cells: list[str]) -> object:
        """The options whose cells are ticked; a row with all cells empty was not answered."""
        texts = {option: cells[column.place].strip() for option, column in self.options.items()}
        said = {option: plain(text) for option, text in texts.items() if text}
        said = {option: word for option, word in said.items() if word not in self.missing}
        if not said:
            return None
        chosen = tuple(option for option, word in said.items() if word not in NO_WORDS)
        try:
            self.reader.question.read(chosen)
        except ValueError as error:
            column = next(iter(self.options.values()))
            self.refusals.cell(row, column.place, column.name, ", ".join(chosen), str(error))
            return None
        return chosen

    def special(self) -> list[Special]:
        name = self.single.name if self.single else self.path
        return [Special(name, text, count) for text, count in self.reader.special.most_common()]


class _GroupReader:
    """Reads the place on one axis."""

    def __init__(
        self, axis: str, column: Column, mapping: Mapping, wanted: Questionnaire, refusals: Refusals
    ) -> None:
        self.name = axis
        self.column = column
        self.refusals = refusals
        said = mapping.groups.get(axis) or GroupMap(column=column.name)
        missing = (*said.missing, *missing_of(mapping, [column]))
        self.reader = PlaceReader(wanted.axes[axis], said.values, missing)

    def read(self, row: int, cells: list[str]) -> str | None:
        text = cells[self.column.place]
        try:
            return self.reader.read(text)
        except ValueError as error:
            self.refusals.cell(row, self.column.place, self.column.name, text, str(error))
            return None
