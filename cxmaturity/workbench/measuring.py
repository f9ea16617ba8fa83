"""Measures of plugins, made safe to compute with: an exact figure inside its range, or a reason.

They are given copies; what they give is looked at before it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cxmaturity.errors import PluginError
from cxmaturity.extension.host import Host, Plugin
from cxmaturity.hookspecs import Interval, Measure, MeasureValue


def safe_measure(host: Host, measure: Measure, plugin: Plugin) -> Measure:
    """The measure of a plugin; computing it raises PluginError where it fails, once noted."""

    def compute(
        columns: Mapping[str, Sequence[int | None]], weights: Sequence[int] | None
    ) -> MeasureValue | None:
        copies = {name: tuple(column) for name, column in columns.items()}
        own = None if weights is None else tuple(weights)

        def judged() -> tuple[Any, str]:
            found = measure.compute(copies, own)
            return found, "" if found is None else _wrong(found, measure.range)

        outcome = host.guard.call(plugin.name, measure.name, judged)
        found, wrong = outcome.value or (None, outcome.reason)
        if wrong:
            raise PluginError(host.note(plugin, f"{measure.name}: {wrong}", fatal=True))
        value: MeasureValue | None = found
        if value is None or value.scale_ok:
            return value
        # Data on another scale have no figure, even if one was computed of them.
        return replace(value, value=None, low=None, high=None, deviation=None)

    return replace(measure, compute=compute)


def _wrong(found: Any, span: Interval) -> str:  # noqa: ANN401 - whatever the plugin gave
    """What is wrong with a figure; empty where nothing is."""
    if type(found) is not MeasureValue:
        return f"not a MeasureValue: {type(found).__name__}"
    if type(found.n) is not int or found.n < 0:
        return f"no number of answers: {found.n!r:.40}"
    if [type(found.scale_ok), type(found.found)] != [bool, str]:
        return "scale_ok is to be true or false, found a text"
    if found.value is None and found.scale_ok:
        return "no value, although the scale is right"
    figures = (found.value, found.low, found.high, found.deviation)
    inexact = [figure for figure in figures if figure is not None and type(figure) is not int]
    if inexact:
        return f"not an exact number: {inexact[0]!r:.40}"
    low, high = span
    # A measure that declares no range is not held to one.
    if found.value is not None and span != (0, 0) and not low <= found.value <= high:
        return f"{found.value} is outside its range"
    return ""
