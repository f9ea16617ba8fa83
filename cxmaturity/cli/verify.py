"""`verify`: is everything as it was saved, and does it still come out the same?"""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import put
from cxmaturity.cli.parameters import PATH
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.text.click_words import NN_
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.verifying import Verdict, verify_engagement, verify_scorecard

WRONG = 1
"""Exit code: something is not as it was saved."""
_RESCORED = NN_(
    "{count} scorecard scored again: compared.", "{count} scorecards scored again: compared."
)
_FOLDED = NN_(
    "{count} scorecard of earlier answers: followed from its trace.",
    "{count} scorecards of earlier answers: followed from their traces.",
)
_UNCHECKED = NN_(
    "{count} scorecard of another version of the rubric: not checked.",
    "{count} scorecards of another version of the rubric: not checked.",
)


@command(
    "verify",
    N_(
        "Check the engagement in DIR, or one scorecard file; exit code 1 when something is wrong."
        "\n\n"
        "Of an engagement every file is checked and every kept scorecard scored again. Of a "
        "scorecard every number is followed from its trace; with --against DIR its answers and "
        "values are compared with the engagement too."
    ),
    examples=("verify acme", "verify acme/results/2026-03-31-1.json --against acme"),
)
@click.argument("path", metavar="DIR|SCORECARD", type=PATH)
@option("--against", type=PATH, metavar="DIR", help=N_("Engagement that the scorecard is of."))
@click.pass_context
def run(context: click.Context, *, path: Path, against: Path | None) -> None:
    """Look, tell, and never change anything."""
    bench = Workbench()
    if not path.is_dir():
        verdict = verify_scorecard(bench, path, against)
    elif against is None:
        verdict = verify_engagement(bench, path)
    else:
        raise UsageError(
            Problem(
                "against_folder",
                "--against belongs to a scorecard file",
                Where(str(path)),
                "give the scorecard, or leave --against out",
            )
        )
    for problem in verdict.problems:
        put(f"{say_problem(problem)}\n")
    put("".join(f"{line}\n" for line in _summary(verdict)))
    if verdict.problems:
        context.exit(WRONG)


def _summary(verdict: Verdict) -> list[str]:
    counted = [
        (len(verdict.rescored), _RESCORED),
        (len(verdict.folded), _FOLDED),
        (len(verdict.unchecked), _UNCHECKED),
    ]
    said = [ngettext(*forms, count).format(count=count) for count, forms in counted if count]
    found = len(verdict.problems)
    if found:
        return [*said, ngettext("{count} problem", "{count} problems", found).format(count=found)]
    return [*said, _("Everything is as it was saved.")]
