"""Which column is what: questions, group axes, codes, measures; by exact names only, never guessed.

What the mapping says comes first.  A question that it does not name is found by its path, by the
code in square brackets, by its title or its whole text in any language.  A header that fits two
questions is given to neither, and both are told.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.hookspecs import Measure
from cxmaturity.intake.layouts import Column, LaidOut
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.questions import Question, Questionnaire, plain
from cxmaturity.text.messages import N_


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """Where a measure's columns, weights and segments stand."""

    columns: Table[str, Column]
    weight: Column | None = None
    segments: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """What every used column is for.

    ``answers`` by question path: its one column under ``""``, or the column of each option.
    ``unmatched`` are columns that nothing uses, with the questions that they might have meant.
    """

    code: Column | None
    groups: Table[str, Column]
    answers: Table[str, Table[str, Column]]
    measures: Table[str, MeasureColumns]
    period: Column | None
    unmatched: Table[str, tuple[str, ...]]
    used: Table[str, str] = field(default_factory=dict)
    """What each used column is for, as a key of the mapping: ``groups.role``, ``loop.weekly``."""


def match(
    laid: LaidOut,
    mapping: Mapping,
    wanted: Questionnaire,
    measures: Table[str, Measure],
    file: str = "",
) -> Matched:
    """Match columns; raises InputError with every name that fits nothing, or more than one."""
    return _Matcher(laid, mapping, wanted, measures, file).match()


