"""`rubric …`: the commands of rubric authors, a module each (`rubric_list`, `rubric_check`, …)."""

from __future__ import annotations

from typing import Final

from cxmaturity.cli.groups import LazyGroup
from cxmaturity.text.messages import N_

COMMANDS: Final = {
    "list": N_("The rubrics that can be used."),
    "show": N_("Read a rubric, as written or merged."),
    "new": N_("Start a rubric of your own."),
    "check": N_("Check a rubric for mistakes."),
    "test": N_("Run a rubric's cases."),
    "diff": N_("Compare two versions of a rubric."),
    "schema": N_("Print a JSON Schema."),
}

run = LazyGroup(
    "rubric",
    summaries=COMMANDS,
    modules="cxmaturity.cli.rubric_",
    help=N_("List, read and write rubrics."),
    examples=("rubric list", "rubric new mine", "rubric check mine"),
)
