"""Intervals of the gaps that are shown: only groups that a gap names are ever resampled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cxmaturity.engine.people.averages import to_tenth
from cxmaturity.engine.people.gap import Resampled, interval, resampled
from cxmaturity.engine.people.groups import Groups, indices_of
from cxmaturity.model.exact import from_micro
from cxmaturity.model.people import People, PeopleSettings
from cxmaturity.model.scorecard import PeopleCard


@dataclass(frozen=True, slots=True)
class Compared:
    """What a gap compares: by how much each indicator counts, on a scale of this width."""

    high_place: str
    low_place: str
    coefficients: Mapping[str, Fraction]
    span: int


@dataclass(frozen=True, slots=True)
class Resampler:
    """The people from whom is drawn: everybody's levels by indicator, and their groups."""

    people: People
    groups: Groups
    levels: Mapping[str, Sequence[int | None]]
    settings: PeopleSettings

    def intervals(self, gaps: Mapping[str, Compared]) -> Mapping[str, tuple[int, int]]:
        """The interval of each gap in millionths, one decimal; absent where there is none."""
        averages = self._averages(gaps.values())
        found: dict[str, tuple[int, int]] = {}
        for subject, gap in gaps.items():
            parts = [
                (by, averages[gap.high_place, path], averages[gap.low_place, path])
                for path, by in gap.coefficients.items()
            ]
            ends = interval(parts, gap.span)
            if ends is not None:
                found[subject] = to_tenth(ends[0]), to_tenth(ends[1])
        return found

    def _averages(self, gaps: Iterable[Compared]) -> Mapping[tuple[str, str], Resampled]:
        """Averages by place and indicator, for what the gaps compare."""
        needed: dict[str, set[str]] = {}
        for gap in gaps:
            for place in (gap.high_place, gap.low_place):
                needed.setdefault(place, set()).update(gap.coefficients)
        return {
            (place, path): drawn
            for place, paths in needed.items()
            for path, drawn in self._of_place(place, sorted(paths)).items()
        }

    def _of_place(self, place: str, paths: Sequence[str]) -> Mapping[str, Resampled]:
        axis = self.settings.aggregate_over or ""
        # Sorted by code, so that it does not matter in which order people came in.
        members = sorted(indices_of(self.groups[axis][place]), key=self.people.codes.__getitem__)
        levels = {path: [self.levels[path][member] for member in members] for path in paths}
        return resampled(levels, f"{axis}/{place}", median=self.settings.median)


def with_intervals(
    cards: Mapping[str, PeopleCard], intervals: Mapping[str, tuple[int, int]]
) -> dict[str, PeopleCard]:
    """The cards with the intervals of their gaps."""
    return {name: _with_interval(card, intervals.get(name)) for name, card in cards.items()}


def _with_interval(card: PeopleCard, ends: tuple[int, int] | None) -> PeopleCard:
    if card.gap is None or ends is None or ends[0] == ends[1]:
        return card  # No width: in both groups everybody answered alike, which is not told.
    # The gap is that of rounded figures: by a tenth it may lie outside of a narrow interval.
    low, high = from_micro(ends[0]), from_micro(ends[1])
    value = card.gap.value
    return replace(card, gap=replace(card.gap, low=min(low, value), high=max(high, value)))
