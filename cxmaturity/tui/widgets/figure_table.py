"""A table that fits whatever the width: the twin of every chart.

Columns that do not fit beside the first one continue in a further block under it, which repeats the
first column; nothing is left out and no figure is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.tui.widgets.drawing import Pen, Span, left, right, widest, wrapped
from cxmaturity.tui.widgets.glyphs import LINE

GAP = 2
SHORTEST_FIRST = 20
"""Names are not cut to less."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: what is chosen with it, and its cells."""

    key: str
    cells: Sequence[str]


def figure_table(pen: Pen, head: Sequence[str], rows: Sequence[Row]) -> None:
    """Words in the first column at the left, everything else at the right of its column."""
    columns = [[head[place], *(row.cells[place] for row in rows)] for place in range(len(head))]
    heads = [max((widest([word]) for word in title.split(" ")), default=1) for title in head]
    most = max(pen.width - SHORTEST_FIRST - GAP, SHORTEST_FIRST)
    figures = [
        min(max(least, widest(cells[1:])), most)
        for least, cells in zip(heads, columns, strict=True)
    ]
    first = _first(max(figures[0], heads[0]), figures[1:], pen.width)
    for places in _blocks(figures, pen.width - first):
        if places[0] > 1:
            pen.blank()
        _head(pen, head, first, figures, places)
        for row in rows:
            # Only in the first block can a row be chosen: a key must be in one place.
            said = [Span(left(row.cells[0], first))]
            said += [Span(right(row.cells[p], figures[p] + GAP)) for p in places]
            if row.key and places[0] == 1:
                with pen.item(row.key, row.key):
                    pen.row(*said)
            else:
                pen.row(*said)


def _first(wanted: int, others: Sequence[int], width: int) -> int:
    """Cells of the first column: cut only where that lets all others stand beside it."""
    beside = width - sum(other + GAP for other in others)
    if beside >= min(wanted, SHORTEST_FIRST):
        return min(wanted, beside)
    widest_other = max([*others, 0]) + GAP
    return min(wanted, max(SHORTEST_FIRST, 2 * width // 5), max(1, width - widest_other))


def _blocks(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Which columns stand side by side."""
    block: list[int] = []
    used = 0
    for place in range(1, len(widths)):
        needed = widths[place] + GAP
        if block and used + needed > room:
            yield block
            block, used = [], 0
        block.append(place)
        used += needed
    yield block


def _head(
    pen: Pen, head: Sequence[str], first: int, widths: Sequence[int], places: Sequence[int]
) -> None:
    """Titles, each in as many lines as its column needs, with a rule under them."""
    titles = {place: wrapped(head[place], widths[place]) for place in places}
    lines = max(map(len, titles.values()), default=1)
    for number in range(lines):
        said = [Span(left(head[0] if number == lines - 1 else "", first), "quiet")]
        for place in places:
            at = number - (lines - len(titles[place]))
            word = titles[place][at] if at >= 0 else ""
            said.append(Span(right(word, widths[place] + GAP), "quiet"))
        pen.row(*said)
    pen.row(Span(LINE * (first + sum(widths[place] + GAP for place in places)), "quiet"))
