"""Start-up from the shell, against an interpreter that does nothing."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measurement import Measurement

WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE"
PASS = (sys.executable, "-c", "pass")
PROGRAM = (str(Path(sys.executable).with_name("cxmaturity")),)


def measure(*, short: bool) -> Iterator[Measurement]:
    """Ratios of processor time, children only."""
    repeat = 5 if short else 11
    with tempfile.TemporaryDirectory() as folder:
        _time([*PROGRAM, "new", "acme", "--organisation", "Acme", "--rubric", "cx_phases"], folder)
        score = [*PROGRAM, "score", "acme", "--format", "json"]
        commands = [PASS, [*PROGRAM, "--version"], [*PROGRAM, "--help"], score]
        for command in commands:  # bytecode and rubric files are kept, as after any first use
            _time(command, folder)
        rounds = [[_time(command, folder) for command in commands] for _ in range(repeat)]
    nothing, version, greeting, scored = (statistics.median(t) for t in zip(*rounds, strict=True))
    yield Measurement("`--version` / `python -c pass`", version / nothing, "×", 5)
    yield Measurement("`--help` / `python -c pass`", greeting / nothing, "×", 5)
    yield Measurement("`score` of one engagement / `python -c pass`", scored / nothing, "×", 20)
    yield Measurement("`python -c pass`", nothing * 1e3, "ms")


def _time(arguments: Sequence[str], folder: str) -> float:
    """Processor time of a child, user and system."""
    kept = {name: value for name, value in os.environ.items() if name != WITHOUT_BYTECODE}
    places = {
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        "XDG_CACHE_HOME": str(Path(folder) / "cache"),
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603 - this project's own program
        [*arguments], capture_output=True, check=False, cwd=folder, env=kept | places
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
