"""The ledger rule: two publications never differ by the answers of a few people.

Who compares two reports sees what changed between them.  If that rests on fewer than ``n_min``
people, it is theirs: then the old figures are repeated.  Raw answers are compared, never levels,
so that nothing here depends on what an answer is worth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from cxmaturity.engine.people.disclosure import Known, Past, weights_of
from cxmaturity.engine.people.groups import (
    Groups,
    groups_of,
    indices_of,
    mask_of,
    parent_of,
    places_on,
)
from cxmaturity.engine.people.levels import answer_key
from cxmaturity.model.answers import is_not_applicable, is_unknown
from cxmaturity.model.people import ERASED, People, PeopleSettings, Publication

LevelsOf = Callable[[Sequence[object]], Sequence[int | None]]
"""Reads raw answers to one indicator as levels in millionths."""


class Ledger:
    """The people of now beside those of every earlier publication."""

    def __init__(
        self,
        people: People,
        groups: Groups,
        earlier: Sequence[Publication],
        settings: PeopleSettings,
    ) -> None:
        self._changes = [Change(each, people, groups, settings) for each in earlier]
        self._n_min, self._people = settings.n_min, len(people)

    def holds_back(self, path: str) -> bool:
        """Whether this indicator differs from an earlier publication by a few people's answers."""
        return any(
            0 < n < self._n_min
            for change in self._changes
            if binds(change.before, path)
            for n in change.counts(path)
        )

    def past(self, path: str, levels_of: LevelsOf) -> Past:
        """What publications have shown of an indicator, for the audit of the next one.

        ``levels_of`` reads raw answers as levels.  Answers of erased people are unknown, and count
        as fixed; so do old ones that were in two publications, which are the same in both.
        """
        bound = [
            (change, change.of(path)) for change in self._changes if binds(change.before, path)
        ]
        times = Counter(key for change, said in bound for _, key in change.left_behind(said))
        known: list[Known] = []
        levels: list[int | None] = []
        for change, said in bound:
            known.append(change.known(path, said, self._people + len(levels)))
            levels += change.levels_then(said, times, levels_of)
        return Past(tuple(known), tuple(levels))


def binds(publication: Publication, path: str) -> bool:
    """Whether a publication showed any figure of the indicator."""
    item = publication.items.get(path)
    return item is not None and (
        item.card.n is not None or any(group.n is not None for group in item.card.groups)
    )


def is_answer(raw: object) -> bool:
    """Whether an answer can give a level: not absent, not unknown, not not-applicable."""
    return raw is not None and not is_unknown(raw) and not is_not_applicable(raw)


class Said(NamedTuple):
    """Who answers an indicator now, who did, and who did otherwise; and the answers of then."""

    now: int
    then: int
    otherwise: int
    old: Sequence[object]

    @property
    def left_behind(self) -> int:
        """Whose answers of then are no longer theirs."""
        return self.then & ~self.now | self.otherwise


