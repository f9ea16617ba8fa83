"""One question at a time in one reused panel, and a list to find one's way.

Every answer goes through `Answering` and is saved by the program behind; what is shown is drawn
from there again.  Nothing is laid out anew while answering.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.answers import wanted_number
from cxmaturity.tui.assessment import group_of
from cxmaturity.tui.questions import options_of, written_number
from cxmaturity.tui.safe import line
from cxmaturity.tui.screens import interview_pages as pages
from cxmaturity.tui.screens.asking import (
    ask_question,
    ask_reason,
    ask_text,
    question_markdown,
)
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.screens.question_help import conventions_page, question_page
from cxmaturity.tui.screens.side_pages import side_page
from cxmaturity.tui.widgets.answer_box import AnswerBox
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen
from cxmaturity.tui.widgets.glyphs import plain
from cxmaturity.tui.widgets.note_editor import NoteEditor
from cxmaturity.tui.widgets.panel import Panel
from cxmaturity.tui.widgets.sheet import Sheet


class QuestionScreen(PlaceScreen):
    """Answering questions, in reality or not: moving, answering, undo."""

    AUTO_FOCUS = "#answer"

    def __init__(self, desk: Answering) -> None:
        """Questions of an engagement in hand."""
        super().__init__()
        self.desk = desk
        self._shown_group: str | None = None
        self._shown_path = ""

    def body(self) -> Iterable[Widget]:
        """List, question, answer, evidence, note, scores."""
        plain = self.host.plain_signs
        yield Horizontal(
            Sheet(plain_signs=plain, id="navigator"),
            Vertical(
                Panel(plain_signs=plain, id="question"),
                AnswerBox(plain_signs=plain, id="answer"),
                Panel(plain_signs=plain, id="evidence"),
                Panel(plain_signs=plain, id="note-text"),
                NoteEditor(id="note-editor"),
                id="panel",
            ),
            Panel(plain_signs=plain, id="side"),
            id="desk",
        )

    def on_mount(self) -> None:
        """Begin where work begins."""
        self.box = self.query_one(AnswerBox)
        self.list = self.query_one("#navigator", Sheet)
        self.query_one("#question", Panel).show(lambda room: pages.question_head(self.desk, room))
        self.query_one("#evidence", Panel).show(self.basis)
        self.query_one("#note-text", Panel).show(self.under_answer)
        self.query_one("#side", Panel).show(self.beside)
        super().on_mount()
        self.box.focus()

    # what is shown ------------------------------------------------------------------------------

    def retell(self) -> None:
        """Say everything anew."""
        super().retell()
        shown = plain if self.host.plain_signs else str
        self.query_one("#note-text", Panel).border_title = shown(self.note_title())
        self.query_one("#note-editor", NoteEditor).border_title = shown(_("Note – Esc keeps it"))
        self._shown_group = None
        self.tell()

    def explain(self, pen: Pen) -> None:
        """The question in hand, and the rubric's conventions where the list has the focus."""
        question_page(pen, self.desk)
        if self.focused is self.list:
            conventions_page(pen, self.desk)

    def allows(self, action: str) -> bool:
        """Undo and redo need something to work on."""
        if action in {"undo", "redo"}:
            return self.desk.can_undo if action == "undo" else self.desk.can_redo
        return super().allows(action)

    def note_title(self) -> str:
        """The title of the room under the answer."""
        return _("Note")

    def basis(self, frame: Frame) -> Drawing:
        """What the answer rests on."""
        return pages.evidence_line(self.desk, frame)

    def under_answer(self, frame: Frame) -> Drawing:
        """What stands under the answer."""
        return pages.note_page(self.desk, frame)

    def beside(self, frame: Frame) -> Drawing:
        """What stands beside the question where there is room."""
        return side_page(self.desk, frame)

    def tell(self) -> None:
        """Show the question in hand and all that follows from the answers."""
        path = self.desk.place
        anew = path != self._shown_path
        self._shown_path = path
        self.box.ask(pages.asked_values(self.desk), anew=anew)
        group = group_of(self.desk.question(path))
        with self.prevent(Sheet.Chosen):
            if group != self._shown_group or self.list.drawing.item(path) is None:
                self.list.show(partial(pages.navigator, self.desk), chosen=path, unfolds=True)
            elif anew:
                self.list.choose(path)
            else:
                self.list.redraw()
        self._shown_group = group
        for panel in ("#question", "#evidence", "#note-text", "#side", "#top"):
            self.query_one(panel, Panel).redraw()
        self.tell_keys()

    # moving -------------------------------------------------------------------------------------

    def go(self, path: str | None) -> None:
        """Show another question; a number half written is kept or said to be wrong."""
        if path is None or not self._keep_half_written():
            return
        self.desk.place = path
        self.tell()

    def _keep_half_written(self) -> bool:
        return not self.box.half_written or self.give_number(self.box.half_written)

    def action_next(self) -> None:
        """Next question."""
        self.go(self.desk.step(1))

    def action_previous(self) -> None:
        """Previous question."""
        self.go(self.desk.step(-1))

    def action_next_dimension(self) -> None:
        """First question of the next dimension."""
        self.go(self.desk.step_group(1))

    def action_previous_dimension(self) -> None:
        """First question of this dimension or the one before."""
        self.go(self.desk.step_group(-1))

    def action_first(self) -> None:
        """First question."""
        self.go(self.desk.step(-len(self.desk.questions)))

    def action_last(self) -> None:
        """Last question."""
        self.go(self.desk.step(len(self.desk.questions)))

    def action_next_open(self) -> None:
        """Next question without an answer."""
        path = self.desk.next_open()
        if path is None:
            self.host.say(_("Every question has an answer."))
        self.go(path)

    def action_go_to(self) -> None:
        """Go to a question by number or words."""
        self.app.push_screen(ask_question(self.desk), self.go)

    @on(Sheet.Chosen, "#navigator")
    def picked(self, event: Sheet.Chosen) -> None:
        """A click in the list."""
        path = event.key
        if path.startswith(pages.GROUP):
            group = path.removeprefix(pages.GROUP)
            path = next(q.path for q in self.desk.asked() if group_of(q) == group)
        if path != self.desk.place:
            self.go(path)
        self.box.focus()

    # answering ----------------------------------------------------------------------------------

    @on(AnswerBox.Chose)
    def chose(self, event: AnswerBox.Chose) -> None:
        """An option.  A key typed ahead counts for the question that is now in hand."""
        place: int | None = event.place
        if event.subject != self.desk.place:
            keys = [o.key for o in options_of(self.desk.question(self.desk.place))]
            place = keys.index(event.key) if event.key in keys else None
        if place is not None:
            self._take(place)

    @on(AnswerBox.Ticked)
    def ticked(self, event: AnswerBox.Ticked) -> None:
        """One option of several."""
        if event.subject == self.desk.place:
            self._take(event.place)

    def _take(self, place: int) -> None:
        """Answer with an option and go on; one of several is ticked or not, and that is all."""
        question = self.desk.question(self.desk.place)
        options = options_of(question)
        if question.kind.widget == "many":
            places = pages.asked_values(self.desk).chosen ^ {place}
            if self.give(tuple(options[each].raw for each in sorted(places))):
                self.tell()
        elif self.give(options[place].raw):
            self._go_on()

    @on(AnswerBox.WantsText)
    def wants_text(self) -> None:
        """A text is written in a window."""
        path = self.desk.place

        def done(text: str | None) -> None:
            if text is not None:
                self.desk.place = path
                if self.give(text) if text else self._cleared():
                    self._go_on()

        ask_text(self, self.desk, done)

    def _cleared(self) -> bool:
        self.desk.clear(self.desk.place)
        self.changed()
        return True

    def give_number(self, text: str) -> bool:
        """Answer with a written number; whether it was taken."""
        try:
            number = written_number(text)
        except ValueError:
            self.box.refuse(wanted_number(self.desk.question(self.desk.place), self.desk.language))
            return False
        return self.give(number)

    def give(self, raw: object) -> bool:
        """Answer the question in hand; whether the answer was taken."""
        question = self.desk.question(self.desk.place)
        try:
            self.desk.answer(question.path, raw)
        except ValueError as error:
            if question.domain.type == "number":
                self.box.refuse(wanted_number(question, self.desk.language))
            else:
                self.box.refuse(_("Allowed: {what}").format(what=line(_(str(error)))))
            return False
        self._shown_path = ""
        self.changed()
        return True

    def _go_on(self) -> None:
        self.desk.place = self.desk.step(1)
        self.tell()

    def changed(self) -> None:
        """An answer was given or taken back."""

    def action_previous_option(self) -> None:
        """Point at the option above."""
        self.box.point(-1)

    def action_next_option(self) -> None:
        """Point at the option below."""
        self.box.point(1)

    def action_tick(self) -> None:
        """Choose or tick what is pointed at."""
        self.box.toggle()

    def action_confirm(self) -> None:
        """Confirm and go on; a list left without a tick is answered with none."""
        if self.box.half_written:
            if self.give_number(self.box.half_written):
                self._go_on()
            return
        if self.box.confirm():
            return
        question = self.desk.question(self.desk.place)
        if question.kind.widget == "many" and self.desk.rating(question.path).value is None:
            self.give(())
        self.action_next()

    def action_not_applicable(self) -> None:
        """Ask why it does not apply, answer, and go on."""
        path = self.desk.place

        def done(reason: str | None) -> None:
            if reason is not None:
                self.desk.not_applicable(path, reason)  # type: ignore[arg-type]  # one of the three offered
                self.changed()
                self._go_on()

        self.app.push_screen(ask_reason(self.desk), done)

    def action_unknown(self) -> None:
        """Say that it is not known, and go on."""
        self.desk.unknown(self.desk.place)
        self.changed()
        self._go_on()

    def action_clear(self) -> None:
        """Take the answer back."""
        self._cleared()
        self.tell()

    def action_undo(self) -> None:
        """Take the last change back, wherever it was."""
        self._after_history(self.desk.undo(), _("There is nothing to undo."))

    def action_redo(self) -> None:
        """Do it again."""
        self._after_history(self.desk.redo(), _("There is nothing to redo."))

    def _after_history(self, path: str | None, otherwise: str) -> None:
        if path is None:
            self.host.say(otherwise)
            return
        if self.desk.has(path):
            self.desk.place = path
        self._shown_path = ""
        self.changed()
        self.tell()

    def action_copy_question(self) -> None:
        """Copy question and answer as Markdown."""
        self.host.copy_text(question_markdown(self.desk, self.desk.place))
