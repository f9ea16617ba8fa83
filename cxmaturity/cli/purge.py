"""`purge`: everybody's raw answers go when their time is over; published figures stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import put, say
from cxmaturity.cli.parameters import DATE, folder_argument
from cxmaturity.cli.respondent_code import agreed, nothing_changed
from cxmaturity.cli.respondent_erase import out_of_reach
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.erasure import Purged, purge, require_time
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean


@command(
    "purge",
    N_(
        "Erase all respondents' answers of the engagement in DIR, those that the ledger of "
        "publications keeps too. Published figures and measures stay.\n\n"
        "Refused before DATE; without --after the engagement's retention date counts."
    ),
    examples=("purge acme", "purge acme --after 2027-03-31 --yes"),
)
@folder_argument
@option(
    "--after",
    type=DATE,
    metavar="DATE",
    help=N_("Day from which it may be done (default: the engagement's retention)."),
)
@option("--yes", is_flag=True, help=N_("Erase without asking."))
def run(*, folder: Path, after: dt.date | None, yes: bool) -> None:
    """Look at the date, ask, erase, tell."""
    day = after or open_engagement(folder).engagement.retention
    if day is None:
        raise UsageError(
            Problem(
                "no_retention",
                "the engagement has no date after which answers may be erased",
                Where(str(folder)),
                "give --after DATE, or set one with `cxmaturity set DIR retention=DATE`",
            )
        )
    today = dt.datetime.now().astimezone().date()
    require_time(folder, day, today)
    if not yes and not agreed(_("Erase all respondents' answers? It cannot be undone.")):
        command = f"{PROGRAM} purge {folder} --after {day.isoformat()} --yes"
        say(nothing_changed(command))
        return
    put("".join(f"{clean(line)}\n" for line in _told(folder, purge(folder, day, today))))


def _told(folder: Path, purged: Purged) -> Iterator[str]:
    count = purged.respondents
    said = ngettext("Erased: {count} respondent.", "Erased: {count} respondents.", count)
    yield said.format(count=count)
    for path in purged.removed:
        yield "  " + _("{file}: deleted").format(file=path.relative_to(folder))
    if purged.publications:
        numbers = ", ".join(map(str, purged.publications))
        yield "  " + _("ledger: nobody's rows in publication {numbers}").format(numbers=numbers)
    for path in purged.left:
        yield "  " + _("{file}: not known, left alone").format(file=path.relative_to(folder))
    yield from out_of_reach()
