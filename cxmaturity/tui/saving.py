"""Answers on their way to the disk: what is kept, what waits, what was refused, who was quicker.

The work is cut in three so that a screen can do the slow part beside: `Saving.start` hands out a
job, the job touches the disk and nothing else, `Saving.finish` takes what came out.  Nothing is
called saved before its rename; nothing is merged with another program's change: both versions are
kept and somebody decides.  What is kept, and how, is the business of a `Disk`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from cxmaturity.errors import Problem
from cxmaturity.store.edits import Edits
from cxmaturity.tui.history import is_empty, merged

Now = Callable[[], dt.datetime]
Kept = TypeVar("Kept")
"""What lies on the disk: an engagement, or one respondent."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """Where the answers are; ``problem`` says why the disk refused them."""

    kind: Literal["saved", "waiting", "failed", "conflict"]
    at: dt.datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Kept]):
    """Another program changed what is kept.

    ``kept`` is where this session's version now lies; ``disk`` is the other one, None when it
    cannot be read (``problem`` says why).
    """

    kept: tuple[Path, ...]
    disk: Kept | None
    mine: Kept
    edits: Edits
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Kept]):
    """What came of a job: exactly one of these, or nothing when all was as before."""

    saved: Kept | None = None
    reloaded: Kept | None = None
    conflict: Conflict[Kept] | None = None
    problem: Problem | None = None


Job = Callable[[], Outcome[Kept]]


class Disk(Protocol[Kept]):
    """How something is written and looked at; every method may take its time."""

    def save(self, kept: Kept, edits: Edits) -> Outcome[Kept]:
        """Write the edits; a file that already holds exactly them is no conflict."""

    def look(self, kept: Kept, done: Edits) -> Outcome[Kept]:
        """Whether the disk still holds what is shown; ``done`` is what this session did to it."""

    def write_mine(self, conflict: Conflict[Kept]) -> None:
        """Decide a conflict for this session's version; the other is kept beside it first."""


class Saving(Generic[Kept]):
    """One document's way to the disk."""

    def __init__(self, kept: Kept, disk: Disk[Kept], now: Now) -> None:
        """Start from what was read."""
        self._now = now
        self._disk = disk
        self.kept = kept
        """What lies on the disk, as far as this program knows."""
        self._waiting = Edits()
        self._running: Edits | None = None
        self._done = Edits()
        self.state = SaveState("saved")
        self.conflict: Conflict[Kept] | None = None

    def add(self, edits: Edits) -> None:
        """Something was changed and has to be saved."""
        self._waiting = merged(self._waiting, edits)
        if self.state.kind == "saved":
            self.state = SaveState("waiting")

    @property
    def unsaved(self) -> Edits:
        """Every change that the disk has not confirmed."""
        return merged(self._running or Edits(), self._waiting)

    def start(self) -> Job[Kept] | None:
        """The next save; None while one is running, nothing waits, or a conflict is undecided."""
        if self._running is not None or self.conflict or is_empty(self._waiting):
            return None
        self._running, self._waiting = self._waiting, Edits()
        kept, edits = self.kept, self._running
        return lambda: self._disk.save(kept, edits)

    def look(self) -> Job[Kept] | None:
        """A look whether another program changed it; None when that is not the time."""
        if self._running is not None or self.conflict or not is_empty(self._waiting):
            return None
        # While somebody looks nobody saves: the own rename would look like another program's.
        self._running = Edits()
        kept, done = self.kept, self._done
        return lambda: self._disk.look(kept, done)

    def finish(self, outcome: Outcome[Kept]) -> None:
        """Take what came of a job."""
        edits, self._running = self._running or Edits(), None
        if outcome.saved:
            self.kept = outcome.saved
            self._done = merged(self._done, edits)
            waiting = not is_empty(self._waiting)
            self.state = SaveState("waiting") if waiting else SaveState("saved", self._now())
            return
        self._waiting = merged(edits, self._waiting)
        if outcome.conflict:
            self.conflict = outcome.conflict
            self.state = SaveState("conflict", problem=outcome.conflict.problem)
        elif outcome.problem and not is_empty(self._waiting):
            self.state = SaveState("failed", problem=outcome.problem)

    def restart(self, kept: Kept) -> None:
        """Go on from another version; what waited is dropped."""
        self.kept = kept
        self._waiting, self._running, self._done = Edits(), None, Edits()
        self.conflict = None
        self.state = SaveState("saved", self._now())

    def write_mine(self) -> None:
        """Decide the conflict for this session's version; raises CxError when the disk refuses."""
        if self.conflict:
            edits = merged(self.conflict.edits, self.unsaved)
            self._disk.write_mine(replace(self.conflict, edits=edits))
