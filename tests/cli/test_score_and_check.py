"""`score`, `why` and `check`: the result shown, written, explained and judged."""

import json
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cxmaturity.model.scorecard_data import from_data
from tests.cli.conftest import contents


def test_the_page_names_phase_and_scores(cx, answered):
    shown = cx("score", "acme")
    assert shown.exit_code == 0
    assert "Practice" in shown.stdout
    assert "Listening" in shown.stdout
    assert shown.stderr == ""


def test_scoring_changes_nothing_in_the_folder(cx, answered):
    before = contents(answered)
    for words in [(), ("--format", "json"), ("--plain",), ("--as-of", "2027-01-01")]:
        assert cx("score", "acme", *words).exit_code == 0
    assert cx("why", "acme").exit_code == 0
    assert cx("check", "acme", "--at-least", "beginning").exit_code == 0
    assert contents(answered) == before


@pytest.mark.parametrize(("name", "read"), [("x.json", json.loads), ("x.toml", tomllib.loads)])
def test_the_ending_of_the_file_chooses_the_format(cx, answered, name, read):
    done = cx("score", "acme", "-o", name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert name in done.stderr
    card = read(Path(name).read_text("utf-8"))
    assert card["phase"]["id"] == "practice"
    assert cx("score", "acme", "--format", name.partition(".")[2]).stdout == Path(name).read_text()
    assert cx("score", "acme", "--format", name[2:], "-o", "-").stdout == Path(name).read_text()


def test_reports_for_people_carry_the_answers_when_asked(cx, answered):
    for name in ("x.md", "x.txt"):
        cx("score", "acme", "-o", name)
        assert "Every month" not in Path(name).read_text("utf-8")
        cx("score", "acme", "-o", name, "--with-answers")
        assert "Every month" in Path(name).read_text("utf-8")


@pytest.mark.parametrize(
    "target", ["acme/engagement.toml", "acme/rubric/x.json", "acme", "x.bin", "nowhere/x.json"]
)
def test_a_result_never_replaces_what_it_must_not(cx, answered, target):
    before = contents(answered)
    refused = cx("score", "acme", "-o", target, "--format", "json")
    if target == "x.bin":
        assert refused.exit_code == 0, "a format that is said needs no ending"
        refused = cx("score", "acme", "-o", target)
    assert refused.exit_code in (2, 3)
    assert contents(answered) == before


def test_kept_scorecards_are_numbered(cx, answered):
    for number in (1, 2):
        kept = cx("score", "acme", "--save")
        assert f"results/2026-03-31-{number}.json" in kept.stderr.replace("\\", "/")
    card = from_data(json.loads((answered / "results/2026-03-31-2.json").read_text("utf-8")))
    assert card.phase.id == "practice"
    assert card.trace is not None


def test_a_working_copy_of_the_rubric_is_marked(cx, answered):
    copy = Path("copy")
    copy.mkdir()
    for path in (answered / "rubric").rglob("*.toml"):
        target = copy / path.relative_to(answered / "rubric")
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
    rules = copy / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace("acting <= 1", "acting <= 3"), "utf-8")
    shown = cx("score", "acme", "--rubric-dir", "copy", "--format", "json")
    card = json.loads(shown.stdout)
    assert card["rubric"]["pinned"] is False
    assert "ONLY_LISTENING" in [finding["id"] for finding in card["findings"]]
    assert cx("score", "acme", "--rubric-dir", "acme/rubric/dimensions").exit_code == 3


def test_answers_that_the_rubric_does_not_take_are_said_with_their_lines(cx, answered):
    path = answered / "assessor.toml"
    path.write_text(path.read_text("utf-8").replace('"monthly"', '"daily"'), "utf-8")
    failed = cx("score", "acme", "--lang", "fi")
    assert failed.exit_code == 3
    assert "assessor.toml:" in failed.stderr
    assert "never, yearly, monthly" in failed.stderr
    assert "one of" not in failed.stderr


# why ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ((), "Gate of the phase"),
        (("phase.leading",), "Part of leading"),
        (("acting",), "Answering unhappy customers"),
        (("acting.answered",), "acting.answered"),
        (("fact.people",), "50 to 249"),
        (("NOBODY_OWNS",), "does not fire"),
    ],
)
def test_why_tells_the_trace(cx, answered, subject, said):
    shown = cx("why", "acme", *subject)
    assert shown.exit_code == 0, shown.stderr
    assert said in shown.stdout


