"""An XLSX workbook as an archive: unpacked under limits before anybody parses it.

A workbook is a zip archive of XML files, and both can be made to explode.  Sizes are counted while
unpacking, not believed, and a document type, which is what makes entities possible, is refused.
Runs in the child process only.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.limits import (
    WORKBOOK_BYTES,
    WORKBOOK_ENTRIES,
    WORKBOOK_ENTRY,
    WORKBOOK_RATIO,
)

_CHUNK = 1 << 16
_XML_ENDINGS = (".xml", ".rels", ".vml")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,  # a password, or a compression method that zipfile does not know
    ValueError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's archive, every entry of which has been unpacked once under the limits."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    """The entries' names as written, by their name in lower case with plain slashes."""

    def part(self, name: str) -> bytes:
        """The bytes of one part, or none where it is missing."""
        written = self.names.get(_plain(name))
        if written is None:
            return b""
        with readable():
            return b"".join(_unpacked(self.archive, self.archive.getinfo(written)))


def open_package(stream: BinaryIO) -> Package:
    """Open the archive; raises InputError for anything but an honest workbook."""
    with readable():
        archive = zipfile.ZipFile(stream)
        entries = archive.infolist()
    if len(entries) > WORKBOOK_ENTRIES:
        raise refused("too_many_entries", int(WORKBOOK_ENTRIES))
    package = Package(archive, _names(entries))
    total = 0
    for entry in entries:
        with readable():
            total += _check_entry(archive, entry)
        if total > WORKBOOK_BYTES:
            raise refused("workbook_too_large", int(WORKBOOK_BYTES))
    if _WORKBOOK not in package.names:
        raise InputError(
            Problem("not_a_workbook", "is not an XLSX workbook", hint="save it as .xlsx or as .csv")
        )
    return package


def sheet_parts(package: Package) -> dict[str, str]:
    """The archive's name of each sheet's part, by the sheet's name, in the workbook's order."""
    targets: dict[str, str] = {}

    def relation(attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target))[1:]

    found: dict[str, str] = {}

    def sheet(attributes: dict[str, str]) -> None:
        keys = [key for key in attributes if key == "r:id" or key.endswith(":id")]
        found[attributes.get("name", "")] = targets.get(attributes[keys[0]], "") if keys else ""

    _each(package.part(_RELATIONS), "Relationship", relation)
    _each(package.part(_WORKBOOK), "sheet", sheet)
    return found


def refused(code: str, limit: int) -> InputError:
    """The error for an archive beyond a limit."""
    return InputError(
        Problem(
            code,
            "unpacks to more than is read (limit {limit})",
            hint="save the sheet with the answers as .csv",
            values={"limit": limit},
        )
    )


@contextmanager
def readable() -> Iterator[None]:
    """Turn whatever a broken archive raises into one sentence."""
    try:
        yield
    except _BROKEN as error:
        raise InputError(
            Problem(
                "workbook_damaged",
                "is damaged or no XLSX workbook",
                hint="save it again as .xlsx or as .csv",
            )
        ) from error


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _names(entries: list[zipfile.ZipInfo]) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in entries:
        plain = _plain(entry.filename)
        if plain.startswith("/") or ":" in plain or ".." in plain.split("/") or plain in names:
            raise InputError(
                Problem(
                    "entry_name",
                    "holds a file name that no workbook has: {name}",
                    hint="save it again as .xlsx or as .csv",
                    values={"name": entry.filename[:80]},
                )
            )
        names[plain] = entry.filename
    return names


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Unpack an entry without keeping it; how large it was."""
    if entry.flag_bits & 1:
        raise locked()
    size = 0
    tail = b""
    xml = entry.filename.lower().endswith(_XML_ENDINGS)
    for chunk in _unpacked(archive, entry):
        if xml and (
            b"<!doctype" in (tail + chunk).lower() or (not size and chunk.startswith(_UTF16_MARKS))
        ):
            raise InputError(
                Problem(
                    "document_type",
                    "holds XML of a kind that no spreadsheet writes",
                    Where(key=entry.filename[:80]),
                    "do not trust it; save the answers as .csv at their source",
                )
            )
        size += len(chunk)
        tail = chunk[-16:]
    return size


def locked() -> InputError:
    """The error for a workbook that only a password opens."""
    return InputError(
        Problem(
            "password",
            "is password-protected",
            hint="save it without a password, or as .csv",
        )
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry's bytes in pieces, as long as it stays within its limits."""
    size = 0
    most = min(int(WORKBOOK_ENTRY), max(entry.compress_size, 1) * WORKBOOK_RATIO)
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise refused("entry_too_large", most)
            yield chunk


def _each(xml: bytes, element: str, use: object) -> None:
    """Call ``use`` with the attributes of every element of that name, whatever its prefix."""
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == element and callable(use):
            use(attributes)

    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise InputError(
            Problem(
                "workbook_damaged",
                "is damaged or no XLSX workbook",
                hint="save it again as .xlsx or as .csv",
            )
        ) from error
