"""Options of commands that write down what one respondent says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from cxmaturity.cli.command import option
from cxmaturity.cli.parameters import assignments
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.text.messages import N_

Groups = Mapping[str, str]
"""The place on each group axis that was named."""


def respondent_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--respondent CODE` and `--group AXIS=PLACE`, as ``respondent`` and ``groups``."""
    with_groups = option(
        "--group",
        "groups",
        multiple=True,
        metavar="AXIS=PLACE",
        callback=_groups,
        help=N_("Where the respondent belongs, such as role=leader or unit=sales/north."),
    )(function)
    return option(
        "--respondent",
        metavar="CODE",
        help=N_("In the name of the respondent with this code."),
    )(with_groups)


def require_respondent(respondent: str | None, groups: Groups) -> None:
    """Raise UsageError for groups of nobody."""
    if groups and respondent is None:
        raise UsageError(
            Problem(
                "group_of_nobody",
                "--group belongs to a respondent",
                Where(),
                "name the respondent with --respondent CODE",
            )
        )


def _groups(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> Groups:
    return assignments(words)
