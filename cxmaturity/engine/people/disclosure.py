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
from cxmaturity.engine.people.groups import parent_of, top_level
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


def showable(
    levels: Sequence[int | None],
    groups: Mapping[str, Mapping[str, int]],
    settings: PeopleSettings,
    scale: Interval,
) -> Showable:
    """The sets of people whose figure of one indicator may be shown.

    ``levels`` in millionths, one entry a person, None for who gave none; ``groups`` are bit masks
    of persons by axis and place, every place above a place included.

    1. Only sets with ``n_min`` answers.
    2. No remainder of fewer: between any two sets that are shown, and for the parts of a place that
       are not shown, taken together.  The next smallest part is hidden until this holds.
    3. Later axes yield to the first (``aggregate_over``), smaller sets to larger ones.
    4. The audit: at least a quarter of the scale is left for the average of every hidden place.
       Where less is left the next smallest figure is hidden as well; in the end everything is.
    """
    rooms = Rooms(levels, scale)
    board = _Board(rooms, groups, settings)
    if board.everybody.bit_count() < settings.n_min:
        return Showable(everybody=False)
    for axis in board.axes:
        board.offer(axis)
        while exposed := board.exposed():
            if exposed == ALL:
                return Showable(everybody=False)
            board.shown.remove(exposed)
    places = {
        axis: tuple(place for place in groups[axis] if (axis, place) in board.shown)
        for axis in settings.axes
    }
    return Showable(everybody=True, places=places, bounds=dict(_bounds(board)))


@dataclass
class _Board:
    """What is shown so far: first everything that is large enough, then less and less."""

    rooms: Rooms
    groups: Mapping[str, Mapping[str, int]]
    settings: PeopleSettings
    shown: set[Place] = field(default_factory=set)
    axes: tuple[str, ...] = field(init=False)
    """The one that is aggregated over comes first."""
    offered: list[str] = field(default_factory=list)
    answered: dict[Place, int] = field(init=False)
    """Who answered, by place; places without answers are absent."""
    weights: Mapping[int, int] = field(init=False)
    """The groups that make the figure of everybody, with the weight of one of their answers."""
    everybody: int = field(init=False)
    """Who counts in the figure of everybody."""

    def __post_init__(self) -> None:
        first = self.settings.aggregate_over
        self.axes = tuple(sorted(self.settings.axes, key=lambda axis: axis != first))
        self.answered = {
            (axis, place): mask & self.rooms.who
            for axis in self.axes
            for place, mask in self.groups[axis].items()
            if mask & self.rooms.who
        }
        self.weights = self._weights()
        self.everybody = 0
        for group, weight in self.weights.items():
            self.everybody |= group if weight else 0

    def _weights(self) -> Mapping[int, int]:
        axis = self.settings.aggregate_over
        if self.settings.pooled or axis is None:
            return {self.rooms.who: 1}
        tops = {place: self.answered[axis, place] for place in top_level(self._places(axis))}
        common = lcm(*(group.bit_count() for group in tops.values()))
        return {
            group: self.settings.group_weights.get(place, MILLION) * common // group.bit_count()
            for place, group in tops.items()
        }

    def _places(self, axis: str) -> Iterator[str]:
        return (place for on, place in self.answered if on == axis)

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
        for place in self._places(axis):
            mask = self.answered[axis, place]
            if mask.bit_count() >= self.settings.n_min and not any(
                self._is_few(mask & ~other) or self._is_few(other & ~mask) for other in already
            ):
                self.shown.add((axis, place))

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
        outsider = Outsider(
            self.rooms,
            {self.answered[place] for place in self.shown},
            self.weights,
            median=self.settings.median,
        )
        known = {self.rooms.who, *(self.answered[place] for place in self.shown)}
        hidden = [
            place
            for place, mask in self.answered.items()
            if place[0] in self.offered and place not in self.shown and mask not in known
        ]
        for place in sorted(hidden, key=lambda each: (self.axes.index(each[0]), self._size(each))):
            if not outsider.is_left_in_doubt(self.answered[place]):
                return self._next_to(place)
        return None

    def _remainder(self, axis: str) -> Place | None:
        """A part of a place, or of everybody, that leaves too few others when it is shown."""
        for parent in ("", *self._places(axis)):
            whole = self.answered[axis, parent] if parent else self.everybody
            parts = [place for place in self._inside(axis, parent) if parent_of(place) == parent]
            largest = self._largest_shown(axis, parent)
            for shown in ([place for place in parts if (axis, place) in self.shown], largest):
                if shown and self._is_few(self._without(whole, axis, shown)):
                    return min(((axis, place) for place in shown), key=self._size)
        return None

    def _without(self, whole: int, axis: str, places: Iterable[str]) -> int:
        for place in places:
            whole &= ~self.answered[axis, place]
        return whole

    def _inside(self, axis: str, parent: str) -> list[str]:
        """The places below a place, at any depth; below none: all of the axis."""
        return [
            place for place in self._places(axis) if not parent or place.startswith(f"{parent}/")
        ]

    def _largest_shown(self, axis: str, parent: str) -> list[str]:
        """The places below a place that are shown and in no other such place."""
        found: list[str] = []
        for place in self._inside(axis, parent):
            if (axis, place) in self.shown and not any(
                place.startswith(f"{above}/") for above in found
            ):
                found.append(place)
        return found

    def _next_to(self, hidden: Place) -> Place:
        """The figure that goes next when too little is left open about a hidden place."""
        for axis in reversed(self.offered):
            found = self._nearest(hidden) if axis == hidden[0] else self._crossing(axis, hidden)
            if found:
                return found
        return ALL

    def _nearest(self, hidden: Place) -> Place | None:
        """The smallest shown sibling, else the place above, else its siblings, and so on."""
        axis, place = hidden
        while place:
            place = parent_of(place)
            near = [(axis, each) for each in self._inside(axis, place)]
            shown = [each for each in near if each in self.shown]
            if shown:
                return min(shown, key=self._size)
            if (axis, place) in self.shown:
                return axis, place
        return None

    def _crossing(self, axis: str, hidden: Place) -> Place | None:
        """The smallest shown place of another axis, first of those with people in common."""
        shown = [place for place in self.shown if place[0] == axis]
        mask = self.answered[hidden]
        return min(
            shown,
            key=lambda place: (not self.answered[place] & mask, self._size(place)),
            default=None,
        )


def _bounds(board: _Board) -> Iterator[tuple[Place, Literal["at_most", "at_least"]]]:
    """The shown sets of few people who all answer one end of the scale."""
    rooms = board.rooms
    for place in sorted({ALL, *board.shown}):
        mask = rooms.who if place == ALL else board.answered[place]
        if mask.bit_count() < FEWEST_OF_ONE_MIND:
            if not rooms.up(mask):
                yield place, "at_least"
            elif not rooms.down(mask):
                yield place, "at_most"
