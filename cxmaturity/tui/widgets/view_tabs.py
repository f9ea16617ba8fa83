"""The views by number and name on one line; where that is too long, the others by number only."""

from __future__ import annotations

from collections.abc import Container, Sequence
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
    """Every tab, with as many names as fit, those beside the chosen one first.

    The chosen one stands between signs, so that it shows without colour.
    """
    named = {chosen}
    nearest = sorted(range(len(labels)), key=lambda place: (abs(place - chosen), -place))
    for place in nearest:
        if _width(_tabs(labels, chosen, named | {place}, plain=plain)) <= width:
            named.add(place)
    return _tabs(labels, chosen, named, plain=plain)


def _width(tabs: Sequence[Tab]) -> int:
    return sum(size(piece) for _place, piece in tabs)


def _tabs(labels: Sequence[str], chosen: int, named: Container[int], *, plain: bool) -> list[Tab]:
    """One cell stands between two tabs; beside the chosen one it holds its signs."""
    before, after = ("[", "]") if plain else ("▐", "▌")
    tabs: list[Tab] = []
    for place, label in enumerate(labels):
        said = f"{place + 1} {label}" if place in named else f"{place + 1}"
        if place == chosen:
            piece: Line = (Span(before, "key"), Span(said, "here"), Span(after, "key"))
        elif place == chosen + 1:
            piece = (Span(said, "quiet"),)
        else:
            piece = (Span(f" {said}", "quiet"),)
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

    def __init__(self, *, plain_signs: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """A line without tabs."""
        super().__init__(id=id)
        self._labels: list[str] = []
        self._plain = plain_signs

    def rename(self, labels: Sequence[str]) -> None:
        """Tabs with these labels, in the language in use."""
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
