"""The engagements a user works with: which ones, how far they are, what is wrong with them.

Reading one takes a moment, so it is done beside the screen; nothing here changes a file but the
user's own list of them.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxmaturity.errors import CxError, Problem
from cxmaturity.store.preferences import config_file

if TYPE_CHECKING:
    from cxmaturity.workbench import Workbench

MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One engagement as the list shows it; texts are foreign."""

    path: Path
    organisation: str = ""
    date: dt.date | None = None
    fictional: bool = False
    rubric: str = ""
    done: int = 0
    asked: int = 0
    phase: Mapping[str, str] | None = None
    """Title of the phase attained; None is not started or not known."""
    problem: Problem | None = None
    known: bool = False
    """Whether the folder was read already."""


def read_entry(bench: Workbench, path: Path) -> ShelfEntry:
    """One engagement with its progress and phase; what is wrong with it is in ``problem``."""
    from cxmaturity.tui.assessment import Assessment

    try:
        found = Assessment(bench, bench.open(path))
        done, asked = found.progress()
        phase = found.live.phase
        engagement = found.folder.engagement
    except CxError as error:
        return ShelfEntry(path, problem=error.problems[0], known=True)
    rubric = f"{engagement.rubric.id} {engagement.rubric.version}"
    title = found.rubric.phases[phase].title if phase else None
    return ShelfEntry(
        path, engagement.organisation, engagement.date, engagement.fictional,
        rubric, done, asked, title, known=True,
    )  # fmt: skip


def with_recent(recent: Sequence[str], path: Path) -> tuple[str, ...]:
    """The list with one engagement first."""
    name = str(path.absolute())
    return (name, *(other for other in recent if other != name))[:MOST_RECENT]


def remember(file: Path | None = None, **changes: object) -> None:
    """Write some of the user's settings and leave the others; raises StoreError.

    A file that cannot be read is left alone: it is the user's, and its faults were said.
    """
    import tomli_w

    from cxmaturity.store.files import FOLDER_MODE, write_file

    path = file or config_file()
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (OSError, ValueError):
        return
    new = {**said, **{key: list(v) if isinstance(v, tuple) else v for key, v in changes.items()}}
    if new != said:
        path.parent.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
        write_file(path, tomli_w.dumps(new).encode())
