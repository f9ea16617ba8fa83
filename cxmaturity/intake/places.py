"""Where a respondent belongs: a label in a file becomes the path of a place on a group axis.

A declared place is meant by its path or its title.  On an axis without declared places a label
makes its own path (``Myynti / Pohjoinen`` → ``myynti/pohjoinen``), the same for everybody; two
labels that would make one path are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from cxmaturity.intake.questions import Axis, plain
from cxmaturity.model.people import OTHER
from cxmaturity.text.messages import gettext as _

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST_ID = 40
_DEEPEST = 6
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "ł": "l",
                          "þ": "th", "ı": "i"})  # fmt: skip


class PlaceReader:
    """Reads the labels of one axis; ``made`` are the paths that were made of labels."""

    def __init__(self, axis: Axis, values: Mapping[str, str], missing: tuple[str, ...]) -> None:
        self.made: dict[str, str] = {}
        self._declared = _by_name(axis)
        self._named = {plain(label): path for label, path in values.items()}
        self._missing = frozenset(map(plain, missing))
        self._known: dict[str, str | None] = {"": None}
        self._labels: dict[str, str] = {}

    def read(self, label: str) -> str | None:
        """The path of the place, None for no place; raises ValueError with what is wrong."""
        if label not in self._known:
            self._known[label] = self._work_out(label.strip())
        return self._known[label]

    def _work_out(self, label: str) -> str | None:
        word = plain(label)
        if not word or word in self._missing:
            return None
        path = self._named.get(word)
        if path is None:
            path = self._declared.get(word) or self._from_parts(label)
        parts = path.split("/")
        if len(parts) > _DEEPEST or not all(_ID.fullmatch(part) for part in parts):
            raise ValueError(_("is no path of places, such as sales/north"))
        first = self._labels.setdefault(path, word)
        if path not in self._declared.values() and word not in self._named and first != word:
            raise ValueError(
                _("would be the same place as another label: {path}").format(path=path)
            )
        return None if path == OTHER else path

    def _from_parts(self, label: str) -> str:
        """The path of a label with slashes: the first part is declared where anything is."""
        parts = [part.strip() for part in label.split("/")]
        top = self._declared.get(plain(parts[0]))
        if self._declared and top is None and parts[0] != OTHER:
            known = ", ".join(dict.fromkeys(self._declared.values()))
            raise ValueError(_("is none of the places {known}").format(known=known))
        path = "/".join((top or place_id(parts[0]), *map(place_id, parts[1:])))
        if path != plain(label):
            self.made[label] = path
        return path


def place_id(label: str) -> str:
    """The id that a label makes: plain letters, digits and underscores; empty where none is left.

    Marks above letters are dropped (``Hämeenlinna`` → ``hameenlinna``).
    """
    letters = unicodedata.normalize("NFKD", label.casefold().translate(_LETTERS))
    ascii_only = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")
    if words[:1].isdigit():
        words = f"p_{words}"
    return words[:_LONGEST_ID].rstrip("_")


def _by_name(axis: Axis) -> dict[str, str]:
    """Declared places by path and by title; a title that two places have names neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for path, titles in axis.places.items():
        for title in {plain(text) for text in titles.values()}:
            if found.setdefault(title, path) != path:
                twice.add(title)
    named = {title: path for title, path in found.items() if title not in twice}
    return named | {plain(path): path for path in axis.places}
