"""Plugins on the command line: listed, used by name, begun and checked; exit codes and messages."""

import json
import os
import re
import subprocess
import sys

import pytest

from cxmaturity.extension.scaffold import KINDS
from tests.conftest import ROOT
from tests.extension.benches import GOOD, HEAD, put, starter, write_plugin
from tests.extension.test_scoring import FUNCTION, LOWEST, METHOD, by_lowest, with_half

COMMAND = (
    HEAD
    + """
import click

@click.command("hello")
@click.argument("name")
def hello(name):
    click.echo(f"hello {name}")
    if name == "nobody":
        raise LookupError("nobody is here")
"""
    + GOOD
)
ACME = ("new", "acme", "--organisation", "Acme Oy", "--date", "2026-03-31", "--rubric")


# list -------------------------------------------------------------------------------------------


def test_the_list_imports_nothing(cx, install, tmp_path):
    marker = tmp_path / "imported"
    install("acme_one", f"import pathlib; pathlib.Path({str(marker)!r}).touch()")
    install("acme_two", "", api="v7", version="2.5")
    shown = cx("plugin", "list", "--json")
    found = {one["name"]: one for one in json.loads(shown.stdout)}
    assert (found["acme-one"]["version"], found["acme-one"]["state"]) == ("1.0.0", "not_loaded")
    assert found["acme-two"]["state"] == "wrong_api"
    assert found["acme-two"]["why"] == "API 7, not 1"
    assert not marker.exists()
    assert "acme-one 1.0.0" in cx("plugin", "list").stdout


def test_a_loaded_list_says_what_each_adds_and_why_one_does_not(cx, install):
    install("acme_good", HEAD + GOOD)
    install("acme_bad", "import no_such_module_anywhere")
    shown = cx("plugin", "list", "--load", "--json")
    assert shown.exit_code == 0
    found = {one["name"]: one for one in json.loads(shown.stdout)}
    assert found["acme-good"]["records"] == {"cxm_advisors": ["good"], "cxm_exporters": ["good"]}
    assert found["acme-good"]["state"] == "loaded"
    assert "no_such_module_anywhere" in found["acme-bad"]["why"]
    assert "cannot be used: ModuleNotFoundError" in cx("plugin", "list", "--load").stdout


def test_plugins_can_be_left_out(cx, install, monkeypatch):
    install("acme_good", HEAD + GOOD)
    assert json.loads(cx("plugin", "list", "--json", "--no-plugins").stdout) == []
    monkeypatch.setenv("CXMATURITY_DISABLE_PLUGINS", "acme-good, other")
    assert json.loads(cx("plugin", "list", "--json").stdout)[0]["state"] == "disabled"
    assert "CXMATURITY_NO_PLUGINS" not in os.environ


def test_a_folder_of_plugins_must_be_there(cx):
    refused = cx("plugin", "list", "--plugins-dir", "nowhere")
    assert refused.exit_code == 2
    assert "nowhere: there is no such folder" in refused.stderr


# formats, advisors, commands --------------------------------------------------------------------


def test_a_format_of_a_plugin_is_asked_for_by_name_or_ending(cx, install):
    install("acme_good", HEAD + GOOD)
    cx(*ACME, "starter")
    assert cx("score", "acme", "--format", "good").stdout.startswith("Scorecard(")
    assert cx("score", "acme", "-o", "card.good").exit_code == 0
    assert cx("score", "acme", "--format", "good", "--no-plugins").exit_code == 2
    unknown = cx("score", "acme", "--format", "nix")
    assert "text, json, toml, md, good" in unknown.stderr


def test_a_plugin_that_fails_is_told_once_and_the_run_goes_on(cx, install):
    install("acme_good", HEAD + GOOD)
    install("acme_bad", "1 / 0")
    cx(*ACME, "starter")
    done = cx("score", "acme", "--format", "good")
    assert done.exit_code == 0
    assert done.stderr.count("acme-bad 1.0.0) failed: ZeroDivisionError") == 1
    strict = cx("score", "acme", "--format", "good", "--strict-plugins")
    assert strict.exit_code == 4
    assert strict.stderr.count("ZeroDivisionError") == 1


