"""One table of actions: each is reachable, worded in two languages, on keys that arrive."""

import re

import pytest

from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import speaking
from cxmaturity.tui.actions import ACTIONS, FORBIDDEN_KEYS, PLACES, actions_in, footer_of, keys_of
from cxmaturity.tui.keys import all_keys_text, key_text, keymap_faults
from cxmaturity.tui.palette import works_here
from cxmaturity.tui.widgets.key_bar import Hint, fitting
from tests.tui.driving import running
from tests.tui.engagements import crowd, new_engagement

IDS = [action.id for action in ACTIONS]


@pytest.fixture
def acme(tmp_path):
    folder = new_engagement(tmp_path / "acme")
    crowd(folder)
    return folder


def test_ids_are_unique_and_names_of_methods():
    assert len(set(IDS)) == len(IDS)
    assert all(re.fullmatch(r"[a-z][a-z_]*", id_) for id_ in IDS)


@pytest.mark.parametrize("action", ACTIONS, ids=IDS)
def test_every_action_is_labelled_and_explained_in_both_languages(action):
    for text in (action.label, action.help, action.group):
        with speaking("fi"):
            finnish = _(text)
        assert text
        assert finnish
    assert len(action.label) <= 22
    assert action.help.endswith(".")
    with speaking("fi"):
        assert _(action.help) != action.help


@pytest.mark.parametrize("action", ACTIONS, ids=IDS)
def test_no_action_is_on_a_key_that_does_not_arrive(action):
    assert action.keys
    for key in action.keys:
        assert key not in FORBIDDEN_KEYS
        assert not key.startswith(("shift+f", "ctrl+f", "ctrl+shift"))
        assert not re.fullmatch(r"f(9|1\d)", key), "desktops take the later function keys"


@pytest.mark.parametrize("place", PLACES)
def test_no_two_actions_of_a_place_are_on_one_key(place):
    keys = [key for action in actions_in(place) for key in action.keys]
    assert len(set(keys)) == len(keys), sorted(key for key in set(keys) if keys.count(key) > 1)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_help_and_palette_are_in_the_footer_at_80_columns(place, language):
    with speaking(language):
        hints = [
            Hint(action.id, all_keys_text(action, {}).split()[0], _(action.label))
            for action in footer_of(place)
        ]
    shown = fitting(hints, 80)
    assert shown[0].action == "help"
    assert shown[-1].action == "palette"
    assert len(shown) >= 5
    assert sum(hint.width + 2 for hint in shown) <= 81


@pytest.mark.parametrize("place", PLACES)
async def test_every_action_has_a_method_where_it_is_offered(acme, place):
    async with running(acme) as driver:
        await driver.app.do(place)
        await driver.rest()
        for action in actions_in(place):
            owners = (driver.screen, driver.app)
            found = [o for o in owners if hasattr(o, f"action_{action.id}")]
            assert found or action.by_widget, action.id


@pytest.mark.parametrize("place", PLACES)
async def test_every_offered_action_is_in_palette_and_help(acme, place):
    async with running(acme, size=(120, 40)) as driver:
        await driver.app.do(place)
        await driver.rest()
        offered = [
            action
            for action in actions_in(place)
            if not action.by_widget and works_here(driver.app, action) and action.id != "palette"
        ]
        await driver.press("f1")
        sheet = driver.widget("#page-text")
        page = " ".join(sheet.drawing.text().split())
        for action in actions_in(place):
            assert action.label in page, action.id
        await driver.press("escape", "ctrl+p")
        keys = {item.key for item in driver.widget("#finder-list").drawing.items}
        assert {f"do:{action.id}" for action in offered} <= keys


async def test_the_palette_does_what_is_chosen(acme):
    async with running(acme) as driver:
        await driver.press("ctrl+p", "d", "o", "n", "'", "t", "enter")
        await driver.rest()
        assert driver.session.rating("fact.funded").value == "unknown"
        await driver.press("ctrl+p", *"rhythm", "enter")
        await driver.rest()
        assert driver.session.place == "care.rhythm"


async def test_keys_can_be_changed_in_the_settings(acme):
    async with running(acme, keys={"next_open": "w", "note": "f6, m"}) as driver:
        await driver.press("w")
        assert driver.session.place == "fact.budget"
        await driver.press("x")
        assert driver.session.place == "fact.budget"
        assert "w Next open" in driver.rows()[-1]
        await driver.press("m", "!", "escape")
        assert driver.session.rating("fact.budget").note == "!"


async def test_wrong_keys_in_the_settings_are_said_and_left_out(acme):
    async with running(acme, keys={"nothing": "x", "next": "at"}) as driver:
        assert len(driver.remarks()) == 2
        await driver.press("down")
        assert driver.session.place == "fact.budget"


def test_faults_of_the_users_keys_are_sentences():
    faults = keymap_faults({"nothing": "x", "next": "tilde", "choose": "y"})
    assert len(faults) == 3
    assert "tilde" in faults[1]
    assert keymap_faults({"next": "m"}) == []


def test_keys_are_written_for_people():
    assert [key_text(key) for key in ("f1", "f", "ctrl+p", "up", "minus")] == [
        "F1", "f", "^p", "↑", "-",
    ]  # fmt: skip
    assert key_text("up", plain=True) == "Up"
    assert keys_of(ACTIONS[0], {"help": "f6, m"}) == ("f6", "m")
