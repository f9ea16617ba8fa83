"""`ask`: one question after the other, each answer on the disk before the next is asked."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cxmaturity.cli.dialogue import Dialogue
from cxmaturity.engine.reach import gates_and_blockers
from cxmaturity.workbench import Workbench
from tests.cli.conftest import contents

ORDER = [
    "fact.people", "listening.asked", "listening.in_person", "listening.share_asked",
    "fact.owner_named", "acting.answered", "acting.causes", "acting.told",
]  # fmt: skip


def values(folder: Path) -> dict[str, Any]:
    said = tomllib.loads((folder / "assessor.toml").read_text("utf-8")).get("ratings", {})
    found = {f"{d}.{i}": e.get("value") for d, t in said.items() for i, e in t.items()}
    facts = tomllib.loads((folder / "engagement.toml").read_text("utf-8")).get("facts", {})
    return found | {f"fact.{name}": entry.get("value") for name, entry in facts.items()}


def asked(done: Result) -> list[str]:
    """Paths of the questions in the order in which they were shown."""
    heads = [line for line in done.stderr.splitlines() if line.startswith("[")]
    return [line.rpartition("(")[2].rstrip(")") for line in heads]


def test_all_kinds_are_answered_in_the_order_of_the_rubric(cx, acme):
    done = cx("ask", "acme", typed="mid\n3\n3\n62.5\nyes\n3\n2\nno\n")
    assert done.exit_code == 0, done.stderr
    assert asked(done) == ORDER
    assert values(acme) == {
        "fact.people": "mid", "listening.asked": 3, "listening.in_person": "monthly",
        "listening.share_asked": 62.5, "fact.owner_named": True, "acting.answered": 3,
        "acting.causes": 2, "acting.told": False,
    }  # fmt: skip
    assert "8 of 8" in done.stderr
    assert done.stdout == "", "there is no data, only talk"


def test_what_is_not_asked_is_left_out_and_comes_back(cx, acme):
    done = cx("ask", "acme", typed="\n0\n\n\n0\n\n")
    assert "listening.share_asked" not in asked(done), "asked only when customers are asked"
    assert "acting.told" not in asked(done)
    again = cx("ask", "acme", typed="\nb\n2\n\n\n")
    assert "listening.asked" in asked(again), "going back shows what is answered too"
    assert "listening.share_asked" in asked(again), "and what follows from the new answer"


def test_it_goes_on_at_the_first_open_question(cx, acme):
    cx("ask", "acme", typed="mid\n3\nq\n")
    assert asked(cx("ask", "acme", typed="q\n")) == ["listening.in_person"]


def test_the_end_of_the_input_is_a_clean_end(cx, acme):
    done = cx("ask", "acme", typed="mid\n3")
    assert done.exit_code == 0
    assert values(acme) == {"fact.people": "mid", "listening.asked": 3}
    assert cx("ask", "acme", typed="").exit_code == 0


def test_a_question_that_was_answered_wrongly_is_asked_again(cx, acme):
    done = cx("ask", "acme", typed="huge\n9\nsmall\n7\n4\nq\n")
    assert values(acme) == {"fact.people": "small", "listening.asked": 4}
    assert "one of small, mid, large" in done.stderr
    assert "a level: 0, 1, 2, 3, 4" in done.stderr


def test_why_a_note_and_what_does_not_apply(cx, acme):
    typed = "unknown\n?\nn\nSeen by eye\n3\nna\n2\nna\nnonsense\nna\nother\nq\n"
    done = cx("ask", "acme", typed=typed)
    assert "Those who leave in silence" in done.stderr
    assert values(acme) == {
        "fact.people": "unknown",
        "listening.asked": 3,
        "listening.in_person": "na:not_in_this_business",
        "listening.share_asked": "na:other",
    }
    said = tomllib.loads((acme / "assessor.toml").read_text("utf-8"))
    assert said["ratings"]["listening"]["asked"]["note"] == "Seen by eye"


def test_clear_takes_an_answer_away(cx, answered):
    cx("answer", "acme", "fact.people=clear")
    assert asked(cx("ask", "acme", typed="small\n")) == ["fact.people"]
    cx("answer", "acme", "acting.told=clear")
    cx("ask", "acme", typed="b\nclear\nq\n")
    assert "acting.causes" not in values(answered)


def test_it_speaks_finnish(cx, acme):
    done = cx("ask", "acme", "--lang", "fi", typed="mid\n3\n3\n50\nkyllä\nq\n")
    assert "Kuinka säännöllisesti" in done.stderr
    assert values(acme)["fact.owner_named"] is True
    english = ("Every answer", "skip", "questions are answered", "Next:")
    assert not [word for word in english if word in done.stderr]


@pytest.mark.parametrize("language", ["en", "fi"])
def test_it_fits_80_columns(cx, acme, language):
    done = cx("ask", "acme", "--lang", language, typed="?\nmid\n?\n3\n?\n")
    assert max(map(len, done.stderr.splitlines())) <= 80


def test_for_gates_asks_what_gates_and_blockers_rest_on(cx, acme):
    done = cx("ask", "acme", "--for", "gates", typed="\n" * 20)
    opened = Workbench().open(acme)
    assert set(asked(done)) <= gates_and_blockers(opened.program)
    assert "fact.people" not in asked(done), "no gate, blocker or cap reads it"
    assert "fact.owner_named" in asked(done), "a cap on what a gate reads reads it"


def test_bytes_that_are_no_text_are_refused(cx, acme):
    program = [sys.executable, "-c", "from cxmaturity.cli import main; main()"]
    done = subprocess.run(
        [*program, "ask", "acme"],
        input=b"mid\nn\n\xff\xfe\n3\nq\n",
        capture_output=True,
        check=False,
        cwd=acme.parent,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert b"half a character" in done.stderr
    assert values(acme) == {"fact.people": "mid", "listening.asked": 3}


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_what_was_answered_survives_a_kill(acme):
    """The next question on the screen means that the answer before it is on the disk."""
    program = [sys.executable, "-u", "-c", "from cxmaturity.cli import main; main()"]
    with subprocess.Popen(
        [*program, "ask", "acme"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=acme.parent,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        for answer in ("mid", "3"):
            running.stdin.write(f"{answer}\n")
            running.stdin.flush()
        for line in running.stderr:
            if "(listening.in_person)" in line:
                break
        running.send_signal(signal.SIGKILL)
    assert values(acme) == {"fact.people": "mid", "listening.asked": 3}


def test_somebody_else_s_change_is_not_overwritten(cx, acme, monkeypatch):
    """A second session saved in between: this one ends and says so."""
    before = Dialogue._save  # noqa: SLF001 - the moment between question and save

    def save(dialogue, question, raw, remarks):
        monkeypatch.setattr(Dialogue, "_save", before)
        assert cx("answer", "acme", "acting.causes=4").exit_code == 0
        return before(dialogue, question, raw, remarks)

    monkeypatch.setattr(Dialogue, "_save", save)
    done = cx("ask", "acme", typed="\n3\n")
    assert done.exit_code == 3
    assert "somebody else" in done.stderr
    assert values(acme) == {"acting.causes": 4}


def test_an_unreadable_engagement_is_left_alone(cx, acme):
    (acme / "assessor.toml").write_text("[ratings")
    before = contents(acme)
    assert cx("ask", "acme", typed="mid\n").exit_code == 3
    assert contents(acme) == before
