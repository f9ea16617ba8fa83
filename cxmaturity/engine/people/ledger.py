"""The ledger rule: two publications never differ by the answers of a few people.

Who compares two reports sees what changed between them.  If that rests on fewer than ``n_min``
people, it is theirs: then the old figures are repeated.  Raw answers are compared, never levels,
so that nothing here depends on what an answer is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from cxmaturity.engine.people.groups import (
    Groups,
    groups_of,
    indices_of,
    mask_of,
    parent_of,
    places_on,
)
from cxmaturity.model.answers import is_not_applicable, is_unknown
from cxmaturity.model.people import ERASED, People, PeopleSettings, Publication


def held_back(
    path: str,
    people: People,
    groups: Groups,
    earlier: Sequence[Publication],
    settings: PeopleSettings,
) -> bool:
    """Whether the figures of an indicator must be those of an earlier publication.

    For many indicators of the same people a `Ledger` is quicker.
    """
    return Ledger(people, groups, earlier, settings).holds_back(path)


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
        self._n_min = settings.n_min

    def holds_back(self, path: str) -> bool:
        """Whether this indicator differs from an earlier publication by a few people's answers."""
        return any(
            0 < n < self._n_min
            for change in self._changes
            if binds(change.before, path)
            for n in change.counts(path)
        )


def binds(publication: Publication, path: str) -> bool:
    """Whether a publication showed any figure of the indicator."""
    item = publication.items.get(path)
    return item is not None and (
        item.card.n is not None or any(group.n is not None for group in item.card.groups)
    )


def is_answer(raw: object) -> bool:
    """Whether an answer can give a level: not absent, not unknown, not not-applicable."""
    return raw is not None and not is_unknown(raw) and not is_not_applicable(raw)


class Change:
    """What changed from a publication to the people of now.

    Everybody has one index in both: that of now; who is gone or was erased comes after.
    """

    def __init__(
        self, before: Publication, people: People, groups: Groups, settings: PeopleSettings
    ) -> None:
        self.before, self._people = before, people
        index = {code: i for i, code in enumerate(people.codes) if code}
        gone = count(len(people))
        self._index = [index[code] if code in index else next(gone) for code in before.people.codes]
        self._size = next(gone)
        self._sets = self._all_sets(groups, groups_of(before.people, settings.axes))
        self._moved = self._who_moved(settings)

    def counts(self, path: str) -> Iterator[int]:
        """By how many people's answers to an indicator every set differs.

        The sets are everybody, every place of every axis, and of every place those who are in none
        of its parts: hidden siblings together are always made of these.  An answer that is new,
        gone, changed, or came from another place differs; an erased one is gone.
        """
        now, was, other = self._answers(path)
        for inside_now, inside_was in self._sets:
            yield (now & inside_now ^ was & inside_was | other & inside_now).bit_count()
        yield (now ^ was | other | now & self._moved).bit_count()

    def _answers(self, path: str) -> tuple[int, int, int]:
        """Who answers now, who did, and who did otherwise."""
        new: list[object] = [None] * self._size
        new[: len(self._people)] = self._people.answers.get(path, ())
        new += [None] * (self._size - len(new))
        old: list[object] = [None] * self._size
        for index, raw in zip(self._index, self.before.people.answers.get(path, ()), strict=False):
            old[index] = raw
        now, was = (_where(map(is_answer, raws)) for raws in (new, old))
        return now, was, now & was & _where(map(_differ, new, old))

    def _all_sets(self, now: Groups, before: Groups) -> Sequence[tuple[int, int]]:
        """Every set, with the members it has now and those it had."""
        found: dict[tuple[int, int], None] = {}
        for axis, places in now.items():
            was = {place: self._in_step(mask) for place, mask in before[axis].items()}
            direct_now, direct_was = _without_parts(places), _without_parts(was)
            for place in {**places, **was}:
                found[places.get(place, 0), was.get(place, 0)] = None
                found[direct_now.get(place, 0), direct_was.get(place, 0)] = None
        return tuple(found)

    def _in_step(self, before: int) -> int:
        return mask_of(self._index[i] for i in indices_of(before))

    def _who_moved(self, settings: PeopleSettings) -> int:
        """Who counts in another group for everybody now."""
        axis = settings.aggregate_over
        if settings.pooled or axis is None:
            return 0
        now = places_on(self._people, axis)
        pairs = zip(self._index, places_on(self.before.people, axis), strict=True)
        return mask_of(i for i, was in pairs if i < len(now) and _top(now[i]) != _top(was))


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
