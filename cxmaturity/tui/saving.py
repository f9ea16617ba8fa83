"""Answers on their way to the disk: what is kept, what waits, what was refused, who was quicker.

The work is cut in three so that a screen can do the slow part beside: `Saving.start` hands out a
job, the job touches the disk and nothing else, `Saving.finish` takes what came out.  Nothing is
called saved before its rename; nothing is merged with another program's change: both versions are
kept and somebody decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cxmaturity.errors import ConflictError, CxError, Problem
from cxmaturity.model.engagement import FORMAT
from cxmaturity.store.canonical import KINDS
from cxmaturity.store.edits import Edits, edited
from cxmaturity.store.engagement_folder import EngagementFolder, Version, open_engagement
from cxmaturity.store.files import read_file
from cxmaturity.store.revision import ABSENT, keep_conflict, read_revision
from cxmaturity.store.saving import keep_both, save_edits
from cxmaturity.tui.history import is_empty, merged

Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class SaveState:
    """Where the answers are; ``problem`` says why the disk refused them."""

    kind: Literal["saved", "waiting", "failed", "conflict"]
    at: dt.datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another program changed the engagement.

    ``kept`` is where this session's version now lies; ``disk`` is the other one, None when it
    cannot be read (``problem`` says why).
    """

    kept: tuple[Path, ...]
    disk: EngagementFolder | None
    mine: EngagementFolder
    edits: Edits
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: exactly one of these, or nothing when all was as before."""

    saved: EngagementFolder | None = None
    reloaded: EngagementFolder | None = None
    conflict: Conflict | None = None
    problem: Problem | None = None


Job = Callable[[], Outcome]


class Saving:
    """One engagement's way to the disk."""

    def __init__(self, folder: EngagementFolder, now: Now) -> None:
        """Start from what was read."""
        self._now = now
        self.kept = folder
        """The engagement as it lies on the disk, as far as this program knows."""
        self._waiting = Edits()
        self._running: Edits | None = None
        self._done = Edits()
        self.state = SaveState("saved")
        self.conflict: Conflict | None = None

    def add(self, edits: Edits) -> None:
        """Something was changed and has to be saved."""
        self._waiting = merged(self._waiting, edits)
        if self.state.kind == "saved":
            self.state = SaveState("waiting")

    @property
    def unsaved(self) -> Edits:
        """Every change that the disk has not confirmed."""
        return merged(self._running or Edits(), self._waiting)

    def start(self) -> Job | None:
        """The next save; None while one is running, nothing waits, or a conflict is undecided."""
        if self._running is not None or self.conflict or is_empty(self._waiting):
            return None
        self._running, self._waiting = self._waiting, Edits()
        folder, edits = self.kept, self._running
        return lambda: save(folder, edits)

    def look(self) -> Job | None:
        """A look whether another program changed the engagement; None when that is not the time."""
        if self._running is not None or self.conflict or not is_empty(self._waiting):
            return None
        # While somebody looks nobody saves: the own rename would look like another program's.
        self._running = Edits()
        folder, done = self.kept, self._done
        return lambda: look(folder, done)

    def finish(self, outcome: Outcome) -> None:
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

    def restart(self, folder: EngagementFolder) -> None:
        """Go on from another version; what waited is dropped."""
        self.kept = folder
        self._waiting, self._running, self._done = Edits(), None, Edits()
        self.conflict = None
        self.state = SaveState("saved", self._now())


def save(folder: EngagementFolder, edits: Edits) -> Outcome:
    """Write the edits.  A file that already holds exactly them is no conflict."""
    try:
        return Outcome(saved=save_edits(folder, edits))
    except ConflictError:
        return _after_conflict(folder, edits)
    except CxError as error:
        return Outcome(problem=error.problems[0])


def _after_conflict(folder: EngagementFolder, edits: Edits) -> Outcome:
    disk, problem = _on_disk(folder.path)
    try:
        if disk and same_content(disk, edited(folder, edits)):
            return Outcome(saved=save_edits(disk, edits))
        return Outcome(conflict=_both_kept(folder, edits, disk, problem))
    except CxError as error:
        return Outcome(problem=error.problems[0])


def look(folder: EngagementFolder, done: Edits) -> Outcome:
    """Whether the disk still holds the version that is shown.

    A newer one that holds everything this session did is taken; one that lacks some of it is a
    conflict, and this session's version is kept beside it.
    """
    try:
        if all(
            read_revision(folder.path / kind.name) == folder.versions[kind.name].revision
            for kind in KINDS
        ):
            return Outcome()
        disk, problem = _on_disk(folder.path)
        if disk and same_content(edited(disk, done), disk):
            return Outcome(reloaded=disk)
        if is_empty(done):
            return Outcome(problem=problem)
        return Outcome(conflict=_both_kept(folder, done, disk, problem))
    except CxError as error:
        return Outcome(problem=error.problems[0])


def same_content(one: EngagementFolder, other: EngagementFolder) -> bool:
    """Whether two versions say the same, whatever their files look like."""
    return all(one.content(kind) == other.content(kind) for kind in KINDS)


def write_mine(conflict: Conflict) -> None:
    """Decide a conflict for this session's version; the other one is kept beside it first."""
    folder, files = conflict.mine, conflict.edits.files
    versions = {}
    for name in files:
        path = folder.path / name
        revision = read_revision(path)
        if revision != ABSENT:
            keep_conflict(path, read_file(path), folder=folder.path)
        versions[name] = Version(revision, FORMAT)
    save_edits(folder.with_versions(versions), conflict.edits)


def _on_disk(path: Path) -> tuple[EngagementFolder | None, Problem | None]:
    try:
        return open_engagement(path), None
    except CxError as error:
        return None, error.problems[0]


def _both_kept(
    folder: EngagementFolder, edits: Edits, disk: EngagementFolder | None, problem: Problem | None
) -> Conflict:
    return Conflict(keep_both(folder, edits), disk, folder, edits, problem)
