"""`evidence`: what one answer rests on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import click

from cxmaturity.cli.command import command, option
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import DATE, complete_keys, folder_argument
from cxmaturity.errors import UsageError, Where
from cxmaturity.model.engagement import Evidence
from cxmaturity.model.rubric import GRADES
from cxmaturity.store.edits import checked
from cxmaturity.store.saving import set_evidence
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench.answering import answer_problems
from cxmaturity.workbench.engagements import evidence_of
from cxmaturity.workbench.values import CLEAR

_GRADES: Final = (*GRADES, CLEAR)


@command(
    "evidence",
    N_(
        "Say what the answer to KEY (dimension.indicator) rests on.\n\n"
        "Grades: claimed is what somebody says, documented what can be read, demonstrated what "
        "has been seen to happen or shown in figures; clear takes the entry away. Without a date "
        "evidence never ages."
    ),
    examples=(
        'evidence acme loop.weekly --grade documented --ref "Agendas of March" --date 2026-03-28',
        "evidence acme loop.weekly --grade clear",
    ),
)
@folder_argument
@click.argument("key", metavar="KEY", shell_complete=complete_keys)
@option("--grade", type=click.Choice(_GRADES), required=True, help=N_("Grade of the evidence."))
@option("--ref", "reference", metavar="TEXT", help=N_("Where the evidence is."))
@option("--date", type=DATE, metavar="DATE", help=N_("Date of the evidence."))
def run(*, folder: Path, key: str, grade: str, reference: str | None, date: dt.date | None) -> None:
    """Check the entry, then save it; what is not said stays as it was."""
    opened = quick_workbench().open(folder)
    before = evidence_of(opened.folder).get(key)
    entry = None
    if grade != CLEAR:
        kept = before or Evidence(grade="claimed")
        entry = checked(
            Evidence,
            grade=grade,
            reference=kept.reference if reference is None else reference,
            date=date or kept.date,
        )
    problems = answer_problems(
        opened, {}, {key: entry or Evidence(grade="claimed")}, lambda path: Where(key=path)
    )
    if problems:
        raise UsageError(problems)
    set_evidence(opened.folder, key, entry)
    say(_("Saved: the evidence of {key}.").format(key=key))
