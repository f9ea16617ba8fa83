"""`verify` and `adopt`: what was saved is found unchanged, what changes is shown before."""

import json
import shutil
from pathlib import Path

import pytest

from cxmaturity.catalogue import find
from cxmaturity.cli import adopt as adopt_command
from tests.cli.conftest import contents


@pytest.fixture
def kept(cx, answered):
    """The path of a kept scorecard."""
    cx("score", "acme", "--save")
    return answered / "results" / "2026-03-31-1.json"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_engagement_as_it_was_saved(cx, kept):
    done = cx("verify", "acme")
    assert done.exit_code == 0, done.stdout
    assert "1 scorecard scored again" in done.stdout


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("results/2026-03-31-1.json", '"score": 2.', '"score": 3.'),
        ("assessor.toml", "value = 62.5", "value = 62.6"),
        ("engagement.toml", "Acme Oy", "Acme Ab"),
        ("rubric/rules.toml", "acting <= 1", "acting <= 2"),
        ("rubric/SHA256SUMS", "a", "b"),
        ("results/2026-03-31-1.json", '"phase": {', '"phase": 3, "x": {'),
    ],
)
def test_every_change_behind_its_back_is_found(cx, kept, answered, name, old, new):
    change(answered / name, old, new)
    before = contents(answered)
    found = cx("verify", "acme")
    assert found.exit_code == 1, found.stdout
    assert Path(name).name in found.stdout
    assert contents(answered) == before


def test_a_scorecard_of_earlier_answers_is_followed_from_its_trace(cx, kept):
    cx("answer", "acme", "acting.causes=4")
    done = cx("verify", "acme")
    assert done.exit_code == 0, done.stdout
    assert "earlier answers" in done.stdout
    change(kept, '"phase": "practice",\n        "title"', '"phase": "leading",\n        "title"')
    assert cx("verify", "acme").exit_code == 1


def test_a_scorecard_alone(cx, kept):
    assert cx("verify", str(kept)).exit_code == 0
    assert cx("verify", str(kept), "--against", "acme").exit_code == 0


@pytest.mark.parametrize("part", ["dimensions", "trace", "phase", "findings"])
def test_a_scorecard_that_was_changed_does_not_fold(cx, kept, part):
    card = json.loads(kept.read_text("utf-8"))
    if part == "dimensions":
        card["dimensions"][0]["score"] += 0.5
    elif part == "trace":
        card["trace"]["nodes"][0]["parts"][0]["counted"] = 4
    elif part == "phase":
        card["phase"]["id"] = card["phase"]["at_least"] = "leading"
    else:
        card["findings"] = [
            {
                "id": "CLOSED_LOOP", "severity": "strength", "title": {"en": "x"},
                "text": {"en": "x"}, "because": [],
            }
        ]  # fmt: skip
    Path("changed.json").write_text(json.dumps(card), "utf-8")
    found = cx("verify", "changed.json")
    assert found.exit_code == 1, found.stdout
    assert "does not follow" in found.stdout


def test_a_scorecard_against_other_answers(cx, kept):
    cx("answer", "acme", "acting.causes=4")
    found = cx("verify", str(kept), "--against", "acme")
    assert found.exit_code == 1
    assert "other answers" in found.stdout


def test_a_scorecard_with_weights_of_its_own_folds(cx, answered):
    cx("set", "acme", "profile=personal_service", "weight.acting=1.5", "weight.acting.told=0.25")
    cx("score", "acme", "-o", "x.json")
    assert cx("verify", "x.json").exit_code == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "{" * 9999])
def test_what_is_no_scorecard_is_an_error(cx, answered, text):
    Path("x.json").write_text(text)
    failed = cx("verify", "x.json")
    assert failed.exit_code == 3
    assert "x.json" in failed.stderr


def test_a_scorecard_without_its_rubric_asks_for_it(cx, kept):
    change(kept, '"sha256": "', '"sha256": "0')
    failed = cx("verify", str(kept))
    assert failed.exit_code == 3
    assert "--against" in failed.stderr


