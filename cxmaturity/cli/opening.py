"""The workbench of a short run: rubric files that were parsed in an earlier run are not again."""

from __future__ import annotations

from cxmaturity.workbench import Workbench
from cxmaturity.workbench.parsed import parse_remembering


def quick_workbench() -> Workbench:
    """A workbench for commands that are called often; `verify` and rubric authors read afresh."""
    return Workbench(parse=parse_remembering)
