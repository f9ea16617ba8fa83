"""`respondent erase`: a person's answers go for good, and what cannot be reached is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import put, say
from cxmaturity.cli.parameters import folder_argument
from cxmaturity.cli.respondent_code import agreed, code_argument, nothing_changed
from cxmaturity.store.erasure import Erased, erase_respondent, export_respondent
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean


@command(
    "erase",
    N_(
        "Erase everything that the engagement in DIR holds on the respondent CODE: answers, also "
        "in imports, consent, and what the ledger of publications keeps of them.\n\n"
        "Figures that were published stay. What this program cannot reach is listed."
    ),
    examples=("respondent erase acme r07", "respondent erase acme r07 --yes"),
)
@folder_argument
@code_argument
@option("--yes", is_flag=True, help=N_("Erase without asking."))
def run(*, folder: Path, code: str, yes: bool) -> None:
    """Ask, erase, tell."""
    if not yes:
        export_respondent(folder, code)  # Somebody unknown is refused before anybody is asked.
        question = _("Erase everything on {code}? It cannot be undone.").format(code=code)
        if not agreed(question):
            say(nothing_changed(f"{PROGRAM} respondent erase {folder} {code} --yes"))
            return
    erased = erase_respondent(folder, code)
    put("".join(f"{clean(line)}\n" for line in _told(folder, erased)))
    say(_("Next: {command}").format(command=f"{PROGRAM} score {folder}"))


def _told(folder: Path, erased: Erased) -> Iterator[str]:
    yield _("Erased: {code}").format(code=erased.code)
    for path in erased.removed:
        yield "  " + _("{file}: deleted").format(file=path.relative_to(folder))
    for path in erased.rewritten:
        yield "  " + _("{file}: written again without this person").format(
            file=path.relative_to(folder)
        )
    if erased.publications:
        numbers = ", ".join(map(str, erased.publications))
        yield "  " + _("ledger: nobody's row in publication {numbers}").format(numbers=numbers)
    if erased.mentions:
        yield _("The code still stands in:")
        yield from (f"  {path.relative_to(folder)}" for path in erased.mentions)
    yield from out_of_reach()


def out_of_reach(heading: str = "") -> Iterator[str]:
    """What the program cannot reach when it erases or looks for somebody, line by line."""
    yield heading or _("Out of reach, for you to look after:")
    for line in (
        _("reports and files that were sent or written elsewhere, and the figures in results/"),
        _("the history of version control, if responses/ was ever committed"),
        _("backups, copies by sync programs, and the data that imports came from"),
        _("the list of who has which code"),
    ):
        yield f"  {line}"
