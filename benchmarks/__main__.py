"""``python -m benchmarks``: measure, print each figure beside its goal, write only if told to."""

from __future__ import annotations

import argparse
import os
import platform
from importlib import import_module
from pathlib import Path

# One thread, so that ratios compare like with like; NumPy reads this when it is loaded.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from benchmarks.measurement import Measurement, table  # noqa: E402 - after the variables above

TITLES = {
    "batch": "Many organisations at once",
    "memory": "Memory of a batch",
    "growth": "Growth",
    "robustness": "Robustness",
    "single": "One assessment",
    "loading": "Loading a rubric",
    "starting": "Start-up",
    "people": "Respondents and survey rows",
    "interface": "Terminal interface",
}
PAGE = Path(__file__).with_name("README.md")
HEAD = """# Benchmarks

`python -m benchmarks` measures on your machine; `--quick` takes half a minute, a name measures one
part (`python -m benchmarks batch`), and only `--write` changes this page.

Every figure is processor time of one thread, the median of several rounds in which the measured
things take turns.  Ratios compare within one run; absolute figures belong to the machine.

Batches are measured with 60 indicators in 12 dimensions, 8 % of answers missing, 40 rules with 198
comparisons, 10 caps and four phases.  The *anchor* is hand-written NumPy code in float64 columns
for exactly this rubric, at the block size that suits it best; it gives the core outputs only
(scores, overall, fired and undecided rules, phase), and its results are checked against ours.

The *whole scorecard* adds evidenced scores, coverage and profile; for a million worlds that is
700 MB of results, and a good part of its time is the system handing out that memory.
"""


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TITLES, []], help="parts; default all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no million worlds")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    given = parser.parse_args()
    page = [HEAD]
    for name in given.names or TITLES:
        found = list(import_module(f"benchmarks.{name}").measure(short=given.quick))
        page.append(f"## {TITLES[name]}\n\n{table(found)}\n")
        _print(TITLES[name], found)
    if given.write:
        PAGE.write_text("\n".join([*page, _where()]), "utf-8")


def _print(title: str, found: list[Measurement]) -> None:
    print(f"\n{title}")
    for what, figure, goal, verdict in (measurement.row() for measurement in found):
        print(f"  {what:<62} {figure:>12} {goal:>12}  {verdict}")


def _where() -> str:
    import numpy as np

    return (
        f"Measured with Python {platform.python_version()} and NumPy {np.__version__} on "
        f"{platform.system()} ({platform.machine()}).\n"
    )


if __name__ == "__main__":
    main()
