"""`measures.toml`: figures from customers' and employees' data, wave by wave, each with its source.

Only figures are kept, never the rows they came from.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cxmaturity.model.exact import Micro
from cxmaturity.model.rubric import Id, Table
from cxmaturity.model.text import Text

Line = Annotated[str, StringConstraints(max_length=1_000)]
Count = Annotated[int, Field(ge=0)]


class Segment(Table):
    """A part of the answers: segments do not average to the total unless they are weighted."""

    column: Line = Field(description="Column that splits the answers.")
    value: Line = Field(description="Its value in this segment.")
    n: Count = Field(description="Answers.")
    figure: Micro = Field(description="The measure's value in this segment.")
    low: Micro | None = Field(default=None, description="Lower end of its 95 % interval.")
    high: Micro | None = Field(default=None, description="Upper end of its 95 % interval.")


class Wave(Table):
    """A measure in one period."""

    starts: dt.date | None = Field(default=None, description="First day of the period.")
    ends: dt.date = Field(
        description="Last day of the period; `measure.x` is the latest that ends "
        "on or before the engagement's date."
    )
    value: Micro | None = Field(
        default=None, description="The value; absent where the scale is not the defined one."
    )
    n: Count = Field(description="Answers, or cases, that it rests on.")
    low: Micro | None = Field(default=None, description="Lower end of its 95 % interval.")
    high: Micro | None = Field(default=None, description="Upper end of its 95 % interval.")
    deviation: Micro | None = Field(
        default=None,
        description="Standard deviation of one answer, in the value's unit; tells "
        "whether two waves differ.",
    )
    scale_ok: bool = Field(default=True, description="Whether the data are on the defined scale.")
    found: Line = Field(default="", description="The scale that was found, where another.")
    weighted: bool = Field(default=False, description="Whether the answers carried weights.")
    population: Count | None = Field(
        default=None, description="Size of the population, where the interval was narrowed by it."
    )
    missing: Count = Field(default=0, description="Rows without an answer.")
    segments: tuple[Segment, ...] = Field(default=(), description="The value by segment.")
    file: Line = Field(default="", description="Name of the file it was computed from.")
    sha256: Line = Field(default="", description="Digest of that file.")


class Series(Table):
    """All waves of one measure, and what it means."""

    title: Text = Field(description="Name of the measure.")
    definition: Text = Field(description="What is counted, how, in which direction.")
    unit: Line = Field(default="", description="Unit of the value.")
    range: tuple[Micro, Micro] | None = Field(
        default=None, description="Lowest and highest possible value."
    )
    better: Literal["higher", "lower"] = Field(
        default="higher", description="Which direction is good."
    )
    plugin: Line = Field(default="", description="Plugin that defines it, where one does.")
    waves: tuple[Wave, ...] = Field(default=(), description="Its periods, the earliest first.")


class MeasuresFile(Table):
    """`measures.toml`: measures by id."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    measures: dict[Id, Series] = Field(default={}, description="Measures by id.")
