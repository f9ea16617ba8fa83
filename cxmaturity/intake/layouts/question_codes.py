"""The path of a question that stands in square brackets inside a header: ``[loop.weekly]``."""

from __future__ import annotations

import re

_CODE = re.compile(r"\[([a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39})\]")


def code_in(text: str) -> str:
    """The path that a header carries; empty where it carries none, or several."""
    found = set(_CODE.findall(text))
    return found.pop() if len(found) == 1 else ""
