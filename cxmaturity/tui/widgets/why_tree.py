"""The why-tree as lines: what is unfolded is told, the rest waits behind a sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cxmaturity.tui.reasons import Mark, Reason
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, Tone
from cxmaturity.tui.widgets.glyphs import BULLET, FAILS, FOLDED, HOLDS, OPEN, UNFOLDED

ROOT = "0"
"""The key of the first line."""
INDENT = 2
DEEPEST = 12
"""Deeper lines are not set further in: the room for words would end."""
MARKS: Mapping[Mark, Span] = {
    "holds": Span(HOLDS, "holds"),
    "fails": Span(FAILS, "fails"),
    "open": Span(OPEN, "open"),
    "cap": Span("⌐", "mark"),
    "": Span("", ""),
}


@dataclass
class Tree:
    """A tree of reasons with what of it is unfolded.  Keys are the way from the root: ``0/2/1``."""

    root: Reason | None = None
    unfolded: set[str] = field(default_factory=lambda: {ROOT})
    _branches: dict[str, tuple[Reason, ...]] = field(default_factory=dict)

    def branches(self, key: str, reason: Reason) -> tuple[Reason, ...]:
        """The branches of one line, made once."""
        if key not in self._branches:
            self._branches[key] = reason.branches()
        return self._branches[key]

    def shown(self) -> Iterator[tuple[str, int, Reason]]:
        """Key, depth and reason of every line that is not folded away."""
        waiting = [(ROOT, 0, self.root)] if self.root else []
        while waiting:
            key, depth, reason = waiting.pop()
            yield key, depth, reason
            if key in self.unfolded:
                branches = self.branches(key, reason)
                waiting += [
                    (f"{key}/{place}", depth + 1, branches[place])
                    for place in reversed(range(len(branches)))
                ]

    def reason(self, key: str) -> Reason | None:
        """The reason on a shown line."""
        return next((reason for at, _depth, reason in self.shown() if at == key), None)

    def can_grow(self, key: str) -> bool:
        """Whether a line has anything behind it."""
        reason = self.reason(key)
        return reason is not None and reason.grow is not None

    def toggle(self, key: str) -> bool:
        """Fold or unfold a line; whether that changed anything."""
        if not self.can_grow(key):
            return False
        self.unfolded ^= {key}
        return True

    def unfold(self, key: str) -> bool:
        """Unfold a line; False where it is unfolded or has nothing behind it."""
        return key not in self.unfolded and self.toggle(key)

    def fold(self, key: str) -> bool:
        """Fold a line; False where it is folded already."""
        return key in self.unfolded and self.toggle(key)


def parent(key: str) -> str:
    """The line that a line hangs on; the root hangs on itself."""
    return key.rpartition("/")[0] or ROOT


def why_tree(tree: Tree, frame: Frame) -> Drawing:
    """Every line that is not folded away."""
    pen = Pen(frame.width)
    for key, depth, reason in tree.shown():
        with pen.item(key, reason.subject):
            _line(pen, reason, depth, unfolded=key in tree.unfolded)
    return pen.drawing()


def _line(pen: Pen, reason: Reason, depth: int, *, unfolded: bool) -> None:
    sign = BULLET if reason.grow is None else UNFOLDED if unfolded else FOLDED
    mark = MARKS[reason.mark]
    lead = Span(f"{sign} {mark.text}" if mark.text else sign, mark.tone or "quiet")
    tone: Tone = "strong" if reason.strong else "" if reason.grow else "quiet"
    indent = INDENT * min(depth, DEEPEST, max(0, (pen.width - 30) // INDENT))
    pen.say(reason.words, tone, mark=lead, indent=indent)
