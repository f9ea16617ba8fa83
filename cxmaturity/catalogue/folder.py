"""One rubric folder → one merged table, its cases, and a digest of its files.

Every ``*.toml`` directly in the folder is merged table by table; ``dimensions/<id>.toml`` is the
dimension of that name; ``cases/*.toml`` are kept apart.  Nothing outside the folder is read, and
nothing is judged beyond "is this TOML, and is everything written once".
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxmaturity.catalogue.find import is_bundled
from cxmaturity.catalogue.origins import Origin, Origins
from cxmaturity.errors import InputError, Problem, RubricError, Where
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml import TomlDocument, read_toml
from cxmaturity.text.toml_places import Path as Key

MAIN: Final = "rubric.toml"
"""The file that makes a folder a rubric."""
DIMENSIONS: Final = "dimensions"
CASES: Final = "cases"


@dataclass(frozen=True, slots=True)
class RubricFolder:
    """What a rubric folder says, before it is extended or checked.

    ``files`` are the bytes of everything that decides a score, by path relative to the folder with
    ``/``; the cases are not among them.
    """

    path: Path
    data: dict[str, Any]
    origins: Origins
    cases: tuple[TomlDocument, ...]
    files: Mapping[str, bytes]


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the files' names and bytes.

    It is that of the listing ``sha256  name`` of each file in order of names, as ``sha256sum``
    writes it, so that it can be recomputed without this program.
    """
    listing = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)
    )
    return hashlib.sha256(listing.encode()).hexdigest()


Parse = Callable[[Mapping[str, bytes], Path], dict[str, TomlDocument]]
"""Parses a folder's files by name; raises RubricError with everything that is wrong."""


def parse_files(raw: Mapping[str, bytes], folder: Path) -> dict[str, TomlDocument]:
    """The files of a folder as TOML documents; raises RubricError with every fault of all."""
    problems: list[Problem] = []
    documents: dict[str, TomlDocument] = {}
    for name, data in raw.items():
        try:
            documents[name] = read_toml(data, str(folder / name))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise RubricError(problems)
    return documents


def read_folder(path: Path, parse: Parse = parse_files) -> RubricFolder:
    """Read a rubric folder; raises RubricError with every unreadable file and every clash."""
    names = _names(path)
    problems: list[Problem] = []
    raw: dict[str, bytes] = {}
    for name in names:
        try:
            raw[name] = _read_bytes(path / name, path)
        except InputError as error:
            problems.extend(error.problems)
    try:
        documents = parse(raw, path)
    except RubricError as error:
        problems.extend(error.problems)
    if problems:
        raise RubricError(problems)
    merged = _Merged(Origin(documents[MAIN]))
    for name, document in documents.items():
        merged.add(name, document)
    if merged.problems:
        raise RubricError(merged.problems)
    cases = tuple(document for name, document in documents.items() if _is_in(name, CASES))
    files = {name: data for name, data in raw.items() if not _is_in(name, CASES)}
    return RubricFolder(path, merged.data, merged.origins, cases, files)


def _is_in(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/")


def _names(path: Path) -> list[str]:
    """Names of the folder's TOML files, the main one first, the others by name."""
    try:
        top = _toml_names(path)
        below = [
            f"{folder}/{name}"
            for folder in (DIMENSIONS, CASES)
            if (path / folder).is_dir()
            for name in _toml_names(path / folder)
        ]
    except OSError as error:
        what = N_("the folder cannot be read: {reason}")
        problem = Problem("unreadable", what, Where(str(path)), "", {"reason": _reason(error)})
        raise RubricError(problem) from error
    if MAIN not in top:
        raise RubricError(
            Problem(
                "not_a_rubric",
                N_("there is no {main} in this folder"),
                Where(str(path)),
                N_("give the folder that holds {main}"),
                {"main": MAIN},
            )
        )
    names = [MAIN, *(name for name in top if name != MAIN), *below]
    if len(names) > limits.RUBRIC_FILES:
        what = N_("the folder has more than {limit} files")
        values = {"limit": int(limits.RUBRIC_FILES)}
        raise RubricError(Problem("too_many_files", what, Where(str(path)), "", values))
    return names


def _toml_names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))


def _read_bytes(path: Path, folder: Path) -> bytes:
    """The file's bytes, at most one more than the limit.

    Refuses what is not a plain file, and a link that leads out of the folder; in the bundled
    rubrics links are the installer's.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(
                Problem("not_a_file", N_("this is not a plain file"), Where(str(path)))
            )
        if not (path.resolve().is_relative_to(folder.resolve()) or is_bundled(folder)):
            raise InputError(
                Problem(
                    "link_out_of_folder",
                    N_("this link leads out of the rubric's folder"),
                    Where(str(path)),
                    N_("copy the file into the folder"),
                )
            )
        with path.open("rb") as file:
            return file.read(limits.TOML_BYTES + 1)
    except OSError as error:
        what = N_("the file cannot be read: {reason}")
        problem = Problem("unreadable", what, Where(str(path)), "", {"reason": _reason(error)})
        raise InputError(problem) from error


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


class _Merged:
    """The files laid over each other; whatever is written twice is a problem naming both places.

    The main file may name a dimension and some of its keys (its weight, its parent); the
    dimension's own file says the rest.  So the main file sets the order of the dimensions.
    """

    def __init__(self, main: Origin) -> None:
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._known: dict[Key, Origin] = {}
        self.origins = Origins(main, self._known)

    def add(self, name: str, document: TomlDocument) -> None:
        """Lay one more file over the others."""
        if _is_in(name, CASES):
            return
        if _is_in(name, DIMENSIONS):
            dimension = name.removeprefix(f"{DIMENSIONS}/").removesuffix(".toml")
            self._put((DIMENSIONS,), {dimension: document.data}, Origin(document, 2))
        else:
            self._put((), document.data, Origin(document))

    def _put(self, path: Key, table: Mapping[str, Any], origin: Origin) -> None:
        into = self._table_at(path)
        if into is None:
            self._clash(path, origin)
            return
        for key, value in table.items():
            below = (*path, key)
            if key not in into:
                into[key] = dict(value) if isinstance(value, dict) else value
                self._known[below] = origin
            elif _merges(below) and isinstance(value, dict):
                into[key] = dict(into[key]) if isinstance(into[key], dict) else into[key]
                self._put(below, value, origin)
            else:
                self._clash(below, origin)

    def _table_at(self, path: Key) -> dict[str, Any] | None:
        table: Any = self.data
        for key in path:
            if not isinstance(table, dict):
                return None
            table = table.setdefault(key, {})
        return table if isinstance(table, dict) else None

    def _clash(self, path: Key, origin: Origin) -> None:
        first = self.origins.where(path)
        self.problems.append(
            Problem(
                "duplicate_id",
                N_("'{name}' is written in two files"),
                origin.where(path),
                N_("remove one of them; the other stands at {other}"),
                {"name": path[-1], "other": f"{first.file}:{first.line}"},
            )
        )


def _merges(path: Key) -> bool:
    return len(path) == 1 or (len(path) == 2 and path[0] == DIMENSIONS)
