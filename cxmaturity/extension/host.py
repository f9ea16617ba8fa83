"""The host of all plugins: loads them one at a time and collects their records.

Built-in kinds, methods and formats come through the same hooks.  Each plugin has a manager of its
own, so that one that fails cannot take another along, and a half registration is simply dropped.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pluggy

from cxmaturity import hookspecs
from cxmaturity.errors import PluginError, Problem, Where
from cxmaturity.extension.discovery import API, GROUP, Candidate
from cxmaturity.extension.guard import Guard
from cxmaturity.text.messages import N_

State = Literal["loaded", "failed", "disabled", "wrong_api", "not_loaded"]
BUILT_IN = "cxmaturity"


@dataclass(slots=True)
class Plugin:
    """A plugin and how far it got: ``reason`` says why it is not, or not wholly, in use."""

    candidate: Candidate
    state: State = "not_loaded"
    reason: str = ""
    hooks: tuple[str, ...] = ()
    manager: pluggy.PluginManager | None = None
    records: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the plugin."""
        return self.candidate.name


@dataclass(slots=True)
class Host:
    """Plugins by name, and the records they give; what went wrong is kept in ``failures``."""

    candidates: Sequence[Candidate] = ()
    built_in: Sequence[ModuleType] = ()
    disabled: frozenset[str] = frozenset()
    strict: bool = False
    guard: Guard = field(default_factory=Guard)
    failures: list[Problem] = field(default_factory=list)
    _plugins: dict[str, Plugin] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Register the built-in modules and note the candidates; load none of these."""
        for module in self.built_in:
            plugin = Plugin(Candidate(module.__name__, BUILT_IN, "", API, module.__name__))
            self._register(plugin, module)
            self._plugins[plugin.name] = plugin
        for candidate in self.candidates:
            self._add(candidate)

    def plugins(self) -> tuple[Plugin, ...]:
        """Every plugin that is not built in, by name, loaded or not."""
        found = [p for p in self._plugins.values() if p.candidate.distribution != BUILT_IN]
        return tuple(sorted(found, key=lambda plugin: plugin.name))

    def load(self, distributions: Iterable[str] | None = None) -> None:
        """Load all plugins, or those of some distributions; each failure is noted."""
        wanted = None if distributions is None else {_normal(name) for name in distributions}
        for plugin in self.plugins():
            if plugin.state == "not_loaded" and (
                wanted is None or _normal(plugin.candidate.distribution) in wanted
            ):
                self._load(plugin)

    def records(self, hook: str) -> dict[str, tuple[Any, Plugin]]:
        """Records of a hook by name with their owner; a name given twice is an error."""
        found: dict[str, tuple[Any, Plugin]] = {}
        for plugin in self._plugins.values():
            for record in self._records_of(plugin, hook):
                if record.name in found:
                    raise PluginError(_clash(hook, record.name, found[record.name][1], plugin))
                found[record.name] = (record, plugin)
        return found

    def note(self, plugin: str, reason: str, code: str = "plugin_failed") -> None:
        """Note a failure once; with ``strict`` it ends the run."""
        what = N_("the plugin {plugin} failed: {reason}")
        hint = N_("update or remove it, or run with --no-plugins")
        problem = Problem(code, what, Where(), hint, {"plugin": plugin, "reason": reason})
        if problem not in self.failures:
            self.failures.append(problem)
        if self.strict:
            raise PluginError(problem)

    # loading ------------------------------------------------------------------------------------

    def _add(self, candidate: Candidate) -> None:
        plugin = Plugin(candidate)
        other = self._plugins.get(candidate.name)
        if other is not None:
            raise PluginError(_clash("plugin", candidate.name, other, plugin))
        if candidate.name in self.disabled or candidate.distribution in self.disabled:
            plugin.state = "disabled"
        elif candidate.api != API:
            plugin.state = "wrong_api"
            plugin.reason = f"API {candidate.api or '?'}, not {API}"
        self._plugins[candidate.name] = plugin

    def _load(self, plugin: Plugin) -> None:
        outcome = self.guard.call(plugin.name, "import", lambda: _imported(plugin.candidate))
        if outcome.reason or outcome.value is None:
            self._fail(plugin, outcome.reason or "empty")
            return
        self._register(plugin, outcome.value)

    def _register(self, plugin: Plugin, module: object) -> None:
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)

        def register() -> None:
            manager.register(module, plugin.name)
            manager.check_pending()

        outcome = self.guard.call(plugin.name, "register", register)
        if outcome.reason:
            self._fail(plugin, outcome.reason)
            return
        callers = manager.get_hookcallers(module) or []
        plugin.hooks = tuple(sorted(caller.name for caller in callers))
        plugin.manager, plugin.state = manager, "loaded"

    def _fail(self, plugin: Plugin, reason: str) -> None:
        plugin.state, plugin.reason, plugin.manager = "failed", reason, None
        self.note(plugin.name, reason)

    # collecting ---------------------------------------------------------------------------------

    def _records_of(self, plugin: Plugin, hook: str) -> tuple[Any, ...]:
        if plugin.manager is None or hook not in plugin.hooks:
            return ()
        if hook not in plugin.records:
            plugin.records[hook] = self._collect(plugin, hook)
        return plugin.records[hook]

    def _collect(self, plugin: Plugin, hook: str) -> tuple[Any, ...]:
        caller = getattr(plugin.manager.hook, hook) if plugin.manager else None
        wanted = hookspecs.RECORDS[hook]

        def collect() -> tuple[Any, ...]:
            found = [record for given in caller() for record in given] if caller else []
            for record in found:
                if type(record) is not wanted:
                    msg = f"{hook} gives {wanted.__name__} records, not {type(record).__name__}"
                    raise TypeError(msg)
            names = [record.name for record in found]
            if len(set(names)) != len(names):
                msg = f"{hook} gives one name twice"
                raise ValueError(msg)
            return tuple(found)

        outcome = self.guard.call(plugin.name, hook, collect)
        if outcome.reason:
            plugin.reason = f"{hook}: {outcome.reason}"
            self.note(plugin.name, plugin.reason)
        return outcome.value or ()


def _imported(candidate: Candidate) -> object:
    if not candidate.is_file:
        name, _, attribute = candidate.target.partition(":")
        module = import_module(name)
        return getattr(module, attribute) if attribute else module
    name = f"cxmaturity_plugin_{Path(candidate.target).stem}"
    spec = importlib.util.spec_from_file_location(name, candidate.target)
    if spec is None or spec.loader is None:
        msg = "not a Python file"
        raise ImportError(msg)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _normal(distribution: str) -> str:
    return distribution.replace("_", "-").lower()


def _clash(hook: str, name: str, first: Plugin, second: Plugin) -> Problem:
    what = N_("'{name}' is given twice ({hook}): by {first} and by {second}")
    values: Mapping[str, object] = {
        "name": name,
        "hook": hook,
        "first": first.candidate.distribution,
        "second": second.candidate.distribution,
    }
    return Problem("plugin_clash", what, Where(), N_("disable or remove one of them"), values)
