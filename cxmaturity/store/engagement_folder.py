"""An engagement opened from its folder: the models, and which version of each file they are.

Reading changes nothing on the disk.  Every fault of every file is said at once, with its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic

from cxmaturity.errors import CxError, InputError, Problem, StoreError, Where
from cxmaturity.model.engagement import Assessor, Engagement, EvidenceFile
from cxmaturity.model.rubric import Table
from cxmaturity.store.canonical import ASSESSOR, ENGAGEMENT, EVIDENCE, File, FileKind
from cxmaturity.store.files import read_file
from cxmaturity.store.revision import ABSENT, Revision, revision_of
from cxmaturity.store.upgrade import format_of, upgraded
from cxmaturity.store.validation import KeyPath, model_of
from cxmaturity.text import limits
from cxmaturity.text.toml import TomlDocument, read_toml

RUBRIC_FOLDER = "rubric"
RESULTS_FOLDER = "results"
RESPONSES_FOLDER = "responses"


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a file was read: its revision, and the format it was written in."""

    revision: Revision = ABSENT
    format: int | None = None


@dataclass(frozen=True, slots=True)
class Part(Generic[File]):
    """One file as read; ``document`` is ``None`` when there is no such file."""

    content: File
    version: Version
    document: TomlDocument | None

    def where(self, key: KeyPath) -> Where:
        """The place of a key in the file."""
        return self.document.where(key) if self.document else Where()


@dataclass(frozen=True, slots=True)
class EngagementFolder:
    """An engagement as it was when it was read; ``versions`` by file name, as loaded."""

    path: Path
    engagement: Engagement
    assessor: Assessor
    evidence: EvidenceFile
    versions: Mapping[str, Version]

    @property
    def rubric_folder(self) -> Path:
        """The folder of the pinned rubric: the only one it is scored with."""
        return self.path / RUBRIC_FOLDER

    def content(self, kind: FileKind[Any]) -> Table:
        """The model that stands for one file."""
        contents: dict[str, Table] = {
            ENGAGEMENT.name: self.engagement,
            ASSESSOR.name: self.assessor,
            EVIDENCE.name: self.evidence,
        }
        return contents[kind.name]

    def with_versions(self, versions: Mapping[str, Version]) -> EngagementFolder:
        """The same engagement after some of its files were written."""
        return replace(self, versions={**self.versions, **versions})


def open_engagement(path: Path) -> EngagementFolder:
    """Read the engagement in the folder ``path``.

    Raises ``InputError`` with all problems of all files, ``StoreError`` when there is no
    engagement or a file cannot be read.
    """
    errors: list[CxError] = []
    engagement = _tried(path, ENGAGEMENT, errors)
    assessor = _tried(path, ASSESSOR, errors)
    evidence = _tried(path, EVIDENCE, errors)
    if engagement is None or assessor is None or evidence is None:
        raise _all_in_one(errors)
    date = engagement.content.date
    late = [
        evidence_too_late(date, evidence.where(("evidence", *key, "date")))
        for key in evidence_after(date, evidence.content)
    ]
    if late:
        raise InputError(late)
    return EngagementFolder(
        path,
        engagement.content,
        assessor.content,
        evidence.content,
        {
            ENGAGEMENT.name: engagement.version,
            ASSESSOR.name: assessor.version,
            EVIDENCE.name: evidence.version,
        },
    )


def read_part(folder: Path, kind: FileKind[File]) -> Part[File]:
    """One file as its model; a file that is not there says nothing (except `engagement.toml`)."""
    try:
        return read_as(kind, folder / kind.name)
    except StoreError as error:
        if error.problems[0].code != "not_found":
            raise
        if kind is ENGAGEMENT:
            raise _not_an_engagement(folder) from error
        return Part(kind.model(), Version(), None)


def read_as(kind: FileKind[File], path: Path) -> Part[File]:
    """The file at ``path`` as the model of its kind; raises what is wrong with it."""
    data = read_file(path, limits.TOML_BYTES)
    document = read_toml(data, str(path))
    content = model_of(kind.model, upgraded(document, kind.name), document.where)
    return Part(content, Version(revision_of(data), format_of(document)), document)


def evidence_after(date: dt.date, evidence: EvidenceFile) -> Iterator[tuple[str, str]]:
    """Dimension and indicator of all evidence that is younger than the engagement's date."""
    for dimension, indicators in evidence.evidence.items():
        for indicator, entry in indicators.items():
            if entry.date is not None and entry.date > date:
                yield dimension, indicator


def evidence_too_late(date: dt.date, where: Where) -> Problem:
    """The problem of evidence that did not exist on the engagement's date."""
    return Problem(
        "evidence_too_late",
        "the evidence is younger than the engagement, which is of {date}",
        where,
        "correct one of the dates",
        {"date": date.isoformat()},
    )


def _tried(folder: Path, kind: FileKind[File], errors: list[CxError]) -> Part[File] | None:
    try:
        return read_part(folder, kind)
    except CxError as error:
        errors.append(error)
        return None


def _all_in_one(errors: list[CxError]) -> CxError:
    problems = [problem for error in errors for problem in error.problems]
    unreadable = any(isinstance(error, StoreError) for error in errors)
    return StoreError(problems) if unreadable else InputError(problems)


def _not_an_engagement(folder: Path) -> StoreError:
    return StoreError(
        Problem(
            "not_an_engagement",
            "is not an engagement: it holds no engagement.toml",
            Where(str(folder)),
            "give the folder of an engagement, or make one with `cxmaturity new`",
        )
    )
