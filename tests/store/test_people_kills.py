"""An import, a publication, an erasure or a purge that is killed leaves nothing torn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("people_kill_driver.py")
REPOSITORY = DRIVER.parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


@pytest.mark.parametrize("act", ["import", "publish", "erase", "purge"])
def test_a_kill_before_each_system_call_loses_and_doubles_nobody(tmp_path: Path, act: str) -> None:
    run = subprocess.run(
        [sys.executable, str(DRIVER), act, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    tally = json.loads(run.stdout)
    assert 8 < tally["kills"] < 190
    assert {name: tally[name] for name in ("unreadable", "lost", "unfinished")} == {
        "unreadable": [], "lost": [], "unfinished": [],
    }  # fmt: skip
