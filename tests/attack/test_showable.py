"""What may be shown, rule by rule."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.engine.people.audit import Outsider, Rooms
from cxmaturity.engine.people.disclosure import ALL, Showable, showable
from cxmaturity.engine.people.groups import groups_of, mask_of
from cxmaturity.model.exact import MILLION
from cxmaturity.model.people import People, PeopleSettings
from tests.attack.organisations import PATH, TOP, random_organisation
from tests.attack.publishing import SCALE, Report, report_of

ROLE = PeopleSettings(("role",), "role")
MIXED = (3, 1, 2, 0, 4, 2, 1, 3)


def shown(groups: Mapping[str, Sequence[int | None]], **changes: Any) -> Showable:
    """What is shown of groups of answers by place."""
    places = [place for place, answers in groups.items() for _ in answers]
    levels = [answer for answers in groups.values() for answer in answers]
    people = People(tuple(map(str, range(len(places)))), {"role": tuple(places)})
    chosen = replace(ROLE, **changes)
    found = [None if level is None else level * MILLION for level in levels]
    return showable(found, groups_of(people, ("role",)), chosen, SCALE)


def mixed(size: int, start: int = 0) -> list[int]:
    return [MIXED[(start + i) % len(MIXED)] for i in range(size)]


def of_sizes(*sizes: int, **changes: Any) -> Showable:
    return shown({f"g{k}": mixed(size, k) for k, size in enumerate(sizes)}, **changes)


# --- enough ---------------------------------------------------------------------------------------


def test_four_are_hidden_and_five_are_shown():
    assert of_sizes(4) == Showable(everybody=False)
    assert of_sizes(5) == Showable(everybody=True, places={"role": ("g0",)})


def test_only_answers_to_the_item_count():
    assert not shown({"g0": [*mixed(4), None, None]}).everybody
    assert of_sizes(5, n_min=6) == Showable(everybody=False)


def test_people_who_weigh_nothing_are_not_enough():
    groups = {"g0": mixed(3), "g1": mixed(9)}
    assert not shown(groups, group_weights={"g1": 0}).everybody
    assert shown(groups).everybody


# --- remainders -----------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"pooled": True}, {"median": True}])
def test_the_next_smallest_goes_with_the_hidden_one(changes):
    assert of_sizes(12, 5, 4, **changes).places == {"role": ("g0",)}
    assert of_sizes(12, 4, 4, **changes).places == {"role": ("g0",)}
    assert of_sizes(12, 5, 5, **changes).places == {"role": ("g0", "g1", "g2")}


def test_who_is_alone_is_not_found_by_subtraction():
    """Seven of eight known at 4.0 and everybody at 3.6: the eighth would be at 1.0."""
    assert of_sizes(7, 1).places == {"role": ()}
    assert shown({"g0": [4] * 7, "g1": [1]}).places == {"role": ()}
    assert not shown({"g0": [4] * 7, "g1": [1]}, pooled=True).everybody


def test_of_equally_small_ones_the_first_name_goes():
    assert of_sizes(9, 6, 6, 3).places == {"role": ("g0", "g2")}


def test_a_part_of_a_part_is_no_way_round():
    """``b`` has too few, so ``a`` is hidden: but all of ``a/x`` is ``a``."""
    places = shown({"a/x": mixed(7), "b": mixed(3, 1)}).places["role"]
    assert places == ()


@given(st.integers(0, 400))
@settings(max_examples=60)
def test_any_two_shown_sets_differ_by_nobody_or_enough(seed):
    organisation = random_organisation(seed)
    report = report_of(organisation.first, organisation.settings, showable)
    everybody = {i for i, share in report.shares().items() if share}
    sets = [everybody if place == ALL else set(report.members(place)) for place in report.figures]
    n_min = organisation.settings.n_min
    assert all(len(members) >= n_min for members in sets)
    assert not [(a, b) for a, b in permutations(sets, 2) if 0 < len(a - b) < n_min]
    assert not list(few_left_over(report, everybody))


def few_left_over(report: Report, everybody: set[int]) -> Iterator[tuple[str, str]]:
    """Places whose parts that are not shown are few, though some part is shown."""
    if not report.figures:
        return
    for axis, places in report.groups.items():
        for parent in ("", *places):
            whole = set(report.members((axis, parent))) if parent else set(everybody)
            parts = [place for place in places if place.rpartition("/")[0] == parent]
            there = [place for place in parts if (axis, place) in report.figures]
            for place in there:
                whole -= set(report.members((axis, place)))
            if there and 0 < len(whole) < report.settings.n_min:
                yield axis, parent


# --- nothing else decides -------------------------------------------------------------------------


@given(st.integers(0, 400))
@settings(max_examples=40)
def test_the_order_of_people_and_of_places_never_matters(seed):
    organisation = random_organisation(seed)
    people, report = organisation.first, None
    order = list(range(len(people)))
    random.Random(seed).shuffle(order)  # noqa: S311
    shuffled = People(
        tuple(people.codes[i] for i in order),
        {axis: tuple(on[i] for i in order) for axis, on in people.places.items()},
        {PATH: tuple(people.answers[PATH][i] for i in order)},
    )
    report = report_of(people, organisation.settings, showable)
    assert report_of(shuffled, organisation.settings, showable).figures == report.figures


@given(st.lists(st.integers(0, TOP), min_size=3, max_size=3), st.integers(0, 7))
@settings(max_examples=60)
def test_a_hidden_group_never_changes_a_figure_that_stays(answers, start):
    groups = {"a": mixed(12, start), "b": mixed(8, start + 3), "c": [2, 2, 2], "d": [1, 3, 2]}
    people = [
        People(
            tuple(map(str, range(26))),
            {"role": tuple(place for place, given in each.items() for _ in given)},
            {PATH: tuple(answer for given in each.values() for answer in given)},
        )
        for each in (groups, {**groups, "c": answers})
    ]
    one, other = (report_of(each, ROLE, showable).figures for each in people)
    common = (one.keys() & other.keys()) - {ALL}
    assert {place: one[place] for place in common} == {place: other[place] for place in common}


# --- of one mind ----------------------------------------------------------------------------------


def test_few_of_one_mind_at_an_end_get_a_bound():
    found = shown({"a": [4] * 7, "b": [0] * 9, "c": [2] * 6, "d": [0] * 10, "e": mixed(8)})
    assert found.places == {"role": ("a", "b", "c", "d", "e")}
    assert found.bounds == {("role", "a"): "at_least", ("role", "b"): "at_most"}
    assert shown({"a": [0] * 6}).bounds == {ALL: "at_most", ("role", "a"): "at_most"}


# --- the audit ------------------------------------------------------------------------------------


def test_when_all_answer_the_same_end_the_hidden_are_not_told_by_it():
    assert shown({"a": [0] * 12, "b": [0] * 5, "c": [0] * 4}) == Showable(everybody=False)
    assert shown({"a": [0] * 12}) == Showable(everybody=True, places={"role": ("a",)})


def test_a_group_of_leaders_with_much_weight_is_no_figure_of_everybody():
    groups = {"leader": mixed(3), "staff": mixed(20)}
    assert shown(groups).everybody
    assert not shown(groups, group_weights={"leader": 9 * MILLION}).everybody


@given(st.lists(st.sampled_from([None, 0, 1_500_000, 2_000_000, 4_000_000]), max_size=30))
def test_rooms_are_sums(levels):
    rooms, everybody = Rooms(levels, SCALE), range(len(levels))
    inside = [i for i in everybody if levels[i] is not None and i % 3]
    known = sorted(level for i in inside if (level := levels[i]) is not None)
    unit = TOP * MILLION // rooms.top
    mask = mask_of(inside)
    assert rooms.down(mask) * unit == sum(known)
    assert rooms.up(mask) * unit == sum(TOP * MILLION - level for level in known)
    for n in range(len(known) + 1):
        assert rooms.highest(mask, n) * unit == sum(known[len(known) - n :])
        assert rooms.lowest(mask, n) * unit == sum(known[:n])
    if known:
        below, above = rooms.middle(mask)
        twice = (known[(len(known) - 1) // 2] + known[len(known) // 2]) // unit
        assert (below, above) == (twice // 2, (twice + 1) // 2)


def test_what_is_left_open_is_found_by_exchange():
    """Hidden 4, 0 beside 1, 3 in one shown set: their sum goes from 0 to 8."""
    rooms = Rooms([4 * MILLION, 0, MILLION, 3 * MILLION], SCALE)
    hidden = mask_of([0, 1])
    assert Outsider(rooms, [0b1111], [{0b1111: 1}]).open_range(hidden) == 8
    assert Outsider(rooms, [0b1111], [{0b1111: 1}], swaps=True).open_range(hidden) == 6
    assert Outsider(rooms, [0b0011], [{0b1111: 1}]).open_range(hidden) == 0
    assert Outsider(rooms, [], []).open_range(hidden) == 8


def test_swapped_answers_move_no_median():
    """Of 5 hidden beside 5 others in a shown set only an exchange of answers is counted."""
    rooms = Rooms([level * MILLION for level in (0, 1, 2, 3, 4, 2, 2, 2, 2, 2)], SCALE)
    outsider = Outsider(rooms, [0b1111111111], [{0b1111111111: 1}], median=True)
    assert outsider.open_range(0b11111) == (4 + 3 + 2 + 2 + 2) - (0 + 1 + 2 + 2 + 2)
