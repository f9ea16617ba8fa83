"""The pieces a page is made of, before it is known how they are drawn.

The coloured page and the plain page show the same pieces; a piece therefore never relies on colour,
lines or columns to be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "strong", "quiet", "blocker", "risk", "note", "strength"]
"""What a piece of text is; how it looks is the drawer's business."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Starts a section; ``aside`` is a short remark at the other end of the line."""

    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """Starts a part of a section."""

    text: str
    tone: Tone = "strong"


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line between things of the same kind; none before a heading, which has its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or a title; ``aside`` (an id, an expression) stands at the end of its line."""

    text: str
    tone: Tone = ""
    indent: int = 0
    aside: str = ""
    mark: str = ""
    """A number or sign before the text, which then hangs on it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A condition in words, whether it holds, and its exact text."""

    holds: bool | None
    words: str
    exact: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture before the sentence that says the same; plain pages show the sentence."""

    drawn: str
    in_ascii: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first column holds words, the others figures, or words where named in ``left``.

    Column numbers count from 0.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: tuple[int, ...] = ()


Block = Heading | Subheading | Gap | Line | Statement | Picture | Grid
"""Any piece of a page."""


def spaced(blocks: Iterable[Block]) -> Iterator[Block]:
    """The pieces with one empty line where there should be one: before a heading, at a gap."""
    gap = False
    for block in blocks:
        if isinstance(block, Gap):
            gap = True
            continue
        if gap or isinstance(block, Heading):
            yield Gap()
        gap = False
        yield block
