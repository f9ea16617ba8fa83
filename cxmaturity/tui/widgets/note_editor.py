"""Where a note is written; leaving it keeps what is written."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from cxmaturity.text.terminal import clean


class NoteEditor(TextArea):
    """A text of a few lines.  Esc and Tab leave it, and so does a click elsewhere."""

    @dataclass
    class Finished(Message):
        """Writing has ended; ``text`` is the note, None when it was not touched."""

        path: str
        text: str | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """An empty editor; no language, no highlighting."""
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False)
        self.cursor_blink = False
        self._path = ""
        self._shown = ""

    def write(self, path: str, text: str) -> None:
        """Begin to write the note of a question."""
        self._path, self._shown = path, clean(text, keep="\n")
        self.load_text(self._shown)
        self.move_cursor(self.document.end)
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Leave with what is written."""
        if event.key in {"escape", "tab", "shift+tab"}:
            event.stop()
            event.prevent_default()
            self.finish()

    def on_blur(self) -> None:
        """Whatever takes the focus away, the note is kept."""
        self.finish()

    def finish(self) -> None:
        """Hand over what is written, once; an untouched note stays as it was."""
        path, self._path = self._path, ""
        if path:
            self.post_message(self.Finished(path, self.text if self.text != self._shown else None))
