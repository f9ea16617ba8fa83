"""Which sets of people may be shown of one indicator: the one gate before every reader.

A figure of a few people must not be shown, nor follow from figures that are.  Everything here is
decided from who answered, by size and name, except the audit at the end, which looks at levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm
from typing import Literal

from cxmaturity.engine.people.audit import Outsider, Rooms
from cxmaturity.engine.people.groups import parent_of, path_and_above
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION
from cxmaturity.model.people import EVERYBODY, PeopleSettings

Place = tuple[str, str]
"""An axis and a place on it; both empty for everybody."""

ALL: Place = (EVERYBODY, EVERYBODY)

FEWEST_OF_ONE_MIND = 10
"""So many may be shown to agree at an end of the scale; of fewer only a bound is shown."""


@dataclass(frozen=True, slots=True)
class Showable:
    """What may be shown of one indicator.

    ``places`` by axis.  ``bounds`` are the sets of few people of one mind at an end of the scale:
    only a bound is shown of these.
    """

    everybody: bool
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: Mapping[Place, Literal["at_most", "at_least"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier publication showed of one indicator, and of whose answers: bit masks.

    Who answers the same now has the index of now; answers of then have indices after these.
    ``shown`` and ``hidden`` are its places, ``weights`` the groups that make its figure of
    everybody with the weight of one of their answers; empty where that was not shown.
    """

    shown: Mapping[Place, int]
    hidden: tuple[int, ...]
    weights: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that is known already, and the levels of the answers of then (None: unknown)."""

    publications: tuple[Known, ...] = ()
    levels: tuple[int | None, ...] = ()


NOTHING_YET = Past()


def showable(
    levels: Sequence[int | None],
    groups: Mapping[str, Mapping[str, int]],
    settings: PeopleSettings,
    scale: Interval,
    past: Past = NOTHING_YET,
) -> Showable:
    """The sets of people whose figure of one indicator may be shown.

    ``levels`` in millionths, one entry a person, None for who gave none; ``groups`` are bit masks
    of persons by axis and place, every place above a place included.

    1. Only sets with ``n_min`` answers.
    2. No remainder of fewer: between any two sets that are shown, and for the parts of a place that
       are not shown, taken together.  The next smallest part is hidden until this holds.
    3. Later axes yield to the first (``aggregate_over``), and what is new to what is known.
    4. The audit: at least a quarter of the scale is left for the average of every hidden place, now
       and in every publication of the ``past``, whose figures count as well.  Where less is left
       the next smallest figure is hidden; in the end everything is.
    """
    board = _Board(Rooms([*levels, *past.levels], scale), len(levels), groups, settings, past)
    if not board.may_show_everybody():
        return Showable(everybody=False)
    for axis in board.axes:
        board.offer(axis)
        while exposed := board.exposed():
            if exposed == ALL:
                return Showable(everybody=False)
            board.shown.remove(exposed)
    if not board.axes and board.exposed():
        return Showable(everybody=False)
    places = {
        axis: tuple(place for place in groups[axis] if (axis, place) in board.shown)
        for axis in settings.axes
    }
    return Showable(everybody=True, places=places, bounds=dict(_bounds(board)))


def weights_of(tops: Mapping[str, int], who: int, settings: PeopleSettings) -> Mapping[int, int]:
    """The groups that make the figure of everybody, with the weight of one of their answers.

    ``tops`` are those who answered of every top-level place of the axis that is aggregated over,
    ``who`` all who did.  Only the ratios of the weights mean anything.
    """
    if settings.pooled or settings.aggregate_over is None:
        return {who: 1}
    common = lcm(*(group.bit_count() for group in tops.values()))
    return {
        group: settings.group_weights.get(place, MILLION) * common // group.bit_count()
        for place, group in tops.items()
    }


@dataclass
class _Board:
    """What is shown so far: first everything that is large enough, then less and less."""

    rooms: Rooms
    people: int
    groups: Mapping[str, Mapping[str, int]]
    settings: PeopleSettings
    past: Past
    shown: set[Place] = field(default_factory=set)
    offered: list[str] = field(default_factory=list)
    axes: tuple[str, ...] = field(init=False)
    """The one that is aggregated over comes first."""
    who: int = field(init=False)
    """Who answers now."""
    answered: dict[Place, int] = field(init=False)
    """Who answers now, by place; places without answers are absent."""
    below: dict[Place, list[str]] = field(init=False)
    """The places with answers below a place, at any depth; below none: all of the axis."""
    weights: Mapping[int, int] = field(init=False)
    everybody: int = field(init=False)
    """Who counts in the figure of everybody."""

    def __post_init__(self) -> None:
        first = self.settings.aggregate_over
        self.axes = tuple(sorted(self.settings.axes, key=lambda axis: axis != first))
        self.who = self.rooms.who & ((1 << self.people) - 1)
        self.answered = {
            (axis, place): mask & self.who
            for axis in self.axes
            for place, mask in self.groups[axis].items()
            if mask & self.who
        }
        self.below = {(axis, ""): [] for axis in self.axes}
        for axis, place in self.answered:
            self.below[axis, place] = []
            for above in (*path_and_above(parent_of(place)), ""):
                self.below[axis, above].append(place)
        tops = {
            place: mask
            for (axis, place), mask in self.answered.items()
            if axis == first and not parent_of(place)
        }
        self.weights = weights_of(tops, self.who, self.settings)
        self.everybody = _union(self.weights)

    def may_show_everybody(self) -> bool:
        """Whether those who count are enough, and not nearly a set that was shown."""
        enough = self.everybody.bit_count() >= self.settings.n_min
        return enough and not self._is_near_the_past(ALL, self.everybody)

    def _size(self, place: Place) -> tuple[int, str]:
        """Smallest first, then by name: order of arrival never matters."""
        return self.answered[place].bit_count(), place[1]

    def _is_few(self, mask: int) -> bool:
        return 0 < mask.bit_count() < self.settings.n_min

    # offering -----------------------------------------------------------------------------------

    def offer(self, axis: str) -> None:
        """Show what of an axis is large enough and keeps its distance to what is shown."""
        self.offered.append(axis)
        already = [self.everybody, *(self.answered[place] for place in self.shown)]
        for place in self.below[axis, ""]:
            mask = self.answered[axis, place]
            if mask.bit_count() >= self.settings.n_min and not (
                any(self._is_few(mask & ~other) or self._is_few(other & ~mask) for other in already)
                or self._is_near_the_past((axis, place), mask)
            ):
                self.shown.add((axis, place))

    def _is_near_the_past(self, place: Place, mask: int) -> bool:
        """Whether a set and one that was shown, one inside the other, differ by a few answers.

        How the same set has changed since is for the ledger to judge.
        """
        return any(
            self._is_few(mask ^ other) and (mask | other) in (mask, other)
            for known in self.past.publications
            for shown, other in known.shown.items()
            if shown != place
        ) or any(
            self._is_few(mask ^ other) and (mask | other) in (mask, other)
            for known in self.past.publications
            for other in [_union(known.weights)]
            if place != ALL
        )

    # what must be hidden next -------------------------------------------------------------------

    def exposed(self) -> Place | None:
        """The next set to hide: `ALL` when everything must be, None when nothing must.

        A place that holds the same people as a set that is shown, or as everybody, hides nobody:
        the figure of these people is there under another name.
        """
        for axis in self.offered:
            found = self._remainder(axis)
            if found:
                return found
        outsider = self._outsider()
        for then in self.past.publications:
            for mask in then.hidden:
                if not outsider.is_left_in_doubt(mask):
                    return self._next_to(None, mask)
        known = {self.everybody, *(self.answered[place] for place in self.shown)}
        hidden = [
            place
            for place, mask in self.answered.items()
            if place[0] in self.offered and place not in self.shown and mask not in known
        ]
        for place in sorted(hidden, key=lambda each: (self.axes.index(each[0]), self._size(each))):
            if not outsider.is_left_in_doubt(self.answered[place]):
                return self._next_to(place, self.answered[place])
        return None

    def _outsider(self) -> Outsider:
        """Whoever has the figures that are shown now, and all that were shown."""
        published = {self.answered[place] for place in self.shown}
        published |= {mask for known in self.past.publications for mask in known.shown.values()}
        totals = [self.weights, *(known.weights for known in self.past.publications)]
        return Outsider(self.rooms, published, totals, median=self.settings.median)

    def _remainder(self, axis: str) -> Place | None:
        """A part of a place, or of everybody, that leaves too few others when it is shown."""
        for parent in ("", *self.below[axis, ""]):
            whole = self.answered[axis, parent] if parent else self.everybody
            parts = [place for place in self.below[axis, parent] if parent_of(place) == parent]
            largest = self._largest_shown(axis, parent)
            for shown in ([place for place in parts if (axis, place) in self.shown], largest):
                if shown and self._is_few(self._without(whole, axis, shown)):
                    return min(((axis, place) for place in shown), key=self._size)
        return None

    def _without(self, whole: int, axis: str, places: Iterable[str]) -> int:
        for place in places:
            whole &= ~self.answered[axis, place]
        return whole

    def _largest_shown(self, axis: str, parent: str) -> list[str]:
        """The places below a place that are shown and in no other such place."""
        found: list[str] = []
        for place in self.below[axis, parent]:
            if (axis, place) in self.shown and not any(
                place.startswith(f"{above}/") for above in found
            ):
                found.append(place)
        return found

    def _next_to(self, hidden: Place | None, mask: int) -> Place:
        """The figure that goes next when too little is left open about a hidden place.

        None stands for a place of an earlier publication.
        """
        for axis in reversed(self.offered):
            here = hidden if hidden and axis == hidden[0] else None
            found = self._nearest(here) if here else self._crossing(axis, mask)
            if found:
                return found
        return ALL

    def _nearest(self, hidden: Place) -> Place | None:
        """The smallest shown sibling, else the place above, else its siblings, and so on."""
        axis, place = hidden
        while place:
            place = parent_of(place)
            near = [(axis, each) for each in self.below[axis, place]]
            shown = [each for each in near if each in self.shown]
            if shown:
                return min(shown, key=self._size)
            if (axis, place) in self.shown:
                return axis, place
        return None

    def _crossing(self, axis: str, mask: int) -> Place | None:
        """The smallest shown place of an axis, first of those with people in common."""
        return min(
            (place for place in self.shown if place[0] == axis),
            key=lambda place: (not self.answered[place] & mask, self._size(place)),
            default=None,
        )


def _union(groups: Mapping[int, int]) -> int:
    """Everybody who weighs anything."""
    found = 0
    for group, weight in groups.items():
        found |= group if weight else 0
    return found


def _bounds(board: _Board) -> Iterator[tuple[Place, Literal["at_most", "at_least"]]]:
    """The shown sets of few people who all answer one end of the scale."""
    rooms = board.rooms
    for place in sorted({ALL, *board.shown}):
        mask = board.everybody if place == ALL else board.answered[place]
        if mask.bit_count() < FEWEST_OF_ONE_MIND:
            if not rooms.up(mask):
                yield place, "at_least"
            elif not rooms.down(mask):
                yield place, "at_most"
