"""`open`: the terminal interface, at the list of engagements or at one of them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from cxmaturity.cli.command import command, option
from cxmaturity.errors import Problem, UsageError
from cxmaturity.store.preferences import read_preferences
from cxmaturity.text.messages import N_
from cxmaturity.tui import run as run_interface

_MAIN = "engagement.toml"


@command(
    "open",
    N_(
        "Open the terminal interface.\n\n"
        "With DIR it begins at that engagement's first open question, without at the list of "
        "engagements. Every answer is saved at once."
    ),
    examples=("open", "open acme", "open acme --ascii"),
)
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@option("--ascii", "plain_signs", is_flag=True, help=N_("Draw with plain characters only."))
@option(
    "--theme",
    type=click.Choice(["dark", "light", "contrast"]),
    help=N_("Colours of the interface (default: as set there last)."),
)
def run(*, folder: Path | None, plain_signs: bool, theme: str | None) -> None:
    """Show the interface until it is left."""
    require_terminal()
    if folder is not None and not (folder / _MAIN).is_file():
        from cxmaturity.store.engagement_folder import open_engagement

        open_engagement(folder)
    show_interface(folder, plain_signs=plain_signs, theme=theme)


def show_interface(
    folder: Path | None, *, plain_signs: bool = False, theme: str | None = None
) -> None:
    """Show the interface with the user's settings; flags win over them."""
    found = read_preferences(os.environ)
    chosen = replace(found, ascii=found.ascii or plain_signs, theme=theme or found.theme)
    click.get_current_context().exit(run_interface(folder, chosen))


def is_terminal() -> bool:
    """Whether somebody sits at a terminal that can show the interface."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def require_terminal() -> None:
    """Raise UsageError where the interface cannot be shown."""
    if not is_terminal():
        raise UsageError(
            Problem(
                "no_terminal",
                "the interface needs a terminal",
                hint="use `cxmaturity score DIR`, or `cxmaturity ask DIR` on a plain terminal",
            )
        )
