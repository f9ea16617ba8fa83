"""The program as its user's partner: remarks, windows of text, the clipboard, remembered settings.

Whatever it quotes is harmless; nothing slow happens on the screen's side.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from textual import events
from textual.app import App

from cxmaturity.errors import CxError
from cxmaturity.text.messages import LANGUAGES, current_language, use_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean
from cxmaturity.tui.safe import problem_lines, unexpected
from cxmaturity.tui.shelf import remember
from cxmaturity.tui.themes import next_theme
from cxmaturity.tui.widgets.dialog import Page
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen

Result = TypeVar("Result")


class TalkingApp(App[int]):
    """What any place may ask of the program that is not about an engagement."""

    plain_signs: bool = False
    settings_file: Path | None = None
    crash: str = ""
    """What went wrong inside the program, without anybody's answers."""

    def retell(self) -> None:
        """Say everything on the screen anew."""

    def beside(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], object],
        otherwise: Callable[[Exception], object],
    ) -> None:
        """Do something slow in a thread, and take what came of it on the screen's side."""

        def work() -> None:
            try:
                result = job()
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen down
                self.call_from_thread(otherwise, error)
            else:
                self.call_from_thread(then, result)

        self.run_worker(work, thread=True, exit_on_error=False)

    def say(self, text: str, *, grave: bool = False) -> None:
        """A passing remark; harmless whatever it quotes."""
        severity: Literal["error", "information"] = "error" if grave else "information"
        self.notify(clean(text), severity=severity, markup=False, timeout=10 if grave else 4)

    def show_lines(self, title: str, said: list[str]) -> None:
        """Sentences in a window."""

        def draw(frame: Frame) -> Drawing:
            pen = Pen(frame.width)
            for sentence in said:
                pen.say(sentence)
            return pen.drawing()

        self.push_screen(Page(title, draw, plain_signs=self.plain_signs))

    def keep_setting(self, **changes: object) -> None:
        """Write a setting of the user's; a disk that refuses is said, not fatal."""
        try:
            remember(self.settings_file, **changes)
        except (CxError, OSError) as error:
            problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
            self.say("\n".join(problem_lines(problems)), grave=True)

    def copy_text(self, text: str) -> None:
        """Put text on the terminal's clipboard; whether it arrives only the terminal knows."""
        self.copy_to_clipboard(clean(text))
        self.say(_("Sent to the terminal's clipboard."))

    def action_language(self) -> None:
        """Speak the next language."""
        at = LANGUAGES.index(current_language())
        use_language(LANGUAGES[(at + 1) % len(LANGUAGES)])
        self.keep_setting(language=current_language())
        self.retell()

    def action_colours(self) -> None:
        """Show the next theme."""
        self.theme, short = next_theme(self.theme)
        self.keep_setting(theme=short)

    def action_help_quit(self) -> None:
        """Ctrl+C is a habit, and in a field it copies: say how to leave."""
        self.say(_("q leaves the program; everything is saved."))

    # Textual ------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Pasted text may hold escape sequences: they go no further."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text)
        await super().on_event(event)

    def _fatal_error(self) -> None:
        # Textual would print the values of all variables, people's answers among them.
        self.crash = traceback.format_exc()
        self._close_messages_no_wait()
