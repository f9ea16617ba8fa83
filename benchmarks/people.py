"""Many respondents and many survey rows, from the shell: import, score, measures; time and memory.

The floor of an import is the standard library reading the same file.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measurement import Measurement

_MB = 1024 * (1 if sys.platform != "darwin" else 1024)


def measure(*, short: bool) -> Iterator[Measurement]:
    """Import and scoring of respondents, then of survey rows as a measure."""
    people, questions, rows = (2_000, 60, 100_000) if short else (20_000, 200, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _rubric(folder / "wide_house", questions)
        _new(folder)
        answers = folder / "answers.csv"
        _answers(answers, people, questions)
        floor = _floor(answers)
        what = f"{people:,} respondents × {questions} questions"
        took, peak = _run(folder, "import", "house", "answers.csv", "--code", "code")
        yield Measurement(f"{what}: import", took, "s", 60)
        yield Measurement("… as often as the csv module alone", took / floor, "×")
        yield Measurement("… most memory at once", peak, "MB", 1024)
        took, peak = _run(folder, "score", "house", "--format", "json", "-o", "card.json")
        yield Measurement(f"{what}: score and publish", took, "s", 60)
        yield Measurement("… most memory at once", peak, "MB", 1024)
        survey = folder / "survey.csv"
        _survey(survey, rows)
        floor = _floor(survey)
        took, peak = _run(
            folder, "import", "house", "survey.csv",
            "--measure", "nps=score", "--period", "2026-05",
        )  # fmt: skip
        yield Measurement(f"{rows:,} survey rows to a measure", took, "s", 10)
        yield Measurement("… as often as the csv module alone", took / floor, "×")
        yield Measurement("… most memory at once", peak, "MB", 1024)


def _rubric(folder: Path, questions: int) -> None:
    folder.mkdir()
    lines = [
        'format = 1\nid = "wide_house"\nversion = "1.0.0"\nlanguages = ["en"]',
        'title = "Wide house"',
        '\n[phases.start]\ntitle = "Start"\ngate = "true"',
        '[axes.unit]\ntitle = "Unit"',
    ]
    for number in range(questions):
        d, i = divmod(number, 10)
        if i == 0:
            lines.append(f'[dimensions.d{d}]\ntitle = "Dimension {d}"')
        lines.append(
            f'[dimensions.d{d}.indicators.i{i}]\nkind = "ladder"\ntitle = "Indicator {d}.{i}"\n'
            f'question = "How is it?"\nlevels = ["A", "B", "C", "D", "E"]'
        )
    (folder / "rubric.toml").write_text("\n\n".join(lines) + "\n")


def _new(folder: Path) -> None:
    _run(folder, "new", "house", "--organisation", "House", "--rubric", "./wide_house",
         "--date", "2026-06-01")  # fmt: skip


def _answers(path: Path, people: int, questions: int) -> None:
    chance = random.Random(1)  # noqa: S311 - invented answers
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        names = [f"d{n // 10}.i{n % 10}" for n in range(questions)]
        writer.writerow(["code", "unit", *names])
        for number in range(people):
            levels = [
                *chance.choices(["0", "1", "2", "3", "4", ""], (3, 5, 9, 5, 3, 1), k=questions)
            ]
            writer.writerow([f"p{number}", f"u{number % 40}", *levels])


def _survey(path: Path, rows: int) -> None:
    chance = random.Random(2)  # noqa: S311 - invented answers
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "score", "channel"])
        writer.writerows(
            (number, score, number % 5)
            for number, score in enumerate(chance.choices(range(11), k=rows))
        )


def _floor(path: Path) -> float:
    before = time.process_time()
    with path.open(newline="", encoding="utf-8") as file:
        for _row in csv.reader(file):
            pass
    return time.process_time() - before


def _run(folder: Path, *words: str) -> tuple[float, float]:
    """Seconds on the wall, and megabytes at most, of one call of the program and its children."""
    # The system hands a process's peak down to its children; that of their memory alone does not.
    code = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "from cxmaturity.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    status = Path('/proc/self/status')\n"
        "    told = status.read_text() if status.exists() else ''\n"
        "    own = re.search(r'VmHWM:\\s*(\\d+)', told)\n"
        "    peak = own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    print('PEAK', peak, file=sys.stderr)\n"
    )
    before = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *words], cwd=folder, env=os.environ,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    took = time.perf_counter() - before
    if done.returncode:
        raise SystemExit(done.stderr)
    return took, int(done.stderr.rsplit("PEAK", 1)[1]) / _MB
