"""A rubric and what it extends, laid over each other into one table.

Tables merge by id and by key with the child's keys winning; arrays and texts are replaced whole;
``remove`` takes elements of the parent away first.  Whether something still reads what was removed
is for the checks that follow.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxmaturity.catalogue.folder import Parse, RubricFolder, digest, parse_files, read_folder
from cxmaturity.catalogue.origins import Origin, Origins
from cxmaturity.catalogue.version import Requirement, parse_requirement, parse_version
from cxmaturity.errors import CxError, Problem, RubricError
from cxmaturity.model.rubric import Dimension, Fact, Indicator
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml import TomlDocument
from cxmaturity.text.toml_places import Path as Key

PARENTS: Final = "extends"
"""Folder inside a rubric's folder that may hold the rubrics it extends, each by its id."""

_PREFIXES: Final = {
    "fact": "facts",
    "action": "actions",
    "condition": "conditions",
    "measure": "measures",
    "phase": "phases",
    "profile": "profiles",
    "module": "modules",
    "axis": "axes",
    "document": "documents",
}
_OWN_KEYS: Final = frozenset(
    (field.alias or name)
    for model in (Indicator, Fact, Dimension)
    for name, field in model.model_fields.items()
)
_CHOICES: Final = ("kind", "combine")
"""Keys whose value decides which other keys a table may have."""


@dataclass(frozen=True, slots=True)
class Source:
    """A whole rubric as written: its own folder, what it extends by id, and all of it merged.

    ``removed`` are the names that ``remove`` took away.
    """

    own: RubricFolder
    parents: tuple[tuple[str, RubricFolder], ...]
    data: dict[str, Any]
    origins: Origins
    removed: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[TomlDocument, ...]:
        """The rubric's own cases; a parent's do not run for the child."""
        return self.own.cases

    @property
    def files(self) -> dict[str, bytes]:
        """Everything that decides a score as one tree: write it out and it reads the same.

        The rubric's own files stand at the top, those of what it extends below ``extends/<id>/``.
        """
        below = {
            f"{PARENTS}/{parent}/{name}": data
            for parent, folder in self.parents
            for name, data in folder.files.items()
        }
        return {**self.own.files, **below}

    @property
    def sha256(self) -> str:
        """Digest of all files; see :func:`~cxmaturity.catalogue.folder.digest`."""
        return digest(self.files)


def read_source(path: Path, find: Callable[[str], Path], parse: Parse = parse_files) -> Source:
    """Read a rubric folder with everything it extends.

    ``find`` gives the folder of a rubric id; a parent inside the folder itself (``extends/<id>``)
    goes first.  ``parse`` may remember files it has seen.  Raises RubricError with everything that
    keeps the files from being merged.
    """
    own = read_folder(path, parse)
    return merged(own, _parents(own, find, parse))


def merged(own: RubricFolder, parents: tuple[tuple[str, RubricFolder], ...]) -> Source:
    """A rubric laid over what it extends (the nearest first); raises RubricError."""
    chain = [own, *(folder for _, folder in parents)]
    data, origins = dict(chain[-1].data), chain[-1].origins
    removed: list[str] = []
    for child in reversed(chain[:-1]):
        names = _removals(child, data)
        removed += [name for name, _ in names]
        data = _without(data, [target for _, target in names])
        known = dict(origins.known)
        data = _merge(data, child.data, (), child.origins, known)
        origins = Origins(child.origins.main, {**known, **child.origins.known})
    for key in ("extends", "remove"):
        data.pop(key, None)
    return Source(own, parents, data, origins, tuple(removed))


# the chain ----------------------------------------------------------------------------------------


def _parents(
    own: RubricFolder, find: Callable[[str], Path], parse: Parse
) -> tuple[tuple[str, RubricFolder], ...]:
    """The rubrics that are extended, the nearest first."""
    chain = [(str(own.data.get("id", own.path.name)), own)]
    while "extends" in chain[-1][1].data:
        child = chain[-1][1]
        wanted = _requirement(child)
        _check_chain(child, [*(name for name, _ in chain), wanted.id])
        inside = own.path / PARENTS / wanted.id
        parent = read_folder(inside if inside.is_dir() else _found(child, wanted, find), parse)
        _check_version(child, wanted, parent.data.get("version"))
        chain.append((wanted.id, parent))
    return tuple(chain[1:])


def _check_chain(child: RubricFolder, chain: list[str]) -> None:
    if chain[-1] in chain[:-1]:
        what = N_("a rubric extends itself: {path}")
        raise _refusal(child, "extends_cycle", what, path=" → ".join(chain))
    if len(chain) > limits.RUBRIC_CHAIN:
        what = N_("more than {limit} rubrics extend each other")
        raise _refusal(child, "extends_too_long", what, limit=int(limits.RUBRIC_CHAIN))


def _check_version(child: RubricFolder, wanted: Requirement, version: object) -> None:
    if not _accepts(wanted, version):
        what = N_("'{parent}' has version {version}, which does not fit '{wanted}'")
        values = {"parent": wanted.id, "version": version, "wanted": child.data["extends"]}
        raise _refusal(child, "parent_version", what, **values)


