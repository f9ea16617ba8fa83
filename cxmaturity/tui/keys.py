"""The table of actions as Textual's bindings, and keys as they are written for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.binding import Binding

from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import ACTIONS, FORBIDDEN_KEYS, Action, Place, keys_of

_SIGNS: Final[Mapping[str, str]] = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "backspace": "Bksp",
    "delete": "Del", "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "minus": "-", "slash": "/",
    "question_mark": "?",
}  # fmt: skip
_ASCII: Final[Mapping[str, str]] = {"↑": "Up", "↓": "Dn", "←": "Left", "→": "Right", "–": "-"}


def bindings_in(place: Place) -> list[Binding]:
    """The bindings of a place, or of the whole program.

    Function and control keys work while somebody writes; letters never do.
    """
    return [
        Binding(
            ",".join(action.keys),
            action.id,
            action.label,
            show=False,
            priority=all(_works_while_writing(key) for key in action.keys),
            id=action.id,
        )
        for action in ACTIONS
        if place in action.places and not action.by_widget
    ]


def _works_while_writing(key: str) -> bool:
    return key.startswith(("f", "ctrl+p", "ctrl+o")) and key != "f"


def key_text(key: str, *, plain: bool = False) -> str:
    """A key for people: ``F1``, ``^p``, ``↑``."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    said = _SIGNS.get(key, key)
    return _ASCII.get(said, said) if plain else said


def keys_text(action: Action, keymap: Mapping[str, str], *, plain: bool = False) -> str:
    """The first key of an action, or what stands for its keys together."""
    if action.shown and action.id not in keymap:
        return "".join(_ASCII.get(c, c) for c in action.shown) if plain else action.shown
    return key_text(keys_of(action, keymap)[0], plain=plain)


def all_keys_text(action: Action, keymap: Mapping[str, str], *, plain: bool = False) -> str:
    """Every key of an action."""
    if action.by_widget:
        return keys_text(action, keymap, plain=plain)
    return " ".join(key_text(key, plain=plain) for key in keys_of(action, keymap))


def keymap_faults(keymap: Mapping[str, str]) -> list[str]:
    """What is wrong with the user's own keys, in sentences."""
    known = {action.id: action for action in ACTIONS}
    faults = []
    for id_, keys in keymap.items():
        if id_ not in known:
            faults.append(_("[keys] {id}: there is no such action").format(id=id_))
        elif known[id_].by_widget:
            faults.append(_("[keys] {id}: these keys cannot be changed").format(id=id_))
        elif bad := FORBIDDEN_KEYS.intersection(key.strip() for key in keys.split(",")):
            said = ", ".join(sorted(bad))
            faults.append(_("[keys] {id}: many terminals lack {keys}").format(id=id_, keys=said))
    return faults
