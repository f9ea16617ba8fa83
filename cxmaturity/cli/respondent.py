"""`respondent …`: what is held on people, a command a module."""

from __future__ import annotations

from typing import Final

from cxmaturity.cli.groups import LazyGroup
from cxmaturity.text.messages import N_

COMMANDS: Final = {
    "list": N_("Who answered, by code."),
    "export": N_("Everything that is held on one person."),
    "erase": N_("Erase everything that is held on one person."),
    "attribute": N_("Record that somebody agreed to be shown by name."),
}

run = LazyGroup(
    "respondent",
    summaries=COMMANDS,
    modules="cxmaturity.cli.respondent_",
    help=N_("List, hand over and erase what people answered."),
    examples=("respondent list acme", "respondent erase acme r07"),
)
