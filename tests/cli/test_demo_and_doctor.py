"""`demo`, `doctor` and `completion`: what a newcomer types first."""

import os
import tempfile
from pathlib import Path

import pytest

from cxmaturity.store.files import names_in
from cxmaturity.text.limits import all_limits
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import EXAMPLES, create_example
from tests.cli.conftest import contents


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_example_is_printed_and_leaves_nothing(cx, scratch, language):
    shown = cx("demo", "--print", "--lang", language)
    assert shown.exit_code == 0, shown.stderr
    assert ("Vaihe" in shown.stdout) == (language == "fi")
    assert names_in(scratch) == []


@pytest.mark.parametrize("rubric", EXAMPLES)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_bundled_example_can_be_scored(cx, tmp_path, rubric, language):
    bench = Workbench()
    create_example(bench, tmp_path / "x", rubric)
    card = bench.score(bench.open(tmp_path / "x"))
    assert card.phase.id is not None
    assert card.engagement.fictional
    assert card.provenance.orphaned == card.provenance.not_counted == ()
    assert cx("verify", str(tmp_path / "x")).exit_code == 0


def test_doctor_without_a_folder_shows_what_is_in_force(cx):
    shown = cx("doctor")
    assert shown.exit_code == 0
    assert "pydantic" in shown.stdout
    assert "starter" in shown.stdout
    assert all(str(limit.reason) in shown.stdout for limit in all_limits().values())


def test_doctor_of_a_finished_engagement_is_content(cx, answered):
    shown = cx("doctor", "acme")
    assert (shown.exit_code, shown.stdout) == (0, "Nothing needs attention.\n")


def test_doctor_lists_what_somebody_should_look_at(cx, answered):
    cx("answer", "acme", "acting.causes=unknown", "--flag")
    cx("answer", "acme", "listening.asked=0", "acting.answered=clear")
    cx("evidence", "acme", "acting.answered", "--grade", "documented")
    path = answered / "assessor.toml"
    path.write_text(
        path.read_text("utf-8").replace("[ratings.acting.told]", "[ratings.acting.gone]"), "utf-8"
    )
    (answered / "assessor (1).toml").write_text("")
    (answered / "rubric" / "rules.toml").chmod(0o644)
    facts = answered / "rubric" / "facts.toml"
    facts.write_text(facts.read_text("utf-8") + "# mine\n", "utf-8")
    before = contents(answered)
    shown = cx("doctor", "acme")
    assert shown.exit_code == 0
    for said in (
        "come back to", "nobody knew (1): acting.causes", "not answered yet", "no date",
        "not in the rubric (1): acting.gone", "sync program", "not as it was pinned",
        "not asked as the other answers stand (1): listening.share_asked",
        "evidence without an answer (1): acting.answered",
    ):  # fmt: skip
        assert said in shown.stdout
    assert ("other users" in shown.stdout) == (os.name != "nt")
    assert contents(answered) == before


def test_doctor_of_a_damaged_engagement_says_all_it_can(cx, answered):
    (answered / "assessor.toml").write_text("[ratings")
    (answered / "stray.txt").write_text("")
    shown = cx("doctor", "acme")
    assert shown.exit_code == 0
    assert "assessor.toml:1" in shown.stdout
    assert "stray.txt" in shown.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cx, shell):
    script = cx("completion", shell)
    assert script.exit_code == 0
    assert "_CXMATURITY_COMPLETE" in script.stdout


def test_commands_are_completed_without_being_loaded(cx, monkeypatch):
    monkeypatch.setenv("_CXMATURITY_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "cxmaturity sc")
    monkeypatch.setenv("COMP_CWORD", "1")
    found = cx()
    assert found.exit_code == 0
    assert found.stdout == "plain,score\n"


def test_an_unknown_shell_is_a_usage_error(cx):
    assert cx("completion", "dos").exit_code == 2


def test_the_copy_goes_where_it_is_wanted(cx, tmp_path):
    create_example(Workbench(), tmp_path / "there")
    refused = cx("demo", "--print", "--dir", "there")
    assert refused.exit_code == 3
    assert Path("there/engagement.toml").is_file()
