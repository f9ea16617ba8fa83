"""The one place that writes files, so that what was acknowledged survives a crash.

A file is written beside its target, flushed to the disk, renamed over the target, and the folder
is flushed; only then does the call return.  At any moment a reader sees the old version or the
new one, whole.  Nothing here may write into an existing file or follow a symbolic link.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from cxmaturity.store.disk_errors import (
    current_folder,
    not_a_file,
    not_durable,
    symbolic_link,
    too_large,
    undeletable,
    unreadable,
    unwritable,
)
from cxmaturity.store.names import refuse_unsafe_names

FILE_MODE = 0o600
FOLDER_MODE = 0o700
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes read from one file of an engagement at most; a reader may ask for less."""

Check = Callable[[], None]
"""Looks once more before a write takes effect; raises to call it off."""

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_TEMPORARY_END = ".tmp"
_PIECE = 1 << 20


def write_file(path: Path, data: bytes, *, check: Check | None = None) -> None:
    """Put ``data`` at ``path`` whole or not at all; returning means that it is on the disk.

    ``check`` runs just before the rename and may raise to call the write off: the place to see
    whether somebody else changed the file.  Raises ``StoreError``; the old version is then
    intact, unless the code is ``not_confirmed``.
    """
    write_files({path: data}, check=check)


