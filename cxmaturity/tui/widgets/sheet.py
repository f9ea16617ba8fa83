"""The one widget that shows drawings: a page of lines in which items can be chosen.

It keeps the drawing of its own width, redraws when the width or the content changes and never
while scrolling, and on a step of the cursor refreshes only the lines that look different.  It gets
values and posts messages; it knows neither scorecards nor what a choice leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from cxmaturity.tui.widgets.drawing import Drawing, Frame, Item, Line, Tone
from cxmaturity.tui.widgets.glyphs import CHOSEN, plain

Draw = Callable[[Frame], Drawing]
"""A picture for the room there is."""

GUTTER: Final = 2
"""Cells at the left: the sign of the chosen item and a space."""
NOTHING_DRAWN: Final = Drawing(())
_TONES: Final[tuple[Tone, ...]] = (
    "strong", "quiet", "heading", "holds", "fails", "open", "blocker", "risk", "note", "strength",
    "solid", "claimed", "inside", "range", "mark", "here", "key",
    "heat0", "heat1", "heat2", "heat3", "heat4", "heat5",
)  # fmt: skip


class _PlainScrollBar(ScrollBarRender):
    """A scroll bar of whole cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a drawing; the chosen item is marked at the left, also without colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--chosen",
        "sheet--gutter",
        *(f"sheet--{tone}" for tone in _TONES),
    }

    @dataclass
    class Chosen(Message):
        """Another item is chosen."""

        sheet: Sheet
        key: str

        @property
        def control(self) -> Sheet:
            """The sheet it happened on."""
            return self.sheet

    @dataclass
    class Opened(Message):
        """The chosen item is asked about: a click on it; keys are the screen's."""

        sheet: Sheet
        key: str
        why: str

        @property
        def control(self) -> Sheet:
            """The sheet it happened on."""
            return self.sheet

    def __init__(self, *, plain_signs: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """An empty sheet; ``plain_signs`` shows ASCII signs only."""
        super().__init__(id=id)
        self._plain = plain_signs
        self._draw: Draw | None = None
        self._unfolds = False
        self._drawn_for: tuple[int, int] = (0, 0)
        self._drawing = NOTHING_DRAWN
        self._key = ""
        self._row_strips: dict[tuple[int, bool], Strip] = {}
        self._tone_styles: dict[tuple[Tone, bool], Style] = {}

    # what is shown ------------------------------------------------------------------------------

    def show(self, draw: Draw, *, chosen: str = "", unfolds: bool = False) -> None:
        """Show another picture; ``unfolds`` says that it looks different for every choice."""
        self._draw, self._unfolds = draw, unfolds
        self._key = chosen
        self.scroll_to(y=0, animate=False, force=True)
        self.redraw()
        self.refresh()

    def redraw(self) -> None:
        """Draw the same picture anew: its values or its language changed."""
        before, lines = self._drawing.item(self._key), self._drawing.lines
        self._drawn_for = (0, 0)
        self._ensure_drawn()
        self.keep_in_view()
        self._refresh_changed(before, lines)

    def _ensure_drawn(self) -> None:
        width, height = self.scrollable_content_region.size
        if self._draw is None or width <= GUTTER or (width, height) == self._drawn_for:
            return
        self._drawn_for = (width, height)
        self._paint(width, height)
        if self._drawing.items and self._drawing.item(self._key) is None:
            self._key = self._drawing.items[0].key
            if self._unfolds:
                self._paint(width, height)

    def _paint(self, width: int, height: int) -> None:
        assert self._draw is not None  # noqa: S101 - asked by the only caller
        self._drawing = self._draw(Frame(width - GUTTER, height, self._key, self._plain))
        self._row_strips.clear()
        self._measure(Size(width, len(self._drawing.lines)), height)

    def _measure(self, whole: Size, height: int) -> None:
        """How much there is to scroll.

        Set without Textual's usual layout of the whole screen: the page itself keeps its place,
        and the layout would show one choice in two frames.
        """
        if whole != self.virtual_size:
            self.set_reactive(Sheet.virtual_size, whole)
            self.vertical_scrollbar.window_virtual_size = whole.height
            self.vertical_scrollbar.window_size = height

    # what is chosen -----------------------------------------------------------------------------

    @property
    def drawing(self) -> Drawing:
        """What is shown now."""
        self._ensure_drawn()
        return self._drawing

    @property
    def chosen(self) -> Item | None:
        """The chosen item."""
        return self.drawing.item(self._key)

    def choose(self, key: str) -> None:
        """Choose an item, bring it into view and say so."""
        if key == self._key or self._drawing.item(key) is None:
            return
        before, lines = self.chosen, self._drawing.lines
        self._key = key
        if self._unfolds:
            self._paint(*self._drawn_for)
        self._refresh_changed(before, lines)
        self.keep_in_view()
        self.post_message(self.Chosen(self, key))

    def _refresh_changed(self, before: Item | None, lines: Sequence[Line]) -> None:
        """Show the lines that look different: a terminal is slow where much is drawn anew."""
        now = self._drawing.lines
        if len(now) != len(lines):
            self.refresh()
            return
        rows = {row for row, (old, new) in enumerate(zip(lines, now, strict=True)) if old != new}
        for item in filter(None, (before, self._drawing.item(self._key))):
            rows.update(range(item.first, item.last + 1))
        top = self.scroll_offset.y
        for row in sorted(rows):
            if top <= row < top + self.size.height:
                self.refresh_lines(row)

    def keep_in_view(self) -> None:
        """Scroll as little as needed to show the chosen item, its beginning first."""
        if item := self.drawing.item(self._key):
            height = min(item.last - item.first + 1, max(1, self._drawn_for[1]))
            first = 0 if self._drawing.items and item == self._drawing.items[0] else item.first
            rows = item.first + height - first
            if rows > self._drawn_for[1]:
                first, rows = item.first, height
            region = Region(0, first, 1, rows)
            self.scroll_to_region(
                region, spacing=Spacing(), animate=False, force=True, immediate=True
            )

    def step(self, by: int) -> None:
        """Choose the next or previous item; through one longer than the page, scroll first."""
        items = self.drawing.items
        page = max(1, self._drawn_for[1] - 1)
        if not items or self._scrolled_within(by, page):
            if not items:
                self.scroll_relative(y=by, animate=False, force=True)
            return
        place = next((i for i, item in enumerate(items) if item.key == self._key), 0)
        target = min(max(place + by, 0), len(items) - 1)
        if target == place:
            self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False, force=True)
        self.choose(items[target].key)

    def _scrolled_within(self, by: int, page: int) -> bool:
        """Whether the rest of a long item was brought into view instead of leaving it."""
        item = self.chosen
        if item is None:
            return False
        top = self.scroll_offset.y
        hidden_below = item.last - (top + page)
        hidden_above = top - item.first
        if by > 0 and hidden_below > 0 and item.first <= top + page:
            self.scroll_relative(y=min(page, hidden_below), animate=False, force=True)
            return True
        if by < 0 and hidden_above > 0 and item.last >= top:
            self.scroll_relative(y=-min(page, hidden_above), animate=False, force=True)
            return True
        return False

    def step_page(self, by: int) -> None:
        """Choose the item that is a page further down or up."""
        items = self.drawing.items
        page = max(1, self._drawn_for[1] - 1)
        if not items or (item := self.chosen) is None:
            self.scroll_relative(y=by * page, animate=False, force=True)
            return
        wanted = item.first + by * page
        nearest = min(items, key=lambda other: abs(other.first - wanted))
        self.choose(nearest.key if nearest != item else items[-1 if by > 0 else 0].key)

    def step_end(self, *, last: bool) -> None:
        """Choose the first or the last item; pressed again, go to the end of the page."""
        items = self.drawing.items
        end = items[-1 if last else 0].key if items else self._key
        if end == self._key:
            self.scroll_to(y=self.max_scroll_y if last else 0, animate=False, force=True)
        else:
            self.choose(end)

    # Textual ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Part blocks at the ends of a scroll bar are no ASCII."""
        if self._plain:
            # Textual's documented way is to change it for the whole program.
            self.vertical_scrollbar.renderer = _PlainScrollBar  # type: ignore[misc]

    def render_line(self, y: int) -> Strip:
        """One line of the page."""
        self._ensure_drawn()
        row = self.scroll_offset.y + y
        item = self._drawing.item(self._key)
        chosen = item is not None and item.first <= row <= item.last
        strip = self._row_strips.get((row, chosen))
        if strip is None:
            lines = self._drawing.lines
            line = lines[row] if 0 <= row < len(lines) else ()
            strip = self._strip(line, chosen=chosen)
            self._row_strips[row, chosen] = strip
        return strip

    def _strip(self, line: Line, *, chosen: bool) -> Strip:
        shown = plain if self._plain else str
        sign = (">" if self._plain else CHOSEN) if chosen else " "
        segments = [
            Segment(sign, self._style("key", chosen=chosen)),
            Segment(" ", self._style("", chosen=chosen)),
        ]
        segments += [
            Segment(shown(span.text), self._style(span.tone, chosen=chosen)) for span in line
        ]
        width = self.size.width
        return Strip(segments).adjust_cell_length(width, self._style("", chosen=chosen))

    def _style(self, tone: Tone, *, chosen: bool) -> Style:
        style = self._tone_styles.get((tone, chosen))
        if style is None:
            mixed = self.visual_style
            if chosen:
                mixed += self.get_visual_style("sheet--chosen", partial=True)
            if tone:
                mixed += self.get_visual_style(f"sheet--{tone}", partial=True)
            style = self._tone_styles[tone, chosen] = mixed.rich_style
        return style

    def notify_style_update(self) -> None:
        """Theme, focus or style sheet changed."""
        super().notify_style_update()
        self._tone_styles.clear()
        self._row_strips.clear()

    def on_resize(self) -> None:
        """Another width or height: draw anew and keep the choice in view."""
        self._ensure_drawn()
        self.keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """A click chooses; a click on what is chosen asks about it."""
        row = self.scroll_offset.y + event.y
        item = self._drawing.item_at(row)
        if item is None:
            return
        if item.key == self._key:
            self.post_message(self.Opened(self, item.key, item.why))
        else:
            self.choose(item.key)
