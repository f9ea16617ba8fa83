"""`rubric check`: what a rubric cannot mean, and what never came up; exit 1 for errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import click

from cxmaturity.catalogue.check import SEED, WORLDS, Basis, Checked, Gravity, Message, check_rubric
from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import put
from cxmaturity.cli.page_blocks import Block, Gap, Heading, Line, Tone
from cxmaturity.cli.parameters import complete_rubrics
from cxmaturity.cli.reports import TEXT
from cxmaturity.cli.rubric_naming import rubric_at
from cxmaturity.cli.rubric_reading import put_blocks, whole_program
from cxmaturity.errors import Problem
from cxmaturity.model.text import say
from cxmaturity.text.messages import N_, current_language, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.text.numbers import integer_text
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench import LoadedRubric, Workbench

FOUND: Final = 1
"""Exit code: the rubric can be read, and has errors."""

_HEADINGS: Final[dict[Gravity, str]] = {
    "error": N_("Errors"),
    "warning": N_("Warnings"),
    "note": N_("For information"),
}
_TONES: Final[dict[Gravity, Tone]] = {"error": "blocker", "warning": "risk", "note": "note"}
_BASES: Final[dict[Basis, str]] = {
    "proved": N_("proved"),
    "shown": N_("shown by an example"),
    "not_seen": N_("not seen"),
    "written": N_("as it is written"),
}


@command(
    "check",
    N_(
        "Check what RUBRIC (an id or a folder) means, once its files are in order.\n\n"
        "Rules that never fire, phases that cannot be attained and gates that contradict "
        "themselves are proved and are errors (exit code 1). What did not come up in drawn worlds "
        "is only said to be not seen: it is rare, or impossible."
    ),
    examples=("rubric check cx_phases", "rubric check ./mine --format json"),
)
@click.argument("rubric", metavar="RUBRIC", shell_complete=complete_rubrics)
@option(
    "--format",
    "form",
    type=click.Choice([TEXT, "json"]),
    default=TEXT,
    help=N_("Format of the findings (default: text)."),
)
@option(
    "--worlds",
    type=click.IntRange(min=1, max=10_000_000),
    default=WORLDS,
    metavar="COUNT",
    help=N_("How many worlds are drawn (default: 100000)."),
)
@option(
    "--seed",
    type=click.IntRange(min=0),
    default=SEED,
    metavar="NUMBER",
    help=N_("Another seed draws other worlds; the same one draws the same (default: 1)."),
)
@click.pass_context
def run(context: click.Context, *, rubric: str, form: str, worlds: int, seed: int) -> None:
    """Load, check, tell."""
    bench = Workbench()
    loaded = bench.load_rubric(rubric_at(rubric))
    program = whole_program(bench, loaded)
    checked = check_rubric(
        loaded.source, loaded.rubric, program, worlds=worlds, raised=min(worlds, 10_000), seed=seed
    )
    checked = replace(checked, messages=(*checked.messages, *_house_rules(bench, loaded)))
    if form == "json":
        put(json.dumps(_plain(checked), ensure_ascii=False, indent=2) + "\n")
    else:
        title = say(loaded.rubric.title, current_language())
        name = f"{loaded.rubric.id} {loaded.rubric.version}"
        put_blocks(lambda: _blocks(checked, title, name))
    if checked.has_errors:
        context.exit(FOUND)


def _house_rules(bench: Workbench, loaded: LoadedRubric) -> Iterator[Message]:
    """What the rubric checks of plugins find, under their names."""
    hint = N_("rule '{rule}' of the plugin {plugin}")
    for found, rule, plugin in bench.plugins.house_rules(loaded.rubric):
        words = say(found.what, current_language())
        values = {"words": words, "rule": rule.name, "plugin": plugin.candidate.distribution}
        where = loaded.source.origins.where(tuple(found.key.split(".")))
        yield Message(
            found.severity, "written", Problem(found.code, "{words}", where, hint, values)
        )


def _plain(checked: Checked) -> dict[str, object]:
    return {
        "worlds": checked.worlds,
        "raised": checked.raised,
        "seed": checked.seed,
        "messages": [_message(message) for message in checked.messages],
    }


def _message(message: Message) -> dict[str, object]:
    said, where = say_problem(message.problem), message.problem.where
    return {
        "gravity": message.gravity,
        "basis": message.basis,
        "code": message.problem.code,
        "what": said.what,
        "hint": said.hint,
        "where": {
            "file": where.file, "line": where.line, "column": where.column, "key": where.key,
        },
    }  # fmt: skip


def _blocks(checked: Checked, title: str, name: str) -> Iterator[Block]:
    yield Line(one_line(title), "strong", aside=name)
    for gravity, heading in _HEADINGS.items():
        messages = [message for message in checked.messages if message.gravity == gravity]
        if messages:
            yield Heading(_(heading), str(len(messages)))
        for message in messages:
            said = say_problem(message.problem)
            basis = _(_BASES[message.basis])
            yield Line(said.what, _TONES[gravity], aside=f"{basis}: {message.problem.code}")
            if said.hint:
                yield Line(said.hint, indent=2)
            yield Line(said.where, "quiet", indent=2)
            yield Gap()
    yield Heading(_("Result"))
    yield Line(_verdict(checked))
    yield Line(_effort(checked), "quiet")


def _verdict(checked: Checked) -> str:
    parts = (
        ngettext("{count} error", "{count} errors", checked.count("error")).format(
            count=checked.count("error")
        ),
        ngettext("{count} warning", "{count} warnings", checked.count("warning")).format(
            count=checked.count("warning")
        ),
        ngettext("{count} note", "{count} notes", checked.count("note")).format(
            count=checked.count("note")
        ),
    )
    return ", ".join(parts) + "."


def _effort(checked: Checked) -> str:
    language = current_language()
    said = _("Tried in {worlds} drawn worlds (seed {seed}); every level raised by one in {raised}.")
    return said.format(
        worlds=integer_text(checked.worlds, language),
        raised=integer_text(checked.raised, language),
        seed=checked.seed,
    )
