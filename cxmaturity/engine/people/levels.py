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
    read: dict[object, tuple[int, int]] = {}
    states: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for index, raw in enumerate(raws):
        key = answer_key(raw)
        found = read.get(key)
        if found is None:
            try:
                found = read[key] = read_rating(leaf, raw)
            except ValueError as error:
                problems.append(_bad_answer(leaf, codes[index] if codes else str(index), error))
                continue
        states.append(found)
    if problems:
        raise InputError(problems)
    return _of_states(states)


def _of_states(states: Sequence[tuple[int, int]]) -> ItemAnswers:
    value, absent = int(State.VALUE), int(State.UNANSWERED)
    levels = tuple(level if state == value else None for state, level in states)
    counts = Counter(state for state, _ in states)
    return ItemAnswers(
        levels,
        int(bytes(48 + (level is not None) for level in reversed(levels)) or b"0", 2),
        len(states) - counts[absent],
        sum(counts[state] for state in _LEAVES_THE_WEIGHT),
    )


def answer_key(raw: object) -> object:
    """What tells answers apart: ``True`` and ``1`` differ; sets of options can be looked up."""
    return raw.__class__, raw if isinstance(raw, str | int | None) else repr(raw)


def _bad_answer(leaf: Leaf, code: str, error: ValueError) -> Problem:
    what = N_("the answer of '{code}' to '{path}' cannot be read; allowed: {allowed}")
    values = {"code": code, "path": leaf.path, "allowed": str(error)}
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
