"""The host of all plugins: finds them when first asked, loads them one at a time, keeps records.

Built-in kinds, methods and formats come through the same hooks.  Each plugin has a manager of its
own, so that one that fails cannot take another along, and a half registration is simply dropped.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from cxmaturity.extension.records import checked
from cxmaturity.extension.requirements import Required, same_name
from cxmaturity.model.scorecard import PluginInfo
from cxmaturity.text.messages import N_

State = Literal["not_loaded", "loaded", "partly", "failed", "disabled", "wrong_api"]
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
    failed_scoring: str | None = None
    """Why it gave no number the last time that something was scored."""

    @property
    def name(self) -> str:
        """Name of the plugin."""
        return self.candidate.name

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with the product."""
        return self.candidate.distribution == BUILT_IN

    @property
    def info(self) -> PluginInfo:
        """What a scorecard says of it."""
        found = self.candidate
        return PluginInfo(found.distribution, found.version, found.digest, self.failed_scoring)

    def meets(self, required: Required) -> bool:
        """Whether it is of the distribution that a rubric asks for, whatever the version."""
        found = self.candidate
        named = found.name if found.is_file else found.distribution
        return same_name(named, required.distribution)


@dataclass(slots=True)
class Host:
    """Plugins by name, and the records they give; what went wrong is kept in ``failures``."""

    find: Callable[[], Iterable[Candidate]] = tuple
    """Gives the plugins there are; called once, when somebody asks for more than the built-in."""
    built_in: Sequence[ModuleType] = ()
    disabled: frozenset[str] = frozenset()
    strict: bool = False
    tell: Callable[[Problem], object] = lambda _problem: None
    """Told of every failure once."""
    guard: Guard = field(default_factory=Guard)
    failures: list[Problem] = field(default_factory=list)
    discovered: bool = False
    _plugins: dict[str, Plugin] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Register the built-in modules; look for nothing else."""
        for module in self.built_in:
            plugin = Plugin(Candidate(module.__name__, BUILT_IN, "", API, module.__name__))
            self._register(plugin, module)
            self._plugins[plugin.name] = plugin

    def plugins(self) -> tuple[Plugin, ...]:
        """Every plugin that is not built in, by name, loaded or not."""
        if not self.discovered:
            self.discovered = True
            for candidate in self.find():
                self._add(candidate)
        found = [plugin for plugin in self._plugins.values() if not plugin.is_built_in]
        return tuple(sorted(found, key=lambda plugin: plugin.name))

    def load(self, plugins: Iterable[Plugin] | None = None, *, fatal: bool = False) -> None:
        """Load plugins, all of them unless some are given; each failure is noted.

        ``fatal``: the caller ends the run where one fails, and says why.
        """
        for plugin in self.plugins() if plugins is None else plugins:
            if plugin.state == "not_loaded":
                self._load(plugin, fatal=fatal)

    def records(
        self, hook: str, among: Iterable[Plugin] | None = None
    ) -> dict[str, tuple[Any, Plugin]]:
        """Records of a hook by name with their owner, of the built-in and all loaded plugins.

        ``among`` narrows the plugins down.  Raises PluginError for a name that is given twice.
        """
        names = None if among is None else {plugin.name for plugin in among}
        own = [plugin for plugin in self._plugins.values() if plugin.is_built_in]
        others = sorted(
            (p for p in self._plugins.values() if not p.is_built_in), key=lambda p: p.name
        )
        found: dict[str, tuple[Any, Plugin]] = {}
        for plugin in [*own, *(p for p in others if names is None or p.name in names)]:
            for record in self._records_of(plugin, hook):
                if record.name in found:
                    raise PluginError(_clash(hook, record.name, found[record.name][1], plugin))
                found[record.name] = (record, plugin)
        return found

    def note(
        self, plugin: Plugin, reason: str, *, scoring: bool = False, fatal: bool = False
    ) -> Problem:
        """Note a failure and tell of it once; with ``strict`` it ends the run.

        ``scoring``: a number could not be given for it.  ``fatal``: the caller ends the run with
        it, so that it is told anyway.
        """
        if scoring:
            plugin.failed_scoring = reason
        problem = failure(plugin, reason)
        if problem not in self.failures:
            self.failures.append(problem)
            if not (self.strict or fatal):
                self.tell(problem)
        if self.strict:
            raise PluginError(problem)
        return problem

    # loading ------------------------------------------------------------------------------------

    def _add(self, candidate: Candidate) -> None:
        plugin = Plugin(candidate)
        other = self._plugins.get(candidate.name)
        if other is not None:
            self.note(
                plugin, f"the name '{candidate.name}' is taken by {other.candidate.distribution}"
            )
            return
        if candidate.name in self.disabled or candidate.distribution in self.disabled:
            plugin.state = "disabled"
        elif candidate.api != API:
            plugin.state = "wrong_api"
            plugin.reason = f"API {candidate.api or '?'}, not {API}"
        self._plugins[candidate.name] = plugin

    def _load(self, plugin: Plugin, *, fatal: bool) -> None:
        twin = self._twin(plugin)
        if twin is not None:
            self._fail(
                plugin, f"it is the same as '{twin.name}', which is there already", fatal=fatal
            )
            return
        outcome = self.guard.call(plugin.name, "import", lambda: (_imported(plugin.candidate),))
        if outcome.value is None:
            self._fail(plugin, outcome.reason, fatal=fatal)
            return
        self._register(plugin, outcome.value[0], fatal=fatal)

    def _twin(self, plugin: Plugin) -> Plugin | None:
        """A loaded plugin that is the same module under another name."""
        same = (p for p in self._plugins.values() if p.state in ("loaded", "partly"))
        target = plugin.candidate.target
        return next((p for p in same if p.candidate.target == target), None)

    def _register(self, plugin: Plugin, module: object, *, fatal: bool = False) -> None:
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)

        def register() -> None:
            manager.register(module, plugin.name)
            manager.check_pending()

        outcome = self.guard.call(plugin.name, "register", register)
        if outcome.reason:
            self._fail(plugin, outcome.reason, fatal=fatal)
            return
        callers = manager.get_hookcallers(module) or []
        plugin.hooks = tuple(sorted(caller.name for caller in callers))
        plugin.manager, plugin.state = manager, "loaded"
        if not plugin.hooks:
            self._fail(plugin, "it has no function marked @hookimpl", fatal=fatal)

    def _fail(self, plugin: Plugin, reason: str, *, fatal: bool) -> None:
        plugin.state, plugin.reason, plugin.manager = "failed", reason, None
        self.note(plugin, reason, fatal=fatal)

    # collecting ---------------------------------------------------------------------------------

    def _records_of(self, plugin: Plugin, hook: str) -> tuple[Any, ...]:
        if plugin.manager is None or hook not in plugin.hooks:
            return ()
        if hook not in plugin.records:
            plugin.records[hook] = self._collect(plugin, plugin.manager, hook)
        return plugin.records[hook]

    def _collect(self, plugin: Plugin, manager: pluggy.PluginManager, hook: str) -> tuple[Any, ...]:
        def collect() -> tuple[Any, ...]:
            given = getattr(manager.hook, hook)()
            return checked(hook, (record for records in given for record in records))

        outcome = self.guard.call(plugin.name, hook, collect)
        if outcome.reason:
            plugin.state, plugin.reason = "partly", f"{hook}: {outcome.reason}"
            self.note(plugin, plugin.reason)
        return outcome.value or ()


def failure(plugin: Plugin, reason: str) -> Problem:
    """The problem of a plugin that failed: who, why, and how to go on."""
    found = plugin.candidate
    values = {
        "plugin": found.name,
        "distribution": " ".join(filter(None, (found.distribution, found.version))),
        "reason": reason,
    }
    return Problem(
        "plugin_failed",
        N_("the plugin {plugin} ({distribution}) failed: {reason}"),
        Where(found.target if found.is_file else ""),
        N_("update or remove it; --no-plugins runs without any, "
           "CXMATURITY_DISABLE_PLUGINS={plugin} without this one"),
        values,
    )  # fmt: skip


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
        sys.modules.pop(name, None)
        raise
    return module


def _clash(hook: str, name: str, first: Plugin, second: Plugin) -> Problem:
    what = N_("'{name}' is given twice ({hook}): by {first} and by {second}")
    values: Mapping[str, object] = {
        "name": name,
        "hook": hook,
        "first": first.candidate.distribution,
        "second": second.candidate.distribution,
        "plugin": second.name,
    }
    hint = N_("remove one of them, or leave one out with CXMATURITY_DISABLE_PLUGINS={plugin}")
    return Problem("plugin_clash", what, Where(), hint, values)
