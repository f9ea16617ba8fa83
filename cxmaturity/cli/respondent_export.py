"""`respondent export`: everything that is held on one person, for that person."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import deliver, say
from cxmaturity.cli.parameters import PATH, folder_argument
from cxmaturity.cli.respondent_code import code_argument
from cxmaturity.cli.respondent_erase import out_of_reach
from cxmaturity.store.erasure import export_respondent
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _


@command(
    "export",
    N_(
        "Everything that the engagement in DIR holds on the respondent CODE, as TOML: answers, "
        "groups, consent, and what the ledger of publications keeps.\n\n"
        "Hand it to nobody but that person."
    ),
    examples=("respondent export acme r07 -o r07.toml",),
)
@folder_argument
@code_argument
@option("-o", "--output", "target", type=PATH, metavar="FILE", help=N_("File to write."))
def run(*, folder: Path, code: str, target: Path | None) -> None:
    """Read, write, change nothing."""
    deliver(export_respondent(folder, code), target, folder)
    for line in out_of_reach(_("Not in it, for you to look for:")):
        say(line)
