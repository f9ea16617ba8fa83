"""Scorecards that were kept: `results/DATE-N.json`, numbered from 1 on each date.

A kept scorecard is never overwritten or changed.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from cxmaturity.store.engagement_folder import RESULTS_FOLDER
from cxmaturity.store.files import make_folder, names_in, remove_leftovers, write_file
from cxmaturity.store.lock import locked

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([1-9]\d*)\.json")


def save_scorecard(folder: Path, date: dt.date, data: bytes) -> Path:
    """Keep a scorecard (JSON) of ``date`` in the engagement's folder; where it now is."""
    results = folder / RESULTS_FOLDER
    with locked(folder):
        make_folder(results)
        remove_leftovers(results)
        numbers = [number for kept, number in _kept(results) if kept == date.isoformat()]
        path = results / f"{date.isoformat()}-{max(numbers, default=0) + 1}.json"
        write_file(path, data)
    return path


def saved_scorecards(folder: Path) -> list[Path]:
    """The engagement's kept scorecards, by date and number."""
    results = folder / RESULTS_FOLDER
    return [results / f"{date}-{number}.json" for date, number in sorted(_kept(results))]


def missing_scorecards(folder: Path) -> list[Path]:
    """Numbers that were given out on a date and are no longer there."""
    results = folder / RESULTS_FOLDER
    kept = _kept(results)
    last = dict(sorted(kept))
    given = {(date, number) for date, top in last.items() for number in range(1, top)}
    return [results / f"{date}-{number}.json" for date, number in sorted(given - kept)]


def is_scorecard_name(name: str) -> bool:
    """Whether a file of `results/` is named as this module names them."""
    return _NAME.fullmatch(name) is not None


def _kept(results: Path) -> set[tuple[str, int]]:
    matches = (_NAME.fullmatch(name) for name in names_in(results))
    return {(match[1], int(match[2])) for match in matches if match}
