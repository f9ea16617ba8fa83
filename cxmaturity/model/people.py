"""Respondents: who answered what, by code and place.  Confidential; nothing that is shown holds it.

Only the store, the intake and the engine handle these records.  What readers, exporters, plugins
and surfaces get is a scorecard, whose figures have passed the gate in `cxmaturity.engine.people`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from cxmaturity.model.scorecard import PeopleCard

OTHER = "other"
"""The group of those who have no place on an axis."""

EVERYBODY = ""
"""The place of all people together."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who answered, as columns with one entry a person; their order never matters.

    ``places`` by axis: the path of the place (``sales/north``), or None.  ``answers`` by
    ``dimension.indicator``: the raw answer as the question's kind reads it, ``unknown``,
    ``na:REASON``, or None for unanswered.  ``attributed`` are the codes of those who agreed, on
    record, to be shown by name.
    """

    codes: tuple[str, ...] = ()
    places: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    attributed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """How many people."""
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """How people's answers become one level, and how few may be shown.

    ``axes`` are all group axes in order; ``aggregate_over`` is the one whose top-level groups are
    averaged first (None: there is no axis, all are one group).  ``group_weights`` in millionths by
    top-level place; who is not named weighs 1.
    """

    axes: tuple[str, ...] = ()
    aggregate_over: str | None = None
    pooled: bool = False
    median: bool = False
    n_min: int = 5
    group_weights: Mapping[str, int] = field(default_factory=dict)


CODE = r"[a-z0-9][a-z0-9_-]{0,39}"
"""Form of the code that stands for a person; who it is, is nowhere in the engagement."""

PLACE = r"[a-z][a-z0-9_]{0,39}(/[a-z][a-z0-9_]{0,39}){0,9}"
"""Form of a place on a group axis: ids from the top down, ``sales/north``."""

ERASED = "*"
"""Stands in an earlier publication for an answer of somebody who was erased since."""


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """What one publication said of one indicator; ``level`` is exact and never shown."""

    state: str
    level: int | None
    card: PeopleCard


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry of the ledger: who had answered what when figures left the house, and which did.

    Somebody erased since has the code ``""``, keeps the places, and has `ERASED` for answers.
    """

    number: int
    date: dt.date
    people: People
    items: Mapping[str, PublishedItem]
