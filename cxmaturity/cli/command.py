"""What every command has: global options, examples in its help, texts in the user's language.

Texts are given in English, marked with ``N_``, and worded when they are shown, so that one process
can help in two languages.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

import click

from cxmaturity import __version__
from cxmaturity.text.messages import LANGUAGES, N_
from cxmaturity.text.messages import gettext as _

P = ParamSpec("P")
PROGRAM = "cxmaturity"
USAGE_PIECES = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
"""What Click writes into usage lines, to be worded like everything else."""


class Option(click.Option):
    """An option whose help is worded when it is shown."""

    @property
    def help(self) -> str | None:
        """The help in the language in use."""
        return _(self._english) if self._english else None

    @help.setter  # noqa: A003 - Click's name
    def help(self, english: str | None) -> None:
        self._english = english


class Worded(click.Command):
    """A command whose help is worded when it is shown, with examples ahead of the options."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **settings: Any) -> None:  # noqa: ANN401 - Click's own
        self.examples = tuple(examples)
        super().__init__(*arguments, **settings)

    @property
    def help(self) -> str | None:
        """The help in the language in use."""
        return _(self._english) if self._english else None

    @help.setter  # noqa: A003 - Click's name
    def help(self, english: str | None) -> None:
        self._english = english

    def get_help_option(self, ctx: click.Context) -> click.Option | None:  # noqa: ARG002
        """The option that shows the help."""
        if self._help_option is None:
            self._help_option = _help_option()
        return self._help_option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the program's name in the usage line."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, then examples as they would be typed."""
        super().format_help_text(ctx, formatter)
        if self.examples:
            with formatter.section(_("Examples")):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{PROGRAM} {example}\n")


class Command(Worded):
    """One command; `--lang` and `--debug` work behind it too."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters and the global ones."""
        own = super().get_params(ctx)
        return [*own[:-1], *global_options(), own[-1]]


@functools.cache
def global_options() -> tuple[click.Option, ...]:
    """Options of every command; `main` has read them before, here they are only checked."""
    return (
        Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=N_("Language of the program and of its reports."),
        ),
        Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            help=N_("Show where in the program an error arose."),
        ),
        Option(
            ["--plugins-dir"],
            type=click.Path(),
            metavar="DIR",
            expose_value=False,
            help=N_("Folder with one-file plugins to use as well."),
        ),
        Option(
            ["--no-plugins"], is_flag=True, expose_value=False, help=N_("Use no plugin at all.")
        ),
        Option(
            ["--strict-plugins"],
            is_flag=True,
            expose_value=False,
            help=N_("Stop at the first failure of a plugin."),
        ),
    )


def version_option() -> click.Option:
    """The option that says which version this is."""

    def show(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            click.echo(f"{PROGRAM} {__version__}")
            context.exit()

    return Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=N_("Show the version and exit."),
    )


def command(
    name: str, text: str, examples: Sequence[str] = ()
) -> Callable[[Callable[..., object]], Command]:
    """Make a function a command; ``text`` is its help in English."""

    def decorate(function: Callable[..., object]) -> Command:
        made = click.command(name, cls=Command, help=text, examples=examples)(function)
        assert isinstance(made, Command)  # noqa: S101 - made of that class
        return made

    return decorate


def option(*names: str, **settings: Any) -> Callable[[Callable[P, Any]], Callable[P, Any]]:  # noqa: ANN401 - Click's own
    """`click.option` with a help that is worded when it is shown."""
    return click.option(*names, cls=Option, **settings)


def _help_option() -> click.Option:
    def show(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            click.echo(context.get_help(), color=context.color)
            context.exit()

    return Option(
        ["-h", "--help"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=N_("Show this message and exit."),
    )
