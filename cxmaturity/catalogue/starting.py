"""A rubric of one's own, begun from another: its files under a new id and title.

Comments and order stay as in the template; only the lines that name the rubric are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import tomli_w

from cxmaturity.catalogue.folder import MAIN
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.model.rubric import Rubric
from cxmaturity.store.files import write_folder
from cxmaturity.store.rubric_copy import read_rubric_files
from cxmaturity.text.messages import N_
from cxmaturity.text.toml import read_toml

TEMPLATE: Final = "starter"
"""The rubric that a new one is begun from."""
FIRST_VERSION: Final = "0.1.0"
_EXAMPLE: Final = "example/"
_CHANGES: Final = "CHANGELOG.md"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


def start_rubric(
    folder: Path, template: Path, rubric: Rubric, *, name: str, title: str | None
) -> None:
    """Write a new rubric into a new folder; ``rubric`` is the template as it was read.

    Raises UsageError for an id that is none, StoreError where the folder is not empty.
    """
    if not _ID.fullmatch(name):
        raise UsageError(
            Problem(
                "bad_id",
                N_("'{value}' cannot be an id"),
                Where(key="--id"),
                N_("an id has small letters, digits and _, begins with a letter, "
                   "at most 40 characters"),
                {"value": name},
            )
        )  # fmt: skip
    files = {
        path: data
        for path, data in read_rubric_files(template).items()
        if not path.startswith(_EXAMPLE)
    }
    files[MAIN] = _named(files[MAIN], rubric, name, title)
    files[_CHANGES] = _changes(rubric).encode()
    write_folder(folder, files)


def id_of(folder: Path) -> str:
    """The id that a folder's name suggests."""
    return re.sub(r"[^a-z0-9_]+", "_", folder.absolute().name.lower()).strip("_")


def _named(data: bytes, rubric: Rubric, name: str, title: str | None) -> bytes:
    document = read_toml(data, MAIN)
    lines = document.source.split("\n")
    values: Mapping[str, str] = {"id": name, "version": FIRST_VERSION}
    for key, value in values.items():
        lines[document.line_of((key,)) - 1] = _assigned(key, value)
    if title is not None:
        texts = dict.fromkeys(rubric.languages, title)
        if isinstance(document.data.get("title"), str):
            lines[document.line_of(("title",)) - 1] = _assigned("title", title)
        else:
            _title(lines, document.line_of, texts)
    return "\n".join(lines).encode()


def _title(
    lines: list[str], line_of: Callable[[Sequence[str | int]], int], texts: Mapping[str, str]
) -> None:
    """Write the title in every language, be it a table of its own or on one line."""
    at = line_of(("title",)) - 1
    if lines[at].lstrip().startswith("["):
        for language, text in texts.items():
            lines[line_of(("title", language)) - 1] = _assigned(language, text)
        return
    inside = ", ".join(_assigned(language, text) for language, text in texts.items())
    last = max(line_of(("title", language)) for language in texts)
    lines[at:last] = [f"title = {{ {inside} }}"]


def _assigned(key: str, value: str) -> str:
    return tomli_w.dumps({key: value}).rstrip("\n")


def _changes(rubric: Rubric) -> str:
    return f"# Changes\n\n## {FIRST_VERSION}\n\n- Begun from {rubric.id} {rubric.version}.\n"
