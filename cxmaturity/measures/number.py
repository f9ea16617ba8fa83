"""A figure of the company's own, such as minutes in a queue: a number with a unit and a direction.

What it means is for the mapping to say; here it is only averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cxmaturity.hookspecs import Interval, Measure
from cxmaturity.measures.estimates import mean
from cxmaturity.measures.ratings import OfAnswers
from cxmaturity.measures.scale import Scale
from cxmaturity.model.exact import LARGEST, MILLION

ANY: Interval = (-LARGEST * MILLION, LARGEST * MILLION)
"""The range of a number of which nothing else is said."""


def number_measure(
    name: str,
    *,
    title: Mapping[str, str],
    definition: Mapping[str, str],
    unit: str = "",
    better: Literal["higher", "lower"] = "higher",
    span: Interval = ANY,
) -> Measure:
    """A measure of the column ``value``: its mean over the rows, with the normal interval.

    ``span`` is its range in millionths; values outside it are refused.  A single row is a figure
    that was ready: it has no interval.
    """
    low, high = -(-span[0] // MILLION), span[1] // MILLION
    return Measure(
        name=name,
        summary=next(iter(title.values()), name),
        title=title,
        definition=definition,
        columns=("value",),
        compute=OfAnswers("value", Scale(low, high, whole=False), mean, span),
        range=span,
        unit=unit,
        better=better,
    )
