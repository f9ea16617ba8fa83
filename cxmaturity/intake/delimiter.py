"""What separates the cells of a CSV file: told by a `sep=` line, by the user, or by the header.

A delimiter is taken only if it is the single one that fits; else the user is asked.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress

from cxmaturity.errors import InputError, Problem, Where

DELIMITERS = (";", ",", "\t", "|")
"""What may separate cells."""

_WORDS = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "pipe": "|"}
_SEP = "sep="


def declared(asked: str, file: str) -> str:
    """The delimiter that the user named, as the character itself."""
    delimiter = _WORDS.get(asked.strip().lower(), asked)
    if delimiter not in DELIMITERS:
        raise InputError(
            Problem(
                "delimiter_unsupported",
                "“{asked}” is not a delimiter that is read",
                Where(file),
                "one of ; , | tab",
                {"asked": asked},
            )
        )
    return delimiter


def sep_line(first_line: str) -> str | None:
    """The delimiter of a first line such as ``sep=;``, which Excel writes and heeds."""
    text = first_line.rstrip("\r\n").strip('"')
    rest = text[len(_SEP) :]
    return rest if text[: len(_SEP)].lower() == _SEP and rest in DELIMITERS else None


def found(sample: Sequence[str], file: str) -> str:
    """The delimiter of the sample's header, or InputError that asks for it.

    Several may occur in a header (a comma in a question); one is taken if the rows below have as
    many cells as the header under it alone.  A header without any is a table of one column.
    """
    widths = {delimiter: _widths(sample, delimiter) for delimiter in DELIMITERS}
    candidates = [delimiter for delimiter, counts in widths.items() if counts and counts[0] > 1]
    if len(candidates) > 1:
        fitting = [d for d in candidates if len(widths[d]) > 1 and len(set(widths[d])) == 1]
        candidates = fitting if len(fitting) == 1 else candidates
    if len(candidates) > 1:
        raise InputError(
            Problem(
                "delimiter_ambiguous",
                "cells may be separated by any of {candidates}",
                Where(file, line=1),
                "say which with --delimiter",
                {"candidates": " ".join(name_of(delimiter) for delimiter in candidates)},
            )
        )
    return candidates[0] if candidates else ","


def name_of(delimiter: str) -> str:
    """How a delimiter is written in a sentence."""
    return "tab" if delimiter == "\t" else delimiter


def _widths(sample: Sequence[str], delimiter: str) -> list[int]:
    """Cells of each filled record of the sample, as far as it can be read."""
    widths: list[int] = []
    # The sample may end inside a quoted cell, or this is not the delimiter.
    with suppress(csv.Error):
        records = csv.reader(sample, delimiter=delimiter, strict=True)
        widths.extend(len(cells) for cells in records if any(cells))
    return widths
