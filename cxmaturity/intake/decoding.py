"""Which encoding a text file has: a byte order mark, strict UTF-8, or what the user declares.

An encoding is never guessed: Finnish letters read with the wrong one become other letters without
any error.  Where neither mark nor UTF-8 decides, the refusal shows how words would read.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.limits import TABLE_LINE

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso8859-1",
    "iso8859-15",
    "cp850",
    "mac-roman",
)
"""The encodings that may be declared; Python knows many that are no text encodings at all."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WORDS_SHOWN = 4
_WORD_LENGTH = 24
_SAMPLE = 1_000_000


def encoding_of(path: Path, asked: str | None) -> str:
    """The encoding to read the file with; raises InputError where mark and wish contradict."""
    marked = _marked(path)
    if asked is None:
        return marked or "utf-8"
    wanted = _known(asked, path.name)
    if marked and not _same(marked, wanted):
        raise InputError(
            Problem(
                "encoding_contradicts",
                "begins with the mark of {marked}, not {asked}",
                Where(path.name),
                "leave --encoding out",
                {"marked": marked.removesuffix("-sig"), "asked": asked},
            )
        )
    return marked or wanted


def undecodable(path: Path, encoding: str, asked: str | None) -> InputError:
    """The error for bytes that are not text in ``encoding``, with what would help to choose."""
    where = Where(path.name, line=_first_bad_line(path, encoding))
    if asked is not None or encoding.startswith("utf-16") or encoding == "utf-8-sig":
        return InputError(
            Problem(
                "encoding_wrong",
                "holds bytes that are no text in {encoding}",
                where,
                "declare another encoding with --encoding, or save the file as UTF-8",
                {"encoding": encoding.removesuffix("-sig")},
            )
        )
    windows, latin = _readings(path)
    return InputError(
        Problem(
            "encoding_unknown",
            "is not UTF-8, and its encoding is not declared",
            where,
            "say --encoding cp1252 (usual for Finnish Excel) if this reads well: {windows}; "
            "--encoding iso8859-15 if this does: {latin}",
            {"windows": windows, "latin": latin},
        )
    )


def _marked(path: Path) -> str | None:
    with path.open("rb") as stream:
        head = stream.read(4)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if not encoding:
                raise InputError(
                    Problem(
                        "encoding_unknown",
                        "is UTF-32, which is not read",
                        Where(path.name),
                        "save the file as UTF-8",
                    )
                )
            return encoding
    return None


def _known(asked: str, file: str) -> str:
    try:
        wanted = codecs.lookup(asked).name
    except (LookupError, ValueError):
        wanted = ""
    if wanted not in ENCODINGS:
        raise InputError(
            Problem(
                "encoding_unsupported",
                "“{asked}” is not an encoding that is read",
                Where(file),
                "one of: {known}",
                {"asked": asked, "known": ", ".join(ENCODINGS)},
            )
        )
    return wanted


def _same(marked: str, wanted: str) -> bool:
    return wanted.startswith(marked.removesuffix("-sig"))


def _first_bad_line(path: Path, encoding: str) -> int | None:
    if encoding.startswith("utf-16"):
        return None
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(TABLE_LINE), b""), start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def _readings(path: Path) -> tuple[str, str]:
    """Words of the file under the two likely encodings, those that would differ first."""
    with path.open("rb") as stream:
        words = dict.fromkeys(_WORD.findall(stream.read(_SAMPLE)))
    read = [tuple(_read(word, name) for name in ("cp1252", "iso8859-15")) for word in words]
    read.sort(key=lambda pair: pair[0] == pair[1])
    shown = read[:_WORDS_SHOWN]
    return ", ".join(pair[0] for pair in shown), ", ".join(pair[1] for pair in shown)


def _read(word: bytes, encoding: str) -> str:
    text = word[:_WORD_LENGTH].decode(encoding, errors="replace")
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
