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
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.app import App, ComposeResult
from textual.widgets import Static

from benchmarks.interface_work import many_questions, many_respondents
from benchmarks.measurement import Measurement

_SITUATIONS = ((60, 10, (80, 24)), (500, 20, (80, 24)), (60, 10, (120, 40)), (500, 20, (120, 40)))
"""Questions, the goal in milliseconds, and the terminal; the wide one has the scores beside."""
IDLE = 3.0
"""Seconds of doing nothing."""
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
    floor = asyncio.run(_floor(20 if short else 60))
    yield Measurement("a key that changes one word of a minimal program", floor, "ms")
    for questions, goal, size in _SITUATIONS:
        with tempfile.TemporaryDirectory() as folder:
            house = many_questions(Path(folder), questions)
            seen = asyncio.run(_used(house, 20 if short else 60, size))
        what = f"{questions} questions, {size[0]}×{size[1]}:"
        yield Measurement(
            f"{what} a level answered, scores renewed, next shown", seen.answer - floor, "ms", goal
        )
        yield Measurement(f"{what} next question shown", seen.move - floor, "ms", goal)
    yield Measurement("widgets of the interview", seen.widgets, "", 40)
    yield Measurement("processor while nothing is done", seen.idle, "%", 2)
    with tempfile.TemporaryDirectory() as folder:
        house = many_respondents(Path(folder), 2_000, 60)
        opened = asyncio.run(_opening(house))
    yield Measurement("2,000 respondents: until the questions are shown", opened, "s", 3)


class _Seen(NamedTuple):
    """What using the interview showed: milliseconds, widgets, per cent of a processor."""

    answer: float
    move: float
    widgets: int
    idle: float


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


async def _floor(count: int) -> float:
    """Milliseconds of processor time for a key of the minimal program."""
    async with _Word().run_test(size=(80, 24)) as pilot:
        return await _median(lambda: pilot.press("x"), count)


async def _used(house: Path, count: int, size: tuple[int, int]) -> _Seen:
    """Answer, move and rest in an engagement."""
    app = _interface(house)
    async with app.run_test(size=size) as pilot:
        session = await _ready(app, pilot)
        times = []
        for number, question in enumerate(session.questions[:count]):
            session.place = question.path
            app.retell()
            await pilot.pause(0.3)
            times.append(await _cost(partial(pilot.press, str(number % 5))))
        move = await _median(lambda: pilot.press("down"), count)
        widgets = sum(1 for _widget in app.screen.walk_children())
        await pilot.pause(1)
        start = time.process_time()
        await asyncio.sleep(IDLE)
        idle = 100 * (time.process_time() - start) / IDLE
    return _Seen(statistics.median(times), move, widgets, idle)


async def _opening(house: Path) -> float:
    """Seconds until the questions of an engagement are shown."""
    app = _interface(house)
    start = time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:
        await _ready(app, pilot)
        return time.perf_counter() - start


async def _ready(app: Any, pilot: Any) -> Any:  # noqa: ANN401 - the interface is loaded when measured
    while app.session is None or app.current_mode != "interview":
        await pilot.pause(0.02)
    await pilot.pause()
    return app.session


def _interface(house: Path) -> Any:  # noqa: ANN401 - the interface, imported when measured
    from cxmaturity.store.preferences import Preferences
    from cxmaturity.tui.app import TerminalApp

    settings = house.parent / "settings.toml"
    return TerminalApp(house, preferences=Preferences(language="en"), settings_file=settings)


async def _median(press: Callable[[], Any], count: int) -> float:
    return statistics.median([await _cost(press) for _ in range(count)])


async def _cost(press: Callable[[], Any]) -> float:
    start = time.process_time()
    await press()
    return (time.process_time() - start) * 1e3
