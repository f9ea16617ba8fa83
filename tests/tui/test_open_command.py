"""`cxmaturity open`, bare `cxmaturity`: the interface on a terminal, a word of advice elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.engagements import new_engagement
from tests.tui.test_real_terminal import terminal

LINE = """
import sys
from pathlib import Path
from cxmaturity.cli import main
sys.argv = ["cxmaturity", *{words!r}]
main()
"""


def run(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "home"), "CXMATURITY_LANG": "en"}
    return subprocess.run(
        [sys.executable, "-c", LINE.format(words=list(words))],
        capture_output=True, check=False, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL,
        text=True, timeout=60,
    )  # fmt: skip


def test_without_a_terminal_open_says_what_to_use_instead(tmp_path):
    done = run(tmp_path, "open", str(new_engagement(tmp_path / "acme")))
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "cxmaturity score" in done.stderr


def test_without_a_terminal_the_bare_program_shows_its_help(tmp_path):
    done = run(tmp_path)
    assert "open" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["open", "acme", "--lang", "en"], "Is there money for it?"),
        (["open", "acme", "--lang", "fi", "--ascii"], "Onko sille rahaa?"),
        (["--lang", "en"], "No engagement yet."),
        (["demo", "--lang", "en"], "Saarikaista Oy"),
    ],
)
def test_on_a_terminal_the_interface_opens(tmp_path, monkeypatch, words, shown):
    new_engagement(tmp_path / "acme")
    monkeypatch.chdir(tmp_path)
    with terminal(tmp_path / "acme", tmp_path / "home", LINE.format(words=words)) as found:
        found.wait_for(shown)
        found.press(b"q")
        assert found.process.wait(30) == 0
