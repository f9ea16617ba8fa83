"""The interview driven by keys and mouse: every kind of question, notes, evidence, moving."""

from decimal import Decimal

import pytest
from textual.widget import Widget

from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.tui.screens.interview import InterviewScreen
from cxmaturity.tui.widgets.answer_box import AnswerBox
from cxmaturity.tui.widgets.sheet import Sheet
from tests.tui.driving import NORMAL, SIZES, WIDE, Driver, running
from tests.tui.engagements import new_engagement, open_session


@pytest.fixture
def acme(tmp_path):
    return new_engagement(tmp_path / "acme")


@pytest.fixture
def phases(tmp_path):
    return new_engagement(tmp_path / "acme", "cx_phases")


async def test_work_begins_at_the_first_open_question(acme):
    async with running(acme) as driver:
        assert isinstance(driver.app.screen, InterviewScreen)
        assert driver.session.place == "fact.funded"
        assert isinstance(driver.app.focused, AnswerBox)
        assert "Is there money for it?" in driver.text()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_the_digit_is_the_level_and_leads_to_the_next_question(acme, size, language):
    async with running(acme, size=size, language=language) as driver:
        await driver.at("care.listen")
        await driver.press("3")
        assert driver.session.rating("care.listen").value == 3
        assert driver.session.place == "care.rhythm"
        await driver.press("up")
        rows = driver.rows()
        level = {"en": "often", "fi": "usein"}[language]
        assert any("● 3" in row and level in row for row in rows)


