"""`plugin new`: a plugin of one's own, as a package that installs and passes its own tests."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity import __version__
from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import PATH
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.extension.scaffold import KINDS, is_name, plugin_files
from cxmaturity.store.files import write_folder
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _


@command(
    "new",
    N_(
        "Start the plugin NAME in a new folder of that name.\n\n"
        "It is a whole package with one small example that works: install it, look at it with "
        "`plugin list`, then change it. A pack is a rubric and needs no code."
    ),
    examples=("plugin new acme-pack", "plugin new acme-format --kind exporter"),
)
@click.argument("name", metavar="NAME")
@option(
    "--kind",
    type=click.Choice(KINDS),
    default=KINDS[0],
    help=N_("What it adds (default: pack)."),
)
@option(
    "--dir",
    "folder",
    type=PATH,
    metavar="DIR",
    help=N_("New folder to write it to (default: ./NAME)."),
)
def run(*, name: str, kind: str, folder: Path | None) -> None:
    """Write the package, say how to go on."""
    if not is_name(name):
        raise UsageError(
            Problem(
                "bad_name",
                N_("'{name}' cannot be the name of a plugin"),
                Where(),
                N_("use small letters, digits and single hyphens, at most 40: acme-pack"),
                {"name": name},
            )
        )
    target = folder or Path(name)
    write_folder(target, plugin_files(name, kind, __version__))
    said = _("{folder}: a new plugin, {name}.")
    say(said.format(folder=target, name=name))
    shown = target if "/" in str(target) else f"./{target}"
    say(_("Next: {command}").format(command=f"python -m pip install {shown}"))
    say(_("Then: {command}").format(command=f"{PROGRAM} plugin check {shown}"))
