"""`why`: the trace of a phase, a score, a fact or a rule in words."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from cxmaturity.cli.command import command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.page import plain_why, why_page
from cxmaturity.cli.parameters import complete_keys, folder_argument
from cxmaturity.cli.reports import Page, end_for_plugins, put_page, scored
from cxmaturity.text.messages import N_


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    words = [CompletionItem(word) for word in ("phase", "overall") if word.startswith(incomplete)]
    return [*words, *complete_keys(ctx, param, incomplete)]


@command(
    "why",
    N_(
        "Explain why something in the result of DIR is as it is.\n\n"
        "SUBJECT is phase (the default), phase.ID, overall, a dimension, dimension.indicator, "
        "fact.ID, or the id of a rule."
    ),
    examples=("why acme", "why acme phase.change", "why acme loop", "why acme STARING"),
)
@folder_argument
@click.argument("subject", metavar="[SUBJECT]", default="phase", shell_complete=_complete)
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
def run(*, folder: Path, subject: str, plain: bool) -> None:
    """Score and tell the part that was asked about."""
    bench = quick_workbench()
    opened = bench.open(folder)
    language = report_language(opened.engagement)
    card = scored(bench, opened)
    page = Page(
        lambda width: plain_why(card, subject, language, width=width, rubric=opened.rubric),
        lambda width, ascii_only: why_page(
            card, subject, language, width, ascii_only=ascii_only, rubric=opened.rubric
        ),
    )
    put_page(page, plain=plain)
    end_for_plugins(card)
