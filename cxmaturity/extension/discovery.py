"""Which plugins are there: names, versions and API from metadata alone; nothing is imported.

Installed plugins are entry points of the group ``cxmaturity``; the API version they are written for
is an entry point of the same name in ``cxmaturity.api`` (``retail = "v1"``).  One-file plugins are
``*.py`` files of a folder, with a line ``CXMATURITY_API = 1`` and, if they like, ``__version__``.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib import metadata

GROUP = "cxmaturity"
API_GROUP = "cxmaturity.api"
COMMAND_GROUP = "cxmaturity.commands"
API = 1
"""The version of hooks and records that this release speaks."""

_GROUPS = f"[{GROUP}".encode()
_FILE_API = re.compile(rb"^CXMATURITY_API\s*=\s*(\d+)\s*$", re.MULTILINE)
_FILE_VERSION = re.compile(rb"^__version__\s*=\s*[\"']([\w.+-]{1,40})[\"']", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that can be loaded: ``target`` is an entry point's value or a file's path."""

    name: str
    distribution: str
    version: str
    api: int | None
    target: str
    is_file: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command that a plugin adds: listed without importing it.

    ``summary`` is the distribution's own.
    """

    name: str
    distribution: str
    target: str
    summary: str = ""


def installed() -> tuple[Candidate, ...]:
    """Every installed plugin, by name."""
    versions = {
        (entry.name, _owner(entry)): _api_of(entry.value) for entry in _entry_points(API_GROUP)
    }
    found = [
        Candidate(
            name=entry.name,
            distribution=_owner(entry),
            version=entry.dist.version if entry.dist else "",
            api=versions.get((entry.name, _owner(entry)), API),
            target=entry.value,
            digest=_digest(entry.dist),
        )
        for entry in _entry_points(GROUP)
    ]
    return tuple(sorted(found, key=lambda candidate: (candidate.name, candidate.distribution)))


def in_folder(folder: Path) -> tuple[Candidate, ...]:
    """Every one-file plugin of a folder, by name."""
    found = []
    for path in sorted(folder.glob("[!_]*.py")):
        data = path.read_bytes()
        stated, version = _FILE_API.search(data), _FILE_VERSION.search(data)
        found.append(
            Candidate(
                name=path.stem,
                distribution=path.name,
                version=version.group(1).decode() if version else "",
                api=int(stated.group(1)) if stated else None,
                target=str(path),
                is_file=True,
                digest=hashlib.sha256(data).hexdigest(),
            )
        )
    return tuple(found)


def commands() -> Mapping[str, Sequence[CommandEntry]]:
    """Commands that plugins add, by name; more than one owner of a name is a clash."""
    found: dict[str, list[CommandEntry]] = {}
    for entry in _entry_points(COMMAND_GROUP):
        found.setdefault(entry.name, []).append(
            CommandEntry(entry.name, _owner(entry), entry.value, _summary(entry))
        )
    return {name: sorted(entries, key=lambda e: e.distribution) for name, entries in found.items()}


def load(command: CommandEntry) -> object:
    """What a command's entry point names; whatever its import raises is for the caller."""
    from importlib import metadata

    return metadata.EntryPoint(command.name, command.target, COMMAND_GROUP).load()


def _entry_points(group: str) -> Iterable[metadata.EntryPoint]:
    """Entry points of a group; the library that reads them is slow to load, so look first."""
    if not any(map(_may_name_plugins, sys.path)):
        return ()
    from importlib import metadata

    return metadata.entry_points(group=group)


def _may_name_plugins(folder: str) -> bool:
    """Whether a folder of installed packages holds entry points of ours; archives may."""
    place = Path(folder)
    if not place.is_dir():
        return place.is_file()
    points = (
        *place.glob("*.dist-info/entry_points.txt"),
        *place.glob("*.egg-info/entry_points.txt"),
    )
    return any(_GROUPS in path.read_bytes() for path in points)


def _owner(entry: metadata.EntryPoint) -> str:
    return entry.dist.name if entry.dist else "?"


def _api_of(value: str) -> int | None:
    return int(value[1:]) if re.fullmatch(r"v\d+", value) else None


def _summary(entry: metadata.EntryPoint) -> str:
    return str(entry.dist.metadata["Summary"] or "") if entry.dist else ""


def _digest(distribution: metadata.Distribution | None) -> str:
    """Digest of the list of installed files, which holds a digest of each.

    What belongs to the installation itself (who installed it, from where) is left out, so that the
    same package gives the same digest on every machine.
    """
    record = distribution.read_text("RECORD") if distribution else None
    if not record:
        return ""
    files = [line for line in record.splitlines() if "sha256=" in line and "-info/" not in line]
    return hashlib.sha256("\n".join(sorted(files)).encode()).hexdigest()
