"""Answers that are saved: every change goes to a disk, and nobody's version is lost.

It knows no screen, so everything that must not fail is tested without one.  It belongs to one
thread; the jobs it hands out for the disk may run in another.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Generic

from cxmaturity.store.edits import Edits
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.history import is_empty
from cxmaturity.tui.saving import Conflict, Job, Kept, Outcome, SaveState, Saving


class Working(Answering, Generic[Kept]):
    """Something in hand that is answered and saved: an engagement, or one respondent."""

    _saving: Saving[Kept]

    def _keep(self, edits: Edits) -> None:
        self._saving.add(edits)

    @property
    def save_state(self) -> SaveState:
        """Where the answers are."""
        return self._saving.state

    @property
    def conflict(self) -> Conflict[Kept] | None:
        """Another program's change that waits for a decision."""
        return self._saving.conflict

    def start_saving(self) -> Job[Kept] | None:
        """The disk's work of the next save, for any thread; None when there is none to do."""
        return self._saving.start()

    def start_looking(self) -> Job[Kept] | None:
        """The disk's work of a look for other programs' changes; None when it is not the time."""
        return self._saving.look()

    def finish(self, outcome: Outcome[Kept]) -> bool:
        """Take what came of a job, in the thread of its own.

        Whether another version was taken over, so that everything has to be shown anew.  Raises
        CxError when that version cannot be used; the shown one then stays.
        """
        self._saving.finish(outcome)
        if outcome.reloaded and is_empty(self._saving.unsaved):
            self._saving.restart(self._take_over())
            return True
        return False

    def save_now(self) -> SaveState:
        """Save everything that waits, and return when the disk has it or has refused it."""
        while job := self.start_saving():
            self.finish(job())
            if self.save_state.kind == "failed":
                break
        return self.save_state

    def take_theirs(self) -> None:
        """Decide a conflict for the other program's version; this one stays beside it.

        Raises CxError when that version cannot be used; the conflict then stays undecided.
        """
        self._saving.restart(self._take_over())

    def take_mine(self) -> None:
        """Decide a conflict for this version; the other one is kept beside it.

        Raises CxError when the disk refuses; the conflict then stays undecided.
        """
        if self.conflict:
            self._saving.write_mine()
            self._saving.restart(self._take_over())

    @abstractmethod
    def save_copy(self, path: Path) -> None:
        """Write everything as it is in memory into a new folder; raises CxError."""

    @abstractmethod
    def _take_over(self) -> Kept:
        """Show what lies on the disk now; nothing changes when it cannot be used."""
