"""For cxmaturity: a scorecard as CSV, one row per node, and recommendations as a calendar."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity import hookimpl
from cxmaturity.hookspecs import Exporter, PluginCommand
from cxmaturity_export_csv_nodes.calendar import calendar
from cxmaturity_export_csv_nodes.nodes import CSV_NODES


@hookimpl
def cxm_exporters() -> Iterable[Exporter]:
    """The format `csv-nodes`."""
    return [CSV_NODES]


@hookimpl
def cxm_commands() -> Iterable[PluginCommand]:
    """The command `calendar`."""
    return [PluginCommand("calendar", "recommendations by horizon as an .ics file", calendar)]
