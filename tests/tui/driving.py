"""Driving the interface in tests: start it, wait until it rests, read what the screen shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from cxmaturity.store.preferences import Preferences
from cxmaturity.text.messages import Language, current_language, use_language
from cxmaturity.tui.app import TerminalApp
from cxmaturity.tui.session import Session

NARROW, NORMAL, WIDE = (60, 20), (80, 24), (120, 40)
SIZES = (NARROW, NORMAL, WIDE)


class Driver:
    """A running interface."""

    def __init__(self, app: TerminalApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def session(self) -> Session:
        """The session; there must be one."""
        assert self.app.session is not None
        return self.app.session

    @property
    def screen(self) -> Any:
        """The screen that is shown, whatever it is."""
        return self.app.screen

    @property
    def focus(self) -> str | None:
        """The id of the widget that takes the keys."""
        return self.app.focused.id if self.app.focused else None

    def widget(self, selector: str) -> Any:
        """A widget of the screen."""
        return self.app.screen.query_one(selector)

    async def rest(self) -> None:
        """Wait until nothing is under way any more."""
        for _ in range(3):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, then wait for what they set off."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", ".": "full_stop", ",": "comma", "/": "slash", "-": "minus"}
        await self.press(*(names.get(character, character) for character in text))

    async def hammer(self, *keys: str) -> None:
        """Press keys as fast as a terminal could send them."""
        for key in keys:
            character = key if len(key) == 1 else {"space": " "}.get(key)
            self.app.post_message(events.Key(key, character))
        await self.pilot.pause()

    async def at(self, path: str) -> None:
        """Go to a question."""
        self.session.place = path
        self.app.retell()
        await self.pilot.pause()

    def rows(self) -> list[str]:
        """What the screen shows, row by row, without colour."""
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - the only way to see
        return [strip.text.rstrip() for strip in strips]

    def remarks(self) -> list[str]:
        """Passing remarks that are shown now."""
        return [str(remark.message) for remark in self.app._notifications]  # noqa: SLF001

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.rows())


@asynccontextmanager
async def running(
    start: Path | None,
    *,
    size: tuple[int, int] = NORMAL,
    language: Language = "en",
    settings: Path | None = None,
    **preferences: Any,
) -> AsyncIterator[Driver]:
    """The interface on an engagement, at rest; the language is put back afterwards."""
    before = current_language()
    use_language(language)
    file = settings or (start.parent if start else Path.cwd()) / "config.toml"
    app = TerminalApp(
        start, preferences=Preferences(language=language, **preferences), settings_file=file
    )
    try:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await pilot.pause()
            await driver.rest()
            yield driver
    finally:
        use_language(before)
