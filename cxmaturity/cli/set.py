"""`set`: settings of an engagement, all of them or none."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from cxmaturity.cli.command import command
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import assignments, folder_argument
from cxmaturity.store.settings import FIELDS, TABLES
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.workbench.settings import change_settings


def _complete(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    keys = [*(f"{key}=" for key in FIELDS), *(f"{key}." for key in TABLES)]
    return [CompletionItem(key) for key in keys if key.startswith(incomplete)]


@command(
    "set",
    N_(
        "Change settings of an engagement: all that are given, or none.\n\n"
        "Keys: organisation, date, profile, modules, language, baseline, weight.PATH, target.PATH, "
        "labels.NAME, n_min, retention, aggregate_over, respondents, average, axes.AXIS, "
        "group_weight.PLACE, advisors. Several values stand with commas between; clear brings "
        "the default back."
    ),
    examples=(
        "set acme date=2026-03-31 profile=high_touch",
        "set acme weight.people=1.5 target.silos=3",
        "set acme target.silos=clear",
    ),
)
@folder_argument
@click.argument("words", metavar="KEY=VALUE...", nargs=-1, required=True, shell_complete=_complete)
def run(folder: Path, words: tuple[str, ...]) -> None:
    """Check every setting against the rubric, then save."""
    bench = quick_workbench()
    written = assignments(words)
    change_settings(bench, bench.open(folder), written)
    text = ngettext("Saved: {count} setting.", "Saved: {count} settings.", len(written))
    say(text.format(count=len(written)))
