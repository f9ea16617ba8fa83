"""`rubric list`: the rubrics that can be named, and those at a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import put, say
from cxmaturity.cli.page_blocks import Block, Line
from cxmaturity.cli.parameters import PATH
from cxmaturity.cli.reports import TEXT
from cxmaturity.cli.rubric_reading import put_blocks
from cxmaturity.errors import CxError
from cxmaturity.model.text import say as say_text
from cxmaturity.text.messages import N_, current_language, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Listed:
    """One rubric in the list."""

    id: str
    version: str
    title: dict[str, str]
    languages: tuple[str, ...]
    dimensions: int
    indicators: int
    facts: int
    cases: int
    owner: str
    folder: str


@command(
    "list",
    N_(
        "The rubrics that can be used by their ids, and those in the folders PATH.\n\n"
        "A folder may be a rubric or hold several."
    ),
    examples=("rubric list", "rubric list ./mine", "rubric list --format json"),
)
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=PATH)
@option(
    "--format",
    "form",
    type=click.Choice([TEXT, "json"]),
    default=TEXT,
    help=N_("Format of the list (default: text)."),
)
def run(*, paths: tuple[Path, ...], form: str) -> None:
    """Read each rubric and list it; one that cannot be read is named on stderr."""
    bench = Workbench()
    found = [
        listed for folder, owner in _folders(bench, paths) for listed in _read(bench, folder, owner)
    ]
    if form == "json":
        put(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n")
        return
    put_blocks(lambda: _blocks(found))


def _folders(bench: Workbench, paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    for found in bench.rubrics():
        yield found.folder, found.owner
    for path in paths:
        if (path / "rubric.toml").exists() or not path.is_dir():
            yield path, str(path)
            continue
        inside = sorted(folder for folder in path.iterdir() if (folder / "rubric.toml").is_file())
        yield from ((folder, str(folder)) for folder in inside or [path])


def _read(bench: Workbench, folder: Path, owner: str) -> Iterator[Listed]:
    try:
        loaded = bench.load_rubric(folder)
    except CxError as error:
        first, more = error.problems[0], len(error.problems) - 1
        said = _("{folder} cannot be used: {problem}").format(
            folder=folder, problem=say_problem(first)
        )
        say(said + (f" (+ {more})" if more else ""))
        return
    rubric = loaded.rubric
    yield Listed(
        rubric.id,
        rubric.version,
        dict(rubric.title),
        rubric.languages,
        len(rubric.dimensions),
        sum(len(dimension.indicators) for dimension in rubric.dimensions.values()),
        len(rubric.facts),
        len(loaded.source.cases),
        owner,
        str(folder),
    )


def _blocks(found: list[Listed]) -> Iterator[Block]:
    if not found:
        yield Line(_("There are no rubrics."))
        return
    language = current_language()
    for one in found:
        title = one_line(say_text(one.title, language))
        yield Line(title, "strong", aside=f"{one.id} {one.version}")
        yield Line(f"{_size(one)} ({', '.join(one.languages)})", indent=2)
        if one.owner:
            yield Line(one_line(one.owner), "quiet", indent=2)


def _size(one: Listed) -> str:
    sizes = (
        ngettext("{count} dimension", "{count} dimensions", one.dimensions).format(
            count=one.dimensions
        ),
        ngettext("{count} indicator", "{count} indicators", one.indicators).format(
            count=one.indicators
        ),
        ngettext("{count} case", "{count} cases", one.cases).format(count=one.cases),
    )
    return ", ".join(sizes)
