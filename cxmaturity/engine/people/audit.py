"""The audit: how much the published figures leave open about a set of people that is not shown.

The outsider of the audit knows who answered, who is where, and every published figure *exactly*;
what is left open even then is a lower limit of what one-decimal figures leave open.  This module
looks at levels and never decides what is hidden.

Why an interval found here is safe.  It is witnessed by other possible answers: people who are in
exactly the same published sets, and have the same weight in the figure of everybody, can hand
levels to each other, and no published mean moves.  People who are in no published set only have to
keep the figure of everybody; there, what one gives up counts by weight.  Both can be done in all
classes of such people at once.  Hence a set's true interval (of a linear program over all figures)
contains the interval found, and rounding only widens it.  Other answers that would need longer
chains of exchanges are not looked for: the audit may hide too much, never too little.

Medians.  Within published sets people only *swap* answers, which moves no median, whatever it is a
median of.  A whole top-level group without any published set in it can answer with one voice
anywhere between the ends of the scale, as long as the figure of everybody keeps: its median then
moves like a mean, and counts as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd
from typing import NamedTuple

from cxmaturity.hookspecs import Interval

_QUARTERS = 4
"""One of them must stay open: 25 % of the scale."""


class Rooms:
    """One item's levels, and how far they could go up and down.

    Levels are counted in the largest ``unit`` that measures them all, from the low end of the
    scale, and kept as bit planes, so that the sum over 20,000 people is a handful of operations.
    """

    def __init__(self, levels: Sequence[int | None], scale: Interval) -> None:
        given = [level for level in levels if level is not None]
        low, high = min([scale[0], *given]), max([scale[1], *given])
        unit = gcd(high - low, *(level - low for level in set(given))) or 1
        self.top = (high - low) // unit
        self.who = _mask(level is not None for level in levels)
        steps = [0 if level is None else (level - low) // unit for level in levels]
        self._planes = [
            _mask(step >> bit & 1 for step in steps) for bit in range(self.top.bit_length())
        ]

    def down(self, mask: int) -> int:
        """By how much these people's sum could fall; also their sum from the low end."""
        return sum((mask & plane).bit_count() << bit for bit, plane in enumerate(self._planes))

    def up(self, mask: int) -> int:
        """By how much these people's sum could rise."""
        return mask.bit_count() * self.top - self.down(mask)

    def highest(self, mask: int, count: int) -> int:
        """The sum of the ``count`` highest levels among these people."""
        total = 0
        for bit in range(len(self._planes) - 1, -1, -1):
            above = mask & self._planes[bit]
            if above.bit_count() < count:
                total += sum(
                    (above & plane).bit_count() << power
                    for power, plane in enumerate(self._planes[: bit + 1])
                )
                count -= above.bit_count()
                mask &= ~above
            else:
                total += count << bit
                mask = above
        return total

    def lowest(self, mask: int, count: int) -> int:
        """The sum of the ``count`` lowest levels among these people."""
        return self.down(mask) - self.highest(mask, mask.bit_count() - count)

    def middle(self, mask: int) -> tuple[int, int]:
        """The median of these people, rounded down and up."""
        n = mask.bit_count()
        lower, upper = (n + 1) // 2, n // 2 + 1
        twice = sum(self.lowest(mask, k) - self.lowest(mask, k - 1) for k in (lower, upper))
        return twice // 2, -(-twice // 2)


def _mask(bits: Iterable[object]) -> int:
    """The set of the indices where there is a true value."""
    text = bytes(49 if bit else 48 for bit in bits)
    return int(text[::-1] or b"0", 2)


