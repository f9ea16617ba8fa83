"""Characters that must not stand in a data file as they are, though its format would allow them.

A file is shown in terminals and editors too.  Data files escape what could act there and lose
nothing: whoever reads the file gets the character back.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ACTIVE = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


def escaped(text: str, escape: Callable[[str], str]) -> str:
    """The text with every character that could act on a terminal written as ``escape`` says."""
    return _ACTIVE.sub(lambda found: escape(found[0]), text)
