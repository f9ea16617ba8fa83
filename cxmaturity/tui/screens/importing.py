"""Survey data from a file: first what it would bring, then, when the user agrees, all of it.

Nothing is saved before the report was read.  What needs more to be said than a file and a map is
said on the command line, which is named.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from cxmaturity.errors import CxError
from cxmaturity.model.text import say
from cxmaturity.text.messages import current_language, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.safe import line, problem_lines, unexpected
from cxmaturity.tui.screens.beginning import folder_of
from cxmaturity.tui.screens.place import Host
from cxmaturity.tui.widgets.dialog import Consent, Form
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen
from cxmaturity.tui.widgets.sheet import Draw

if TYPE_CHECKING:
    from cxmaturity.intake.pipeline import Imported
    from cxmaturity.workbench import Opened
    from cxmaturity.workbench.importing import Saved


Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which file is wanted in which engagement; ``columns`` is a map of its columns."""

    engagement: Path
    file: Path
    columns: Path | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A file that was read for an engagement; nothing is saved yet."""

    opened: Opened
    imported: Imported


def ask_import(host: Host, app: App[Any], engagement: Path, tell: Tell) -> None:
    """Ask for a file, say what it would bring to the engagement, import it on consent.

    ``tell`` says what is going on meanwhile.
    """

    def check(values: Mapping[str, str]) -> Sequence[str]:
        missing = [
            name
            for name in (values["file"].strip(), values["map"].strip())
            if name and not folder_of(name).is_file()
        ]
        if not values["file"].strip():
            return [_("A file is needed.")]
        return [_("There is no file {file}.").format(file=line(name)) for name in missing]

    def asked(values: Mapping[str, str] | None) -> None:
        if values is not None:
            file, mapping = (values[name].strip() for name in ("file", "map"))
            columns = folder_of(mapping) if mapping else None
            tell(_("Reading {file} …").format(file=line(Path(file).name)))
            _try(host, app, Wish(engagement, folder_of(file), columns), tell)

    fields = [
        ("file", _("File of answers or measures: CSV or XLSX"), f"{Path.cwd()}/"),
        ("map", _("What its columns mean, a MAP.toml; empty: found by their names"), ""),
    ]
    title = _("Import into {name}").format(name=line(engagement.name))
    app.push_screen(Form(title, fields, check, plain_signs=host.plain_signs), asked)


def _try(host: Host, app: App[Any], wish: Wish, tell: Tell) -> None:
    """Read the file beside the screen and show the report."""

    def show(tried: Tried) -> None:
        tell("")

        def agreed(answer: str | None) -> None:
            if answer is not None:
                _save(host, tried)

        report = _page(report_words(tried.imported))
        window = Consent(
            _("What the file would bring"),
            report,
            _("Enter imports it; Esc leaves everything as it is."),
            plain_signs=host.plain_signs,
        )
        app.push_screen(window, agreed)

    def failed(error: Exception) -> None:
        tell("")
        problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
        said = [*problem_lines(problems), "", *_other_way(wish)]
        host.show_lines(_("This file cannot be imported like this"), said)

    host.beside(lambda: read_file_for(host, wish), show, failed)


def read_file_for(host: Host, wish: Wish) -> Tried:
    """What a file would bring; raises CxError with everything in it that is not understood."""
    from cxmaturity.intake.mapping import Mapping as ColumnMap
    from cxmaturity.intake.mapping import read_mapping
    from cxmaturity.intake.pipeline import read
    from cxmaturity.store.files import read_file
    from cxmaturity.text import limits
    from cxmaturity.workbench.importing import prepare_import

    opened = host.bench.open(wish.engagement)
    columns = ColumnMap()
    if wish.columns:
        data = read_file(wish.columns, limits.TOML_BYTES)
        columns = read_mapping(data, str(wish.columns))
    return Tried(opened, read(prepare_import(host.bench, opened, wish.file, columns)))


def _save(host: Host, tried: Tried) -> None:
    """Save everything beside the screen, and say what changed."""

    def save() -> Saved:
        from cxmaturity.workbench.importing import save_imported

        return save_imported(host.bench, tried.opened, tried.imported)

    def saved(what: Saved) -> None:
        host.data_imported(tried.opened.folder.path)
        host.show_lines(_("Imported"), outcome_words(tried.imported, what))

    def failed(error: Exception) -> None:
        problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
        host.show_lines(_("Nothing was imported"), problem_lines(problems))

    host.beside(save, saved, failed)


def report_words(imported: Imported) -> list[str]:
    """What was found in the file, in lines."""
    from cxmaturity.intake.report import report_lines

    said = list(report_lines(imported.report))
    if imported.people is not None:
        count = len(imported.people)
        text = ngettext("{count} respondent", "{count} respondents", count)
        said.append(text.format(count=count))
    for name, series in imported.series.items():
        title = line(say(series.title, current_language())) or name
        text = ngettext("{title}: {count} period", "{title}: {count} periods", len(series.waves))
        said.append(text.format(title=title, count=len(series.waves)))
    return said


def outcome_words(imported: Imported, saved: Saved) -> list[str]:
    """What the import changed, in lines."""
    said = []
    if saved.people is not None:
        people = saved.people
        text = _("Respondents: {new} new, {replaced} replaced, {unchanged} as they were")
        said.append(
            text.format(new=people.new, replaced=people.replaced, unchanged=people.unchanged)
        )
    for name, changed in saved.waves.items():
        title = line(say(imported.series[name].title, current_language())) or name
        text = ngettext("{name}: {count} period saved", "{name}: {count} periods saved", changed)
        same = _("{name}: as it was")
        said.append((text if changed else same).format(name=title, count=changed))
    return said


def _other_way(wish: Wish) -> list[str]:
    """The command line, for what a file's name alone does not say."""
    words = ["cxmaturity", "import", str(wish.engagement), str(wish.file)]
    command = line(" ".join(map(shlex.quote, words)))
    return [
        _("With options, or with a map of its columns, it may be taken on the command line:"),
        f"  {command} --dry-run > map.toml",
        f"  {command} --map map.toml",
    ]


def _page(said: Sequence[str]) -> Draw:
    def draw(frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        for sentence in said:
            text = line(sentence)
            pen.say(text, indent=len(sentence) - len(sentence.lstrip()))
        return pen.drawing()

    return draw
