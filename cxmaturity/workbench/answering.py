"""Answers checked against the rubric before anything is saved: all of them, or none.

What is wrong is said with what would be allowed; the folder is then as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cxmaturity.engine.program import Program
from cxmaturity.errors import Problem, Where
from cxmaturity.model.answers import Answers
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.store.edits import Edits
from cxmaturity.store.engagement_folder import EngagementFolder
from cxmaturity.workbench import Opened
from cxmaturity.workbench.engagements import FACT, entries_of, indicator_paths
from cxmaturity.workbench.questions import Question, questions_of, unknown_question
from cxmaturity.workbench.values import allowed_words, check_value

Place = Callable[[str], Where]
"""Tells where the answer to a path was said."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is said beside an answer; None keeps what stood there before."""

    note: str | None = None
    flag: bool | None = None
    who: str | None = None
    when: dt.date | None = None


def rated(folder: EngagementFolder, path: str, raw: object, remarks: Remarks) -> Rating | None:
    """The entry of a question after answering it; a cleared answer keeps its note and mark."""
    before = entries_of(folder).get(path, Rating())
    note = before.note if remarks.note is None else remarks.note
    flag = before.flag if remarks.flag is None else remarks.flag
    if raw is None:
        return Rating(note=note, flag=flag)
    who = before.who if remarks.who is None else remarks.who
    return Rating(value=raw, note=note, flag=flag, who=who, when=remarks.when or before.when)


def edits_of(ratings: Mapping[str, Rating | None], evidence: Mapping[str, Evidence]) -> Edits:
    """Entries by path, as the edits that save them."""
    return Edits(
        ratings={path: entry for path, entry in ratings.items() if not path.startswith(FACT)},
        facts={
            path.removeprefix(FACT): entry
            for path, entry in ratings.items()
            if path.startswith(FACT)
        },
        evidence=evidence,
    )


def answer_problems(
    opened: Opened, answers: Mapping[str, object], evidence: Mapping[str, Evidence], place: Place
) -> list[Problem]:
    """Everything that the rubric has against raw answers and evidence, by path."""
    questions = questions_of(opened.program)
    return [
        *_wrong_answers(opened, questions, answers, place),
        *_wrong_evidence(opened, evidence, place),
    ]


def bad_answer(path: str, allowed: str, where: Where) -> Problem:
    """The problem of an answer that its question does not take."""
    return Problem(
        "bad_answer",
        "'{path}' cannot be answered like this; allowed: {allowed}",
        where,
        "",
        {"path": path, "allowed": allowed},
    )


def with_allowed_words(
    program: Program, answers: Answers, problems: Iterable[Problem]
) -> Iterator[Problem]:
    """The engine's problems with what is allowed said in the language in use."""
    questions = questions_of(program)
    given = {**answers.ratings, **{FACT + name: raw for name, raw in answers.facts.items()}}
    for problem in problems:
        path = problem.where.key
        if problem.code == "bad_answer" and path in questions:
            yield bad_answer(path, allowed_words(questions[path], given[path]), problem.where)
        else:
            yield problem


def _wrong_answers(
    opened: Opened, questions: Mapping[str, Question], answers: Mapping[str, object], place: Place
) -> Iterator[Problem]:
    for path, raw in answers.items():
        if path not in questions:
            yield _at(unknown_question(opened.rubric, path), place(path))
            continue
        try:
            check_value(questions[path], raw)
        except ValueError as error:
            yield bad_answer(path, str(error), place(path))


def _wrong_evidence(
    opened: Opened, evidence: Mapping[str, Evidence], place: Place
) -> Iterator[Problem]:
    known = set(indicator_paths(opened.rubric))
    date = opened.engagement.date
    for path, entry in evidence.items():
        if path.startswith(FACT):
            yield Problem(
                "no_evidence_for_facts",
                "'{path}' is a fact: evidence belongs to indicators",
                place(path),
                "put the source into the note of the fact",
                {"path": path},
            )
        elif path not in known:
            yield _at(unknown_question(opened.rubric, path), place(path))
        elif entry.date is not None and entry.date > date:
            yield Problem(
                "evidence_too_late",
                "the evidence is younger than the engagement, which is of {date}",
                place(path),
                "correct one of the dates",
                {"date": date.isoformat()},
            )


def _at(problem: Problem, where: Where) -> Problem:
    return Problem(problem.code, problem.what, where, problem.hint, problem.values)
