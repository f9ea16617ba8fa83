"""A scorecard on its way out: which format, and the page for people.

The page is drawn for a terminal; a pipe, a file and `--plain` get plain lines.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxmaturity.cli.output import STANDARD, put
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.store.preferences import read_preferences

if TYPE_CHECKING:
    from rich.console import RenderableType

TEXT: Final = "text"
"""The format for people at a terminal."""
_TEXT_ENDING: Final = ".txt"
_PLAIN_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class Page:
    """The same text twice: plain for a width, and drawn for a width with or without ASCII only."""

    plain: Callable[[int], str]
    drawn: Callable[[int, bool], RenderableType]


def chosen_format(asked: str | None, target: Path | None, endings: dict[str, str]) -> str:
    """The format that was asked for, else the one of the file's ending, else text.

    ``endings`` gives the format of each ending.
    """
    if asked is not None:
        return asked
    if target is None or target == STANDARD:
        return TEXT
    known = {_TEXT_ENDING: TEXT, **endings}
    if target.suffix in known:
        return known[target.suffix]
    raise UsageError(
        Problem(
            "unknown_ending",
            "the ending of '{name}' is of no known format",
            Where(),
            "use one of {endings}, or say --format",
            {"name": target.name, "endings": ", ".join(known)},
        )
    )


def put_page(page: Page, *, plain: bool) -> None:
    """Show a page on stdout, drawn where it is a terminal."""
    if plain or not _draws():
        put(page.plain(_width(_PLAIN_WIDTH)))
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    console.print(page.drawn(console.width, _ascii_only(console.encoding)))


def plain_bytes(page: Page) -> bytes:
    """The page as a text file."""
    return page.plain(_PLAIN_WIDTH).encode()


def _draws() -> bool:
    """Whether stdout takes drawing: a terminal that is not dumb, or who insists on colour."""
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width(otherwise: int) -> int:
    return shutil.get_terminal_size((otherwise, 24)).columns


def _ascii_only(encoding: str) -> bool:
    return read_preferences(os.environ).ascii or not encoding.lower().startswith("utf")
