"""Foreign text as plain words in a Markdown report.

The one writer for Markdown: whatever comes from a rubric, an answer or a plugin goes through here,
so that it can neither format, link, load a picture nor start raw HTML in the reader's viewer.
"""

from __future__ import annotations

import re

from cxmaturity.text.terminal import clean

# `=` underlines headings, `$` and `^` start formulas and notes in some viewers.
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~:@&=$^])")
_LINE_BREAKS = re.compile(r"\s*[\n\t]\s*")
_SAFE_LINK = re.compile(r"(?:https://|mailto:)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def inline(text: str) -> str:
    """The text on one line, with every character that Markdown acts on escaped."""
    words = _LINE_BREAKS.sub(" ", clean(text)).strip()
    return _ACTIVE.sub(r"\\\1", words)


def code(text: str) -> str:
    """The text as a code span on one line: expressions and ids stay readable in the source."""
    words = _LINE_BREAKS.sub(" ", clean(text)).strip()
    if not words:
        return ""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence, space = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{space}{words}{space}{fence}"


def block(text: str) -> str:
    """The text as written, line by line, in a fence longer than any inside it."""
    body = clean(text).rstrip("\n")
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}\n"


def link(label: str, address: str) -> str:
    """A link to an ``https:`` or ``mailto:`` address; any other address is shown as words."""
    if _SAFE_LINK.fullmatch(address):
        return f"[{inline(label)}](<{address}>)"
    return f"{inline(label)} \\({inline(address)}\\)"
