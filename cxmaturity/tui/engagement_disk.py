"""An engagement on the disk, as a session saves it and looks at it."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.errors import ConflictError, CxError, Problem
from cxmaturity.model.engagement import FORMAT
from cxmaturity.store.canonical import KINDS
from cxmaturity.store.edits import Edits, edited
from cxmaturity.store.engagement_folder import EngagementFolder, Version, open_engagement
from cxmaturity.store.files import read_file
from cxmaturity.store.revision import ABSENT, keep_conflict, read_revision
from cxmaturity.store.saving import keep_both, save_edits
from cxmaturity.tui.history import is_empty
from cxmaturity.tui.saving import Conflict, Outcome


class EngagementDisk:
    """Writes and looks at the files of an engagement."""

    def save(self, kept: EngagementFolder, edits: Edits) -> Outcome[EngagementFolder]:
        """Write the edits.  A file that already holds exactly them is no conflict."""
        try:
            return Outcome(saved=save_edits(kept, edits))
        except ConflictError:
            return _after_conflict(kept, edits)
        except CxError as error:
            return Outcome(problem=error.problems[0])

    def look(self, kept: EngagementFolder, done: Edits) -> Outcome[EngagementFolder]:
        """Whether the disk still holds the version that is shown.

        A newer one that holds everything this session did is taken; one that lacks some of it is a
        conflict, and this session's version is kept beside it.
        """
        try:
            if all(
                read_revision(kept.path / kind.name) == kept.versions[kind.name].revision
                for kind in KINDS
            ):
                return Outcome()
            disk, problem = _on_disk(kept.path)
            if disk and same_content(edited(disk, done), disk):
                return Outcome(reloaded=disk)
            if is_empty(done):
                return Outcome(problem=problem)
            return Outcome(conflict=_both_kept(kept, done, disk, problem))
        except CxError as error:
            return Outcome(problem=error.problems[0])

    def write_mine(self, conflict: Conflict[EngagementFolder]) -> None:
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


def same_content(one: EngagementFolder, other: EngagementFolder) -> bool:
    """Whether two versions say the same, whatever their files look like."""
    return all(one.content(kind) == other.content(kind) for kind in KINDS)


def _after_conflict(folder: EngagementFolder, edits: Edits) -> Outcome[EngagementFolder]:
    disk, problem = _on_disk(folder.path)
    try:
        if disk and same_content(disk, edited(folder, edits)):
            return Outcome(saved=save_edits(disk, edits))
        return Outcome(conflict=_both_kept(folder, edits, disk, problem))
    except CxError as error:
        return Outcome(problem=error.problems[0])


def _on_disk(path: Path) -> tuple[EngagementFolder | None, Problem | None]:
    try:
        return open_engagement(path), None
    except CxError as error:
        return None, error.problems[0]


def _both_kept(
    folder: EngagementFolder, edits: Edits, disk: EngagementFolder | None, problem: Problem | None
) -> Conflict[EngagementFolder]:
    return Conflict(keep_both(folder, edits), disk, folder, edits, problem)
