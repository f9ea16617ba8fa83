"""Reading the rubric: the tree of its entries at the left, the chosen entry's text at the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from cxmaturity.model.rubric import Rubric
from cxmaturity.text.markdown import inline
from cxmaturity.text.messages import current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.screens.rubric_entries import Block, Entry, Reader, flat
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, Tone, left
from cxmaturity.tui.widgets.finder import Candidate, Finder
from cxmaturity.tui.widgets.glyphs import FOLDED, UNFOLDED
from cxmaturity.tui.widgets.sheet import Sheet
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import DEFAULT_RUBRIC

_TONES: dict[str, Tone] = {"strong": "strong", "quiet": "quiet", "heading": "heading"}


class RubricScreen(PlaceScreen):
    """The rubric of the engagement, or the default one."""

    PLACE = "rubric"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("rubric")]

    AUTO_FOCUS = "#entries"

    def __init__(self, session: Session | None, bench: Workbench) -> None:
        """The rubric to read."""
        super().__init__()
        self._session = session
        self._bench = bench
        self._own: Rubric | None = None
        self._open: set[str] = {"section:phases", "section:dimensions"}
        self._reader: Reader | None = None
        self._tree: tuple[Entry, ...] = ()

    @property
    def rubric(self) -> Rubric:
        """The engagement's rubric; the default one is loaded once."""
        if self._session is not None:
            return self._session.rubric
        if self._own is None:
            self._own = self._bench.load_rubric(DEFAULT_RUBRIC).rubric
        return self._own

    def body(self) -> Iterable[Widget]:
        """The tree and the text."""
        plain = self.host.plain_signs
        yield Horizontal(
            Sheet(plain_signs=plain, id="entries"), Sheet(plain_signs=plain, id="entry"), id="desk"
        )

    def on_mount(self) -> None:
        """Begin in the tree."""
        super().on_mount()
        self.entries.focus()

    @property
    def entries(self) -> Sheet:
        """The tree."""
        return self.query_one("#entries", Sheet)

    def retell(self) -> None:
        """Say everything anew, in the language in use."""
        super().retell()
        self._reader = Reader(self.rubric, current_language())
        self._tree = self._reader.entries()
        chosen = self.entries.chosen
        self.entries.show(self._draw_tree, chosen=chosen.key if chosen else "about")
        self._show_text()

    def top(self, frame: Frame) -> Drawing:
        """Which rubric it is."""
        reader = self._reader or Reader(self.rubric, current_language())
        title = f"{reader.said(self.rubric.title)} {self.rubric.version}"
        label = f" {_('Rubric')}  "
        room = frame.width - len(label)
        return Drawing(((Span(label, "quiet"), Span(left(title, room), "strong")),))

    def explain(self, pen: Pen) -> None:
        """What this place is for."""
        pen.say(_("What the engagement is judged by. The words are the rubric's own."))

    # drawing ------------------------------------------------------------------------------------

    def _draw_tree(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        self._draw_entries(pen, self._tree, 0)
        return pen.drawing()

    def _draw_entries(self, pen: Pen, entries: Iterable[Entry], depth: int) -> None:
        for entry in entries:
            is_open = entry.key in self._open
            sign = (UNFOLDED if is_open else FOLDED) if entry.parts else " "
            lead = f"{'  ' * depth}{sign} "
            with pen.item(entry.key):
                tone: Tone = "strong" if depth == 0 else ""
                pen.row(Span(lead), Span(left(entry.title, pen.width - len(lead)), tone))
            if is_open:
                self._draw_entries(pen, entry.parts, depth + 1)

    def _show_text(self) -> None:
        self.query_one("#entry", Sheet).show(self._draw_text)

    def _blocks(self) -> list[Block]:
        item = self.entries.chosen
        return self._reader.text_of(item.key) if item and self._reader else []

    def _draw_text(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        for block in self._blocks():
            if block.kind == "title":
                pen.say(block.text, "strong")
            elif block.kind == "heading":
                pen.heading(block.text)
            elif block.kind == "item":
                pen.say(block.text, mark=Span(f" {block.mark}", "key"))
            else:
                pen.say(block.text, _TONES.get(block.kind, ""))
                pen.blank()
        return pen.drawing()

    # actions ------------------------------------------------------------------------------------

    @on(Sheet.Chosen, "#entries")
    def chosen(self) -> None:
        """Another entry is pointed at."""
        self._show_text()

    @on(Sheet.Opened, "#entries")
    def action_fold(self) -> None:
        """Show or hide what is under the entry."""
        item = self.entries.chosen
        if item:
            self._open ^= {item.key}
            self.entries.redraw()

    def action_line_up(self) -> None:
        """The entry above, or scroll the text."""
        self._focused_sheet().step(-1)

    def action_line_down(self) -> None:
        """The entry below, or scroll the text."""
        self._focused_sheet().step(1)

    def action_other_side(self) -> None:
        """Between the tree and the text."""
        other = "#entries" if self._focused_sheet().id == "entry" else "#entry"
        self.query_one(other, Sheet).focus()
        self.set_class(other == "#entry", "-reading")

    def _focused_sheet(self) -> Sheet:
        focused = self.focused
        return focused if isinstance(focused, Sheet) else self.entries

    def action_search(self) -> None:
        """Go to an entry by words."""
        candidates = [
            Candidate(entry.key, "", entry.title, entry.key.partition(":")[2])
            for entry in flat(self._tree)
        ]
        finder = Finder(_("Go to"), candidates, plain_signs=self.host.plain_signs)
        self.app.push_screen(finder, self._go)

    def _go(self, key: str | None) -> None:
        if key is not None:
            self.read(key)

    def read(self, key: str) -> None:
        """Show an entry, and where it is in the tree."""
        for entry in flat(self._tree):
            if any(part.key == key for part in flat(entry.parts)):
                self._open.add(entry.key)
        self.entries.redraw()
        self.entries.choose(key)

    def action_copy_entry(self) -> None:
        """Copy the entry's text as Markdown."""
        signs = {"title": "## ", "heading": "### ", "item": "- "}
        rows = [signs.get(b.kind, "") + inline(b.text) for b in self._blocks()]
        self.host.copy_text("\n\n".join(rows) + "\n")
