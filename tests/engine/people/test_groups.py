"""Places as sets of people."""

from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.engine.people.groups import (
    groups_of,
    indices_of,
    mask_of,
    parent_of,
    path_and_above,
    top_level,
)
from cxmaturity.model.people import People

PEOPLE = People(
    codes=("a", "b", "c", "d"),
    places={"unit": ("sales/north", None, "sales/south/city", "sales")},
)


def test_a_place_holds_who_is_in_its_parts():
    found = groups_of(PEOPLE, ("unit",))["unit"]
    assert found == {
        "other": 0b0010,
        "sales": 0b1101,
        "sales/north": 0b0001,
        "sales/south": 0b0100,
        "sales/south/city": 0b0100,
    }
    assert top_level(found) == ("other", "sales")


def test_on_an_axis_that_nobody_has_all_are_others():
    assert groups_of(PEOPLE, ("role",)) == {"role": {"other": 0b1111}}
    assert groups_of(People(), ("role",)) == {"role": {}}


def test_what_a_place_is_part_of():
    assert parent_of("sales/north/city") == "sales/north"
    assert parent_of("sales") == ""
    assert list(path_and_above("a/b/c")) == ["a/b/c", "a/b", "a"]


@given(st.sets(st.integers(0, 300)))
def test_a_mask_is_its_indices(indices):
    mask = mask_of(indices)
    assert indices_of(mask) == sorted(indices)
    assert mask.bit_count() == len(indices)
