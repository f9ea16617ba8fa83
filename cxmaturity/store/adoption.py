"""Another rubric under the same answers: the pin and the copy change together or not at all.

A folder and a file cannot be renamed in one step, so the pin in `engagement.toml` decides: until
it names the new copy, the old one is kept beside and comes back.  A crash at any moment leaves the
engagement judged by exactly one of the two rubrics, whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from cxmaturity.errors import CxError
from cxmaturity.model.engagement import FORMAT
from cxmaturity.store.canonical import ENGAGEMENT, canonical
from cxmaturity.store.disk_errors import unwritable
from cxmaturity.store.engagement_folder import (
    RUBRIC_FOLDER,
    EngagementFolder,
    Version,
    read_part,
)
from cxmaturity.store.files import write_file, write_folder
from cxmaturity.store.lock import locked
from cxmaturity.store.revision import require_unchanged, revision_of
from cxmaturity.store.rubric_copy import SUMS_NAME, is_pinned_copy, pin, rubric_sums

_NEXT = ".rubric-next"
_PREVIOUS = ".rubric-previous"


def repin(
    folder: EngagementFolder, rubric_id: str, version: str, files: Mapping[str, bytes]
) -> EngagementFolder:
    """Pin the engagement to a rubric with these files; answers and evidence stay as they are.

    Raises ``ConflictError`` when `engagement.toml` was changed since ``folder`` was opened, and
    ``StoreError`` when the disk refuses; the engagement is then judged by its old rubric.
    """
    engagement = folder.engagement.model_copy(update={"rubric": pin(rubric_id, version, files)})
    data = canonical(ENGAGEMENT, engagement)
    path = folder.path / ENGAGEMENT.name
    loaded = {path: folder.versions[ENGAGEMENT.name].revision}
    with locked(folder.path):
        _settle(folder.path)
        write_folder(folder.path / _NEXT, {**files, SUMS_NAME: rubric_sums(files)})
        try:
            _exchange(folder.path)
            write_file(path, data, check=lambda: require_unchanged(loaded))
        finally:
            _settle(folder.path)
    version_now = Version(revision_of(data), FORMAT)
    after = EngagementFolder(
        folder.path, engagement, folder.assessor, folder.evidence, folder.versions
    )
    return after.with_versions({ENGAGEMENT.name: version_now})


def settle(path: Path) -> None:
    """Finish or take back a change of rubric that was interrupted; else nothing is touched."""
    if (path / _PREVIOUS).is_dir():
        with locked(path):
            _settle(path)


def _settle(path: Path) -> None:
    """Keep the copy that the pin names, and remove what is left of the other."""
    previous, current = path / _PREVIOUS, path / RUBRIC_FOLDER
    try:
        if previous.is_dir() and not _is_pinned(path, current):
            if current.is_dir():
                shutil.rmtree(path / _NEXT, ignore_errors=True)
                current.rename(path / _NEXT)
            previous.rename(current)
        for leftover in (path / _NEXT, previous):
            if leftover.is_dir():
                shutil.rmtree(leftover)
    except OSError as error:
        raise unwritable(current, error) from error


def _exchange(path: Path) -> None:
    current = path / RUBRIC_FOLDER
    try:
        if current.is_dir():
            current.rename(path / _PREVIOUS)
        (path / _NEXT).rename(current)
    except OSError as error:
        raise unwritable(current, error) from error


def _is_pinned(path: Path, copy: Path) -> bool:
    try:
        pinned = read_part(path, ENGAGEMENT).content.rubric
    except CxError:
        # Without a readable pin nothing says that the new copy was meant to stay.
        return False
    return is_pinned_copy(copy, pinned)
