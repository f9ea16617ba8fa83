"""The one door for foreign text into the interface.

Answers, names, rubric texts, file names and problems may hold escape sequences or markup.  Lines
that the project draws itself take cleaned words; what Textual or Rich draws takes a `Content` or a
`Text`, because markup in a plain string would be obeyed there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rich.text import Text
from textual.content import Content

from cxmaturity.errors import Problem
from cxmaturity.text.problems import say_problem
from cxmaturity.text.terminal import clean


def line(text: str) -> str:
    """Foreign text on one line; decomposed letters are put together, as terminals draw them."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return clean(unicodedata.normalize("NFC", text), keep="").strip()


def lines(text: str) -> list[str]:
    """Foreign text with its own line ends."""
    said = clean(unicodedata.normalize("NFC", text), keep="\n")
    return said.split("\n")


def lit(text: str) -> Content:
    """Foreign text for Textual's own widgets."""
    return Content(clean(text))


def rlit(text: str) -> Text:
    """Foreign text for what Rich draws."""
    return Text(clean(text))


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Problems with their places and what to do, in the language in use; a line is a sentence."""
    said = [say_problem(problem) for problem in problems]
    return [part for each in said for part in str(each).splitlines()]


def unexpected(error: Exception) -> Problem:
    """The problem of an error that nobody foresaw."""
    return Problem("unexpected", "something unexpected happened: {error}", values={"error": error})
