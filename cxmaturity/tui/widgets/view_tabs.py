"""The views by number and name on one line; where that is too long, the others by number only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from cxmaturity.tui.widgets.drawing import Line, Span, size

Tab = tuple[int, Line]
"""The number of a view and its piece of the line."""


def tab_line(labels: Sequence[str], chosen: int, width: int, *, plain: bool = False) -> list[Tab]:
    """The tabs that fit; the chosen one stands between signs, so that it shows without colour."""
    for named in (range(len(labels)), (chosen,)):
        tabs = _tabs(labels, chosen, named, plain=plain)
        if sum(size(spans) for _place, spans in tabs) <= width:
            break
    return tabs


def _tabs(labels: Sequence[str], chosen: int, named: Sequence[int], *, plain: bool) -> list[Tab]:
    before, after = ("[", "]") if plain else ("▐", "▌")
    tabs: list[Tab] = []
    for place, label in enumerate(labels):
        said = f"{place + 1} {label}" if place in named else f"{place + 1}"
        if place == chosen:
            piece: Line = (Span(before, "key"), Span(said, "here"), Span(after, "key"))
        else:
            piece = (Span(f" {said} ", "quiet"),)
        tabs.append((place, piece))
    return tabs


class ViewTabs(Widget):
    """One line of tabs; a click on one is posted as a message."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "view-tabs--key",
        "view-tabs--here",
        "view-tabs--quiet",
    }
    chosen: reactive[int] = reactive(0)

    @dataclass
    class Picked(Message):
        """A tab was clicked."""

        place: int

    def __init__(self, labels: Sequence[str], *, plain_signs: bool = False) -> None:
        """Tabs with these labels, in the language in use."""
        super().__init__()
        self._labels = list(labels)
        self._plain = plain_signs

    def rename(self, labels: Sequence[str]) -> None:
        """Other labels: the language changed."""
        self._labels = list(labels)
        self.refresh()

    def _line(self) -> list[Tab]:
        return tab_line(self._labels, self.chosen, self.size.width, plain=self._plain)

    def render_line(self, y: int) -> Strip:
        """The line; there is only one."""
        base = self.visual_style
        segments = [
            Segment(
                span.text,
                (base + self.get_visual_style(f"view-tabs--{span.tone}", partial=True)).rich_style,
            )
            for _place, piece in (self._line() if y == 0 else ())
            for span in piece
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Find the tab under the pointer."""
        start = 0
        for place, piece in self._line():
            end = start + size(piece)
            if start <= event.x < end:
                self.post_message(self.Picked(place))
            start = end
