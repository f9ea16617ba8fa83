"""Draws pieces of a page as plain lines: no colour, no drawing, readable aloud from top to bottom.

Signs become words, tables become aligned lines.  Rich is not needed here.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from cxmaturity.cli import page_people
from cxmaturity.cli import page_sections as sections
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
from cxmaturity.cli.page_measures import measures
from cxmaturity.text.account import Account, phase, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import pgettext
from cxmaturity.text.wording import verdict_word

GAP = 2
"""Spaces between columns."""
_LONGEST_WORD = 24
"""Longer words in a table may be broken."""


def plain_blocks(told: Account, top: int) -> Iterator[Block]:
    """The whole page in pieces, the pictures as tables and sentences."""
    yield from sections.title_lines(told)
    yield Heading(_("Phase"))
    yield Line(", ".join(phase.headline(told)) + ".")
    yield from _path(told)
    yield from sections.certainty(told)
    yield from sections.gates(told)
    yield from _scores(told)
    yield from sections.score_notes(told)
    yield from _profile(told)
    yield from _people(told)
    yield from sections.targets(told)
    yield from measures(told)
    yield from sections.findings(told)
    yield from sections.recommendations(told, top)
    yield from sections.undecided(told)
    yield from sections.foundation(told)


def _path(told: Account) -> Iterator[Block]:
    place = phase.here(told)
    stages = []
    for number, gate in enumerate(told.card.phase.gates):
        said = pgettext("phase", "here") if number == place else verdict_word(holds=gate.holds)
        stages.append(f"{phase.gate_title(told, gate)} ({said})")
    yield Line(_("Path: {stages}.").format(stages=", ".join(stages)))


def _scores(told: Account) -> Iterator[Block]:
    yield Heading(_("Dimensions"))
    head = (
        _("Dimension"), _("Score"), _("Evidenced"), _("Possible"), _("Answered"), _("Behaviour"),
    )  # fmt: skip
    rows = [
        (
            "  " * depth + scores.title(told, card),
            scores.score(told, card),
            told.figure(card.id, card.evidenced),
            told.interval(card.low, card.high, card.id),
            told.percent(card.coverage),
            scores.behaviour(told, card),
        )
        for depth, card in scores.scored(told)
    ]
    yield Grid(head, rows, left=(5,))


def _profile(told: Account) -> Iterator[Block]:
    columns = scores.levels(told)
    if columns:
        yield Heading(_("Profile"))
        yield Line(_("Share of the answers at the level typical of each phase."))
        rows = [
            (
                "  " * depth + scores.title(told, card),
                *(told.percent(card.profile.get(id_)) for id_, _name in columns),
            )
            for depth, card in scores.scored(told)
            if card.profile
        ]
        yield Grid((_("Dimension"), *(name for _id, name in columns)), rows)


def _people(told: Account) -> Iterator[Block]:
    """Respondents; groups stand in tables, where the drawn page has pictures."""
    yield from page_people.standing(told)
    yield from page_people.dimensions(told)
    yield from page_people.gaps(told)
    yield from page_people.attributed(told)
    yield from page_people.every_group(told)


def plain_lines(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """The pieces as lines of text, sentences wrapped at words."""
    for block in spaced(blocks):
        match block:
            case Gap():
                yield ""
            case Heading():
                told_apart = block.aside and block.aside != block.text
                yield f"{block.text} ({block.aside})" if told_apart else block.text
            case Subheading():
                yield f"{block.text}:"
            case Line():
                mark = f"{block.mark} " if block.mark and block.mark.isalnum() else ""
                aside = f" [{block.aside}]" if block.aside else ""
                yield from _wrapped(mark + block.text + aside, block.indent, width)
            case Statement():
                exact = f" [{block.exact}]" if block.exact else ""
                said = f"{verdict_word(holds=block.holds)}: {block.words}{exact}"
                yield from _wrapped(said, block.indent, width)
            case Picture():
                yield from _wrapped(block.text, 0, width)
            case Grid():
                yield from _aligned(block, width)


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    before = " " * indent
    return textwrap.wrap(
        text,
        max(width, 20),
        initial_indent=before,
        subsequent_indent=before + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _aligned(block: Grid, width: int) -> Iterator[str]:
    """The table, its words wrapped where it is too wide; row by row where that is not enough."""
    rows = [block.head, *block.rows]
    words = [place == 0 or place in block.left for place in range(len(block.head))]
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    least = [
        min(max(_cells(word) for cell in column for word in cell.split() or [""]), _LONGEST_WORD)
        if wraps
        else wide
        for wraps, wide, column in zip(words, widths, zip(*rows, strict=True), strict=True)
    ]
    between = GAP * (len(widths) - 1)
    if sum(least) + between > width:
        yield from _as_sentences(block, width)
        return
    for place in reversed(range(len(widths))):
        over = sum(widths) + between - width
        widths[place] -= max(min(over, widths[place] - least[place]), 0)
    for row in rows:
        yield from _row(row, widths, words)


def _row(row: Sequence[str], widths: Sequence[int], words: Sequence[bool]) -> Iterator[str]:
    """One row, on as many lines as its longest cell takes."""
    cells = [_folded(cell, wide) for cell, wide in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        shown = (
            _padded(part, wide, left=left)
            for part, wide, left in zip(parts, widths, words, strict=True)
        )
        yield (" " * GAP).join(shown).rstrip()


def _folded(cell: str, width: int) -> list[str]:
    """The cell's lines; its indentation stays."""
    if _cells(cell) <= width:
        return [cell]
    indent = " " * (len(cell) - len(cell.lstrip(" ")))
    wrapped = textwrap.wrap(cell, width, subsequent_indent=indent, break_on_hyphens=False)
    return wrapped or [""]


def _as_sentences(block: Grid, width: int) -> Iterator[str]:
    for first, *rest in block.rows:
        pairs = zip(block.head[1:], rest, strict=True)
        said = "; ".join(f"{head} {cell}" for head, cell in pairs if cell)
        indent = len(first) - len(first.lstrip(" "))
        yield from _wrapped(f"{first.strip()}: {said}", indent, width)


def _padded(cell: str, width: int, *, left: bool) -> str:
    rest = " " * (width - _cells(cell))
    return cell + rest if left else rest + cell


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
