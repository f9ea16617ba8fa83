"""The results screen driven by keys and by mouse, on a scorecard with every part filled."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from cxmaturity.text.messages import LANGUAGES, Language, speaking
from cxmaturity.tui.screens.results_views import VIEWS
from cxmaturity.tui.widgets.glyphs import CHOSEN
from tests.exporters.example import CARD
from tests.tui.engagements import new_session
from tests.tui.kept_pictures import assert_picture
from tests.tui.results_app import Kept, ResultsApp, screen_text

SIZES = ((60, 20), (80, 24), (120, 40))
ALL = "12345678"
HOSTILE = (
    "[/]", "[bold", "[0] x", "[@click=app.quit]x[/]", "\x1b[31mred", "ä" * 500, "👍🏽", "\u202eabc",
    "",
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request) -> Iterator[Language]:
    with speaking(request.param):
        yield request.param


async def shown(pilot: Pilot[None]) -> str:
    await pilot.pause()
    return screen_text(pilot.app)


def chosen_lines(text: str) -> list[str]:
    return [line[1:].strip() for line in text.splitlines() if line.startswith(CHOSEN)]


# every view -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES[1:], ids=["80x24", "120x40"])
async def test_views_look_as_they_did(size, language):
    app = ResultsApp(Kept(CARD))
    said = []
    async with app.run_test(size=size) as pilot:
        for key in ALL:
            await pilot.press(key)
            # The last line is the program's: it changes with every key anywhere.
            said.append((await shown(pilot)).rpartition("\n")[0])
    edge = "=" * size[0]
    assert_picture(f"results.{language}.{size[0]}x{size[1]}", f"\n{edge}\n".join(said))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_nothing_sticks_out_and_the_page_has_room(size, language):
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=size) as pilot:
        for key in ALL:
            await pilot.press(key)
            await pilot.pause()
            for widget in app.screen.walk_children(Widget):
                if widget.display and widget.region.area:
                    assert app.screen.region.contains_region(widget.region), widget
            assert app.results.page.size.height >= 8
            assert app.focused is app.results.page


async def test_all_signs_are_plain_where_the_user_wants_that():
    app = ResultsApp(Kept(CARD), plain_signs=True)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ALL:
            await pilot.press(key)
            said = await shown(pilot)
            assert all(c.isascii() or c.isalnum() for c in said), set(said) - set(
                map(chr, range(128))
            )


async def test_foreign_text_is_shown_and_not_obeyed(language):
    findings = [
        replace(CARD.findings[0], id=f"F{n}", title={"en": text}, text={"en": text})
        for n, text in enumerate(HOSTILE)
    ]
    dimensions = {
        f"d{n}": replace(CARD.dimensions["silos"], id=f"d{n}", title={"*": text}, band=text)
        for n, text in enumerate(HOSTILE)
    }
    actions = [
        replace(CARD.recommendations[0], action=f"a{n}", title={"en": text}, text={"en": text})
        for n, text in enumerate(HOSTILE)
    ]
    whose = replace(CARD.engagement, organisation="".join(HOSTILE), labels={t: t for t in HOSTILE})
    card = replace(
        CARD,
        engagement=whose,
        findings=tuple(findings),
        dimensions=dimensions,
        recommendations=tuple(actions),
    )
    app, said = ResultsApp(Kept(card)), ""
    async with app.run_test(size=(80, 24)) as pilot:
        for view in ALL:
            await pilot.press(view, "y", "t")
            for _ in range(1 + len(HOSTILE) * (view in "256")):
                await pilot.press("down")
                said += await shown(pilot)
            await pilot.press("y")
    assert "\x1b" not in said
    assert "[@click=app.quit]x[/]" in said
    assert len(app.copied) == 2 * len(ALL)
    assert not any("\x1b" in text for text in app.copied)


async def test_a_scorecard_without_answers_is_shown_too():
    session_card = replace(
        CARD,
        dimensions={},
        findings=(),
        undetermined=(),
        recommendations=(),
        measures=(),
        trace=None,
        index=replace(CARD.index, value=None, low=None, high=None),
        phase=replace(CARD.phase, id=None, profile=None, behaviour=None),
    )
    app = ResultsApp(Kept(session_card))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "● NOT STARTED ─→ ✓ Enthusiasm" in await shown(pilot)
        for key in (*ALL, "5", "enter"):
            await pilot.press(key)
        assert "no index: too little is answered" in await shown(pilot)


# going about ------------------------------------------------------------------------------------


async def test_tab_goes_round_the_views_and_back():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        for view in (*VIEWS[1:], VIEWS[0]):
            await pilot.press("tab")
            assert f" {view.label}▌" in await shown(pilot)
        await pilot.press("shift+tab")
        assert "▐8 Provenance▌" in await shown(pilot)


async def test_arrows_and_letters_choose_and_the_ends_hold():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "down", "j")
        assert chosen_lines(await shown(pilot))[0].startswith("Working across silos")
        await pilot.press("k", "up", "up", "up")
        assert chosen_lines(await shown(pilot))[0].startswith("Customer strategy")
        await pilot.press("end")
        assert chosen_lines(await shown(pilot))[0].startswith("Overall")
        await pilot.press("home", "pagedown")
        assert chosen_lines(await shown(pilot))[0].startswith("Overall")


async def test_a_dimension_chosen_in_one_view_is_chosen_in_the_others():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "down", "down", "3")
        assert chosen_lines(await shown(pilot))[0].startswith("Working across silos")
        await pilot.press("4")
        assert chosen_lines(await shown(pilot))[0].startswith("3 Working across silos")


async def test_the_note_follows_the_choice():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", *["down"] * 3)
        text = await shown(pilot)
        assert "Metric balance and quality: 2.00, Confusion" in text
        assert "Metric balance and quality: held at 2 by NPS_ONLY" in text


async def test_the_chosen_finding_unfolds_or_is_told_beside_the_list():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "down")
        text = await shown(pilot)
        assert any("NPS is your only measure." in line for line in chosen_lines(text))
        await pilot.resize_terminal(120, 40)
        text = await shown(pilot)
        assert "NPS is your only measure." in text
        assert chosen_lines(text)[0].startswith("▲ NPS stands alone")
        assert not any("only measure" in line.partition("│")[0] for line in text.splitlines())


async def test_a_long_item_is_scrolled_through_before_it_is_left():
    long = replace(CARD.findings[0], text={"en": "word " * 400})
    app = ResultsApp(Kept(replace(CARD, findings=(long, *CARD.findings[1:]))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        item = app.results.page.chosen
        assert item is not None
        steps = 0
        while app.results.page.chosen == item:
            await pilot.press("down")
            steps += 1
        assert steps > 1
        await pilot.press("up")
        await pilot.pause()
        assert app.results.page.chosen == item


async def test_every_chart_has_a_table_and_lists_have_none():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "t")
        text = await shown(pilot)
        assert "Evidenced" in text
        assert "█" not in text
        await pilot.press("3")
        assert "10%" in await shown(pilot)
        await pilot.press("5")
        assert "Table" not in (await shown(pilot)).splitlines()[-1]
        await pilot.press("t", "2")
        assert "Evidenced" in await shown(pilot)


# why --------------------------------------------------------------------------------------------


async def test_enter_opens_the_why_tree_at_what_is_chosen_and_escape_returns():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", *["down"] * 4, "enter")
        text = await shown(pilot)
        assert chosen_lines(text) == ["▾ From feedback to action: 1.20"]
        assert "(3 × 2 + 2 × 0) / 5 = 1.2" in " ".join(text.split())
        await pilot.press("escape")
        assert "▐2 Scores▌" in await shown(pilot)
        assert app.went_back == 0
        await pilot.press("escape")
        assert app.went_back == 1


@pytest.mark.parametrize(
    ("keys", "root"),
    [
        (
            ("1", "down", "down", "down", "w"),
            "✗ Customer strategy and vision 2.33, needs at least 2.5",
        ),
        (("3", "end", "w"), "Overall: 1.92"),
        (("5", "down", "w"), "✓ NPS stands alone: fires"),
        (("6", "w"), "✗ Gate of the phase Awakening: fails"),
        (("8", "w"), "Confusion · index 48 of 100"),
    ],
)
async def test_every_view_leads_to_the_reasons(keys, root):
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        assert root in chosen_lines(await shown(pilot))[0]


async def test_the_tree_unfolds_down_to_the_answer_and_folds_again():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", *["down"] * 4, "enter", "down", "down", "right")
        text = await shown(pilot)
        assert "Answer, level 2: 2" in text
        assert "Evidence: documented, which supports 3 at most." in text
        await pilot.press("right")
        assert chosen_lines(await shown(pilot)) == ["· Answer, level 2: 2"]
        await pilot.press("left")
        assert chosen_lines(await shown(pilot)) == ["▾ Care of detractors: 2 · weight 3"]
        await pilot.press("left")
        assert "Answer, level 2" not in await shown(pilot)
        await pilot.press("space", "enter")
        assert "Answer, level 2" not in await shown(pilot)


# mouse ------------------------------------------------------------------------------------------


async def test_a_click_chooses_and_a_second_one_explains():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        row = next(
            y for y, line in enumerate((await shown(pilot)).splitlines()) if "Metric" in line
        )
        await pilot.click(offset=Offset(10, row))
        assert chosen_lines(await shown(pilot))[0].startswith("Metric balance")
        assert "held at 2 by NPS_ONLY" in await shown(pilot)
        await pilot.click(offset=Offset(10, row))
        assert chosen_lines(await shown(pilot)) == ["▾ Metric balance and quality: 2.00"]
        await pilot.click(offset=Offset(10, 4))
        assert len((await shown(pilot)).split("Method")) == 1


async def test_tabs_and_keys_of_the_last_line_can_be_clicked():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        lines = (await shown(pilot)).splitlines()
        await pilot.click(offset=Offset(lines[3].index("Findings"), 3))
        assert "▐5 Findings▌" in await shown(pilot)
        lines = (await shown(pilot)).splitlines()
        await pilot.click(offset=Offset(lines[-1].index("Why"), 23))
        assert "▐7 Why▌" in await shown(pilot)


# taking along -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("1",), "**Gate of the phase Confusion: holds**\n\n- holds: Metric balance"),
        (
            ("1", "down"),
            "- holds: Metric balance and quality 2 \\(at least 1\\.5\\) `metrics >= 1.5`",
        ),
        (("2",), "**Customer strategy and vision: 2.33, Confusion**"),
        (("5",), "**Measuring without mending** (blocker) `MEASURE_ONLY`"),
        (("5", "end"), "Decided by: "),
        (("6", "end"), "**Remove three pain points**"),
        (("7",), "**Confusion · index 48 of 100"),
        (("8",), "**Norrgård Energia Oy**"),
    ],
)
async def test_what_is_chosen_is_copied_as_markdown(keys, said):
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, "y")
        await pilot.pause()
    assert len(app.copied) == 1
    assert said.replace("\\", "") in app.copied[0].replace("\\", "")


async def test_the_report_is_written_beside_the_engagement_and_never_over_another(tmp_path):
    app: ResultsApp = ResultsApp(new_session(tmp_path / "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "m")
        await pilot.pause()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["acme", "acme.2026-03-31-1.md", "acme.2026-03-31-2.md"]
    assert (tmp_path / names[1]).read_text("utf-8").startswith("# Acme Oy")
    assert names[1] in app.said[0]


async def test_a_disk_that_refuses_the_report_is_said(tmp_path, monkeypatch):
    def refuse(*_: Any, **__: Any) -> None:
        from cxmaturity.errors import Problem, StoreError

        raise StoreError(Problem("disk_full", "the disk is full"))

    monkeypatch.setattr("cxmaturity.tui.screens.results_markdown.write_file", refuse)
    app: ResultsApp = ResultsApp(new_session(tmp_path / "acme"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m")
        await pilot.pause()
    assert app.said == ["! The report is not written: the disk is full"]


# keeping up -------------------------------------------------------------------------------------


async def test_answers_given_meanwhile_are_shown():
    kept = Kept(CARD)
    app = ResultsApp(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7")
        kept.card = replace(CARD, index=replace(CARD.index, value=90, low=90, high=90))
        kept.version += 1
        app.results.retell()
        text = await shown(pilot)
        assert "index 90 of 100" in text
        assert "▐1 Overview▌" in text


async def test_another_language_is_spoken_at_once():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "down")
        with speaking("fi"):
            app.results.retell()
            text = await shown(pilot)
        assert "Tulokset" in text
        assert "2 Pylväät" in text
        assert chosen_lines(text)[0].startswith("Johtaminen")


async def test_a_real_session_tells_the_words_of_an_answer(tmp_path):
    session = new_session(tmp_path / "acme")
    session.answer("care.listen", 3)
    session.answer("care.rhythm", "weekly")
    app: ResultsApp = ResultsApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter", "down", "down", "right")
        assert "Answer, level 3: often" in await shown(pilot)


# cost -------------------------------------------------------------------------------------------


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    """Counts layouts of the screen; a private name, so only here."""
    from textual.screen import Screen

    done: list[None] = []
    layout = Screen._refresh_layout  # noqa: SLF001

    def counting(self: Screen[Any], *args: Any, **more: Any) -> None:
        done.append(None)
        layout(self, *args, **more)

    monkeypatch.setattr(Screen, "_refresh_layout", counting)
    yield done


@pytest.mark.parametrize("view", ALL)
async def test_moving_lays_nothing_out_anew(view, monkeypatch):
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(view)
        await pilot.pause()
        with counted(monkeypatch) as layouts:
            await pilot.press("down", "down", "up")
            await pilot.pause()
    assert layouts == []


async def test_few_widgets():
    app = ResultsApp(Kept(CARD))
    async with app.run_test(size=(120, 40)):
        assert len(list(app.screen.walk_children())) <= 12


@pytest.mark.slow
def test_drawing_is_quick_enough_for_every_key():
    app = ResultsApp(Kept(CARD))

    async def move() -> float:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("5")
            await pilot.pause()
            start = perf_counter()
            for _ in range(50):
                app.results.action_row_down()
                app.results.action_row_up()
            return (perf_counter() - start) / 100

    assert asyncio.run(move()) < 0.010