async def test_an_answer_is_on_the_disk_when_the_screen_says_so(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.press("3")
        while driver.session.save_state.kind != "saved":
            await driver.rest()
        assert open_engagement(acme).assessor.ratings["care"]["listen"].value == 3
        assert "✓ saved" in driver.rows()[0]


@pytest.mark.parametrize(
    ("path", "keys", "stored"),
    [
        ("fact.funded", ["1"], True),
        ("fact.funded", ["2"], False),
        ("care.rhythm", ["2"], "weekly"),
        ("care.rhythm", ["right", "right", "enter"], "weekly"),
        ("care.habits", ["1", "3"], ("thanks", "visits")),
        ("care.habits", ["right", "space", "right", "space"], ("thanks", "calls")),
        ("care.habits", ["1", "1"], ()),
        ("care.habits", ["enter"], ()),
        ("fact.tools", ["c", "l"], ("t3", "t12")),
        ("fact.budget", ["2", "5", "0", "enter"], 250),
        ("speed.days", ["2", "comma", "5", "enter"], Decimal("2.5")),
        ("speed.days", ["9", "backspace", "4", "enter"], 4),
        ("fact.motto", ["enter", "G", "o", "enter"], "Go"),
        ("care.listen", ["d"], "unknown"),
        ("care.listen", ["a", "2"], "na:not_in_this_business"),
        ("care.listen", ["a", "escape"], None),
        ("care.listen", ["3", "up", "minus"], None),
        ("care.listen", ["3", "up", "backspace"], None),
        ("care.listen", ["right", "right", "space"], 1),
    ],
)
async def test_every_kind_is_answered_by_keys(acme, path, keys, stored):
    async with running(acme) as driver:
        await driver.at(path)
        await driver.press(*keys)
        assert driver.session.rating(path).value == stored


async def test_keys_typed_ahead_answer_one_question_each(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.hammer("4", "2", "1", "3")
        await driver.rest()
        said = [
            driver.session.rating(f"care.{name}").value for name in ("listen", "rhythm", "habits")
        ]
        assert said == [4, "weekly", ("thanks", "visits")]
        await driver.at("speed.days")
        await driver.hammer("5", "enter", "enter", "enter")
        await driver.rest()
        assert driver.session.rating("speed.days").value == 5
        assert driver.session.rating("speed.promise").value is None


async def test_a_number_outside_the_range_is_refused_with_what_is_allowed(acme):
    async with running(acme) as driver:
        await driver.at("speed.days")
        await driver.press("1", "0", "1", "enter")
        assert driver.session.rating("speed.days").value is None
        assert driver.session.place == "speed.days"
        assert "! A number from 0 to 100 (d)" in driver.text()
        await driver.press("backspace", "enter")
        assert driver.session.rating("speed.days").value == 10


async def test_a_number_half_written_is_kept_when_moving_on(acme):
    async with running(acme) as driver:
        await driver.at("speed.days")
        await driver.press("7", "up")
        assert driver.session.rating("speed.days").value == 7
        assert driver.session.place == "care.habits"


async def test_more_options_than_fit_are_scrolled_to(acme):
    async with running(acme) as driver:
        await driver.at("fact.tools")
        assert "more below" in driver.text()
        assert "Tool 12" not in driver.text()
        await driver.press("l")
        assert "[x] l Tool 12" in driver.text()
        assert "more above" in driver.text()


async def test_letters_of_options_are_commands_again_in_the_list(acme):
    async with running(acme) as driver:
        await driver.at("fact.tools")
        await driver.press("a")
        assert driver.session.rating("fact.tools").value == ("t1",)
        assert "Tab, then: a not applicable" in driver.text()
        await driver.press("tab", "a", "1")
        assert driver.session.rating("fact.tools").value == "na:out_of_scope"


async def test_a_note_is_kept_on_leaving_it(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.press("n")
        await driver.write("ask x 3")
        await driver.press("escape")
        assert driver.session.rating("care.listen").note == "ask x 3"
        assert isinstance(driver.app.focused, AnswerBox)
        assert "ask x 3" in driver.text()
        await driver.press("n", "!", "tab")
        assert driver.session.rating("care.listen").note == "ask x 3!"


async def test_an_untouched_note_stays_byte_for_byte(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        driver.session.note("care.listen", "a\x1b[31mb\r\nc  ")
        await driver.press("n", "escape")
        assert driver.session.rating("care.listen").note == "a\x1b[31mb\r\nc  "


async def test_evidence_is_asked_in_one_window(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.press("e", "backspace", "2", "enter")
        await driver.write("minutes")
        await driver.press("enter")
        await driver.write("1.2.2027")
        await driver.press("enter")
        assert "younger" in driver.text(), "evidence of the future is refused in place"
        await driver.press(*["backspace"] * 8)
        await driver.write("1.2.2026")
        await driver.press("enter")
        entry = driver.session.evidence("care.listen")
        assert entry
        assert (entry.grade, entry.reference, str(entry.date)) == (
            "documented", "minutes", "2026-02-01",
        )  # fmt: skip
        assert "●●○ documented “minutes”" in driver.text()


async def test_facts_have_no_evidence(acme):
    async with running(acme) as driver:
        await driver.press("e")
        assert driver.session.place == "fact.funded"
        assert "Evidence" not in driver.rows()[-1]
        assert isinstance(driver.app.screen, InterviewScreen)


async def test_flag_and_undo_across_questions(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        await driver.press("f", "2", "1", "u", "u", "u")
        assert driver.session.place == "care.listen"
        assert not driver.session.rating("care.listen").flag
        assert driver.session.rating("care.rhythm").value is None
        await driver.press("ctrl+y")
        assert driver.session.rating("care.listen").flag
        assert "! flagged" in driver.text()


async def test_questions_that_are_not_asked_leave_the_list(acme):
    async with running(acme) as driver:
        assert "Budget" in driver.text()
        await driver.press("2")
        await driver.press("up")
        assert "Budget" not in driver.text()
        await driver.press("1", "up")
        assert "Budget" in driver.text()


async def test_moving_by_keys(acme):
    async with running(acme) as driver:
        places = []
        for key in ["down", "j", "k", "pagedown", "pagedown", "pageup", "end", "home", "x"]:
            await driver.press(key)
            places.append(driver.session.place)
        assert places == [
            "fact.budget", "fact.motto", "fact.budget", "fact.motto", "speed.days", "fact.motto",
            "speed.promise", "fact.funded", "fact.budget",
        ]  # fmt: skip


async def test_going_to_a_question_by_words_or_number(acme):
    async with running(acme) as driver:
        await driver.press("g", "r", "h", "y", "enter")
        assert driver.session.place == "care.rhythm"
        await driver.press("slash", "9", "enter")
        assert driver.session.place == "speed.promise"
        await driver.press("g", "q", "q", "q", "enter")
        assert "Nothing is called that" in driver.text()
        await driver.press("escape")
        assert driver.session.place == "speed.promise"


async def test_the_mouse_answers_moves_and_presses_hints(acme):
    async with running(acme) as driver:
        await driver.at("care.listen")
        row = next(y for y, said in enumerate(driver.rows()) if "○ 3" in said)
        await driver.pilot.click(offset=(40, row))
        await driver.pilot.pause()
        assert driver.session.rating("care.listen").value == 3
        row = next(y for y, said in enumerate(driver.rows()) if "Motto" in said[:26])
        await driver.pilot.click(offset=(8, row))
        await driver.pilot.pause()
        assert driver.session.place == "fact.motto"
        hints = driver.rows()[-1]
        await driver.pilot.click(offset=(hints.index("Undo"), len(driver.rows()) - 1))
        await driver.pilot.pause()
        assert driver.session.rating("care.listen").value is None


async def test_the_side_panel_moves_with_every_answer(acme):
    async with running(acme, size=WIDE) as driver:
        await driver.at("care.listen")
        await driver.press("3", "2")
        text = driver.text()
        assert "3.50" in text
        assert "2.33 – 3.67" in text
        assert "First" in text
        await driver.press("b")
        assert "2.33 – 3.67" not in driver.text()


async def test_a_list_with_a_click_on_a_group_goes_to_its_first_question(acme):
    async with running(acme) as driver:
        row = next(y for y, said in enumerate(driver.rows()) if "Speed" in said[:26])
        await driver.pilot.click(offset=(8, row))
        await driver.pilot.pause()
        assert driver.session.place == "speed.days"


async def test_nothing_is_laid_out_anew_while_answering(phases, monkeypatch):
    async with running(phases) as driver:
        await driver.at("leadership.why")
        count = _count_layouts(driver, monkeypatch)
        await driver.press("3", "2", "1", "4")
        assert driver.session.place != "leadership.why"
        assert count == []


def _count_layouts(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Calls of a private method of Textual's, looked at in this one place."""
    count: list[int] = []
    screen = driver.app.screen
    original = screen._refresh_layout  # noqa: SLF001 - nothing public tells

    def counting(*arguments: object, **named: object) -> None:
        count.append(1)
        original(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(screen, "_refresh_layout", counting)
    return count


@pytest.mark.parametrize("size", SIZES)
async def test_the_screen_is_made_of_few_widgets_all_inside_it(acme, size):
    async with running(acme, size=size) as driver:
        widgets = [*driver.app.screen.walk_children(Widget)]
        assert len(widgets) <= 40
        for widget in widgets:
            if widget.display and widget.region.area:
                assert widget.region.right <= size[0]
                assert widget.region.bottom <= size[1]
        shown = {widget.id for widget in widgets if widget.region.area}
        assert {"top", "question", "answer", "note-text", "keys"} <= shown
        assert ("navigator" in shown) == (size != SIZES[0])
        assert ("side" in shown) == (size == WIDE)


@pytest.mark.parametrize("size", [*SIZES, (100, 24)])
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_every_level_of_the_default_rubric_is_shown_whole(phases, size, language):
    async with running(phases, size=size, language=language) as driver:
        for question in driver.session.questions:
            if question.kind.widget != "scale":
                continue
            await driver.at(question.path)
            shown = " ".join(driver.text().split())
            box = driver.app.screen.query_one(AnswerBox)
            said = " ".join(box.drawing.text().split())
            for _key, text in question.options():
                assert text[language] in said, (question.path, size)
            assert "more below" not in shown


async def test_a_terminal_that_is_too_small_says_so(acme):
    async with running(acme, size=(50, 18)) as driver:
        assert "60×20" in " ".join(driver.text().split())
        await driver.press("1")
        assert driver.session.rating("fact.funded").value is None, "nobody answers blindly"
        await driver.pilot.resize_terminal(*NORMAL)
        await driver.rest()
        await driver.press("1")
        assert driver.session.rating("fact.funded").value is True
        assert "How much?" in driver.text()


async def test_the_next_open_question_is_marked_in_the_list(acme):
    async with running(acme) as driver:
        await driver.press("end")
        chosen = driver.app.screen.query_one("#navigator", Sheet).chosen
        assert chosen
        assert chosen.key == "speed.promise"
        marked = [row for row in driver.rows() if row.startswith("▌")]
        assert len(marked) == 1
        assert "Promise" in marked[0]


async def test_a_finished_interview_says_so(acme):
    session = open_session(acme)
    for question in session.questions:
        session.unknown(question.path)
    session.save_now()
    async with running(acme) as driver:
        await driver.press("x")
        assert "Every question has an answer." in driver.remarks()
