"""A picture of dots in terminal cells: Braille, or one sign for each cell where only ASCII is safe.

Places are counted in cells from the top left and may lie between cells.  A cell has one colour, so
the most important dot in it gives the cell its tone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cxmaturity.tui.widgets.drawing import Line, Span, Tone, merged

Point = tuple[float, float]

_RANK: Final[Mapping[Tone, int]] = {"": 0, "quiet": 1, "mark": 2, "solid": 3}
SIGNS: Final[Mapping[Tone, str]] = {"quiet": ".", "mark": "o", "solid": "#"}
"""What stands for a tone where there is no Braille."""
_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a Braille sign by row and column of its dots."""


@dataclass
class Dots:
    """The picture while it is drawn."""

    columns: int
    rows: int
    plain: bool = False
    _bits: dict[tuple[int, int], int] = field(default_factory=dict)
    _tones: dict[tuple[int, int], Tone] = field(default_factory=dict)
    _letters: dict[tuple[int, int], str] = field(default_factory=dict)

    def dot(self, at: Point, tone: Tone) -> None:
        """One dot; outside the picture it is not drawn."""
        x, y = at
        cell = (int(x), int(y))
        if x < 0 or y < 0 or cell[0] >= self.columns or cell[1] >= self.rows:
            return
        self._bits[cell] = self._bits.get(cell, 0) | _DOTS[int(y * 4) % 4][int(x * 2) % 2]
        if _RANK[tone] >= _RANK[self._tones.get(cell, "")]:
            self._tones[cell] = tone

    def line(self, start: Point, end: Point, tone: Tone, every: int = 1) -> None:
        """A straight line; ``every`` leaves out dots, which makes it fainter."""
        across, down = end[0] - start[0], end[1] - start[1]
        steps = max(1, round(max(abs(across) * 2, abs(down) * 4)))
        for step in range(0, steps + 1, every):
            part = step / steps
            self.dot((start[0] + across * part, start[1] + down * part), tone)

    def word(self, at: Point, text: str) -> None:
        """A label with its middle at a place, moved inside where it would stick out."""
        start = min(max(0, round(at[0] - len(text) / 2)), self.columns - len(text))
        row = min(max(0, int(at[1])), self.rows - 1)
        for place, letter in enumerate(text):
            self._letters[start + place, row] = letter

    def lines(self) -> list[Line]:
        """The picture, line by line."""
        return [merged(self._cell((x, y)) for x in range(self.columns)) for y in range(self.rows)]

    def _cell(self, cell: tuple[int, int]) -> Span:
        if cell in self._letters:
            return Span(self._letters[cell], "strong")
        if cell not in self._bits:
            return Span(" ")
        tone = self._tones[cell]
        return Span(SIGNS[tone] if self.plain else chr(_BRAILLE + self._bits[cell]), tone)
