"""`long`: one row an answer, with columns of the respondent, the question and the answer.

Further columns are group axes; they say the same in all rows of a respondent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.layouts import Column, LaidOut, Layout, LayoutOptions, Row
from cxmaturity.intake.layouts.question_codes import code_in
from cxmaturity.intake.layouts.wide import RESPONDENT_HEADERS, next_row
from cxmaturity.intake.opened import require_distinct
from cxmaturity.intake.questions import plain
from cxmaturity.text import limits
from cxmaturity.text.messages import N_

_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "respondent": RESPONDENT_HEADERS,
    "question": ("question", "kysymys"),
    "answer": ("answer", "vastaus"),
}


@dataclass(slots=True)
class _Respondent:
    """What was read of one respondent so far."""

    row: int
    groups: list[str]
    answers: list[str] = field(default_factory=list)


class _Pivot:
    """Turns rows of answers into rows of respondents, collecting every contradiction."""

    def __init__(self, header: Sequence[str], places: Mapping[str, int]) -> None:
        self.code, self.question, self.answer = (places[name] for name in _HEADERS)
        taken = {self.code, self.question, self.answer}
        self.groups = [
            place for place, text in enumerate(header) if text.strip() and place not in taken
        ]
        self.questions: dict[str, int] = {}
        self.people: dict[str, _Respondent] = {}
        self.problems: list[Problem] = []
        self._texts: dict[str, str] = {}

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Take one answer."""
        code, question = cells[self.code].strip(), cells[self.question].strip()
        if not code or not question:
            what = N_("this row names no respondent or no question")
            self._refuse("incomplete_row", what, number)
            return
        groups = [cells[place].strip() for place in self.groups]
        person = self.people.setdefault(code, _Respondent(number, groups))
        if person.groups != groups:
            what = N_("this respondent stands in another group in row {first}")
            self._refuse("two_groups", what, number, first=person.row)
        place = self.questions.setdefault(question, len(self.questions))
        if place >= len(person.answers):
            person.answers += [""] * (place + 1 - len(person.answers))
        text = cells[self.answer]
        if person.answers[place].strip() and person.answers[place].strip() != text.strip():
            what = N_("this respondent answered the same question already, and differently")
            self._refuse("answered_twice", what, number)
        person.answers[place] = self._texts.setdefault(text, text)

    def rows(self) -> Iterator[Row]:
        """One row a respondent, numbered as the first of theirs; emptied on the way."""
        while self.people:
            code = next(iter(self.people))
            person = self.people.pop(code)
            missing = [""] * (len(self.questions) - len(person.answers))
            yield person.row, [code, *person.groups, *person.answers, *missing]

    def _refuse(self, name: str, what: str, number: int, **values: object) -> None:
        if len(self.problems) < limits.PROBLEMS:
            self.problems.append(Problem(name, what, Where(line=number), values=values))


def _places(header: Sequence[str]) -> dict[str, int] | None:
    """Where the three columns are; None where one is missing."""
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        name = next((n for n, words in _HEADERS.items() if plain(text) in words), None)
        if name:
            found.setdefault(name, place)
    return found if len(found) == len(_HEADERS) else None


def _recognise(rows: Sequence[Sequence[str]]) -> float:
    return 0.8 if rows and _places(rows[0]) else 0.0


def _lay_out(rows: Iterator[Row], _options: LayoutOptions) -> LaidOut:
    number, header = next_row(rows)
    require_distinct(header, row=number)
    places = _places(header)
    if places is None:
        hint = N_("name three columns respondent, question and answer")
        what = N_("the layout “long” needs columns of respondent, question and answer")
        raise InputError(Problem("wrong_layout", what, Where(line=number), hint))
    pivot = _Pivot(header, places)
    for row, cells in rows:
        pivot.take(row, cells)
    if pivot.problems:
        raise InputError(pivot.problems)
    names = [header[pivot.code], *(header[place] for place in pivot.groups), *pivot.questions]
    columns = tuple(
        Column(name.strip(), "", code_in(name), "", place) for place, name in enumerate(names)
    )
    return LaidOut(
        columns, pivot.rows(), respondent=columns[0].name, respondent_place=columns[0].place
    )


LONG = Layout("long", N_("one row an answer: respondent, question, answer"), _recognise, _lay_out)
