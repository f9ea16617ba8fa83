"""People who agreed, on record, to be shown by name: their answers, and what that gives away.

Whoever reads a report knows the answers that stand in it.  What may be shown of a group is
therefore decided by its other people: for them a known answer protects nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import lcm

from cxmaturity.engine.people.composition import Composition
from cxmaturity.engine.people.disclosure import NOTHING_YET, Past, Showable, showable
from cxmaturity.engine.people.groups import Groups, mask_of, top_level
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION, from_micro
from cxmaturity.model.people import People, PeopleSettings
from cxmaturity.model.scorecard import AttributedCard

Levels = Sequence[int | None]


def showable_beside(
    levels: Levels,
    named: int,
    groups: Groups,
    settings: PeopleSettings,
    scale: Interval,
    past: Past = NOTHING_YET,
) -> Showable:
    """The sets that may be shown while those in ``named`` (a bit mask) are shown one by one.

    A set of named people alone hides nobody; any other is judged by those who are not named.
    """
    if not named:
        return showable(levels, groups, settings, scale, past)
    everybody = mask_of(i for i, level in enumerate(levels) if level is not None)
    others = [None if named >> i & 1 else level for i, level in enumerate(levels)]
    found = showable(others, groups, _weighed(settings, groups, everybody, named), scale, past)
    open_anyway = {
        axis: tuple(
            place
            for place, mask in places.items()
            if place in found.places.get(axis, ()) or _all_named(mask & everybody, named)
        )
        for axis, places in groups.items()
    }
    alone = _all_named(everybody, named) and everybody.bit_count() >= settings.n_min
    return replace(found, everybody=found.everybody or alone, places=open_anyway)


def _all_named(who: int, named: int) -> bool:
    return who != 0 and not who & ~named


def _weighed(
    settings: PeopleSettings, groups: Groups, everybody: int, named: int
) -> PeopleSettings:
    """Group weights by which each remaining answer counts as much as it does among all."""
    axis = settings.aggregate_over
    if settings.pooled or axis is None:
        return settings
    sizes = {place: groups[axis][place] & everybody for place in top_level(groups[axis])}
    common = lcm(*(mask.bit_count() or 1 for mask in sizes.values()))
    return replace(
        settings,
        group_weights={
            place: settings.group_weights.get(place, MILLION)
            * (mask & ~named).bit_count()
            * (common // (mask.bit_count() or 1))
            for place, mask in sizes.items()
        },
    )


def attributed_cards(
    composition: Composition, people: People, levels: Mapping[str, Levels]
) -> tuple[AttributedCard, ...]:
    """Everybody who agreed to be shown, by code: places, levels, and the means of dimensions."""
    return tuple(_cards(composition, people, levels))


def _cards(
    composition: Composition, people: People, levels: Mapping[str, Levels]
) -> Iterator[AttributedCard]:
    for code, i in sorted((code, i) for i, code in enumerate(people.codes)):
        if code not in people.attributed:
            continue
        own = {path: level for path, each in levels.items() if (level := each[i]) is not None}
        yield AttributedCard(
            code,
            {axis: place for axis, each in people.places.items() if (place := each[i])},
            {path: from_micro(level) for path, level in own.items()},
            {
                node.id: from_micro(weighing.figure(own))
                for index, node in enumerate(composition.program.nodes)
                if (present := composition.paths_under(index) & own.keys())
                and (weighing := composition.weighing(index, present))
            },
        )
