"""A widget that shows one drawing in the room it has: headings, bars, notes, scores.

It never scrolls and never changes its size, so that showing something else lays nothing out anew.
Parts of a line can be pressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cxmaturity.tui.widgets.drawing import Drawing, Frame, Tone
from cxmaturity.tui.widgets.glyphs import plain
from cxmaturity.tui.widgets.sheet import NOTHING_DRAWN, Draw

TONES: Final[tuple[Tone, ...]] = (
    "strong", "quiet", "heading", "holds", "fails", "open", "blocker", "risk", "note", "strength",
    "solid", "claimed", "inside", "range", "mark", "here", "key",
)  # fmt: skip


class Panel(Widget):
    """Shows a drawing that fits its size; what does not fit is left out below."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"panel--{tone}" for tone in TONES}

    @dataclass
    class Pressed(Message):
        """An item of the drawing was clicked."""

        panel: Panel
        key: str

        @property
        def control(self) -> Panel:
            """The panel it happened on."""
            return self.panel

    def __init__(self, *, plain_signs: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """An empty panel; ``plain_signs`` shows ASCII signs only."""
        super().__init__(id=id)
        self._plain = plain_signs
        self._draw: Draw | None = None
        self._drawing: Drawing = NOTHING_DRAWN
        self._drawn_for: tuple[int, int] = (0, 0)
        self._styles_by_tone: dict[Tone, Style] = {}

    def show(self, draw: Draw) -> None:
        """Show something else."""
        self._draw = draw
        self.redraw()

    def redraw(self) -> None:
        """Show the same anew: its values changed.  Only lines that look different are drawn."""
        before, drawn_for = self._drawing.lines, self._drawn_for
        self._drawn_for = (0, 0)
        now = self.drawing.lines
        if self._drawn_for != drawn_for or drawn_for == (0, 0):
            self.refresh()
            return
        # Regions are counted from the content: Textual adds the border itself.
        for row, (old, new) in enumerate(zip_longest(before, now, fillvalue=())):
            if old != new and row < drawn_for[1]:
                self.refresh(Region(0, row, drawn_for[0], 1))

    @property
    def drawing(self) -> Drawing:
        """What is shown now."""
        size = (self.content_size.width, self.content_size.height)
        if self._draw is not None and size[0] > 0 and self._drawn_for != size:
            self._drawn_for = size
            self._drawing = self._draw(Frame(*size))
        return self._drawing

    def render_line(self, y: int) -> Strip:
        """One line."""
        lines = self.drawing.lines
        spans = lines[y] if 0 <= y < len(lines) else ()
        shown = plain if self._plain else str
        segments = [Segment(shown(span.text), self._tone_style(span.tone)) for span in spans]
        return Strip(segments).adjust_cell_length(self.content_size.width, self._tone_style(""))

    def _tone_style(self, tone: Tone) -> Style:
        style = self._styles_by_tone.get(tone)
        if style is None:
            mixed = self.visual_style
            if tone:
                mixed += self.get_visual_style(f"panel--{tone}", partial=True)
            style = self._styles_by_tone[tone] = mixed.rich_style
        return style

    def notify_style_update(self) -> None:
        """Theme, focus or style sheet changed."""
        super().notify_style_update()
        self._styles_by_tone.clear()

    def on_click(self, event: events.Click) -> None:
        """Say which item was clicked."""
        offset = event.get_content_offset(self)
        item = self.drawing.item_at(offset.y) if offset else None
        if item:
            self.post_message(self.Pressed(self, item.key))
