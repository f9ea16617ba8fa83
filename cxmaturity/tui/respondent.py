"""One respondent who is asked here: their answers, saved and undone like the assessor's.

Nothing of anybody else is to be had here, and no score: one person's figures are not the
organisation's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cxmaturity.model.answers import Answers
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.creation import save_elsewhere
from cxmaturity.store.edits import Edits
from cxmaturity.store.responses import Source, read_held, save_respondent
from cxmaturity.store.revision import ABSENT
from cxmaturity.tui.live import Live, live_of
from cxmaturity.tui.respondent_disk import Interviewed, RespondentDisk
from cxmaturity.tui.saving import Saving
from cxmaturity.tui.session import Session
from cxmaturity.tui.working import Working
from cxmaturity.workbench.engagements import answers_of
from cxmaturity.workbench.questions import Question
from cxmaturity.workbench.respondents import (
    answers_by_path,
    open_respondent,
    respondent_questions,
)


class RespondentDesk(Working[Interviewed]):
    """A respondent in hand."""

    def __init__(self, session: Session, kept: Interviewed) -> None:
        """Go on asking somebody of a session's engagement."""
        self._person = kept
        super().__init__(
            session.workbench, session.opened, session.now, who="", ascii_only=session.ascii
        )
        self._saving = Saving(kept, RespondentDisk(), session.now)

    @property
    def respondent(self) -> Respondent:
        """Who is asked, with what they said."""
        return self._person.respondent

    @cached_property
    def _by_path(self) -> Mapping[str, Question]:
        return respondent_questions(self.opened)

    @cached_property
    def _entries(self) -> Mapping[str, Rating]:
        given = answers_by_path(self.respondent)
        return {path: Rating(value=value) for path, value in given.items()}

    @cached_property
    def _evidence(self) -> Mapping[str, Evidence]:
        return {}

    @cached_property
    def live(self) -> Live:
        """Which questions are asked, as the assessor's facts and their own answers stand."""
        found, _aged, _undated = answers_of(self.folder, self.rubric, self.folder.engagement.date)
        own = {path: entry.value for path, entry in self._entries.items() if self.has(path)}
        return live_of(self.program, Answers(ratings=own, facts=found.facts))

    def save_copy(self, path: Path) -> None:
        """Write the engagement and this respondent's answers into a new folder; raises CxError."""
        save_elsewhere(self.folder, path)
        save_respondent(path, self.respondent, ABSENT)

    def _rate(self, path: str, **said: object) -> None:
        """A respondent gives answers, nothing beside them."""
        if "value" in said:
            super()._rate(path, value=said["value"])

    def _apply(self, edits: Edits) -> None:
        self._person = self._person.answering(edits)
        self._changed()

    def _take_over(self) -> Interviewed:
        self._person = self._person.reread()
        self._history.clear()
        self._changed()
        return self._person


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who answered, as the list shows them: no answer, only how many."""

    code: str
    source: Source
    places: Mapping[str, str]
    done: int


def listed(folder: Path) -> list[Listed]:
    """Everybody who answered in the engagement in ``folder``; raises InputError."""
    found = []
    for held in read_held(folder):
        people = held.people
        for row, code in enumerate(people.codes):
            places = {axis: column[row] for axis, column in people.places.items()}
            done = sum(column[row] is not None for column in people.answers.values())
            there = {axis: place for axis, place in places.items() if place}
            found.append(Listed(code, held.source, there, done))
    return sorted(found, key=lambda person: (person.source == "import", person.code))


def begin_respondent(session: Session, code: str, places: Mapping[str, str]) -> RespondentDesk:
    """Somebody to be asked; a new one is kept with the first answer.

    Raises UsageError for what is no code, for places that there are not, and for somebody who was
    imported or filled in a form.
    """
    day = session.now().date()
    found = open_respondent(session.opened, code, places, day)
    kept = Interviewed(session.folder.path, day, found.respondent, found.revision)
    return RespondentDesk(session, kept)
