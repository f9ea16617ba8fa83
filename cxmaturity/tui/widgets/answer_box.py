"""The answer to one question: options pressed by their key, or a number written in place.

It knows neither the question nor the session: it gets rows and says what was pressed.  Digits
answer; arrows belong to the screen, because they lead to other questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.message import Message

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, Tone, wrapped
from cxmaturity.tui.widgets.glyphs import AHEAD, ARROW, HERE
from cxmaturity.tui.widgets.panel import Panel

Way = Literal["one", "many", "number", "line"]
"""One option, several options, a number, a text."""
MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Row:
    """One option: the key that stands for it, and its text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as values: the rows, which are chosen, and what is said below them.

    ``said`` is the answer where it is no option: a number, a text, not applicable.  ``wanted`` says
    what may be written.  ``subject`` comes back with every answer.
    """

    way: Way
    subject: str = ""
    rows: Sequence[Row] = ()
    chosen: frozenset[int] = frozenset()
    said: str = ""
    wanted: str = ""
    below: str = ""
    negative: bool = False


class AnswerBox(Panel, can_focus=True):
    """Shows the ways to answer and takes the keys that answer."""

    @dataclass
    class Chose(Message):
        """An option was pressed; ``key`` is empty where it was pointed at.

        Keys are quicker than screens: ``subject`` tells which question was shown meanwhile.
        """

        subject: str
        place: int
        key: str

    @dataclass
    class Ticked(Message):
        """An option of several was pressed."""

        subject: str
        place: int

    class WantsText(Message):
        """A text is to be written."""

    def __init__(self, *, plain_signs: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """An empty box."""
        super().__init__(plain_signs=plain_signs, id=id)
        self._asked = Asked("one")
        self._at: int | None = None
        self._first = 0
        self._typed = ""
        self._number = ""
        self._fault = ""

    # what is asked ------------------------------------------------------------------------------

    def ask(self, asked: Asked, *, anew: bool) -> None:
        """Show a question; ``anew`` forgets what was pointed at or half written."""
        self._asked = asked
        if anew:
            self._at, self._first, self._typed, self._number = None, 0, "", ""
        self._fault = ""
        self.show(self._draw_asked)

    def refuse(self, why: str) -> None:
        """Say why an answer was not taken."""
        self._fault = why
        self.redraw()

    @property
    def takes_letters(self) -> bool:
        """Whether letters are keys of options now."""
        return any(row.key.isalpha() for row in self._asked.rows)

    @property
    def half_written(self) -> str:
        """A number that was begun and not confirmed."""
        return self._typed

    # keys ---------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Digits and letters of options answer; digits also write a number."""
        taken = self._write(event) if self._asked.way == "number" else self._press(event)
        if taken:
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        pressed = event.character or ""
        if self._asked.way == "line" or not pressed.isalnum():
            return False
        keys = [row.key for row in self._asked.rows]
        if any(len(key) > 1 for key in keys) and pressed.isdigit():
            self._number = (self._number + pressed)[-2:]
            pressed = self._number
            if len(pressed) < 2:
                return True
            self._number = ""
        if pressed not in keys:
            return pressed.isdigit()
        self.pick(keys.index(pressed), pressed)
        return True

    def _write(self, event: events.Key) -> bool:
        typed = event.character or ""
        if event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
        elif event.key == "escape" and self._typed:
            self._typed = ""
        elif typed.isdigit() or (self._typed and typed in {",", "."}):
            self._typed = (self._typed + typed)[:MOST_DIGITS]
        elif typed == "-" and self._asked.negative and not self._typed:
            self._typed = "-"
        else:
            return False
        self.redraw()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A pasted number is written."""
        if self._asked.way == "number":
            wanted = [c for c in event.text if c.isdigit() or c in ",.-"]
            self._typed = "".join(wanted)[:MOST_DIGITS]
            self.redraw()

    # what the screen asks for -------------------------------------------------------------------

    def point(self, by: int) -> None:
        """Point at the option below or above."""
        count = len(self._asked.rows)
        if count:
            start = min(self._asked.chosen, default=-1 if by > 0 else count)
            at = start + by if self._at is None else self._at + by
            self._at = min(max(at, 0), count - 1)
            self.redraw()

    def toggle(self) -> None:
        """Choose or tick what is pointed at, by default the first."""
        if self._asked.rows:
            self.pick(self._at or 0)

    def pick(self, place: int, key: str = "") -> None:
        """Choose an option, or tick it where several may be chosen."""
        if self._asked.way == "many":
            self._at = place
            self.post_message(self.Ticked(self._asked.subject, place))
        else:
            self.post_message(self.Chose(self._asked.subject, place, key))

    def confirm(self) -> bool:
        """Choose what is pointed at, or begin a text; whether there was something to confirm."""
        if self._asked.way == "line":
            self.post_message(self.WantsText())
            return True
        if self._asked.way == "one" and self._at is not None:
            self.pick(self._at)
            return True
        return False

    def on_click(self, event: events.Click) -> None:
        """A click answers like the key of the row."""
        offset = event.get_content_offset(self)
        item = self.drawing.item_at(offset.y) if offset else None
        if item and item.key.isdigit():
            self.pick(int(item.key))
        elif self._asked.way == "line":
            self.post_message(self.WantsText())

    # drawing ------------------------------------------------------------------------------------

    def _draw_asked(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        if self._asked.way in {"one", "many"}:
            self._draw_rows(pen, frame)
        else:
            self._draw_field(pen)
        self._draw_below(pen)
        return pen.drawing()

    def _draw_rows(self, pen: Pen, frame: Frame) -> None:
        asked = self._asked
        widest = max((len(row.key) for row in asked.rows), default=1)
        lead = widest + (6 if asked.way == "many" else 4)
        texts = [wrapped(row.text, max(frame.width - lead, 10)) for row in asked.rows]
        room = frame.height - 1 - bool(asked.said)
        first, last = self._window([len(text) for text in texts], room)
        if first:
            pen.row(
                Span(" ▲ ", "quiet"), Span(_("{count} more above").format(count=first), "quiet")
            )
        for place in range(first, last):
            with pen.item(str(place)):
                self._draw_row(pen, place, texts[place], lead)
        if rest := len(texts) - last:
            pen.row(Span(" ▼ ", "quiet"), Span(_("{count} more below").format(count=rest), "quiet"))

    def _draw_row(self, pen: Pen, place: int, text: Sequence[str], lead: int) -> None:
        asked, row = self._asked, self._asked.rows[place]
        chosen = place in asked.chosen
        sign = ("[x]" if chosen else "[ ]") if asked.way == "many" else HERE if chosen else AHEAD
        tone: Tone = "here" if chosen else ""
        pointer = ARROW if place == self._at else " "
        pen.row(
            Span(pointer, "key"), Span(f"{sign} ", tone or "quiet"),
            Span(row.key.ljust(lead - len(sign) - 3), "key"), Span(" "), Span(text[0], tone),
        )  # fmt: skip
        for more in text[1:]:
            pen.row(Span(" " * lead), Span(more, tone))

    def _window(self, heights: Sequence[int], room: int) -> tuple[int, int]:
        """The rows that are shown: around what is pointed at or chosen, as many as fit."""
        if sum(heights) <= room:
            return 0, len(heights)
        wanted = self._at if self._at is not None else min(self._asked.chosen, default=0)
        first = min(self._first, wanted)
        while sum(heights[first : wanted + 1]) > room - 2 and first < wanted:
            first += 1
        self._first, last, used = first, first, 0
        while last < len(heights) and used + heights[last] <= room - 2:
            used += heights[last]
            last += 1
        return first, max(last, first + 1)

    def _draw_field(self, pen: Pen) -> None:
        asked = self._asked
        pen.say(asked.wanted, "quiet", indent=1)
        pen.blank()
        if self._typed:
            pen.row(Span(" ▌ ", "key"), Span(self._typed, "here"), Span("▏", "key"))
        elif asked.said:
            pen.say(asked.said, "here", mark=Span(f" {HERE}", "here"))
        else:
            pen.row(Span(f" {AHEAD} ", "quiet"), Span(_("no answer yet"), "quiet"))

    def _draw_below(self, pen: Pen) -> None:
        asked = self._asked
        if asked.said and asked.way in {"one", "many"}:
            pen.say(asked.said, "here", mark=Span(f" {HERE}", "here"))
        if self._fault:
            pen.say(self._fault, "blocker", mark=Span(" !", "blocker"))
        elif asked.below:
            pen.say(asked.below, "quiet", indent=1)
