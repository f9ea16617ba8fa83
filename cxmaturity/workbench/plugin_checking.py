"""A plugin looked at before it is shipped: its metadata, its records, what they do.

The plugin is loaded from its folder or file, not from what is installed.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxmaturity.errors import CxError, InputError, Problem, Where
from cxmaturity.extension.choice import PluginChoice
from cxmaturity.extension.discovery import (
    API_GROUP,
    COMMAND_GROUP,
    GROUP,
    Candidate,
    in_folder,
    installed,
)
from cxmaturity.extension.host import Plugin
from cxmaturity.hookspecs import RECORDS, Measure
from cxmaturity.text.messages import LANGUAGES, N_
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.plugins import Plugins

_PROJECT: Final = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class CheckedPlugin:
    """What was found: problems, and the records by hook."""

    problems: tuple[Problem, ...]
    records: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _OnlyThis(PluginChoice):
    """The choice of one plugin that need not be installed, beside those that are."""

    these: tuple[Candidate, ...] = ()

    def candidates(self) -> tuple[Candidate, ...]:
        """This one instead of an installed copy; the others for a rubric that requires them."""
        own = {candidate.name for candidate in self.these}
        return (*self.these, *(other for other in installed() if other.name not in own))


def check_plugin(path: Path, laws: Callable[[str, Any], Iterator[str]]) -> CheckedPlugin:
    """Everything that is wrong with a plugin at a folder or file.

    ``laws(hook, record)`` says which laws a record breaks.  Raises InputError where there is none.
    """
    problems, candidates = _candidates(path)
    bench = Workbench(Plugins(_OnlyThis(these=candidates), tell=lambda _problem: None))
    host = bench.plugins.host
    names = {candidate.name for candidate in candidates}
    checked = [plugin for plugin in host.plugins() if plugin.name in names]
    with _importable(path, candidates):
        host.load(checked)
        records: dict[str, tuple[str, ...]] = {}
        for hook in RECORDS:
            try:
                given = host.records(hook, checked)
            except CxError as error:
                problems += error.problems
                continue
            own = {n: (record, by) for n, (record, by) in given.items() if not by.is_built_in}
            records |= {hook: tuple(own)} if own else {}
            for record, plugin in own.values():
                problems += _of_record(bench, hook, record, plugin, laws)
    wrong_api = [_wrong_api(plugin) for plugin in checked if plugin.state == "wrong_api"]
    return CheckedPlugin((*problems, *wrong_api, *host.failures), records)


@contextlib.contextmanager
def _importable(path: Path, candidates: Sequence[Candidate]) -> Iterator[None]:
    """The folder of a package at the head of Python's path, for as long as it is checked.

    What is loaded of the package already (an installed copy of it) is set aside.
    """
    packages = {re.split(r"[.:]", candidate.target)[0] for candidate in candidates}
    folder = str(path.resolve() if path.is_dir() else path.resolve().parent)
    _forget(packages)
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(folder)
        _forget(packages)


def _forget(packages: Collection[str]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]


# metadata -----------------------------------------------------------------------------------------


def _candidates(path: Path) -> tuple[list[Problem], tuple[Candidate, ...]]:
    if path.is_file() and path.suffix == ".py":
        own = tuple(c for c in in_folder(path.parent) if c.target == str(path))
        return [], own
    file = path / _PROJECT
    if not file.is_file():
        raise InputError(
            Problem(
                "no_plugin",
                N_("is no plugin: there is no pyproject.toml, and it is no Python file"),
                Where(str(path)),
                N_("begin one with `cxmaturity plugin new NAME`"),
            )
        )
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            Problem(
                "bad_toml",
                N_("cannot be read: {reason}"),
                Where(str(file)),
                "",
                {"reason": str(error)},
            )
        ) from error
    project = _table(data, "project")
    problems = list(_of_project(project, str(file)))
    points = _table(project, "entry-points")
    versions = _table(points, API_GROUP)
    return problems, tuple(
        Candidate(
            name,
            str(project.get("name", path.name)),
            str(project.get("version", "")),
            _api(versions.get(name)),
            str(target),
        )
        for name, target in _table(points, GROUP).items()
    )


def _of_project(project: Mapping[str, Any], file: str) -> Iterator[Problem]:
    def missing(key: str, what: str, hint: str) -> Problem:
        return Problem("metadata", what, Where(file, key=key), hint)

    points = _table(project, "entry-points")
    if not _table(points, GROUP):
        yield missing(
            "project.entry-points.cxmaturity",
            N_("no plugin is named, so none will be found"),
            N_('add [project.entry-points.cxmaturity] with a line: acme = "acme_plugin"'),
        )
    for name in _table(points, GROUP):
        if _api(_table(points, API_GROUP).get(name)) is None:
            yield missing(
                'project.entry-points."cxmaturity.api"',
                N_("the version of the hooks is not said"),
                N_('add [project.entry-points."cxmaturity.api"] with a line: NAME = "v1"'),
            )
    for key in ("name", "description", "requires-python"):
        if not project.get(key):
            yield missing(f"project.{key}", N_("is missing"), N_("installers and lists show it"))
    if not project.get("version") and "version" not in project.get("dynamic", []):
        yield missing("project.version", N_("is missing"), N_("scorecards name it"))
    needs = [str(need) for need in project.get("dependencies", [])]
    if not any(re.match(r"cxmaturity\b(?!-)", need) for need in needs):
        yield missing(
            "project.dependencies",
            N_("cxmaturity is not among them"),
            N_('add "cxmaturity>=0.1,<1"'),
        )
    for name in _table(points, COMMAND_GROUP):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            yield missing(
                f'project.entry-points."cxmaturity.commands".{name}',
                N_("is no name of a command"),
                N_("use small letters, digits and hyphens"),
            )


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}


def _api(value: object) -> int | None:
    match = re.fullmatch(r"v(\d+)", value) if isinstance(value, str) else None
    return int(match[1]) if match else None


def _wrong_api(plugin: Plugin) -> Problem:
    what = N_("the plugin {plugin} is written for another release: {reason}")
    values = {"plugin": plugin.name, "reason": plugin.reason}
    where = Where(plugin.candidate.target if plugin.candidate.is_file else "")
    return Problem("wrong_api", what, where, N_("say which version of the hooks it uses"), values)


# records ------------------------------------------------------------------------------------------


def _of_record(
    bench: Workbench,
    hook: str,
    record: Any,  # noqa: ANN401 - one of the records
    plugin: Plugin,
    laws: Callable[[str, Any], Iterator[str]],
) -> Iterator[Problem]:
    where = Where(key=f"{hook}.{record.name}")
    if hook == "cxm_rubrics":
        yield from _of_pack(bench, record, where)
    if not getattr(record, "summary", ""):
        yield Problem("no_summary", N_("has no summary"), where, N_("lists show it"))
    definition = record.definition if isinstance(record, Measure) else None
    for language in LANGUAGES if definition is not None else ():
        if not (definition or {}).get(language):
            what = N_("its definition is missing in the language {language}")
            values = {"language": language}
            yield Problem("no_translation", what, where, N_("add the text"), values)
    outcome = bench.plugins.host.guard.call(
        plugin.name, record.name, lambda: list(laws(hook, record))
    )
    for broken in [*(outcome.value or ()), *filter(None, [outcome.reason])]:
        what = N_("breaks a law: {law}")
        yield Problem("broken_law", what, where, "", {"law": broken})


def _of_pack(bench: Workbench, pack: Any, where: Where) -> Iterator[Problem]:  # noqa: ANN401
    try:
        rubric = bench.load_rubric(pack.folder).rubric
    except CxError as error:
        yield from error.problems
        return
    if pack.name not in (rubric.id, None) or pack.folder.name != rubric.id:
        what = N_("the record, the folder and the rubric have different names")
        hint = N_("call all three '{id}'")
        yield Problem("pack_name", what, where, hint, {"id": rubric.id})
    for language in LANGUAGES:
        if language not in rubric.languages:
            what = N_("the rubric has no texts in the language {language}")
            hint = N_("readers of that language see the main one")
            yield Problem("no_translation", what, where, hint, {"language": language})
