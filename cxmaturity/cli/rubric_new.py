"""`rubric new`: a rubric of one's own, small and complete, in a new folder."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.catalogue.starting import TEMPLATE, id_of, start_rubric
from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import PATH, complete_rubrics
from cxmaturity.cli.rubric_naming import rubric_at
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench import Workbench


@command(
    "new",
    N_(
        "Start a rubric of your own in the new folder DIR.\n\n"
        "It is a copy of a small, complete rubric: change its texts, levels and rules one by one, "
        "and check after each change."
    ),
    examples=(
        "rubric new our_model",
        'rubric new our_model --title "Our way to customers"',
        "rubric new our_phases --from cx_phases",
    ),
)
@click.argument("folder", metavar="DIR", type=PATH)
@option("--id", "name", metavar="ID", help=N_("Id of the rubric (default: the folder's name)."))
@option("--title", metavar="TEXT", help=N_("Its title, in every language until you translate it."))
@option(
    "--from",
    "template",
    metavar="RUBRIC",
    default=TEMPLATE,
    shell_complete=complete_rubrics,
    help=N_("Rubric to begin from: an id or a folder (default: starter)."),
)
def run(*, folder: Path, name: str | None, title: str | None, template: str) -> None:
    """Copy the template under its new name, load it, say how to go on."""
    bench = Workbench()
    before = bench.load_rubric(rubric_at(template))
    start_rubric(
        folder, before.source.own.path, before.rubric, name=name or id_of(folder), title=title
    )
    made = bench.load_rubric(folder)
    said = _("{folder}: a new rubric, {id} {version}, begun from {template}.")
    say(
        said.format(
            folder=folder, id=made.rubric.id, version=made.rubric.version, template=before.rubric.id
        )
    )
    shown = folder if "/" in str(folder) else f"./{folder}"
    say(_("Next: {command}").format(command=f"{PROGRAM} rubric check {shown}"))
