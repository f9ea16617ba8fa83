"""The interview itself: answers that are saved, with note, flag and evidence."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from cxmaturity.errors import CxError
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.safe import problem_lines
from cxmaturity.tui.screens import interview_pages as pages
from cxmaturity.tui.screens.asking import ask_evidence
from cxmaturity.tui.screens.questions import QuestionScreen
from cxmaturity.tui.widgets.drawing import Drawing, Frame
from cxmaturity.tui.widgets.jump import Target
from cxmaturity.tui.widgets.note_editor import NoteEditor


class InterviewScreen(QuestionScreen):
    """Answering for real: every answer is saved."""

    PLACE = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("interview")]

    def top(self, frame: Frame) -> Drawing:
        """Who, how far, saved or not."""
        session = self.host.session
        state = pages.save_words(session.save_state, session.language) if session else ()
        return pages.top_line(self.desk, state, frame)

    def changed(self) -> None:
        """Save it."""
        self.host.answered()

    def allows(self, action: str) -> bool:
        """Evidence belongs to indicators."""
        if action == "evidence":
            return not self.desk.question(self.desk.place).is_fact
        return super().allows(action)

    def jump_targets(self) -> list[Target]:
        """The note and the evidence can be jumped to as well."""
        found = super().jump_targets()
        for panel, action in (("#evidence", "evidence"), ("#note-text", "note")):
            if self.check_action(action, ()) is True:
                found.append((action, self.query_one(panel).region.offset))
        return found

    def action_flag(self) -> None:
        """Mark the question, or take the mark away."""
        self.desk.flag(self.desk.place)
        self.changed()
        self.tell()

    def action_side_panel(self) -> None:
        """Show or hide the scores."""
        self.toggle_class("-without-side")

    def action_evidence(self) -> None:
        """Ask for grade, reference and date."""
        ask_evidence(self, self.desk, self._evidence_given)

    def _evidence_given(self) -> None:
        self.changed()
        self.tell()

    def action_note(self) -> None:
        """Write the note in its place."""
        self.add_class("-writing")
        editor = self.query_one(NoteEditor)
        editor.write(self.desk.place, self.desk.rating(self.desk.place).note)

    @on(NoteEditor.Finished)
    def note_written(self, event: NoteEditor.Finished) -> None:
        """Keep the note."""
        self.remove_class("-writing")
        if event.text is not None and self.desk.has(event.path):
            try:
                self.desk.note(event.path, event.text.rstrip())
            except CxError as error:
                self.host.say("\n".join(problem_lines(error.problems)), grave=True)
            else:
                self.changed()
        self.tell()
        self.box.focus()
