"""Changes to an engagement as values: applied without touching a disk.

What an edit leaves is checked as strictly as what a file says, so that nothing is ever saved that
could not be opened again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cxmaturity.errors import InputError, Problem, UsageError, Where
from cxmaturity.model.engagement import Assessor, Engagement, Evidence, EvidenceFile, Rating
from cxmaturity.model.rubric import Table
from cxmaturity.store.canonical import ASSESSOR, ENGAGEMENT, EVIDENCE
from cxmaturity.store.engagement_folder import (
    EngagementFolder,
    evidence_after,
    evidence_too_late,
)
from cxmaturity.store.settings import with_settings
from cxmaturity.store.validation import model_of, unchangeable

Entry = TypeVar("Entry", bound=Table)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes that belong together; ``None`` takes an entry away.

    ``ratings`` and ``evidence`` by ``dimension.indicator``, ``facts`` by id, ``settings`` by the
    keys of `cxmaturity.store.settings`.
    """

    ratings: Mapping[str, Rating | None] = field(default_factory=dict)
    facts: Mapping[str, Rating | None] = field(default_factory=dict)
    evidence: Mapping[str, Evidence | None] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that these edits change."""
        touched = {
            ENGAGEMENT.name: bool(self.facts or self.settings),
            ASSESSOR.name: bool(self.ratings),
            EVIDENCE.name: bool(self.evidence),
        }
        return tuple(name for name, changed in touched.items() if changed)


def edited(folder: EngagementFolder, edits: Edits) -> EngagementFolder:
    """The engagement after the edits; raises ``UsageError`` with what is wrong with them."""
    engagement = with_settings(folder.engagement, edits.settings)
    engagement = with_facts(engagement, edits.facts)
    assessor = with_ratings(folder.assessor, edits.ratings)
    evidence = with_evidence(folder.evidence, edits.evidence)
    late = [
        evidence_too_late(engagement.date, Where(key=f"{dimension}.{indicator}"))
        for dimension, indicator in evidence_after(engagement.date, evidence)
    ]
    if late:
        raise UsageError(late)
    return replace(folder, engagement=engagement, assessor=assessor, evidence=evidence)


def with_ratings(assessor: Assessor, ratings: Mapping[str, Rating | None]) -> Assessor:
    """The assessor's answers with some changed, by ``dimension.indicator``."""
    return assessor.model_copy(update={"ratings": _merged(assessor.ratings, ratings)})


def with_evidence(file: EvidenceFile, evidence: Mapping[str, Evidence | None]) -> EvidenceFile:
    """The evidence with some entries changed, by ``dimension.indicator``."""
    return file.model_copy(update={"evidence": _merged(file.evidence, evidence)})


def with_facts(engagement: Engagement, facts: Mapping[str, Rating | None]) -> Engagement:
    """The engagement with some facts changed, by id."""
    merged = dict(engagement.facts)
    for key, fact in facts.items():
        _require_ids(key, (key,))
        _put(merged, key, fact)
    return engagement.model_copy(update={"facts": merged})


def checked(model: type[Entry], **said: object) -> Entry:
    """A `Rating` or `Evidence` from what a user said; raises ``UsageError`` with all problems."""
    try:
        return model_of(model, said, lambda path: Where(key=".".join(map(str, path))))
    except InputError as error:
        raise UsageError(error.problems) from error


def _merged(
    table: Mapping[str, Mapping[str, Entry]], changes: Mapping[str, Entry | None]
) -> dict[str, dict[str, Entry]]:
    merged = {dimension: dict(entries) for dimension, entries in table.items()}
    for key, entry in changes.items():
        dimension, _, indicator = key.partition(".")
        _require_ids(key, (dimension, indicator))
        _put(merged.setdefault(dimension, {}), indicator, entry)
    return {dimension: entries for dimension, entries in merged.items() if entries}


def _put(entries: dict[str, Entry], key: str, entry: Entry | None) -> None:
    if entry is None or not entry.model_dump(exclude_defaults=True):
        entries.pop(key, None)
    elif isinstance(entry, Rating):
        entries[key] = entry.model_copy(update={"value": unchangeable(entry.value)})
    else:
        entries[key] = entry


def _require_ids(key: str, ids: tuple[str, ...]) -> None:
    if not all(_ID.fullmatch(each) for each in ids):
        raise UsageError(
            Problem(
                "wrong_key",
                "'{key}' names no question",
                Where(key=key),
                "write dimension.indicator, or the id of a fact",
                {"key": key},
            )
        )
