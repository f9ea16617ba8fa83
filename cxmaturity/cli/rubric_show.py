"""`rubric show`: a rubric as pages to read, or merged into one TOML file."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from cxmaturity.catalogue.flat import flat_toml
from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import put
from cxmaturity.cli.page_blocks import Block
from cxmaturity.cli.parameters import complete_rubrics
from cxmaturity.cli.rubric_naming import rubric_at
from cxmaturity.cli.rubric_page import overview
from cxmaturity.cli.rubric_page_parts import dimension_page, fact_page, indicator_page
from cxmaturity.cli.rubric_page_rules import action_page, condition_page, phase_page, rule_page
from cxmaturity.cli.rubric_reading import Reading, put_blocks, read_whole
from cxmaturity.errors import CxError, Problem, UsageError, Where
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Workbench

Page = Callable[[], Iterable[Block]]


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    bench = Workbench()
    try:
        reading = read_whole(bench, bench.load_rubric(rubric_at(ctx.params["rubric"])))
    except (CxError, KeyError):
        return []
    return [CompletionItem(n) for n in subjects_of(reading) if n.startswith(incomplete)]


@command(
    "show",
    N_(
        "Read RUBRIC (an id or a folder), or one part of it.\n\n"
        "SUBJECT is a dimension, dimension.indicator, fact.ID, phase.ID, condition.ID, an action "
        "or the id of a rule. With --flat the rubric is printed as one TOML file, whatever it "
        "extends merged into it."
    ),
    examples=(
        "rubric show cx_phases",
        "rubric show cx_phases loop",
        "rubric show ./mine --flat",
    ),
)
@click.argument("rubric", metavar="RUBRIC", shell_complete=complete_rubrics)
@click.argument("subject", metavar="[SUBJECT]", required=False, shell_complete=_complete)
@option("--flat", is_flag=True, help=N_("Print the merged TOML."))
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
def run(*, rubric: str, subject: str | None, flat: bool, plain: bool) -> None:
    """Read the rubric and show the part that was asked for."""
    bench = Workbench()
    loaded = bench.load_rubric(rubric_at(rubric))
    if flat:
        put(flat_toml(loaded.source.data))
        return
    reading = read_whole(bench, loaded)
    put_blocks(page_of(reading, subject), plain=plain)


def page_of(reading: Reading, subject: str | None) -> Page:
    """The page about a subject; raises UsageError with the nearest names."""
    if subject is None:
        return lambda: overview(reading)
    pages = _pages(reading)
    if subject not in pages:
        near = ", ".join(difflib.get_close_matches(subject, pages, 3))
        raise UsageError(
            Problem(
                "unknown_name",
                "there is nothing called '{name}' in this rubric",
                Where(),
                "did you mean {near}?"
                if near
                else "without a name the overview lists what there is",
                {"name": subject, "near": near},
            )
        )
    return pages[subject]


def subjects_of(reading: Reading) -> list[str]:
    """Everything that has a page of its own."""
    return list(_pages(reading))


def _pages(reading: Reading) -> dict[str, Page]:
    """Every subject; what stands first wins where two have one name."""
    rubric = reading.rubric
    found: dict[str, Page] = {}

    def add(name: str, page: Callable[[Reading, str], Iterable[Block]], key: str) -> None:
        found.setdefault(name, lambda: page(reading, key))

    for name in rubric.dimensions:
        add(name, dimension_page, name)
    for path in reading.program.leaf_index:
        add(path, indicator_page, path)
    for name in rubric.facts:
        add(f"fact.{name}", fact_page, name)
    for name in rubric.rules:
        add(name, rule_page, name)
    for name in rubric.phases:
        add(f"phase.{name}", phase_page, name)
    for name in rubric.conditions:
        add(f"condition.{name}", condition_page, name)
    for name in rubric.actions:
        add(f"action.{name}", action_page, name)
        add(name, action_page, name)
    return found
