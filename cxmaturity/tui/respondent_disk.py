"""One respondent on the disk: a file of their own, saved at every answer, never merged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from cxmaturity.errors import ConflictError, CxError
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.canonical import canonical
from cxmaturity.store.edits import Edits
from cxmaturity.store.files import read_file
from cxmaturity.store.optional_files import RESPONDENT
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import read_respondent, respondent_path, save_respondent
from cxmaturity.store.revision import ABSENT, Revision, keep_conflict, read_revision
from cxmaturity.tui.history import is_empty
from cxmaturity.tui.saving import Conflict, Outcome


@dataclass(frozen=True, slots=True)
class Interviewed:
    """A respondent asked on a day, and which version of their file was read.

    ``folder`` is the engagement's.
    """

    folder: Path
    day: dt.date
    respondent: Respondent
    revision: Revision = ABSENT

    @property
    def path(self) -> Path:
        """Their file."""
        return respondent_path(self.folder, self.respondent.code)

    def reread(self) -> Interviewed:
        """The same person as the disk has them now; raises UsageError for an imported one."""
        found = read_respondent(self.folder, self.respondent.code)
        return replace(self, respondent=found.respondent, revision=found.revision)

    def answering(self, edits: Edits) -> Interviewed:
        """The respondent after some answers."""
        said = {path: rating.value if rating else None for path, rating in edits.ratings.items()}
        return replace(self, respondent=with_answers(self.respondent, said, self.day))


class RespondentDisk:
    """Writes and looks at the file of one respondent."""

    def save(self, kept: Interviewed, edits: Edits) -> Outcome[Interviewed]:
        """Write the answers."""
        mine = kept.answering(edits)
        try:
            return Outcome(saved=_saved(mine))
        except ConflictError:
            return self._after_conflict(kept, edits)
        except CxError as error:
            return Outcome(problem=error.problems[0])

    def look(self, kept: Interviewed, done: Edits) -> Outcome[Interviewed]:
        """A newer version with all of this session's answers is taken; else both are kept."""
        try:
            if read_revision(kept.path) == kept.revision:
                return Outcome()
            disk = kept.reread()
            if is_empty(done) or _answers(disk.answering(done)) == _answers(disk):
                return Outcome(reloaded=disk)
            return Outcome(conflict=_both_kept(kept, done, disk))
        except CxError as error:
            return Outcome(problem=error.problems[0])

    def write_mine(self, conflict: Conflict[Interviewed]) -> None:
        """Decide for this session's version; the other one is kept beside it first."""
        path = conflict.mine.path
        revision = read_revision(path)
        if revision != ABSENT:
            keep_conflict(path, read_file(path), folder=conflict.mine.folder)
        _saved(replace(conflict.mine.answering(conflict.edits), revision=revision))

    @staticmethod
    def _after_conflict(kept: Interviewed, edits: Edits) -> Outcome[Interviewed]:
        mine = kept.answering(edits)
        try:
            disk = kept.reread()
            if _answers(disk) == _answers(mine):
                return Outcome(saved=replace(mine, revision=disk.revision))
            return Outcome(conflict=_both_kept(kept, edits, disk))
        except CxError as error:
            return Outcome(problem=error.problems[0])


def _saved(mine: Interviewed) -> Interviewed:
    revision = save_respondent(mine.folder, mine.respondent, mine.revision)
    return replace(mine, revision=revision)


def _answers(kept: Interviewed) -> object:
    return kept.respondent.answers, kept.respondent.places


def _both_kept(kept: Interviewed, edits: Edits, disk: Interviewed) -> Conflict[Interviewed]:
    data = canonical(RESPONDENT, kept.answering(edits).respondent)
    beside = keep_conflict(kept.path, data, folder=kept.folder)
    return Conflict((beside,), disk, kept, edits)
