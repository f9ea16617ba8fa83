"""What every place of the interface has: a top line, its own room, the line of keys, one language.

A place says everything anew when it is shown again or when the language changes; it is never built
twice.  The program behind it is known only through `Host`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui import actions
from cxmaturity.tui.keys import keys_text
from cxmaturity.tui.screens.help_pages import keys_page
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen
from cxmaturity.tui.widgets.jump import Jump, Target
from cxmaturity.tui.widgets.key_bar import Hint, KeyBar
from cxmaturity.tui.widgets.panel import Panel

if TYPE_CHECKING:
    # The first frame is drawn before the engine is loaded.
    from cxmaturity.tui.respondent import RespondentDesk
    from cxmaturity.tui.session import Session
    from cxmaturity.workbench import Workbench

SMALLEST = (60, 20)
"""Columns and rows below which only a line is shown."""
WIDE = 100
"""Columns from which scores stand beside the questions."""


class Host(Protocol):
    """What a place may ask of the program."""

    session: Session | None
    plain_signs: bool
    keymap: Mapping[str, str]
    recent: tuple[str, ...]

    @property
    def bench(self) -> Workbench:
        """The workbench."""

    def beside(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[Exception], object],
    ) -> None:
        """Do something slow in a thread, and take what came of it on the screen's side."""

    def keep_setting(self, **changes: object) -> None:
        """Write a setting of the user's."""

    def show_lines(self, title: str, said: list[str]) -> None:
        """Sentences in a window."""

    def say(self, text: str, *, grave: bool = False) -> None:
        """Show a passing remark."""

    def answered(self) -> None:
        """Something was changed that has to be saved and shown."""

    def ask(self, respondent: RespondentDesk | None) -> None:
        """Go on with a respondent's answers, or with the assessor's."""

    def is_saved(self) -> bool:
        """Whether everything is on the disk; if not, what to do is asked."""

    def data_imported(self, engagement: Path) -> None:
        """People or measures were imported into an engagement."""

    def open_engagement(self, path: Path) -> None:
        """Open an engagement and go to its questions."""

    def copy_text(self, text: str) -> None:
        """Put text on the clipboard."""

    async def do(self, id_: str) -> None:
        """Do one action of the table."""


class PlaceScreen(Screen[None]):
    """One place: subclasses give their widgets and say what they show."""

    PLACE: ClassVar[actions.Place] = "home"

    @property
    def host(self) -> Host:
        """The program."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        """The top line, the place, the keys, and a line for a terminal that is too small."""
        plain = self.host.plain_signs
        yield Panel(plain_signs=plain, id="top")
        yield from self.body()
        yield KeyBar(plain_signs=plain, id="keys")
        yield Panel(plain_signs=plain, id="needs-room")

    def help_page(self, frame: Frame) -> Drawing:
        """What F1 shows: what is in focus, then the keys."""
        pen = Pen(frame.width)
        self.explain(pen)
        keys_page(pen, self.PLACE, self.host.keymap, plain=self.host.plain_signs)
        return pen.drawing()

    def explain(self, pen: Pen) -> None:
        """What is in focus, in words."""

    def body(self) -> Iterable[Widget]:
        """The widgets of the place."""
        return ()

    ready: bool = False
    """Whether the widgets are there; keys may have been typed ahead of them."""

    def on_mount(self) -> None:
        """Say everything for the first time."""
        self.ready = True
        self.retell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done before the place is there; then what it allows."""
        return self.ready and self.allows(action) and super().check_action(action, parameters)

    def allows(self, action: str) -> bool:  # noqa: ARG002 - for subclasses
        """Whether one of the place's actions makes sense now."""
        return True

    def on_screen_resume(self) -> None:
        """Answers or the language may have changed while another place was shown."""
        self.retell()

    def on_resize(self, _event: events.Resize) -> None:
        """A terminal that was too small took the focus away; give it back."""
        if self.focused is None and self.AUTO_FOCUS:
            self.call_after_refresh(self.query_one(self.AUTO_FOCUS).focus)

    def retell(self) -> None:
        """Say everything anew, in the language in use."""
        self.query_one("#needs-room", Panel).show(needs_room)
        self.query_one("#top", Panel).show(self.top)
        self.tell_keys()

    def tell_keys(self) -> None:
        """Say which keys do something now; under a window none of its own would."""
        if self.app.screen is self:
            self.query_one("#keys", KeyBar).show_hints(self.hints())

    def tell_state(self) -> None:
        """The answers reached the disk, or did not."""
        self.query_one("#top", Panel).redraw()

    def top(self, frame: Frame) -> Drawing:
        """The top line."""
        pen = Pen(frame.width)
        return pen.drawing()

    def hints(self) -> Sequence[Hint]:
        """What the last line offers now."""
        return [
            Hint(
                action.id,
                keys_text(action, self.host.keymap, plain=self.host.plain_signs),
                _(action.label),
            )
            for action in actions.footer_of(self.PLACE)
            if self.offers(action.id)
        ]

    def offers(self, action: str) -> bool:
        """Whether an action can be done now."""
        owner = self if hasattr(self, f"action_{action}") else self.app
        return owner.check_action(action, ()) is True

    def jump_targets(self) -> list[Target]:
        """Where a jump can lead: what takes the focus, and what an action opens."""
        return [
            (f"#{widget.id}", widget.region.offset)
            for widget in self.focus_chain
            if widget.id and widget.region.area
        ]

    def show_letters(self) -> None:
        """Show a letter at every part of the screen."""
        self.app.push_screen(Jump(self.jump_targets()), self._jumped)

    async def _jumped(self, target: str | None) -> None:
        if target is None:
            return
        if target.startswith("#"):
            self.query_one(target).focus()
        else:
            await self.host.do(target)

    async def on_panel_pressed(self, event: Panel.Pressed) -> None:
        """A hint was clicked."""
        if event.panel.id == "keys":
            await self.host.do(event.key)


def needs_room(frame: Frame) -> Drawing:
    """The one line of a terminal that is too small."""
    pen = Pen(max(frame.width, 8))
    wide, high = SMALLEST
    pen.say(
        _("This needs {columns}×{rows} characters; `cxmaturity ask` works in any size.").format(
            columns=wide, rows=high
        )
    )
    return pen.drawing()