class Change:
    """What changed from a publication to the people of now.

    Everybody has one index in both: that of now; who is gone or was erased comes after.
    """

    def __init__(
        self, before: Publication, people: People, groups: Groups, settings: PeopleSettings
    ) -> None:
        self.before, self._people, self._settings = before, people, settings
        index = {code: i for i, code in enumerate(people.codes) if code}
        gone = count(len(people))
        self._index = [index[code] if code in index else next(gone) for code in before.people.codes]
        self._size = next(gone)
        self._codes = dict(zip(self._index, before.people.codes, strict=True))
        self._then = {
            axis: {place: self._in_step(mask) for place, mask in places.items()}
            for axis, places in groups_of(before.people, settings.axes).items()
        }
        self._sets = tuple(self._all_sets(groups))
        self._moved = self._who_moved()

    def of(self, path: str) -> Said:
        """The answers to an indicator, now and then."""
        new: list[object] = [*self._people.answers.get(path, (None,) * len(self._people))]
        new += [None] * (self._size - len(new))
        old: list[object] = [None] * self._size
        for index, raw in zip(self._index, self.before.people.answers.get(path, ()), strict=False):
            old[index] = raw
        now, then = (_where(map(is_answer, raws)) for raws in (new, old))
        return Said(now, then, now & then & _where(map(_differ, new, old)), old)

    def counts(self, path: str) -> Iterator[int]:
        """By how many people's answers to an indicator every set differs.

        The sets are everybody, every place of every axis, and of every place those who are in none
        of its parts: hidden siblings together are always made of these.  An answer that is new,
        gone, changed, or came from another place differs; an erased one is gone.
        """
        now, then, otherwise, _ = self.of(path)
        for inside_now, inside_then in self._sets:
            yield (now & inside_now ^ then & inside_then | otherwise & inside_now).bit_count()
        yield (now ^ then | otherwise | now & then & self._moved).bit_count()

    # for the audit ------------------------------------------------------------------------------

    def left_behind(self, said: Said) -> Iterator[tuple[int, object]]:
        """The answers of then that are no longer theirs: the index, and what tells them apart."""
        for i in indices_of(said.left_behind):
            yield i, (self._codes[i], answer_key(said.old[i]))

    def levels_then(
        self, said: Said, times: Mapping[object, int], levels_of: LevelsOf
    ) -> Sequence[int | None]:
        """The levels of the answers left behind, by index; None for what counts as fixed."""
        levels: list[int | None] = [None] * self._size
        readable = [i for i, key in self.left_behind(said) if self._codes[i] and times[key] == 1]
        read = levels_of([said.old[i] for i in readable]) if readable else ()
        for i, level in zip(readable, read, strict=True):
            levels[i] = level
        return levels

    def known(self, path: str, said: Said, offset: int) -> Known:
        """What the publication showed; answers left behind get indices from ``offset`` on."""
        card = self.before.items[path].card
        places = {
            (axis, place): self._moved_on(mask & said.then, said, offset)
            for axis, masks in self._then.items()
            for place, mask in masks.items()
            if mask & said.then
        }
        shown = {(group.axis, group.place) for group in card.groups if group.n is not None}
        axis = self._settings.aggregate_over
        tops = {
            place: mask for (on, place), mask in places.items() if on == axis and "/" not in place
        }
        who = self._moved_on(said.then, said, offset)
        known = {who, *(mask for place, mask in places.items() if place in shown)}
        return Known(
            {place: mask for place, mask in places.items() if place in shown},
            tuple(mask for mask in places.values() if mask not in known),
            {} if card.n is None else weights_of(tops, who, self._settings),
        )

    def _moved_on(self, mask: int, said: Said, offset: int) -> int:
        return mask & ~said.left_behind | (mask & said.left_behind) << offset

    # sets ---------------------------------------------------------------------------------------

    def _all_sets(self, groups: Groups) -> Iterable[tuple[int, int]]:
        """Every set, with the members it has now and those it had."""
        found: dict[tuple[int, int], None] = {}
        for axis, now in groups.items():
            then = self._then[axis]
            direct_now, direct_then = _without_parts(now), _without_parts(then)
            for place in {**now, **then}:
                found[now.get(place, 0), then.get(place, 0)] = None
                found[direct_now.get(place, 0), direct_then.get(place, 0)] = None
        return found

    def _who_moved(self) -> int:
        """Who counts in another group for everybody now."""
        axis = self._settings.aggregate_over
        if self._settings.pooled or axis is None:
            return 0
        now = places_on(self._people, axis)
        pairs = zip(self._index, places_on(self.before.people, axis), strict=True)
        return mask_of(i for i, then in pairs if i < len(now) and _top(now[i]) != _top(then))

    def _in_step(self, before: int) -> int:
        return mask_of(self._index[i] for i in indices_of(before))


def _top(place: str) -> str:
    return place.partition("/")[0]


def _without_parts(places: Mapping[str, int]) -> Mapping[str, int]:
    """Of every place those who are in none of its parts."""
    left = dict(places)
    for place, mask in places.items():
        above = parent_of(place)
        if above:
            left[above] &= ~mask
    return left


def _where(truths: Iterable[bool]) -> int:
    """The indices at which something is true."""
    return int(bytes(48 + truth for truth in truths)[::-1] or b"0", 2)


def _differ(one: object, other: object) -> bool:
    """Whether two raw answers say something else, however they were read from a file."""
    if one is other:
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return sorted(map(str, one)) != sorted(map(str, other))
    return isinstance(one, bool) is not isinstance(other, bool) or one != other


def without(publications: Iterable[Publication], code: str) -> tuple[Publication, ...]:
    """The ledger after somebody is erased: the answers become nobody's, and still count."""
    return tuple(_erased(each, code) for each in publications)


def _erased(publication: Publication, code: str) -> Publication:
    people = publication.people
    if code not in people.codes:
        return publication
    at = people.codes.index(code)
    answers = {
        path: (*raws[:at], ERASED if is_answer(raws[at]) else None, *raws[at + 1 :])
        for path, raws in people.answers.items()
    }
    codes = (*people.codes[:at], "", *people.codes[at + 1 :])
    left = replace(people, codes=codes, answers=answers, attributed=people.attributed - {code})
    return replace(publication, people=left)
