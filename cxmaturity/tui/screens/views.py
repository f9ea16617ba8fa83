"""A place that shows one scorecard in several views: a picture, its figures, a note beside it.

A view is a row of a table; the screen gives its widgets pictures to show and follows their
messages.  Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from cxmaturity.text.account import Account
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, shortened
from cxmaturity.tui.widgets.panel import Panel
from cxmaturity.tui.widgets.sheet import Draw, Sheet
from cxmaturity.tui.widgets.view_tabs import ViewTabs

WIDE: Final = 100
"""From this width on the chosen item is told beside a list."""
TALL: Final = 34
"""From this height on everything about the chosen item stands under a chart."""
NUMBERS: Final = "123456789"
Picture = Callable[[Account, Frame], Drawing]
Note = Callable[[Account, Pen, str], None]


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    ``note`` tells about the chosen item beside a list; where there is no room for that, or no note,
    the item ``unfolds`` in the list itself.  Charts need their width: their note stands under them,
    ``brief`` where there is little room.
    """

    id: str
    label: str
    picture: Picture
    twin: Picture | None = None
    note: Note | None = None
    brief: Note | None = None
    unfolds: bool = False
    help: str = ""


class ViewsScreen(PlaceScreen):
    """Shows the scorecard of a session in views of its own."""

    VIEWS: ClassVar[Sequence[View]] = ()
    # Escape may mean more here than in the rest of the program.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False, id="back")]

    def __init__(self, session: Session) -> None:
        """Views of a session's scorecard; it is read when the screen is shown."""
        super().__init__()
        self.session = session
        self._shown: tuple[int, str] = (-1, "")
        self._view: View = self.VIEWS[0]
        self._as_table = False
        self._keys: dict[str, str] = {}
        self._account: Account | None = None

    def body(self) -> Iterable[Widget]:
        """The headline, tabs, and the picture with its note."""
        plain = self.host.plain_signs
        self.set_class(plain, "-plain")
        yield Panel(plain_signs=plain, id="track")
        yield ViewTabs(plain_signs=plain, id="views")
        yield Container(
            Sheet(plain_signs=plain, id="page"),
            Panel(plain_signs=plain, id="note"),
            id="pages",
        )

    # what is shown ------------------------------------------------------------------------------

    @property
    def told(self) -> Account:
        """The scorecard that is shown."""
        if self._account is None:
            self._account = self.session.told()
        return self._account

    @property
    def page(self) -> Sheet:
        """The widget that shows the picture."""
        return self.query_one("#page", Sheet)

    def retell(self) -> None:
        """Show the session as it is now, where it or the language has changed."""
        super().retell()
        self.page.focus()
        now = (self.session.version, self.session.language)
        if now != self._shown:
            self._shown = now
            self._account = None
            self.query_one("#track", Panel).show(self.headline)
            self.query_one(ViewTabs).rename([_(shown.label) for shown in self.VIEWS])
            self.show_anew()

    def show_anew(self) -> None:
        """The scorecard is another one now."""
        self.show_view(self._view)

    def explain(self, pen: Pen) -> None:
        """What the view shows."""
        pen.heading(_(self._view.label))
        pen.say(_(self._view.help))

    def allows(self, action: str) -> bool:
        """A table where the view has one."""
        if action == "as_table":
            return self._view.twin is not None
        return super().allows(action)

    def headline(self, frame: Frame) -> Drawing:
        """The two lines above the tabs."""
        return Pen(frame.width).drawing()

    def show_view(self, shown: View) -> None:
        """Show one of the views, the choice in it as it was."""
        self._view = shown
        under = shown.brief is not None
        beside = shown.note is not None and not under and self.app.size.width >= WIDE
        self.set_class(beside, "-beside")
        self.set_class(under, "-under")
        self.set_class(under and self.app.size.height >= TALL, "-tall")
        self.query_one(ViewTabs).chosen = self.VIEWS.index(shown)
        self.tell_keys()
        unfolds = shown.unfolds and not beside
        draw = self.picture(shown, unfolds=unfolds)
        self.page.show(draw, chosen=self._keys.get(shown.id, ""), unfolds=unfolds)
        self._tell()

    def picture(self, shown: View, *, unfolds: bool) -> Draw:
        """What draws a view, as picture or as table."""
        draw = shown.twin if self._as_table and shown.twin else shown.picture
        if unfolds:
            return partial(draw, self.told)
        return lambda frame: draw(self.told, Frame(frame.width, frame.height, "", frame.plain))

    def _tell(self) -> None:
        """The note about what is chosen."""
        chosen = self.page.chosen
        note = self._view.note
        if self._view.brief and self.app.size.height < TALL:
            note = self._view.brief
        if note is None:
            return

        def draw(frame: Frame) -> Drawing:
            pen = Pen(frame.width)
            if chosen:
                note(self.told, pen, chosen.key)
            return shortened(pen.drawing(), frame.height)

        self.query_one("#note", Panel).show(draw)

    def on_resize(self, _event: events.Resize) -> None:
        """There may be room beside the picture now, or no longer."""
        self.show_view(self._view)

    # messages -----------------------------------------------------------------------------------

    @on(Sheet.Chosen)
    def _choose(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Tell about the choice at once: waiting for the message would take a second frame."""
        key = self.page.chosen.key if self.page.chosen else ""
        if key == self._keys.get(self._view.id, ""):
            return
        self._keys[self._view.id] = key
        self._keys |= dict.fromkeys(self.sharing(key), key)
        self._tell()

    def sharing(self, key: str) -> Sequence[str]:  # noqa: ARG002 - for subclasses
        """Views that show the same choice."""
        return ()

    @on(ViewTabs.Picked)
    def _pick(self, event: ViewTabs.Picked) -> None:
        self.go_to_view(self.VIEWS[event.place])

    # moving -------------------------------------------------------------------------------------

    def action_row_up(self) -> None:
        """Choose the line above."""
        self.page.step(-1)
        self._follow()

    def action_row_down(self) -> None:
        """Choose the line below."""
        self.page.step(1)
        self._follow()

    def action_page_up(self) -> None:
        """Choose a line a page further up."""
        self.page.step_page(-1)
        self._follow()

    def action_page_down(self) -> None:
        """Choose a line a page further down."""
        self.page.step_page(1)
        self._follow()

    def action_row_first(self) -> None:
        """Choose the first line."""
        self.page.step_end(last=False)
        self._follow()

    def action_row_last(self) -> None:
        """Choose the last line."""
        self.page.step_end(last=True)
        self._follow()

    def go_to_view(self, shown: View) -> None:
        """Show another view because the user wants it."""
        self.show_view(shown)

    def action_next_view(self) -> None:
        """Show the view to the right."""
        self.go_to_view(self.VIEWS[(self.VIEWS.index(self._view) + 1) % len(self.VIEWS)])

    def action_previous_view(self) -> None:
        """Show the view to the left."""
        self.go_to_view(self.VIEWS[self.VIEWS.index(self._view) - 1])

    def on_key(self, event: events.Key) -> None:
        """A number shows the view that it stands before."""
        number = int(event.key) if event.key in NUMBERS else 0
        if 0 < number <= len(self.VIEWS):
            event.stop()
            self.go_to_view(self.VIEWS[number - 1])

    def action_as_table(self) -> None:
        """Change between the picture and its twin."""
        self._as_table = not self._as_table
        self.show_view(self._view)

    async def action_back(self) -> None:
        """Back to the list of engagements."""
        await self.app.run_action("app.back")
