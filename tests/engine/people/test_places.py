"""Titles and order of places."""

from cxmaturity.engine.people.groups import groups_of
from cxmaturity.engine.people.places import axes_shown
from cxmaturity.model.people import People
from cxmaturity.model.scorecard import AxisInfo
from tests.engine.support import rubric_of
from tests.reference.small_rubrics import dimension, ladder, rubric

AXES = {
    "role": {
        "title": {"en": "Role", "fi": "Rooli"},
        "places": {
            "staff": {"title": {"en": "Staff", "fi": "Henkilöstö"}},
            "leader": {"title": {"en": "Leaders", "fi": "Johto"}},
        },
    }
}


def test_the_rubrics_places_come_first_and_keep_their_titles():
    made = rubric_of(rubric({"d": dimension(ladder())}, axes=AXES))
    roles = (None, "leader", "staff", "board/chair", "staff/night")
    people = People(("a", "b", "c", "d", "e"), {"role": roles})
    role, unit = axes_shown(made, groups_of(people, ("role", "unit")))
    assert role == AxisInfo(
        "role",
        {"en": "Role", "fi": "Rooli"},
        {
            "staff": {"en": "Staff", "fi": "Henkilöstö"},
            "staff/night": {"*": "night"},
            "leader": {"en": "Leaders", "fi": "Johto"},
            "board": {"*": "board"},
            "board/chair": {"*": "chair"},
            "other": {"en": "Others", "fi": "Muut"},
        },
    )
    assert list(role.places) == ["staff", "staff/night", "leader", "board", "board/chair", "other"]
    assert unit == AxisInfo("unit", {"*": "unit"}, {"other": {"en": "Others", "fi": "Muut"}})
