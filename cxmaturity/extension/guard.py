"""Calling foreign code: whatever it does, the caller gets a value or a reason.

Catches every exception, ``SystemExit`` and a ``KeyboardInterrupt`` that nobody typed included (a
real Ctrl-C goes on); what is printed to stdout goes to stderr, because stdout is data; a call that
takes longer than two seconds is named while it runs, never killed.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cxmaturity.text.messages import N_, gettext
from cxmaturity.text.terminal import clean

Result = TypeVar("Result")
PATIENCE = 2.0
"""Seconds after which a call that still runs is named."""
LOOK_EVERY = 0.25
"""Seconds between two looks at the call that runs."""
_LONGEST_REASON = 300

STILL_RUNNING = N_("The plugin {plugin} is still working: {what}")

Running = tuple[str, str, float]
"""Name of the plugin, what it does, and since when."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What a guarded call gave: a value, or why there is none."""

    value: Result | None = None
    reason: str = ""


@dataclass(slots=True)
class Guard:
    """Guards calls one at a time, and watches for those that take long."""

    tell: Callable[[str], object] = lambda line: sys.stderr.write(line + "\n")
    _running: Running | None = None
    _watcher: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, plugin: str, what: str, function: Callable[[], Result]) -> Outcome[Result]:
        """Call foreign code; ``plugin`` and ``what`` name it, should it take long."""
        before, self._running = self._running, (plugin, what, time.monotonic())
        self._watch()
        typed: list[int] = []
        try:
            with contextlib.redirect_stdout(sys.stderr), _noting_ctrl_c(typed):
                outcome = Outcome(function())
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and typed:
                raise
            outcome = Outcome(reason=reason_of(error))
        finally:
            self._running = before
        if typed:
            # The plugin swallowed a real one.
            raise KeyboardInterrupt
        return outcome

    def _watch(self) -> None:
        with self._lock:
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._name_slow_calls, daemon=True)
                self._watcher.start()

    def _name_slow_calls(self) -> None:
        named: Running | None = None
        idle_since = time.monotonic()
        while True:
            time.sleep(LOOK_EVERY)
            running = self._running
            if running is None:
                with self._lock:
                    if time.monotonic() - idle_since > PATIENCE and self._running is None:
                        self._watcher = None
                        return
                continue
            idle_since = time.monotonic()
            plugin, what, since = running
            if running is not named and idle_since - since >= PATIENCE:
                named = running
                line = gettext(STILL_RUNNING).format(plugin=clean(plugin), what=clean(what))
                self.tell(line)


@contextlib.contextmanager
def _noting_ctrl_c(typed: list[int]) -> Iterator[None]:
    """Note every real Ctrl-C, so that it can be told from one that a plugin raises."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return

    def note(number: int, frame: object) -> None:
        typed.append(number)
        before(number, frame)  # type: ignore[arg-type]

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is note:
            signal.signal(signal.SIGINT, before)


def reason_of(error: BaseException) -> str:
    """An exception in one cleaned line: its class and its message."""
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - a message that cannot be made is no message
        text = ""
    line = " ".join(clean(text).split())[:_LONGEST_REASON]
    return f"{type(error).__name__}: {line}" if line else type(error).__name__
