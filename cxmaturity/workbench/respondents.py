"""A respondent answers in this program: what is asked, what may be said, what is saved.

Respondents answer indicators; facts about the organisation are the assessor's.  Nothing here shows
an answer to anybody but the person who gives it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.model.answers import Answers
from cxmaturity.model.people import OTHER
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.edits import checked
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import LoadedRespondent, read_respondent, save_respondent
from cxmaturity.store.revision import ABSENT
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Opened
from cxmaturity.workbench.engagements import answers_of
from cxmaturity.workbench.naming import nearest
from cxmaturity.workbench.questions import Question, asked_paths, questions_of


def respondent_questions(opened: Opened) -> dict[str, Question]:
    """What respondents are asked, by path in the order of asking."""
    questions = questions_of(opened.program)
    return {path: question for path, question in questions.items() if not question.is_fact}


def answers_by_path(respondent: Respondent) -> dict[str, object]:
    """A respondent's answers by ``dimension.indicator``."""
    return {
        f"{dimension}.{indicator}": answer
        for dimension, table in respondent.answers.items()
        for indicator, answer in table.items()
    }


def asked_of(opened: Opened, respondent: Respondent) -> frozenset[str]:
    """Paths of what is asked of somebody, as their answers and the assessor's facts stand."""
    found, _aged, _undated = answers_of(opened.folder, opened.rubric, opened.engagement.date)
    known = respondent_questions(opened)
    own = {path: raw for path, raw in answers_by_path(respondent).items() if path in known}
    asked = asked_paths(opened.program, Answers(ratings=own, facts=found.facts))
    return asked & known.keys()


def open_respondent(
    opened: Opened, code: str, groups: Mapping[str, str], today: dt.date
) -> LoadedRespondent:
    """The respondent with a code, in these places; somebody new is kept with the first answer.

    Raises UsageError for groups that the rubric and the engagement do not have, or for somebody
    who was imported.
    """
    loaded = read_respondent(opened.folder.path, code)
    respondent = _placed(opened, loaded.respondent, groups)
    moved = LoadedRespondent(respondent, loaded.revision)
    if respondent == loaded.respondent or loaded.revision == ABSENT:
        return moved
    return answer_for(opened, moved, {}, today)


def answer_for(
    opened: Opened, loaded: LoadedRespondent, answers: Mapping[str, object], today: dt.date
) -> LoadedRespondent:
    """Save answers by path; None takes one away.

    Raises ConflictError when the respondent's file was changed since it was opened.
    """
    respondent = with_answers(loaded.respondent, answers, today)
    revision = save_respondent(opened.folder.path, respondent, loaded.revision)
    return LoadedRespondent(respondent, revision)


def facts_refused(paths: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for every fact among the paths."""
    for path in paths:
        if path.startswith("fact."):
            yield Problem(
                "fact_of_respondent",
                "'{path}' is a fact: facts are the assessor's",
                Where(key=path),
                "answer it without --respondent",
                {"path": path},
            )


def group_problems(opened: Opened, groups: Mapping[str, str]) -> Iterator[Problem]:
    """Everything that the rubric and the engagement have against somebody's places, by axis."""
    axes = declared_places(opened)
    for axis, place in groups.items():
        if axis not in axes:
            yield Problem(
                "unknown_axis",
                "there is no group axis '{name}'",
                Where(key=f"--group {axis}"),
                N_("the rubric has {known}") if axes else N_("the rubric has none"),
                {"name": axis, "known": nearest(axis, axes)},
            )
        elif axes[axis] and not _is_declared(place, axes[axis]):
            yield Problem(
                "unknown_place",
                "the axis '{axis}' has no place '{place}'",
                Where(key=f"--group {axis}={place}"),
                "it has {known}",
                {"axis": axis, "place": place, "known": nearest(place, axes[axis])},
            )


def declared_places(opened: Opened) -> dict[str, tuple[str, ...]]:
    """The group axes and the places that the rubric or the engagement lists; none: any place."""
    own = opened.engagement.axes
    return {
        axis: tuple(dict.fromkeys([*about.places, *own.get(axis, ())]))
        for axis, about in opened.rubric.axes.items()
    }


def _is_declared(place: str, declared: tuple[str, ...]) -> bool:
    """Whether a place is listed, or a part of one that is."""
    above = place.split("/")
    tops = ("/".join(above[:depth]) for depth in range(1, len(above) + 1))
    return place == OTHER or any(top in declared for top in tops)


def _placed(opened: Opened, respondent: Respondent, groups: Mapping[str, str]) -> Respondent:
    """The respondent in these places too; ``other`` is no place."""
    if not groups:
        return respondent
    problems = list(group_problems(opened, groups))
    if problems:
        raise UsageError(problems)
    places = {**respondent.places, **groups}
    said = {axis: place for axis, place in places.items() if place != OTHER}
    placed = checked(Respondent, code=respondent.code, places=said)
    return respondent.model_copy(update={"places": placed.places})
