"""Import from home: the report first, everything on consent, nothing otherwise."""

from pathlib import Path
from typing import Any

import pytest

from cxmaturity.store.responses import respondent_codes
from tests.tui.driving import NARROW, SIZES, WIDE, Driver, running
from tests.tui.engagements import new_engagement

HEAD = "code,role,care.listen,care.rhythm\n"


@pytest.fixture
def acme(tmp_path):
    return new_engagement(tmp_path / "acme")


def survey(folder: Path, rows: int = 6, more: str = "") -> Path:
    """Answers of some people as a file; every second one leads."""
    lines = [
        f"p{n},{'leader' if n % 2 else 'staff'},{n % 5},{'weekly' if n % 3 else 'yearly'}\n"
        for n in range(rows)
    ]
    path = folder / "survey.csv"
    path.write_text(HEAD + "".join(lines) + more, "utf-8")
    return path


async def ask(driver: Driver, file: Path | str, mapping: str = "") -> None:
    """Open the form on the chosen engagement and fill it in."""
    await driver.press("f2")
    await driver.rest()
    await driver.press("i")
    driver.widget("#field-file").value = str(file)
    driver.widget("#field-map").value = mapping
    await driver.press("enter", "enter")
    await driver.rest()


def said(driver: Any) -> str:
    return " ".join(driver.text().replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "fi"])
async def test_the_report_comes_first_and_consent_imports(acme, tmp_path, size, language):
    async with running(acme, size=size, language=language) as driver:
        await ask(driver, survey(tmp_path))
        assert "survey.csv" in said(driver)
        assert "Enter" in said(driver)
        assert respondent_codes(acme) == {}, "nothing is saved before"
        await driver.press("enter")
        await driver.rest()
        assert len(respondent_codes(acme)) == 6
        assert driver.session.scorecard().people is not None, "the open engagement knows them"
        await driver.press("escape", "6")
        await driver.rest()
        assert driver.screen.PLACE == "people"


async def test_without_consent_nothing_is_imported(acme, tmp_path):
    async with running(acme) as driver:
        await ask(driver, survey(tmp_path))
        await driver.press("escape")
        await driver.rest()
        assert respondent_codes(acme) == {}


async def test_what_is_not_understood_is_said_with_the_command_to_use(acme, tmp_path):
    async with running(acme, size=WIDE) as driver:
        await ask(driver, survey(tmp_path, more="p9,staff,99,weekly\n"))
        assert "cannot be imported like this" in said(driver)
        assert "--dry-run" in said(driver)
        assert respondent_codes(acme) == {}


async def test_a_map_says_what_columns_mean(acme, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("who,Q1\n" + "".join(f"p{n},{n % 5}\n" for n in range(6)), "utf-8")
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'format = 1\ncode = "who"\n[answers."care.listen"]\ncolumn = "Q1"\n', "utf-8"
    )
    async with running(acme) as driver:
        await ask(driver, file, str(mapping))
        await driver.press("enter")
        await driver.rest()
        assert len(respondent_codes(acme)) == 6


async def test_a_file_that_is_not_there_is_said_in_the_form(acme, tmp_path):
    async with running(acme, size=NARROW) as driver:
        await ask(driver, "")
        assert "A file is needed." in said(driver)
        driver.widget("#field-file").value = "gone.csv"
        await driver.press("enter")
        assert "There is no file gone.csv." in said(driver)


async def test_hostile_names_and_cells_do_no_harm(acme, tmp_path):
    file = tmp_path / "[@click=app.quit]x.csv"
    file.write_text("code,[/]\x1b[31m,care.listen\np1,\x1b]0;t\x07,3\n", "utf-8")
    async with running(acme) as driver:
        await ask(driver, file)
        assert "\x1b" not in driver.text()
        assert driver.app.is_running
