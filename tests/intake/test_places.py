"""Labels become places: declared ones by name, others by one rule, never two labels one place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.intake.places import PlaceReader, place_id
from tests.intake.asking import ROLES, UNITS


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Myynti / Pohjoinen", "myynti/pohjoinen"),
        ("sales/north", "sales/north"),
        ("Hämeenlinna", "hameenlinna"),
        ("3. kerros", "p_3_kerros"),
        ("Øst & Vest", "ost_vest"),
        ("", None),
        ("  ", None),
        ("Other", None),
    ],
)
def test_a_label_makes_its_path(label, path):
    assert PlaceReader(UNITS, {}, ()).read(label) == path


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Ylin johto", "leader"),
        ("LEADER", "leader"),
        ("Staff / Sales", "staff/sales"),
        ("other", None),
    ],
)
def test_declared_places_are_meant_by_name(label, path):
    assert PlaceReader(ROLES, {}, ()).read(label) == path


def test_what_is_not_declared_is_refused_where_anything_is():
    with pytest.raises(ValueError, match="leader, staff"):
        PlaceReader(ROLES, {}, ()).read("Boss")
    assert PlaceReader(ROLES, {"Boss": "leader"}, ("-",)).read("boss") == "leader"
    assert PlaceReader(ROLES, {}, ("-",)).read("-") is None


def test_two_labels_never_become_one_place():
    reader = PlaceReader(UNITS, {}, ())
    assert reader.read("Myynti A") == "myynti_a"
    assert reader.read("MYYNTI a ") == "myynti_a"
    with pytest.raises(ValueError, match="myynti_a"):
        reader.read("Myynti-A")
    assert PlaceReader(UNITS, {"Myynti-A": "myynti_a"}, ()).read("Myynti-A") == "myynti_a"


@pytest.mark.parametrize("label", ["销售", "a//b", "/", "…", "a/b/c/d/e/f/g"])
def test_what_makes_no_path_is_refused(label):
    with pytest.raises(ValueError):
        PlaceReader(UNITS, {}, ()).read(label)


@given(st.text())
def test_an_id_is_an_id_or_nothing(label):
    assert re.fullmatch(r"([a-z][a-z0-9_]{0,39})?", place_id(label))
