"""Arguments and options that several commands share, and how their words are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from cxmaturity.errors import CxError, Problem, UsageError, Where
from cxmaturity.model.exact import to_micro
from cxmaturity.text.messages import gettext as _


class Date(click.ParamType[dt.date]):
    """A day, written 2026-03-31."""

    name = "date"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - Click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> dt.date:
        """The day; refuses anything else with an example."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self._refuse(value, param, ctx)

    def _refuse(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> NoReturn:
        said = _("'{text}' is not a date; write it like 2026-03-31").format(text=value)
        self.fail(said, param, ctx)


class Level(click.ParamType[int]):
    """A number with a decimal point, in millionths."""

    name = "number"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - Click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """The millionths; refuses what is no number or finer than six decimals."""
        if isinstance(value, int):
            return value
        try:
            return to_micro(Decimal(value))
        except (ValueError, InvalidOperation):
            said = _("'{text}' is not a number; write it like 2.5").format(text=value)
            self.fail(said, param, ctx)


class AnyPath(click.Path):
    """A path as `pathlib.Path`; whether it exists is asked by what opens it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, allow_dash=True)


class Format(click.ParamType[str]):
    """A format: a built-in one, or one that a plugin adds, which is looked for when it is used."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """The built-in formats, and that there may be more."""
        from cxmaturity.cli.reports import ENDINGS

        return f"[{'|'.join(ENDINGS.values())}|…]"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Every format, those of plugins included."""
        from cxmaturity.cli.reports import TEXT
        from cxmaturity.workbench.plugins import Plugins

        try:
            names = [TEXT, *Plugins().exporters()]
        except CxError:
            return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


DATE = Date()
FORMAT = Format()
LEVEL = Level()
PATH = AnyPath()


def folder_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """The engagement's folder as first argument."""
    return click.argument("folder", metavar="DIR", type=PATH)(function)


def assignments(words: tuple[str, ...]) -> dict[str, str]:
    """KEY=VALUE words as a table; raises UsageError for what is no pair or stands twice."""
    pairs = [word.partition("=") for word in words]
    problems = [
        Problem(
            "no_assignment",
            "'{word}' is not KEY=VALUE",
            Where(),
            "write the key, an equals sign and the value, without spaces around it",
            {"word": word},
        )
        for word, (key, equals, _value) in zip(words, pairs, strict=True)
        if not key or not equals
    ]
    keys = [key for key, _equals, _value in pairs]
    problems += [
        Problem("said_twice", "'{key}' is said twice", Where(), "say it once", {"key": key})
        for key in dict.fromkeys(keys)
        if keys.count(key) > 1
    ]
    if problems:
        raise UsageError(problems)
    return {key: value for key, _equals, value in pairs}


# completion ---------------------------------------------------------------------------------------


def complete_keys(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Keys of the questions of the engagement that stands before, and their answers after ``=``."""
    from cxmaturity.cli.opening import quick_workbench
    from cxmaturity.model.text import say
    from cxmaturity.text.messages import current_language
    from cxmaturity.workbench.questions import questions_of

    try:
        questions = questions_of(quick_workbench().open(Path(ctx.params["folder"])).program)
    except (CxError, KeyError, TypeError):
        return []
    key, equals, begun = incomplete.partition("=")
    language = current_language()
    if equals:
        options = questions[key].options() if key in questions else []
        return [
            CompletionItem(f"{key}={option}", help=say(text, language))
            for option, text in options
            if option.startswith(begun)
        ]
    return [
        CompletionItem(path, help=say(question.text.title, language))
        for path, question in questions.items()
        if path.startswith(key)
    ]


def complete_rubrics(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Ids of the rubrics at hand."""
    from cxmaturity.workbench import Workbench

    try:
        found = Workbench().rubrics()
        return [CompletionItem(r.id) for r in found if r.id.startswith(incomplete)]
    except CxError:
        return []
