"""Undo and redo: every change with its opposite, across all questions."""

from __future__ import annotations

from dataclasses import dataclass, field

from cxmaturity.store.edits import Edits


@dataclass(frozen=True, slots=True)
class Change:
    """One thing the user did at a question, and what takes it back."""

    path: str
    done: Edits
    undone: Edits


@dataclass(slots=True)
class History:
    """What was done, newest last, and what was undone."""

    past: list[Change] = field(default_factory=list)
    future: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """Remember something new; what was undone before can no longer come back."""
        self.past.append(change)
        self.future.clear()

    def undo(self) -> Change | None:
        """The newest change, now to be taken back."""
        return self._move(self.past, self.future)

    def redo(self) -> Change | None:
        """The change undone last, now to be done again."""
        return self._move(self.future, self.past)

    def clear(self) -> None:
        """Forget everything, because it was about another version."""
        self.past.clear()
        self.future.clear()

    @staticmethod
    def _move(source: list[Change], target: list[Change]) -> Change | None:
        if not source:
            return None
        target.append(source.pop())
        return target[-1]


def merged(first: Edits, then: Edits) -> Edits:
    """Two sets of edits as one; the later wins."""
    return Edits(
        {**first.ratings, **then.ratings},
        {**first.facts, **then.facts},
        {**first.evidence, **then.evidence},
        {**first.settings, **then.settings},
    )


def is_empty(edits: Edits) -> bool:
    """Whether the edits change nothing."""
    return not edits.files
