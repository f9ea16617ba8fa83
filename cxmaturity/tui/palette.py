"""The command palette: every action that works here, every question, every engagement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import PLACES, Action, Place, actions_in
from cxmaturity.tui.keys import all_keys_text
from cxmaturity.tui.safe import line
from cxmaturity.tui.widgets.finder import Candidate, Finder

if TYPE_CHECKING:
    from cxmaturity.tui.app import TerminalApp


def palette_of(app: TerminalApp) -> Finder:
    """The palette as it is now."""
    candidates = [*_actions(app), *_questions(app), *_engagements(app)]
    return Finder(_("What to do?"), candidates, plain_signs=app.plain_signs)


async def carry_out(app: TerminalApp, key: str | None) -> None:
    """Do what was found."""
    kind, _colon, rest = (key or "").partition(":")
    if kind == "do":
        await app.do(rest)
    elif kind == "open":
        app.open_engagement(Path(rest))
    elif kind == "question" and app.work:
        app.work.place = rest
        await app.show_place("interview")
        app.retell()


def place_of(screen: Screen[Any]) -> Place:
    """The place a screen is."""
    found = getattr(screen, "PLACE", "everywhere")
    return found if found in PLACES else "everywhere"


def works_here(app: TerminalApp, action: Action) -> bool:
    """Whether an action has a method here that may be called now."""
    for owner in (app.screen, app):
        if hasattr(owner, f"action_{action.id}"):
            return owner.check_action(action.id, ()) is True
    return False


def _actions(app: TerminalApp) -> Iterator[Candidate]:
    for action in actions_in(place_of(app.screen)):
        if not action.by_widget and action.id != "palette" and works_here(app, action):
            keys = all_keys_text(action, app.keymap, plain=app.plain_signs)
            name = f"{_(action.label)} – {_(action.help)}"
            yield Candidate(f"do:{action.id}", _(action.group), name, keys, action.id)


def _questions(app: TerminalApp) -> Iterator[Candidate]:
    session = app.work
    if session is None:
        return
    from cxmaturity.tui.screens.interview_pages import title_of

    for question in session.asked():
        number = str(session.numbers[question.path])
        title = title_of(session, question.path)
        yield Candidate(f"question:{question.path}", _("Question"), title, number, question.path)


def _engagements(app: TerminalApp) -> Iterator[Candidate]:
    for name in app.recent:
        path = Path(name)
        shown = line(path.name)
        yield Candidate(f"open:{name}", _("Open"), shown, "", line(name))
