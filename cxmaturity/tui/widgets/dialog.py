"""Windows over a place: a choice of a few, a form of a few lines, a page to read.

Every window can be left with Esc and used with the keyboard alone; what it gives back is a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.safe import lit
from cxmaturity.tui.widgets.answer_box import AnswerBox, Asked, Row
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, wrapped
from cxmaturity.tui.widgets.panel import Panel
from cxmaturity.tui.widgets.sheet import Draw, Sheet

NARROWEST = 50
"""Cells of a line in a window on the smallest terminal."""
Value = TypeVar("Value")
Check = Callable[[Mapping[str, str]], Sequence[str]]
"""What is wrong with the fields of a form, in sentences; nothing when they can be used."""


class Dialog(ModalScreen[Value | None], Generic[Value]):
    """A window that Esc leaves without a value."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, *, plain_signs: bool) -> None:
        """A window with a title in the language in use."""
        super().__init__()
        self._heading = title
        self._plain = plain_signs
        self._closing_now = False

    def frame_widget(self, *, kind: str) -> Vertical:
        """The window's frame."""
        frame = Vertical(id="dialog", classes=kind)
        frame.border_title = lit(self._heading)
        return frame

    def leave_with(self, value: Value | None) -> None:
        """Close and give a value back; keys that were typed ahead find the window closing."""
        if not self._closing_now:
            self._closing_now = True
            self.dismiss(value)

    def action_leave(self) -> None:
        """Leave without a value."""
        self.leave_with(None)


class Choice(Dialog[str]):
    """One of a few, by its key, the pointer or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "point(-1)", show=False),
        Binding("down,j", "point(1)", show=False),
        Binding("enter,space", "pick", show=False),
    ]

    def __init__(
        self,
        title: str,
        text: Sequence[str],
        options: Sequence[tuple[str, str, str]],
        *,
        plain_signs: bool,
    ) -> None:
        """Sentences, and options as value, key and label."""
        super().__init__(title, plain_signs=plain_signs)
        self._text = text
        self._options = options

    def compose(self) -> ComposeResult:
        """The sentences above the options."""
        with self.frame_widget(kind="choice"):
            if self._text:
                yield Panel(plain_signs=self._plain, id="dialog-text")
            box = AnswerBox(plain_signs=self._plain, id="dialog-options")
            box.styles.height = 2 * len(self._options) + 1
            yield box

    def on_mount(self) -> None:
        """Show the options, the first pointed at."""
        if self._text:
            self.query_one("#dialog-text", Panel).show(self._draw_text)
        rows = [Row(key, label) for _value, key, label in self._options]
        box = self.query_one(AnswerBox)
        box.ask(Asked("one", rows=rows), anew=True)
        box.point(1)
        box.focus()

    def _draw_text(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        for sentence in self._text:
            pen.say(sentence)
        return pen.drawing()

    def action_point(self, by: int) -> None:
        """Point at the option above or below."""
        self.query_one(AnswerBox).point(by)

    def action_pick(self) -> None:
        """Take what is pointed at."""
        self.query_one(AnswerBox).confirm()

    @on(AnswerBox.Chose)
    def taken(self, event: AnswerBox.Chose) -> None:
        """Give the option back."""
        self.leave_with(self._options[event.place][0])


class Form(Dialog[Mapping[str, str]]):
    """A few lines to fill in; Enter goes on and at the last one confirms."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[tuple[str, str, str]],
        check: Check,
        *,
        plain_signs: bool,
    ) -> None:
        """Fields as id, label and value; ``check`` may refuse and say why."""
        super().__init__(title, plain_signs=plain_signs)
        self._fields = fields
        self._check = check

    def compose(self) -> ComposeResult:
        """A line for each field, and room for what is wrong."""
        with self.frame_widget(kind="form"):
            for id_, label, value in self._fields:
                field = Input(value, id=f"field-{id_}", select_on_focus=False, compact=True)
                name = Panel(plain_signs=self._plain, id=f"label-{id_}")
                name.add_class("label")
                name.styles.height = len(wrapped(label, NARROWEST))
                yield name
                yield field
            yield Panel(plain_signs=self._plain, id="form-faults")

    def on_mount(self) -> None:
        """Show the labels and begin at the first field."""
        for id_, label, _value in self._fields:
            self.query_one(f"#label-{id_}", Panel).show(_line(label))
        self._tell([_("Enter goes on, Esc leaves without a change.")], faulty=False)
        self.query(Input).first().focus()

    def values(self) -> dict[str, str]:
        """What is written, by field."""
        return {id_: self.query_one(f"#field-{id_}", Input).value for id_, _l, _v in self._fields}

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Go to the next field, or confirm at the last."""
        fields = list(self.query(Input))
        at = fields.index(event.input)
        if at + 1 < len(fields):
            fields[at + 1].focus()
            return
        if faults := self._check(self.values()):
            self._tell(faults, faulty=True)
        else:
            self.leave_with(self.values())

    def _tell(self, sentences: Sequence[str], *, faulty: bool) -> None:
        def draw(frame: Frame) -> Drawing:
            pen = Pen(frame.width)
            for sentence in sentences:
                pen.say(sentence, "blocker" if faulty else "quiet")
            return pen.drawing()

        self.query_one("#form-faults", Panel).show(draw)


class Page(Dialog[str]):
    """Something to read; any of the leaving keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "end(False)", show=False),
        Binding("end", "end(True)", show=False),
        Binding("q,enter,f1", "leave", show=False),
    ]

    def __init__(self, title: str, draw: Draw, *, plain_signs: bool) -> None:
        """A page drawn for the room it gets."""
        super().__init__(title, plain_signs=plain_signs)
        self._draw = draw

    def compose(self) -> ComposeResult:
        """The page."""
        with self.frame_widget(kind="page"):
            yield Sheet(plain_signs=self._plain, id="page-text")

    def on_mount(self) -> None:
        """Show it."""
        sheet = self.query_one(Sheet)
        sheet.show(self._draw)
        sheet.focus()

    def action_step(self, by: int) -> None:
        """Scroll a line."""
        self.query_one(Sheet).step(by)

    def action_page(self, by: int) -> None:
        """Scroll a page."""
        self.query_one(Sheet).step_page(by)

    def action_end(self, last: bool) -> None:  # noqa: FBT001 - Textual hands arguments by place
        """Scroll to an end."""
        self.query_one(Sheet).step_end(last=last)


class Consent(Page):
    """Something to read and to agree to: Enter gives ``yes`` back, everything else nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "agree", show=False)]

    def __init__(self, title: str, draw: Draw, how: str, *, plain_signs: bool) -> None:
        """``how`` says what Enter does; it stands under the page."""
        super().__init__(title, draw, plain_signs=plain_signs)
        self._how = how

    def compose(self) -> ComposeResult:
        """The page, and under it what Enter does."""
        with self.frame_widget(kind="page"):
            yield Sheet(plain_signs=self._plain, id="page-text")
            yield Panel(plain_signs=self._plain, id="page-consent")

    def on_mount(self) -> None:
        """Show both."""
        super().on_mount()
        self.query_one("#page-consent", Panel).show(_line(self._how))

    def action_agree(self) -> None:
        """Agree."""
        self.leave_with("yes")


def _line(text: str) -> Draw:
    def draw(frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        pen.say(text, "strong")
        return pen.drawing()

    return draw
