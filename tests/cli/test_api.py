"""The library in six lines, and that it says the same as the command line."""

import json

import pytest

import cxmaturity as cx_library
from cxmaturity.errors import CxError, InputError, UsageError
from cxmaturity.exporters import ExportOptions
from cxmaturity.exporters.json_file import JSON


def test_the_six_lines():
    rubric = cx_library.load_rubric("starter")
    answers = cx_library.Answers(
        {"acting.answered": 3, "acting.causes": 2, "acting.told": True},
        facts={"people": "mid", "owner_named": True},
    )
    card = cx_library.score(rubric, answers)
    assert card.phase.id is None
    assert card.dimensions["acting"].score == 2.8
    assert "Answering unhappy customers" in card.why("acting")
    assert "Tyytymättömille" in card.why("acting", language="fi")
    assert "50 to 249" in card.why("fact.people")


def test_an_engagement_scores_as_on_the_command_line(cx, answered):
    card = cx_library.score(cx_library.open_engagement(answered))
    shown = cx("score", "acme", "--format", "json").stdout
    assert JSON.write(card, ExportOptions()).decode() == shown
    assert json.loads(shown)["phase"]["id"] == card.phase.id == "practice"


def test_everything_that_is_wrong_comes_at_once(tmp_path):
    rubric = cx_library.load_rubric("starter")
    with pytest.raises(InputError) as caught:
        cx_library.score(rubric, cx_library.Answers({"acting.answered": 9, "acting.x": 1}))
    assert {problem.code for problem in caught.value.problems} == {"bad_answer", "unknown_name"}
    with pytest.raises(CxError):
        cx_library.open_engagement(tmp_path)
    with pytest.raises(CxError):
        cx_library.load_rubric("startr")
    with pytest.raises(UsageError):
        cx_library.score(rubric, cx_library.Answers()).why("actng")


def test_a_scope_changes_weights():
    rubric = cx_library.load_rubric("starter")
    answers = cx_library.Answers({"listening.asked": 4, "listening.in_person": "never"})
    plain = cx_library.score(rubric, answers)
    personal = cx_library.score(rubric, answers, cx_library.Scope(profile="personal_service"))
    assert plain.dimensions["listening"].score == 2
    assert personal.dimensions["listening"].score == 1.333333
