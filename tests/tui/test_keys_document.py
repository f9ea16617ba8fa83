"""The page of keys says what the table of actions says."""

import os

from cxmaturity.tui.actions import ACTIONS
from cxmaturity.tui.keys_document import keys_page


def test_the_page_of_keys_is_fresh(root):
    """Written anew with ``CXMATURITY_GOLDEN=write``."""
    file = root / "docs" / "keys.md"
    if os.environ.get("CXMATURITY_GOLDEN") == "write":
        file.write_text(keys_page(), "utf-8")
    assert file.read_text("utf-8") == keys_page()


def test_every_action_is_told_once():
    page = keys_page()
    for action in ACTIONS:
        assert page.count(f"| `{action.id}` |") == 1
