"""What a benchmark finds, beside the goal it is held against, and how it is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One figure; ``goal`` is the most it may be, None where it only informs."""

    what: str
    found: float
    unit: str
    goal: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the goal is reached."""
        if self.goal is None:
            return ""
        return "reached" if self.found <= self.goal else "missed"

    def row(self) -> tuple[str, str, str, str]:
        """As a row of the table."""
        goal = "" if self.goal is None else f"≤ {self.goal:g} {self.unit}"
        return self.what, f"{_figure(self.found)} {self.unit}", goal, self.verdict


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def seconds(*runs: Callable[[], object], repeat: int = 5) -> list[float]:
    """Processor time of each, the median of several rounds in which they take turns.

    Turns, because a machine that is busy for a while should slow all of them alike.
    """
    found: list[list[float]] = [[] for _ in runs]
    for _ in range(repeat):
        for run, times in zip(runs, found, strict=True):
            start = time.process_time()
            run()
            times.append(time.process_time() - start)
    return [statistics.median(times) for times in found]


def table(measurements: Sequence[Measurement]) -> str:
    """A Markdown table."""
    rows = [("what", "found", "goal", ""), ("---", "---:", "---:", "---")]
    rows += [measurement.row() for measurement in measurements]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