def test_a_format_that_fails_ends_with_the_code_of_plugins(cx, install):
    install("acme_bad", HEAD + GOOD.replace("repr(card).encode()", "1 / 0"))
    cx(*ACME, "starter")
    failed = cx("score", "acme", "--format", "good")
    assert (failed.exit_code, failed.stdout) == (4, "")
    assert failed.stderr.count("ZeroDivisionError") == 1


def test_advice_is_asked_for_by_the_engagement_and_marked(cx, install):
    install("acme_good", HEAD + GOOD)
    cx(*ACME, "starter")
    plain = json.loads(cx("score", "acme", "--format", "json").stdout)
    refused = cx("set", "acme", "advisors=nobody")
    assert refused.exit_code == 2
    assert "no plugin brings the advisor 'nobody'" in refused.stderr
    assert cx("set", "acme", "advisors=good").exit_code == 0
    card = json.loads(cx("score", "acme", "--format", "json").stdout)
    (finding,) = [f for f in card["findings"] if "plugin" in f]
    assert (finding["id"], finding["plugin"]) == ("look", "acme-good")
    for part in ("phase", "overall", "index", "dimensions", "trace"):
        assert card[part] == plain[part]


def test_a_command_is_listed_without_import_and_loaded_when_used(cx, install):
    install("acme_cmd", COMMAND, commands="hello = acme_cmd:hello")
    assert "hello" in cx("--help").stdout
    assert "of a test (acme-cmd)" in cx("--help").stdout
    assert "hello" not in cx("--help", "--no-plugins").stdout
    assert cx("hello", "world", "--lang", "en").stdout == "hello world\n"
    failed = cx("hello", "nobody")
    assert failed.exit_code == 4
    assert "'hello' of the plugin acme-cmd failed: LookupError: nobody is here" in failed.stderr
    assert cx("hello").exit_code == 2
    assert cx("hallo").exit_code == 2


def test_a_command_of_two_plugins_names_both(cx, install):
    install("acme_cmd", COMMAND, commands="hello = acme_cmd:hello")
    install("acme_too", COMMAND, commands="hello = acme_too:hello")
    refused = cx("hello", "world")
    assert refused.exit_code == 4
    assert "by acme-cmd and by acme-too" in refused.stderr


def test_a_command_cannot_replace_a_built_in_one(cx, install):
    install("acme_cmd", COMMAND, commands="score = acme_cmd:hello")
    assert "Score the engagement" in cx("score", "--help").stdout
    assert cx("--help").stdout.count("\n  score ") == 1


@pytest.mark.parametrize(("body", "api"), [("1 / 0", "v1"), (COMMAND, "v2"), ("x = 1", "v1")])
def test_a_command_of_a_plugin_that_cannot_be_used_says_why(body, api, cx, install):
    install("acme_cmd", body, api=api, commands="hello = acme_cmd:hello")
    failed = cx("hello", "world")
    assert failed.exit_code == 4
    assert "acme-cmd" in failed.stderr


def test_a_one_file_plugin_brings_a_command(cx, tmp_path):
    body = """
        import click
        @hookimpl
        def cxm_commands():
            done = click.Command("hi", callback=lambda: click.echo("hi there"))
            return [PluginCommand("hi", "says hi", done)]
        """
    write_plugin(tmp_path / "mine", "greeter", body)
    assert "says hi (greeter.py)" in cx("--help", "--plugins-dir", "mine").stdout
    assert cx("hi", "--plugins-dir", "mine").stdout == "hi there\n"


# packs, rules, verification ---------------------------------------------------------------------

PACK = """
from pathlib import Path
@hookimpl
def cxm_rubrics():
    return [RubricPack("mine", "a rubric", Path({!r}))]
"""


def test_a_pack_is_listed_used_and_extended(cx, install, tmp_path):
    folder = starter(tmp_path / "made")
    put(folder / "rubric.toml", 'id = "starter"', 'id = "mine"')
    install("acme_pack", HEAD + PACK.format(str(folder)))
    listed = {one["id"]: one for one in json.loads(cx("rubric", "list", "--format", "json").stdout)}
    assert listed["mine"]["owner"] == "acme-pack"
    assert cx(*ACME, "mine").exit_code == 0
    child = tmp_path / "child"
    child.mkdir()
    (child / "rubric.toml").write_text(
        'format = 1\nid = "child"\nversion = "1.0.0"\nextends = "mine >=1"\n'
        'title = { en = "C", fi = "C" }\n'
    )
    assert cx("rubric", "show", "./child").exit_code == 0
    assert cx("score", "acme", "--no-plugins").exit_code == 0


