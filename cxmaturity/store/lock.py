"""One writer at a time: an operating-system lock on a file of the engagement folder.

The system releases the lock when its holder dies, so a dead holder never blocks anybody and the
file itself, which stays, means nothing.  It carries who holds the lock only to word a message.
Nothing here may decide by a file's existence, its age or a process number.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cxmaturity.errors import Problem, StoreError, Where
from cxmaturity.store.disk_errors import unwritable
from cxmaturity.store.files import FILE_MODE, refuse_link

LOCK_NAME = ".lock"
LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for another one; a save takes milliseconds."""

_PAUSE = 0.02
_HOLDER_BYTES = 512

if sys.platform == "win32":
    import msvcrt

    # A byte far beyond the text, so that others can still read who holds the lock.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextlib.contextmanager
def locked(folder: Path, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Hold the folder's lock for the ``with`` block; wait up to ``timeout`` seconds for it.

    Raises ``StoreError`` (``locked``) naming the holder when the time is up.
    """
    path = folder / LOCK_NAME
    refuse_link(path)
    deadline = time.monotonic() + timeout
    descriptor = _acquire(path, deadline)
    try:
        _write_holder(descriptor)
        yield
    finally:
        _release(descriptor)


def lock_is_stale(folder: Path) -> bool:
    """Whether a holder died holding the folder's lock; harmless, but worth saying in a check-up."""
    path = folder / LOCK_NAME
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        if not _try_lock(descriptor):
            return False
        stale = bool(_read_holder(descriptor))
        _unlock(descriptor)
        return stale
    finally:
        os.close(descriptor)


def _acquire(path: Path, deadline: float) -> int:
    while True:
        descriptor = _open(path)
        try:
            if _wait(descriptor, deadline) and _still_there(descriptor, path):
                return descriptor
            holder = _read_holder(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise unwritable(path, error) from error
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= deadline:
            raise StoreError(_held(path, holder))


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, flags, FILE_MODE)
    except OSError as error:
        raise unwritable(path, error) from error


def _wait(descriptor: int, deadline: float) -> bool:
    while not _try_lock(descriptor):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _still_there(descriptor: int, path: Path) -> bool:
    # Somebody may have deleted the file while we waited; a lock on a deleted file guards nothing.
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _release(descriptor: int) -> None:
    # What was written is on the disk by now: a lock file that does not close well changes nothing.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
    with contextlib.suppress(OSError):
        _unlock(descriptor)
    with contextlib.suppress(OSError):
        os.close(descriptor)


def _write_holder(descriptor: int) -> None:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    text = f"{os.getpid()}\n{socket.gethostname()}\n{since}\n"
    # The text only serves a message: a full disk must not stop a save that could still succeed.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode("utf-8", "replace"))


def _read_holder(descriptor: int) -> list[str]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, _HOLDER_BYTES).decode("utf-8", "replace").splitlines()[:3]


def _held(path: Path, holder: list[str]) -> Problem:
    if len(holder) != 3:
        return Problem(
            "locked",
            "another program is writing to this engagement",
            Where(str(path.parent)),
            "close the other program, or try again in a moment",
        )
    return Problem(
        "locked",
        "process {pid} on {host} has been writing to this engagement since {since}",
        Where(str(path.parent)),
        "close the other program, or try again in a moment",
        dict(zip(("pid", "host", "since"), holder, strict=True)),
    )
