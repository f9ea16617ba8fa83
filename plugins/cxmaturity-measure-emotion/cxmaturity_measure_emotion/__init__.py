"""Net emotional value from survey answers, for cxmaturity."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity import hookimpl
from cxmaturity.hookspecs import Measure
from cxmaturity_measure_emotion.net_emotional_value import NET_EMOTIONAL_VALUE


@hookimpl
def cxm_measures() -> Iterable[Measure]:
    """The measure `net_emotional_value`."""
    return [NET_EMOTIONAL_VALUE]
