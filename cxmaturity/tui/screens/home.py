"""Home: the engagements of the user, how far each is, and how to begin one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget

from cxmaturity import __version__
from cxmaturity.text.messages import current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import date_text
from cxmaturity.text.problems import say_problem
from cxmaturity.tui.actions import action
from cxmaturity.tui.keys import bindings_in, keys_text
from cxmaturity.tui.safe import line
from cxmaturity.tui.screens.beginning import ask_folder, ask_new, open_example
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.shelf import ShelfEntry, read_entry
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Line, Pen, Span, cut, left, right, size
from cxmaturity.tui.widgets.glyphs import FULL
from cxmaturity.tui.widgets.sheet import Sheet

_PLACES = {"3": "interview", "4": "results", "5": "what_if", "6": "people", "8": "rubric"}
_BAR = 8
MOST_READ = 12
"""Engagements that are read for their progress; the others are shown by name."""
LIGHT = "░"
WITH_BAR = 64
"""From this width on progress is a bar, too; names come first."""


class HomeScreen(PlaceScreen):
    """The list of engagements; the program hands it in and does what is chosen."""

    PLACE = "home"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("home")]

    AUTO_FOCUS = "#shelf"

    def __init__(self) -> None:
        """An empty list until the program fills it."""
        super().__init__()
        self.entries: Sequence[ShelfEntry] = ()
        self.news = ""

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Sheet(plain_signs=self.host.plain_signs, id="shelf")

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self.query_one(Sheet).focus()

    def read_shelf(self) -> None:
        """List the user's engagements, and read them one by one beside the screen."""
        known = {str(entry.path): entry for entry in self.entries}
        paths = [Path(name) for name in self.host.recent]
        self._show([known.get(str(path), ShelfEntry(path)) for path in paths])
        for path in paths[:MOST_READ]:
            self.host.beside(
                lambda path=path: read_entry(self.host.bench, path),  # type: ignore[misc]
                self._read,
                lambda error: self.host.say(str(error), grave=True),
            )

    def _read(self, entry: ShelfEntry) -> None:
        self._show([entry if old.path == entry.path else old for old in self.entries])

    def tell_news(self, news: str) -> None:
        """Say what is going on."""
        self.news = news
        self._show(self.entries)

    def _show(self, entries: Sequence[ShelfEntry]) -> None:
        self.entries = entries
        if self.is_mounted:
            self.query_one(Sheet).redraw()
            self.tell_keys()

    def retell(self) -> None:
        """Say everything anew."""
        super().retell()
        sheet = self.query_one(Sheet)
        sheet.show(self._page, chosen=sheet.chosen.key if sheet.chosen else "")

    def top(self, frame: Frame) -> Drawing:
        """The program, and where one can go."""
        host, spans = self.host, [Span(f" cxmaturity {__version__}  ", "strong")]
        if host.session is not None:
            for place in filter(self.offers, _PLACES.values()):
                found = action(place)
                spans += [
                    Span(keys_text(found, host.keymap, plain=host.plain_signs), "key"),
                    Span(f" {_(found.label)}  "),
                ]
        return Drawing((tuple(spans) if size(spans) <= frame.width else (spans[0],),))

    # the list -----------------------------------------------------------------------------------

    @property
    def chosen(self) -> Path | None:
        """The engagement that is chosen."""
        item = self.query_one(Sheet).chosen
        return Path(item.key) if item else None

    def allows(self, action: str) -> bool:
        """What needs an engagement is offered once there is one."""
        if action in {"open_chosen", "forget", "import_data"}:
            return bool(self.entries)
        return super().allows(action)

    async def on_key(self, event: events.Key) -> None:
        """A digit is as good as the function key of that number."""
        if event.key in _PLACES:
            event.stop()
            if self.offers(_PLACES[event.key]):
                await self.host.do(_PLACES[event.key])

    def action_entry_up(self) -> None:
        """Choose the engagement above."""
        self.query_one(Sheet).step(-1)

    def action_entry_down(self) -> None:
        """Choose the engagement below."""
        self.query_one(Sheet).step(1)

    @on(Sheet.Opened, "#shelf")
    def action_open_chosen(self) -> None:
        """Open the chosen engagement; a click on it does the same."""
        if path := self.chosen:
            self.host.open_engagement(path)

    def action_forget(self) -> None:
        """Take the chosen engagement off the list."""
        if path := self.chosen:
            self.host.recent = tuple(name for name in self.host.recent if name != str(path))
            self.host.keep_setting(recent=self.host.recent)
            self.read_shelf()

    def action_import_data(self) -> None:
        """Import data into the chosen engagement."""
        from cxmaturity.tui.screens.importing import ask_import

        if (path := self.chosen) and self.host.is_saved():
            ask_import(self.host, self.app, path, self.tell_news)

    def action_new(self) -> None:
        """Start an engagement."""
        ask_new(self.host, self.app)

    def action_open_folder(self) -> None:
        """Open an engagement by its folder."""
        ask_folder(self.host, self.app)

    def action_example(self) -> None:
        """Open a copy of the example."""
        self.tell_news(_("Making a copy of the example …"))
        open_example(self.host)

    def _page(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        if not self.entries:
            self._welcome(pen)
        else:
            pen.heading(_("Your engagements"))
            pen.blank()
        for entry in self.entries:
            with pen.item(str(entry.path)):
                pen.row(*_entry_line(entry, frame.width))
                pen.row(Span("  "), Span(_under(entry, frame.width - 2), "quiet"))
        if self.news:
            pen.blank()
            pen.say(self.news, "note")
        return pen.drawing()

    def _welcome(self, pen: Pen) -> None:
        pen.blank()
        pen.say(_("Customer-experience maturity: where an organisation stands, and why."), "strong")
        pen.blank()
        pen.say(_("No engagement yet."))
        pen.blank()
        for id_ in ("new", "open_folder", "example"):
            found = action(id_)
            key = keys_text(found, self.host.keymap, plain=self.host.plain_signs)
            pen.say(_(found.help), mark=Span(f"  {key} ", "key"))
        pen.blank()
        pen.say(_("An engagement is a folder; nothing leaves this computer."), "quiet")


def _entry_line(entry: ShelfEntry, width: int) -> Line:
    language = current_language()
    if entry.problem:
        name = line(entry.path.name)
        return (Span(left(name, width - 12), "strong"), Span(right(_("unreadable"), 12), "blocker"))
    if not entry.known:
        return (Span(left(line(entry.path.name), width), "strong"),)
    date = date_text(entry.date, language) if entry.date else ""
    bar = _BAR if width >= WITH_BAR else 0
    filled = bar * entry.done // entry.asked if entry.asked else 0
    phase = _said(entry.phase) if entry.phase else _("Not started")
    figures = f"{entry.done}/{entry.asked}"
    room = width - 12 - bar - 9 - 16
    return (
        Span(left(line(entry.organisation), room), "strong"),
        Span(right(date, 12)), Span(" "),
        Span(FULL * filled, "solid"), Span(LIGHT * (bar - filled), "quiet"),
        Span(right(figures, 8)), Span("  "), Span(cut(phase, 14), "here"),
    )  # fmt: skip


def _said(text: Mapping[str, str]) -> str:
    # Here, because the first frame is drawn without the models, which are slow to load.
    from cxmaturity.model.text import say

    return line(say(text, current_language()))


def _under(entry: ShelfEntry, width: int) -> str:
    if entry.problem:
        return cut(f"{say_problem(entry.problem).what} – {line(str(entry.path))}", width)
    remark = f" · {_('fictional example')}" if entry.fictional else ""
    rubric = f" · {line(entry.rubric)}" if entry.rubric else ""
    return cut(f"{_shortened(entry.path)}{rubric}{remark}", width)


def _shortened(path: Path) -> str:
    """The path from the user's own folder on, where it lies there."""
    try:
        return line(f"~/{path.relative_to(Path.home()).as_posix()}")
    except (ValueError, RuntimeError):
        return line(str(path))
