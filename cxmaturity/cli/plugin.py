"""`plugin …`: the commands of those who use or write plugins, a module each."""

from __future__ import annotations

from typing import Final

from cxmaturity.cli.groups import LazyGroup
from cxmaturity.text.messages import N_

COMMANDS: Final = {
    "list": N_("The plugins that are there."),
    "new": N_("Start a plugin of your own."),
    "check": N_("Check a plugin for mistakes."),
}

run = LazyGroup(
    "plugin",
    summaries=COMMANDS,
    modules="cxmaturity.cli.plugin_",
    help=N_("List, write and check plugins."),
    examples=("plugin list", "plugin new acme-pack --kind pack", "plugin check acme-pack"),
)
