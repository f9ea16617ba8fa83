"""Tables and lists of the Markdown report; their cells are already escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: tuple[int, ...] = (0,)) -> str:
    """A table of figures; the columns numbered in ``left`` hold words."""
    sides = (":--" if place in left else "--:" for place in range(len(head)))
    rule = f"| {' | '.join(sides)} |"
    lines = [f"| {' | '.join(head)} |", rule]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def bullets(sentences: Iterable[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {sentence}" for sentence in sentences)
