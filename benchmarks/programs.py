"""The measured rubrics, written as TOML and loaded as anybody's would be."""

from __future__ import annotations

import tempfile
from pathlib import Path

import tomli_w

from benchmarks.workload import Workload
from cxmaturity.engine.program import Program
from cxmaturity.model.answers import Scope
from cxmaturity.workbench import Workbench


def program_of(measured: Workload) -> Program:
    """The workload compiled."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / str(measured.table["id"])
        path.mkdir()
        (path / "rubric.toml").write_text(tomli_w.dumps(measured.table), "utf-8")
        workbench = Workbench()
        return workbench.program(workbench.read_rubric(path), Scope())


def default_program() -> Program:
    """The default rubric compiled."""
    workbench = Workbench()
    return workbench.program(workbench.read_rubric(workbench.find("cx_phases")), Scope())
