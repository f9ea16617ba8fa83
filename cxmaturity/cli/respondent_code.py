"""The code of a respondent as an argument, and whether somebody really means it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from cxmaturity.errors import CxError
from cxmaturity.text.messages import gettext as _


def code_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """The respondent's code as second argument."""
    return click.argument("code", metavar="CODE", shell_complete=_complete)(function)


def agreed(question: str) -> bool:
    """Whether the user says yes; nobody at a terminal is no."""
    return _is_terminal() and click.confirm(question, err=True, default=False)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def nothing_changed(command: str) -> str:
    """What is said when nobody agreed."""
    return _("Nothing was changed. To do it: {command}").format(command=command)


def _complete(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from cxmaturity.store.responses import respondent_codes

    try:
        codes = respondent_codes(context.params["folder"])
    except (CxError, KeyError, TypeError):
        return []
    return [CompletionItem(code) for code in codes if code.startswith(incomplete)]
