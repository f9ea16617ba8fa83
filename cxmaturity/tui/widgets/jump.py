"""A letter at every part of the screen; pressing it goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import Static

from cxmaturity.tui.safe import lit
from cxmaturity.tui.widgets.dialog import Dialog

LETTERS = "asdfghjklqwertyuiop"
Target = tuple[str, Offset]
"""What is given back, and where its letter stands."""


class Jump(Dialog[str]):
    """Gives back the target whose letter was pressed or clicked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "leave", show=False)]

    def __init__(self, targets: Sequence[Target]) -> None:
        """As many targets as there are letters."""
        super().__init__("", plain_signs=True)
        self._targets = list(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        """The letters."""
        for letter, (_target, offset) in self._targets:
            label = Static(lit(f" {letter} "), classes="jump")
            label.styles.offset = (offset.x, offset.y)
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go where the letter leads; any other key leaves."""
        if event.key in {"escape", "ctrl+o"}:
            return
        event.stop()
        found = (target for letter, (target, _offset) in self._targets if letter == event.key)
        self.leave_with(next(found, None))

    def on_click(self, event: events.Click) -> None:
        """A click on a letter is as good as the letter."""
        labels = list(self.query(Static))
        if event.widget in labels:
            self.leave_with(self._targets[labels.index(event.widget)][1][0])
        else:
            self.leave_with(None)
