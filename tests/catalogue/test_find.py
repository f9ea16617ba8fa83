"""Rubrics are found by id or by path, and a wrong name gets the nearest one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmaturity.catalogue.extend import read_source
from cxmaturity.catalogue.find import FoundRubric, bundled_folder, find_rubric, list_rubrics
from cxmaturity.catalogue.validate import validate
from cxmaturity.errors import InputError
from tests.catalogue.small_rubric import REGISTRY, write_rubric


def test_the_bundled_rubrics_are_listed_by_id():
    ids = [rubric.id for rubric in list_rubrics()]
    assert "cx_phases" in ids
    assert ids == sorted(ids)
    assert find_rubric("cx_phases") == bundled_folder() / "cx_phases"


def test_every_bundled_rubric_is_right():
    for rubric in list_rubrics():
        assert validate(read_source(rubric.folder, find_rubric), REGISTRY).id == rubric.id


@pytest.mark.parametrize("name", ["./mine", "some/where", "..", "/x/y"])
def test_what_is_written_as_a_path_is_a_path(name: str):
    assert find_rubric(name) == Path(name)


def test_plugins_bring_rubrics(tmp_path: Path):
    folder = write_rubric(tmp_path / "small")
    assert find_rubric("small", [FoundRubric("small", folder, "cx-pack")]) == folder


def test_a_wrong_name_gets_the_nearest():
    with pytest.raises(InputError) as caught:
        find_rubric("cx_phase")
    (problem,) = caught.value.problems
    assert problem.code == "unknown_rubric"
    assert "cx_phases" in str(problem)
    assert "./cx_phase" in str(problem)


def test_two_rubrics_of_one_name_name_both_owners(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        list_rubrics([FoundRubric("cx_phases", tmp_path, "cx-pack")])
    (problem,) = caught.value.problems
    assert problem.code == "rubric_clash"
    assert "cx-pack" in str(problem)
    assert "cxmaturity" in str(problem)
