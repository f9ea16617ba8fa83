"""Loading the default rubric, against the standard parser alone on the same files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from benchmarks.measurement import Measurement, seconds
from cxmaturity.workbench import Workbench

LARGEST_RATIO = 3.0


def measure(*, short: bool) -> Iterator[Measurement]:
    """Parsed, checked against the schema, references resolved, expressions compiled."""
    workbench = Workbench()
    folder = workbench.find("cx_phases")
    texts = [data.decode() for data in workbench.load_rubric(folder).source.files.values()]

    def parse() -> None:
        for text in texts:
            tomllib.loads(text)

    alone, loaded = seconds(parse, lambda: workbench.load_rubric(folder), repeat=5 if short else 15)
    size = sum(len(text.encode()) for text in texts) / 1e3
    what = f"default rubric ({size:.0f} KB) loaded / tomllib alone"
    yield Measurement(what, loaded / alone, "×", LARGEST_RATIO)
    yield Measurement("… in milliseconds", loaded * 1e3, "ms")
