"""Edits reach the disk: one lock, one look whether somebody was quicker, one rename per file.

What returns from here is on the disk.  Nothing is merged with somebody else's change: the caller
gets a `ConflictError` and may keep both versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.model.engagement import FORMAT, Evidence, Rating
from cxmaturity.store.canonical import KINDS, canonical
from cxmaturity.store.edits import Edits, edited
from cxmaturity.store.engagement_folder import EngagementFolder, Version
from cxmaturity.store.files import next_free, read_file
from cxmaturity.store.revision import keep_conflict, revision_of, save_all


def save_edits(folder: EngagementFolder, edits: Edits) -> EngagementFolder:
    """Apply the edits and write the files they change; the engagement as it then is.

    Raises ``UsageError`` for edits that make no sense, ``ConflictError`` when a file was changed
    since ``folder`` was opened, ``StoreError`` when the disk refuses.  All edits or none.
    """
    after = edited(folder, edits)
    data = dict(_written(after, edits))
    originals = dict(_originals(folder, edits))
    save_all(
        {**originals, **{folder.path / name: written for name, written in data.items()}},
        {folder.path / name: folder.versions[name].revision for name in data},
        folder=folder.path,
    )
    return after.with_versions(
        {name: Version(revision_of(written), FORMAT) for name, written in data.items()}
    )


def set_answer(folder: EngagementFolder, path: str, rating: Rating | None) -> EngagementFolder:
    """Save one rating of the assessor (``dimension.indicator``); ``None`` clears it."""
    return save_edits(folder, Edits(ratings={path: rating}))


def set_fact(folder: EngagementFolder, fact: str, rating: Rating | None) -> EngagementFolder:
    """Save one fact by its id; ``None`` clears it."""
    return save_edits(folder, Edits(facts={fact: rating}))


def set_evidence(folder: EngagementFolder, path: str, entry: Evidence | None) -> EngagementFolder:
    """Save what one rating rests on (``dimension.indicator``); ``None`` clears it."""
    return save_edits(folder, Edits(evidence={path: entry}))


def set_settings(folder: EngagementFolder, **settings: object) -> EngagementFolder:
    """Save settings by key (``**{"weight.people": Decimal("1.5")}``); ``None`` clears one."""
    return save_edits(folder, Edits(settings=settings))


def keep_both(folder: EngagementFolder, edits: Edits) -> tuple[Path, ...]:
    """After a conflict: write the user's version beside the other one (``….conflict-1.toml``)."""
    written = _written(edited(folder, edits), edits)
    return tuple(
        keep_conflict(folder.path / name, data, folder=folder.path) for name, data in written
    )


def _written(after: EngagementFolder, edits: Edits) -> Iterator[tuple[str, bytes]]:
    for kind in KINDS:
        if kind.name in edits.files:
            yield kind.name, canonical(kind, after.content(kind))


def _originals(folder: EngagementFolder, edits: Edits) -> Iterator[tuple[Path, bytes]]:
    """Files of an earlier format, kept once under another name before they are rewritten."""
    for name in edits.files:
        written_in = folder.versions[name].format
        if written_in is not None and written_in < FORMAT:
            path = folder.path / name
            yield next_free(path, f"format-{written_in}"), read_file(path)
