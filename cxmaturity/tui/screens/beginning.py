"""Beginning with an engagement: a new one, one that lies in a folder, a copy of the example."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from cxmaturity.errors import CxError
from cxmaturity.text.messages import current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import date_text
from cxmaturity.tui.safe import line, problem_lines
from cxmaturity.tui.screens.place import Host
from cxmaturity.tui.widgets.dialog import Form


def ask_new(host: Host, app: App[Any]) -> None:
    """Ask what a new engagement needs, make it, open it."""
    from cxmaturity.tui.session import today
    from cxmaturity.workbench.creating import DEFAULT_RUBRIC

    known = ", ".join(line(found.id) for found in host.bench.rubrics())
    fields = [
        ("organisation", _("Organisation"), ""),
        ("folder", _("New folder"), str(Path.cwd() / "engagement")),
        ("date", _("Date of the assessment"), date_text(today(), current_language())),
        ("rubric", _("Rubric: {known}, or a folder such as ./mine").format(known=known),
         DEFAULT_RUBRIC),
    ]  # fmt: skip

    def opened(values: Mapping[str, str] | None) -> None:
        if values is not None:
            host.open_engagement(folder_of(values["folder"]))

    form = Form(
        _("New engagement"), fields, lambda values: _make(host, values),
        plain_signs=host.plain_signs,
    )  # fmt: skip
    app.push_screen(form, opened)


def _make(host: Host, values: Mapping[str, str]) -> Sequence[str]:
    from cxmaturity.tui.screens.asking import written_date
    from cxmaturity.workbench.creating import Beginning, create_engagement

    try:
        date = written_date(values["date"])
    except ValueError:
        date = None
    missing = [
        _("An organisation is needed.") if not values["organisation"].strip() else "",
        _("A folder is needed.") if not values["folder"].strip() else "",
        _("A date is needed, such as {example}.").format(example="2026-03-31") if not date else "",
    ]
    if any(missing) or date is None:
        return [said for said in missing if said]
    try:
        create_engagement(
            host.bench,
            folder_of(values["folder"]),
            Beginning(values["organisation"].strip(), date),
            rubric=values["rubric"].strip() or None,
        )
    except CxError as error:
        return problem_lines(error.problems)
    return ()


def ask_folder(host: Host, app: App[Any]) -> None:
    """Ask for the folder of an engagement and open it."""

    def opened(values: Mapping[str, str] | None) -> None:
        if values is not None:
            host.open_engagement(folder_of(values["folder"]))

    def check(values: Mapping[str, str]) -> Sequence[str]:
        folder = folder_of(values["folder"])
        if (folder / "engagement.toml").is_file():
            return ()
        return [_("There is no engagement in {folder}.").format(folder=line(str(folder)))]

    fields = [("folder", _("Folder of the engagement"), f"{Path.cwd()}/")]
    form = Form(_("Open a folder"), fields, check, plain_signs=host.plain_signs)
    app.push_screen(form, opened)


def open_example(host: Host) -> None:
    """Copy the example into a scratch folder and open it."""

    def make() -> Path:
        from cxmaturity.workbench.creating import create_example

        folder = Path(tempfile.mkdtemp(prefix="cxmaturity-")) / "example"
        create_example(host.bench, folder)
        return folder

    def failed(error: Exception) -> None:
        problems = problem_lines(error.problems) if isinstance(error, CxError) else [str(error)]
        host.show_lines(_("There is no example"), problems)

    host.beside(make, host.open_engagement, failed)


def folder_of(text: str) -> Path:
    """The folder that a person wrote; ``~`` is their own."""
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:
        return Path(text.strip())
