"""`import`: answers and measures from a file, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.import_options import Said, with_options
from cxmaturity.cli.language import report_language
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import put, say
from cxmaturity.cli.parameters import PATH, folder_argument
from cxmaturity.intake.drafting import drafted
from cxmaturity.intake.mapping import Mapping, read_mapping
from cxmaturity.intake.pipeline import Imported, read
from cxmaturity.intake.report import report_data, report_lines
from cxmaturity.model.measures import Series, Wave
from cxmaturity.model.text import say as in_language
from cxmaturity.store.files import read_file
from cxmaturity.text import limits
from cxmaturity.text.messages import N_, current_language, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.numbers import integer_text, score_text
from cxmaturity.workbench.data_plugins import known_measures
from cxmaturity.workbench.importing import Saved, prepare_import, save_imported


@command(
    "import",
    N_(
        "Take respondents' answers, or measures of customers and employees, from FILE (CSV or "
        "XLSX) into the engagement in DIR.\n\n"
        "A file comes in whole or not at all. Columns are found by their exact names, or as "
        "--map says; names, addresses and everything else that is not mapped is never stored. "
        "What cannot be known for sure is asked for, not guessed."
    ),
    examples=(
        "import acme answers.xlsx",
        "import acme survey.csv --dry-run > map.toml",
        "import acme survey.csv --map map.toml --decimal ,",
        "import acme nps.csv --measure nps=SCORE --missing SCORE=11 --period 2026-03",
    ),
)
@folder_argument
@click.argument("file", metavar="FILE", type=PATH)
@option("--layout", metavar="NAME", help=N_("Layout of the file, or a plugin's reader."))
@option("--map", "map_file", type=PATH, metavar="MAP.toml", help=N_("What the columns mean."))
@option("--encoding", metavar="NAME", help=N_("Encoding of a CSV file, such as cp1252."))
@option(
    "--delimiter",
    type=click.Choice([",", ";", "tab", "|"]),
    help=N_("What stands between the cells of a CSV file."),
)
@option("--decimal", type=click.Choice([",", "."]), help=N_("Decimal mark of its numbers."))
@option("--sheet", metavar="NAME", help=N_("Sheet of a workbook."))
@option("--code", metavar="COLUMN", help=N_("Column of the respondents' codes."))
@option(
    "--group",
    "groups",
    multiple=True,
    metavar="AXIS=COLUMN",
    help=N_("Column of a group axis; may be repeated."),
)
@option(
    "--measure",
    "measures",
    multiple=True,
    metavar="MEASURE=COLUMN",
    help=N_("Measure to compute, or MEASURE.PART=COLUMN where it needs several columns."),
)
@option("--weight", metavar="COLUMN", help=N_("Column of the rows' weights."))
@option(
    "--period", metavar="PERIOD", help=N_("2017, 2017-Q2, 2017-05 or two days with .. between.")
)
@option(
    "--missing",
    multiple=True,
    metavar="COLUMN=CODE[,CODE]",
    help=N_("Codes that are no answer."),
)
@option("--population", type=click.IntRange(min=1), metavar="N", help=N_("How many were asked."))
@option(
    "--segment",
    "segments",
    multiple=True,
    metavar="COLUMN",
    help=N_("Column by which measures are split as well."),
)
@option("--keep-unfinished", is_flag=True, help=N_("Use unfinished responses too."))
@option("--replace", "replace_old", is_flag=True, help=N_("Replace what was imported before."))
@option(
    "--dry-run",
    is_flag=True,
    help=N_("Save nothing; print a MAP.toml with what was matched and what was not."),
)
@option(
    "--format",
    "asked",
    type=click.Choice(["text", "json"]),
    default="text",
    help=N_("Form of the report (json goes to the output)."),
)
def run(
    *,
    folder: Path,
    file: Path,
    map_file: Path | None,
    replace_old: bool,
    dry_run: bool,
    asked: str,
    **options: object,
) -> None:
    """Match, read, report, save."""
    bench = quick_workbench()
    opened = bench.open(folder)
    report_language(opened.engagement)
    mapping = _mapping(map_file)
    mapping = with_options(mapping, _said(options), known_measures(bench))
    prepared = prepare_import(bench, opened, file, mapping)
    draft = drafted(prepared)
    if dry_run and asked == "text":
        put(draft)
    imported = read(prepared)
    saved = None if dry_run else save_imported(bench, opened, imported, replace_old=replace_old)
    if asked == "json":
        put(json.dumps(_data(imported, saved, draft), ensure_ascii=True, indent=1) + "\n")
        return
    for line in report_lines(imported.report):
        say(line)
    for line in _outcome(imported, saved):
        say(line)
    if saved:
        say(_("Next: {command}").format(command=f"{PROGRAM} score {folder}"))


def _mapping(map_file: Path | None) -> Mapping:
    if map_file is None:
        return Mapping()
    return read_mapping(read_file(map_file, limits.TOML_BYTES), str(map_file))


def _said(options: dict[str, object]) -> Said:
    if options.get("delimiter") == "tab":
        options["delimiter"] = "\t"
    return Said(**options)  # type: ignore[arg-type]


def _outcome(imported: Imported, saved: Saved | None) -> Iterator[str]:
    for name, series in imported.series.items():
        for wave in series.waves:
            yield _wave_line(name, series, wave)
    if saved is None:
        yield _("Nothing was saved: this was a dry run.")
        return
    if saved.people is not None:
        people = saved.people
        said = _("Respondents: {new} new, {replaced} replaced, {unchanged} as they were")
        yield said.format(new=people.new, replaced=people.replaced, unchanged=people.unchanged)
    for name, changed in saved.waves.items():
        said = ngettext("{name}: {count} period saved", "{name}: {count} periods saved", changed)
        same = _("{name}: as it was")
        yield (said if changed else same).format(name=name, count=changed)


def _wave_line(name: str, series: Series, wave: Wave) -> str:
    language = current_language()
    title = one_line(in_language(series.title, language)) or name
    period = f"{wave.starts or ''}–{wave.ends}"
    count = integer_text(wave.n, language)
    if wave.value is None:
        said = _(
            "{title}, {period}: no value, the answers look like the scale {found} (n {count}); if "
            "they are not, say `scale` in --map"
        )
        return said.format(title=title, period=period, found=one_line(wave.found), count=count)
    value = score_text(wave.value, language)
    if wave.low is None or wave.high is None:
        said = _("{title}, {period}: {value} (n {count})")
        return said.format(title=title, period=period, value=value, count=count)
    low, high = (score_text(end, language) for end in (wave.low, wave.high))
    said = _("{title}, {period}: {value} (n {count}, 95 % {low} … {high})")
    return said.format(title=title, period=period, value=value, count=count, low=low, high=high)


def _data(imported: Imported, saved: Saved | None, draft: str) -> dict[str, object]:
    """The report for programs."""
    people = saved.people if saved else None
    return {
        "format": 1,
        **report_data(imported.report),
        "measures": sorted(imported.series),
        "map": draft,
        "saved": None
        if saved is None
        else {
            "respondents": None
            if people is None
            else {
                "new": people.new,
                "replaced": people.replaced,
                "unchanged": people.unchanged,
            },
            "measures": dict(saved.waves),
        },
    }