def test_against_belongs_to_a_file(cx, kept):
    assert cx("verify", "acme", "--against", "acme").exit_code == 2


# adopt --------------------------------------------------------------------------------------------


@pytest.fixture
def newer(cx, answered, tmp_path, monkeypatch):
    """The bundled folder with a newer starter: another gate, a question and a fact gone."""
    shelf = tmp_path / "shelf"
    shutil.copytree(find.bundled_folder() / "starter", shelf / "starter")
    change(shelf / "starter" / "rubric.toml", '"1.0.0"', '"1.1.0"')
    change(shelf / "starter" / "rubric.toml", "listening >= 2 and", "listening >= 3 and")
    change(shelf / "starter" / "rules.toml", "acting >= 3 and", "acting >= 2 or")
    acting = shelf / "starter" / "dimensions" / "acting.toml"
    text = acting.read_text("utf-8")
    acting.write_text(text[: text.index("[indicators.told]")], "utf-8")
    monkeypatch.setattr(find, "bundled_folder", lambda: shelf)
    return shelf


def test_nothing_to_adopt(cx, answered):
    done = cx("adopt", "acme")
    assert (done.exit_code, done.stdout) == (0, "")


def test_what_would_move_is_shown_and_nothing_changed(cx, newer, answered):
    before = contents(answered)
    shown = cx("adopt", "acme")
    assert shown.exit_code == 0, shown.stderr
    assert "1.0.0 → 1.1.0" in shown.stdout
    assert "acting.told" in shown.stdout
    assert "CLOSED_LOOP" in shown.stdout
    assert "--yes" in shown.stderr
    assert contents(answered) == before


def test_an_adopted_rubric_judges_from_then_on(cx, newer, answered):
    done = cx("adopt", "acme", "--yes")
    assert done.exit_code == 0, done.stderr
    card = json.loads(cx("score", "acme", "--format", "json").stdout)
    assert card["rubric"]["version"] == "1.1.0"
    assert card["rubric"]["pinned"] is True
    assert card["provenance"]["orphaned"] == ["acting.told"]
    assert "told" in (answered / "assessor.toml").read_text("utf-8"), "kept, not counted"
    assert cx("verify", "acme").exit_code == 0
    assert cx("adopt", "acme").stdout == ""


def test_in_a_terminal_it_asks(cx, newer, answered, monkeypatch):
    monkeypatch.setattr(adopt_command, "_is_terminal", lambda: True)
    before = contents(answered)
    assert cx("adopt", "acme", typed="n\n").exit_code == 0
    assert contents(answered) == before
    assert cx("adopt", "acme", typed="y\n").exit_code == 0
    assert contents(answered) != before


def test_settings_that_the_new_rubric_does_not_know_are_refused(cx, newer, answered):
    main = newer / "starter" / "rubric.toml"
    main.write_text(main.read_text("utf-8").replace("personal_service", "other"), "utf-8")
    cx("set", "acme", "profile=personal_service", "target.acting.told=4")
    before = contents(answered)
    refused = cx("adopt", "acme", "--yes")
    assert refused.exit_code == 2
    assert "personal_service" in refused.stderr
    assert "acting.told" in refused.stderr
    assert contents(answered) == before


def test_a_rubric_that_shows_fewer_people_than_was_promised_is_refused(cx, newer, answered):
    main = newer / "starter" / "rubric.toml"
    main.write_text("n_min = 3\n" + main.read_text("utf-8"), "utf-8")
    cx("answer", "acme", "--respondent", "r07", "listening.asked=2")
    before = contents(answered)
    refused = cx("adopt", "acme", "--yes")
    assert refused.exit_code == 2
    assert "at least 5" in refused.stderr
    assert contents(answered) == before
    assert cx("set", "acme", "n_min=5").exit_code == 0
    assert cx("adopt", "acme", "--yes").exit_code == 0
    assert "responses/r07.toml" in contents(answered), "people stay who they are"
