"""People and measures on their place: what may be shown, in words, charts and tables."""

from dataclasses import replace
from typing import Any

import pytest

from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.account import Account
from cxmaturity.text.messages import LANGUAGES, speaking
from cxmaturity.text.names import names_of
from cxmaturity.tui.screens.people import PeopleScreen
from cxmaturity.tui.screens.people_views import VIEWS
from cxmaturity.tui.widgets.drawing import Frame
from tests.exporters.example import CARD
from tests.exporters.people_example import PEOPLE_CARD
from tests.tui.driving import SIZES, running
from tests.tui.engagements import crowd, new_engagement
from tests.tui.kept_pictures import assert_picture
from tests.tui.results_app import Kept, ResultsApp, screen_text

ALL = "1234"
HOSTILE = "[/][@click=app.quit]x\x1b[31m\x9b2J\u202e" + "ä" * 90


@pytest.fixture(params=LANGUAGES)
def language(request):
    with speaking(request.param):
        yield request.param


def people_app(card: Scorecard = PEOPLE_CARD, **more: Any) -> ResultsApp:
    return ResultsApp(Kept(card), screen=PeopleScreen, **more)


# every view -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_views_look_as_they_did(size, language):
    app = people_app()
    said = []
    async with app.run_test(size=size) as pilot:
        for key in (*ALL, "1", "t", "3", "4"):
            await pilot.press(key)
            await pilot.pause()
            said.append(screen_text(app).rpartition("\n")[0])
    edge = "=" * size[0]
    assert_picture(f"people.{language}.{size[0]}x{size[1]}", f"\n{edge}\n".join(said))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_line_fits_and_says_that_it_is_a_working_view(size, language):
    app = people_app()
    async with app.run_test(size=size) as pilot:
        for key in ALL:
            await pilot.press(key)
            await pilot.pause()
            text = screen_text(app)
            assert all(len(row) <= size[0] for row in text.splitlines())
            with speaking("en"):
                here = "A working view" in text
            assert here or language == "fi"


async def test_all_signs_are_plain_where_the_user_wants_that():
    app = people_app(plain_signs=True)
    async with app.run_test(size=(120, 40)) as pilot:
        for key in (*ALL, "t"):
            await pilot.press(key)
            await pilot.pause()
            assert [c for c in screen_text(app) if not c.isascii() and not c.isalpha()] == []


async def test_a_hidden_group_has_no_mark_no_figure_and_no_letter():
    app = people_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        chart = screen_text(app)
        assert "Partners" not in chart
        assert "some groups are not shown" in chart
        await pilot.press("2")
        await pilot.pause()
        rows = [row for row in screen_text(app).splitlines() if "Partners" in row]
        assert len(rows) == 1
        assert not any(character.isdigit() for character in rows[0])


async def test_another_axis_groups_otherwise():
    app = people_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "A Top management" in screen_text(app)
        await pilot.press("g")
        await pilot.pause()
        assert "A Sales" in screen_text(app)
        await pilot.press("g")
        await pilot.pause()
        assert "A Top management" in screen_text(app)


async def test_a_dimension_stays_chosen_from_view_to_view():
    app = people_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "3")
        await pilot.pause()
        assert "People believe 1.2 more than the assessor found." in screen_text(app)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("1", "down"), "**Leadership**"),
        (("3",), "Agreement between all who answered"),
        (("4",), "**Net Promoter Score**"),
        (("2",), "41 people have answered"),
    ],
)
async def test_copies_say_that_they_are_of_a_working_view(keys, said):
    app = people_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, "y")
        await pilot.pause()
    assert said in app.copied[0].replace("\\", "")
    assert "not to be handed on" in app.copied[0]


async def test_a_copy_of_the_results_says_it_where_people_were_heard():
    for card, remark in ((PEOPLE_CARD, True), (CARD, False)):
        app = ResultsApp(Kept(card))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("2", "y", "7", "y")
            await pilot.pause()
        assert len(app.copied) == 2
        assert all(("not to be handed on" in text) is remark for text in app.copied)


async def test_without_respondents_measures_come_first_and_without_both_it_is_said():
    app = people_app(replace(CARD, measures=PEOPLE_CARD.measures))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Net Promoter Score" in screen_text(app)
        for key in ALL[:3]:
            await pilot.press(key, "t")
            await pilot.pause()
            assert "Traceback" not in screen_text(app)
    empty = people_app(replace(CARD, measures=()))
    async with empty.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "cxmaturity import" in screen_text(empty)


@pytest.mark.parametrize("width", [40, 58, 78, 118])
def test_foreign_words_stay_harmless_in_every_picture(width):
    assert PEOPLE_CARD.people is not None
    axis = replace(
        PEOPLE_CARD.people.axes[1], title={"en": HOSTILE}, places={"top": {"en": HOSTILE}}
    )
    info = replace(PEOPLE_CARD.people, axes=(axis,))
    measure = replace(
        PEOPLE_CARD.measures[0], title={"en": HOSTILE}, definition={"en": HOSTILE}, unit=HOSTILE,
        file=HOSTILE, period=HOSTILE, found=HOSTILE, scale_ok=False,
    )  # fmt: skip
    card = replace(PEOPLE_CARD, people=info, measures=(measure,))
    told = Account(card, names_of(card, None), "en")
    for view in VIEWS:
        for draw in filter(None, (view.picture, view.twin)):
            text = draw(told, Frame(width, 20, measure.id)).text()
            assert not any(c < " " and c != "\n" for c in text)
            assert not {"\x9b", "\u202e"} & set(text)
            assert all(len(row) <= width for row in text.splitlines()), view.id


# in the program ---------------------------------------------------------------------------------


async def test_the_place_is_there_only_with_people_or_measures(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    async with running(acme) as driver:
        await driver.press("f2")
        assert "F6" not in driver.text()
        await driver.press("6", "f6")
        await driver.rest()
        assert driver.screen.PLACE == "home"
    crowd(acme)
    async with running(acme) as driver:
        await driver.press("f2")
        assert "F6 People" in driver.text()
        await driver.press("6")
        await driver.rest()
        assert isinstance(driver.screen, PeopleScreen)
        assert "12 people have answered." in driver.text()
        await driver.press("l")
        assert "12 people" not in driver.text()
        await driver.press("escape")
        await driver.rest()
        assert driver.screen.PLACE == "home"


async def test_a_report_with_respondents_is_recorded_before_it_is_written(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    crowd(acme)
    async with running(acme) as driver:
        await driver.press("f4")
        await driver.rest()
        assert not (acme / "published.toml").exists(), "looking records nothing"
        await driver.press("y")
        assert not (acme / "published.toml").exists()
        await driver.press("m")
        await driver.rest()
        assert (acme / "published.toml").exists()
        (report,) = tmp_path.glob("acme.*.md")
        assert "publication 1" in report.read_text("utf-8")
