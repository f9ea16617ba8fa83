"""`template`: a form for respondents' answers, to be filled in with any spreadsheet."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import STANDARD, deliver, say
from cxmaturity.cli.parameters import PATH, folder_argument
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.intake.template import csv_bytes, form_of
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench.importing import questionnaire_of


@command(
    "template",
    N_(
        "Write a form for respondents' answers to the engagement in DIR: one row a respondent, one "
        "column a question.\n\n"
        "The ending of FILE says what it is: .xlsx has lists to pick from and a guide; .csv suits "
        "the spreadsheets of the language (Finnish: semicolons). Filled in, it is read by "
        "`cxmaturity import`."
    ),
    examples=("template acme -o answers.xlsx", "template acme -o answers.csv --lang fi"),
)
@folder_argument
@option(
    "-o",
    "--output",
    "target",
    type=PATH,
    metavar="FILE",
    required=True,
    help=N_("The form: a file that ends with .xlsx or .csv, or - for CSV on the output."),
)
def run(*, folder: Path, target: Path) -> None:
    """Make the form and write it."""
    opened = quick_workbench().open(folder)
    report_language(opened.engagement)
    form = form_of(questionnaire_of(opened))
    ending = target.suffix.lower()
    if target == STANDARD or ending == ".csv":
        data = csv_bytes(form)
    elif ending == ".xlsx":
        from cxmaturity.intake.template_workbook import xlsx_bytes

        data = xlsx_bytes(form)
    else:
        what = N_("the ending of '{name}' is of no known format")
        hint = N_("let it end with .xlsx or .csv")
        raise UsageError(Problem("unknown_ending", what, Where(), hint, {"name": target.name}))
    deliver(data, target, folder)
    say(_("Next: {command}").format(command=f"{PROGRAM} import {folder} {target}"))