class _Matcher:
    """One pass over mapping and columns; what is wrong is collected."""

    def __init__(
        self,
        laid: LaidOut,
        mapping: Mapping,
        wanted: Questionnaire,
        measures: Table[str, Measure],
        file: str,
    ) -> None:
        self.laid, self.mapping, self.wanted, self.measures = laid, mapping, wanted, measures
        self.file = file
        self.problems: list[Problem] = []
        self.used: dict[int, str] = {}
        self.by_name = _index(laid.columns)

    def match(self) -> Matched:
        code = self._code()
        groups = self._groups()
        answers = self._mapped_answers()
        measures = {name: self._measure(name) for name in self.mapping.measures}
        period = self.mapping.period and self._find(self.mapping.period.column, "period")
        for header in self.mapping.missing:
            self._find(header, "missing")
        candidates = self._automatic(answers)
        if self.problems:
            raise InputError(self.problems)
        used = {c.name: self.used[c.place] for c in self.laid.columns if c.place in self.used}
        unmatched = {
            c.name: candidates.get(c.place, ())
            for c in self.laid.columns
            if c.place not in self.used
        }
        return Matched(
            code, groups, answers, {n: m for n, m in measures.items() if m}, period or None,
            unmatched, used,
        )  # fmt: skip

    # what the mapping names ---------------------------------------------------------------------

    def _code(self) -> Column | None:
        asked, name = self.mapping.code, self.laid.respondent or ""
        place = self.laid.respondent_place
        if asked is not None and (place is None or plain(asked) != plain(name)):
            return self._use(self._find(asked, "code"), "code")
        if place is None:
            return None
        found = next((c for c in self.laid.columns if c.place == place), None)
        # A layout may keep its respondents' column apart from those that may hold answers.
        return self._use(found or Column(name, "", "", "", place), "code")

    def _groups(self) -> dict[str, Column]:
        found: dict[str, Column] = {}
        for axis, said in self.mapping.groups.items():
            if axis not in self.wanted.axes:
                self._unknown_axis(axis)
            elif column := self._use(self._find(said.column, f"groups.{axis}"), f"groups.{axis}"):
                found[axis] = column
        for axis, about in self.wanted.axes.items():
            if axis in found or axis in self.mapping.groups:
                continue
            names = {plain(axis), *map(plain, about.title.values())}
            fitting = [c for c in self.laid.columns if self._is_free(c) and _named(c, names)]
            if len(fitting) == 1:
                found[axis] = fitting[0]
                self._use(fitting[0], f"groups.{axis}")
        return found

    def _mapped_answers(self) -> dict[str, dict[str, Column]]:
        found: dict[str, dict[str, Column]] = {}
        for path, said in self.mapping.answers.items():
            question = self.wanted.questions.get(path)
            if question is None:
                self._unknown_question(path)
                continue
            headers = {"": said.column} if said.column else dict(said.columns)
            if bool(said.column) == bool(said.columns):
                what = N_("say either 'column' or 'columns'")
                self._refuse("no_column", what, f"answers.{path}")
                continue
            found[path] = self._option_columns(path, question, headers)
        return found

    def _option_columns(
        self, path: str, question: Question, headers: Table[str, str]
    ) -> dict[str, Column]:
        known = {"", *(id_ for id_, _text in question.options())}
        columns: dict[str, Column] = {}
        for option, header in headers.items():
            if option not in known or (option and question.domain.type != "options"):
                what = N_("'{path}' has no option '{option}' that is chosen by itself")
                self._refuse(
                    "unknown_option", what, f"answers.{path}.columns", path=path, option=option
                )
            elif column := self._use(self._find(header, f"answers.{path}"), path):
                columns[option] = column
        return columns

    def _measure(self, name: str) -> MeasureColumns | None:
        said, key = self.mapping.measures[name], f"measures.{name}"
        measure = self.measures.get(name)
        if measure is None:
            what = N_("there is no measure '{name}'")
            hint = N_("one of {known}; a plugin may have to be installed")
            known = ", ".join(self.measures)
            self._refuse("unknown_measure", what, key, hint, name=name, known=known)
            return None
        if set(said.columns) != set(measure.columns):
            what = N_("'{name}' is computed from the columns {needed}, not {given}")
            needed, given = ", ".join(measure.columns), ", ".join(said.columns)
            self._refuse("measure_columns", what, key, name=name, needed=needed, given=given)
            return None
        columns = {part: self._share(header, key, key) for part, header in said.columns.items()}
        weight = self._share(said.weight, key, f"{key}.weight") if said.weight else None
        segments = [self._share(header, key, f"{key}.segments") for header in said.segments]
        found = {part: column for part, column in columns.items() if column}
        if len(found) < len(columns):
            return None
        return MeasureColumns(found, weight, tuple(column for column in segments if column))

    # what is found by itself --------------------------------------------------------------------

    def _automatic(self, answers: dict[str, dict[str, Column]]) -> dict[int, tuple[str, ...]]:
        """Give free columns to the questions that they name; what they might mean otherwise."""
        names = _question_names(self.wanted.questions.values())
        fitting = {
            column.place: self._paths(column, names)
            for column in self.laid.columns
            if self._is_free(column)
        }
        claims: dict[tuple[str, str], list[Column]] = {}
        for column in self.laid.columns:
            paths = fitting.get(column.place, ())
            if len(paths) == 1 and paths[0] not in answers:
                option = self._option(column, self.wanted.questions[paths[0]])
                claims.setdefault((paths[0], option), []).append(column)
        whole = {path for path, option in claims if not option}
        for path in whole & {path for path, option in claims if option}:
            # Some of its columns stand for options, others do not: none is taken for sure.
            claims[path, ""] += [c for (p, o), cs in claims.items() if p == path and o for c in cs]
        for (path, option), columns in claims.items():
            if len(columns) > 1:
                what = N_("'{path}' is answered in {count} columns: {columns}")
                hint = N_('say which with [answers."{path}"] in --map, or take the others out')
                listed = ", ".join(column.name for column in columns)
                self._refuse(
                    "two_columns", what, "", hint, path=path, count=len(columns), columns=listed
                )
                continue
            answers.setdefault(path, {})[option] = columns[0]
            self._use(columns[0], path)
        return fitting

    def _paths(self, column: Column, names: Table[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The questions that a column names; a code counts before words."""
        if column.code:
            return (column.code,) if column.code in self.wanted.questions else ()
        found: dict[str, None] = {}
        for text in (column.name, column.text, column.sub):
            found |= dict.fromkeys(names.get(plain(text), ()))
        return tuple(found)

    def _option(self, column: Column, question: Question) -> str:
        """The option of a `checks` question that a column of its own stands for."""
        if not column.sub or question.domain.type != "options":
            return ""
        sub = plain(column.sub)
        fitting = [
            id_
            for id_, texts in question.options()
            if sub in (plain(id_), *map(plain, texts.values()))
        ]
        return fitting[0] if len(fitting) == 1 else ""

    # columns by name ----------------------------------------------------------------------------

    def _find(self, header: str, key: str) -> Column | None:
        found = self.by_name.get(plain(header), ())
        if len(found) == 1:
            return found[0]
        if found:
            what = N_("{count} columns are called “{header}”")
            hint = N_("name it by its header, not by its text")
            self._refuse("two_columns", what, key, hint, count=len(found), header=header)
            return None
        if plain(header) in map(plain, self.laid.ignored):
            what = N_("“{header}” tells who answered, or only describes the response: never stored")
            self._refuse("ignored_column", what, key, header=header)
            return None
        names = [column.name for column in self.laid.columns]
        near = difflib.get_close_matches(header, names, 3)
        hint = N_("did you mean {near}?") if near else N_("the columns are {columns}")
        what, listed = N_("there is no column “{header}”"), ", ".join(names[:_MOST_NAMED])
        near_text = ", ".join(near)
        self._refuse(
            "unknown_column", what, key, hint, header=header, near=near_text, columns=listed
        )
        return None

    def _use(self, column: Column | None, purpose: str) -> Column | None:
        """Take a column for one purpose; it cannot have two."""
        if column is None:
            return None
        if not self._is_free(column):
            what = N_("the column “{header}” is used twice: for {first} and for {second}")
            self._refuse(
                "column_used_twice", what, "",
                header=column.name, first=self.used[column.place], second=purpose,
            )  # fmt: skip
            return None
        self.used[column.place] = purpose
        return column

    def _share(self, header: str, key: str, purpose: str) -> Column | None:
        """Take a column that measures may share: a weight, a segment, a scale."""
        column = self._find(header, key)
        if column:
            before = self.used.get(column.place)
            self.used[column.place] = f"{before}, {purpose}" if before else purpose
        return column

    def _is_free(self, column: Column) -> bool:
        return column.place not in self.used

    # what is wrong ------------------------------------------------------------------------------

    def _unknown_axis(self, axis: str) -> None:
        what, hint = N_("there is no group axis '{axis}'"), N_("the axes are {known}")
        known = ", ".join(self.wanted.axes) or "–"
        self._refuse("unknown_axis", what, f"groups.{axis}", hint, axis=axis, known=known)

    def _unknown_question(self, path: str) -> None:
        near = difflib.get_close_matches(path, self.wanted.questions, 3)
        what = N_("'{path}' is no question that respondents answer here")
        hint = N_("did you mean {near}?") if near else ""
        self._refuse(
            "unknown_question", what, f"answers.{path}", hint, path=path, near=", ".join(near)
        )

    def _refuse(self, code: str, what: str, key: str, hint: str = "", /, **values: object) -> None:
        self.problems.append(Problem(code, what, Where(self.file, key=key), hint, values))


_MOST_NAMED = 20
"""Columns that an error lists at most."""


def _index(columns: Sequence[Column]) -> dict[str, tuple[Column, ...]]:
    """Columns by their header; by the text of their question where no header is like it."""
    headers: dict[str, tuple[Column, ...]] = {}
    texts: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        key, text = plain(column.name), plain(column.text)
        headers[key] = (*headers.get(key, ()), column)
        if text:
            texts[text] = (*texts.get(text, ()), column)
    return texts | headers


def _named(column: Column, names: Iterable[str]) -> bool:
    return plain(column.name) in names or plain(column.text) in names


def _question_names(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """The questions that each path, title and text may mean."""
    found: dict[str, dict[str, None]] = {}
    for question in questions:
        for name in _names_of(question):
            found.setdefault(plain(name), {})[question.path] = None
    return {name: tuple(paths) for name, paths in found.items() if name}


def _names_of(question: Question) -> Iterator[str]:
    yield question.path
    yield from question.text.title.values()
    yield from question.text.question.values()
