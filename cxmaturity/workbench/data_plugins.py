"""Measures and readers of plugins, called so that a failing one is named and stays alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cxmaturity.errors import InputError, PluginError, Problem, Where
from cxmaturity.extension.host import Plugin
from cxmaturity.hookspecs import Measure, Reader, ReadReport
from cxmaturity.hookspecs import Table as ReadTable
from cxmaturity.intake.laying_out import LaidFile, lay_out_file, lay_out_table
from cxmaturity.intake.layouts.known import LAYOUTS, layout_named
from cxmaturity.intake.mapping import Mapping
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Workbench

SURE: Final = 0.9
"""A reader that is not asked for by name must be this sure that a file is its own."""
_HEAD_BYTES: Final = 65_536


def known_measures(bench: Workbench) -> dict[str, Measure]:
    """Every measure by name; a plugin's that fails raises PluginError."""
    return bench.plugins.measures()


def plugin_of_measure(bench: Workbench, name: str) -> str:
    """The distribution whose plugin defines a measure; empty for what comes with the product."""
    found = bench.plugins.host.records("cxm_measures").get(name)
    return "" if found is None or found[1].is_built_in else found[1].candidate.distribution


def laid_out(bench: Workbench, path: Path, mapping: Mapping) -> LaidFile:
    """The file by the layout or reader that is named, else by the one that knows it for sure."""
    if any(layout.name == mapping.layout for layout in LAYOUTS):
        return lay_out_file(path, mapping)
    bench.plugins.readers()
    readers = bench.plugins.host.records("cxm_readers")
    if mapping.layout is not None:
        if mapping.layout not in readers:
            layout_named(mapping.layout, list(readers))
        return _read_by(bench, *readers[mapping.layout], path, mapping)
    sure = [
        (reader, owner)
        for reader, owner in readers.values()
        if _sureness(bench, reader, owner, path) >= SURE
    ]
    if len(sure) > 1:
        what, hint = N_("this may be any of the layouts {names}"), N_("say which with --layout")
        names = ", ".join(reader.name for reader, _owner in sure)
        problem = Problem("layout_ambiguous", what, Where(path.name), hint, {"names": names})
        raise InputError(problem)
    return _read_by(bench, *sure[0], path, mapping) if sure else lay_out_file(path, mapping)


def _sureness(bench: Workbench, reader: Reader, owner: Plugin, path: Path) -> float:
    """How sure a reader is; one that fails is named and knows nothing."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return 0.0  # Opening it as a table says why.
    host = bench.plugins.host
    outcome = host.guard.call(owner.name, reader.name, lambda: float(reader.sniff(head)))
    if outcome.reason:
        host.note(owner, f"{reader.name}: {outcome.reason}")
    return outcome.value or 0.0


def _read_by(
    bench: Workbench, reader: Reader, owner: Plugin, path: Path, mapping: Mapping
) -> LaidFile:
    """The table of a plugin's reader; what it cannot read is the file's fault, the rest its own."""
    said = {
        "encoding": mapping.encoding,
        "delimiter": mapping.delimiter,
        "decimal": mapping.decimal,
        "sheet": mapping.sheet,
    }
    options = {name: value for name, value in said.items() if value is not None}

    def read() -> tuple[ReadTable, ReadReport] | ValueError:
        try:
            with path.open("rb") as stream:
                return reader.read(stream, options)
        except ValueError as error:
            return error

    host = bench.plugins.host
    outcome = host.guard.call(owner.name, reader.name, read)
    match outcome.value:
        case (ReadTable() as table, ReadReport() as report):
            return lay_out_table(table, report, path=path, reader=reader.name)
        case ValueError() as error:
            where = Where(path.name)
            raise InputError(
                Problem("unreadable", "cannot be read: {reason}", where, "", {"reason": str(error)})
            )
    reason = outcome.reason or "a table and a report are wanted"
    raise PluginError(host.note(owner, f"{reader.name}: {reason}", fatal=True))
