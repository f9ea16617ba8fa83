"""What the operating system refused, said so that a consultant knows what to do next.

Nothing here touches a disk; it only words an ``OSError`` that a reader or writer met.
"""

from __future__ import annotations

import errno
from pathlib import Path

from cxmaturity.errors import Problem, StoreError, Where
from cxmaturity.text.messages import N_

_UNWRITABLE: dict[int, tuple[str, str, str]] = {
    errno.ENOSPC: (
        "disk_full",
        N_("could not be written: the disk is full"),
        N_("the earlier version is unchanged; free some space and save again, or save elsewhere"),
    ),
    errno.EROFS: (
        "read_only",
        N_("could not be written: the disk is read-only"),
        N_("the earlier version is unchanged; save elsewhere"),
    ),
    errno.EACCES: (
        "no_permission",
        N_("could not be written: no permission"),
        N_("the earlier version is unchanged; check who owns the folder, or save elsewhere"),
    ),
    errno.EMFILE: (
        "too_many_files",
        N_("could not be written: too many files are open"),
        N_("the earlier version is unchanged; close other programs and save again"),
    ),
    errno.ENOENT: (
        "no_folder",
        N_("could not be written: its folder does not exist"),
        N_("create the folder first, or save elsewhere"),
    ),
    errno.ENAMETOOLONG: (
        "name_too_long",
        N_("could not be written: the name is too long"),
        N_("choose a shorter name"),
    ),
    errno.ENOTEMPTY: (
        "folder_not_empty",
        N_("already exists and is not empty"),
        N_("nothing was written; choose a new folder"),
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
    N_("could not be written: {reason}"),
    N_("the earlier version is unchanged; save again, or save elsewhere"),
)
_UNREADABLE: dict[int, tuple[str, str, str]] = {
    errno.ENOENT: ("not_found", N_("does not exist"), N_("check the name")),
    errno.ENOTDIR: ("not_found", N_("does not exist"), N_("check the name")),
    errno.EACCES: (
        "no_permission",
        N_("could not be read: no permission"),
        N_("check who owns the file"),
    ),
    errno.EPERM: (
        "no_permission",
        N_("could not be read: no permission"),
        N_("check who owns the file"),
    ),
    errno.ELOOP: (
        "symbolic_link",
        N_("is a symbolic link"),
        N_("put the file itself in its place; links are not followed"),
    ),
}
_OTHER_READ = (
    "read_failed",
    N_("could not be read: {reason}"),
    N_("check the disk and the file"),
)


def unwritable(path: Path, error: OSError) -> StoreError:
    """The error for a write that the system refused; the file is as it was before."""
    number = error.errno or 0
    code, what, hint = _UNWRITABLE.get(_SAME_CAUSE.get(number, number), _OTHER_WRITE)
    return _store_error(path, code, what, hint, error)


def undeletable(path: Path, error: OSError) -> StoreError:
    """The error for a file that the system would not let us delete."""
    return _store_error(
        path,
        "not_deleted",
        N_("could not be deleted: {reason}"),
        N_("check who owns the folder, and run the command again"),
        error,
    )


def unreadable(path: Path, error: OSError) -> StoreError:
    """The error for a file that the system would not let us read."""
    code, what, hint = _UNREADABLE.get(error.errno or 0, _OTHER_READ)
    return _store_error(path, code, what, hint, error)


def not_durable(path: Path, error: OSError) -> StoreError:
    """The error for a file that is in place while the disk would not confirm its folder."""
    return _store_error(
        path,
        "not_confirmed",
        N_("was written, but the disk did not confirm it: {reason}"),
        N_("save again; until then a power cut could bring the earlier version back"),
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


def not_a_file(path: Path) -> StoreError:
    """The error for a folder, pipe or device where a file is meant."""
    return StoreError(
        Problem(
            "not_a_file", "is not an ordinary file", Where(str(path)), "put an ordinary file there"
        )
    )


def too_large(path: Path, limit: int) -> StoreError:
    """The error for a file of more than ``limit`` bytes."""
    return StoreError(
        Problem(
            "too_large",
            "is larger than {limit} bytes",
            Where(str(path)),
            "an engagement's files are far smaller: look at what is in it",
            {"limit": limit},
        )
    )


def current_folder(path: Path) -> StoreError:
    """The error for replacing the folder that the user's shell is in."""
    return StoreError(
        Problem(
            "current_folder",
            "is the folder you are in",
            Where(str(path)),
            "go one folder up and give the name of the folder",
        )
    )


def _store_error(path: Path, code: str, what: str, hint: str, error: OSError) -> StoreError:
    reason = error.strerror or type(error).__name__
    return StoreError(Problem(code, what, Where(str(path)), hint, {"reason": reason}))
