"""A scorecard on its way out: which format, and the page for people.

The page is drawn for a terminal; a pipe, a file and `--plain` get plain lines.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cxmaturity.cli.output import STANDARD, put
from cxmaturity.errors import PluginError, Problem, UsageError, Where
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.store.preferences import read_preferences
from cxmaturity.text.messages import Language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from cxmaturity.exporters import AnswersProtocol, Exporter
    from cxmaturity.workbench import Opened, Workbench
    from cxmaturity.workbench.plugins import Plugins

TEXT: Final = "text"
"""The format for people at a terminal."""
ENDINGS: Final = {".txt": TEXT, ".json": "json", ".toml": "toml", ".md": "md"}
"""Formats by the ending of a file.

They stand here so that a command knows their names without loading what writes them.
"""
_PLAIN_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class Page:
    """The same text twice: plain for a width, and drawn for a width with or without ASCII only."""

    plain: Callable[[int], str]
    drawn: Callable[[int, bool], RenderableType]


def exporter(name: str, plugins: Plugins | None = None) -> Exporter:
    """What writes a format; only that one is loaded where it is the most frequent.

    ``plugins`` are asked for a format that is not built in.  Raises UsageError for an unknown one.
    """
    from cxmaturity.exporters import built_in
    from cxmaturity.exporters.json_file import JSON

    if name == JSON.name:
        return JSON
    found = {each.name: each for each in built_in()}
    if name not in found and plugins is not None:
        found = plugins.exporters()
    if name in found:
        return found[name]
    raise UsageError(
        Problem(
            "unknown_format",
            "there is no format '{name}'",
            Where(key="--format"),
            "use one of {known}; a plugin may have to be installed",
            {"name": name, "known": ", ".join([TEXT, *found])},
        )
    )


def chosen_format(
    asked: str | None,
    target: Path | None,
    endings: Mapping[str, str] = ENDINGS,
    plugins: Plugins | None = None,
) -> str:
    """The format that was asked for, else the one of the file's ending, else text.

    ``plugins`` are asked for an ending that is not known here.
    """
    if asked is not None:
        return asked
    if target is None or target == STANDARD:
        return TEXT
    if target.suffix not in endings and plugins is not None:
        added = {each.suffix: name for name, each in plugins.exporters().items()}
        endings = {**added, **endings}
    if target.suffix in endings:
        return endings[target.suffix]
    raise UsageError(
        Problem(
            "unknown_ending",
            "the ending of '{name}' is of no known format",
            Where(),
            "use one of {endings}, or say --format",
            {"name": target.name, "endings": ", ".join(endings)},
        )
    )


def score_page(
    card: Scorecard, rubric: Rubric, language: Language, protocol: AnswersProtocol | None = None
) -> Page:
    """The page of a scorecard in a language, the answers below it if they are given."""
    from cxmaturity.cli.page import plain_page, render_page
    from cxmaturity.cli.protocol_page import protocol_text

    def below(width: int) -> str:
        return protocol_text(protocol, language, width) if protocol else ""

    def plain(width: int) -> str:
        return plain_page(card, language, width=width, rubric=rubric) + below(width)

    def drawn(width: int, ascii_only: bool) -> RenderableType:
        page = render_page(card, language, width, ascii_only=ascii_only, rubric=rubric)
        if protocol is None:
            return page
        from rich.console import Group
        from rich.text import Text

        return Group(page, Text(below(width)))

    return Page(plain, drawn)


def scored(
    bench: Workbench,
    opened: Opened,
    *,
    leaves: bool = False,
    as_of: dt.date | None = None,
    trace: bool = True,
) -> Scorecard:
    """The scorecard for where it goes: a terminal shows a working view.

    What goes into a file (``leaves``) or a pipe is a publication, which the ledger knows of.
    """
    if leaves or not sys.stdout.isatty():
        return bench.publish(opened, as_of=as_of, trace=trace)
    return bench.score(opened, as_of=as_of, trace=trace)


def end_for_plugins(card: Scorecard) -> None:
    """End with the exit code of plugins where one failed on the way to a score."""
    if any(plugin.failed is not None for plugin in card.provenance.plugins):
        click.get_current_context().exit(PluginError.exit_code)


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
