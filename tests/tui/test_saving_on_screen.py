"""What the user sees of the disk: saved, refused, changed by another program; nothing is lost."""

import errno
from decimal import Decimal
from pathlib import Path

import pytest

from cxmaturity.model.engagement import Rating
from cxmaturity.store import files
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.saving import set_answer
from cxmaturity.tui.screens.home import HomeScreen
from cxmaturity.tui.screens.interview import InterviewScreen
from cxmaturity.tui.widgets.dialog import Choice, Form
from tests.tui.driving import Driver, running
from tests.tui.engagements import new_engagement, open_session


@pytest.fixture
def acme(tmp_path):
    return new_engagement(tmp_path / "acme")


class Disk:
    """A disk that may refuse to write."""

    full = False


@pytest.fixture
def disk(monkeypatch):
    found = Disk()
    original = files._write_new  # noqa: SLF001 - the disk itself

    def write(path, data):
        if found.full:
            raise OSError(errno.ENOSPC, "full")
        original(path, data)

    monkeypatch.setattr(files, "_write_new", write)
    return found


async def until(driver: Driver, kind: str) -> None:
    """Wait until the save state is this."""
    for _ in range(100):
        if driver.session.save_state.kind == kind:
            break
        driver.app.keeper.look()
        await driver.rest()
    assert driver.session.save_state.kind == kind
    await driver.pilot.pause()


async def test_a_refusing_disk_is_shown_and_the_answer_saved_once_it_works(acme, disk):
    async with running(acme) as driver:
        disk.full = True
        await driver.press("1")
        await until(driver, "failed")
        assert "NOT SAVED: could not be written: the disk is full" in driver.rows()[0]
        await driver.press("2", "5", "enter")
        disk.full = False
        await until(driver, "saved")
        assert "✓ saved" in driver.rows()[0]
    assert open_session(acme).rating("fact.budget").value == 25


async def test_leaving_while_the_disk_refuses_asks_first(acme, disk, tmp_path):
    async with running(acme) as driver:
        disk.full = True
        await driver.press("1", "q")
        await driver.rest()
        assert isinstance(driver.screen, Choice)
        assert "Leave without the last answers" in driver.text()
        disk.full = False
        await driver.press("2")
        await driver.rest()
        assert isinstance(driver.screen, Form)
        await driver.press("enter")
        await driver.rest()
        assert isinstance(driver.screen, InterviewScreen)
        assert driver.app.is_running
    assert open_session(tmp_path / "acme-copy").rating("fact.funded").value is True


async def test_leaving_is_quick_where_everything_is_saved(acme):
    async with running(acme) as driver:
        await driver.press("1", "q")
        await driver.pilot.pause()
        assert driver.app.return_value == 0
    assert open_session(acme).rating("fact.funded").value is True


async def test_saving_by_habit_is_answered(acme):
    async with running(acme) as driver:
        await driver.press("1", "ctrl+s")
        assert any("Everything is saved" in remark for remark in driver.remarks())
        assert open_session(acme).rating("fact.funded").value is True


def other_program(acme: Path, path: str, value: object) -> None:
    set_answer(open_engagement(acme), path, Rating(value=value))


async def test_another_program_in_between_is_asked_about_once(acme):
    async with running(acme) as driver:
        other_program(acme, "care.listen", 1)
        await driver.at("care.listen")
        await driver.press("3")
        await until(driver, "conflict")
        await driver.rest()
        assert isinstance(driver.screen, Choice)
        assert "assessor.conflict-1.toml" in driver.text()
        await driver.press("escape")
        assert "CHANGED ELSEWHERE" in driver.rows()[0]
        driver.app.keeper.look()
        await driver.rest()
        assert isinstance(driver.screen, InterviewScreen), "asked once, not again and again"
        await driver.press("ctrl+s")
        await driver.rest()
        assert isinstance(driver.screen, Choice)
        await driver.press("1")
        await driver.rest()
        assert driver.session.rating("care.listen").value == 1
        assert "✓ saved" in driver.rows()[0]


async def test_the_own_version_can_be_kept_with_the_other_beside(acme):
    async with running(acme) as driver:
        other_program(acme, "care.listen", 1)
        await driver.at("care.listen")
        await driver.press("3")
        await until(driver, "conflict")
        await driver.rest()
        await driver.press("2")
        await driver.rest()
        assert driver.session.rating("care.listen").value == 3
    assert open_session(acme).rating("care.listen").value == 3
    assert (acme / "assessor.conflict-2.toml").is_file()


async def test_a_change_elsewhere_appears_by_itself(acme):
    async with running(acme) as driver:
        other_program(acme, "care.listen", 1)
        driver.app.keeper.look()
        await driver.rest()
        assert driver.session.rating("care.listen").value == 1
        assert any("Another program" in remark for remark in driver.remarks())


async def test_another_engagement_is_opened_only_when_this_one_is_saved(acme, disk, tmp_path):
    other = new_engagement(tmp_path / "other")
    async with running(acme) as driver:
        disk.full = True
        await driver.press("1")
        driver.app.open_engagement(other)
        await driver.rest()
        assert isinstance(driver.screen, Choice)
        disk.full = False
        await driver.press("1")
        await driver.rest()
        driver.app.open_engagement(other)
        await driver.rest()
        assert driver.session.folder.path == other
        assert isinstance(driver.screen, InterviewScreen)
    assert open_session(acme).rating("fact.funded").value is True


async def test_what_is_wrong_with_an_engagement_is_shown_instead_of_opening_it(acme):
    (acme / "assessor.toml").write_text("format = 1\n[ratings.care.listen]\nvalue = 9\n", "utf-8")
    async with running(acme) as driver:
        assert driver.app.session is None
        assert "cannot be answered like this" in driver.text()
        await driver.press("escape")
        assert isinstance(driver.screen, HomeScreen)


async def test_targets_kept_from_a_what_if_are_saved(acme):
    async with running(acme) as driver:
        await driver.press("f5")
        await driver.rest()
        driver.screen.desk.place = "care.listen"
        driver.app.retell()
        await driver.press("4")
        assert "1 change" in driver.rows()[0]
        await driver.press("t", "escape")
        await until(driver, "saved")
    targets = open_session(acme).folder.engagement.targets
    assert targets == {"care.listen": int(Decimal(4).scaleb(6))}
    assert open_session(acme).rating("care.listen").value is None
