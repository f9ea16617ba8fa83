"""`doctor`: what is installed and in force, or what needs attention in an engagement."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

import click

from cxmaturity import __version__
from cxmaturity.cli.command import PROGRAM, command
from cxmaturity.cli.output import put
from cxmaturity.cli.parameters import PATH
from cxmaturity.extension.choice import chosen_by
from cxmaturity.store.places import cache_folder
from cxmaturity.store.preferences import config_file, read_preferences
from cxmaturity.text import limits
from cxmaturity.text.messages import N_, current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import integer_text
from cxmaturity.text.problems import say_problem
from cxmaturity.text.terminal import clean
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.checkup import check_engagement

_NEEDED: Final = ("click", "numpy", "pluggy", "pydantic", "rich", "textual", "tomli-w")
_FOR_DEVELOPERS: Final = "dev"


@command(
    "doctor",
    N_(
        "Look for what needs attention in the engagement in DIR: permissions, second versions made "
        "by sync programs, a stale lock, a rubric that differs from the installed one, and open, "
        "marked, undated or uncounted answers.\n\n"
        "Without DIR: versions, extras, rubrics, and the limits that inputs must keep."
    ),
    examples=("doctor", "doctor acme"),
)
@click.argument("folder", metavar="[DIR]", type=PATH, required=False)
def run(*, folder: Path | None) -> None:
    """Look and tell."""
    lines = _engagement(folder) if folder else _installation()
    put("".join(f"{line}\n" for line in lines))


def _engagement(folder: Path) -> Iterator[str]:
    found = check_engagement(Workbench(), folder)
    yield from (str(say_problem(problem)) for problem in found)
    if not found:
        yield _("Nothing needs attention.")


def _installation() -> Iterator[str]:
    yield from _rows(_("Versions"), _versions())
    extras = list(_extras())
    if extras:
        yield from _rows(_("Extras"), extras)
    yield from _rows(_("Rubrics"), ((r.id, str(r.folder)) for r in Workbench().rubrics()))
    plugins = [
        (p.name, f"{p.distribution} {p.version}") for p in chosen_by(os.environ).candidates()
    ]
    if plugins:
        yield from _rows(_("Plugins"), plugins)
    there = config_file()
    state = str(there) if there.is_file() else _("{file} (not there)").format(file=there)
    settings = [
        (_("file"), state),
        (_("language"), current_language()),
        (_("cache"), str(cache_folder())),
    ]
    yield from _rows(_("Settings"), settings)
    yield from (str(say_problem(problem)) for problem in read_preferences(os.environ).problems)
    yield from _rows(_("Limits of what is read"), _limits())


def _rows(heading: str, rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> Iterator[str]:
    table = list(rows)
    width = max((len(name) for name, _text in table), default=0)
    yield heading
    yield from (f"  {clean(name):<{width}}  {clean(text)}".rstrip() for name, text in table)
    yield ""


def _versions() -> Iterator[tuple[str, str]]:
    yield PROGRAM, __version__
    yield "Python", f"{platform.python_version()} ({sys.platform})"
    for name in _NEEDED:
        yield name, _version(name) or _("missing")


def _extras() -> Iterator[tuple[str, str]]:
    """Optional parts of the program, and whether what they need is there."""
    try:
        about = metadata.metadata(PROGRAM)
    except metadata.PackageNotFoundError:
        return
    for extra in about.get_all("Provides-Extra") or []:
        if extra != _FOR_DEVELOPERS:
            missing = [name for name in _needs(extra) if _version(name) is None]
            install = f'pip install "{PROGRAM}[{extra}]"'
            said = _("missing: {names}; {command}").format(
                names=", ".join(missing), command=install
            )
            yield extra, said if missing else _("installed")


def _needs(extra: str) -> list[str]:
    wanted = f'extra == "{extra}"'
    lines = (line.replace("'", '"') for line in metadata.requires(PROGRAM) or [])
    return [_name(line) for line in lines if wanted in line]


def _name(requirement: str) -> str:
    for end, character in enumerate(requirement):
        if not (character.isalnum() or character in "-_."):
            return requirement[:end]
    return requirement


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _limits() -> Iterator[tuple[str, str]]:
    for limit in limits.all_limits().values():
        size = integer_text(int(limit), current_language())
        yield f"{size} {_(limit.unit)}", _(limit.reason)
