"""Each respondent's answer to one indicator, as a level.

Levels come before any average: what an option or a number is worth is decided here, by the same
kinds that read the assessor's ratings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxmaturity.engine.inputs import read_rating
from cxmaturity.engine.people.groups import path_and_above
from cxmaturity.engine.program import Leaf, State
from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text.messages import N_

Tally = Mapping[int, int]
"""How many gave each level (millionths)."""

_LEAVES_THE_WEIGHT = (int(State.NOT_APPLICABLE), int(State.NOT_ASKED))


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """What people answered to one indicator.

    ``levels`` in millionths, one entry a person, None for who gave none; ``who`` is the bit mask of
    those who gave one.  ``replied`` counts everybody who said anything, ``not_applicable`` those
    who said that it does not apply, or chose an option without a level.
    """

    levels: tuple[int | None, ...]
    who: int
    replied: int
    not_applicable: int

    @property
    def n(self) -> int:
        """How many gave a level."""
        return self.who.bit_count()


def item_answers(leaf: Leaf, raws: Sequence[object], codes: Sequence[str] = ()) -> ItemAnswers:
    """The levels of everybody's raw answer; every distinct answer is read once.

    Raises InputError with all answers that the question does not allow, by respondent code.
    """
    keys = [answer_key(raw) for raw in raws]
    read: dict[object, tuple[int, int]] = {}
    refused: dict[object, str] = {}
    for key, raw in dict(zip(keys, raws, strict=True)).items():
        try:
            read[key] = read_rating(leaf, raw)
        except ValueError as error:
            refused[key] = str(error)
    if refused:
        named = codes or [str(number) for number in range(1, len(keys) + 1)]
        given = zip(named, keys, strict=True)
        raise InputError(_bad_answer(leaf, c, refused[k]) for c, k in given if k in refused)
    return _answers(keys, read)


def _answers(keys: Sequence[object], read: Mapping[object, tuple[int, int]]) -> ItemAnswers:
    value, absent = int(State.VALUE), int(State.UNANSWERED)
    level_of = {key: level if state == value else None for key, (state, level) in read.items()}
    levels = tuple(map(level_of.__getitem__, keys))
    counts: Counter[int] = Counter()
    for key, n in Counter(keys).items():
        counts[read[key][0]] += n
    bits = bytes(48 + (level is not None) for level in reversed(levels))
    return ItemAnswers(
        levels,
        int(bits or b"0", 2),
        len(keys) - counts[absent],
        sum(counts[state] for state in _LEAVES_THE_WEIGHT),
    )


def answer_key(raw: object) -> object:
    """What tells answers apart: ``True`` and ``1`` differ; sets of options can be looked up."""
    return raw.__class__, raw if isinstance(raw, str | int | None) else repr(raw)


def _bad_answer(leaf: Leaf, code: str, allowed: str) -> Problem:
    what = N_("the answer of '{code}' to '{path}' cannot be read; allowed: {allowed}")
    values = {"code": code, "path": leaf.path, "allowed": allowed}
    return Problem("bad_answer", what, Where(key=leaf.path), "", values)


def tally_of(levels: Sequence[int | None]) -> Tally:
    """How many gave each level."""
    return Counter(level for level in levels if level is not None)


def tallies_by_place(
    levels: Sequence[int | None], places: Mapping[str, Sequence[str]]
) -> Mapping[str, Mapping[str, Tally]]:
    """How many gave each level, by axis and by every place in which somebody gave one.

    ``places`` by axis: everybody's path.
    """
    return {axis: _tallies(levels, paths) for axis, paths in places.items()}


def _tallies(levels: Sequence[int | None], paths: Sequence[str]) -> Mapping[str, Tally]:
    found: dict[str, Counter[int]] = {}
    for (path, level), count in Counter(zip(paths, levels, strict=True)).items():
        if level is not None:
            for place in path_and_above(path):
                found.setdefault(place, Counter())[level] += count
    return found
