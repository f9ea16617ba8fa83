"""Where rubrics are: those that come with the program, plugins' folders, a user's own path.

Only names and folders are looked at here; no rubric is opened.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.messages import N_

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_MAIN: Final = "rubric.toml"


@dataclass(frozen=True, slots=True)
class FoundRubric:
    """A rubric that can be named by its id; ``owner`` is who brought it (empty: bundled)."""

    id: str
    folder: Path
    owner: str = ""


def bundled_folder() -> Path:
    """The folder of the bundled rubrics: inside an installed package, beside it in a checkout."""
    installed = _PACKAGE / "rubrics"
    return installed if installed.is_dir() else _PACKAGE.parent / "rubrics"


def is_bundled(folder: Path) -> bool:
    """Whether a folder is one of the bundled rubrics."""
    return folder.resolve().is_relative_to(bundled_folder().resolve())


def list_rubrics(plugins: Iterable[FoundRubric] = ()) -> tuple[FoundRubric, ...]:
    """The bundled rubrics and those of plugins, by id.

    Raises InputError when two of them have the same id, naming both owners.
    """
    root = bundled_folder()
    own = [
        FoundRubric(folder.name, folder)
        for folder in (root.iterdir() if root.is_dir() else ())
        if (folder / _MAIN).is_file()
    ]
    found = sorted([*own, *plugins], key=lambda rubric: (rubric.id, rubric.owner))
    clashes = [_clash(first, second) for first, second in pairwise(found) if first.id == second.id]
    if clashes:
        raise InputError(clashes)
    return tuple(found)


def find_rubric(name: str, plugins: Iterable[FoundRubric] = ()) -> Path:
    """The folder of a rubric: an id, or a path when it is written as one (``./mine``).

    Raises InputError with the nearest ids when there is none of that name.
    """
    if is_path(name):
        return Path(name)
    known = {rubric.id: rubric.folder for rubric in list_rubrics(plugins)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3) or list(known)
    raise InputError(
        Problem(
            "unknown_rubric",
            N_("there is no rubric '{name}'"),
            Where(),
            N_("known are {known}; write a path like ./{name} for a folder of your own")
            if near
            else N_("write a path like ./{name} for a folder of your own"),
            {"name": name, "known": ", ".join(near)},
        )
    )


def is_path(name: str) -> bool:
    """Whether a name is written as a path, and so never an id."""
    separators = {os.sep, os.altsep or os.sep, "/"}
    return name in {".", ".."} or any(mark in name for mark in separators)


def _clash(first: FoundRubric, second: FoundRubric) -> Problem:
    owners = {"first": first.owner or "cxmaturity", "second": second.owner or "cxmaturity"}
    return Problem(
        "rubric_clash",
        N_("two rubrics are called '{name}': one of {first}, one of {second}"),
        Where(str(second.folder)),
        N_("remove one of the two plugins"),
        {"name": first.id, **owners},
    )
