"""The user's work on one engagement: what is answered is saved, and nobody's version is lost.

Screens call it and show what it says; only it talks to the engine and the store.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.model.scorecard import Scorecard
from cxmaturity.store.creation import save_elsewhere
from cxmaturity.store.edits import Edits
from cxmaturity.store.engagement_folder import EngagementFolder
from cxmaturity.tui.answering import Now
from cxmaturity.tui.engagement_disk import EngagementDisk
from cxmaturity.tui.history import Change
from cxmaturity.tui.saving import Saving
from cxmaturity.tui.working import Working
from cxmaturity.workbench import Opened, Workbench

if TYPE_CHECKING:
    from collections.abc import Mapping


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def today() -> dt.date:
    """The date here, for what is begun now."""
    return _now().date()


class Session(Working[EngagementFolder]):
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
        self._saving = Saving(self.folder, EngagementDisk(), now)

    @property
    def who(self) -> str:
        """Who answers."""
        return self._who

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

    def save_copy(self, path: Path) -> None:
        """Write the engagement as it is in memory into a new folder; raises CxError."""
        save_elsewhere(self.folder, path)

    # respondents and imported data --------------------------------------------------------------

    def read_again(self) -> Opened:
        """The engagement as it lies on the disk, heard and scored; for any thread."""
        opened = self.workbench.open(self.folder.path)
        self.workbench.score(opened, trace=False)
        return opened

    def publish(self) -> Scorecard:
        """The scorecard as it may leave the house; with respondents it is recorded.

        Raises CxError when the record cannot be written; nothing may then be handed on.
        """
        return self.workbench.publish(self.opened)

    def take_people(self, opened: Opened) -> None:
        """Respondents and imported data changed; answers in hand stay as they are."""
        self._opened = replace(self._opened, hearing=opened.hearing, measures=opened.measures)
        self._changed()

    def _take_over(self) -> EngagementFolder:
        """Show what lies on the disk now; nothing changes when it cannot be read or scored."""
        opened = self.read_again()
        self._put(opened)
        self._history.clear()
        if not self.has(self.place):
            self.place = self._first_place()
        return opened.folder


def _decimal(micro: int | None) -> Decimal | None:
    return None if micro is None else Decimal(micro).scaleb(-6)
