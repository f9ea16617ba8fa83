"""`completion`: the script that lets a shell complete commands, rubrics and answer keys."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from cxmaturity.cli.command import PROGRAM, command
from cxmaturity.cli.output import put
from cxmaturity.text.messages import N_

_VARIABLE = f"_{PROGRAM.upper()}_COMPLETE"


@command(
    "completion",
    N_(
        "Print the completion script for a shell.\n\n"
        "Load it at the start of the shell, for bash with: "
        'eval "$(cxmaturity completion bash)" in ~/.bashrc'
    ),
    examples=("completion bash", "completion fish > ~/.config/fish/completions/cxmaturity.fish"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def run(context: click.Context, *, shell: str) -> None:
    """Print the script."""
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - Click knows the three shells
    put(made(context.find_root().command, {}, PROGRAM, _VARIABLE).source())
