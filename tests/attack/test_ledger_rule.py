"""The ledger rule: what a second report may say after the first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from cxmaturity.engine.people.disclosure import Known, Past, showable
from cxmaturity.engine.people.groups import groups_of
from cxmaturity.engine.people.ledger import Ledger, is_answer, without
from cxmaturity.model.exact import MILLION
from cxmaturity.model.people import (
    ERASED,
    People,
    PeopleSettings,
    Publication,
    PublishedItem,
)
from cxmaturity.model.scorecard import GroupCard, PeopleCard
from tests.attack.organisations import PATH

ROLE = PeopleSettings(("role",), "role")
Row = tuple[str, str, Any]
ROWS: list[Row] = [(f"a{i}", "a", i % 5) for i in range(12)] + [
    (f"b{i}", "b", i % 3) for i in range(8)
]


def people_of(rows: Sequence[Row]) -> People:
    codes, places, answers = zip(*rows, strict=True)
    return People(codes, {"role": places}, {PATH: answers})


def published(rows: Sequence[Row], number: int = 1, **card: Any) -> Publication:
    said: dict[str, Any] = {
        "n": len(rows),
        "groups": tuple(GroupCard("role", p, n=5) for p in ("a", "b")),
    } | card
    item = PublishedItem("value", None, PeopleCard(**said))
    return Publication(number, dt.date(2026, 3, 1), people_of(rows), {PATH: item})


def held(rows: Sequence[Row], *earlier: Publication, settings: PeopleSettings = ROLE) -> bool:
    people = people_of(rows)
    groups = groups_of(people, settings.axes)
    ledger = Ledger(people, groups, earlier or (published(ROWS),), settings)
    return ledger.holds_back(PATH)


def late(n: int, place: str = "a", answer: Any = 1) -> list[Row]:
    return [(f"late{place}{i}", place, answer) for i in range(n)]


def changed(n: int) -> list[Row]:
    return [(code, place, 9 if i < n else answer) for i, (code, place, answer) in enumerate(ROWS)]


# --- 0 or enough ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "is_held"),
    [
        (ROWS, False),
        (ROWS[::-1], False),
        (ROWS + late(1), True),
        (ROWS + late(4), True),
        (ROWS + late(5), False),
        (ROWS + late(5) + late(1, "b"), True),
        (ROWS + late(5) + late(5, "b"), False),
        (ROWS + late(3) + late(2, "b"), True),
        (changed(1), True),
        (changed(4), True),
        (changed(5), False),
        (changed(3) + late(2), False),
        (ROWS[1:], True),
        (ROWS[5:], False),
        (ROWS[1:] + late(4), False),
        (ROWS + late(1, answer=None), False),
        (ROWS + late(4, answer="unknown") + late(1, "b", answer="na:other"), False),
        (ROWS + late(5, "c"), False),
        (ROWS + late(2, "c"), True),
    ],
)
def test_a_report_differs_by_nobody_or_enough(rows, is_held):
    assert held(rows) is is_held


def test_who_moved_differs_where_they_were_and_where_they_are():
    moved = [(code, "b" if i < 4 else place, said) for i, (code, place, said) in enumerate(ROWS)]
    assert held(moved)
    moved = [(code, "b" if i < 5 else place, said) for i, (code, place, said) in enumerate(ROWS)]
    assert not held(moved)


def test_who_moved_within_a_place_is_still_the_same_there():
    rows = [(code, f"{place}/x", said) for code, place, said in ROWS]
    moved = [(code, "a/y" if i < 6 else place, said) for i, (code, place, said) in enumerate(rows)]
    assert not held(moved, published(rows))
    assert held(moved[:1] + rows[1:], published(rows))


def test_who_is_directly_at_a_place_is_a_set_of_its_own():
    rows = [*ROWS, *[(f"c{i}", "a/x", 2) for i in range(6)]]
    more = [*rows, *late(2), *[(f"d{i}", "a/x", 3) for i in range(5)]]
    assert held(more, published(rows))


def test_every_earlier_report_binds():
    second = ROWS + late(5)
    earlier = [published(ROWS), published(second, 2)]
    assert held([*second, ("new", "a", 1)], *earlier)
    assert held(ROWS + late(3), *earlier)
    assert not held([*second, *late(5, "b")], *earlier)


def test_a_report_that_showed_nothing_does_not_bind():
    assert not held(ROWS + late(1), published(ROWS, n=None, groups=()))
    empty = replace(published(ROWS), items={})
    assert not held(ROWS + late(1), empty)


def test_lists_and_tuples_of_options_are_the_same_answer():
    rows = [(code, place, ["x", "y"]) for code, place, _ in ROWS]
    again = [(code, place, ("y", "x")) for code, place, _ in ROWS]
    assert not held(again, published(rows))
    truths = [(code, place, True) for code, place, _ in ROWS[:3]] + ROWS[3:]
    ones = [(code, place, 1) for code, place, _ in ROWS[:3]] + ROWS[3:]
    assert held(ones, published(truths))


# --- erased ---------------------------------------------------------------------------------------


def test_an_erased_person_is_nobody_and_still_counts():
    (left,) = without([published(ROWS)], "a3")
    assert left.people.codes[3] == ""
    assert left.people.answers[PATH][3] == ERASED
    assert left.people.places == published(ROWS).people.places
    assert without([left], "a3") == (left,)
    kept = [row for row in ROWS if row[0] != "a3"]
    assert held(kept, left)
    assert held(kept + late(3), left)
    assert not held(kept + late(4), left)


def test_an_erased_person_without_an_answer_leaves_nothing():
    rows = [*ROWS, ("silent", "a", None)]
    (left,) = without([published(rows)], "silent")
    assert left.people.answers[PATH][-1] is None
    assert not held(ROWS, left)


@pytest.mark.parametrize(
    ("raw", "counts"),
    [
        (None, False),
        ("unknown", False),
        ("na:other", False),
        (0, True),
        ("x", True),
        (ERASED, True),
    ],
)
def test_what_counts_as_an_answer(raw, counts):
    assert is_answer(raw) is counts


# --- the audit over two reports -------------------------------------------------------------------


def test_a_group_shown_later_does_not_tell_who_was_hidden_before():
    """b had 4 and is shown with 9 now: beside the first report, a would give the 4 away."""
    before = [(f"a{i}", "a", i % 5) for i in range(12)] + [(f"b{i}", "b", 4) for i in range(4)]
    now = before + late(5, "b")
    first = published(before, groups=(GroupCard("role", "a", hidden=True),))
    people, groups = people_of(now), groups_of(people_of(now), ("role",))
    assert not held(now, first)
    levels = [answer * MILLION for _, _, answer in now]
    scale = (0, 4 * MILLION)
    alone = showable(levels, groups, ROLE, scale)
    assert alone.places == {"role": ("a", "b")}
    past = Ledger(people, groups, [first], ROLE).past(PATH, lambda raws: [4 * MILLION] * len(raws))
    assert "a" not in showable(levels, groups, ROLE, scale, past).places.get("role", ())


def test_what_was_answered_before_and_changed_is_known_by_its_level():
    now = changed(6)
    people, groups = people_of(now), groups_of(people_of(now), ("role",))
    past = Ledger(people, groups, [published(ROWS)], ROLE).past(
        PATH, lambda raws: [int(str(raw)) * MILLION for raw in raws]
    )
    assert [level for level in past.levels if level is not None] == [
        i % 5 * MILLION for i in range(6)
    ]
    (known,) = past.publications
    assert [mask.bit_count() for mask in known.shown.values()] == [12, 8]
    assert known.hidden == ()


def test_without_axes_the_past_still_counts():
    """One place was hidden then; the engagement has dropped its axis since."""
    known = Known({}, (0b1,), {})
    levels = [level * MILLION for level in (4, 4, 4, 4, 4)]
    plain = PeopleSettings()
    assert not showable(levels, {}, plain, (0, 4 * MILLION), Past((known,))).everybody
    assert showable([0, *levels[1:]], {}, plain, (0, 4 * MILLION), Past((known,))).everybody
