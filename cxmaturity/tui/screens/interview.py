"""The interview itself: answers that are saved, with note, flag and evidence."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from cxmaturity.errors import CxError
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.respondent import RespondentDesk
from cxmaturity.tui.safe import problem_lines
from cxmaturity.tui.screens import interview_pages as pages
from cxmaturity.tui.screens.asking import ask_evidence
from cxmaturity.tui.screens.questions import QuestionScreen
from cxmaturity.tui.screens.respondents import ask_whose, place_words
from cxmaturity.tui.screens.side_pages import progress_page, respondent_page
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame
from cxmaturity.tui.widgets.jump import Target
from cxmaturity.tui.widgets.note_editor import NoteEditor


class InterviewScreen(QuestionScreen):
    """Answering for real: every answer is saved."""

    PLACE = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("interview")]

    def __init__(self, session: Session) -> None:
        """Begin with the assessor's answers."""
        super().__init__(session)
        self.session = session

    def ask(self, respondent: RespondentDesk | None) -> None:
        """Go on with a respondent's answers, or with the assessor's."""
        self.desk = respondent or self.session
        self._shown_path = ""
        self.set_class(respondent is not None, "-respondent")
        if self.ready:
            self.retell()

    @property
    def respondent(self) -> RespondentDesk | None:
        """Who is asked, when it is not the assessor."""
        return self.desk if isinstance(self.desk, RespondentDesk) else None

    def top(self, frame: Frame) -> Drawing:
        """Who, how far, saved or not."""
        work = self.respondent or self.session
        state = pages.save_words(work.save_state, work.language)
        who = ""
        if asked := self.respondent:
            places = place_words(self.session, asked.respondent.places)
            who = f"{asked.respondent.code} ({places})" if places else asked.respondent.code
        return pages.top_line(self.desk, state, frame, who)

    def basis(self, frame: Frame) -> Drawing:
        """Evidence is the assessor's."""
        return pages.confidential_line(frame) if self.respondent else super().basis(frame)

    def note_title(self) -> str:
        """The title of the room under the answer."""
        return _("Respondent") if self.respondent else super().note_title()

    def under_answer(self, frame: Frame) -> Drawing:
        """What stands under the answer: a note, or what becomes of a respondent's answers."""
        return respondent_page(frame) if self.respondent else super().under_answer(frame)

    def beside(self, frame: Frame) -> Drawing:
        """Scores are the organisation's; of one person only how far they are."""
        asked = self.respondent
        return progress_page(asked, frame) if asked else super().beside(frame)

    def changed(self) -> None:
        """Save it."""
        self.host.answered()

    def allows(self, action: str) -> bool:
        """Evidence belongs to indicators; notes, flags and copies to the assessor."""
        if self.respondent and action in {"evidence", "note", "flag", "copy_question"}:
            return False
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

    def action_respondents(self) -> None:
        """Choose whose answers are given."""
        if self.host.is_saved():
            ask_whose(self.host, self.app, self.session)

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
