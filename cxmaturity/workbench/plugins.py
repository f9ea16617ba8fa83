"""What plugins add, ready for use: registries, rubric packs, formats, advice, house rules.

Nothing is looked for until a rubric, an engagement or a list asks for more than the built-in.  What
does not touch a score may fail: it is named once and the run goes on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any, Final

from cxmaturity import combine, exporters, kinds, measures
from cxmaturity.catalogue.extend import Source
from cxmaturity.catalogue.find import FoundRubric
from cxmaturity.errors import PluginError, Problem, RubricError, UsageError, Where
from cxmaturity.extension.choice import PluginChoice, chosen_by
from cxmaturity.extension.guard import Guard
from cxmaturity.extension.host import Host, Plugin
from cxmaturity.extension.requirements import EXAMPLE, Required, parse_required
from cxmaturity.extension.wrapping import registry_of
from cxmaturity.hookspecs import (
    Exporter,
    Measure,
    Reader,
    Registry,
    RubricCheck,
    RubricProblem,
)
from cxmaturity.model.rubric import SEVERITIES, Rubric
from cxmaturity.model.scorecard import Finding, PluginInfo, Scorecard
from cxmaturity.text.messages import N_
from cxmaturity.text.problems import say_problem
from cxmaturity.workbench.measuring import safe_measure
from cxmaturity.workbench.remarks import advice_of, problems_of

BUILT_IN: Final[tuple[ModuleType, ...]] = (kinds, combine, exporters, measures)
"""The modules whose records come with the product."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What a rubric is loaded with: the registry, and the plugins that it requires."""

    registry: Registry
    plugins: tuple[Plugin, ...] = ()

    @property
    def infos(self) -> tuple[PluginInfo, ...]:
        """What a scorecard says of the plugins."""
        return tuple(plugin.info for plugin in self.plugins)


