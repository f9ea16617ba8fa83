"""A new engagement: the whole folder appears at once, with its own copy of the rubric.

Nothing here ever writes into a folder that holds something.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cxmaturity.model.engagement import Assessor, Engagement, EvidenceFile
from cxmaturity.store.canonical import ASSESSOR, ENGAGEMENT, EVIDENCE, canonical
from cxmaturity.store.engagement_folder import (
    RESPONSES_FOLDER,
    RUBRIC_FOLDER,
    EngagementFolder,
    open_engagement,
)
from cxmaturity.store.files import write_folder
from cxmaturity.store.lock import LOCK_NAME
from cxmaturity.store.rubric_copy import SUMS_NAME, pin, read_rubric_files, rubric_sums

_IGNORED = f"""\
# What people answered is confidential and must stay erasable; a repository forgets nothing.
{RESPONSES_FOLDER}/
{LOCK_NAME}
.*.tmp
"""
_ATTRIBUTES = f"""\
# The pinned rubric is compared byte by byte, so line ends stay as they are.
{RUBRIC_FOLDER}/** -text
"""


def create(
    path: Path,
    engagement: Engagement,
    rubric_files: Mapping[str, bytes],
    *,
    assessor: Assessor | None = None,
    evidence: EvidenceFile | None = None,
) -> EngagementFolder:
    """Make the folder ``path`` with the engagement and its rubric, all of it or nothing.

    ``rubric_files`` are all that decides a score, what the rubric extends included, by their path
    inside its folder; the pin's digest is taken from them.  Raises ``StoreError`` when ``path``
    exists and is not empty.
    """
    pinned = pin(engagement.rubric.id, engagement.rubric.version, rubric_files)
    engagement = engagement.model_copy(update={"rubric": pinned})
    rubric = {**rubric_files, SUMS_NAME: rubric_sums(rubric_files)}
    files = {
        ENGAGEMENT.name: canonical(ENGAGEMENT, engagement),
        ASSESSOR.name: canonical(ASSESSOR, assessor or Assessor()),
        EVIDENCE.name: canonical(EVIDENCE, evidence or EvidenceFile()),
        ".gitignore": _IGNORED.encode(),
        ".gitattributes": _ATTRIBUTES.encode(),
    }
    copied = {f"{RUBRIC_FOLDER}/{name}": data for name, data in rubric.items()}
    write_folder(path, {**files, **copied})
    return open_engagement(path)


def save_elsewhere(folder: EngagementFolder, path: Path) -> EngagementFolder:
    """Write the engagement as it is in memory into the new folder ``path``, when its own cannot be.

    Settings, answers, evidence and the rubric; people's answers and earlier results stay behind.
    """
    return create(
        path,
        folder.engagement,
        read_rubric_files(folder.rubric_folder),
        assessor=folder.assessor,
        evidence=folder.evidence,
    )
