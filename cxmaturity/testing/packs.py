"""Rubric packs: a rubric in a folder is read, checked and run as the command line would.

Nothing is drawn or printed; every fault is a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from cxmaturity.catalogue.case_runs import CaseResult, run_cases
from cxmaturity.catalogue.cases import read_cases
from cxmaturity.catalogue.check import check_rubric
from cxmaturity.errors import CxError
from cxmaturity.model.answers import Scope
from cxmaturity.testing.isolation import workbench
from cxmaturity.text.problems import say_problem

WORLDS = 5_000
"""Drawn worlds: enough for a test; ``cxmaturity rubric check`` draws more."""


def check_pack(folder: Path, *plugins: ModuleType | Path, worlds: int = WORLDS) -> None:
    """Raise AssertionError with everything that :func:`pack_faults` finds."""
    faults = pack_faults(folder, *plugins, worlds=worlds)
    if faults:
        raise AssertionError("\n".join(faults))


def pack_faults(folder: Path, *plugins: ModuleType | Path, worlds: int = WORLDS) -> tuple[str, ...]:
    """What is wrong with a rubric: errors, warnings of its check, cases that come out otherwise.

    ``plugins`` are those that it requires, or that bring what it extends.
    """
    bench = workbench(*plugins)
    try:
        loaded = bench.load_rubric(folder)
        cases = read_cases(loaded.source, loaded.rubric)
    except CxError as error:
        return tuple(str(say_problem(problem)) for problem in error.problems)
    program = bench.program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))
    checked = check_rubric(loaded.source, loaded.rubric, program, worlds=worlds, raised=worlds)
    # What so few worlds did not show says nothing.
    told = (m for m in checked.messages if m.gravity != "note" and m.basis != "not_seen")
    said = [str(say_problem(message.problem)) for message in told]
    results = run_cases(loaded.rubric, loaded.needed.registry, cases)
    return (*said, *(line for result in results for line in _differences(result)))


def _differences(result: CaseResult) -> Iterator[str]:
    for problem in result.problems:
        yield f"case {result.id}: {say_problem(problem)}"
    for found in result.differences:
        what = " ".join(filter(None, (found.key, found.id)))
        yield f"case {result.id}: {what} is to be {found.expected!r} and is {found.found!r}"
