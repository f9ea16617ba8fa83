"""Text cells of CSV files that a spreadsheet would take for formulas, numbers or commands.

A text whose first visible character could start a formula gets a single quote in front of it; who
reads the file back takes it off again.  Numbers are written as numbers and never guarded.
"""

from __future__ import annotations

import re

_STARTS_FORMULA = re.compile(
    "'*[\\s\\x00\\ufeff\\u00ad\\u200b-\\u200f\\u2060]*[=+\\-@|%＝＋－＠\\t\\r\\n]"
)


def guarded(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs."""
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a guarded cell; any other cell is left as it is."""
    return cell[1:] if cell[:1] == "'" and _STARTS_FORMULA.match(cell, 1) else cell
