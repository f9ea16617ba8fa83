"""Whatever goes wrong, said once and in one form: to people in their language, to programs in JSON.

A user never sees a traceback; `--debug` shows the places of the code, but no message of an
unforeseen error, because it may hold an answer.
"""

from __future__ import annotations

import contextlib
import json
import traceback
from collections.abc import Iterable
from dataclasses import asdict

import click

from cxmaturity.cli.manner import Manner
from cxmaturity.errors import CxError, Problem, Where
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.problems import say_problem
from cxmaturity.text.terminal import clean

EXIT_USAGE = 2
EXIT_UNFORESEEN = 3
EXIT_INTERRUPTED = 130


def exit_code(error: BaseException, manner: Manner) -> int:
    """Tell what ended a run; the exit code that says the same."""
    match error:
        case CxError():
            tell(error.problems, manner)
            code = error.exit_code
        case click.Abort() | KeyboardInterrupt():
            _echo(_("Interrupted."))
            return EXIT_INTERRUPTED
        case click.ClickException():
            _refuse(error, manner)
            return EXIT_USAGE
        case _:
            tell([_unforeseen(error)], manner)
            code = EXIT_UNFORESEEN
    if manner.debug:
        _trace(error)
    return code


def tell(problems: Iterable[Problem], manner: Manner) -> None:
    """All problems on stderr."""
    found = list(problems)
    if manner.as_json:
        _echo(json.dumps({"error": [_plain(problem) for problem in found]}))
        return
    for problem in found:
        _echo(_("Error: {message}").format(message=say_problem(problem)))
    if len(found) > 1:
        count = ngettext("{count} problem", "{count} problems", len(found))
        _echo(count.format(count=len(found)))


def _plain(problem: Problem) -> dict[str, object]:
    said = say_problem(problem)
    where = {name: part for name, part in asdict(problem.where).items() if part}
    return {"code": problem.code, "what": said.what, "where": where, "hint": said.hint}


def _refuse(error: click.ClickException, manner: Manner) -> None:
    """What Click itself refuses: a mistyped command, option or value."""
    if manner.as_json:
        _echo(json.dumps({"error": [_plain(_usage_problem(error.format_message()))]}))
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _echo(error.ctx.get_usage())
        help_for = _("Try '{command} {option}' for help.")
        _echo(help_for.format(command=error.ctx.command_path, option="--help") + "\n")
    _echo(_("Error: {message}").format(message=clean(error.format_message())))


def _usage_problem(message: str) -> Problem:
    # The message is worded already: it stands in for the whole sentence.
    return Problem("usage", "{message}", Where(), "", {"message": message})


def _unforeseen(error: BaseException) -> Problem:
    return Problem(
        "unforeseen",
        "the program failed where it should not have: {kind}",
        Where(),
        "run it again with --debug and report what it shows; your files are as they were saved",
        {"kind": type(error).__name__},
    )


def _trace(error: BaseException) -> None:
    current: BaseException | None = error
    while current is not None:
        _echo(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame in traceback.extract_tb(current.__traceback__):
            _echo(f"  {frame.filename}:{frame.lineno} {frame.name}")
        current = current.__cause__ or current.__context__


def _echo(text: str) -> None:
    # Where nobody listens to stderr any more, the exit code still says it.
    with contextlib.suppress(OSError):
        click.echo(text, err=True)
