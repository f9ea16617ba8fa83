"""Help made of the table of actions: every key that works here, and what it does."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import Action, Place, actions_in
from cxmaturity.tui.keys import all_keys_text
from cxmaturity.tui.widgets.drawing import Pen, Span, left

_COLUMN = 16


def keys_page(pen: Pen, place: Place, keymap: Mapping[str, str], *, plain: bool) -> None:
    """Every action of a place with its keys, by group."""
    groups: dict[str, list[Action]] = {}
    for found in actions_in(place):
        groups.setdefault(found.group, []).append(found)
    for group, actions in groups.items():
        pen.heading(_(group))
        for found in actions:
            keys = left(all_keys_text(found, keymap, plain=plain), _COLUMN)
            pen.say(f"{_(found.label)}: {_(found.help)}", mark=Span(keys, "key"))
