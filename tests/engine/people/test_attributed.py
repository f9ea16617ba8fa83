"""People shown by name: only with consent, and never so that somebody else follows from it."""

from dataclasses import replace

import pytest

from cxmaturity.engine.people.attributed import showable_beside
from cxmaturity.engine.people.disclosure import showable
from cxmaturity.engine.people.groups import mask_of
from cxmaturity.engine.people.hearing import hear
from cxmaturity.model.people import People, PeopleSettings
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, rubric

M = 1_000_000
SCALE = (0, 4 * M)
SETTINGS = PeopleSettings(axes=("role",), aggregate_over="role")
PROGRAM = program_of(
    rubric({"d": dimension(ladder(), ladder())}, axes={"role": {"title": "Role", "places": {}}})
)


def people(*groups: tuple[str, list[int]], named: frozenset[str] = frozenset()) -> People:
    """Groups with the levels of their people; codes go a0, a1, …, b0, …"""
    rows = [
        (f"{place}{n}", place, level) for place, levels in groups for n, level in enumerate(levels)
    ]
    codes, places, levels = zip(*rows, strict=True)
    return People(codes, {"role": places}, {"d.i1": levels, "d.i2": levels}, named)


WIDE = (("a", [3]), ("b", [1, 2, 3, 2, 1, 2]), ("c", [0, 1, 2, 1, 3, 2, 1]))


def test_nobody_is_shown_without_consent():
    assert hear(PROGRAM, people(*WIDE), SETTINGS).info.attributed == ()


def test_a_single_leader_with_consent_is_shown_and_hides_nobody():
    heard = hear(PROGRAM, people(*WIDE, named=frozenset({"a0"})), SETTINGS)
    (person,) = heard.info.attributed
    assert (person.code, person.places, person.scores["d"]) == ("a0", {"role": "a"}, 3)
    assert person.levels == {"d.i1": 3, "d.i2": 3}
    card = heard.indicators["d.i1"].card
    assert card is not None
    assert {group.place: group.hidden for group in card.groups} == dict.fromkeys("abc", False)


def test_a_group_is_judged_by_those_who_are_not_named():
    levels = [2 * M] * 5 + [1 * M] * 9 + [3 * M]
    groups = {"role": {"a": mask_of(range(5)), "b": mask_of(range(5, 15))}}
    plain = showable(levels, groups, SETTINGS, SCALE)
    assert plain.places["role"] == ("a", "b")
    # Of the five only four are not named: their mean would follow from the figure of the five.
    assert "a" not in showable_beside(levels, 0b1, groups, SETTINGS, SCALE).places["role"]


@pytest.mark.parametrize("named", [0, 0b1, 0b11])
def test_weights_of_the_others_stay_what_they_are_among_all(named):
    levels = [M, 3 * M, 2 * M, 2 * M, M, 3 * M, 0, *[2 * M, M, 3 * M] * 4]
    groups = {"role": {"a": mask_of(range(7)), "b": mask_of(range(7, 19))}}
    found = showable_beside(levels, named, groups, SETTINGS, SCALE)
    assert found.everybody is True


def test_when_all_are_named_nothing_is_hidden():
    levels = [M, 2 * M, 3 * M, M, 2 * M]
    groups = {"role": {"a": mask_of([0]), "b": mask_of(range(1, 5))}}
    found = showable_beside(levels, mask_of(range(5)), groups, SETTINGS, SCALE)
    assert (found.everybody, found.places) == (True, {"role": ("a", "b")})


def test_a_name_that_is_not_among_the_people_shows_nobody():
    crowd = replace(people(*WIDE), attributed=frozenset({"somebody"}))
    assert hear(PROGRAM, crowd, SETTINGS).info.attributed == ()
