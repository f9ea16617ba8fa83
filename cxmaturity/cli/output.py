"""Where results go: data to stdout or into the file that was asked for, talk to stderr.

A reader that closes the pipe ends the output, not the judgement: the exit code stays what it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.store.files import write_file
from cxmaturity.store.tidiness import KNOWN_FILES
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean

STANDARD = Path("-")
"""Stands for stdin and stdout."""


def put(data: str | bytes) -> None:
    """Write data to stdout."""
    try:
        click.echo(data, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _listen_to_nobody()


def say(text: str) -> None:
    """Talk to the user on stderr; foreign text in it is made harmless."""
    try:
        click.echo(clean(text), err=True)
    except BrokenPipeError:
        _listen_to_nobody()


def deliver(data: bytes, target: Path | None, engagement: Path | None = None) -> None:
    """Write a result where it was asked for: a file, or stdout (None and ``-``).

    Refuses to replace what is no ordinary file, or a file of the engagement itself.
    """
    if target is None or target == STANDARD:
        put(data)
        return
    if target.exists() and not target.is_file():
        raise UsageError(
            Problem(
                "not_a_file",
                "is not an ordinary file",
                Where(str(target)),
                "give the name of a new file, or - for the output",
            )
        )
    if engagement is not None and _belongs_to(target, engagement):
        raise UsageError(
            Problem(
                "own_file",
                "is a file of the engagement itself",
                Where(str(target)),
                "choose another name or folder for the result",
            )
        )
    write_file(target, data)
    say(_("Written: {file}").format(file=target))


def _belongs_to(target: Path, engagement: Path) -> bool:
    try:
        inside = target.resolve().relative_to(engagement.resolve()).parts
    except ValueError:
        return False
    return inside[0] in {"rubric", "rubrics", "results", "responses"} or inside[0] in KNOWN_FILES


def _listen_to_nobody() -> None:
    """Let what is still written, and Python's own last flush, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