def test_a_pack_with_faults_is_named_and_the_list_goes_on(cx, install, tmp_path):
    folder = starter(tmp_path / "made")
    put(folder / "rubric.toml", "scale = [0, 4]", "scale = [4, 0]")
    install("acme_pack", HEAD + PACK.format(str(folder)))
    done = cx("rubric", "list")
    assert done.exit_code == 0
    assert "starter 1.0.0" in done.stdout
    assert "cannot be used" in done.stderr
    assert cx(*ACME, "mine").exit_code == 3


def test_house_rules_are_part_of_the_check(cx, install):
    body = """
        def rule(rubric):
            rubric.dimensions.clear()
            yield RubricProblem("no_why", "dimensions.acting.indicators.told",
                                {"en": "says {not} why", "fi": "ei kerro miksi"}, "error")

        def broken(rubric):
            yield RubricProblem("a", "b", {"en": "c"})
            raise ValueError("tired")

        @hookimpl
        def cxm_rubric_checks():
            return [RubricCheck("house", "x", rule), RubricCheck("broken", "x", broken)]
        """
    from textwrap import dedent

    install("acme_rules", HEAD + dedent(body))
    done = cx("rubric", "check", "starter", "--worlds", "200")
    assert done.exit_code == 1
    assert "says {not} why" in done.stdout
    assert "rule 'house' of the plugin acme-rules" in done.stdout
    assert re.search(r"acting\.toml:\d+", done.stdout)
    assert "broken: ValueError: tired" in done.stderr
    assert (
        "ei kerro miksi"
        in cx("rubric", "check", "starter", "--worlds", "200", "--lang", "fi").stdout
    )


def test_a_score_that_a_plugin_failed_to_give_ends_with_its_code(cx, tmp_path):
    write_plugin(tmp_path / "plugins", "acme", METHOD.format("1 / 0"))
    folder = starter(tmp_path, by_lowest, '["acme"]')
    made = cx(*ACME, f"./{folder.name}", "--plugins-dir", "plugins")
    assert made.exit_code == 0, made.stderr
    cx("answer", "acme", "acting.answered=3", "acting.causes=2", "--plugins-dir", "plugins")
    done = cx("score", "acme", "--plugins-dir", "plugins")
    assert done.exit_code == 4
    assert done.stderr.count("lowest.scalar: ZeroDivisionError") == 1
    assert "a plugin failed" in done.stdout
    why = cx("why", "acme", "acting", "--plugins-dir", "plugins")
    assert (why.exit_code, "No score: a plugin failed." in why.stdout) == (4, True)
    missing = cx("score", "acme")
    assert missing.exit_code == 4
    assert 'pip install "acme"' in missing.stderr


def test_verify_notices_another_plugin(cx, tmp_path):
    write_plugin(tmp_path / "plugins", "acme", LOWEST)
    folder = starter(tmp_path, by_lowest, '["acme"]')
    cx(*ACME, f"./{folder.name}", "--plugins-dir", "plugins")
    assert cx("score", "acme", "--save", "--plugins-dir", "plugins").exit_code == 0
    assert cx("verify", "acme", "--plugins-dir", "plugins").exit_code == 0
    write_plugin(tmp_path / "plugins", "acme", LOWEST + "\n# changed")
    found = cx("verify", "acme", "--plugins-dir", "plugins")
    assert found.exit_code == 1
    assert "was made with acme.py 1.2.0" in found.stdout


# new and check ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_is_sound(kind, cx, tmp_path):
    done = cx("plugin", "new", f"acme-{kind}", "--kind", kind)
    assert done.exit_code == 0, done.stderr
    written = [path.read_text("utf-8") for path in (tmp_path / f"acme-{kind}").rglob("*.*")
               if path.is_file()]  # fmt: skip
    assert not [text for text in written if re.search("@[A-Z]+@", text)]
    checked = cx("plugin", "check", f"acme-{kind}")
    assert checked.exit_code == 0, checked.stdout
    assert f"acme_{kind}" in checked.stdout


