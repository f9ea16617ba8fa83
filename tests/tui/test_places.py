"""The places of the interface: home, what-if, rubric; language, colours, help, jumping, copying."""

import tomllib

import pytest

from cxmaturity.text.messages import current_language
from cxmaturity.tui.screens.home import HomeScreen
from cxmaturity.tui.screens.interview import InterviewScreen
from cxmaturity.tui.screens.results import ResultsScreen
from cxmaturity.tui.screens.rubric import RubricScreen
from cxmaturity.tui.screens.rubric_entries import Reader, flat
from cxmaturity.tui.screens.whatif import WhatIfScreen
from tests.tui.driving import SIZES, WIDE, running
from tests.tui.engagements import new_engagement, open_session


@pytest.fixture
def acme(tmp_path):
    return new_engagement(tmp_path / "acme")


# home -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_an_empty_home_says_which_keys_begin(tmp_path, size, language):
    async with running(None, size=size, language=language, settings=tmp_path / "c.toml") as driver:
        text = driver.text()
        for key in (" n ", " o ", " d "):
            assert key in text
        assert isinstance(driver.screen, HomeScreen)
        await driver.press("f3")
        assert driver.remarks() == []


async def test_a_new_engagement_is_made_and_opened(tmp_path):
    async with running(None, settings=tmp_path / "c.toml") as driver:
        await driver.press("n", "enter", "enter", "enter", "enter")
        assert "An organisation is needed." in driver.text()
        driver.widget("#field-organisation").value = "Saari [/] Oy"
        driver.widget("#field-folder").value = str(tmp_path / "saari")
        await driver.press("enter")
        await driver.rest()
        await driver.rest()
        assert isinstance(driver.screen, InterviewScreen)
        assert driver.session.organisation == "Saari [/] Oy"
        assert "Saari [/] Oy" in driver.rows()[0]
    settings = tomllib.loads((tmp_path / "c.toml").read_text("utf-8"))
    assert settings["recent"] == [str(tmp_path / "saari")]


async def test_an_occupied_folder_is_refused_in_place(tmp_path, acme):
    async with running(None, settings=tmp_path / "c.toml") as driver:
        await driver.press("n")
        driver.widget("#field-organisation").value = "X"
        driver.widget("#field-folder").value = str(acme)
        await driver.press("enter", "enter", "enter", "enter")
        assert "already exists and is not empty" in " ".join(driver.text().split())


async def test_recent_engagements_show_progress_phase_and_faults(tmp_path, acme):
    session = open_session(acme)
    session.answer("care.listen", 3)
    session.answer("care.rhythm", "weekly")
    session.save_now()
    recent = (str(acme), str(tmp_path / "gone"))
    async with running(None, settings=tmp_path / "c.toml", recent=recent, size=WIDE) as driver:
        text = driver.text()
        assert "Acme Oy" in text
        assert "2/9" in text
        assert "First" in text
        assert "unreadable" in text
        await driver.press("down", "minus")
        assert "unreadable" not in driver.text()
        await driver.press("enter")
        await driver.rest()
        assert driver.session.folder.path == acme


async def test_a_folder_without_engagement_is_refused(tmp_path):
    async with running(None, settings=tmp_path / "c.toml") as driver:
        await driver.press("o")
        driver.widget("#field-folder").value = str(tmp_path)
        await driver.press("enter")
        assert "There is no engagement in" in driver.text()


async def test_the_example_opens_as_a_copy(tmp_path):
    async with running(None, settings=tmp_path / "c.toml") as driver:
        await driver.press("d")
        await driver.rest()
        await driver.rest()
        assert isinstance(driver.screen, InterviewScreen)
        assert driver.session.folder.engagement.fictional
        assert driver.session.live.phase is not None


# going about ------------------------------------------------------------------------------------


async def test_function_keys_and_digits_lead_to_every_place(acme):
    async with running(acme) as driver:
        for key, place in (
            ("f2", HomeScreen), ("f3", InterviewScreen), ("f4", ResultsScreen),
            ("f5", WhatIfScreen), ("f8", RubricScreen), ("f2", HomeScreen), ("4", ResultsScreen),
            ("f2", HomeScreen), ("8", RubricScreen), ("escape", HomeScreen), ("3", InterviewScreen),
        ):  # fmt: skip
            await driver.press(key)
            await driver.rest()
            assert isinstance(driver.screen, place), key


async def test_the_language_changes_while_it_runs_and_is_remembered(acme, tmp_path):
    settings = tmp_path / "c.toml"
    async with running(acme, settings=settings) as driver:
        for key in ("f3", "f5", "f8", "f4"):
            await driver.press(key)
            await driver.rest()
        assert "Overview" in driver.text()
        await driver.press("l")
        await driver.rest()
        assert current_language() == "fi"
        assert "Overview" not in driver.text()
        await driver.press("f3")
        assert "Onko sille rahaa?" in driver.text()
        assert "ei koske" in driver.text()
        await driver.press("f8")
        assert "Kaikki lajit" in driver.text()
        await driver.press("l", "f3")
        assert "Is there money for it?" in driver.text()
    assert tomllib.loads(settings.read_text("utf-8"))["language"] == "en"


