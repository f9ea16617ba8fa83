"""What the operating system refused, said so that a consultant knows what to do next.

Nothing here touches a disk; it only words an ``OSError`` that a reader or writer met.
"""

from __future__ import annotations

import errno
from pathlib import Path

from cxmaturity.errors import Problem, StoreError, Where

_UNWRITABLE: dict[int, tuple[str, str, str]] = {
    errno.ENOSPC: (
        "disk_full",
        "could not be written: the disk is full",
        "the earlier version is unchanged; free some space and save again, or save elsewhere",
    ),
    errno.EROFS: (
        "read_only",
        "could not be written: the disk is read-only",
        "the earlier version is unchanged; save elsewhere",
    ),
    errno.EACCES: (
        "no_permission",
        "could not be written: no permission",
        "the earlier version is unchanged; check who owns the folder, or save elsewhere",
    ),
    errno.EMFILE: (
        "too_many_files",
        "could not be written: too many files are open",
        "the earlier version is unchanged; close other programs and save again",
    ),
    errno.ENOENT: (
        "no_folder",
        "could not be written: its folder does not exist",
        "create the folder first, or save elsewhere",
    ),
    errno.ENAMETOOLONG: (
        "name_too_long",
        "could not be written: the name is too long",
        "choose a shorter name",
    ),
    errno.ENOTEMPTY: (
        "folder_not_empty",
        "already exists and is not empty",
        "nothing was written; choose a new folder",
    ),
}
_SAME_CAUSE = {
    errno.EDQUOT: errno.ENOSPC,
    errno.EPERM: errno.EACCES,
    errno.ENFILE: errno.EMFILE,
    errno.ENOTDIR: errno.ENOENT,
    errno.EEXIST: errno.ENOTEMPTY,
}
_OTHER_WRITE = (
    "write_failed",
    "could not be written: {reason}",
    "the earlier version is unchanged; save again, or save elsewhere",
)
_UNREADABLE: dict[int, tuple[str, str, str]] = {
    errno.ENOENT: ("not_found", "does not exist", "check the name"),
    errno.ENOTDIR: ("not_found", "does not exist", "check the name"),
    errno.EACCES: ("no_permission", "could not be read: no permission", "check who owns the file"),
    errno.EPERM: ("no_permission", "could not be read: no permission", "check who owns the file"),
    errno.ELOOP: (
        "symbolic_link",
        "is a symbolic link",
        "put the file itself in its place; links are not followed",
    ),
}
_OTHER_READ = ("read_failed", "could not be read: {reason}", "check the disk and the file")


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error for a write that the system refused; the file is as it was before."""
    number = error.errno or 0
    code, what, hint = _UNWRITABLE.get(_SAME_CAUSE.get(number, number), _OTHER_WRITE)
    return _store_error(path, code, what, hint, error)


def unreadable(path: Path, error: OSError) -> StoreError:
    """The error for a file that the system would not let us read."""
    code, what, hint = _UNREADABLE.get(error.errno or 0, _OTHER_READ)
    return _store_error(path, code, what, hint, error)


def not_durable(path: Path, error: OSError) -> StoreError:
    """The error for a file that is in place while the disk would not confirm its folder."""
    return _store_error(
        path,
        "not_confirmed",
        "was written, but the disk did not confirm it: {reason}",
        "save again; until then a power cut could bring the earlier version back",
        error,
    )


def symbolic_link(path: Path) -> StoreError:
    """The error for a target that is a link: following it could write outside the folder."""
    return StoreError(
        Problem(
            "symbolic_link",
            "is a symbolic link",
            Where(str(path)),
            "put the file itself in its place; links are not followed",
        )
    )


def _store_error(path: Path, code: str, what: str, hint: str, error: OSError) -> StoreError:
    reason = error.strerror or type(error).__name__
    return StoreError(Problem(code, what, Where(str(path)), hint, {"reason": reason}))
