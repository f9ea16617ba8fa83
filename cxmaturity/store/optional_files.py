"""Files that appear with the first data, the first respondent or the first publication.

They stand apart from those that every engagement has, so that opening one without them costs
nothing.
"""

from __future__ import annotations

from typing import Any

from cxmaturity.model.measures import MeasuresFile
from cxmaturity.model.respondent import ConsentsFile, PublishedFile, Respondent
from cxmaturity.store.canonical import FileKind

MEASURES = FileKind(
    "measures.toml",
    MeasuresFile,
    millionths=(
        "measures.*.range.*",
        *(f"measures.*.waves.*.{name}" for name in ("value", "low", "high", "deviation")),
        *(f"measures.*.waves.*.segments.*.{name}" for name in ("figure", "low", "high")),
    ),
    by_id=("measures",),
)
PUBLISHED = FileKind(
    "published.toml",
    PublishedFile,
    millionths=("publications.*.scores.*",),
    by_id=("publications.*.answers", "publications.*.scores"),
)
OPTIONAL_KINDS: tuple[FileKind[Any], ...] = (MEASURES, PUBLISHED)
"""The files that appear with the first data or the first publication."""

RESPONDENT = FileKind("respondent.toml", Respondent, by_id=("places", "answers", "answers.*"))
CONSENTS = FileKind("consents.toml", ConsentsFile, by_id=("consents",))
