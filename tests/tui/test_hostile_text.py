"""Foreign text on every screen: nothing acts on the terminal, no markup is obeyed."""

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from cxmaturity.model.engagement import Evidence
from cxmaturity.tui.answering import Answering
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.creating import Beginning, create_engagement
from tests.tui.driving import NARROW, WIDE, Driver, running
from tests.tui.engagements import DATE, crowd, new_engagement, write_rubric

OWN = [
    "[/]", "[bold", "[0] x", "[@click=app.quit]x[/]", "[link=http://x]y[/link]", "[$error]x",
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07", "\x9b2J", "\x9d0;t\x9c",
    "good\rEVIL", "a\x08\x08b", "a\x00b", "a\u202eb\u2066c", "x" * 500, "ä" * 500, "👍🏽" * 40,
    "مرحبا بالعالم", "e" + "\u0301" * 60, "\u2028line", "{organisation}", "%s %d", "\\", "``",
    "two\nlines", "tab\tbed",
]  # fmt: skip
PLACES = ("home", "interview", "what_if", "results", "people", "rubric")
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
"""Characters that turn the direction of reading."""


def harmless(driver: Driver) -> bool:
    """Whether the screen holds nothing that could act on a terminal."""
    for strip in driver.app.screen._compositor.render_strips():  # noqa: SLF001 - what is sent
        for segment in strip:
            for character in segment.text:
                if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
                    return False
                if character in TURNS:
                    return False
    return True


def widths_hold(driver: Driver) -> bool:
    """Whether every row is exactly as wide as the screen."""
    width = driver.app.size.width
    strips = driver.app.screen._compositor.render_strips()  # noqa: SLF001 - what is sent
    return all(strip.cell_length == width for strip in strips)


def put_everywhere(desk: Answering, text: str) -> None:
    """The text as name, note, answer and reference."""
    desk._opened = _renamed(desk, text)  # noqa: SLF001 - a file could say so
    desk.note("care.listen", text)
    desk.answer("fact.motto", text)
    desk.set_evidence("care.listen", Evidence(grade="documented", reference=text))


def _renamed(desk: Answering, text: str) -> Opened:
    folder = desk.folder
    engagement = folder.engagement.model_copy(update={"organisation": text or " "})
    return replace(desk.opened, folder=replace(folder, engagement=engagement))


async def walk(driver: Driver) -> None:
    """Every place, with the windows that show foreign text."""
    for place in PLACES:
        await driver.app.do(place)
        await driver.rest()
        assert harmless(driver), place
        assert widths_hold(driver), place
    await driver.app.do("interview")
    for path in ("care.listen", "fact.motto"):
        await driver.at(path)
        for keys in (["f1"], ["e"], ["g"], ["ctrl+p"], ["n"], ["enter"]):
            await driver.press(*keys)
            assert harmless(driver), (path, keys)
            await driver.press("escape")
    await driver.press("y")


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_hostile_answers_on_every_screen(tmp_path, language, size):
    acme = new_engagement(tmp_path / "acme")
    crowd(acme)
    async with running(acme, language=language, size=size) as driver:
        for text in OWN:
            put_everywhere(driver.session, text)
            driver.app.retell()
            await driver.pilot.pause()
            assert harmless(driver), ascii(text)
            assert widths_hold(driver), ascii(text)
        put_everywhere(driver.session, "".join(OWN))
        await walk(driver)
        assert driver.app.is_running


@pytest.mark.parametrize(
    "payload", ["[/]\x1b[31m\x9b2J\u202e" + "ä" * 90, "[@click=app.quit]x[/] 👍🏽"]
)
async def test_hostile_rubric_texts_on_every_screen(tmp_path, payload):
    folder = write_rubric(tmp_path / "showcase")
    escaped = "".join(f"\\U{ord(character):08x}" for character in payload)
    for file in folder.rglob("*.toml"):
        said = re.sub(
            r'\b(en|fi) = "', lambda found: f'{found[1]} = "{escaped} ', file.read_text("utf-8")
        )
        file.write_text(said, "utf-8")
    create_engagement(
        Workbench(), tmp_path / "acme", Beginning(payload, DATE), rubric=f"{folder.parent}/showcase"
    )
    crowd(tmp_path / "acme")
    async with running(tmp_path / "acme") as driver:
        assert driver.app.session is not None
        await walk(driver)
        for key in "1234":
            await driver.app.do("people")
            await driver.press(key)
            assert harmless(driver), key
            assert widths_hold(driver), key
        await driver.app.do("interview")
        await driver.press("r")
        await driver.rest()
        assert harmless(driver)
        await driver.press("down", "enter")
        assert harmless(driver)
        await driver.press("escape")
        for question in driver.session.questions:
            await driver.at(question.path)
            assert harmless(driver)


def corpus(shared: Path) -> Iterator[str]:
    """Payloads of the corpora for terminals, markup and naughty strings."""
    for name in ("terminal/control-strings.jsonl", "markup/markup-html-markdown.jsonl"):
        for row in (shared / "data" / "corpora" / name).read_text("utf-8").splitlines():
            yield json.loads(row)["payload"]
    yield from json.loads((shared / "data/corpora/naughty-strings/blns.json").read_text("utf-8"))


@pytest.mark.slow
async def test_the_corpora_on_the_interview_and_the_what_if(tmp_path, shared):
    async with running(new_engagement(tmp_path / "acme")) as driver:
        await driver.at("care.listen")
        for text in corpus(shared):
            if any("\ud800" <= c <= "\udfff" for c in text):
                continue
            put_everywhere(driver.session, text)
            driver.app.retell()
            await driver.pilot.pause()
            assert harmless(driver), ascii(text)
            assert widths_hold(driver), ascii(text)
        for place in PLACES:
            await driver.app.do(place)
            await driver.rest()
            assert harmless(driver)


async def test_pasted_escape_sequences_reach_no_field(tmp_path):
    async with running(new_engagement(tmp_path / "acme")) as driver:
        await driver.at("care.listen")
        await driver.press("n")
        driver.app.post_message(events.Paste("a\x1b]52;c;aGk=\x07b\x9b2J"))
        await driver.rest()
        assert harmless(driver)
        await driver.press("escape")
        assert driver.session.rating("care.listen").note == "a␛b␛"


async def test_a_remark_obeys_no_markup(tmp_path):
    async with running(new_engagement(tmp_path / "acme")) as driver:
        driver.app.say("[/] [@click=app.quit]x[/] \x1b[31m")
        await driver.rest()
        assert driver.remarks() == ["[/] [@click=app.quit]x[/] ␛"]
        assert harmless(driver)


DRAWS_MARKUP = {
    "Static",
    "Label",
    "Button",
    "OptionList",
    "Select",
    "Checkbox",
    "TabPane",
    "Markdown",
}


def test_nothing_that_obeys_markup_is_given_plain_text(root):
    """What Textual draws itself gets a `Content`, and remarks are said without markup."""
    calls = (
        (f"{file.name}:{node.lineno}", node)
        for file in sorted((root / "cxmaturity" / "tui").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call)
    )
    assert [place for place, call in calls if _obeys_markup(call)] == []


def _obeys_markup(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "notify":
        return {word.arg: ast.unparse(word.value) for word in call.keywords}["markup"] != "False"
    first = ast.unparse(call.args[0]) if call.args else "lit("
    return name in DRAWS_MARKUP and not first.startswith(("lit(", "rlit("))
