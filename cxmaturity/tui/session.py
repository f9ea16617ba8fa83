"""The user's work on one engagement: what is answered is saved, and nobody's version is lost.

It knows no screen, so everything that must not fail is tested without one.  Screens call it and
show what it says; only it talks to the engine and the store.  It belongs to one thread; the jobs it
hands out for the disk may run in another.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.store.creation import save_elsewhere
from cxmaturity.store.edits import Edits
from cxmaturity.tui.answering import Answering, Now
from cxmaturity.tui.history import Change, is_empty, merged
from cxmaturity.tui.saving import Conflict, Job, Outcome, SaveState, Saving, write_mine
from cxmaturity.workbench import Opened, Workbench

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxmaturity.store.engagement_folder import EngagementFolder


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def today() -> dt.date:
    """The date here, for what is begun now."""
    return _now().date()


class Session(Answering):
    """One engagement that is being worked on."""

    def __init__(
        self,
        workbench: Workbench,
        opened: Opened,
        *,
        who: str = "",
        ascii_only: bool = False,
        now: Now = _now,
    ) -> None:
        """Work on what the workbench opened; ``who`` is written beside every answer."""
        super().__init__(workbench, opened, now, who=who, ascii_only=ascii_only)
        self._saving = Saving(self.folder, now)

    @property
    def who(self) -> str:
        """Who answers."""
        return self._who

    def _keep(self, edits: Edits) -> None:
        self._saving.add(edits)

    def set_targets(self, levels: Mapping[str, Decimal]) -> None:
        """Wanted levels by ``dimension.indicator``, all in one step."""
        now = self.folder.engagement.targets
        before = {path: _decimal(now.get(path)) for path in levels}
        if any(before[path] != level for path, level in levels.items()):
            done, undone = (
                Edits(settings={f"target.{path}": level for path, level in targets.items()})
                for targets in (levels, before)
            )
            self._do(Change(next(iter(levels)), done, undone))

    # saving -------------------------------------------------------------------------------------

    @property
    def save_state(self) -> SaveState:
        """Where the answers are."""
        return self._saving.state

    @property
    def conflict(self) -> Conflict | None:
        """Another program's change that waits for a decision."""
        return self._saving.conflict

    def start_saving(self) -> Job | None:
        """The disk's work of the next save, for any thread; None when there is none to do."""
        return self._saving.start()

    def start_looking(self) -> Job | None:
        """The disk's work of a look for other programs' changes; None when it is not the time."""
        return self._saving.look()

    def finish(self, outcome: Outcome) -> bool:
        """Take what came of a job, in the session's own thread.

        Whether another version of the engagement was taken over, so that everything has to be
        shown anew.  Raises CxError when that version cannot be scored; the shown one then stays.
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

    def save_copy(self, path: Path) -> None:
        """Write the engagement as it is in memory into a new folder; raises CxError."""
        save_elsewhere(self.folder, path)

    # another program's changes ------------------------------------------------------------------

    def take_theirs(self) -> None:
        """Decide a conflict for the other program's version; this session's stays beside it.

        Raises CxError when that version cannot be used; the conflict then stays undecided.
        """
        self._saving.restart(self._take_over())

    def take_mine(self) -> None:
        """Decide a conflict for this session's version; the other one is kept beside it.

        Raises CxError when the disk refuses; the conflict then stays undecided.
        """
        if self.conflict:
            edits = merged(self.conflict.edits, self._saving.unsaved)
            write_mine(replace(self.conflict, edits=edits))
            self._saving.restart(self._take_over())

    def _take_over(self) -> EngagementFolder:
        """Show what lies on the disk now; nothing changes when it cannot be read or scored."""
        opened = self.workbench.open(self.folder.path)
        self.workbench.score(opened, trace=False)
        self._put(opened)
        self._history.clear()
        if not self.has(self.place):
            self.place = self._first_place()
        return opened.folder


def _decimal(micro: int | None) -> Decimal | None:
    return None if micro is None else Decimal(micro).scaleb(-6)
