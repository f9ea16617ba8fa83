"""Installs a plugin's wheel into a folder, without pip and without touching this environment.

A wheel is an archive of what goes onto the path, its metadata included; unpacked, it is found as an
installed package is.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.build import build_wheel


def install(package: Path, site: Path) -> None:
    """Build the wheel of a package's folder and unpack it into ``site``."""
    before = Path.cwd()
    os.chdir(package)  # the build interface works on the current folder
    try:
        name = build_wheel(str(site))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(site / name) as wheel:
        wheel.extractall(site)
    (site / name).unlink()


def run(*words: str, site: Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """A Python program (``-m …``, ``-c …``) that finds what is installed in ``site``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    found = {"PYTHONPATH": str(site), "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={**kept, **found, **settings},
    )


def start(*words: str, site: Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The program itself, with what is installed in ``site``."""
    begin = "from cxmaturity.cli import main; main()"
    return run("-c", begin, *words, site=site, cwd=cwd, **settings)


def cxmaturity(*words: str, site: Path, cwd: Path, **settings: str) -> str:
    """What the program writes to stdout; fails the test when it fails."""
    done = start(*words, site=site, cwd=cwd, **settings)
    assert done.returncode == 0, f"cxmaturity {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout
