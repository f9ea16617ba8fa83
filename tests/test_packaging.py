"""The wheel holds exactly what is tracked, the rubrics and the compiled catalogues."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from cxmaturity import __version__


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("dist")
    before = Path.cwd()
    os.chdir(root)  # the build interface works on the current folder
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(folder / name) as archive:
        return {n for n in archive.namelist() if ".dist-info/" not in n}


def files(root: Path) -> set[str]:
    """Tracked files and those about to be, as the wheel should name them."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "cxmaturity", "rubrics"],  # noqa: S607
        capture_output=True,
        check=True,
        cwd=root,
        text=True,
    ).stdout.splitlines()
    present = (name for name in listing if (root / name).is_file())
    return {f"cxmaturity/{n}" if n.startswith("rubrics/") else n for n in present}


def test_the_wheel_holds_the_tracked_files_and_the_compiled_catalogues(root, wheel):
    if not (root / ".git").exists():
        pytest.skip("needs a git checkout to know which files are tracked")
    compiled = {"cxmaturity/locale/fi/LC_MESSAGES/cxmaturity.mo"}
    assert wheel - files(root) == compiled
    assert files(root) - wheel == set()


def test_the_wheel_says_that_it_is_typed(wheel):
    assert "cxmaturity/py.typed" in wheel


def test_the_version_is_three_numbers():
    assert [part.isdigit() for part in __version__.split(".")] == [True, True, True]
