"""A window that finds by typing: commands, questions, entries of a rubric, engagements.

What matches best stands first: words that begin with what was typed, then words that hold it, then
letters in order.  An empty field lists everything in its own order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.dialog import Dialog
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, cut, left, right
from cxmaturity.tui.widgets.sheet import Sheet

MOST_SHOWN = 200


class Candidate(NamedTuple):
    """One thing to find: its key, its group, its name, and a remark at the end of the line."""

    key: str
    group: str
    name: str
    aside: str = ""
    hidden: str = ""
    """Words it is also found by."""


class Finder(Dialog[str]):
    """Gives back the key of what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, title: str, candidates: Sequence[Candidate], *, plain_signs: bool) -> None:
        """Everything that can be found, in its own order."""
        super().__init__(title, plain_signs=plain_signs)
        self._candidates = candidates
        self._found: Sequence[Candidate] = candidates

    def compose(self) -> ComposeResult:
        """The field and what matches."""
        with self.frame_widget(kind="finder"):
            yield Input(id="finder-words", compact=True, placeholder=_("Type to find"))
            yield Sheet(plain_signs=self._plain, id="finder-list")

    def on_mount(self) -> None:
        """List everything, and begin to type."""
        sheet = self.query_one(Sheet)
        sheet.can_focus = False
        self.query_one(Input).focus()
        sheet.show(self._draw)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """List what matches."""
        self._found = found_by(event.value, self._candidates)
        first = self._found[0].key if self._found else ""
        self.query_one(Sheet).show(self._draw, chosen=first)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Give back what is chosen."""
        item = self.query_one(Sheet).chosen
        if item and self._found:
            self.leave_with(item.key)

    @on(Sheet.Opened)
    def clicked(self, event: Sheet.Opened) -> None:
        """A click on what is chosen is Enter."""
        self.leave_with(event.key)

    def action_step(self, by: int) -> None:
        """Choose the next or previous."""
        self.query_one(Sheet).step(by)

    def action_page(self, by: int) -> None:
        """Choose a page further."""
        self.query_one(Sheet).step_page(by)

    def _draw(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        shown = self._found[:MOST_SHOWN]
        if not shown:
            pen.say(_("Nothing is called that."), "quiet")
        aside = min(max((len(c.aside) for c in shown), default=0), frame.width // 3)
        group = min(max((len(c.group) for c in shown), default=0) + 1, frame.width // 4)
        for candidate in shown:
            with pen.item(candidate.key):
                room = frame.width - group - aside - 1
                pen.row(
                    Span(left(cut(candidate.group, group - 1), group), "quiet"),
                    Span(left(candidate.name, room)),
                    Span(" "),
                    Span(right(candidate.aside, aside), "key"),
                )
        return pen.drawing()


def found_by(words: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """What matches every word, the best first."""
    wanted = words.casefold().split()
    if not wanted:
        return candidates
    ranked = [(_rank(wanted, candidate), candidate) for candidate in candidates]
    matching = [pair for pair in ranked if pair[0] is not None]
    return [candidate for _rank_, candidate in sorted(matching, key=lambda pair: pair[0] or 0)]


def _rank(wanted: Sequence[str], candidate: Candidate) -> int | None:
    text = f"{candidate.name} {candidate.group} {candidate.hidden}".casefold()
    words = text.split()
    ranks = [_word_rank(word, words, text) for word in wanted]
    return None if None in ranks else sum(rank for rank in ranks if rank is not None)


def _word_rank(word: str, words: Sequence[str], text: str) -> int | None:
    if word in words[:1]:
        return 0
    if any(each.startswith(word) for each in words):
        return 1
    if word in text:
        return 2
    letters = iter(text)
    in_order = len(word) > 2 and all(letter in letters for letter in word)
    return 3 if in_order else None
