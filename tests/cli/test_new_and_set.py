"""`new` and `set`: a folder appears whole or not at all, settings fit the rubric or are refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import completed, contents


def read(folder: Path, name: str = "engagement.toml") -> dict[str, Any]:
    return tomllib.loads((folder / name).read_text("utf-8"))


def test_a_new_engagement_is_pinned_to_its_own_copy(cx, acme):
    said = read(acme)
    assert said["organisation"] == "Acme Oy"
    assert str(said["date"]) == "2026-03-31"
    assert said["rubric"]["id"] == "starter"
    assert (acme / "rubric" / "rubric.toml").is_file()
    assert cx("score", "acme", "--format", "json").stdout.count('"pinned": true') == 1


def test_a_folder_that_holds_something_is_never_touched(cx, acme):
    before = contents(acme)
    refused = cx("new", "acme", "--organisation", "Other", "--rubric", "starter")
    assert refused.exit_code == 3
    assert "not empty" in refused.stderr
    assert contents(acme) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "personal"), "personal_service"),
        (("--date", "31.3.2026"), "2026-03-31"),
        (("--organisation", ""), "must not be empty"),
        (("--rubric", "startr"), "starter"),
        (("--from", "nowhere"), "nowhere"),
    ],
)
def test_what_does_not_fit_leaves_no_folder(cx, tmp_path, words, said):
    refused = cx("new", "x", "--organisation", "X", "--rubric", "starter", *words)
    assert refused.exit_code in (2, 3)
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_engagement_is_taken_over_without_its_results(cx, answered):
    cx("set", "acme", "profile=personal_service", "target.acting=3")
    cx("evidence", "acme", "acting.answered", "--grade", "documented", "--ref", "List")
    cx("score", "acme", "--save")
    cx("set", "acme", "baseline=results/2026-03-31-1.json")
    made = cx("new", "next", "--organisation", "Acme Ab", "--from", "acme", "--date", "2027-03-31")
    assert made.exit_code == 0, made.stderr
    following = answered.parent / "next"
    assert read(following, "assessor.toml") == read(answered, "assessor.toml")
    assert read(following, "evidence.toml") == read(answered, "evidence.toml")
    said = read(following)
    assert said["profile"] == "personal_service"
    assert said["targets"] == {"acting": 3}
    assert said["facts"] == read(answered)["facts"]
    assert said["organisation"] == "Acme Ab"
    assert "baseline" not in said
    assert not (following / "results").exists()


def test_answers_that_are_too_young_for_the_new_date_are_refused(cx, answered):
    cx("evidence", "acme", "acting.answered", "--grade", "documented", "--date", "2026-03-01")
    refused = cx("new", "old", "--organisation", "A", "--from", "acme", "--date", "2025-01-01")
    assert refused.exit_code in (2, 3)
    assert not (answered.parent / "old").exists()


# set ----------------------------------------------------------------------------------------------


def test_settings_are_saved_together(cx, acme):
    done = cx(
        "set", "acme", "profile=personal_service", "weight.acting=1.5", "target.acting.answered=4",
        "date=2026-04-01", "language=fi", "labels.unit=north",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    said = read(acme)
    assert said["weights"] == {"acting": 1.5}
    assert said["targets"] == {"acting.answered": 4}
    assert said["language"] == "fi"
    assert cx("set", "acme", "profile=clear", "weight.acting=clear").exit_code == 0
    assert "profile" not in read(acme)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("profile=personal", "personal_service"),
        ("modules=extra", "the rubric has none"),
        ("weight.actin=2", "acting"),
        ("weight.acting=-1", "weight"),
        ("weight.acting=two", "1.5"),
        ("target.acting=7", "from 0 to 4"),
        ("target.overal=2", "overall"),
        ("n_min=1", "at least 3"),
        ("date=yesterday", "2026-03-31"),
        ("aggregate_over=role", "the rubric has none"),
        ("respondents=all", "groups"),
        ("baseline=nothing.json", "nothing.json"),
        ("colour=red", "profile"),
        ("profile", "KEY=VALUE"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_with_what_would(cx, acme, word, said):
    before = contents(acme)
    refused = cx("set", "acme", "language=fi", word)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert contents(acme) == before


def test_all_faults_are_said_at_once(cx, acme):
    refused = cx("set", "acme", "profile=personal", "n_min=1", "target.acting=7", "colour=red")
    assert refused.exit_code == 2
    assert all(word in refused.stderr for word in ("personal", "n_min", "acting", "colour"))
    assert "4 problems" in refused.stderr


def test_settings_are_completed(acme):
    assert completed("set", acme, "targ") == ["target."]
