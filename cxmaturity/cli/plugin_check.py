"""`plugin check`: what is wrong with a plugin before it is shipped; exit 1 when something is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from cxmaturity.cli.command import command
from cxmaturity.cli.output import put
from cxmaturity.cli.parameters import PATH
from cxmaturity.hookspecs import Combiner, Function, QuestionKind
from cxmaturity.testing import combiner_faults, function_faults, kind_faults
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.problems import say_problem
from cxmaturity.text.terminal import clean
from cxmaturity.workbench.plugin_checking import check_plugin

WRONG: Final = 1
"""Exit code: something is wrong with the plugin."""


@command(
    "check",
    N_(
        "Check the plugin at PATH, a package's folder or a single Python file.\n\n"
        "Its metadata, what its hooks give, the laws of scoring for its kinds and methods, and its "
        "texts in both languages. The plugin's code is run."
    ),
    examples=("plugin check ./acme-pack", "plugin check acme.py"),
)
@click.argument("path", metavar="PATH", type=PATH)
@click.pass_context
def run(context: click.Context, *, path: Path) -> None:
    """Load it from where it lies, tell what is wrong."""
    checked = check_plugin(path, _laws)
    for problem in checked.problems:
        put(f"{say_problem(problem)}\n")
    for hook, names in checked.records.items():
        put(f"{hook}: {clean(', '.join(names))}\n")
    count = len(checked.problems)
    if not count:
        put(_("Nothing is wrong with it.") + "\n")
        return
    put(ngettext("{count} problem", "{count} problems", count).format(count=count) + "\n")
    context.exit(WRONG)


def _laws(_hook: str, record: Any) -> Iterator[str]:  # noqa: ANN401 - one of the records
    """Broken laws of a record, tried with the defaults of its settings where it has them."""
    if isinstance(record, Function):
        yield from function_faults(record)
    elif isinstance(record, Combiner | QuestionKind):
        needed = any(field.is_required() for field in record.settings.model_fields.values())
        if isinstance(record, Combiner):
            yield from () if needed else combiner_faults(record)
        else:
            yield from () if needed else kind_faults(record, {})
