"""The page of keys in the documentation, made of the table of actions: `docs/keys.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cxmaturity.text.markdown import code
from cxmaturity.tui.actions import ACTIONS, PLACES, Action, Place
from cxmaturity.tui.keys import all_keys_text

_HEADINGS: Final[Mapping[Place, str]] = {
    "everywhere": "Everywhere",
    "home": "Home (F2)",
    "interview": "Interview (F3)",
    "results": "Results (F4)",
    "what_if": "What if (F5)",
    "people": "People (F6)",
    "rubric": "Rubric (F8)",
}
_INTRODUCTION: Final = """\
# Keys of the terminal interface

`cxmaturity open` shows the interface. Everything here is also in the palette (`^p`) and can be
clicked. While you write, letters are text; `Esc` leaves a field or a window and keeps what is
written in a note.

Other keys can be given to an action in the settings file, by its name:

```toml
[keys]
next_open = "w"
note = "f6, m"
```
"""


def keys_page() -> str:
    """Every action by place: its name, its keys and what it does, in English."""
    return "\n".join([_INTRODUCTION, *(line for place in _HEADINGS for line in _section(place))])


def _section(place: Place) -> Iterator[str]:
    yield f"## {_HEADINGS[place]}\n"
    yield "| Keys | Action | Name |"
    yield "| --- | --- | --- |"
    for action in _own(place):
        keys = code(all_keys_text(action, {}))
        yield f"| {keys} | {action.label}: {action.help} | {code(action.id)} |"
    yield ""


def _own(place: Place) -> Iterator[Action]:
    """The actions told under a place; one of several places is told under the first."""
    order = ("everywhere", *PLACES)
    for action in ACTIONS:
        if place == min(action.places, key=order.index):
            yield action
