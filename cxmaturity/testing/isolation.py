"""One plugin alone: loaded by the same host as in a real run, with nothing else around it.

Nothing is installed, and plugins that are installed are not looked at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

from cxmaturity.errors import CxError
from cxmaturity.extension.choice import PluginChoice
from cxmaturity.extension.discovery import API, Candidate, in_folder
from cxmaturity.extension.host import Host
from cxmaturity.hookspecs import RECORDS
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.plugins import BUILT_IN, Plugins


@dataclass(frozen=True, slots=True)
class RanPlugin:
    """What a plugin gave: its records by hook and name, and a sentence for every failure."""

    name: str
    records: Mapping[str, Mapping[str, Any]]
    failures: tuple[str, ...]

    def record(self, hook: str, name: str) -> Any:  # noqa: ANN401 - one of the records
        """One record; raises KeyError with the failures where it is not there."""
        try:
            return self.records[hook][name]
        except KeyError:
            said = "; ".join(self.failures) or "it gives " + ", ".join(self.names)
            msg = f"{self.name} gives no {hook} '{name}': {said}"
            raise KeyError(msg) from None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all its records."""
        return tuple(name for records in self.records.values() for name in records)


def run_plugin(plugin: ModuleType | Path) -> RanPlugin:
    """Load a plugin (its module, or the path of a one-file plugin) and call all its hooks.

    It never raises for what the plugin does: that is what ``failures`` is for.  Names that the
    product or its own plugins already use count as failures.
    """
    candidate = _candidate(plugin)
    host = Host(find=lambda: (candidate,), built_in=BUILT_IN)
    host.load()
    clashes: list[str] = []
    records = {
        hook: found for hook in RECORDS if (found := _records(host, candidate, hook, clashes))
    }
    failures = [str(say_problem(problem)) for problem in host.failures]
    return RanPlugin(candidate.name, records, (*failures, *clashes))


def workbench(*plugins: ModuleType | Path) -> Workbench:
    """A workbench that knows these plugins and no others; rubrics name them in ``requires``.

    A failing plugin ends what is done, with PluginError.
    """
    candidates = tuple(_candidate(plugin) for plugin in plugins)
    made = Plugins(PluginChoice(strict=True))
    made.host.find = lambda: candidates
    return Workbench(made)


def _records(host: Host, candidate: Candidate, hook: str, clashes: list[str]) -> dict[str, Any]:
    try:
        found = host.records(hook)
    except CxError as error:
        clashes += [str(say_problem(problem)) for problem in error.problems]
        return {}
    return {name: record for name, (record, owner) in found.items() if owner.name == candidate.name}


def _candidate(plugin: ModuleType | Path) -> Candidate:
    if isinstance(plugin, Path):
        return next(found for found in in_folder(plugin.parent) if found.target == str(plugin))
    package = plugin.__name__.partition(".")[0]
    distribution, version = _identity(package, plugin)
    return Candidate(plugin.__name__, distribution, version, API, plugin.__name__)


def _identity(package: str, plugin: ModuleType) -> tuple[str, str]:
    """Distribution and version: of what is installed, else of ``pyproject.toml`` beside it."""
    installed = metadata.packages_distributions().get(package)
    if installed:
        return installed[0], metadata.version(installed[0])
    folder = Path(plugin.__file__ or ".").resolve().parent
    for above in (folder, *folder.parents[:3]):
        written = above / "pyproject.toml"
        if written.is_file():
            project = tomllib.loads(written.read_text("utf-8")).get("project", {})
            return project.get("name", package), project.get("version", "0")
    return package.replace("_", "-"), "0"
