"""`score`: the scorecard of an engagement, shown, written, kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cxmaturity.cli.command import command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import deliver, say
from cxmaturity.cli.parameters import DATE, FORMAT, PATH, folder_argument
from cxmaturity.cli.reports import (
    TEXT,
    chosen_format,
    end_for_plugins,
    exporter,
    plain_bytes,
    put_page,
    score_page,
    scored,
)
from cxmaturity.exporters import ExportOptions
from cxmaturity.store.results import save_scorecard
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench.protocol import protocol_of


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
    type=FORMAT,
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
    bench = quick_workbench()
    chosen = chosen_format(asked, target, plugins=bench.plugins)
    written_by = None if chosen == TEXT else exporter(chosen, bench.plugins)
    opened = bench.open(folder, rubric_dir)
    language = report_language(opened.engagement)
    card = scored(bench, opened, leaves=target is not None or save, as_of=as_of)
    protocol = protocol_of(opened, language) if with_answers else None
    if written_by is not None:
        options = ExportOptions(language, protocol, plain, opened.rubric)
        deliver(written_by.write(card, options), target, folder)
    else:
        page = score_page(card, opened.rubric, language, protocol)
        if target is None:
            put_page(page, plain=plain)
        else:
            deliver(plain_bytes(page), target, folder)
    if save:
        kept = save_scorecard(
            folder,
            as_of or opened.engagement.date,
            exporter("json").write(card, ExportOptions()),
        )
        say(_("Kept: {file}").format(file=kept))
    end_for_plugins(card)
