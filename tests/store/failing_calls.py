"""Makes the n-th system call of a write fail, and records the order of the calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "close")


class WatchedCalls:
    """The watched system calls in order; the ``fail_at``-th one raises ``OSError``."""

    def __init__(self, fail_at: int = 0, error: int = 0, calls: Sequence[str] = CALLS) -> None:
        self.calls = calls
        self.fail_at = fail_at
        self.error = error
        self.seen: list[tuple[str, tuple[Any, ...]]] = []
        self.failed = ""

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Put the watch in place until the patch is undone."""
        for name in self.calls:
            patch.setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.seen.append((name, args))
            if len(self.seen) == self.fail_at:
                self.failed = name
                if name == "close":
                    real(*args)
                raise OSError(self.error, os.strerror(self.error))
            return real(*args, **kwargs)

        return call


class StubbornWrites:
    """Writes at most a few bytes a call, as a system may."""

    def __init__(self) -> None:
        self.real = os.write

    def __call__(self, descriptor: int, data: Any) -> int:
        return self.real(descriptor, bytes(data[:3]))
