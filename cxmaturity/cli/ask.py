"""`ask`: the questions one by one on a plain terminal."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.dialogue import Dialogue
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import folder_argument
from cxmaturity.cli.question_page import Writer, show_manual
from cxmaturity.cli.respondent_options import Groups, require_respondent, respondent_options
from cxmaturity.cli.sheets import AssessorSheet, RespondentSheet, Sheet
from cxmaturity.engine.reach import gates_and_blockers
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean
from cxmaturity.workbench.respondents import open_respondent


@command(
    "ask",
    N_(
        "Go through the open questions of the engagement in DIR, one by one.\n\n"
        "Every answer is saved before the next question; stop at any time and go on later. With "
        "--for gates only what decides the phase and the blockers is asked. With --respondent "
        "the questions are put to one person, who stands under a code and answers no facts."
    ),
    examples=(
        "ask acme",
        "ask acme --for gates",
        "ask acme --respondent r07 --group role=staff --group unit=sales/north",
    ),
)
@folder_argument
@option(
    "--for",
    "purpose",
    type=click.Choice(["gates"]),
    help=N_("Only what gates and blockers rest on: the shortest way to a phase."),
)
@respondent_options
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
def run(
    *, folder: Path, purpose: str | None, respondent: str | None, groups: Groups, plain: bool
) -> None:
    """Open, ask, say what comes next."""
    require_respondent(respondent, groups)
    opened = quick_workbench().open(folder)
    report_language(opened.engagement)
    today = dt.datetime.now().astimezone().date()
    only = gates_and_blockers(opened.program) if purpose else None
    sheet: Sheet = AssessorSheet(opened, only)
    if respondent is not None:
        loaded = open_respondent(opened, respondent, groups, today)
        sheet = RespondentSheet(opened, loaded, today, only)
    dialogue = Dialogue(sheet, read=_line, write=_writer(plain=plain), today=today)
    show_manual(dialogue.write)
    dialogue.run()
    answered, asked = dialogue.counts()
    say("")
    say(_("{answered} of {asked} questions are answered.").format(answered=answered, asked=asked))
    say(_("Next: {command}").format(command=f"{PROGRAM} score {folder}"))


def _line() -> str | None:
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


def _writer(*, plain: bool) -> Writer:
    bold = not plain and sys.stderr.isatty() and not os.environ.get("NO_COLOR")

    def write(text: str, *, end: str = "\n", strong: bool = False) -> None:
        harmless = clean(text)
        said = click.style(harmless, bold=True) if strong and bold else harmless
        click.echo(said + end, nl=False, err=True)

    return write
