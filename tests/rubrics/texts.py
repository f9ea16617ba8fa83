"""Every bilingual text of the default rubric, its cases and its example, with its place."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

RUBRIC = Path(__file__).resolve().parents[2] / "rubrics" / "cx_phases"
LANGUAGES = {"en", "fi"}


class Said(NamedTuple):
    """A text as written: which file, under which keys, in both languages."""

    file: str
    keys: tuple[str, ...]
    en: str
    fi: str

    @property
    def place(self) -> str:
        return f"{self.file}: {'.'.join(self.keys)}"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((RUBRIC / name).read_text(encoding="utf-8"))


def files() -> list[str]:
    return sorted(path.relative_to(RUBRIC).as_posix() for path in RUBRIC.rglob("*.toml"))


@cache
def texts() -> tuple[Said, ...]:
    return tuple(said for name in files() for said in _said(name, (), read(name)))


def incomplete() -> list[str]:
    """Places where one language is missing or empty."""
    return [said.place for said in texts() if not said.en.strip() or not said.fi.strip()]


def rubric_texts() -> list[Said]:
    """Texts of our own wording: titles of documents are their authors'."""
    return [said for said in texts() if said.keys[0] != "documents"]


def ending(*keys: str) -> list[Said]:
    return [said for said in texts() if said.keys[-1] in keys]


def _said(name: str, keys: tuple[str, ...], value: Any) -> Iterator[Said]:
    if isinstance(value, dict):
        if value and set(value) <= LANGUAGES:
            yield Said(name, keys, str(value.get("en", "")), str(value.get("fi", "")))
            return
        for key, inner in value.items():
            yield from _said(name, (*keys, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _said(name, (*keys, str(index)), inner)
