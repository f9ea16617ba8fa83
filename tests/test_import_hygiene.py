"""What a start loads, measured: the layer contracts cannot tell a deferred import from an eager.

Each case runs in an interpreter of its own and looks at ``sys.modules`` afterwards.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HEAVY = ("textual", "rich", "numpy", "pydantic", "babel", "pluggy")
WITHOUT_CLI = find_spec("cxmaturity.cli") is None
needs_cli = pytest.mark.skipif(WITHOUT_CLI, reason="the command line is not part of this build")


def loaded(code: str, folder: Path) -> set[str]:
    """The heavy packages that are loaded once the code has run."""
    report = f"import json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = _python(f"{code}\n{report}", folder)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def command(*arguments: str) -> str:
    """Code that runs a command line and goes on after it."""
    return (
        "import sys\n"
        f"sys.argv = {['cxmaturity', *arguments]!r}\n"
        "from cxmaturity.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
    )


def _python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        text=True,
        timeout=60,
    )


def test_the_library_loads_nothing_heavy_before_it_is_used(tmp_path):
    assert loaded("import cxmaturity; assert cxmaturity.__version__", tmp_path) == set()


@pytest.mark.parametrize("module", ["messages", "numbers", "terminal", "markdown", "click_words"])
def test_words_and_numbers_load_nothing_heavy(module, tmp_path):
    assert loaded(f"import cxmaturity.text.{module}", tmp_path) == set()


@needs_cli
@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_the_program_greets_without_loading_anything_heavy(flag, tmp_path):
    assert loaded(command(flag), tmp_path) & {"textual", "numpy", "pydantic", "babel"} == set()


@needs_cli
def test_scoring_without_respondents_loads_neither_textual_nor_numpy(tmp_path):
    new = command("new", "acme", "--organisation", "Acme", "--rubric", "cx_phases")
    assert loaded(new, tmp_path) & {"textual", "numpy"} == set()
    score = command("score", "acme", "--format", "json")
    assert loaded(score, tmp_path) & {"textual", "numpy", "rich", "babel"} == set()
