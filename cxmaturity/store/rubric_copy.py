"""The rubric that an engagement is pinned to: its files, and the digest that names them.

`rubric/SHA256SUMS` lists each file's SHA-256 in the format of ``sha256sum``; the digest in
`engagement.toml` is the SHA-256 of that list.  So a damaged file is named, and two rubrics are the
same exactly when their digests are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from cxmaturity.errors import Problem, StoreError, Where
from cxmaturity.model.engagement import Pin
from cxmaturity.store.disk_errors import unreadable
from cxmaturity.store.files import read_file, refuse_link
from cxmaturity.text import limits

SUMS_NAME = "SHA256SUMS"
MOST_FILES = 1000
"""Files of a rubric, its cases included."""

_SUFFIXES = (".toml", ".md")


def read_rubric_files(folder: Path) -> dict[str, bytes]:
    """A rubric's files, byte for byte, by their path inside ``folder`` (``dimensions/loop.toml``).

    Only TOML and Markdown belong to a rubric; what editors and systems leave beside is not read.
    """
    return {name: read_file(folder / name, limits.TOML_BYTES) for name in _names(folder)}


def rubric_digest(files: Mapping[str, bytes]) -> str:
    """The SHA-256 (hexadecimal) that stands for exactly these files."""
    return hashlib.sha256(rubric_sums(files)).hexdigest()


def rubric_sums(files: Mapping[str, bytes]) -> bytes:
    """The list of the files' digests, as ``sha256sum`` writes and checks it."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def pin(rubric_id: str, version: str, files: Mapping[str, bytes]) -> Pin:
    """The pin of a rubric with these files."""
    return Pin(id=rubric_id, version=version, sha256=rubric_digest(files))


def rubric_problems(folder: Path, pinned: Pin) -> Iterator[Problem]:
    """What makes the copy in ``folder`` another rubric than the pinned one, file by file."""
    try:
        files = read_rubric_files(folder)
        sums = read_file(folder / SUMS_NAME, limits.TOML_BYTES)
    except StoreError as error:
        yield from error.problems
        return
    if hashlib.sha256(sums).hexdigest() != pinned.sha256:
        yield _changed(folder / SUMS_NAME)
        return
    lines = (line.partition("  ") for line in sums.decode("utf-8", "replace").splitlines())
    expected = {name: digest for digest, _, name in lines}
    for name in sorted(expected.keys() | files.keys()):
        if name not in files:
            yield _missing(folder / name)
        elif expected.get(name) != hashlib.sha256(files[name]).hexdigest():
            yield _changed(folder / name)


def is_pinned_copy(folder: Path, pinned: Pin) -> bool:
    """Whether the copy in ``folder`` is the pinned rubric, by its list of digests."""
    try:
        sums = read_file(folder / SUMS_NAME, limits.TOML_BYTES)
    except StoreError:
        return False
    return hashlib.sha256(sums).hexdigest() == pinned.sha256


def _names(folder: Path) -> list[str]:
    refuse_link(folder)
    names: list[str] = []
    try:
        for root, folders, files in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = Path(root).relative_to(folder)
            names.extend((inside / name).as_posix() for name in files if _belongs(name))
            if len(names) > MOST_FILES:
                raise _too_many(folder)
    except OSError as error:
        raise unreadable(folder, error) from error
    return sorted(names)


def _belongs(name: str) -> bool:
    return name.endswith(_SUFFIXES) and not name.startswith(".")


def _raise(error: OSError) -> None:
    raise error


def _changed(path: Path) -> Problem:
    return Problem(
        "rubric_changed",
        "is not as it was pinned",
        Where(str(path)),
        "bring it back from a backup, or pin the rubric anew with `cxmaturity adopt`",
    )


def _missing(path: Path) -> Problem:
    return Problem(
        "rubric_file_missing",
        "is missing from the pinned rubric",
        Where(str(path)),
        "bring it back from a backup, or pin the rubric anew with `cxmaturity adopt`",
    )


def _too_many(folder: Path) -> StoreError:
    return StoreError(
        Problem(
            "too_many_files",
            "holds more than {limit} files",
            Where(str(folder)),
            "a rubric has far fewer: check that this is its folder",
            {"limit": MOST_FILES},
        )
    )