async def test_colours_change_and_are_remembered(acme, tmp_path):
    settings = tmp_path / "c.toml"
    settings.write_text('who = "kept"\n', "utf-8")
    async with running(acme, settings=settings) as driver:
        assert driver.app.theme == "cx-dark"
        await driver.press("c")
        assert driver.app.theme == "cx-light"
        await driver.press("c")
        assert driver.app.theme == "cx-contrast"
    said = tomllib.loads(settings.read_text("utf-8"))
    assert said["theme"] == "contrast"
    assert said["who"] == "kept", "what others wrote there stays"


@pytest.mark.parametrize("place", ["home", "interview", "results", "what_if", "rubric"])
async def test_plain_signs_are_ascii_but_for_letters(acme, place):
    async with running(acme, ascii=True) as driver:
        await driver.app.do(place)
        await driver.rest()
        odd = {c for c in driver.text() if not c.isascii() and not c.isalpha()}
        assert odd == set()


async def test_help_explains_the_question_and_every_key(acme):
    async with running(acme, size=WIDE) as driver:
        await driver.at("care.listen")
        await driver.press("f1")
        text = driver.text()
        for said in ("Do you listen?", "Judge by the past year.", "How to answer", "at times"):
            assert said in text
        await driver.press("escape")
        assert isinstance(driver.screen, InterviewScreen)


async def test_a_jump_goes_to_the_part_with_the_letter(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.press("ctrl+o")
        letters = [row for row in driver.rows() if " a " in row or " s " in row]
        assert letters
        await driver.press("a")
        assert driver.focus == "navigator"
        await driver.press("ctrl+o", "escape")
        assert driver.focus == "navigator"
        await driver.press("ctrl+o", "f")
        assert driver.focus == "note-editor"


async def test_a_question_is_copied_as_markdown(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        driver.session.answer("care.listen", 3)
        driver.session.note("care.listen", "*really*")
        await driver.press("y")
        assert driver.app.clipboard == (
            "**5. Listening**\n\nDo you listen?\n\n- 3 – often\n- note: \\*really\\*\n"
        )


# what if ----------------------------------------------------------------------------------------


async def test_a_what_if_is_marked_and_shows_both_worlds(acme):
    session = open_session(acme)
    session.answer("care.listen", 1)
    session.answer("care.rhythm", "yearly")
    session.save_now()
    async with running(acme) as driver:
        await driver.press("f5")
        await driver.rest()
        assert "WHAT IF – nothing here is saved" in driver.rows()[0]
        screen = driver.screen
        screen.desk.place = "care.listen"
        screen.retell()
        await driver.press("4", "2")
        text = driver.text()
        assert "1.00 → 4.00 (+3.00)" in text
        assert "2 changes" in driver.rows()[0]
        assert driver.session.rating("care.listen").value == 1
        await driver.press("v")
        assert "Listening: 1 → 4" in driver.text()
        await driver.press("escape", "u")
        assert "1 change" in driver.rows()[0]
        await driver.press("f3", "f5")
        assert "1 change" in driver.rows()[0], "going away keeps what was supposed"
        await driver.press("r")
        assert "0 changes" in driver.rows()[0]


async def test_a_what_if_follows_the_real_answers(acme):
    async with running(acme) as driver:
        await driver.press("f5")
        driver.screen.desk.place = "care.listen"
        driver.screen.retell()
        await driver.press("4", "f3")
        await driver.at("care.rhythm")
        await driver.press("2", "f5")
        what_if = driver.screen.what_if
        assert what_if.rating("care.rhythm").value == "weekly"
        assert [item.path for item in what_if.suppositions()] == ["care.listen"]


async def test_evidence_and_weights_can_be_supposed(acme):
    async with running(acme) as driver:
        await driver.press("f5")
        driver.screen.desk.place = "care.listen"
        driver.screen.retell()
        await driver.press("e", "3", "p", "enter", "5", "enter")
        await driver.press("v")
        text = driver.text()
        assert "Evidence, Listening: claimed → demonstrated" in text
        assert "Weight, Listening: as in the rubric → 5" in text


# rubric -----------------------------------------------------------------------------------------


async def test_every_entry_of_the_rubric_can_be_read_in_both_languages(tmp_path):
    acme = new_engagement(tmp_path / "phases", "cx_phases")
    async with running(acme) as driver:
        await driver.press("f8")
        await driver.rest()
        screen = driver.screen
        assert isinstance(screen, RubricScreen)
        rubric = driver.session.rubric
        for language in ("en", "fi"):
            reader = Reader(rubric, language)
            keys = {entry.key for entry in flat(reader.entries())}
            assert {f"rule:{id_}" for id_ in rubric.rules} <= keys
            assert {f"action:{id_}" for id_ in rubric.actions} <= keys
            for key in keys:
                assert reader.text_of(key)[0].text, (language, key)
                screen.read(key)
            await driver.press("l")
            await driver.rest()


async def test_the_rubric_is_unfolded_searched_and_read(acme):
    async with running(acme) as driver:
        await driver.press("f8", "g", *"rhythm", "enter")
        await driver.rest()
        text = driver.text()
        assert "How often do you meet?" in text
        assert "Weekly" in text
        await driver.press("y")
        assert driver.app.clipboard.startswith("## Rhythm")
        await driver.press("tab")
        assert driver.focus == "entry"
        await driver.press("tab", "up")
        assert "Do you listen?" in driver.text()


async def test_without_an_engagement_the_default_rubric_can_be_read(tmp_path):
    async with running(None, settings=tmp_path / "c.toml") as driver:
        await driver.press("f8")
        await driver.rest()
        assert "cx_phases" in driver.text()
