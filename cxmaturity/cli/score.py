"""`score`: the scorecard of an engagement, shown, written, kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import click

from cxmaturity.cli.command import command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.output import deliver, say
from cxmaturity.cli.page import plain_page, render_page
from cxmaturity.cli.parameters import DATE, PATH, folder_argument
from cxmaturity.cli.reports import TEXT, Page, chosen_format, plain_bytes, put_page
from cxmaturity.exporters import ExportOptions, built_in
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.store.results import save_scorecard
from cxmaturity.text.messages import N_, Language, current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.protocol import protocol_of

EXPORTERS: Final = {exporter.name: exporter for exporter in built_in()}


@command(
    "score",
    N_(
        "Score the engagement in DIR and show the result.\n\n"
        "Nothing in the folder changes unless --save is given. The format follows --format, else "
        "the ending of the file."
    ),
    examples=("score acme", "score acme -o acme.md --with-answers", "score acme --format json"),
)
@folder_argument
@option(
    "--format",
    "asked",
    type=click.Choice([TEXT, *EXPORTERS]),
    help=N_("Format of the result (default: text, or by the ending of the file)."),
)
@option("-o", "--output", "target", type=PATH, metavar="FILE", help=N_("Write it into a file."))
@option("--save", is_flag=True, help=N_("Keep the scorecard in the engagement, under results/."))
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
@option(
    "--with-answers", is_flag=True, help=N_("Add every answer in words to a report for people.")
)
@option("--as-of", type=DATE, metavar="DATE", help=N_("Score on another date than its own."))
@option(
    "--rubric-dir",
    type=PATH,
    metavar="PATH",
    help=N_("Judge by a working copy of a rubric; the result is marked as not pinned."),
)
def run(
    *,
    folder: Path,
    asked: str | None,
    target: Path | None,
    save: bool,
    plain: bool,
    with_answers: bool,
    as_of: dt.date | None,
    rubric_dir: Path | None,
) -> None:
    """Score, show or write, and keep."""
    chosen = chosen_format(asked, target, {e.suffix: e.name for e in EXPORTERS.values()})
    bench = Workbench()
    opened = bench.open(folder, rubric_dir)
    language = report_language(opened.engagement)
    card = bench.score(opened, as_of=as_of)
    protocol = protocol_of(opened, language) if with_answers else None
    options = ExportOptions(language, protocol, plain, opened.rubric)
    if chosen != TEXT:
        deliver(EXPORTERS[chosen].write(card, options), target, folder)
    elif target is None:
        put_page(page_of(card, opened.rubric, language), plain=plain)
    else:
        deliver(plain_bytes(page_of(card, opened.rubric, language)), target, folder)
    if save:
        kept = save_scorecard(
            folder, as_of or opened.engagement.date, EXPORTERS["json"].write(card, ExportOptions())
        )
        say(_("Kept: {file}").format(file=kept))


def page_of(card: Scorecard, rubric: Rubric, language: Language | None = None) -> Page:
    """The page of a scorecard in a language."""
    spoken = language or current_language()
    return Page(
        lambda width: plain_page(card, spoken, width=width, rubric=rubric),
        lambda width, ascii_only: render_page(
            card, spoken, width, ascii_only=ascii_only, rubric=rubric
        ),
    )
