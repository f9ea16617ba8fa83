"""Two thousand keys at random: the interface stays alive and what it saved can be opened."""

import random

from cxmaturity.store.verification import verify_files
from cxmaturity.tui.actions import ACTIONS
from tests.tui.driving import running
from tests.tui.engagements import crowd, new_engagement, open_session

NEVER = {"q", "ctrl+q", "ctrl+c", "ctrl+z"}
KEYS = sorted(
    {key for action in ACTIONS for key in action.keys}
    | {*"abcdefghijklmnoprstuvwxyz0123456789.,äöå", "tab", "shift+tab", "escape", "enter", "space"}
    - NEVER
)
PRESSES = 2_000


async def test_two_thousand_random_keys(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    acme = new_engagement(tmp_path / "acme")
    crowd(acme)
    chance = random.Random(20_260_331)  # noqa: S311 - the same keys each run
    keys = [key for key in chance.choices(KEYS, k=PRESSES) if key not in NEVER]
    async with running(acme) as driver:
        for place in range(0, len(keys), 5):
            await driver.hammer(*keys[place : place + 5])
            if place % 200 == 0:
                await driver.pilot.resize_terminal(*chance.choice([(60, 20), (80, 24), (120, 40)]))
                await driver.rest()
            assert driver.app.is_running, keys[: place + 5]
            assert not driver.app.crash
        await driver.rest()
        session = driver.session
        assert session.save_now().kind == "saved"
        session.scorecard()
        folder = session.folder
    again = open_session(folder.path).folder
    assert (again.assessor, again.engagement, again.evidence) == (
        folder.assessor, folder.engagement, folder.evidence,
    )  # fmt: skip
    assert not [p for p in verify_files(folder.path) if p.code != "unknown_file"]
