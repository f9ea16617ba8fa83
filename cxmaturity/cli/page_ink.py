"""Draws pieces of a page with Rich: wrapped at words, aligned, colour only beside a sign or a word.

Everything shown goes through `Ink.text`, which makes Rich text objects and never markup, so that
brackets in an answer stay brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.page_blocks import (
    Block,
    Gap,
    Grid,
    Heading,
    Line,
    Picture,
    Statement,
    Subheading,
    spaced,
)

STYLES = {
    "": "",
    "strong": "bold",
    "quiet": "dim",
    "blocker": "bold red",
    "risk": "bold yellow",
    "note": "bold blue",
    "strength": "bold green",
}
ACCENT = "cyan"
_HOLDS = {True: "green", False: "red", None: "yellow"}
_SIGNS = {True: "✓", False: "✗", None: "?"}
_ASCII_SIGNS = {True: "+", False: "x", None: "?"}
GAP = 2
"""Cells between the columns of a table."""
LONGEST_WORD = 24
"""Longer words in a table may be broken."""
# What the page itself draws or writes beyond ASCII; letters of a language stay.
_IN_ASCII = str.maketrans(
    {
        "–": "-", "—": "-", "−": "-", "·": "|", "…": "...", "“": '"', "”": '"', "’": "'",
        "×": "*", "→": "->", "▶": ">", "─": "-", "●": "*", "○": "o", "✓": "+", "✗": "x",
        "⌐": "^", "≈": "~", "█": "#", "░": ":", "\u00a0": " ", "≥": ">=", "≤": "<=", "◆": "#",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ink:
    """How wide a page is and which signs it may use."""

    width: int
    ascii_only: bool = False

    def text(self, said: str, style: str = "") -> Text:
        """Words as they are, in one style."""
        shown = said.translate(_IN_ASCII) if self.ascii_only else said
        return Text(shown, style=style, overflow="fold")

    def draw(self, blocks: Iterable[Block]) -> Iterator[RenderableType]:
        """The pieces one under another, with an empty line before each section."""
        for block in spaced(blocks):
            match block:
                case Gap():
                    yield Text()
                case Heading():
                    yield self.heading(block)
                case Subheading():
                    yield self.text(block.text, STYLES[block.tone])
                case Line():
                    yield self._line(block)
                case Statement():
                    yield self._statement(block)
                case Picture():
                    drawn = block.in_ascii if self.ascii_only else block.drawn
                    yield self._hung(Text(drawn, style=ACCENT), self.text(block.text), "", 0)
                case Grid():
                    yield self._grid(block)

    def heading(self, block: Heading) -> Text:
        """A title, a thin line to the margin, and the remark at its end."""
        title = self.text(block.text, "bold")
        told_apart = block.aside and block.aside != block.text
        aside = self.text(f" {block.aside}" if told_apart else "", "dim")
        rest = self.width - title.cell_len - aside.cell_len - 1
        if rest < 3:
            return title
        return Text.assemble(title, " ", self.text("─" * rest, "dim"), aside)

    def sign(self, holds: bool | None) -> Text:
        """Whether something holds: a sign with its own shape, coloured too."""
        signs = _ASCII_SIGNS if self.ascii_only else _SIGNS
        return Text(signs[holds], style=_HOLDS[holds])

    def _line(self, block: Line) -> RenderableType:
        said = self.text(block.text, STYLES[block.tone])
        mark = self.text(block.mark, "bold" if block.tone == "strong" else "dim")
        return self._hung(mark, said, block.aside, block.indent)

    def _statement(self, block: Statement) -> RenderableType:
        return self._hung(self.sign(block.holds), self.text(block.words), block.exact, block.indent)

    def _hung(self, mark: Text, said: Text, aside: str, indent: int) -> RenderableType:
        """Words hanging on their mark; what stands aside is on their line or below them."""
        room = self.width - indent - (mark.cell_len + 1 if mark else 0)
        body = self._beside(said, self.text(aside, "dim"), room)
        if mark:
            grid = Table.grid(padding=(0, 1, 0, 0))
            grid.add_column(no_wrap=True)
            grid.add_column(overflow="fold")
            grid.add_row(mark, body)
            body = grid
        return Padding(body, (0, 0, 0, indent))

    def _beside(self, said: Text, aside: Text, room: int) -> RenderableType:
        if not aside:
            return said
        free = room - said.cell_len - aside.cell_len
        if free >= 2:
            return Text.assemble(said, " " * free, aside)
        return Group(said, aside)

    def _grid(self, block: Grid) -> RenderableType:
        """A table where it fits, else each row as a sentence."""
        cells = [[self.text(cell) for cell in row] for row in block.rows]
        columns = [
            Column(
                self.text(head, "dim"),
                [row[place] for row in cells],
                "words" if place == 0 or place in block.left else "figures",
            )
            for place, head in enumerate(block.head)
        ]
        if narrowest(columns, GAP) <= self.width:
            return table(columns, self.width, GAP)
        return Group(*(self._row(block, row) for row in block.rows))

    def _row(self, block: Grid, row: Sequence[str]) -> RenderableType:
        pairs = zip(block.head[1:], row[1:], strict=True)
        said = " · ".join(f"{head} {cell}" for head, cell in pairs if cell)
        return Group(self.text(row[0]), Padding(self.text(said), (0, 0, 0, 2)))


class Column(NamedTuple):
    """Head and cells; figures stand to the right, pictures and words to the left."""

    head: Text
    cells: Sequence[Text]
    kind: Literal["words", "picture", "figures"]


def longest_word(texts: Iterable[Text]) -> int:
    """Cells below which a word would be broken; a very long one may be."""
    words = (word for text in texts for word in text.plain.split())
    return min(max(map(cell_len, words), default=1), LONGEST_WORD)


def widest(column: Column) -> int:
    """Cells that a column takes when nothing in it is wrapped."""
    return max(text.cell_len for text in (column.head, *column.cells))


def _least(column: Column) -> int:
    """Cells that a column needs: words wrapped, figures and pictures whole."""
    if column.kind != "words":
        return widest(column)
    return min(longest_word((column.head, *column.cells)), widest(column))


def narrowest(columns: Sequence[Column], gap: int) -> int:
    """Cells that columns need beside one another."""
    return sum(map(_least, columns)) + gap * (len(columns) - 1)


def table(columns: Sequence[Column], width: int, gap: int) -> Table:
    """The columns under their heads; what room is left goes to the words, from the left.

    Rich would share the room otherwise, and clip what it cannot wrap.
    """
    room = width - narrowest(columns, gap)
    drawn = Table.grid(padding=(0, gap, 0, 0))
    for column in columns:
        cells = min(widest(column), _least(column) + max(room, 0))
        room -= cells - _least(column)
        drawn.add_column(
            width=cells,
            justify="right" if column.kind == "figures" else "left",
            no_wrap=column.kind != "words",
            overflow="fold",
        )
    drawn.add_row(*(column.head for column in columns))
    for row in zip(*(column.cells for column in columns), strict=True):
        drawn.add_row(*row)
    return drawn


def tables(columns: Sequence[Column], width: int, gap: int) -> Iterator[RenderableType]:
    """The columns in as few tables as the width allows, each beginning with the first column."""
    names, *rest = columns
    part: list[Column] = []
    for column in rest:
        if part and narrowest([names, *part, column], gap) > width:
            yield table([names, *part], width, gap)
            yield Text()
            part = []
        part.append(column)
    yield table([names, *part], width, gap)
