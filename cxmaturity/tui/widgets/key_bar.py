"""The last line of the screen: what can be done here, each with its key.

What does not fit is left out whole, from the right, except the last one: help stands first and the
palette, where everything else is, last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events

from cxmaturity.tui.widgets.drawing import Drawing, Line, Span
from cxmaturity.tui.widgets.panel import Panel

GAP = "  "


class Hint(NamedTuple):
    """One entry: the id of the action, its key and its label."""

    action: str
    key: str
    label: str

    @property
    def width(self) -> int:
        """Cells it takes."""
        return cell_len(self.key) + 1 + cell_len(self.label)


class KeyBar(Panel):
    """Shows hints; pressing one is like pressing its key."""

    def __init__(self, *, plain_signs: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """An empty bar."""
        super().__init__(plain_signs=plain_signs, id=id)
        self._hints: Sequence[Hint] = ()

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show other hints, first and last always."""
        if hints != self._hints:
            self._hints = hints
            self.show(lambda frame: Drawing((_line(fitting(self._hints, frame.width)),)))

    def on_click(self, event: events.Click) -> None:
        """Do what the hint under the pointer says."""
        x = 1
        for hint in fitting(self._hints, self.content_size.width):
            if x <= event.x < x + hint.width:
                self.post_message(self.Pressed(self, hint.action))
                return
            x += hint.width + len(GAP)


def fitting(hints: Sequence[Hint], width: int) -> list[Hint]:
    """As many hints as fit, the first ones and the last one."""
    if not hints:
        return []
    *others, last = hints
    room = width - 1 - last.width
    kept: list[Hint] = []
    for hint in others:
        room -= hint.width + len(GAP)
        if room < 0:
            break
        kept.append(hint)
    return [*kept, last]


def _line(hints: Sequence[Hint]) -> Line:
    spans = [Span(" ")]
    for hint in hints:
        spans += [Span(hint.key, "key"), Span(f" {hint.label}{GAP}")]
    return tuple(spans)
