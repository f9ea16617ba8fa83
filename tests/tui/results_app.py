"""The results screen with as little program around it as it needs, and its text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, cast

from textual.app import App

from cxmaturity import tui
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.account import Account
from cxmaturity.text.messages import Language, current_language
from cxmaturity.text.names import names_of
from cxmaturity.tui.app import TerminalApp
from cxmaturity.tui.screens.results import ResultsScreen
from cxmaturity.tui.screens.views import ViewsScreen
from cxmaturity.tui.session import Session
from cxmaturity.tui.themes import DARK

STYLES = Path(tui.__file__).parent / "styles"


class Kept:
    """A session that only has a scorecard: what the results need of one."""

    def __init__(self, card: Scorecard, rubric: Rubric | None = None) -> None:
        self.card = card
        self.rubric = rubric
        self.version = 1

    @property
    def language(self) -> Language:
        return current_language()

    def told(self) -> Account:
        return Account(self.card, names_of(self.card, self.rubric), self.language)


class ResultsApp(App[None]):
    """Shows the results of one session, or another place of views."""

    CSS_PATH: ClassVar[Any] = [STYLES / "app.tcss", STYLES / "results.tcss"]
    HORIZONTAL_BREAKPOINTS = TerminalApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = TerminalApp.VERTICAL_BREAKPOINTS
    ENABLE_COMMAND_PALETTE = False
    keymap: Mapping[str, str] = {}
    what_if = None

    def __init__(
        self,
        session: Kept | Session,
        *,
        plain_signs: bool = False,
        screen: type[ViewsScreen] = ResultsScreen,
    ) -> None:
        super().__init__()
        self.shows = screen
        self.session = session
        self.plain_signs = plain_signs
        self.said: list[str] = []
        self.copied: list[str] = []
        self.went_back = 0
        self.animation_level = "none"

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.push_screen(self.shows(cast("Session", self.session)))

    def say(self, text: str, *, grave: bool = False) -> None:
        self.said.append(f"! {text}" if grave else text)

    def beside(self, job: Any, then: Any, otherwise: Any) -> None:
        """At once: nothing here is slow."""
        try:
            result = job()
        except Exception as error:  # noqa: BLE001 - handed on as the program does
            otherwise(error)
        else:
            then(result)

    def copy_text(self, text: str) -> None:
        self.copied.append(text)

    async def do(self, id_: str) -> None:
        await self.run_action(f"screen.{id_}", self.screen)

    async def action_back(self) -> None:
        self.went_back += 1

    @property
    def results(self) -> ResultsScreen:
        assert isinstance(self.screen, ResultsScreen)
        return self.screen


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    # Textual has no public way to what it shows.
    lines = app.screen._compositor.render_strips(app.size)  # noqa: SLF001
    assert len(lines) == app.size.height
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in lines)
