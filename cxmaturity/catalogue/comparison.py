"""What differs between two rubrics, element by element and key by key; words apart from scores.

Values only: how a change is told is the surface's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Path = tuple[str, ...]
Kind = Literal["added", "removed", "changed", "moved"]
Effect = Literal["scores", "advice", "words"]
"""What a change can touch: numbers, phases and findings; only what is recommended; only words."""

_WITH_IDS: Final = (
    "phases", "dimensions", "facts", "conditions", "rules", "actions", "profiles", "modules",
    "axes", "documents", "measures",
)  # fmt: skip
_TEXTS: Final = frozenset(
    {
        *("title", "question", "why", "guidance", "evidence", "summary", "text", "anchors"),
        *("levels", "owner", "unit"),
    }
)
"""Keys whose plain strings are texts (in a rubric of one language)."""
_WORDS: Final = frozenset({"sources", "id", "version", "minutes", "languages", "documents"})
_ORDERED: Final = ("phases", "axes")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``key`` is empty for a whole element, the values None where there is none."""

    kind: Kind
    element: Path
    key: str
    old: Any
    new: Any
    effect: Effect


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Everything that differs between two merged rubrics, in the order of the new one."""
    return tuple(_changes(old, new))


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = dict(_elements(old)), dict(_elements(new))
    for element in dict.fromkeys([*after, *before]):
        if element not in before:
            yield Change("added", element, "", None, None, _effect(element, ""))
        elif element not in after:
            yield Change("removed", element, "", None, None, _effect(element, ""))
        else:
            yield from _keys(element, before[element], after[element])
    for table in _ORDERED:
        was = [name for name in old.get(table, {}) if name in new.get(table, {})]
        now = [name for name in new.get(table, {}) if name in old.get(table, {})]
        if was != now:
            yield Change("moved", (table,), "", was, now, "scores")


def _elements(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The rubric itself, then everything with an id; indicators are elements of their own."""
    yield (), {key: value for key, value in data.items() if key not in (*_WITH_IDS, "overall")}
    yield ("overall",), data.get("overall", {})
    for table in _WITH_IDS:
        for name, element in data.get(table, {}).items():
            yield (
                (table, name),
                {key: value for key, value in element.items() if key != "indicators"},
            )
            for below, indicator in element.get("indicators", {}).items():
                yield (table, name, "indicators", below), indicator


def _keys(element: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        if was == now and (key in old) == (key in new):
            continue
        kind: Kind = "changed"
        if key not in old:
            kind = "added"
        elif key not in new:
            kind = "removed"
        effect = _effect(element, key)
        if effect != "words" and without_words(was, key) == without_words(now, key):
            effect = "words"
        yield Change(kind, element, key, was, now, effect)


def _effect(element: Path, key: str) -> Effect:
    table = element[0] if element else ""
    if table == "documents" or key in _WORDS or (key in _TEXTS and key != "evidence"):
        # A ladder's levels are texts, but their number is not: that is looked at by value.
        return "scores" if key == "levels" else "words"
    if table == "actions":
        return "advice"
    return "words" if (table, key) == ("rules", "dimension") else "scores"


def without_words(value: object, key: str = "") -> object:
    """A value with every text in it blanked, so that only what counts is left."""
    if isinstance(value, str):
        return "" if key in _TEXTS else value
    if isinstance(value, Mapping):
        if value and all(len(k) == 2 and isinstance(v, str) for k, v in value.items()):
            return ""
        return {k: without_words(v, k) for k, v in value.items() if k not in _WORDS}
    if isinstance(value, list | tuple):
        return [without_words(one, key) for one in value]
    return "" if value is None and key in _TEXTS else value
