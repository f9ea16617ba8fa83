"""The user's own settings, one file a person: `config.toml` in the configuration folder.

A wrong settings file never stops work: what cannot be used is named and left out.  Nothing slow is
loaded while there is no such file, because every start asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxmaturity.store.places import config_folder

if TYPE_CHECKING:
    from cxmaturity.errors import Problem

ASCII = "CXMATURITY_ASCII"
"""Environment variable: draw with plain characters (anything but empty, 0 or no)."""
_OFF = ("", "0", "no")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user prefers; None and empty where nothing was said.

    ``keys`` are the terminal interface's key bindings by action, ``recent`` its last engagements.
    """

    language: str | None = None
    theme: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    ascii: bool = False
    recent: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def config_file() -> Path:
    """Where the user's settings are, if there are any."""
    return config_folder() / "config.toml"


def read_preferences(environment: Mapping[str, str]) -> Preferences:
    """The settings file, with environment variables over it; faults are in ``problems``."""
    path = config_file()
    found = _read(path) if path.is_file() else Preferences()
    if ASCII in environment:
        return replace(found, ascii=environment[ASCII].lower() not in _OFF)
    return found


def _read(path: Path) -> Preferences:
    from cxmaturity.errors import CxError, Problem
    from cxmaturity.store.files import read_file
    from cxmaturity.text.toml import read_toml

    try:
        document = read_toml(read_file(path), str(path))
    except CxError as error:
        return Preferences(problems=error.problems)
    wrong = [
        Problem(
            "wrong_preference",
            "this setting is not known or has the wrong type; it is left out",
            document.where((key,)),
            'write language = "fi", theme = "dark", ascii = true, [keys] quit = "q"',
        )
        for key, value in document.data.items()
        if not _fits(key, value)
    ]
    fitting = {key: value for key, value in document.data.items() if _fits(key, value)}
    if "recent" in fitting:
        fitting["recent"] = tuple(fitting["recent"])
    return Preferences(**fitting, problems=tuple(wrong))


def _fits(key: str, value: Any) -> bool:  # noqa: ANN401 - whatever the file says
    match key:
        case "language" | "theme":
            return isinstance(value, str)
        case "ascii":
            return isinstance(value, bool)
        case "recent":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "keys":
            return isinstance(value, dict) and all(isinstance(k, str) for k in value.values())
    return False
