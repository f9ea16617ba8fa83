"""What does not belong into an engagement's folder, or lies there too openly.

Sync folders and shared drives cannot lock: they put a second version beside the first and say
nothing.  Here such files are found by their names.  Nothing is read, changed or deleted.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from cxmaturity.errors import Problem, Where
from cxmaturity.store.canonical import KINDS
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, RESULTS_FOLDER, RUBRIC_FOLDER
from cxmaturity.store.files import is_link, is_temporary
from cxmaturity.store.response_names import is_response_name
from cxmaturity.store.results import is_scorecard_name
from cxmaturity.store.rubric_copy import SUMS_NAME

KNOWN_FILES = frozenset({*(kind.name for kind in KINDS), "measures.toml", "published.toml"})
KNOWN_FOLDERS = frozenset({RUBRIC_FOLDER, "rubrics", RESPONSES_FOLDER, RESULTS_FOLDER})

_SYSTEM_FILES = frozenset({"desktop.ini", "Thumbs.db"})
_SYNC_COPY = re.compile(
    r"conflicted copy|konflikt|ristiriita|\.sync-conflict-\d{8}| \(\d+\)\.\w+$", re.IGNORECASE
)
_STEMS = "|".join(sorted(name.removesuffix(".toml") for name in KNOWN_FILES))
_HOST_COPY = re.compile(rf"(?:{_STEMS})-[\w-]+\.toml")
_OWN_COPY = re.compile(r".+\.conflict-\d+\.\w+")
_DAMAGED = re.compile(r".+\.damaged-\d+\.\w+")
_ORIGINAL = re.compile(r".+\.format-\d+-\d+\.toml")
_SYNCED = re.compile(r"onedrive|dropbox|google ?drive|icloud|nextcloud|syncthing", re.IGNORECASE)
_OPEN_TO_OTHERS = 0o077


def untidy(folder: Path) -> list[Problem]:
    """Links, conflict copies, moved-aside and unknown files, and what others may read."""
    entries = list(_entries(folder))
    problems = (_oddity(folder, path) for path in entries)
    return [*(problem for problem in problems if problem), *_open_to_others(folder, entries)]


def synced(folder: Path) -> Problem | None:
    """A warning when the engagement lies where a sync program copies files behind our back."""
    found = next((part for part in folder.absolute().parts if _SYNCED.search(part)), None)
    if found is None:
        return None
    return Problem(
        "sync_folder",
        "lies in a folder that is synchronised ({name})",
        Where(str(folder)),
        "locks do not reach other computers: let one person write at a time",
        {"name": found},
    )


def _entries(folder: Path) -> Iterator[Path]:
    """Everything below the folder except what version control and systems keep there."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept = (name for name in files if name not in _SYSTEM_FILES)
        yield from (Path(root, name) for name in folders)
        yield from (
            Path(root, name)
            for name in sorted(kept)
            if is_temporary(name) or not name.startswith(".")
        )


def _oddity(folder: Path, path: Path) -> Problem | None:
    inside = path.relative_to(folder).parts
    name = path.name
    if is_link(path):
        return _problem("symbolic_link", path)
    if os.path.isdir(path):  # noqa: PTH112 - pathlib raises where it may not look
        return None if inside[0] in KNOWN_FOLDERS else _problem("unknown_folder", path)
    for code, matches in (
        ("leftover", is_temporary(name)),
        ("conflict", _OWN_COPY.fullmatch(name)),
        ("damaged_aside", _DAMAGED.fullmatch(name)),
        ("sync_conflict", _SYNC_COPY.search(name) or _is_host_copy(inside)),
    ):
        if matches:
            return _problem(code, path)
    return None if _is_known(inside) else _problem("unknown_file", path)


def _is_known(inside: tuple[str, ...]) -> bool:
    name = inside[-1]
    if len(inside) == 1:
        return name in KNOWN_FILES or _ORIGINAL.fullmatch(name) is not None
    if inside[0] == RUBRIC_FOLDER:
        return name.endswith((".toml", ".md")) or name == SUMS_NAME
    if inside[0] == RESULTS_FOLDER:
        return is_scorecard_name(name)
    if inside[0] == RESPONSES_FOLDER:
        return len(inside) == 2 and is_response_name(name)
    # Strangers in unknown folders are not told one by one: the folder was.
    return True


def _is_host_copy(inside: tuple[str, ...]) -> bool:
    """Whether a sync program put another computer's version beside a file of ours."""
    return len(inside) == 1 and _HOST_COPY.fullmatch(inside[0]) is not None


def _problem(code: str, path: Path) -> Problem:
    where = Where(str(path))
    match code:
        case "symbolic_link":
            return Problem(
                code,
                "is a symbolic link",
                where,
                "put the file itself in its place; links are not followed",
            )
        case "leftover":
            return Problem(
                code,
                "was left behind by an interrupted save",
                where,
                "nothing to do: the next save removes it",
            )
        case "conflict":
            return Problem(
                code,
                "is the version that lost when two people saved at once",
                where,
                "compare it with the file of the same name, then delete it",
            )
        case "damaged_aside":
            return Problem(
                code,
                "is a damaged file that was moved aside",
                where,
                "take from it what is still readable, then delete it",
            )
        case "sync_conflict":
            return Problem(
                code,
                "looks like a second version made by a sync program",
                where,
                "compare the two versions, keep one under the original name",
            )
        case _:
            return Problem(
                code,
                "does not belong to an engagement",
                where,
                "move it elsewhere, or check whether it was renamed by mistake",
            )


def _open_to_others(folder: Path, entries: list[Path]) -> Iterator[Problem]:
    if sys.platform == "win32":
        return  # Windows keeps rights in access lists, inherited from the user's own folder.
    wide = [path for path in (folder, *entries) if _is_open(path)]
    if wide:
        yield Problem(
            "open_to_others",
            "other users of this computer can read {count} of the engagement's files and folders",
            Where(str(wide[0])),
            "chmod -R go-rwx {folder}",
            {"count": len(wide), "folder": str(folder)},
        )


def _is_open(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return not stat.S_ISLNK(status.st_mode) and bool(status.st_mode & _OPEN_TO_OTHERS)
