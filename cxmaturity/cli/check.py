"""`check`: demands on a scorecard, for pipelines; exit 1 when one is not met."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli.command import command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import deliver, put
from cxmaturity.cli.parameters import LEVEL, PATH, assignments, folder_argument
from cxmaturity.cli.reports import chosen_format, end_for_plugins, scored
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.exporters.junit import SUFFIX, Demand, write_junit
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import names_of
from cxmaturity.text.terminal import clean
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.demands import Wanted, judged
from cxmaturity.workbench.scorecards import read_scorecard

BELOW = 1
"""Exit code: judged, and below what was demanded."""
_MILLION = 1_000_000


@command(
    "check",
    N_(
        "Judge the engagement in DIR against demands; exit code 1 when one is not met.\n\n"
        "What is undetermined or has no score is not attained, and the message says which "
        "answers would decide. With -o FILE.xml the verdicts are written as JUnit."
    ),
    examples=(
        "check acme --at-least awakening",
        "check acme --dimension silos=2 --coverage 0.8 -o check.xml",
        "check acme --no-worse-than acme-2025 --tolerance 0.1",
    ),
)
@folder_argument
@option("--at-least", "phase", metavar="PHASE", help=N_("Lowest phase that is accepted."))
@option(
    "--dimension",
    "dimensions",
    metavar="ID=LEVEL",
    multiple=True,
    help=N_("Lowest score of a dimension, or of overall; may be given several times."),
)
@option("--coverage", type=LEVEL, metavar="SHARE", help=N_("Share that must be answered, 0 to 1."))
@option(
    "--no-worse-than",
    "earlier",
    type=PATH,
    metavar="OLD",
    help=N_("Engagement or scorecard file that phase and dimensions must not fall behind."),
)
@option(
    "--tolerance",
    type=LEVEL,
    default=0,
    metavar="POINTS",
    help=N_("How far a dimension may fall behind OLD (default: 0)."),
)
@option("-o", "--output", "target", type=PATH, metavar="FILE", help=N_("Write JUnit into a file."))
@click.pass_context
def run(
    context: click.Context,
    *,
    folder: Path,
    phase: str | None,
    dimensions: tuple[str, ...],
    coverage: int | None,
    earlier: Path | None,
    tolerance: int,
    target: Path | None,
) -> None:
    """Score, judge, tell."""
    chosen_format(None, target, {SUFFIX: "junit"})
    least = {
        key: LEVEL.convert(text, None, context) for key, text in assignments(dimensions).items()
    }
    _require_sense(phase, least, coverage, earlier, tolerance)
    bench = quick_workbench()
    opened = bench.open(folder)
    language = report_language(opened.engagement)
    card = scored(bench, opened, leaves=target is not None)
    before = _earlier(bench, earlier) if earlier else None
    wanted = Wanted(phase, least, coverage, before, tolerance)
    names = names_of(card, opened.rubric)
    demands = judged(card, wanted, names, language)
    if target is not None:
        suite = opened.engagement.organisation
        deliver(write_junit(demands, suite=suite, language=language, names=names), target, folder)
    if target != Path("-"):
        put("".join(f"{_verdict(demand)}\n" for demand in demands))
    end_for_plugins(card)
    if not all(demand.met for demand in demands):
        context.exit(BELOW)


def _verdict(demand: Demand) -> str:
    word = _("met") if demand.met else _("NOT MET")
    return clean(f"{word}: {demand.name}. {demand.message}", keep="")


def _earlier(bench: Workbench, path: Path) -> Scorecard:
    return scored(bench, bench.open(path), trace=False) if path.is_dir() else read_scorecard(path)


def _require_sense(
    phase: str | None,
    dimensions: dict[str, int],
    coverage: int | None,
    earlier: Path | None,
    tolerance: int,
) -> None:
    if not (phase or dimensions or coverage is not None or earlier):
        raise UsageError(
            Problem(
                "nothing_demanded",
                "nothing is demanded",
                Where(),
                "say --at-least, --dimension, --coverage or --no-worse-than",
            )
        )
    problems = []
    if coverage is not None and not 0 <= coverage <= _MILLION:
        problems.append(
            Problem("off_scale", "a share lies between 0 and 1", Where(key="--coverage"))
        )
    if tolerance < 0:
        problems.append(
            Problem("off_scale", "a tolerance is not negative", Where(key="--tolerance"))
        )
    if problems:
        raise UsageError(problems)
