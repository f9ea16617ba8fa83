"""`adopt`: the installed version of the rubric, after showing what it would move."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.output import put, say
from cxmaturity.cli.parameters import folder_argument
from cxmaturity.cli.reports import scored
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.account import Account
from cxmaturity.text.messages import N_, Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names, names_of
from cxmaturity.text.wording import listed
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.adopting import Adoption, adopt, adoption_of, newer_rubric

OVERALL = "overall"


@command(
    "adopt",
    N_(
        "Take the installed version of the engagement's rubric.\n\n"
        "What would move is shown first: phase, scores, findings, and answers that are no longer "
        "asked for. Those are kept and listed, not deleted."
    ),
    examples=("adopt acme", "adopt acme --yes"),
)
@folder_argument
@option("--yes", is_flag=True, help=N_("Take it without asking."))
def run(*, folder: Path, yes: bool) -> None:
    """Show what would move; re-pin when that is wanted."""
    bench = Workbench()
    opened = bench.open(folder)
    language = report_language(opened.engagement)
    installed = newer_rubric(bench, opened)
    if installed is None:
        say(_("The engagement has the installed version already."))
        return
    adoption = adoption_of(bench, opened, installed, lambda each: scored(bench, each))
    put("".join(f"{line}\n" for line in moves(adoption, language)))
    if not (yes or _agreed()):
        say(_("Nothing was changed. To take it: {command}").format(
            command=f"{PROGRAM} adopt {folder} --yes"
        ))  # fmt: skip
        return
    adopt(adoption)
    version = installed.rubric.version
    say(_("Adopted: {rubric} {version}.").format(rubric=installed.rubric.id, version=version))


def _agreed() -> bool:
    return _is_terminal() and click.confirm(_("Take it?"), err=True)


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def moves(adoption: Adoption, language: Language) -> Iterator[str]:
    """What the installed rubric would move, line by line."""
    before, after = adoption.before, adoption.after
    names = names_of(after, adoption.installed.rubric)
    old = adoption.opened.engagement.rubric
    rubric = adoption.installed.rubric
    yield f"{rubric.id} {old.version} → {rubric.version}"
    yield _moved(
        _("Phase"), names.phase(before.phase.id, language), names.phase(after.phase.id, language)
    )
    yield from _scores(before, after, names, language)
    yield from _findings(before, after, names, language)
    if adoption.orphaned:
        said = _("No longer asked, kept and not counted: {answers}")
        yield said.format(answers=listed(adoption.orphaned))


def _scores(before: Scorecard, after: Scorecard, names: Names, language: Language) -> Iterator[str]:
    told = Account(after, names, language)
    old = {**before.dimensions, OVERALL: before.overall}
    new = {**after.dimensions, OVERALL: after.overall}
    old_names = names_of(before)
    for name in dict.fromkeys([*new, *old]):
        was, now = (card[name].score if name in card else None for card in (old, new))
        if was != now or (name in old) != (name in new):
            title = names.of(name, language) if name in new else old_names.of(name, language)
            yield _moved(title, told.number(was), told.number(now))


def _findings(
    before: Scorecard, after: Scorecard, names: Names, language: Language
) -> Iterator[str]:
    old = {finding.id: finding for finding in before.findings}
    new = {finding.id: finding for finding in after.findings}
    for name, finding in new.items():
        if name not in old:
            title = names.text(finding.title, name, language)
            yield _("New finding: {title} ({id})").format(title=title, id=name)
    for name, finding in old.items():
        if name not in new:
            title = names.text(finding.title, name, language)
            yield _("Finding gone: {title} ({id})").format(title=title, id=name)


def _moved(title: str, was: str, now: str) -> str:
    if was == now:
        return _("{title}: {value}, as before").format(title=title, value=was)
    return f"{title}: {was} → {now}"
