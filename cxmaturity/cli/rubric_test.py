"""`rubric test`: a rubric's own cases, and what none of them reaches; exit 1 when one fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from cxmaturity.catalogue.case_coverage import Coverage, coverage
from cxmaturity.catalogue.case_runs import CaseResult, check_names_of_cases, run_cases
from cxmaturity.catalogue.cases import read_cases
from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import deliver
from cxmaturity.cli.parameters import PATH, complete_rubrics
from cxmaturity.cli.reports import TEXT, chosen_format
from cxmaturity.cli.rubric_cases_page import blocks, difference_words, lines_of
from cxmaturity.cli.rubric_naming import rubric_at
from cxmaturity.cli.rubric_reading import Reading, put_blocks, read_whole
from cxmaturity.exporters.junit import SUFFIX, Demand, write_junit
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Workbench

FAILED: Final = 1
"""Exit code: the cases ran, and one did not come out as it says."""
_JUNIT: Final = "junit"


@command(
    "test",
    N_(
        "Run the cases of RUBRIC (an id or a folder), all of them or those named.\n\n"
        "Whatever a case states is compared exactly; exit code 1 when something differs. Then "
        "follows what no case reaches: clauses of gates, caps, findings, levels, options."
    ),
    examples=(
        "rubric test cx_phases",
        "rubric test ./mine board_stares",
        "rubric test ./mine -o cases.xml",
    ),
)
@click.argument("rubric", metavar="RUBRIC", shell_complete=complete_rubrics)
@click.argument("cases", metavar="[CASE]…", nargs=-1)
@option(
    "--format",
    "asked",
    type=click.Choice([TEXT, "json", _JUNIT]),
    help=N_("Format of the result (default: text, or by the ending of the file)."),
)
@option("-o", "--output", "target", type=PATH, metavar="FILE", help=N_("Write it into a file."))
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
@click.pass_context
def run(
    context: click.Context,
    *,
    rubric: str,
    cases: tuple[str, ...],
    asked: str | None,
    target: Path | None,
    plain: bool,
) -> None:
    """Read the cases, run them, tell."""
    form = chosen_format(asked, target, {SUFFIX: _JUNIT, ".json": "json", ".txt": TEXT})
    bench = Workbench()
    loaded = bench.load_rubric(rubric_at(rubric))
    reading = read_whole(bench, loaded)
    written = read_cases(loaded.source, loaded.rubric)
    check_names_of_cases(written, cases)
    results = run_cases(loaded.rubric, loaded.needed.registry, written, cases)
    # What all cases together reach says nothing about a few of them.
    reached = coverage(reading.program, results) if not cases else None
    if form == _JUNIT:
        deliver(_junit(reading, results), target)
    elif form == "json":
        deliver(_json(reading, results, reached), target)
    elif target is not None:
        deliver(lines_of(reading, results, reached).encode(), target)
    else:
        put_blocks(lambda: blocks(reading, results, reached), plain=plain)
    if not all(result.passed for result in results):
        context.exit(FAILED)


def _junit(reading: Reading, results: tuple[CaseResult, ...]) -> bytes:
    demands = [
        Demand(
            f"{result.id}: {reading.text(result.written.case.title)}",
            result.passed,
            "; ".join(difference_words(result)),
        )
        for result in results
    ]
    return write_junit(demands, suite=reading.rubric.id, language=reading.language)


def _json(reading: Reading, results: tuple[CaseResult, ...], reached: Coverage | None) -> bytes:
    found: dict[str, object] = {
        "rubric": reading.rubric.id,
        "version": reading.rubric.version,
        "cases": [
            {
                "id": result.id,
                "title": result.written.case.title,
                "passed": result.passed,
                "differences": list(difference_words(result)),
            }
            for result in results
        ],
    }
    if reached is not None:
        found["not_reached"] = [
            {
                "kind": one.thing.kind,
                "id": one.thing.id,
                "detail": one.thing.detail,
                "missing": list(one.missing),
            }
            for one in reached.missing
        ]
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
