"""The one way an engagement's file is written: the same content is always the same bytes.

Keys stand in the order of the model, ids in alphabetical order, numbers are exact, what has its
default is left out.  The first line names the schema for editors; the last one carries a checksum
of everything above it, by which `verify` notices a damaged or hand-edited file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

import tomli_w

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.model.engagement import FORMAT, Assessor, Engagement, EvidenceFile
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import Table
from cxmaturity.text.toml import read_toml

File = TypeVar("File", bound=Table)


@dataclass(frozen=True, slots=True)
class FileKind(Generic[File]):
    """One of the files that an engagement consists of.

    ``millionths`` are the places of numbers that the model holds in millionths, ``by_id`` the
    tables that are written in alphabetical order.  A ``*`` in a place stands for every key.
    """

    name: str
    model: type[File]
    millionths: tuple[str, ...] = ()
    by_id: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """Address of the file's JSON Schema."""
        return f"https://cxmaturity.example/schema/{self.name.removesuffix('.toml')}-{FORMAT}.json"


ENGAGEMENT = FileKind(
    "engagement.toml",
    Engagement,
    millionths=("weights.*", "targets.*", "group_weights.*"),
    by_id=("weights", "targets", "group_weights", "facts"),
)
ASSESSOR = FileKind("assessor.toml", Assessor, by_id=("ratings", "ratings.*"))
EVIDENCE = FileKind("evidence.toml", EvidenceFile, by_id=("evidence", "evidence.*"))
KINDS: tuple[FileKind[Any], ...] = (ENGAGEMENT, ASSESSOR, EVIDENCE)
"""The files that every engagement has."""

_MOST_DIGITS = 30
"""A longer number is written as it came, for the reader to refuse."""

_CHECKSUM = re.compile(rb"# sha256:([0-9a-f]{64})\n")
_CHECKSUM_BYTES = len("# sha256:") + 64 + 1


def canonical(kind: FileKind[File], content: File) -> bytes:
    """The bytes of the file that says ``content``.

    Raises ``InputError`` for what could not be read back: a number out of range, half a character.
    """
    text = f"#:schema {kind.schema}\n\n{tomli_w.dumps(as_written(kind, content))}"
    try:
        body = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            Problem(
                "not_text",
                "a text holds half a character",
                Where(kind.name),
                "type or paste the text again",
            )
        ) from error
    data = body + b"# sha256:" + hashlib.sha256(body).hexdigest().encode() + b"\n"
    read_toml(data, kind.name)
    return data


def checksum_holds(data: bytes) -> bool | None:
    """Whether a file is as it was saved; ``None`` when it carries no checksum."""
    body, last = data[:-_CHECKSUM_BYTES], data[-_CHECKSUM_BYTES:]
    match = _CHECKSUM.fullmatch(last)
    if match is None or not body.endswith(b"\n"):
        return None
    return hashlib.sha256(body).hexdigest().encode() == match[1]


def as_written(kind: FileKind[File], content: File) -> dict[str, Any]:
    """The content as the plain data that its file says, keys in order."""
    said = content.model_dump(exclude_defaults=True, by_alias=True)
    for place in kind.millionths:
        said = _changed(said, place.split("."), _exact)
    for place in kind.by_id:
        said = _changed(said, place.split("."), _in_order)
    return {"format": FORMAT, **_written(said)}


def _changed(value: Any, place: Sequence[str], change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    """The value with everything at a place replaced by what ``change`` makes of it."""
    if not place:
        return change(value)
    first, rest = place[0], place[1:]
    if isinstance(value, Mapping):
        return {
            key: _changed(inner, rest, change) if first in ("*", key) else inner
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple) and first == "*":
        return [_changed(inner, rest, change) for inner in value]
    return value


def _exact(micro: Any) -> Any:  # noqa: ANN401 - a missing number stays missing
    return None if micro is None else Decimal(decimal_text(micro))


def _in_order(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in sorted(table)}


def _written(value: Any) -> Any:  # noqa: ANN401 - answers are of any type
    """The value with empty tables left out and every number in its shortest exact form."""
    if isinstance(value, Mapping):
        said = {key: _written(inner) for key, inner in value.items()}
        return {key: inner for key, inner in said.items() if inner != {}}
    if isinstance(value, list | tuple):
        return [_written(inner) for inner in value]
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS:
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value