class Plugins:
    """The host of a workbench, and everything that is made of its records."""

    def __init__(
        self,
        choice: PluginChoice | None = None,
        *,
        built_in: Sequence[ModuleType] = BUILT_IN,
        tell: Callable[[Problem], object] | None = None,
        tell_slow: Callable[[str], object] | None = None,
    ) -> None:
        """Use what the environment chooses unless told otherwise; ``tell`` hears of failures."""
        self.choice = choice or chosen_by(os.environ)
        self.choice.require_folder()
        self.host = Host(
            find=self.choice.candidates,
            built_in=built_in,
            disabled=self.choice.disabled,
            strict=self.choice.strict,
            tell=tell or _tell,
            guard=Guard(tell_slow) if tell_slow else Guard(),
        )

    # what touches scores ------------------------------------------------------------------------

    @cached_property
    def built_in(self) -> Needed:
        """What needs no plugin."""
        return Needed(registry_of(self.host))

    def needed_by(self, source: Source) -> Needed:
        """Everything that a rubric may use; raises PluginError for what it requires in vain."""
        written = source.data.get("requires") or ()
        if not isinstance(written, list) or not all(isinstance(text, str) for text in written):
            # Said with every other fault of the rubric.
            return self.built_in
        required = self._required(source, written) if written else []
        if not required:
            return self.built_in
        found = [
            (plugin, where)
            for wanted, where in required
            for plugin in self._of_distribution(wanted, where)
        ]
        plugins = tuple({plugin.name: plugin for plugin, _where in found}.values())
        self.host.load(plugins, fatal=True)
        faults = [
            replace(problem, where=where)
            for plugin, where in found
            for problem in self._unusable(plugin)
        ]
        if faults:
            raise PluginError(faults)
        registry = registry_of(self.host, plugins)
        # A hook that fails while its records are collected is as bad as a plugin that is not there.
        faults = [
            replace(p, where=where) for plugin, where in found for p in self._unusable(plugin)
        ]
        if faults:
            raise PluginError(faults)
        return Needed(registry, plugins)

    def _required(self, source: Source, written: list[str]) -> list[tuple[Required, Where]]:
        found, problems = [], []
        for place, text in enumerate(written):
            where = source.origins.where(("requires", place))
            try:
                found.append((parse_required(text), where))
            except ValueError:
                what, hint = N_("'{text}' names no plugin and its versions"), N_("write {example}")
                values = {"text": text, "example": EXAMPLE}
                problems.append(Problem("bad_requires", what, where, hint, values))
        if problems:
            raise RubricError(problems)
        return found

    def _of_distribution(self, wanted: Required, where: Where) -> tuple[Plugin, ...]:
        """The plugins of a distribution; raises PluginError with the line that installs it."""
        found = tuple(plugin for plugin in self.host.plugins() if plugin.meets(wanted))
        values = {
            "wanted": wanted.text,
            "version": found[0].candidate.version if found else "",
            "command": f'pip install "{wanted.text}"',
        }
        if self.choice.off:
            what = N_("the rubric requires {wanted}, and plugins are switched off")
            raise PluginError(
                Problem("plugins_off", what, where, N_("run it without --no-plugins"), values)
            )
        hint = N_("install it: {command}")
        if not found:
            what = N_("the rubric requires {wanted}, which is not installed")
            raise PluginError(Problem("plugin_missing", what, where, hint, values))
        if not wanted.accepts(found[0].candidate.version):
            what = N_("the rubric requires {wanted}; installed is {version}")
            raise PluginError(Problem("plugin_version", what, where, hint, values))
        return found

    def _unusable(self, plugin: Plugin) -> list[Problem]:
        if plugin.state == "loaded":
            return []
        reasons = {
            "disabled": N_("the rubric requires {plugin}, which is disabled"),
            "wrong_api": N_("the rubric requires {plugin}, which is written for another release "
                            "({reason})"),
        }  # fmt: skip
        what = reasons.get(
            plugin.state, N_("the rubric requires {plugin}, which cannot be used: {reason}")
        )
        hint = (
            N_("take it out of CXMATURITY_DISABLE_PLUGINS")
            if plugin.state == "disabled"
            else N_("install a version of it that works, or ask its author")
        )
        values = {"plugin": plugin.candidate.distribution, "reason": plugin.reason}
        return [Problem("plugin_unusable", what, Where(), hint, values)]

    def begin_scoring(self) -> None:
        """Forget what failed in an earlier scoring; each scorecard says its own."""
        for plugin in self.host.plugins() if self.host.discovered else ():
            plugin.failed_scoring = None

    def finished(
        self, card: Scorecard, plugins: Sequence[Plugin] = (), advisors: Iterable[str] = ()
    ) -> Scorecard:
        """The scorecard with the remarks of advisors, and what it says of plugins.

        With ``strict`` a plugin that failed on the way ends the run instead.
        """
        used = {plugin.name: plugin for plugin in plugins}
        findings = list(card.findings)
        for name in advisors:
            advice, adviser = self._advice(name, card)
            findings += advice
            used |= {adviser.name: adviser} if adviser else {}
        if self.choice.strict and self.host.failures:
            raise PluginError(self.host.failures)
        if not used:
            return card
        return replace(
            card,
            findings=tuple(sorted(findings, key=lambda f: SEVERITIES.index(f.severity))),
            provenance=replace(
                card.provenance,
                plugins=tuple(used[name].info for name in sorted(used)),
            ),
        )

    # lists --------------------------------------------------------------------------------------

    def _listed(self, hook: str) -> dict[str, tuple[Any, Plugin]]:
        self.host.load()
        return self.host.records(hook)

    def rubrics(self) -> tuple[FoundRubric, ...]:
        """The rubric packs; a folder that holds no rubric is named and left out."""
        found = []
        for name, (pack, plugin) in self._listed("cxm_rubrics").items():
            if (pack.folder / "rubric.toml").is_file():
                found.append(FoundRubric(name, pack.folder, plugin.candidate.distribution))
            else:
                self.host.note(plugin, f"cxm_rubrics: no rubric.toml in the folder of '{name}'")
        return tuple(found)

    @cached_property
    def built_in_exporters(self) -> dict[str, Exporter]:
        """The formats that come with the product, by name."""
        found = self.host.records("cxm_exporters", ())
        return {name: record for name, (record, _owner) in found.items()}

    def exporters(self) -> dict[str, Exporter]:
        """Every format by name; those of plugins raise PluginError where they fail."""
        return {
            name: record if owner.is_built_in else self._safe_exporter(record, owner)
            for name, (record, owner) in self._listed("cxm_exporters").items()
        }

    def readers(self) -> dict[str, Reader]:
        """Readers of other tools' files, by name."""
        return {name: record for name, (record, _o) in self._listed("cxm_readers").items()}

    def measures(self) -> dict[str, Measure]:
        """Measures computed from data, by name; a plugin's raise PluginError where they fail."""
        return {
            name: record if owner.is_built_in else safe_measure(self.host, record, owner)
            for name, (record, owner) in self._listed("cxm_measures").items()
        }

    def _safe_exporter(self, exporter: Exporter, plugin: Plugin) -> Exporter:
        def write(card: Scorecard, options: Any) -> bytes:  # noqa: ANN401 - as the hook says
            outcome = self.host.guard.call(
                plugin.name, exporter.name, lambda: exporter.write(deepcopy(card), options)
            )
            if type(outcome.value) is bytes:
                return outcome.value
            reason = outcome.reason or f"bytes are wanted, not {type(outcome.value).__name__}"
            raise PluginError(self.host.note(plugin, f"{exporter.name}: {reason}", fatal=True))

        return replace(exporter, write=write)

    # remarks ------------------------------------------------------------------------------------

    def require_advisors(self, names: Iterable[str]) -> None:
        """Raise UsageError for an advisor that no plugin brings."""
        wanted = tuple(names)
        known = self._listed("cxm_advisors") if wanted else {}
        problems = [_no_advisor(name, known) for name in wanted if name not in known]
        if problems:
            raise UsageError(problems)

    def _advice(self, name: str, card: Scorecard) -> tuple[list[Finding], Plugin | None]:
        """What an advisor finds on a copy of the scorecard; one that fails is only named."""
        known = self._listed("cxm_advisors")
        if name not in known:
            problem = _no_advisor(name, known)
            if problem not in self.host.failures:
                self.host.failures.append(problem)
                self.host.tell(problem)
            return [], None
        advisor, plugin = known[name]
        return advice_of(self.host, advisor, plugin, card), plugin

    def house_rules(self, rubric: Rubric) -> list[tuple[RubricProblem, RubricCheck, Plugin]]:
        """What the rubric checks of plugins find; one that fails is only named."""
        return [
            (problem, rule, plugin)
            for rule, plugin in self._listed("cxm_rubric_checks").values()
            for problem in problems_of(self.host, rule, plugin, rubric)
        ]


def _tell(problem: Problem) -> None:
    sys.stderr.write(f"{say_problem(problem)}\n")


def _no_advisor(name: str, known: Iterable[str]) -> Problem:
    there = ", ".join(known)
    hint = N_("there are {known}") if there else N_("install the plugin that brings it")
    what = N_("no plugin brings the advisor '{name}'")
    return Problem("no_advisor", what, Where(key="advisors"), hint, {"name": name, "known": there})
