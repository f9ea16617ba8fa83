"""Respondents asked here: whose answers, saved and undone like the assessor's, shown to nobody."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.errors import UsageError
from cxmaturity.model.people import People
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.imports import save_import
from cxmaturity.store.responses import read_respondent, respondent_codes, save_respondent
from cxmaturity.store.revision import ABSENT
from cxmaturity.tui.respondent import begin_respondent, listed
from cxmaturity.tui.screens.interview import InterviewScreen
from tests.tui.driving import SIZES, WIDE, Driver, running
from tests.tui.engagements import new_engagement, new_session, open_session

LISTEN, RHYTHM, HABITS = "care.listen", "care.rhythm", "care.habits"


@pytest.fixture
def session(tmp_path):
    return new_session(tmp_path / "acme")


@pytest.fixture
def acme(tmp_path):
    return new_engagement(tmp_path / "acme")


def on_disk(folder: Path, code: str) -> Respondent:
    return read_respondent(folder, code).respondent


def imported(folder: Path, *codes: str) -> None:
    """Some people of an import, all of one mind."""
    people = People(codes, {"role": ("staff",) * len(codes)}, {LISTEN: (3,) * len(codes)})
    save_import(folder, people, rubric_id="showcase", rubric_version="1.0.0")


# without a screen -------------------------------------------------------------------------------


def test_a_respondent_is_asked_indicators_only(session):
    desk = begin_respondent(session, "r-014", {"role": "staff"})
    assert {question.path for question in desk.questions} == {
        question.path for question in session.questions if not question.is_fact
    }
    assert desk.place == LISTEN
    assert desk.respondent.places == {"role": "staff"}


def test_every_answer_reaches_the_persons_own_file(session):
    desk = begin_respondent(session, "r-014", {"role": "staff"})
    desk.answer(LISTEN, 3)
    assert desk.save_state.kind == "waiting"
    assert desk.save_now().kind == "saved"
    found = on_disk(session.folder.path, "r-014")
    assert found.answers == {"care": {"listen": 3}}
    assert found.interviewed == dt.date(2026, 3, 31)
    desk.answer(HABITS, ("calls", "thanks"))
    desk.not_applicable(RHYTHM, "other")
    desk.save_now()
    assert on_disk(session.folder.path, "r-014").answers == {
        "care": {"listen": 3, "habits": ("thanks", "calls"), "rhythm": "na:other"}
    }
    assert open_session(session.folder.path).rating(LISTEN).value is None, "not the assessor's"


def test_undo_and_redo_go_across_questions(session):
    desk = begin_respondent(session, "r-014", {})
    desk.answer(LISTEN, 3)
    desk.answer(RHYTHM, "weekly")
    assert desk.undo() == RHYTHM
    assert desk.undo() == LISTEN
    assert desk.redo() == LISTEN
    desk.save_now()
    assert on_disk(session.folder.path, "r-014").answers == {"care": {"listen": 3}}


def test_a_respondent_has_neither_note_nor_flag_nor_evidence(session):
    desk = begin_respondent(session, "r-014", {})
    desk.note(LISTEN, "what the boss must not read")
    desk.flag(LISTEN)
    assert desk.rating(LISTEN).note == ""
    assert not desk.can_undo
    assert desk.evidence(LISTEN) is None


def test_what_is_asked_follows_facts_and_own_answers(session):
    desk = begin_respondent(session, "r-014", {})
    desk.answer("speed.days", 9)
    assert "speed.promise" not in {question.path for question in desk.asked()}
    desk.answer("speed.days", 1)
    assert "speed.promise" in {question.path for question in desk.asked()}


def test_another_program_at_the_same_respondent_keeps_both(session):
    desk: Any = begin_respondent(session, "r-014", {})
    desk.answer(LISTEN, 3)
    other = Respondent(code="r-014", answers={"care": {"listen": 1}})
    save_respondent(session.folder.path, other, ABSENT)
    assert desk.save_now().kind == "conflict"
    (kept,) = desk.conflict.kept
    assert kept.name == "r-014.conflict-1.toml"
    assert respondent_codes(session.folder.path) == {"r-014": "interview"}
    desk.take_mine()
    assert on_disk(session.folder.path, "r-014").answers == {"care": {"listen": 3}}
    save_respondent(
        session.folder.path, other, read_respondent(session.folder.path, "r-014").revision
    )
    desk.finish(desk.start_looking()())
    assert desk.save_state.kind == "saved"
    assert desk.rating(LISTEN).value == 1, "nothing was answered since: the newer one is taken"
    desk.answer(RHYTHM, "weekly")
    desk.save_now()
    save_respondent(
        session.folder.path, other, read_respondent(session.folder.path, "r-014").revision
    )
    desk.finish(desk.start_looking()())
    assert desk.save_state.kind == "conflict", "the newer one lacks an answer"
    desk.take_theirs()
    assert desk.rating(RHYTHM).value is None


def test_an_imported_respondent_cannot_be_opened(session):
    imported(session.folder.path, "a1", "a2")
    with pytest.raises(UsageError, match="imported"):
        begin_respondent(session, "a1", {})
    assert [(who.code, who.source, who.done) for who in listed(session.folder.path)] == [
        ("a1", "import", 1), ("a2", "import", 1),
    ]  # fmt: skip


def test_what_is_no_code_and_no_place_is_refused(session):
    for code in ("", "Ä", "../x", "a" * 41):
        with pytest.raises(UsageError):
            begin_respondent(session, code, {})
    with pytest.raises(UsageError, match="no group axis"):
        begin_respondent(session, "r-1", {"planet": "mars"})
    with pytest.raises(UsageError, match="no place"):
        begin_respondent(session, "r-1", {"role": "nobody"})


def test_a_copy_takes_the_respondent_along(session, tmp_path):
    desk = begin_respondent(session, "r-014", {})
    desk.answer(LISTEN, 3)
    desk.save_copy(tmp_path / "copy")
    assert on_disk(tmp_path / "copy", "r-014").answers == {"care": {"listen": 3}}


# on the screen ----------------------------------------------------------------------------------


async def begin(driver: Driver, code: str = "r-014", role: str = "staff") -> None:
    await driver.press("r")
    await driver.rest()
    await driver.press("down", "enter")
    driver.widget("#field-code").value = code
    driver.widget("#field-role").value = role
    await driver.press("enter", "enter")
    await driver.rest()


def asked(driver: Driver) -> Any:
    """Who is asked; there must be somebody."""
    assert driver.app.respondent is not None
    return driver.app.respondent


def heard(driver: Driver) -> int | None:
    """How many people the scorecard in hand has heard."""
    people = driver.session.scorecard().people
    return people.n if people else None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_somebody_new_is_asked_and_the_top_line_says_who(acme, size, language):
    async with running(acme, size=size, language=language) as driver:
        await begin(driver)
        assert isinstance(driver.screen, InterviewScreen)
        assert "r-014 (" in driver.rows()[0]
        await driver.press("3", "2", "ctrl+s")
        await driver.rest()
        assert on_disk(acme, "r-014").answers == {"care": {"listen": 3, "rhythm": "weekly"}}
        assert on_disk(acme, "r-014").places == {"role": "staff"}
        assert driver.session.rating(LISTEN).value is None
        await driver.press("u", "ctrl+s")
        await driver.rest()
        assert on_disk(acme, "r-014").answers == {"care": {"listen": 3}}
        assert all(len(row) <= size[0] for row in driver.rows())


async def test_no_score_of_one_person_stands_beside(acme):
    async with running(acme, size=WIDE) as driver:
        await driver.at(LISTEN)
        assert "Still possible" in driver.text()
        await begin(driver)
        await driver.press("3")
        assert "Still possible" not in driver.text()
        assert "Score" not in driver.text()
        assert "1/5" in driver.text()


async def test_evidence_notes_and_copies_are_the_assessors(acme):
    async with running(acme) as driver:
        await begin(driver)
        for key in ("e", "n", "f", "y"):
            await driver.press(key)
            assert isinstance(driver.screen, InterviewScreen), key
            assert driver.focus == "answer"
        assert driver.remarks() == []


async def test_back_to_the_assessor_and_to_the_same_respondent(acme):
    async with running(acme) as driver:
        await begin(driver)
        await driver.press("3", "r")
        await driver.rest()
        assert "1/5" in driver.text()
        await driver.press("enter")
        await driver.rest()
        assert driver.app.respondent is None
        assert "r-014" not in driver.rows()[0]
        await driver.press("r")
        await driver.rest()
        await driver.press(*"014", "enter")
        await driver.rest()
        assert asked(driver).rating(LISTEN).value == 3
        assert asked(driver).place == RHYTHM, "on at the first open question"


async def test_a_wrong_code_is_said_in_the_window(acme):
    async with running(acme) as driver:
        await begin(driver, code="../x")
        assert "codes are lower-case letters" in " ".join(driver.text().split())
        driver.widget("#field-code").value = ""
        await driver.press("enter")
        assert "A code is needed" in driver.text()
        driver.widget("#field-code").value = "r-1"
        driver.widget("#field-role").value = "nobody"
        await driver.press("enter")
        assert "has no place" in " ".join(driver.text().split())
        driver.widget("#field-role").value = "Staff"
        await driver.press("enter")
        await driver.rest()
        assert asked(driver).respondent.places == {"role": "staff"}, "by title, too"


async def test_an_imported_one_is_listed_and_said_why_it_cannot_be_opened(acme):
    imported(acme, "a1", "a2", "a3")
    async with running(acme) as driver:
        await driver.press("r")
        await driver.rest()
        assert "imported" in driver.text()
        await driver.press(*"a2", "enter")
        await driver.rest()
        assert "was imported and cannot answer here" in " ".join(driver.text().split())
        assert "F1 Help" in driver.rows()[-1], "what works is still said under the window"
        await driver.press("escape")
        assert driver.app.respondent is None


async def test_respondents_are_heard_when_the_results_are_looked_at(acme):
    imported(acme, "a1", "a2", "a3", "a4")
    async with running(acme) as driver:
        assert heard(driver) is None or heard(driver) == 4
        await begin(driver, code="r-1")
        await driver.press("3", "f4")
        await driver.rest()
        assert heard(driver) == 5
        await driver.press("f3")
        assert "r-1 (" in driver.rows()[0], "still the respondent's turn"
        await driver.press("f4", "u")
        await driver.rest()
        assert asked(driver).rating(LISTEN).value == 3, "not undone from afar"


async def test_a_refused_save_is_not_left_for_somebody_else(acme, monkeypatch):
    import errno

    from cxmaturity.store import files

    def refuse(_path, _data):
        raise OSError(errno.ENOSPC, "full")

    async with running(acme) as driver:
        await begin(driver)
        monkeypatch.setattr(files, "_write_new", refuse)
        await driver.press("3", "ctrl+s")
        await driver.rest()
        assert "NOT SAVED" in driver.rows()[0]
        await driver.press("r")
        await driver.rest()
        assert "Leave without the last answers" in driver.text()
        await driver.press("escape")
        monkeypatch.undo()
        await driver.press("ctrl+s")
        await driver.rest()
        assert on_disk(acme, "r-014").answers == {"care": {"listen": 3}}