class Outsider:
    """Somebody who knows who is where and has every published figure of one item.

    ``published`` are the sets whose average is published.  ``totals`` are the published figures of
    everybody, one a publication: the groups that make it, with what one person in it counts.
    ``swaps``: only exchanges that also keep spreads and medians are counted.
    """

    def __init__(
        self,
        rooms: Rooms,
        published: Iterable[int],
        totals: Sequence[Mapping[int, int]],
        *,
        median: bool = False,
        swaps: bool = False,
    ) -> None:
        self.rooms, self.published = rooms, tuple(published)
        self.median, self.swaps = median, swaps or median
        self._equals = _who_count_the_same(rooms.who, totals, median=median)

    def is_left_in_doubt(self, hidden: int) -> bool:
        """Whether at least a quarter of the scale is left for the average of these people."""
        return _QUARTERS * self.open_range(hidden) >= self.rooms.top * hidden.bit_count()

    def open_range(self, hidden: int) -> int:
        """A lower limit of the range of these people's sum, in units of their `Rooms`."""
        return sum(
            self._of_bound(part, alike) if is_bound else self._of_unbound(part, alike)
            for part, alike, is_bound in self._classes(hidden & self.rooms.who)
        )

    def _classes(self, hidden: int) -> Iterable[tuple[int, int, bool]]:
        """The hidden people by the published sets they are in, with everybody in the same ones.

        The last part says whether there is such a set.
        """
        apart = 0
        for each in self.published:
            if not each & hidden:
                apart |= each
        classes = [(hidden, self.rooms.who & ~apart, False)] if hidden else []
        for each in self.published:
            if each & hidden:
                inside = [(part & each, alike & each, True) for part, alike, _ in classes]
                outside = [(part & ~each, alike & ~each, bound) for part, alike, bound in classes]
                classes = [found for found in [*inside, *outside] if found[0]]
        return classes

    def _of_bound(self, part: int, alike: int) -> int:
        return sum(self._exchanged(part & equal.who, alike & equal.who) for equal in self._equals)

    def _exchanged(self, part: int, alike: int) -> int:
        """The range when people who are in the same sets and count the same exchange levels."""
        others, rooms = alike & ~part, self.rooms
        if not part or not others:
            return 0
        if self.swaps:
            n = part.bit_count()
            return rooms.highest(alike, n) - rooms.lowest(alike, n)
        return min(rooms.up(part), rooms.down(others)) + min(rooms.down(part), rooms.up(others))

    def _of_unbound(self, part: int, alike: int) -> int:
        """The range of people who are in no published set: only figures of everybody bind them."""
        found = 0
        cells: dict[tuple[int, ...], list[_Cell]] = {}
        for equal in self._equals:
            own, others = part & equal.who, alike & equal.who & ~part
            trading = cells.setdefault(equal.direction, [])
            if not any(equal.direction):
                found += own.bit_count() * self.rooms.top
            elif not self.median:
                trading.append(self._cell(equal.weight, own, others))
            elif equal.is_whole and own | others == equal.who and not (own and others):
                trading.append(self._voice(equal.weight, equal.who, is_own=bool(own)))
            else:
                found += self._exchanged(own, own | others)
        return found + sum(map(_traded, cells.values()))

    def _cell(self, weight: int, own: int, others: int) -> _Cell:
        rooms = self.rooms
        return _Cell(weight, rooms.up(own), rooms.down(own), rooms.up(others), rooms.down(others))

    def _voice(self, weight: int, group: int, *, is_own: bool) -> _Cell:
        """A whole group whose every member answers its median."""
        n, (below, above) = group.bit_count(), self.rooms.middle(group)
        up, down = n * (self.rooms.top - above), n * below
        return _Cell(weight, up, down, 0, 0) if is_own else _Cell(weight, 0, 0, up, down)


class _Equal(NamedTuple):
    """People who count the same in every figure of everybody.

    Who has the same ``direction`` can trade, by ``weight``.  ``is_whole``: they are all who are in
    their groups.
    """

    who: int
    direction: tuple[int, ...]
    weight: int
    is_whole: bool


def _who_count_the_same(
    who: int, totals: Sequence[Mapping[int, int]], *, median: bool
) -> Sequence[_Equal]:
    """Everybody by what they count in each figure of everybody; with medians, by their groups."""
    cells: dict[tuple[tuple[int, int], ...], int] = {(): who}
    for total in totals:
        refined: dict[tuple[tuple[int, int], ...], int] = {}
        for key, mask in cells.items():
            rest = mask
            for group, weight in total.items():
                if weight and mask & group:
                    more = (*key, (weight, group if median else 0))
                    refined[more] = refined.get(more, 0) | mask & group
                    rest &= ~group
            if rest:
                refined[*key, (0, 0)] = refined.get((*key, (0, 0)), 0) | rest
        cells = refined
    return [_equal(key, mask) for key, mask in cells.items()]


def _equal(key: Sequence[tuple[int, int]], who: int) -> _Equal:
    weight = gcd(*(weight for weight, _ in key))
    direction = tuple(each // weight for each, _ in key) if weight else (0,) * len(key)
    return _Equal(who, direction, weight, all(group == who for each, group in key if each))


class _Cell(NamedTuple):
    """People of equal weight: how far their sums go, of those who are hidden and of the others."""

    weight: int
    up: int
    down: int
    others_up: int
    others_down: int


def _traded(cells: Sequence[_Cell]) -> int:
    """How far the hidden people's sum goes when the others' sums give way, by weight."""
    up = _bought([(cell.weight, cell.up, cell.others_down) for cell in cells])
    return up + _bought([(cell.weight, cell.down, cell.others_up) for cell in cells])


def _bought(cells: Sequence[tuple[int, int, int]]) -> int:
    """The most that (weight, room, others' room) buys: lightest first, whole units only."""
    budget = sum(weight * others for weight, _, others in cells)
    found = 0
    for weight, room, _ in sorted(cells):
        taken = min(room, budget // weight) if weight else room
        found, budget = found + taken, budget - taken * weight
    return found
