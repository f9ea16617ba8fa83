"""Organisations to attack: random ones of every shape, and built ones that were known to leak."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.model.people import People, PeopleSettings

TOP = 4
"""Answers are levels of a ladder from 0 to 4."""
PATH = "d.i1"


Row = tuple[str, tuple[str | None, ...], int | None]
"""Code, places by axis, answer."""


@dataclass(frozen=True)
class Organisation:
    """Who answers at first, and who has answered when the second report is made."""

    name: str
    first: People
    second: People
    settings: PeopleSettings


def people_of(rows: Sequence[Row]) -> People:
    """People from (code, places by axis, answer)."""
    axes = len(rows[0][1])
    return People(
        tuple(code for code, _, _ in rows),
        {AXES[k]: tuple(places[k] for _, places, _ in rows) for k in range(axes)},
        {PATH: tuple(answer for _, _, answer in rows)},
    )


AXES = ("role", "unit", "site")


def random_organisation(seed: int) -> Organisation:
    """One of 2 to 40 groups of 2 to 60 people, 1 to 3 axes with 1 to 3 levels, changed later."""
    chance = random.Random(f"organisation {seed}")  # noqa: S311 - the same ones on every machine
    rows = _rows(chance)
    settings = PeopleSettings(
        AXES[: len(rows[0][1])],
        AXES[0],
        pooled=chance.random() < 0.2,
        n_min=chance.choice([3, 5, 5, 5, 5, 5, 7]),
        group_weights=_weights(chance, rows),
    )
    return Organisation(f"random {seed}", people_of(rows), _later(chance, rows), settings)


def _rows(chance: random.Random) -> list[Row]:
    axes, groups = chance.choice([1, 1, 2, 2, 3]), chance.choice([2, 2, 3, 3, 4, 5, 6, 8, 12, 40])
    rows: list[Row] = []
    depth = [chance.choice([1, 1, 2, 3]) for _ in range(axes)]
    others = [_others(chance, groups) for _ in range(axes - 1)]
    most = chance.choice([4, 6, 8, 15, 60])
    for group in range(groups):
        answers = _answers(chance)
        for _ in range(chance.randint(2, most)):
            places = [_deeper(chance, f"g{group}", depth[0])]
            places += [
                _deeper(chance, chance.choice(each), depth[k + 1]) for k, each in enumerate(others)
            ]
            answer = None if chance.random() < 0.05 else answers()
            rows.append((f"p{len(rows)}", tuple(places), answer))
    return rows


def _others(chance: random.Random, groups: int) -> list[str | None]:
    """The places of a further axis, drawn evenly; some of them much more often."""
    found: list[str | None] = [f"x{k}" for k in range(chance.randint(2, max(2, min(groups, 12))))]
    found += [found[0]] * chance.choice([0, 0, 3, 20])
    return [*found, None] if chance.random() < 0.3 else found


def _deeper(chance: random.Random, place: str | None, depth: int) -> str | None:
    while place is not None and depth > 1 and chance.random() < 0.9:
        depth -= 1
        place += f"/{chance.choice('aabc')}"
    return place


def _answers(chance: random.Random) -> Callable[[], int]:
    """How one group answers: anything, near one level, or all at one end."""
    mood = chance.choice(["any", "any", "any", "near", "near", "end", "nearly"])
    centre, end = chance.randint(0, TOP), chance.choice([0, TOP])
    if mood == "any":
        return lambda: chance.randint(0, TOP)
    if mood == "near":
        return lambda: min(TOP, max(0, centre + chance.choice([-1, 0, 0, 1])))
    if mood == "end":
        return lambda: end
    return lambda: end if chance.random() < 0.8 else chance.randint(0, TOP)


def _weights(chance: random.Random, rows: Sequence[Row]) -> dict[str, int]:
    if chance.random() < 0.7:
        return {}
    tops = sorted({str(places[0]).partition("/")[0] for _, places, _ in rows})
    return {place: chance.choice([0, 500_000, 1_000_000, 3_000_000]) for place in tops}


def _later(chance: random.Random, rows: Sequence[Row]) -> People:
    """The same people some days later: late answers, changed ones, somebody erased."""
    rows = list(rows)
    calm = chance.random() < 0.6  # late answers from one place only: most likely to be published
    for _ in range(0 if calm else chance.choice([0, 1, 1, 2])):
        k = chance.randrange(len(rows))
        rows[k] = (*rows[k][:2], chance.randint(0, TOP))
    if not calm and chance.random() < 0.3:
        rows.pop(chance.randrange(len(rows)))
    home, answers = chance.choice(rows)[1], _answers(chance)
    for k in range(chance.choice([5, 6, 7, 8] if calm else [1, 1, 2, 3, 5, 6, 8])):
        places = home if calm or chance.random() < 0.8 else chance.choice(rows)[1]
        rows.append((f"late{k}", places, answers()))
    return people_of(rows)


# built ones -------------------------------------------------------------------------------------


def built_organisations() -> Iterator[Organisation]:
    """Sizes and answers that are known to give away a group, a leader, or a late answer."""
    for sizes in _SIZES:
        for mood, answers in _MOODS.items():
            groups = [(f"g{k}", answers(k, size)) for k, size in enumerate(sizes)]
            for late in (1, 5):
                yield _built(f"{sizes} {mood} +{late}", groups, late)
    for name, groups, settings in _SPECIAL:
        yield _built(name, groups, 1, **settings)


_SIZES = [
    (12, 5, 4), (12, 4, 4), (7, 1), (6, 2), (9, 8, 2), (5, 5), (5, 5, 5), (10, 1, 1), (6, 5, 3, 2),
    (4, 4, 4), (20, 3), (8, 7, 6, 1),
]  # fmt: skip
_MOODS: dict[str, Callable[[int, int], list[int]]] = {
    "mixed": lambda k, size: [(3 * i + k) % (TOP + 1) for i in range(size)],
    "all zero": lambda _, size: [0] * size,
    "last at the top": lambda k, size: [(i + k) % 3 for i in range(size - 1)] + [TOP],
    "by group": lambda k, size: [TOP * (k % 2)] * size,
}
_SPECIAL: list[tuple[str, list[tuple[str, list[int]]], dict[str, object]]] = [
    ("the eighth", [("g0", [4] * 7), ("g1", [1])], {"pooled": True}),
    ("two leaders", [("leader", [4, 0]), ("staff", [1, 2, 3, 2, 1, 2])], {}),
    ("two leaders who count", [("leader", [4, 0]), ("staff", [1, 2, 3, 2, 1, 2])],
     {"group_weights": {"leader": 9_000_000}}),
    ("staff do not count", [("leader", [4, 0, 1, 2, 3]), ("staff", [2] * 8)],
     {"group_weights": {"staff": 0}}),
    ("lonely part", [("a/x", [1, 2, 3, 0, 4, 2]), ("a/y", [4]), ("b", [1, 3, 2, 2, 0, 4])], {}),
    ("parts of parts", [("a/x/p", [1, 2, 3, 0, 4]), ("a/x/q", [4, 0]), ("a/y", [2, 3, 2])], {}),
    ("directly above", [("a", [3]), ("a/x", [1, 2, 0, 2, 4]), ("b", [1, 2, 3, 4, 0])], {}),
]  # fmt: skip


def _built(
    name: str, groups: Sequence[tuple[str, Sequence[int]]], late: int, **settings: object
) -> Organisation:
    rows: list[Row] = [
        (f"{place}{i}", (place,), answer)
        for place, answers in groups
        for i, answer in enumerate(answers)
    ]
    more: list[Row] = [(f"late{i}", (groups[-1][0],), (4 - i) % (TOP + 1)) for i in range(late)]
    axes = AXES[:1]
    return Organisation(
        name,
        people_of(rows),
        people_of(rows + more),
        PeopleSettings(axes, axes[0], **settings),  # type: ignore[arg-type]
    )
