"""An engagement as it lies on disk: one model per file, one class per table.

Everything an assessor or a consultant enters is here; nothing that follows from it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from cxmaturity.model.exact import Micro
from cxmaturity.model.rubric import Grade, Id, Table

FORMAT = 1
"""Version of the engagement's files that this release reads and writes."""

Line = Annotated[str, StringConstraints(max_length=10_000)]


class Rating(Table):
    """One answer of the assessor, with what was said beside it."""

    value: Any = Field(
        default=None,
        description="The answer: a level, an option id, a list of option ids, true or false, a "
        "number, a text, `unknown`, or `na:out_of_scope`, `na:not_in_this_business`, `na:other`. "
        "Absent: not answered.",
    )
    note: Line = Field(default="", description="Note to the answer.")
    flag: bool = Field(default=False, description="Marked to come back to.")
    who: Line = Field(default="", description="Who rated.")
    when: dt.date | None = Field(default=None, description="When it was rated.")


class Evidence(Table):
    """What an answer rests on."""

    grade: Grade = Field(description="`claimed`, `documented` or `demonstrated`.")
    reference: Line = Field(default="", description="Where the evidence is.")
    date: dt.date | None = Field(default=None, description="Date of the evidence.")


class Pin(Table):
    """The rubric that the engagement is scored with."""

    id: Id = Field(description="Id of the rubric.")
    version: str = Field(description="Its version.")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="Digest of the files in `rubric/`."
    )


class Engagement(Table):
    """`engagement.toml`: who is assessed, when, with which rubric, and the facts."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    format: Literal[1] = Field(default=1, description="Version of this format.")
    organisation: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="Name of the organisation."
    )
    fictional: bool = Field(default=False, description="Marks an invented example.")
    date: dt.date = Field(description="Date of the assessment; every age is counted from it.")
    rubric: Pin = Field(description="The pinned rubric.")
    profile: Id | None = Field(default=None, description="Profile of weights.")
    modules: tuple[Id, ...] = Field(default=(), description="Optional modules that are on.")
    language: Literal["en", "fi"] | None = Field(
        default=None, description="Language of its reports when none is asked for."
    )
    weights: dict[str, Micro] = Field(
        default={}, description="Weights that replace the rubric's and the profile's, by path."
    )
    targets: dict[str, Micro] = Field(default={}, description="Target levels by path.")
    baseline: str = Field(default="", description="Path to an earlier scorecard.")
    aggregate_over: Id | None = Field(default=None, description="Group axis to aggregate over.")
    respondents: Literal["groups", "pooled"] | None = Field(
        default=None, description="Mean over group means, or over all people."
    )
    average: Literal["mean", "median"] | None = Field(
        default=None, description="Average within a group."
    )
    group_weights: dict[str, Micro] = Field(default={}, description="Weights of groups.")
    axes: dict[Id, tuple[str, ...]] = Field(default={}, description="Places on each group axis.")
    n_min: Annotated[int, Field(ge=3)] | None = Field(
        default=None, description="Fewest answers that may be shown, floor 3."
    )
    retention: dt.date | None = Field(
        default=None, description="Date after which respondents' raw answers may be purged."
    )
    advisors: tuple[str, ...] = Field(default=(), description="Advisor plugins that may comment.")
    labels: dict[str, str] = Field(default={}, description="Free labels, e.g. a unit's code.")
    facts: dict[Id, Rating] = Field(default={}, description="Facts by id.")


class Assessor(Table):
    """`assessor.toml`: one rating per indicator, as `[ratings.DIMENSION.INDICATOR]`."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    ratings: dict[Id, dict[Id, Rating]] = Field(
        default={}, description="Ratings by dimension and indicator."
    )


class EvidenceFile(Table):
    """`evidence.toml`: grades and references, as `[evidence.DIMENSION.INDICATOR]`."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    evidence: dict[Id, dict[Id, Evidence]] = Field(
        default={}, description="Evidence by dimension and indicator."
    )
