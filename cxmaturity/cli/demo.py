"""`demo`: the example that comes with the program, in a folder of its own to play with."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.language import report_language
from cxmaturity.cli.open import is_terminal, show_interface
from cxmaturity.cli.output import say
from cxmaturity.cli.parameters import PATH
from cxmaturity.cli.reports import put_page, score_page
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import create_example

_NAME = "demo"


@command(
    "demo",
    N_(
        "Open the bundled example, an invented organisation.\n\n"
        "It is copied to a scratch folder, so nothing you do to it matters. With --print only the "
        "page of its results is shown and no copy is left."
    ),
    examples=("demo", "demo --print", "demo --dir example"),
)
@option("--print", "only_print", is_flag=True, help=N_("Show the result and leave no copy."))
@option("--dir", "folder", type=PATH, metavar="DIR", help=N_("Where the copy goes."))
@option("--plain", is_flag=True, help=N_("Plain lines: no colour, no drawing."))
def run(*, only_print: bool, folder: Path | None, plain: bool) -> None:
    """Make the example, score it, show it."""
    bench = Workbench()
    if only_print and folder is None:
        with tempfile.TemporaryDirectory(prefix=f"{PROGRAM}-") as scratch:
            _show(bench, Path(scratch) / _NAME, plain=plain)
        return
    place = folder or Path(tempfile.mkdtemp(prefix=f"{PROGRAM}-")) / _NAME
    if is_terminal() and not only_print and not plain:
        create_example(bench, place)
        say(_("The example lies in {folder}.").format(folder=place))
        show_interface(place)
    _show(bench, place, plain=plain)
    say(_("The example lies in {folder}.").format(folder=place))
    say(_("Next: {command}").format(command=f"{PROGRAM} ask {place}"))


def _show(bench: Workbench, folder: Path, *, plain: bool) -> None:
    create_example(bench, folder)
    opened = bench.open(folder)
    language = report_language(opened.engagement)
    put_page(score_page(bench.score(opened), opened.rubric, language), plain=plain)
