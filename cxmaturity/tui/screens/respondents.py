"""Whose answers are given: the assessor's, or one respondent's; somebody new with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from cxmaturity.errors import CxError
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.problems import say_problem
from cxmaturity.tui.respondent import Listed, RespondentDesk, begin_respondent, listed
from cxmaturity.tui.safe import line, problem_lines, unexpected
from cxmaturity.tui.screens.place import Host
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.dialog import Form
from cxmaturity.tui.widgets.finder import Candidate, Finder
from cxmaturity.workbench.respondents import declared_places

if TYPE_CHECKING:
    from cxmaturity.model.rubric import Axis

ASSESSOR, NEW, CODE = "assessor", "new", "code:"


def ask_whose(host: Host, app: App[Any], session: Session) -> None:
    """List everybody, and go on with who is chosen."""

    def show(people: Sequence[Listed]) -> None:
        window = Finder(
            _("Whose answers?"), _candidates(session, people), plain_signs=host.plain_signs
        )
        app.push_screen(window, partial(_chosen, host, app, session))

    def failed(error: Exception) -> None:
        problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
        host.show_lines(_("The respondents cannot be listed"), problem_lines(problems))

    host.beside(lambda: listed(session.folder.path), show, failed)


def _candidates(session: Session, people: Sequence[Listed]) -> list[Candidate]:
    done, asked = session.progress()
    found = [
        Candidate(ASSESSOR, "", _("The assessor"), f"{done}/{asked}"),
        Candidate(NEW, "", _("Somebody new …")),
    ]
    questions = sum(not question.is_fact for question in session.questions)
    for person in people:
        imported = person.source == "import"
        aside = _("imported") if imported else f"{person.done}/{questions}"
        places = place_words(session, person.places)
        name = f"{person.code} · {places}" if places else person.code
        found.append(Candidate(CODE + person.code, "", name, aside))
    return found


def place_words(session: Session, places: Mapping[str, str]) -> str:
    """Somebody's places by their titles."""
    return ", ".join(
        _place_title(session.rubric.axes.get(axis), place, session.language)
        for axis, place in places.items()
    )


def _place_title(axis: Axis | None, place: str, language: Language) -> str:
    known = axis.places.get(place) if axis else None
    return line(say(known.title, language)) if known else line(place)


def _chosen(host: Host, app: App[Any], session: Session, key: str | None) -> None:
    if key == ASSESSOR:
        host.ask(None)
    elif key == NEW:
        _ask_new(host, app, session)
    elif key:
        try:
            host.ask(begin_respondent(session, key.removeprefix(CODE), {}))
        except CxError as error:
            said = [say_problem(problem) for problem in error.problems]
            lines = [part for each in said for part in (each.what, each.hint) if part]
            host.show_lines(_("This respondent cannot be opened here"), lines)


def _ask_new(host: Host, app: App[Any], session: Session) -> None:
    """Code and place on every axis of somebody who has not answered yet."""
    axes = declared_places(session.opened)
    begun: list[RespondentDesk] = []

    def check(values: Mapping[str, str]) -> Sequence[str]:
        code = values["code"].strip().casefold()
        if not code:
            return [_("A code is needed: it stands for the person.")]
        wanted = {
            axis: _place(session, axis, values[axis]) for axis in axes if values[axis].strip()
        }
        try:
            desk = begin_respondent(session, code, wanted)
        except CxError as error:
            return problem_lines(error.problems)
        begun.append(desk)
        return ()

    def opened(values: Mapping[str, str] | None) -> None:
        if values is not None:
            host.ask(begun[-1])

    fields = [("code", _("Code, such as r-014; who it is, is kept elsewhere"), "")]
    fields += [(axis, _axis_label(session, axis, places), "") for axis, places in axes.items()]
    window = Form(_("New respondent"), fields, check, plain_signs=host.plain_signs)
    app.push_screen(window, opened)


def _axis_label(session: Session, axis: str, places: Sequence[str]) -> str:
    about = session.rubric.axes.get(axis)
    title = line(say(about.title, session.language)) if about else line(axis)
    if not places:
        return _("{axis}, such as sales/north; empty: none").format(axis=title)
    known = ", ".join(_place_title(about, place, session.language) for place in places)
    return _("{axis}: {places}; empty: none").format(axis=title, places=known)


def _place(session: Session, axis: str, written: str) -> str:
    """The path of the place that a person wrote, by its title or its path."""
    about = session.rubric.axes.get(axis)
    wanted = written.strip().casefold()
    for path, place in (about.places if about else {}).items():
        if wanted in {path, *(text.casefold() for text in place.title.values())}:
            return path
    return wanted
