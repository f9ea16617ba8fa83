"""`plugin list`: what is installed, from metadata alone, or loaded and looked into."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.output import put, say
from cxmaturity.cli.page_blocks import Block, Line
from cxmaturity.cli.rubric_reading import put_blocks
from cxmaturity.errors import PluginError
from cxmaturity.extension.host import Host, Plugin
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.workbench.plugins import Plugins

STATES: Final = {
    "not_loaded": N_("installed"),
    "loaded": N_("works"),
    "partly": N_("works in part"),
    "failed": N_("cannot be used"),
    "disabled": N_("disabled"),
    "wrong_api": N_("written for another release"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One plugin in the list; ``hooks`` and ``records`` are known once it is loaded."""

    name: str
    version: str
    distribution: str
    state: str
    why: str
    hooks: tuple[str, ...]
    records: dict[str, tuple[str, ...]]
    commands: tuple[str, ...]


@command(
    "list",
    N_(
        "List the plugins that are there, without running any of their code.\n\n"
        "With --load each is loaded, so that the list says what it adds, and why one that cannot "
        "be used cannot. A plugin runs with all your rights: install only what you trust."
    ),
    examples=("plugin list", "plugin list --load", "plugin list --json"),
)
@option("--load", is_flag=True, help=N_("Load each plugin and say what it adds."))
@option("--json", "as_json", is_flag=True, help=N_("The list as JSON."))
def run(*, load: bool, as_json: bool) -> None:
    """List; a plugin that fails is in the list with the reason, and the run goes on."""
    host = Plugins(tell=lambda _problem: None).host
    if load:
        host.load()
    found = [_listed(host, plugin) for plugin in host.plugins()]
    if as_json:
        put(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n")
        return
    put_blocks(lambda: _blocks(found))
    if found and not load:
        say(_("What they add: {command}").format(command=f"{PROGRAM} plugin list --load"))


def _listed(host: Host, plugin: Plugin) -> Listed:
    from cxmaturity.extension.discovery import commands

    records: dict[str, tuple[str, ...]] = {}
    clashes: list[str] = []
    for hook in plugin.hooks:
        try:
            given = host.records(hook)
        except PluginError as error:
            clashes += [str(problem) for problem in error.problems if plugin.name in str(problem)]
            given = host.records(hook, (plugin,)) if not clashes else {}
        records[hook] = tuple(name for name, (_record, owner) in given.items() if owner is plugin)
    found = plugin.candidate
    own = (
        name
        for name, entries in commands().items()
        if any(entry.distribution == found.distribution for entry in entries)
    )
    return Listed(
        found.name,
        found.version,
        found.distribution,
        plugin.state,
        "; ".join(filter(None, [plugin.reason, *clashes])),
        plugin.hooks,
        records,
        tuple(sorted(own)),
    )


def _blocks(found: list[Listed]) -> Iterator[Block]:
    if not found:
        yield Line(_("There are no plugins."))
    for one in found:
        named = " ".join(filter(None, (one.distribution, one.version)))
        yield Line(one_line(one.name), "strong", aside=one_line(named))
        state = _(STATES[one.state])
        yield Line(one_line(f"{state}: {one.why}" if one.why else state), indent=2)
        for hook, names in one.records.items():
            yield Line(one_line(f"{hook}: {', '.join(names) or '–'}"), "quiet", indent=2)
        if one.commands:
            said = _("commands: {names}").format(names=", ".join(one.commands))
            yield Line(one_line(said), "quiet", indent=2)