def test_why_of_nothing_known_names_the_nearest(cx, answered):
    refused = cx("why", "acme", "actng")
    assert refused.exit_code == 2
    assert "acting" in refused.stderr


# check --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--at-least", "practice"), 0, "Practice"),
        (("--at-least", "beginning"), 0, "Practice"),
        (("--at-least", "leading"), 1, "needs at least 3"),
        (("--dimension", "acting=2"), 0, "Acting is"),
        (("--dimension", "acting=3.5", "--dimension", "listening=2"), 1, "needs 3.5"),
        (("--dimension", "overall=1"), 0, "Overall"),
        (("--coverage", "1"), 0, "100%"),
        (("--no-worse-than", "acme"), 0, "no worse"),
    ],
)
def test_demands_are_met_or_not(cx, answered, words, code, said):
    judged = cx("check", "acme", *words)
    assert judged.exit_code == code, judged.stderr
    assert said in judged.stdout
    assert ("NOT MET" in judged.stdout) == (code == 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing is demanded"),
        (("--at-least", "practise"), "practice"),
        (("--dimension", "actng=2"), "acting"),
        (("--dimension", "acting"), "KEY=VALUE"),
        (("--dimension", "acting=two"), "2.5"),
        (("--coverage", "80"), "between 0 and 1"),
        (("--no-worse-than", "acme", "--tolerance", "-1"), "negative"),
        (("--at-least", "practice", "-o", "x.csv"), ".xml"),
    ],
)
def test_demands_without_sense_are_usage_errors(cx, answered, words, said):
    refused = cx("check", "acme", *words)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_what_has_no_score_is_not_attained_and_the_message_says_what_would_decide(cx, answered):
    cx("answer", "acme", "acting.answered=clear", "acting.causes=clear")
    judged = cx(
        "check", "acme", "--dimension", "acting=0", "--at-least", "leading", "--coverage", "1"
    )
    assert judged.exit_code == 1
    assert judged.stdout.count("NOT MET") == 3
    assert "Answering unhappy customers (acting.answered)" in judged.stdout


def test_a_score_that_an_open_answer_could_still_hold_down_is_not_attained(cx, answered):
    """Without an owner the causes are capped; while nobody knows, the check fails closed."""
    cx("answer", "acme", "acting.causes=4")
    assert cx("check", "acme", "--dimension", "acting=3").exit_code == 0
    cx("answer", "acme", "fact.owner_named=unknown")
    judged = cx("check", "acme", "--dimension", "acting=3")
    assert judged.exit_code == 1
    assert "fact.owner_named" in judged.stdout


def test_a_phase_whose_gate_rests_on_a_provisional_score_is_not_attained(cx, answered):
    cx("answer", "acme", "acting.causes=3", "acting.told=no", "acting.answered=2")
    assert cx("check", "acme", "--at-least", "practice").exit_code == 0
    cx("answer", "acme", "fact.owner_named=clear")
    judged = cx("check", "acme", "--at-least", "practice")
    assert judged.exit_code == 1
    assert "fact.owner_named" in judged.stdout


def test_worse_than_before_in_one_dimension_is_worse(cx, answered):
    cx("score", "acme", "-o", "before.json")
    cx("answer", "acme", "acting.causes=1")
    judged = cx("check", "acme", "--no-worse-than", "before.json")
    assert judged.exit_code == 1
    assert "NOT MET: Acting" in judged.stdout
    assert "met: Listening" in judged.stdout
    assert cx("check", "acme", "--no-worse-than", "before.json", "--tolerance", "1").exit_code == 0
    cx("answer", "acme", "acting.answered=clear", "acting.causes=clear")
    lost = cx("check", "acme", "--no-worse-than", "before.json", "--tolerance", "4")
    assert lost.exit_code == 1, "a dimension that lost its score is worse"
    assert "has no score now" in lost.stdout


def test_verdicts_as_junit(cx, answered):
    judged = cx("check", "acme", "--at-least", "leading", "--dimension", "acting=1", "-o", "x.xml")
    assert judged.exit_code == 1
    suite = ET.parse("x.xml").getroot()  # noqa: S314 - written by the program itself
    assert suite.get("tests") == "2"
    assert suite.get("failures") == "1"
    alone = cx("check", "acme", "--at-least", "leading", "-o", "-")
    assert alone.stdout.startswith("<?xml")
