"""The bundled example: invented, complete, and with something to show in every part of a result."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.messages import Language, use_language
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.creating import create_example
from tests.rubrics.texts import read

EXAMPLE = "example/answers.toml"


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def made(folder: Path, language: Language) -> Opened:
    use_language(language)
    bench = Workbench()
    create_example(bench, folder, "cx_phases")
    return bench.open(folder)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return made(tmp_path_factory.mktemp("example") / "en", "en")


@pytest.fixture(scope="module")
def card(opened: Opened) -> Scorecard:
    return Workbench().score(opened)


def test_it_is_marked_as_invented(opened: Opened):
    assert opened.engagement.fictional


def test_it_is_in_confusion_and_may_turn_out_higher(card: Scorecard):
    assert card.phase.id == "confusion"
    assert (card.phase.bounds.low, card.phase.bounds.high) == ("confusion", "awakening")


def test_findings_of_every_severity_show(card: Scorecard):
    assert {f.severity for f in card.findings} == {"blocker", "risk", "note", "strength"}


def test_caps_bind_rules_stay_open_and_evidence_pulls_down(card: Scorecard):
    dimensions = card.dimensions.values()
    assert any(cap.binds for d in dimensions for cap in d.caps)
    assert any(open_.severity and open_.needs for open_ in card.undetermined)
    assert any(d.evidenced is not None and d.evidenced < (d.score or 0) for d in dimensions)
    assert card.provenance.aged_evidence
    assert card.provenance.undated_evidence == 1


def test_some_answers_are_open_unknown_and_not_applicable(card: Scorecard):
    states = {i.state for d in card.dimensions.values() for i in d.indicators}
    assert {"answered", "unanswered", "unknown", "not_applicable"} <= states


def test_targets_and_recommendations_show(card: Scorecard):
    assert card.targets is not None
    assert card.targets.indicators >= 3
    assert any(r.waits_for for r in card.recommendations)
    assert any(not r.waits_for for r in card.recommendations)


def test_every_rating_has_a_note_and_two_are_flagged():
    ratings = [r for table in read(EXAMPLE)["ratings"].values() for r in table.values()]
    assert [rating for rating in ratings if not rating.get("note")] == []
    assert sum(rating.get("flag", False) for rating in ratings) == 2


def test_notes_are_in_the_language_spoken(tmp_path: Path):
    written = read(EXAMPLE)
    languages: tuple[Language, ...] = ("en", "fi")
    for language in languages:
        folder = made(tmp_path / language, language).folder
        note = folder.assessor.ratings["loop"]["weekly"].note
        assert note == written["ratings"]["loop"]["weekly"]["note"][language]
        reference = folder.evidence.evidence["loop"]["weekly"].reference
        assert reference == written["evidence"]["loop"]["weekly"]["reference"][language]
