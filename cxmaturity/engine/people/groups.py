"""Groups of people: every place of every axis as a set of persons.

A set is a bit mask of the persons' indices: unions, differences and counts of 20,000 people are
then one operation each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxmaturity.model.people import OTHER, People

Groups = Mapping[str, Mapping[str, int]]
"""Bit masks of the persons' indices, by axis and by path of the place.

A place holds who is in its parts: ``sales`` includes ``sales/north``.
"""


def groups_of(people: People, axes: Sequence[str]) -> Groups:
    """Every place that somebody has on these axes, and every place above it."""
    return {axis: _places_of(people, axis) for axis in axes}


def _places_of(people: People, axis: str) -> Mapping[str, int]:
    members: dict[str, list[int]] = {}
    for index, path in enumerate(places_on(people, axis)):
        members.setdefault(path, []).append(index)
    masks: dict[str, int] = {}
    for path, indices in members.items():
        mask = mask_of(indices)
        for place in path_and_above(path):
            masks[place] = masks.get(place, 0) | mask
    return {place: masks[place] for place in sorted(masks, key=_by_path)}


def places_on(people: People, axis: str) -> Sequence[str]:
    """Everybody's place on an axis, `OTHER` for who has none."""
    given = people.places.get(axis)
    return [OTHER] * len(people) if given is None else [path or OTHER for path in given]


def path_and_above(path: str) -> Iterator[str]:
    """``sales/north`` → ``sales/north``, ``sales``."""
    while path:
        yield path
        path = parent_of(path)


def parent_of(place: str) -> str:
    """The place that this one is a part of; empty for a top-level place."""
    return place.rpartition("/")[0]


def top_level(places: Iterable[str]) -> tuple[str, ...]:
    """Those that are no part of another place, in the order given."""
    return tuple(place for place in places if "/" not in place)


def mask_of(indices: Iterable[int]) -> int:
    """The set of these persons."""
    found = list(indices)
    bits = bytearray(max(found, default=0) // 8 + 1)
    for index in found:
        bits[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(bits, "little")


def indices_of(mask: int) -> list[int]:
    """The persons of a set, in order."""
    return [index for index, bit in enumerate(reversed(f"{mask:b}")) if bit == "1"]


def _by_path(place: str) -> tuple[str, ...]:
    """Parents before their parts, parts together."""
    return tuple(place.split("/"))