def write_files(files: Mapping[Path, bytes], *, check: Check | None = None) -> None:
    """Put several files in place, each whole; a refusal of one takes back the others.

    Everything that needs space is written before the first rename.  A crash between two renames
    leaves some files new and some old, each whole, and nothing acknowledged.
    """
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            refuse_link(path)
            written[path] = _temporary_beside(path)
            _write_new(written[path], data)
        if check is not None:
            check()
        _replace_all(written)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        for temporary in written.values():
            _remove_quietly(temporary)
    for folder, path in {path.parent: path for path in files}.items():
        try:
            _flush_folder(folder)
        except OSError as error:
            raise not_durable(path, error) from error


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Create the folder ``path`` with all ``files`` (``a/b.toml`` → bytes), or leave no trace.

    ``path`` must not exist or be an empty folder other than the current one.
    """
    refuse_unsafe_names(files, path)
    target = path.absolute()
    refuse_link(target)
    _refuse_occupied(target)
    temporary = _temporary_beside(target)
    try:
        _fill_folder(temporary, files)
        if sys.platform == "win32" and target.exists():
            target.rmdir()
        temporary.rename(target)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise unwritable(path, error) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    try:
        _flush_folder(target.parent)
    except OSError as error:
        raise not_durable(path, error) from error


def make_folder(path: Path) -> None:
    """Create the folder ``path`` (0700) if it is not there; its parent must be."""
    refuse_link(path)
    try:
        path.mkdir(FOLDER_MODE)
        _flush_folder(path.parent)
    except FileExistsError as error:
        if not path.is_dir():
            raise unwritable(path, NotADirectoryError(errno.ENOTDIR, "not a folder")) from error
    except OSError as error:
        raise unwritable(path, error) from error


def read_file(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of the ordinary file at ``path``.

    Links, pipes and anything over ``limit`` bytes are refused, so that a folder from somebody else
    cannot lead the reader outside or hang it.
    """
    try:
        data = _read_regular(path, limit + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if data is None:
        raise not_a_file(path)
    if len(data) > limit:
        raise too_large(path, limit)
    return data


def set_aside(path: Path) -> Path:
    """Rename a damaged file to ``name.damaged-1`` (or the next free number); never delete it."""
    target = next_free(path, "damaged")
    try:
        path.rename(target)
        _flush_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    return target


def next_free(path: Path, word: str) -> Path:
    """``assessor.toml`` → ``assessor.WORD-1.toml``, or the first number that is not taken."""
    number = 1
    while True:
        candidate = path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")
        if not os.path.lexists(candidate):
            return candidate
        number += 1


def names_in(folder: Path) -> list[str]:
    """Names of what lies in ``folder``, in order; none if it is a link or may not be read."""
    if is_link(folder):
        return []
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def is_temporary(name: str) -> bool:
    """Whether ``name`` is one that an interrupted write may have left behind."""
    return name.startswith(".") and name.endswith(_TEMPORARY_END)


def leftovers(folder: Path) -> list[Path]:
    """What interrupted writes left in ``folder``; whoever holds the lock may remove it."""
    return [folder / name for name in names_in(folder) if is_temporary(name)]


def remove_leftovers(folder: Path) -> None:
    """Remove what interrupted writes left in ``folder``; only call it holding the lock."""
    for path in leftovers(folder):
        _remove_quietly(path)


def refuse_link(path: Path) -> None:
    """Raise ``StoreError`` if ``path`` itself is a symbolic link."""
    if is_link(path):
        raise symbolic_link(path)


def remove_files(paths: Iterable[Path]) -> None:
    """Delete files for good; those that are not there any more count as deleted.

    Raises ``StoreError`` naming the first that the system keeps.
    """
    folders: dict[Path, Path] = {}
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise undeletable(path, error) from error
        folders[path.parent] = path
    for folder, path in folders.items():
        try:
            _flush_folder(folder)
        except OSError as error:
            raise not_durable(path, error) from error


def is_link(path: Path) -> bool:
    """Whether ``path`` itself is a symbolic link; never raises, unlike pathlib's own question."""
    return os.path.islink(path)  # noqa: PTH114


def _read_regular(path: Path, size: int) -> bytes | None:
    # O_NONBLOCK: opening a pipe that nobody writes to would otherwise wait for ever.
    descriptor = os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        pieces = []
        while size > 0 and (piece := os.read(descriptor, min(size, _PIECE))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _temporary_beside(path: Path) -> Path:
    # The name is cut so that a target with a long but legal name still has a legal sibling.
    return path.with_name(f".{path.name[:120]}.{secrets.token_hex(8)}{_TEMPORARY_END}")


def _replace_all(written: Mapping[Path, Path]) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for path, temporary in written.items():
            if len(written) > 1:
                before[path] = path.read_bytes() if path.exists() else None
            temporary.replace(path)
    except OSError as error:
        _take_back(before, written)
        raise unwritable(path, error) from error
    except BaseException:
        _take_back(before, written)
        raise


def _take_back(before: Mapping[Path, bytes | None], written: Mapping[Path, Path]) -> None:
    for path, old in before.items():
        temporary = written[path]
        with contextlib.suppress(OSError):
            if temporary.exists():
                continue  # Its rename was never done.
            if old is None:
                path.unlink()
            else:
                _write_new(temporary, old)
                temporary.replace(path)


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY
    descriptor = os.open(path, flags, FILE_MODE)
    try:
        _write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if written == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


def _fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    folders = {folder}
    folder.mkdir(FOLDER_MODE)
    for name in sorted(files):
        target = folder / name
        for parent in _missing_parents(target.parent, folders):
            parent.mkdir(FOLDER_MODE)
            folders.add(parent)
        _write_new(target, files[name])
    for each in sorted(folders, reverse=True):
        _flush_folder(each)


def _missing_parents(folder: Path, known: set[Path]) -> Iterable[Path]:
    missing = []
    while folder not in known:
        missing.append(folder)
        folder = folder.parent
    return reversed(missing)


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # Windows has no way to flush a folder; NTFS journals the rename.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_occupied(target: Path) -> None:
    try:
        occupied = any(target.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(target, error) from error
    if occupied:
        raise unwritable(target, OSError(errno.ENOTEMPTY, "not empty"))
    if _is_current(target):
        # Renaming over it would leave the user's shell in a folder that no longer exists.
        raise current_folder(target)


def _is_current(folder: Path) -> bool:
    try:
        return folder.samefile(Path.cwd())
    except OSError:
        return False  # The current folder itself is gone.


def _remove_quietly(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
