"""The rubric `retail`: loads, checks clean, its cases come out and reach what is its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import cxmaturity_pack_retail
import pytest

from cxmaturity.testing import build_engagement, build_scorecard, check_pack, run_plugin, workbench

DIMENSIONS = ("store", "last_mile", "queueing")
FOLDER = Path(cxmaturity_pack_retail.__file__).parent / "retail"


@pytest.fixture(scope="module")
def retail():
    return workbench(cxmaturity_pack_retail).load_rubric(FOLDER)


def test_the_pack_loads_alone():
    ran = run_plugin(cxmaturity_pack_retail)
    assert ran.failures == ()
    assert ran.record("cxm_rubrics", "retail").folder == FOLDER


def test_it_is_found_by_its_id():
    bench = workbench(cxmaturity_pack_retail)
    assert ("retail", "cxmaturity-pack-retail") in {(r.id, r.owner) for r in bench.rubrics()}
    assert bench.find("retail") == FOLDER


def test_it_checks_clean_and_its_cases_come_out():
    check_pack(FOLDER, worlds=2_000)


def test_every_question_of_its_own_is_whole(retail):
    for name in DIMENSIONS:
        dimension = retail.rubric.dimensions[name]
        assert len(dimension.anchors) == 5
        for indicator in dimension.indicators.values():
            assert len(indicator.model_extra["levels"]) == 5
            assert all((indicator.why, indicator.evidence, indicator.sources))
            assert {source.doc for source in indicator.sources} <= set(retail.rubric.documents)


def own_files() -> list[Path]:
    return sorted(path for path in FOLDER.rglob("*.toml"))


def texts(table, path=()):
    """Every bilingual text with its place."""
    if isinstance(table, dict) and "en" in table:
        yield path, table
    elif isinstance(table, dict | list):
        pairs = table.items() if isinstance(table, dict) else enumerate(table)
        for key, below in pairs:
            yield from texts(below, (*path, key))


@pytest.mark.parametrize("file", own_files(), ids=lambda path: path.stem)
def test_every_text_is_in_both_languages(file):
    for path, text in texts(tomllib.loads(file.read_text("utf-8"))):
        assert set(text) == {"en", "fi"}, path
        assert text["en"] != text["fi"], path
        if len(text["en"]) > 20:
            assert 0.5 <= len(text["fi"]) / len(text["en"]) <= 2, path
        limit = {"question": 160, "levels": 90, "anchors": 120}
        length = next((limit[key] for key in path if key in limit), 10_000)
        assert max(map(len, text.values())) <= length, path


def cases() -> list[dict]:
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("cases/*.toml"))]


def test_the_cases_reach_every_finding_and_level(retail):
    found = {name for case in cases() for name in case["expect"]["findings"]}
    own = {name for name, rule in retail.rubric.rules.items() if rule.dimension in DIMENSIONS}
    assert own <= found
    given = {
        (dimension, indicator, level)
        for case in cases()
        for dimension, answers in case["answers"].items()
        for indicator, level in answers.items()
    }
    wanted = {
        (dimension, indicator, level)
        for dimension in DIMENSIONS
        for indicator in retail.rubric.dimensions[dimension].indicators
        for level in range(5)
    }
    assert wanted - given == set()


def test_every_finding_is_answered_by_an_action(retail):
    answered = {name for action in retail.rubric.actions.values() for name in action.answers}
    asked = {
        name
        for name, rule in retail.rubric.rules.items()
        if rule.dimension in DIMENSIONS and rule.severity in ("risk", "note")
    }
    assert asked <= answered


def test_every_indicator_is_raised_by_an_action(retail):
    raised = {path for action in retail.rubric.actions.values() for path in action.raises}
    for dimension in DIMENSIONS:
        paths = {f"{dimension}.{name}" for name in retail.rubric.dimensions[dimension].indicators}
        assert paths <= raised


@pytest.mark.parametrize(
    ("profile", "weights"),
    [(None, (1, 1, 1)), ("store_chain", (1.5, 1, 1)), ("online_first", (1, 2, 0.5))],
)
def test_profiles_weigh_what_they_say(retail, profile, weights):
    card = build_scorecard(retail, profile=profile)
    assert tuple(card.dimensions[name].weight for name in DIMENSIONS) == weights


def test_a_shop_that_sends_nothing_is_not_asked_about_delivery(retail):
    card = build_scorecard(
        retail, {"queueing.measured": 3}, facts={"has_outlets": True, "delivers": False}
    )
    assert card.dimensions["last_mile"].score is None
    assert {i.state for i in card.dimensions["last_mile"].indicators} == {"not_asked"}
    assert "MISSED_DOOR" not in {rule.rule for rule in card.undetermined}


def test_an_engagement_keeps_the_pack_and_what_it_extends(tmp_path, retail):
    folder = build_engagement(tmp_path / "shop", retail, {"store.availability": 1})
    assert (folder / "rubric" / "extends" / "cx_phases" / "rubric.toml").is_file()
    opened = workbench(cxmaturity_pack_retail).open(folder)
    assert opened.pinned
