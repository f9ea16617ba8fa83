"""`new`: an engagement in a new folder, with its own copy of the rubric."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import DATE, PATH, complete_rubrics, folder_argument
from cxmaturity.text.messages import LANGUAGES, N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import Beginning, create_engagement


@command(
    "new",
    N_(
        "Start an engagement in the new folder DIR.\n\n"
        "The rubric is copied into it, so the same answers give the same result for ever. A "
        "folder that holds something is never touched."
    ),
    examples=(
        'new acme --organisation "Acme Ltd"',
        'new acme-2027 --organisation "Acme Ltd" --from acme',
    ),
)
@folder_argument
@option("--organisation", metavar="NAME", required=True, help=N_("Name of the organisation."))
@option(
    "--rubric",
    metavar="ID|PATH",
    shell_complete=complete_rubrics,
    help=N_("Rubric to judge by: an id, or a path such as ./mine (default: cx_phases)."),
)
@option("--profile", metavar="ID", help=N_("Profile of weights, as the rubric names them."))
@option("--date", type=DATE, metavar="DATE", help=N_("Date of the assessment (default: today)."))
@option(
    "--from",
    "earlier",
    type=PATH,
    metavar="OLD",
    help=N_("Earlier engagement: take over its settings, answers and evidence, not its results."),
)
@option(
    "--language",
    type=click.Choice(LANGUAGES),
    help=N_("Language of this engagement's reports when none is asked for."),
)
def run(
    *,
    folder: Path,
    organisation: str,
    rubric: str | None,
    profile: str | None,
    date: dt.date | None,
    earlier: Path | None,
    language: str | None,
) -> None:
    """Create the folder and say how to go on."""
    today = dt.datetime.now().astimezone().date()
    beginning = Beginning(organisation, date or today, profile, language)
    made = create_engagement(Workbench(), folder, beginning, rubric=rubric, earlier=earlier)
    pinned = made.engagement.rubric
    said = _("{folder}: a new engagement, judged by {rubric} {version}.")
    say(said.format(folder=folder, rubric=pinned.id, version=pinned.version))
    say(_("Next: {command}").format(command=f"{PROGRAM} ask {folder}"))
