"""Nothing that was acknowledged is lost when the program is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("kill_driver.py")
REPOSITORY = DRIVER.parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def drive(writer: str, moment: str, kills: int, folder: Path) -> dict[str, int]:
    """Run the driver; the tally it printed."""
    run = subprocess.run(
        [sys.executable, str(DRIVER), writer, moment, str(kills), "7", str(folder)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    tally: dict[str, int] = json.loads(run.stdout)
    return tally


def test_the_driver_catches_a_writer_that_empties_the_file_first(tmp_path: Path) -> None:
    tally = drive("truncating", "random", 60, tmp_path)
    assert tally["unreadable"] > 0


def test_the_driver_catches_a_writer_that_acknowledges_too_early(tmp_path: Path) -> None:
    tally = drive("hasty", "calls", 20, tmp_path)
    assert tally["lost"] > 0


def test_random_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    tally = drive("durable", "random", 100, tmp_path)
    assert tally["kills"] == 100
    assert tally["within"] >= 30, "too few kills fell within a save to say anything"
    assert (tally["unreadable"], tally["lost"], tally["invented"]) == (0, 0, 0)


def test_a_kill_before_each_system_call_loses_nothing(tmp_path: Path) -> None:
    tally = drive("durable", "calls", 60, tmp_path)
    assert 6 < tally["kills"] < 60
    assert (tally["unreadable"], tally["lost"], tally["invented"]) == (0, 0, 0)