@pytest.mark.parametrize("name", ["Acme", "acme_pack", "../acme", "a--b", "", "x" * 41, "acme-"])
def test_a_name_that_is_none_is_refused(name, cx, tmp_path):
    refused = cx("plugin", "new", name)
    assert refused.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_not_touched(cx, tmp_path):
    (tmp_path / "acme-pack").mkdir()
    (tmp_path / "acme-pack" / "mine.txt").write_text("mine")
    assert cx("plugin", "new", "acme-pack").exit_code == 3
    assert [path.name for path in (tmp_path / "acme-pack").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"v1"', '"first"', "version of the hooks is not said"),
        ('"v1"', '"v9"', "written for another release"),
        ("[project.entry-points.cxmaturity]", "[project.entry-points.other]", "none will be found"),
        ('"cxmaturity>=', '"cxmaturity-other>=', "cxmaturity is not among them"),
        ('version = "0.1.0"', "", "project.version: is missing"),
        ('= "acme_pack"', '= "acme_other"', "ModuleNotFoundError"),
    ],
)
def test_metadata_that_is_off_is_told(before, after, said, cx, tmp_path):
    cx("plugin", "new", "acme-pack")
    put(tmp_path / "acme-pack" / "pyproject.toml", before, after)
    checked = cx("plugin", "check", "acme-pack")
    assert checked.exit_code == 1
    assert said in checked.stdout


def test_a_rubric_with_a_fault_is_told_with_its_line(cx, tmp_path):
    cx("plugin", "new", "acme-pack")
    rules = tmp_path / "acme-pack" / "acme_pack" / "acme_pack" / "rules.toml"
    put(rules, "sector.promise_kept <= 1", "sector.promise_kpet <= 1")
    checked = cx("plugin", "check", "acme-pack")
    assert checked.exit_code == 1
    assert re.search(r"rules\.toml:4:\d+", checked.stdout)


def test_a_method_that_breaks_a_law_is_told(cx, tmp_path):
    cx("plugin", "new", "acme-combiner", "--kind", "combiner")
    module = tmp_path / "acme-combiner" / "acme_combiner" / "__init__.py"
    put(module, "return found[", "return 9_000_000 - found[")
    checked = cx("plugin", "check", "acme-combiner")
    assert checked.exit_code == 1
    assert "breaks a law" in checked.stdout


def test_what_is_no_plugin_is_said(cx, tmp_path):
    (tmp_path / "empty").mkdir()
    assert cx("plugin", "check", "empty").exit_code == 3
    assert cx("plugin", "check", "nowhere").exit_code == 3


def test_a_single_file_is_checked(cx, tmp_path):
    write_plugin(tmp_path, "half", FUNCTION.format("x // 2"))
    done = cx("plugin", "check", "half.py")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.splitlines() == ["cxm_functions: half", "Nothing is wrong with it."]


def test_the_docs_smallest_plugin_is_used_by_a_rubric(cx, tmp_path):
    write_plugin(tmp_path / "plugins", "acme", FUNCTION.format("x // 2"))
    starter(tmp_path, with_half, '["acme"]')
    assert cx("rubric", "show", "./mine", "--plugins-dir", "plugins").exit_code == 0


@pytest.mark.slow
def test_a_new_plugin_installs_passes_its_own_tests_and_is_listed(cx, tmp_path):
    assert cx("plugin", "new", "acme-pack").exit_code == 0
    site = tmp_path / "site"
    python = [sys.executable, "-m"]
    quiet = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(site)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}

    def run(*words: str) -> str:
        done = subprocess.run(
            [*python, *words], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("pip", "install", *quiet, "./acme-pack")
    run("pytest", "-q", "-p", "no:cacheprovider", "acme-pack/tests")
    listed = "from cxmaturity.cli import program; program.main(['plugin', 'list', '--json'])"
    (tmp_path / "listed.py").write_text(listed)
    found = {one["name"]: one for one in json.loads(run("listed"))}
    assert (found["acme-pack"]["version"], found["acme-pack"]["state"]) == ("0.1.0", "not_loaded")
