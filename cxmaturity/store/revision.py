"""No lost updates: what was read is remembered by its digest and compared before it is replaced.

A lock only guards the moment of writing; two people may both have read the same version before.
Whoever saves second gets a conflict and keeps both versions.  Nothing here rests on a file's
time or size, and nothing is ever merged silently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NewType

from cxmaturity.errors import ConflictError, Problem, StoreError, Where
from cxmaturity.store.files import next_free, read_file, remove_leftovers, write_file, write_files
from cxmaturity.store.lock import LOCK_TIMEOUT, locked

Revision = NewType("Revision", str)
"""Names one version of a file: SHA-256 of its bytes in hexadecimal, or ``ABSENT``."""

ABSENT = Revision("")
"""The revision of a file that does not exist yet."""


def revision_of(data: bytes) -> Revision:
    """The revision of a file that holds exactly ``data``."""
    return Revision(hashlib.sha256(data).hexdigest())


def read_revision(path: Path) -> Revision:
    """The revision of the file as it is on the disk now."""
    try:
        return revision_of(read_file(path))
    except StoreError as error:
        if error.problems[0].code == "not_found":
            return ABSENT
        raise


def save(
    path: Path, data: bytes, loaded: Revision, *, folder: Path, timeout: float = LOCK_TIMEOUT
) -> Revision:
    """Replace ``path`` with ``data`` if it still is the version that was ``loaded``.

    Holds the lock of the engagement ``folder`` meanwhile.  Returns the new revision; raises
    ``ConflictError`` when somebody else wrote in between, ``StoreError`` when the disk refuses.
    """
    save_all({path: data}, {path: loaded}, folder=folder, timeout=timeout)
    return revision_of(data)


def save_all(
    files: Mapping[Path, bytes],
    loaded: Mapping[Path, Revision],
    *,
    folder: Path,
    timeout: float = LOCK_TIMEOUT,
) -> None:
    """Replace several files if every one still is the version that was ``loaded``; all or none."""
    with locked(folder, timeout):
        for parent in {path.parent: path for path in files}:
            remove_leftovers(parent)
        write_files(files, check=lambda: require_unchanged(loaded))


def keep_conflict(path: Path, data: bytes, *, folder: Path) -> Path:
    """Write ``data``, which lost to another writer, beside ``path`` as ``NAME.conflict-1.toml``.

    Returns where it is, so that a person can compare the two.
    """
    with locked(folder):
        target = next_free(path, "conflict")
        write_file(target, data)
    return target


def require_unchanged(loaded: Mapping[Path, Revision]) -> None:
    """Raise ``ConflictError`` with every file that is not the version that was loaded."""
    changed = [path for path, revision in loaded.items() if read_revision(path) != revision]
    if changed:
        raise ConflictError(
            Problem(
                "changed_meanwhile",
                "was changed by somebody else since it was opened",
                Where(str(path)),
                "nothing was written; open the engagement again and repeat the change",
            )
            for path in changed
        )
