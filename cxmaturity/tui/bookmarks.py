"""Where somebody was in each engagement, so that they come back to the same question.

Not an answer and not a setting: the file may be thrown away at any time, and a disk that refuses it
refuses nothing of worth.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from cxmaturity.errors import CxError
from cxmaturity.store.files import FOLDER_MODE, write_file
from cxmaturity.store.places import cache_folder

MOST_KEPT = 50
NAME = "bookmarks.json"


def bookmarks_file(settings_file: Path | None) -> Path:
    """Beside settings that lie elsewhere than usual, else in the user's folder for such things."""
    return settings_file.with_name(NAME) if settings_file else cache_folder() / NAME


def bookmark(file: Path, engagement: Path) -> str:
    """Path of the question where somebody was; empty where nothing is known."""
    return _read(file).get(str(engagement.absolute()), "")


def keep_bookmark(file: Path, engagement: Path, question: str) -> None:
    """Remember a question; the newest engagements are kept."""
    key, kept = str(engagement.absolute()), _read(file)
    if kept.get(key) == question:
        return
    kept.pop(key, None)
    kept[key] = question
    newest = dict(list(kept.items())[-MOST_KEPT:])
    with contextlib.suppress(CxError, OSError):
        file.parent.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
        write_file(file, json.dumps(newest, indent=1).encode())


def _read(file: Path) -> dict[str, str]:
    try:
        said = json.loads(file.read_bytes()) if file.is_file() else {}
    except (OSError, ValueError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {key: value for key, value in said.items() if isinstance(value, str)}
