"""`respondent attribute`: on record that somebody agreed to be shown as a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import DATE, folder_argument
from cxmaturity.cli.respondent_code import code_argument
from cxmaturity.store.consents import record_consent
from cxmaturity.store.responses import require_respondent
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _


@command(
    "attribute",
    N_(
        "Record that the respondent CODE agreed to be shown by name, as the only leader of a unit "
        "may. Without such a record nobody is.\n\n"
        "Write what was agreed to and how: it is kept with the answers and erased with them."
    ),
    examples=('respondent attribute acme ceo --consent "Agreed by mail, answers may be quoted"',),
)
@folder_argument
@code_argument
@option("--consent", required=True, metavar="TEXT", help=N_("What was agreed to, and how."))
@option("--date", type=DATE, metavar="DATE", help=N_("When it was agreed (default: today)."))
def run(*, folder: Path, code: str, consent: str, date: dt.date | None) -> None:
    """Look whether there is such a person, then record."""
    require_respondent(folder, code)
    record_consent(folder, code, consent, date or dt.datetime.now().astimezone().date())
    say(_("Recorded: {code} may be shown by name.").format(code=code))
