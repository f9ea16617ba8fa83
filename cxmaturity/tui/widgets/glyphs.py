"""Signs that charts and lists are drawn with, and their stand-ins for plain terminals.

Pictures are drawn once, with signs that take one cell in every font; where only ASCII is safe, each
sign is exchanged for another of the same width when the line is shown, so no picture needs a second
layout.  Braille dots have no such stand-in: the radar asks which signs it may use.
"""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

HOLDS: Final = "✓"
FAILS: Final = "✗"
OPEN: Final = "?"
HERE: Final = "●"
AHEAD: Final = "○"
CHOSEN: Final = "▌"
FULL: Final = "█"
CLAIMED: Final = "▒"
EIGHTHS: Final = " ▏▎▍▌▋▊▉"
"""Parts of a cell from the left."""
HEIGHTS: Final = " ▁▂▃▄▅▆▇█"
"""Parts of a cell from below."""
TARGET: Final = "▲"
BEFORE_CAPS: Final = "○"
FOLDED: Final = "▸"
UNFOLDED: Final = "▾"
BULLET: Final = "·"
LINE: Final = "─"
DOWN: Final = "│"
ARROW: Final = "→"

_ASCII: Final = str.maketrans(
    {
        "✓": "+", "✗": "x", "●": "@", "○": "o", "◐": "%", "▌": "#", "█": "#", "▒": ":", "░": ".",
        "▲": "^", "▼": "v", "▶": ">", "▸": ">", "▾": "v", "·": ".", "─": "-", "│": "|", "├": "|",
        "┤": "|", "└": "`", "┌": "+", "⣿": "#", "…": ".", "–": "-", "—": "-", "→": ">", "⌐": "!",
        "×": "x", "␛": "?", "━": "=", "◆": "|", "≈": "~",
        "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "≥": ">", "≤": "<", "Δ": "d",
        "▏": " ", "▎": " ", "▍": "-", "▋": "#", "▊": "#", "▉": "#", "▐": "]",
        "▁": ".", "▂": ".", "▃": ":", "▄": ":", "▅": "=", "▆": "=", "▇": "#",
        "\u00a0": " ", "\u2011": "-", "\u202f": " ", "\u00ad": "-",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """The text with every sign that a plain font may lack exchanged, width unchanged.

    Letters stay as they are: every console that shows Finnish has them.
    """
    if text.isascii():
        return text
    said = text.translate(_ASCII)
    if said.isascii():
        return said
    return "".join(c if c.isascii() or c.isalnum() else "?" * cell_len(c) for c in said)
