"""What a picture in the terminal is made of: lines of toned text, and which lines can be chosen.

The drawing functions beside this module turn values into a `Drawing` of a given width; the `Sheet`
shows it.  A tone says what a piece of text is, not how it looks, so that a picture can be read and
tested without a terminal, a theme or Textual.  Widths are in terminal cells.  Text that comes here
is already harmless: it went through `cxmaturity.text.names.Names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from rich.cells import cell_len, chop_cells

Tone = Literal[
    "", "strong", "quiet", "heading", "holds", "fails", "open", "blocker", "risk", "note",
    "strength", "solid", "claimed", "inside", "range", "mark", "here", "key",
    "heat0", "heat1", "heat2", "heat3", "heat4", "heat5",
]  # fmt: skip
"""What a piece of text is; how it looks is the style sheet's business."""

ELLIPSIS = "…"
LONGEST_LINE = 96
"""Sentences are not set wider than this: longer lines are hard to follow back."""
SHORTEST_NAME = 6
"""Less of a name is not recognised; then the cut goes through a word."""


class Span(NamedTuple):
    """A piece of text in one tone."""

    text: str
    tone: Tone = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Lines that are chosen together; ``why`` is what the why-tree opens at, or nothing."""

    key: str
    why: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture."""

    lines: tuple[Line, ...]
    items: tuple[Item, ...] = ()

    def item(self, key: str) -> Item | None:
        """The item with this key."""
        return next((item for item in self.items if item.key == key), None)

    def item_at(self, row: int) -> Item | None:
        """The item that a line belongs to."""
        return next((item for item in self.items if item.first <= row <= item.last), None)

    def text(self) -> str:
        """The picture without its tones, for tests and for reading."""
        return "\n".join("".join(s.text for s in line).rstrip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room for a picture, which of its items is chosen, and whether only ASCII is safe."""

    width: int
    height: int = 1
    chosen: str = ""
    plain: bool = False


@dataclass
class Pen:
    """Writes a drawing from top to bottom."""

    width: int
    _lines: list[Line] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)

    def row(self, *spans: Span) -> None:
        """One line, as it is."""
        self._lines.append(spans)

    def blank(self) -> None:
        """An empty line, unless the picture has just begun or already has one."""
        if self._lines and self._lines[-1]:
            self._lines.append(())

    def say(self, text: str, tone: Tone = "", *, mark: Span | None = None, indent: int = 0) -> None:
        """A sentence, broken between words; further lines hang under the first after its mark."""
        lead = (Span(" " * indent),) if indent else ()
        hang = indent + (cell_len(mark.text) + 1 if mark else 0)
        room = max(8, min(self.width, LONGEST_LINE) - hang)
        first = (*lead, mark, Span(" ")) if mark else lead
        for number, part in enumerate(wrapped(text, room)):
            self.row(*(first if number == 0 else (Span(" " * hang),)), Span(part, tone))

    def heading(self, text: str, tone: Tone = "heading") -> None:
        """Starts a section, one line apart from what stands above."""
        self.blank()
        self.say(text, tone)

    @contextmanager
    def item(self, key: str, why: str = "") -> Iterator[None]:
        """What is written inside is chosen together."""
        first = len(self._lines)
        yield
        self._items.append(Item(key, why, first, len(self._lines) - 1))

    def drawing(self) -> Drawing:
        """What has been written."""
        return Drawing(tuple(self._lines), tuple(self._items))


def shortened(drawing: Drawing, height: int) -> Drawing:
    """The drawing in at most that many lines; the last one shows that there would be more."""
    if len(drawing.lines) <= height:
        return drawing
    return Drawing((*drawing.lines[: max(0, height - 1)], (Span(ELLIPSIS, "quiet"),)))


@lru_cache(maxsize=2048)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """The text in lines of at most ``width`` cells, broken between words where that is possible."""
    lines: list[str] = []
    current, used = "", 0
    for word in text.split(" "):
        for piece in chop_cells(word, width) or [""]:
            size = cell_len(piece)
            if current and used + 1 + size > width:
                lines.append(current)
                current, used = piece, size
            else:
                current, used = (
                    (f"{current} {piece}", used + 1 + size) if current else (piece, size)
                )
    return (*lines, current)


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` cells, ended after a whole word where one fits."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return ELLIPSIS[:width]
    room = chop_cells(text, width - 1)[0]
    whole = room if text[len(room) : len(room) + 1] == " " else room.rpartition(" ")[0].rstrip()
    kept = whole if cell_len(whole) >= SHORTEST_NAME else room
    return kept.rstrip(" ,;:–-&·") + ELLIPSIS


def joined(parts: Sequence[str], width: int, between: str = " · ", least: int = 1) -> str:
    """As many whole parts as fit, at least ``least`` of them, which are cut if need be."""
    kept = list(parts)
    while len(kept) > least and cell_len(between.join(kept)) > width:
        kept.pop()
    return cut(between.join(kept), width)


def left(text: str, width: int) -> str:
    """The text at the left of a column of that width, cut where it is longer."""
    said = cut(text, width)
    return said + " " * (width - cell_len(said))


def right(text: str, width: int) -> str:
    """The text at the right of a column of that width."""
    said = cut(text, width)
    return " " * (width - cell_len(said)) + said


def widest(texts: Sequence[str]) -> int:
    """Cells of the longest text."""
    return max(map(cell_len, texts), default=0)


def merged(cells: Iterable[Span]) -> Line:
    """Neighbours of one tone as one span: fewer pieces are sent to the terminal."""
    return tuple(
        Span("".join(span.text for span in run), tone)
        for tone, run in groupby(cells, key=lambda span: span.tone)
    )


def size(spans: Sequence[Span]) -> int:
    """Cells of a line."""
    return sum(cell_len(span.text) for span in spans)
