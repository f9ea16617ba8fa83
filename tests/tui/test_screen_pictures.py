"""Whole screens kept as text, in both languages and three sizes: a changed layout is a diff."""

import pytest

from cxmaturity import __version__
from cxmaturity.model.engagement import Evidence
from tests.tui.driving import SIZES, Driver, running
from tests.tui.engagements import new_session
from tests.tui.kept_pictures import assert_picture


@pytest.fixture
def acme(tmp_path):
    session = new_session(tmp_path / "acme")
    session.answer("fact.funded", "yes")
    session.answer("care.listen", 3)
    session.note("care.listen", "Weekly meetings since spring; two units do not take part yet.")
    session.set_evidence("care.listen", Evidence(grade="documented", reference="minutes 3/2026"))
    session.flag("care.rhythm")
    session.unknown("care.habits")
    session.answer("fact.tools", ("t2", "t11"))
    session.save_now()
    return tmp_path / "acme"


async def pictures(driver: Driver) -> str:
    """The screens of a short walk, one under the other."""
    seen: list[str] = []

    def keep(name: str) -> None:
        seen.append(f"== {name}\n{driver.text()}")

    for path in ("care.listen", "fact.tools", "speed.days"):
        await driver.at(path)
        keep(path)
    await driver.at("care.listen")
    await driver.press("a")
    keep("reason")
    await driver.press("escape", "e")
    keep("evidence")
    await driver.press("escape", "g")
    keep("go to")
    await driver.press("escape", "f1")
    keep("help")
    await driver.press("escape", "f5")
    await driver.rest()
    driver.screen.desk.place = "care.rhythm"
    driver.screen.retell()
    await driver.press("2")
    keep("what if")
    await driver.press("f8")
    await driver.rest()
    driver.screen.read("indicator:care.rhythm")
    await driver.pilot.pause()
    keep("rubric")
    return "\n".join(seen)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_the_screens_look_as_they_did_when_last_looked_at(acme, size, language):
    async with running(acme, size=size, language=language) as driver:
        said = await pictures(driver)
    assert_picture(f"screens.{language}.{size[0]}x{size[1]}", said)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_home_looks_as_it_did(tmp_path, size, language):
    async with running(None, size=size, language=language, settings=tmp_path / "c.toml") as driver:
        said = driver.text().replace(__version__, "X.Y.Z")
    assert_picture(f"home.{language}.{size[0]}x{size[1]}", said)
