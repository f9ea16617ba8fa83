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
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cxmaturity.text.messages import N_, _
from cxmaturity.text.terminal import clean

Result = TypeVar("Result")
PATIENCE = 2.0
"""Seconds after which a call that still runs is named."""
_LOOK_EVERY = 0.25
_LONGEST_REASON = 300

STILL_RUNNING = N_("The plugin {plugin} is still working: {what}")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What a guarded call gave: a value, or why there is none."""

    value: Result | None = None
    reason: str = ""


@dataclass(slots=True)
class Guard:
    """Guards calls one at a time, and watches for those that take long."""

    tell: Callable[[str], object] = lambda line: sys.stderr.write(line + "\n")
    _running: tuple[str, str, float] | None = None
    _watched: bool = False
    _typed: list[int] = field(default_factory=list)
    _listening: bool = False

    def call(self, plugin: str, what: str, function: Callable[[], Result]) -> Outcome[Result]:
        """Call foreign code; ``plugin`` and ``what`` name it, should it take long."""
        self._listen()
        typed_before = len(self._typed)
        self._running = (plugin, what, time.monotonic())
        self._watch()
        try:
            with contextlib.redirect_stdout(sys.stderr):
                return Outcome(function())
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and len(self._typed) > typed_before:
                raise
            return Outcome(reason=reason_of(error))
        finally:
            self._running = None

    def _listen(self) -> None:
        """Note every real Ctrl-C, so that it can be told from one that a plugin raises."""
        if self._listening or threading.current_thread() is not threading.main_thread():
            return
        before = signal.getsignal(signal.SIGINT)

        def note(number: int, frame: object) -> None:
            self._typed.append(number)
            if callable(before):
                before(number, frame)  # type: ignore[arg-type]

        signal.signal(signal.SIGINT, note)
        self._listening = True

    def _watch(self) -> None:
        if not self._watched:
            self._watched = True
            threading.Thread(target=self._name_slow_calls, daemon=True).start()

    def _name_slow_calls(self) -> None:
        named: tuple[str, str, float] | None = None
        while True:
            time.sleep(_LOOK_EVERY)
            running = self._running
            if running is None or running is named:
                continue
            plugin, what, since = running
            if time.monotonic() - since >= PATIENCE:
                named = running
                self.tell(_(STILL_RUNNING).format(plugin=clean(plugin), what=clean(what)))


def reason_of(error: BaseException) -> str:
    """An exception in one cleaned line: its class and its message."""
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - a message that cannot be made is no message
        text = ""
    line = " ".join(clean(text).split())[:_LONGEST_REASON]
    return f"{type(error).__name__}: {line}" if line else type(error).__name__
