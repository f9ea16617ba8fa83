"""Foreign text made harmless for a terminal: the one way to the screen, the log and the error.

Answers, rubric texts, file names and plugin names may hold bytes that move the cursor, write the
clipboard or turn the reading direction; neither Rich nor Textual removes them.  What is taken out
leaves a visible mark, so that a reviewer sees that something was there.  The original is stored
unchanged: this is for showing only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARK = "␛"
"""Stands for whatever was taken out."""

MOST_COMBINING = 8
"""Marks stacked on one letter; more of them paint over the lines above and below."""

Keep = Literal["", "\n", "\t", "\n\t"]
"""Layout characters that may stay; the others become spaces."""

# Every branch is made of disjoint character classes with possessive repeats, so no input makes the
# search go back over what it has read.  An unterminated string loses only its introducer: hiding
# the rest of the text would let an answer swallow what follows it.
_STRING_BODY = r"[^\x07\x18\x1a\x1b\x90\x98\x9b-\x9f]*+"
_CONTROL_STRING = (
    rf"(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f]){_STRING_BODY}(?:[\x07\x18\x1a\x9c]|\x1b\\)"
)
_CONTROL_SEQUENCE = r"(?:\x1b\[|\x9b)[\x20-\x3f]*+[\x40-\x7e]?"
_ESCAPE_SEQUENCE = r"\x1b[\x20-\x2f]*+[\x30-\x7e]?"
_CONTROL_CHARACTER = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
# Reading direction, invisible operators and shapes, line separators, tags, half characters.
# Joiners and the soft hyphen stay: emoji, Persian and Finnish word processors need them.
_INVISIBLE = (
    "[\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2061-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)
_UNSAFE = re.compile(
    f"{_CONTROL_STRING}|{_CONTROL_SEQUENCE}|{_ESCAPE_SEQUENCE}|{_CONTROL_CHARACTER}|{_INVISIBLE}"
)
# Only a stretch outside the Latin letters and longer than the limit can hold too many marks.
_MAYBE_STACKED = re.compile(rf"[\u00ad\u0300-\U0010ffff]{{{MOST_COMBINING + 1},}}+")
_STACKING = frozenset({"Mn", "Me", "Mc", "Cf"})


def clean(text: str, keep: Keep = "\n\t") -> str:
    """The text with whatever could act on a terminal replaced by `MARK`.

    Line ends of Windows count as line ends.  Cleaning twice changes nothing more; the time taken
    grows with the length only.
    """
    if text.isascii() and text.isprintable():
        return text
    safe = _UNSAFE.sub(MARK, text.replace("\r\n", "\n"))
    for layout in "\n\t":
        if layout not in keep:
            safe = safe.replace(layout, " ")
    return safe if safe.isascii() else _MAYBE_STACKED.sub(_without_towers, safe)


def _without_towers(stretch: re.Match[str]) -> str:
    """Cut each pile of combining marks at the limit, leaving one mark for the rest of it."""
    kept: list[str] = []
    height = 0
    for character in stretch[0]:
        height = height + 1 if unicodedata.category(character) in _STACKING else 0
        if height <= MOST_COMBINING:
            kept.append(character)
        elif height == MOST_COMBINING + 1:
            kept.append(MARK)
    return "".join(kept)
