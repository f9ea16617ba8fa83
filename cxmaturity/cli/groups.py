"""Groups that know their commands' names and summaries without importing them.

So `--help` and a mistyped command cost no more than a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click
from click.shell_completion import CompletionItem

from cxmaturity.cli.command import Worded, global_options
from cxmaturity.text.messages import gettext as _


def module_of(command: str) -> str:
    """The module of a command: its name, with a line below it where that is a word of Python's."""
    return f"{command}_" if iskeyword(command) else command


class LazyGroup(Worded, click.Group):
    """A group whose commands live in modules of their own, each with a ``run``.

    ``summaries`` gives every command's summary in English, in the order they are listed;
    ``modules`` how their modules' names begin (``cxmaturity.cli.`` for `cxmaturity.cli.new`).
    """

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Click's own
        summaries: Mapping[str, str],
        modules: str,
        **settings: Any,  # noqa: ANN401 - the same
    ) -> None:
        self.summaries = summaries
        self.modules = modules
        super().__init__(*arguments, **settings)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The group's own parameters and the global ones."""
        own = super().get_params(ctx)
        return [*own[:-1], *global_options(), own[-1]]

    def added(self) -> Mapping[str, str]:
        """Commands that do not come with the program, with summaries as they are shown."""
        return {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the table."""
        return [*self.summaries, *self.added()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded now."""
        if cmd_name not in self.summaries:
            return None
        found = import_module(self.modules + module_of(cmd_name)).run
        assert isinstance(found, click.Command)  # noqa: S101 - each module has one
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; an unknown one is refused with the nearest names."""
        name = args[0]
        if name not in self.summaries and not name.startswith("-"):
            known = self.list_commands(ctx)
            if name not in known:
                raise click.exceptions.NoSuchCommand(name, possibilities=known, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table of commands, from the summaries alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(text)) for name, text in self.summaries.items()])
        added = self.added()
        if added:
            with formatter.section(_("Commands of plugins")):
                formatter.write_dl(list(added.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, without loading them."""
        found = [
            CompletionItem(name, help=_(text))
            for name, text in self.summaries.items()
            if name.startswith(incomplete)
        ]
        return found or click.Command.shell_complete(self, ctx, incomplete)
