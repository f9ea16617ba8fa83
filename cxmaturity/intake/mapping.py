"""`MAP.toml`: which column is what, and what a file's own codes mean.

::

    format = 1
    decimal = ","
    code = "RESPNUM"
    [groups]
    role = { column = "Role", values = { "Johto" = "leader" } }
    [answers."loop.detractors"]
    column = "Q7"
    values = { "Täysin samaa mieltä" = 4 }
    missing = ["Blank", "0"]
    [measures.nps]
    columns = { score = "NETPRO" }
    missing = ["11"]
    starts = 2017-05-01
    ends = 2017-05-31

Columns are named by their header or by the whole text of their question.  Options of the command
line say the same for simple cases and win over the file.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from cxmaturity.intake.numbers import DecimalMark
from cxmaturity.model.exact import Micro
from cxmaturity.model.rubric import Id, Table
from cxmaturity.model.text import Text
from cxmaturity.store.validation import model_of
from cxmaturity.text.toml import read_toml

Header = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Word = Annotated[str, StringConstraints(max_length=10_000)]
Path = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}$")]
Delimiter = Literal[",", ";", "\t", "|"]
Every = Literal["month", "quarter", "year"]
SlashOrder = Literal["d/m/y", "m/d/y"]


class GroupMap(Table):
    """The column that says where on a group axis a respondent belongs."""

    column: Header = Field(description="Header of the column.")
    values: dict[str, str] = Field(
        default={}, description="Place (`sales/north`) by what the file calls it."
    )
    missing: tuple[Word, ...] = Field(default=(), description="Texts that are no place.")


class AnswerMap(Table):
    """The column, or the columns, in which a question was answered."""

    column: Header | None = Field(default=None, description="Header of the column.")
    columns: dict[Id, Header] = Field(
        default={},
        description="For `checks` with a column for each option: header by option id; a cell that "
        "is not empty, `0`, `no` or `false` means chosen.",
    )
    values: dict[str, Any] = Field(
        default={}, description="Answer (a level, an option id, …) by what the file says."
    )
    missing: tuple[Word, ...] = Field(default=(), description="Texts that are no answer.")
    not_applicable: tuple[Word, ...] = Field(
        default=(), description="Texts that mean: not applicable."
    )
    unknown: tuple[Word, ...] = Field(default=(), description="Texts that mean: not known.")


class MeasureMap(Table):
    """The columns that a measure is computed from, and the period that they are of."""

    columns: dict[Id, Header] = Field(
        min_length=1, description="Header by the name that the measure gives the column."
    )
    missing: tuple[Word, ...] = Field(
        default=(), description="Codes that are no answer, such as `11` or `Blank`."
    )
    weight: Header | None = Field(default=None, description="Column of the rows' weights.")
    starts: dt.date | None = Field(default=None, description="First day of the period.")
    ends: dt.date | None = Field(default=None, description="Last day of the period.")
    population: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Size of the population that was asked; narrows the interval."
    )
    segments: tuple[Header, ...] = Field(
        default=(), description="Columns by whose values the measure is computed as well."
    )
    scale: tuple[int, int] | None = Field(
        default=None,
        description="Ends of the scale on which the question was asked, where the answers leave it "
        "in doubt.",
    )
    title: Text | None = Field(
        default=None,
        description="Makes it a figure of your own: the mean of the column `value`, by this name.",
    )
    definition: Text | None = Field(default=None, description="What a figure of your own counts.")
    unit: Word = Field(default="", description="Unit of a figure of your own.")
    range: tuple[Micro, Micro] | None = Field(
        default=None, description="Lowest and highest possible value of a figure of your own."
    )
    better: Literal["higher", "lower"] = Field(
        default="higher", description="Which direction of a figure of your own is good."
    )


class PeriodMap(Table):
    """A column of dates that splits the rows into waves."""

    column: Header = Field(description="Header of the column of dates.")
    every: Every = Field(default="month", description="One wave a `month`, `quarter` or `year`.")
    dates: SlashOrder | None = Field(
        default=None, description="Which number is the day in dates with slashes."
    )


class Mapping(Table):
    """`MAP.toml` as a whole."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    layout: Word | None = Field(default=None, description="Layout of the file, by its name.")
    encoding: Word | None = Field(default=None, description="Encoding, such as `cp1252`.")
    delimiter: Delimiter | None = Field(default=None, description="What stands between cells.")
    decimal: DecimalMark | None = Field(default=None, description="Decimal mark: `.` or `,`.")
    sheet: Word | None = Field(default=None, description="Sheet of a workbook, by its name.")
    header_rows: Annotated[int, Field(ge=1, le=5)] | None = Field(
        default=None, description="How many header rows there are, where that varies."
    )
    keep_unfinished: bool = Field(default=False, description="Use unfinished responses too.")
    code: Header | None = Field(
        default=None,
        description="Column of the respondent's code; without one codes are derived from what a "
        "respondent answered.",
    )
    missing: dict[str, tuple[Word, ...]] = Field(
        default={}, description="Codes that are no answer, by column, whatever it is used for."
    )
    groups: dict[Id, GroupMap] = Field(default={}, description="Columns of group axes, by axis.")
    answers: dict[Path, AnswerMap] = Field(
        default={}, description="Columns of questions, by `dimension.indicator`."
    )
    measures: dict[Id, MeasureMap] = Field(default={}, description="Measures to compute, by id.")
    period: PeriodMap | None = Field(
        default=None, description="Column of dates that splits the rows into waves."
    )


def read_mapping(data: bytes, name: str) -> Mapping:
    """The mapping of a file; raises InputError with every fault, its line and its key."""
    document = read_toml(data, name)
    return model_of(Mapping, document.data, document.where)
