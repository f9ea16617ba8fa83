"""Commands that plugins add: listed by metadata alone, loaded when they are called.

Only one-file plugins have no metadata; they are loaded for their commands' names.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from cxmaturity.cli.command import global_options
from cxmaturity.errors import PluginError, Problem, Where
from cxmaturity.extension import discovery
from cxmaturity.extension.choice import PluginChoice, chosen_by
from cxmaturity.text.messages import N_
from cxmaturity.text.terminal import clean

if TYPE_CHECKING:
    from cxmaturity.extension.host import Host, Plugin

_HOOK = "cxm_commands"
_LONGEST = 60


def listed() -> dict[str, str]:
    """Names of the commands that plugins add, with what they say of themselves."""
    choice = chosen_by(os.environ)
    found = {
        name: f"{_brief(entries[0].summary)} ({clean(entries[0].distribution)})"
        for name, entries in sorted(_entries(choice).items())
    }
    if choice.folder is not None and not choice.off:
        records = _of_files(_host(choice))
        found |= {n: f"{_brief(r.summary)} ({r.owner})" for n, r in sorted(records.items())}
    return found


def loaded(name: str) -> click.Command | None:
    """The command of a plugin, loaded now; raises PluginError where it cannot be used."""
    choice = chosen_by(os.environ)
    entries = _entries(choice).get(name, ())
    if len(entries) > 1:
        raise PluginError(_clash(name, entries))
    if entries:
        return _adapted(_entry_command(_host(choice), entries[0]))
    if choice.folder is not None and not choice.off:
        record = _of_files(_host(choice)).get(name)
        return _adapted(record.command) if record else None
    return None


def failed(name: str, error: BaseException) -> PluginError:
    """The error of a plugin's command that raised what nobody expects."""
    from cxmaturity.extension.guard import reason_of

    what = N_("the command '{name}' of the plugin {plugin} failed: {reason}")
    hint = N_("report it to the author of the plugin")
    entries = _entries(chosen_by(os.environ)).get(name, ())
    owner = entries[0].distribution if entries else name
    values = {"name": name, "plugin": owner, "reason": reason_of(error)}
    return PluginError(Problem("plugin_failed", what, Where(), hint, values))


class _Listed:
    """A command of a one-file plugin: its summary, its file, the command itself."""

    def __init__(self, summary: str, owner: str, command: object) -> None:
        self.summary, self.owner, self.command = summary, clean(owner), command


def _entries(choice: PluginChoice) -> dict[str, list[discovery.CommandEntry]]:
    if choice.off:
        return {}
    allowed = {
        name: [entry for entry in entries if entry.distribution not in choice.disabled]
        for name, entries in discovery.commands().items()
    }
    return {name: entries for name, entries in allowed.items() if entries}


def _host(choice: PluginChoice) -> Host:
    from cxmaturity.workbench.plugins import Plugins

    return Plugins(choice).host


def _of_files(host: Host) -> dict[str, _Listed]:
    files = [plugin for plugin in host.plugins() if plugin.candidate.is_file]
    host.load(files)
    return {
        name: _Listed(record.summary, owner.candidate.distribution, record.command)
        for name, (record, owner) in host.records(_HOOK, files).items()
    }


def _entry_command(host: Host, entry: discovery.CommandEntry) -> object:
    """The command of a plugin's record, or the one that the entry point names."""
    own = [p for p in host.plugins() if p.candidate.distribution == entry.distribution]
    host.load(own)
    unusable = [plugin for plugin in own if plugin.state in ("failed", "wrong_api", "disabled")]
    if unusable or not own:
        raise PluginError(_unusable(entry, unusable))
    records = host.records(_HOOK, own)
    if entry.name in records:
        return records[entry.name][0].command
    outcome = host.guard.call(own[0].name, entry.name, lambda: discovery.load(entry))
    if outcome.reason:
        raise PluginError(host.note(own[0], outcome.reason))
    return outcome.value


def _adapted(command: object) -> click.Command:
    """The plugin's command with the global options; raises PluginError for what is none."""
    if not isinstance(command, click.Command):
        what = N_("a plugin gives {kind} instead of a command of Click")
        values = {"kind": type(command).__name__}
        raise PluginError(Problem("plugin_failed", what, Where(), "", values))
    known = {word for parameter in command.params for word in parameter.opts}
    command.params += [o for o in global_options() if known.isdisjoint(o.opts)]
    return command


def _brief(summary: str) -> str:
    line = " ".join(clean(summary).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _clash(name: str, entries: list[discovery.CommandEntry]) -> Problem:
    first, second = entries[0].distribution, entries[1].distribution
    return Problem(
        "plugin_clash",
        N_("'{name}' is given twice ({hook}): by {first} and by {second}"),
        Where(),
        N_("remove one of them, or leave one out with CXMATURITY_DISABLE_PLUGINS={plugin}"),
        {"name": name, "hook": _HOOK, "first": first, "second": second, "plugin": second},
    )


def _unusable(entry: discovery.CommandEntry, plugins: list[Plugin]) -> Problem:
    reason = plugins[0].reason or plugins[0].state if plugins else "no entry point in cxmaturity"
    return Problem(
        "plugin_unusable",
        N_("the command '{name}' needs the plugin {plugin}, which cannot be used: {reason}"),
        Where(),
        N_("install a version of it that works, or ask its author"),
        {"name": entry.name, "plugin": entry.distribution, "reason": reason},
    )
