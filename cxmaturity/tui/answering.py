"""Changing an engagement in hand, one undoable step at a time, and moving through its questions.

Where a change goes besides memory (the disk, or nowhere) is for the session and the what-if to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cxmaturity.model.answers import NOT_APPLICABLE, UNKNOWN
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.rubric import Reason
from cxmaturity.store.edits import Edits, checked
from cxmaturity.tui.assessment import Assessment, group_of
from cxmaturity.tui.history import Change, History
from cxmaturity.tui.questions import canonical
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.engagements import FACT

Now = Callable[[], dt.datetime]


class Answering(Assessment):
    """An engagement in hand whose answers can change."""

    def __init__(
        self, workbench: Workbench, opened: Opened, now: Now, *, who: str, ascii_only: bool
    ) -> None:
        """Take over an engagement; ``who`` is written beside every answer."""
        super().__init__(workbench, opened, ascii_only=ascii_only)
        self.now = now
        self._who = who
        self._history = History()
        self.place = self._first_place()
        """Path of the question in hand; screens share it."""

    # answering ----------------------------------------------------------------------------------

    def answer(self, path: str, raw: object) -> None:
        """Answer a question; raises ValueError with a sentence that says what is allowed."""
        self._rate(path, value=canonical(self.question(path), raw))

    def not_applicable(self, path: str, reason: Reason) -> None:
        """Say that a question does not apply, and why."""
        self._rate(path, value=NOT_APPLICABLE + reason)

    def unknown(self, path: str) -> None:
        """Say that the answer is not known."""
        self._rate(path, value=UNKNOWN)

    def clear(self, path: str) -> None:
        """Take the answer back; note and flag stay."""
        self._rate(path, value=None)

    def note(self, path: str, text: str) -> None:
        """Write the note of a question; raises UsageError when it cannot be kept."""
        self._rate(path, note=text)

    def flag(self, path: str) -> None:
        """Mark a question to come back to, or take the mark away."""
        self._rate(path, flag=not self.rating(path).flag)

    def set_evidence(self, path: str, entry: Evidence | None) -> None:
        """Say what an answer rests on; raises UsageError for evidence of the future."""
        before = self.evidence(path)
        if before != entry:
            self._do(Change(path, Edits(evidence={path: entry}), Edits(evidence={path: before})))

    def _rate(self, path: str, **said: object) -> None:
        """Change a rating; what changes nothing is no change."""
        before = self.rating(path)
        new = {**before.model_dump(), **said}
        if "value" in said:
            if type(before.value) is type(new["value"]) and before.value == new["value"]:
                return
            new |= {"who": self._who or before.who, "when": self.now().date()}
        after = checked(Rating, **new)
        if after.value is None and not after.note and not after.flag:
            after = Rating()
        if after != before:
            self._do(Change(path, _edits(path, after), _edits(path, before)))

    def _do(self, change: Change) -> None:
        self._apply(change.done)
        self._history.add(change)
        self._keep(change.done)

    def _keep(self, edits: Edits) -> None:
        """Take the edits further than memory."""

    # undo ---------------------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Take the newest change back; the path of its question, None when there is none."""
        change = self._history.undo()
        return self._again(change, change.undone) if change else None

    def redo(self) -> str | None:
        """Do again what was undone last; the path of its question, None when there is none."""
        change = self._history.redo()
        return self._again(change, change.done) if change else None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._history.future)

    def recent_changes(self, most: int = 3) -> tuple[str, ...]:
        """Paths of the questions changed last, newest first, each once."""
        paths = dict.fromkeys(change.path for change in reversed(self._history.past))
        return tuple(paths)[:most]

    def _again(self, change: Change, edits: Edits) -> str:
        self._apply(edits)
        self._keep(edits)
        return change.path

    # moving -------------------------------------------------------------------------------------

    def step(self, by: int) -> str:
        """Path of the question so many asked questions on; stops at the ends."""
        paths = [question.path for question in self.asked()]
        number = self.numbers[self.place]
        if self.place in paths:
            at = paths.index(self.place) + by
        else:
            before = sum(self.numbers[path] < number for path in paths)
            at = before if by > 0 else before - 1
        return paths[min(max(at, 0), len(paths) - 1)] if paths else self.place

    def step_group(self, by: int) -> str:
        """Path of the first question of the next group, or back to one; stops at the ends."""
        firsts: dict[str, str] = {}
        for question in self.asked():
            firsts.setdefault(group_of(question), question.path)
        groups, group = list(firsts), group_of(self.question(self.place))
        if group not in firsts:
            return self.step(by)
        at = groups.index(group)
        if by > 0 or self.place == firsts[group]:
            at += by
        return firsts[groups[min(max(at, 0), len(groups) - 1)]]

    def next_open(self) -> str | None:
        """Path of the next question without an answer, from here on and round; None: all done."""
        paths = list(self.numbers)
        here = paths.index(self.place)
        around = [*paths[here + 1 :], *paths[: here + 1]]
        return next((path for path in around if self.is_open(path)), None)

    def _first_place(self) -> str:
        paths = list(self.numbers)
        return next((path for path in paths if self.is_open(path)), paths[0] if paths else "")


def _edits(path: str, rating: Rating) -> Edits:
    kept = None if rating == Rating() else rating
    if path.startswith(FACT):
        return Edits(facts={path.removeprefix(FACT): kept})
    return Edits(ratings={path: kept})
