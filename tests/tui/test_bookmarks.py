"""Coming back to the same question, whatever closed the window."""

import json

import pytest

from cxmaturity.tui.bookmarks import MOST_KEPT, NAME, bookmark, keep_bookmark
from tests.tui.driving import running
from tests.tui.engagements import new_engagement


def test_the_newest_engagements_are_remembered(tmp_path):
    file = tmp_path / NAME
    for number in range(MOST_KEPT + 5):
        keep_bookmark(file, tmp_path / f"e{number}", "care.listen")
    assert bookmark(file, tmp_path / "e0") == ""
    assert bookmark(file, tmp_path / f"e{MOST_KEPT}") == "care.listen"
    keep_bookmark(file, tmp_path / "e10", "care.rhythm")
    assert bookmark(file, tmp_path / "e10") == "care.rhythm"
    assert len(json.loads(file.read_bytes())) == MOST_KEPT


@pytest.mark.parametrize("said", ["", "[]", "{", '{"x": 1}', "\x00"])
def test_a_damaged_file_is_as_good_as_none(tmp_path, said):
    file = tmp_path / NAME
    file.write_text(said, "utf-8")
    assert bookmark(file, tmp_path / "x") == ""
    keep_bookmark(file, tmp_path / "x", "care.listen")
    assert bookmark(file, tmp_path / "x") == "care.listen"


def test_a_disk_that_refuses_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    keep_bookmark(tmp_path / "file" / NAME, tmp_path / "x", "care.listen")
    assert bookmark(tmp_path / "file" / NAME, tmp_path / "x") == ""


async def test_the_program_comes_back_to_the_question_in_hand(tmp_path):
    acme = new_engagement(tmp_path / "acme")
    async with running(acme) as driver:
        await driver.at("care.habits")
        driver.app.keeper.look()
        await driver.rest()
    async with running(acme) as driver:
        assert driver.session.place == "care.habits"
    file = tmp_path / NAME
    keep_bookmark(file, acme, "care.gone")
    async with running(acme) as driver:
        assert driver.session.place == "fact.funded", "a question that is gone: the first open one"
