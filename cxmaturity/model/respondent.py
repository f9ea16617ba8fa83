"""What is kept of a person, and what was published of many, as it lies on disk.

Only the store handles these tables: everything above gets `cxmaturity.model.people`, and everything
that is shown has passed the gate.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from cxmaturity.model.exact import Micro
from cxmaturity.model.people import CODE, PLACE
from cxmaturity.model.rubric import Id, Table

Code = Annotated[str, StringConstraints(pattern=rf"^{CODE}$")]
PlacePath = Annotated[str, StringConstraints(pattern=rf"^{PLACE}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class Respondent(Table):
    """`responses/CODE.toml`: somebody who answered in this program, in an interview."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    code: Code = Field(description="Code of the person; the name of the file as well.")
    interviewed: dt.date | None = Field(default=None, description="Day of the last answer.")
    places: dict[Id, PlacePath] = Field(default={}, description="Place on each group axis.")
    answers: dict[Id, dict[Id, Any]] = Field(
        default={}, description="Answers by dimension and indicator, as in `assessor.toml`."
    )


class Consent(Table):
    """Somebody agreed to be shown by name: in which words, and when it was recorded."""

    text: Sentence = Field(description="What was agreed to, and how.")
    date: dt.date = Field(description="When the consent was recorded.")


class ConsentsFile(Table):
    """`responses/_consents.toml`: who may be shown as a person; nobody else may."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    consents: dict[Code, Consent] = Field(default={}, description="Consents by code.")


class PublishedSet(Table):
    """What one publication said of each indicator as a whole, as it was shown."""

    number: Annotated[int, Field(ge=1)] = Field(description="Number of the publication.")
    date: dt.date = Field(description="Day on which the figures left the house.")
    answers: dict[str, int] = Field(
        default={}, description="Answers behind each figure that was shown, by indicator."
    )
    scores: dict[str, Micro] = Field(default={}, description="The figures, by indicator.")


class PublishedFile(Table):
    """`published.toml`: the publications so far; who had answered is in `responses/`."""

    format: Literal[1] = Field(default=1, description="Version of this format.")
    publications: tuple[PublishedSet, ...] = Field(
        default=(), description="Publications, the first one first."
    )