def _requirement(child: RubricFolder) -> Requirement:
    written = child.data["extends"]
    try:
        return parse_requirement(written if isinstance(written, str) else "")
    except ValueError as error:
        what = N_("'extends' names one rubric and its versions")
        hint = N_('write extends = "cx_phases >=1.0,<2"')
        raise _refusal(child, "bad_extends", what, hint) from error


def _found(child: RubricFolder, wanted: Requirement, find: Callable[[str], Path]) -> Path:
    try:
        return find(wanted.id)
    except CxError as error:
        found = error.problems[0]
        where = child.origins.where(("extends",))
        problem = Problem(found.code, found.what, where, found.hint, found.values)
        raise RubricError(problem) from error


def _accepts(wanted: Requirement, version: object) -> bool:
    try:
        parse_version(version if isinstance(version, str) else "")
    except ValueError:
        # A version that cannot be read is reported by the checks of the merged rubric.
        return True
    return wanted.accepts(str(version))


def _refusal(
    child: RubricFolder, code: str, what: str, hint: str = "", **values: object
) -> RubricError:
    return RubricError(Problem(code, what, child.origins.where(("extends",)), hint, values))


# removing -----------------------------------------------------------------------------------------


def _removals(child: RubricFolder, data: Mapping[str, Any]) -> list[tuple[str, Key]]:
    """What the child takes away: the name as written and the path of the element."""
    written = child.data.get("remove", [])
    if not isinstance(written, list) or not all(isinstance(name, str) for name in written):
        what = N_("'remove' is a list of names")
        hint = N_('write remove = ["loop.told_back", "STARING", "fact.size"]')
        raise RubricError(Problem("bad_remove", what, child.origins.where(("remove",)), hint))
    known = dict(_removable(data))
    problems = [
        Problem(
            "unknown_name",
            N_("'{name}' is not in the rubric that is extended"),
            child.origins.where(("remove", index)),
            N_("did you mean {near}?") if near else "",
            {"name": name, "near": ", ".join(near)},
        )
        for index, name in enumerate(written)
        if name not in known
        for near in [difflib.get_close_matches(name, known, n=3)]
    ]
    if problems:
        raise RubricError(problems)
    return [(name, known[name]) for name in written]


def _removable(data: Mapping[str, Any]) -> Iterator[tuple[str, Key]]:
    """Every element by the name that rules use for it."""
    for prefix, table in _PREFIXES.items():
        yield from ((f"{prefix}.{name}", (table, name)) for name in _table(data, table))
    yield from ((name, ("rules", name)) for name in _table(data, "rules"))
    for name, dimension in _table(data, "dimensions").items():
        yield name, ("dimensions", name)
        for below in _table(dimension, "indicators"):
            yield f"{name}.{below}", ("dimensions", name, "indicators", below)


def _table(data: object, key: str) -> Mapping[str, Any]:
    table = data.get(key) if isinstance(data, dict) else None
    return table if isinstance(table, dict) else {}


def _without(data: dict[str, Any], targets: list[Key]) -> dict[str, Any]:
    """A copy without the targets; what does not lie above a target is shared."""
    heads = {target[0] for target in targets}
    gone = {target[0] for target in targets if len(target) == 1}
    return {
        key: _without(value, [target[1:] for target in targets if target[0] == key])
        if key in heads
        else value
        for key, value in data.items()
        if key not in gone
    }


# merging ------------------------------------------------------------------------------------------


def _merge(
    parent: Mapping[str, Any],
    child: Mapping[str, Any],
    path: Key,
    origins: Origins,
    known: dict[Key, Origin],
) -> dict[str, Any]:
    """The child over the parent; ``known`` learns which of them wrote what."""
    merged = dict(_still_valid(parent, child))
    for key in merged:
        known.setdefault((*path, key), Origins(origins.main, known).of((*path, key)))
    for key, value in child.items():
        below = (*path, key)
        before = merged.get(key)
        if isinstance(before, dict) and _is_table(before) and _is_table(value):
            merged[key] = _merge(before, value, below, origins, known)
        else:
            merged[key] = value
            if isinstance(before, dict):
                _forget(known, below)
        known[below] = origins.of(below)
    return merged


def _forget(known: dict[Key, Origin], path: Key) -> None:
    for old in [old for old in known if old[: len(path)] == path]:
        del known[old]


def _still_valid(parent: Mapping[str, Any], child: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parent without the settings of its kind or method where the child chooses another."""
    if all(child.get(choice, parent.get(choice)) == parent.get(choice) for choice in _CHOICES):
        return parent
    return {key: value for key, value in parent.items() if key in _OWN_KEYS}


def _is_table(value: object) -> bool:
    """Whether a value merges key by key; a text in several languages does not."""
    return isinstance(value, dict) and not _is_text(value)


def _is_text(value: Mapping[str, Any]) -> bool:
    return bool(value) and all(
        len(key) == 2 and isinstance(text, str) for key, text in value.items()
    )
