"""Getting answers onto the disk while somebody works, and asking when that is not simply possible.

The session decides what is saved; here it is done in time, and the user is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxmaturity.errors import CxError
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import listed
from cxmaturity.tui.bookmarks import bookmark, bookmarks_file, keep_bookmark
from cxmaturity.tui.safe import line, problem_lines, unexpected
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.widgets.dialog import Choice, Form

if TYPE_CHECKING:
    from cxmaturity.tui.app import TerminalApp
    from cxmaturity.tui.saving import Conflict, Job, Outcome
    from cxmaturity.tui.session import Session
    from cxmaturity.tui.working import Working


class Keeper:
    """Saves the session of the program and tells what came of it."""

    def __init__(self, app: TerminalApp) -> None:
        """Keep what the program's session holds."""
        self._app = app
        self._conflict_told: Conflict[Any] | None = None
        self._marked = ""

    def begin(self) -> None:
        """Another engagement was opened."""
        self._conflict_told = None
        self._marked = ""

    # where somebody was -------------------------------------------------------------------------

    def return_to_bookmark(self, session: Session) -> None:
        """Go to the question where somebody was last, where that is known."""
        place = bookmark(bookmarks_file(self._app.settings_file), session.folder.path)
        if session.has(place):
            session.place = place

    def keep_bookmark(self) -> None:
        """Remember the question in hand, once for each move; a window may be closed at any time."""
        session = self._app.session
        if session and session.place != self._marked:
            self._marked = session.place
            keep_bookmark(
                bookmarks_file(self._app.settings_file), session.folder.path, session.place
            )

    # beside the screen --------------------------------------------------------------------------

    def save(self) -> None:
        """Save what waits."""
        if session := self._app.work:
            self._run(session, session.start_saving())

    def look(self) -> None:
        """Try a refused save again, or look for other programs' changes."""
        self.keep_bookmark()
        if session := self._app.work:
            self._run(session, session.start_saving() or session.start_looking())

    def _run(self, session: Working[Any], job: Job[Any] | None) -> None:
        if job is None:
            return

        def failed(error: Exception) -> None:
            from cxmaturity.tui.saving import Outcome

            self._finish(session, Outcome(problem=unexpected(error)))

        self._app.beside(job, lambda outcome: self._finish(session, outcome), failed)

    def _finish(self, session: Working[Any], outcome: Outcome[Any]) -> None:
        before = session.save_state.kind
        try:
            taken_over = session.finish(outcome)
        except CxError as error:
            self.not_shown(error)
            return
        if outcome.saved and session is self._app.respondent:
            self._app.people_changed = True
        if session is not self._app.work:
            return
        if taken_over:
            self._app.say(_("Another program changed this engagement; this is its version now."))
            self._app.retell()
        self._tell(session, before)

    def _tell(self, session: Working[Any], before: str) -> None:
        screen = self._app.screen_stack[0]
        if isinstance(screen, PlaceScreen):
            screen.tell_state()
        state = session.save_state
        if state.kind == "failed" and before != "failed" and state.problem:
            self._app.say("\n".join(problem_lines([state.problem])), grave=True)
        elif state.kind == "conflict" and self._conflict_told is not session.conflict:
            self._conflict_told = session.conflict
            self.ask_conflict()
        elif state.kind == "waiting":
            self._app.answered()

    # now ----------------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Save at once and say what came of it."""
        session = self._app.work
        if session is None:
            return
        if session.conflict:
            self.ask_conflict()
            return
        state = session.save_now()
        self._tell(session, "failed")
        if state.kind == "saved":
            time = f"{state.at:%H:%M}" if state.at else ""
            said = _("Everything is saved; last at {time}.") if time else _("Everything is saved.")
            self._app.say(said.format(time=time))
        elif state.problem:
            self._app.say("\n".join(problem_lines([state.problem])), grave=True)

    def is_saved(self) -> bool:
        """Whether everything is on the disk, after a last try; if not, what to do is asked."""
        self.keep_bookmark()
        session = self._app.work
        if session is None or session.save_now().kind == "saved":
            return True
        if session.conflict:
            self.ask_conflict()
        else:
            self._ask_unsaved(session)
        return False

    def saved_respondent(self) -> bool:
        """Whether what a respondent said is on the disk, to be heard with the others."""
        asked = self._app.respondent
        if asked is None:
            return True
        waiting = asked.save_state.kind == "waiting"
        if waiting and asked.save_now().kind == "saved":
            self._app.people_changed = True
        return asked.save_state.kind == "saved"

    def not_shown(self, error: Exception) -> None:
        """What lies on the disk now cannot be shown."""
        problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
        self._app.show_lines(_("The changed engagement cannot be shown"), problem_lines(problems))

    # questions ----------------------------------------------------------------------------------

    def ask_conflict(self) -> None:
        """Another program was quicker: which version to go on with."""
        session = self._app.work
        if session is None or session.conflict is None:
            return
        kept = listed([line(path.name) for path in session.conflict.kept])
        text = [
            _("Another program changed this engagement while it was open here."),
            _("Nothing was merged and nothing is lost: your version lies in {files}.").format(
                files=kept
            ),
        ]
        options = [
            ("theirs", "1", _("Go on with the version on the disk")),
            ("mine", "2", _("Go on with mine; the other one is kept beside it")),
        ]
        window = Choice(_("Two versions"), text, options, plain_signs=self._app.plain_signs)
        self._app.push_screen(window, self._decide)

    def _decide(self, choice: str | None) -> None:
        session = self._app.work
        if session is None or choice is None:
            return
        try:
            if choice == "theirs":
                session.take_theirs()
            else:
                session.take_mine()
        except CxError as error:
            self._show(_("This version cannot be used"), error)
        self._app.retell()

    def _ask_unsaved(self, session: Working[Any]) -> None:
        problem = session.save_state.problem
        text = problem_lines([problem]) if problem else []
        options = [
            ("retry", "1", _("Try again")),
            ("copy", "2", _("Save a copy in another folder")),
            ("leave", "3", _("Leave without the last answers")),
        ]
        window = Choice(_("Not saved"), text, options, plain_signs=self._app.plain_signs)
        self._app.push_screen(window, self._unsaved)

    def _unsaved(self, choice: str | None) -> None:
        if choice == "retry":
            self.save_now()
        elif choice == "copy":
            self.ask_copy()
        elif choice == "leave":
            self._app.exit(0)

    def ask_copy(self) -> None:
        """Write the engagement, as it is on the screen, into another folder."""
        session = self._app.work
        if session is None:
            return

        def write(values: Mapping[str, str]) -> Sequence[str]:
            folder = values["folder"].strip()
            if not folder:
                return [_("A folder is needed.")]
            try:
                session.save_copy(Path(folder).expanduser())
            except CxError as error:
                return problem_lines(error.problems)
            return ()

        def written(values: Mapping[str, str] | None) -> None:
            if values is not None:
                self._app.say(_("The copy is written."))

        folder = session.folder.path.absolute()
        suggestion = str(folder.with_name(f"{folder.name}-copy"))
        fields = [("folder", _("Folder of the copy; it must not exist yet"), suggestion)]
        window = Form(_("Save a copy"), fields, write, plain_signs=self._app.plain_signs)
        self._app.push_screen(window, written)

    def _show(self, title: str, error: CxError) -> None:
        self._app.show_lines(title, problem_lines(error.problems))
