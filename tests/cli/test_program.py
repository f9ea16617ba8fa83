"""What holds for every command: help, languages, errors, exit codes, the streams."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from cxmaturity import __version__
from cxmaturity.cli import COMMANDS, program
from cxmaturity.cli.groups import module_of
from cxmaturity.cli.reports import ENDINGS
from cxmaturity.cli.rubric import COMMANDS as RUBRIC_COMMANDS
from cxmaturity.exporters import built_in
from tests.cli.conftest import contents

COMMAND_LINES = [
    *((name,) for name in COMMANDS),
    *(("rubric", name) for name in RUBRIC_COMMANDS),
]


def shell(
    *words: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The installed program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cxmaturity.cli import main; main()", *words],
        cwd=cwd,
        input="",
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
    )


def test_every_command_that_is_listed_is_built():
    listed = [*(f"cxmaturity.cli.{module_of(name)}" for name in COMMANDS)]
    listed += [f"cxmaturity.cli.rubric_{name}" for name in RUBRIC_COMMANDS]
    assert not [module for module in listed if find_spec(module) is None]


def test_formats_known_by_name_are_the_exporters():
    known = {ending: name for ending, name in ENDINGS.items() if name != "text"}
    assert known == {exporter.suffix: exporter.name for exporter in built_in()}


def test_the_version_is_data(cx):
    shown = cx("--version")
    assert (shown.exit_code, shown.stdout) == (0, f"cxmaturity {__version__}\n")


@pytest.mark.parametrize("words", [(), *COMMAND_LINES], ids=" ".join)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_help_fits_a_terminal_in_both_languages(cx, words, language):
    shown = cx(*words, "--help", "--lang", language)
    assert shown.exit_code == 0
    assert ("Käyttö:" in shown.stdout) == (language == "fi")
    examples = [line for line in shown.stdout.splitlines() if line.startswith("  cxmaturity ")]
    assert all(len(line) <= 80 for line in shown.stdout.splitlines() if line not in examples)
    assert examples, "every command shows how it is typed"


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_each_command_is_called_as_it_is_listed(words):
    group: click.Command | None = program
    for word in words:
        assert isinstance(group, click.Group)
        group = group.get_command(click.Context(group), word)
    assert group is not None
    assert group.name == words[-1]


def test_global_options_work_before_and_behind_the_command(cx, answered):
    before, behind = cx("--lang", "fi", "score", "acme"), cx("score", "acme", "--lang", "fi")
    assert before.stdout == behind.stdout
    assert "Kuunteleminen" in before.stdout


def test_an_unknown_command_is_answered_with_the_nearest(cx):
    refused = cx("scroe")
    assert refused.exit_code == 2
    assert "score" in refused.stderr
    assert refused.stdout == ""


def test_an_unknown_language_is_a_usage_error(cx):
    refused = cx("doctor", "--lang", "sv")
    assert refused.exit_code == 2
    assert "sv" in refused.stderr


def test_the_environment_and_the_settings_choose_the_language(cx, tmp_path, monkeypatch):
    settings = tmp_path / "config" / "cxmaturity"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text('language = "fi"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert "Käyttö:" in cx("--help").stdout
    monkeypatch.setenv("CXMATURITY_LANG", "en")
    assert "Usage:" in cx("--help").stdout
    assert "Käyttö:" in cx("--help", "--lang", "fi").stdout


@pytest.mark.parametrize("damaged", [b"language = \n", b'language = 3\nskin = "x"\n', b"\xff"])
def test_damaged_settings_never_stop_work(cx, tmp_path, monkeypatch, damaged):
    settings = tmp_path / "config" / "cxmaturity"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_bytes(damaged)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert cx("--help").exit_code == 0
    assert "config.toml:1" in cx("doctor").stdout, "said once, where one looks for it"


def test_an_engagement_s_own_language_gives_way_to_the_one_asked_for(cx):
    cx("new", "a", "--organisation", "A", "--rubric", "starter", "--language", "fi")
    assert "Kuunteleminen" in cx("score", "a").stdout
    assert "Listening" in cx("score", "a", "--lang", "en").stdout


# errors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("score", "nowhere"), 3),
        (("ask", "nowhere"), 3),
        (("new", "x", "--organisation", "X", "--rubric", "nothing_like_it"), 3),
        (("new", "x"), 2),
        (("check", "nowhere"), 2),
        (("answer", "nowhere"), 2),
        (("set", "nowhere"), 2),
        (("verify", "nowhere.json"), 3),
        (("evidence", "nowhere", "a.b", "--grade", "seen"), 2),
    ],
)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_errors_have_their_exit_codes_and_no_traceback(cx, words, code, language):
    failed = cx(*words, "--lang", language)
    assert failed.exit_code == code
    assert failed.stdout == ""
    assert failed.stderr
    assert "Traceback" not in failed.stderr
    assert "{" not in failed.stderr, "every value of the sentence is filled in"


def test_errors_in_json_for_programs(cx, answered):
    path = answered / "assessor.toml"
    path.write_text(path.read_text().replace("value = 3", "value = 9"))
    failed = cx("score", "acme", "--format", "json")
    assert failed.exit_code == 3
    first, second = json.loads(failed.stderr)["error"]
    assert first["code"] == second["code"] == "bad_answer"
    assert first["where"]["file"].endswith("assessor.toml")
    assert first["where"]["line"] > 1
    assert "a level: 0, 1, 2, 3, 4" in first["what"]


def test_usage_errors_in_json_too(cx):
    failed = cx("score", "--format", "json")
    assert failed.exit_code == 2
    assert json.loads(failed.stderr)["error"][0]["code"] == "usage"


def test_debug_shows_places_but_no_words_of_an_unforeseen_error(cx, answered, monkeypatch):
    def fail(*_arguments, **_settings):
        raise RuntimeError("the secret answer")

    monkeypatch.setattr("cxmaturity.workbench.Workbench.score", fail)
    quiet, loud = cx("score", "acme"), cx("score", "acme", "--debug")
    assert quiet.exit_code == loud.exit_code == 3
    assert "RuntimeError" in quiet.stderr
    assert "test_program.py" not in quiet.stderr
    assert "test_program.py" in loud.stderr
    assert "secret" not in quiet.stderr + loud.stderr


def test_ctrl_c_ends_with_130(cx, acme, monkeypatch):
    def interrupt(*_arguments, **_settings):
        raise KeyboardInterrupt

    monkeypatch.setattr("cxmaturity.workbench.Workbench.open", interrupt)
    stopped = cx("score", "acme")
    assert stopped.exit_code == 130
    assert "Traceback" not in stopped.stderr


ACTIVE = "\x1b]0;title\x07\x1b[31mred\x9b2J\u202eevil"


@pytest.mark.parametrize(
    "words",
    [
        ("score", ACTIVE),
        (ACTIVE,),
        ("answer", "acme", f"{ACTIVE}=3"),
        ("answer", "acme", f"listening.asked={ACTIVE}"),
        ("set", "acme", f"profile={ACTIVE}"),
        ("why", "acme", ACTIVE),
        ("check", "acme", "--at-least", ACTIVE),
        ("new", "x", "--organisation", "X", "--rubric", ACTIVE),
    ],
    ids=range(8),
)
def test_control_characters_never_reach_the_terminal(cx, acme, words):
    refused = cx(*words)
    assert refused.exit_code in (2, 3)
    _assert_harmless(refused.output)


def test_control_characters_in_answers_are_shown_harmless(cx, answered):
    assert cx("set", "acme", f"organisation={ACTIVE}").exit_code == 0
    assert cx("answer", "acme", "listening.asked=2", "--note", ACTIVE).exit_code == 0
    for words in [("score", "acme", "--with-answers"), ("why", "acme"), ("doctor", "acme")]:
        _assert_harmless(cx(*words).output)
    _assert_harmless(cx("ask", "acme", typed="b\n").output)


def _assert_harmless(text: str) -> None:
    unsafe = {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\t"}
    assert not unsafe


# the real process ---------------------------------------------------------------------------------


def test_data_and_talk_are_apart_in_a_shell(tmp_path):
    made = shell("new", "a", "--organisation", "A", "--rubric", "starter", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "cxmaturity ask a" in made.stderr, "talk says what to type next"
    scored = shell("score", "a", "--format", "json", cwd=tmp_path)
    assert scored.stderr == ""
    assert json.loads(scored.stdout)["rubric"]["id"] == "starter"


def test_a_reader_that_leaves_is_no_error(tmp_path):
    shell("new", "a", "--organisation", "A", "--rubric", "starter", cwd=tmp_path)
    program = [sys.executable, "-c", "from cxmaturity.cli import main; main()"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        left = subprocess.run(
            [*program, "check", "a", "--at-least", "leading"],
            cwd=tmp_path,
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert left.returncode == 1, "the judgement stands, whoever reads it"
    assert left.stderr == b""


def test_a_terminal_without_the_characters_gets_question_marks(tmp_path):
    shell("new", "a", "--organisation", "Ä→", "--rubric", "starter", cwd=tmp_path)
    poor = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = shell("score", "a", cwd=tmp_path, env=poor)
    assert shown.returncode == 0
    assert shown.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="rights are kept in access lists there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_and_left(cx, acme):
    before = contents(acme)
    acme.chmod(0o500)
    try:
        refused = cx("answer", "acme", "listening.asked=3")
    finally:
        acme.chmod(0o700)
    assert refused.exit_code == 3
    assert contents(acme) == before


def test_a_folder_that_cannot_be_written_is_said_and_left(cx, acme, monkeypatch):
    before = contents(acme)

    def refuse(*_arguments, **_settings):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cxmaturity.store.files._write_new", refuse)
    refused = cx("answer", "acme", "listening.asked=3")
    assert refused.exit_code == 3
    assert "no permission" in refused.stderr
    assert contents(acme) == before


def test_remembered_rubrics_are_used_only_unchanged(tmp_path):
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "CXMATURITY_CACHE": ""}
    shell("new", "a", "--organisation", "A", "--rubric", "starter", cwd=tmp_path)
    first = shell("score", "a", "--format", "json", cwd=tmp_path, env=cache)
    (kept,) = Path(tmp_path / "cache" / "cxmaturity").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    again = shell("score", "a", "--format", "json", cwd=tmp_path, env=cache)
    assert again.stdout == first.stdout
    kept.write_bytes(kept.read_bytes().replace(b"Listening", b"Sleeping!"))
    damaged = shell("score", "a", "--format", "json", cwd=tmp_path, env=cache)
    assert damaged.stdout == first.stdout, "a damaged memory is not believed"
    rules = tmp_path / "a" / "rubric" / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace("Asking without", "Talk without"), "utf-8")
    changed = shell("score", "a", "--format", "json", cwd=tmp_path, env=cache)
    assert changed.returncode == 0
    assert changed.stdout != first.stdout
