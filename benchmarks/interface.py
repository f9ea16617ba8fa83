"""The terminal interface: its first frame, and how long a key takes, against Textual alone."""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.widgets import Static

from benchmarks.measurement import Measurement

_MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("x")
    def on_ready(self):
        self.call_after_refresh(self.exit, 0)
Minimal().run(headless=True)
"""
_OWN = """
from cxmaturity.store.preferences import Preferences
from cxmaturity.tui.app import TerminalApp
TerminalApp.on_ready = lambda self: self.call_after_refresh(self.exit, 0)
TerminalApp(preferences=Preferences()).run(headless=True)
"""


def measure(*, short: bool) -> Iterator[Measurement]:
    """Processor time of a start and of a key, the second above that of a minimal program."""
    repeat = 5 if short else 11
    rounds = [(_time(_MINIMAL), _time(_OWN)) for _ in range(repeat)]
    minimal, own = (statistics.median(times) for times in zip(*rounds, strict=True))
    yield Measurement("first frame / that of a minimal Textual program", own / minimal, "×", 2)
    with tempfile.TemporaryDirectory() as folder:
        keys = asyncio.run(_keys(Path(folder), 20 if short else 60))
    floor, answer, move = keys
    yield Measurement("a level answered, scores renewed, next shown", answer - floor, "ms", 10)
    yield Measurement("next question shown", move - floor, "ms", 10)
    yield Measurement("a key that changes one word of a minimal program", floor, "ms")


def _time(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=os.environ)  # noqa: S603 - our own code
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


class _Word(App[None]):
    """Changes one word a key."""

    def compose(self) -> ComposeResult:
        yield Static("0")

    def on_key(self) -> None:
        """Another word."""
        self.query_one(Static).update(str(time.monotonic_ns()), layout=False)


async def _keys(folder: Path, count: int) -> tuple[float, float, float]:
    """Milliseconds of processor time for a key: minimal, an answer, a move."""
    word = _Word()
    async with word.run_test(size=(80, 24)) as pilot:
        floor = await _median(lambda: pilot.press("x"), count)
    app = _engagement(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        while app.session is None or app.screen.id == "_default":
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        levels = [
            q.path for q in app.session.questions if q.kind.widget == "scale"
        ]  # every one asked alike

        async def answer() -> None:
            await pilot.press(str(len(levels) % 5))

        times = []
        for path in levels[:count]:
            app.session.place = path
            app.retell()
            await pilot.pause(0.3)
            times.append(await _cost(answer))
            levels.append("")
        move = await _median(lambda: pilot.press("down"), count)
    return floor, statistics.median(times), move


def _engagement(folder: Path) -> Any:  # noqa: ANN401 - the interface, imported when measured
    import datetime as dt

    from cxmaturity.store.preferences import Preferences
    from cxmaturity.tui.app import TerminalApp
    from cxmaturity.workbench import Workbench
    from cxmaturity.workbench.creating import Beginning, create_engagement

    begun = Beginning("Acme", dt.date(2026, 3, 31))
    create_engagement(Workbench(), folder / "acme", begun)
    return TerminalApp(
        folder / "acme", preferences=Preferences(language="en"), settings_file=folder / "c.toml"
    )


async def _median(press: Callable[[], Any], count: int) -> float:
    return statistics.median([await _cost(press) for _ in range(count)])


async def _cost(press: Callable[[], Any]) -> float:
    start = time.process_time()
    await press()
    return (time.process_time() - start) * 1e3
