"""The program on a real pseudo-terminal: killed without warning, nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxmaturity.model.engagement import Evidence
from tests.tui.engagements import new_engagement, open_session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

PROGRAM = """
import sys
from pathlib import Path
from cxmaturity.store.preferences import Preferences
from cxmaturity.text.messages import use_language
from cxmaturity.tui import run
use_language("en")
sys.exit(run(Path(sys.argv[1]), Preferences(language="en")))
"""
BROKEN = """
from cxmaturity.tui.screens.questions import QuestionScreen
def fail(self):
    secret = self.desk.rating("care.listen").note
    raise RuntimeError(len(secret))
QuestionScreen.action_next = fail
"""
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")
PATIENCE = 60.0


class Terminal:
    """A program on a pseudo-terminal of 80x24."""

    def __init__(self, folder: Path, home: Path, before: str = "") -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {
            **os.environ, "TERM": "xterm-256color", "XDG_CONFIG_HOME": str(home),
            "PYTHONUTF8": "1", "COLORTERM": "truecolor", "TMPDIR": str(home.parent),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", before + PROGRAM, str(folder)],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.sent = b""

    def read(self, seconds: float = 0.05) -> bytes:
        """What the program has sent meanwhile."""
        got = b""
        while select.select([self.master], [], [], seconds)[0]:
            try:
                piece = os.read(self.master, 65_536)
            except OSError:
                break
            if not piece:
                break
            got += piece
        self.sent += got
        return got

    def words(self) -> str:
        """Everything sent so far, without the sequences that place and colour it."""
        return _SEQUENCE.sub(b"", self.sent).decode("utf-8", "replace")

    def wait_for(self, text: str) -> None:
        """Wait until the program has written this after what was looked at before."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.words():
            said = " ".join(self.words().split())[-2000:]
            assert time.monotonic() < deadline, f"{text!r} never came: {said}"
            self.read()

    def press(self, keys: bytes) -> None:
        """Send keys; what was written before is no longer looked at."""
        self.read()
        self.sent = b""
        os.write(self.master, keys)

    def go_to(self, number: int) -> None:
        """Show a question."""
        self.press(b"g")
        self.wait_for("Go to question")
        self.press(f"{number}\r".encode())

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def terminal(folder: Path, home: Path, before: str = "") -> Iterator[Terminal]:
    """The interface on an engagement; gone afterwards, whatever happens."""
    found = Terminal(folder, home, before)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.kill()
        os.close(found.master)


def test_every_acknowledged_answer_survives_being_killed(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    answered = [
        ("fact.funded", b"1", True), ("fact.budget", b"5\r", 5), ("care.listen", b"3", 3),
        ("care.rhythm", b"2", "weekly"),
    ]  # fmt: skip
    for path, keys, value in answered:
        with terminal(acme, tmp_path / "home") as found:
            found.wait_for("saved")
            number = {"fact.funded": 1, "fact.budget": 2, "care.listen": 5, "care.rhythm": 6}[path]
            found.go_to(number)
            found.wait_for({1: "money", 2: "much", 5: "listen", 6: "meet"}[number])
            found.press(keys)
            found.wait_for("✓ saved")
            found.kill()
        assert open_session(acme).rating(path).value == value
    session = open_session(acme)
    assert [session.rating(path).value for path, _keys, _value in answered] == [
        value for _path, _keys, value in answered
    ]
    session.scorecard()


def test_no_foreign_sequence_reaches_the_terminal(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    session = open_session(acme)
    hostile = "A\x1b]52;c;Zm9yZWlnbg==\x07\x1b]0;FOREIGN\x07\x9b31m\x1bPq#0\x1b\\B\u202eC\x08\x00D"
    session.note("fact.funded", hostile)
    session.answer("fact.motto", hostile)
    session.set_evidence("care.listen", Evidence(grade="documented", reference=hostile))
    session.save_now()
    with terminal(acme, tmp_path / "home") as found:
        found.wait_for("saved")
        seen = found.sent
        for keys in (
            b"g3\r",
            b"g5\r",
            b"n",
            b"\x1b",
            b"\x1bOR",
            b"\x1bOS",
            b"\x1b[15~",
            b"\x1b[19~",
        ):
            found.press(keys)
            time.sleep(0.3)
            seen += found.read(0.3)
        assert b"A\xe2\x90\x9b" in seen, "the text itself is shown, with marks"
        for foreign in (b"\x1b]52", b"\x1b]0;", b"Zm9yZWlnbg", b"\x1bP", b"\x08", b"\x00"):
            assert foreign not in seen
        text = seen.decode("utf-8", "replace")
        assert not {"\x9b", "\u202e"} & set(text)


def test_a_mistake_of_ours_shows_no_answer_and_says_where_they_are(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    session = open_session(acme)
    session.note("care.listen", "CONFIDENTIAL")
    session.save_now()
    with terminal(acme, tmp_path / "home", BROKEN) as found:
        found.wait_for("saved")
        found.press(b"j")
        found.wait_for("The program failed inside.")
        found.wait_for("The details, without any answers, are in")
        assert found.process.wait(PATIENCE) == 1
        said = found.words()
    (report,) = tmp_path.glob("cxmaturity-crash-*.txt")
    assert "RuntimeError" in report.read_text("utf-8")
    assert "CONFIDENTIAL" not in said + report.read_text("utf-8")
    assert str(acme) in "".join(said.split())


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_it_rests_when_nobody_does_anything(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    with terminal(acme, tmp_path / "home") as found:
        found.wait_for("saved")
        found.read(1.0)
        before, started = _processor_seconds(found.process.pid), time.monotonic()
        found.read(0.5)
        time.sleep(5)
        found.read()
        used = _processor_seconds(found.process.pid) - before
        assert used / (time.monotonic() - started) < 0.02


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
