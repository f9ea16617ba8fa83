"""Pictures of the main screens for the README: ``python -m tools.screenshots`` writes them.

The interface is opened on the bundled example without a terminal, and its own SVG is kept.  The
reference to a font on a public server is taken out: a picture asks nobody for anything.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from cxmaturity.store.preferences import Preferences
from cxmaturity.text.messages import Language, use_language
from cxmaturity.tui.app import TerminalApp
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import create_example

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (100, 32)
SCREENS: tuple[tuple[str, Language, tuple[str, ...]], ...] = (
    ("interview", "en", ()),
    ("results", "en", ("f4",)),
    ("bars", "fi", ("f4", "2")),
    ("why", "en", ("f4", "7")),
)
_FOREIGN = re.compile(r"@font-face\s*\{.*?\}|<!--.*?-->", re.DOTALL)


async def picture(language: Language, keys: tuple[str, ...], folder: Path) -> str:
    """The SVG of the screen that some keys lead to."""
    preferences = Preferences(language=language)
    app = TerminalApp(
        folder, preferences=preferences, settings_file=folder.parent / "settings.toml"
    )
    async with app.run_test(size=SIZE) as pilot:
        await _rest(app, pilot)
        for key in keys:
            await pilot.press(key)
            await _rest(app, pilot)
        return _FOREIGN.sub("", app.export_screenshot(title="cxmaturity"))


async def _rest(app: TerminalApp, pilot: Pilot[int]) -> None:
    """Wait until nothing is under way any more."""
    for _ in range(3):
        await app.workers.wait_for_complete()
        await pilot.pause(0.1)


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(exist_ok=True)
    for name, language, keys in SCREENS:
        with tempfile.TemporaryDirectory() as scratch:
            use_language(language)
            folder = Path(scratch) / "example"
            create_example(Workbench(), folder)
            svg = asyncio.run(picture(language, keys, folder))
        (PICTURES / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
