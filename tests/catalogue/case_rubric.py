"""The small rubric with cases of its own, loaded as a command would."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.catalogue.case_coverage import Coverage, coverage
from cxmaturity.catalogue.case_runs import CaseResult, run_cases
from cxmaturity.catalogue.cases import read_cases
from cxmaturity.engine.program import Program
from cxmaturity.model.answers import Scope
from cxmaturity.workbench import LoadedRubric, Workbench
from tests.catalogue.small_rubric import FILES, write_rubric

BENCH = Workbench()

LOW = """\
title = { en = "Low", fi = "Matala" }
story = { en = "Talked about. Nothing is kept.", fi = "Puhutaan. Mitään ei pidetä." }
[answers.loop]
weekly = 1
[answers.promise]
kept = "no"
[facts]
share = 60
metrics = ["nps"]
[expect]
phase = "start"
findings = ["STARING"]
[expect.scores]
loop = 1
promise = 0
overall = 0.333333
"""
"""loop 1 (weekly 1); promise 0; overall (1 x 1 + 2 x 0) / 3 = 0.333333; loop <= 1 is a finding."""


RULES = FILES["rules.toml"].replace('"loop.weekly" = 2, ', "")
"""Without the cap on an indicator, which would read ahead."""


def loaded_with(folder: Path, cases: dict[str, str], **files: str) -> LoadedRubric:
    """The small rubric with these cases; ``files`` replaces files by their names' stems."""
    written = {name: text for name, text in FILES.items() if not name.startswith("cases/")}
    written["rules.toml"] = RULES
    for stem, text in files.items():
        written[f"{stem}.toml"] = text
    written |= {f"cases/{name}.toml": text for name, text in cases.items()}
    return BENCH.load_rubric(write_rubric(folder, written))


def results_of(loaded: LoadedRubric, *only: str) -> dict[str, CaseResult]:
    """The cases run, by id."""
    cases = read_cases(loaded.source, loaded.rubric)
    return {one.id: one for one in run_cases(loaded.rubric, BENCH.registry, cases, only)}


def whole(loaded: LoadedRubric) -> Program:
    """The program with all modules on."""
    return BENCH.program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))


def coverage_of(loaded: LoadedRubric) -> Coverage:
    """What the rubric's cases reach of it."""
    return coverage(whole(loaded), results_of(loaded).values())
