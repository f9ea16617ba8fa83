"""A rubric laid over the one it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmaturity.catalogue.extend import Source, read_source
from cxmaturity.catalogue.validate import validate
from cxmaturity.catalogue.version import parse_requirement, parse_version
from cxmaturity.errors import InputError, Problem, RubricError
from cxmaturity.model.rubric import Rubric
from tests.catalogue.small_rubric import REGISTRY, write_rubric

CHILD = """\
format = 1
id = "child"
version = "0.1.0"
extends = "small >=1.0,<2"
"""


class Shelf:
    """Rubrics by id in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, **files: str) -> Path:
        named = {key.replace("__", "/") + ".toml": text for key, text in files.items()}
        return write_rubric(self.folder / name, named)

    def find(self, name: str) -> Path:
        if not (self.folder / name).is_dir():
            raise InputError(
                Problem("unknown_rubric", "there is no rubric '{name}'", values={"name": name})
            )
        return self.folder / name

    def read(self, name: str) -> Source:
        return read_source(self.folder / name, self.find)

    def problem(self, name: str) -> Problem:
        with pytest.raises(RubricError) as caught:
            self.read(name)
        return caught.value.problems[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    write_rubric(tmp_path / "small")
    return Shelf(tmp_path)


def checked(source: Source) -> Rubric:
    return validate(source, REGISTRY)


def test_a_child_that_adds_nothing_is_its_parent_under_another_name(shelf: Shelf):
    shelf.put("child", rubric=CHILD)
    child, parent = checked(shelf.read("child")), checked(shelf.read("small"))
    assert (child.id, child.version) == ("child", "0.1.0")
    same = {"id": "small", "version": "1.2.0"}
    assert child.model_copy(update=same).model_dump() == parent.model_dump()


def test_keys_merge_and_lists_and_texts_are_replaced_whole(shelf: Shelf):
    shelf.put(
        "child",
        rubric=CHILD
        + "[dimensions.loop]\nweight = 3\n[profiles.high_touch.weights]\npromise = 2\n",
        dimensions__promise='title = { en = "Word", fi = "Sana" }\n',
        facts='[facts.metrics]\noptions = [{ id = "nps", text = { en = "N", fi = "N" } }]\n',
        actions='[actions.begin]\nadds = { "fact.metrics" = ["nps"] }\n',
    )
    rubric = checked(shelf.read("child"))
    assert rubric.dimensions["loop"].weight == 3_000_000
    assert rubric.dimensions["promise"].title == {"en": "Word", "fi": "Sana"}
    assert rubric.dimensions["promise"].indicators["kept"].title["fi"] == "Pidetty"
    assert [option.id for option in rubric.facts["metrics"].settings.options] == ["nps"]
    assert rubric.profiles["high_touch"].weights == {"loop": 1_500_000, "promise": 2_000_000}
    assert list(rubric.dimensions) == ["loop", "promise"]


def test_a_text_given_in_one_language_only_does_not_keep_the_old_other(shelf: Shelf):
    shelf.put("child", rubric=CHILD, dimensions__promise='title = { en = "Word" }\n')
    with pytest.raises(RubricError) as caught:
        checked(shelf.read("child"))
    (problem,) = caught.value.problems
    assert problem.code == "missing_translation"
    assert problem.where.file == str(shelf.folder / "child/dimensions/promise.toml")


def test_another_kind_leaves_the_settings_of_the_old_one_behind(shelf: Shelf):
    shelf.put("child", rubric=CHILD, dimensions__loop='[indicators.weekly]\nkind = "yes_no"\n')
    indicator = checked(shelf.read("child")).dimensions["loop"].indicators["weekly"]
    assert indicator.kind == "yes_no"
    assert indicator.title["en"] == "Weekly"
    assert not indicator.model_extra


def test_what_is_removed_is_gone_and_remembered(shelf: Shelf):
    names = '["STARING", "loop.owner", "fact.metrics", "action.begin", "action.go_on", "promise"]'
    shelf.put("child", rubric=CHILD + f"remove = {names}\n[profiles.high_touch]\nweights = {{}}\n")
    source = shelf.read("child")
    rubric = checked(source)
    assert not rubric.rules
    assert not rubric.actions
    assert list(rubric.dimensions) == ["loop"]
    assert list(rubric.dimensions["loop"].indicators) == ["weekly"]
    assert list(rubric.facts) == ["share"]
    assert set(source.removed) >= {"STARING", "loop.owner", "promise"}


def test_removing_what_is_still_named_is_refused_at_the_reader(shelf: Shelf):
    shelf.put("child", rubric=CHILD + 'remove = ["STARING"]\n')
    with pytest.raises(RubricError) as caught:
        checked(shelf.read("child"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.key) == ("unknown_name", "actions.begin.answers[0]")
    assert problem.where.file == str(shelf.folder / "small/actions.toml")


def test_a_removed_element_can_be_written_anew(shelf: Shelf):
    rule = '[rules.STARING]\nwhen = "loop > 1"\nseverity = "note"\ntext = { en = "x", fi = "x" }\n'
    shelf.put("child", rubric=CHILD + 'remove = ["STARING"]\n', rules=rule)
    assert checked(shelf.read("child")).rules["STARING"].cap == {}


def test_errors_name_the_file_that_wrote_the_key(shelf: Shelf):
    shelf.put(
        "child", rubric=CHILD, rules='[rules.STARING]\nseverity = "note"\ncap = { lop = 2 }\n'
    )
    source = shelf.read("child")
    where = source.origins.where(("rules", "STARING", "when"))
    assert (where.file, where.line) == (str(shelf.folder / "small/rules.toml"), 2)
    where = source.origins.where(("rules", "STARING", "cap", "lop"))
    assert (where.file, where.line) == (str(shelf.folder / "child/rules.toml"), 3)
    where = source.origins.where(("dimensions", "promise", "weight"))
    assert (where.file, where.line) == (str(shelf.folder / "small/rubric.toml"), 10)


def test_chains_merge_from_the_oldest_and_end_at_four(shelf: Shelf):
    for n, parent in enumerate(["small", "c0", "c1", "c2"]):
        title = f'title = {{ en = "T{n}", fi = "T{n}" }}\n' if n != 1 else ""
        text = f'format = 1\nid = "c{n}"\nversion = "1.0.0"\nextends = "{parent}"\n{title}'
        shelf.put(f"c{n}", rubric=text)
    source = shelf.read("c2")
    assert [name for name, _ in source.parents] == ["c1", "c0", "small"]
    assert checked(source).title["en"] == "T2"
    assert checked(shelf.read("c1")).title["en"] == "T0"
    problem = shelf.problem("c3")
    assert (problem.code, problem.values["limit"]) == ("extends_too_long", 4)


def test_a_circle_prints_its_path(shelf: Shelf):
    for name, parent in (("a", "b"), ("b", "a")):
        shelf.put(
            name, rubric=f'format = 1\nid = "{name}"\nversion = "1.0.0"\nextends = "{parent}"\n'
        )
    problem = shelf.problem("a")
    assert (problem.code, problem.values["path"]) == ("extends_cycle", "a → b → a")
    assert problem.where.file == str(shelf.folder / "b/rubric.toml")
    assert problem.where.line == 4


def test_an_unreadable_version_of_the_parent_is_said_where_it_is(shelf: Shelf):
    shelf.put("old", rubric='format = 1\nid = "old"\nversion = 1\nextends = "small"\n')
    shelf.put("child", rubric=CHILD.replace("small >=1.0,<2", "old >=1").replace("version", "#"))
    with pytest.raises(RubricError) as caught:
        checked(shelf.read("child"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.key) == ("wrong_type", "version")
    assert problem.where.file == str(shelf.folder / "old/rubric.toml")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('extends = "small >=2"', "parent_version", "1.2.0"),
        ('extends = "small ~=1"', "bad_extends", "cx_phases"),
        ("extends = 5", "bad_extends", "cx_phases"),
        ('extends = "smal"', "unknown_rubric", "smal"),
        ('extends = "small"\nremove = ["STARRING"]', "unknown_name", "STARING"),
        ('extends = "small"\nremove = ["loop.weakly"]', "unknown_name", "loop.weekly"),
        ('extends = "small"\nremove = "STARING"', "bad_remove", "remove"),
    ],
)
def test_a_bad_extension_says_what_to_write(shelf: Shelf, line: str, code: str, words: str):
    shelf.put("child", rubric=CHILD.replace('extends = "small >=1.0,<2"', line))
    problem = shelf.problem("child")
    assert problem.code == code
    assert problem.where.line in {4, 5}
    assert words in str(problem)


def test_the_files_written_out_read_the_same_without_the_parent(shelf: Shelf, tmp_path: Path):
    shelf.put("child", rubric=CHILD, rules='[rules.STARING]\nseverity = "note"\n')
    source = shelf.read("child")
    assert "extends/small/facts.toml" in source.files
    copy = tmp_path / "engagement" / "rubric"
    for name, data in source.files.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(data)
    again = read_source(copy, Shelf(tmp_path / "nowhere").find)
    assert again.sha256 == source.sha256
    assert checked(again).model_dump() == checked(source).model_dump()


@pytest.mark.parametrize(
    ("requirement", "version", "fits"),
    [
        ("x", "0.0.1", True),
        ("x >=1.0,<2", "1.0.0", True),
        ("x >=1.0,<2", "2.0.0", False),
        ("x > 1.2 , <= 1.10", "1.10.0", True),
        ("x >1.2", "1.2.0", False),
        ("x ==1.2", "1.2.0", True),
        ("x ==1.2", "1.2.1", False),
    ],
)
def test_versions_compare_number_by_number(requirement: str, version: str, fits: bool):
    assert parse_requirement(requirement).accepts(version) is fits


@pytest.mark.parametrize("text", ["", "X >=1", "x >=", "x >=1,", "x 1.0", "x >=1.0.0.0", "x >=1.a"])
def test_what_is_no_requirement_is_refused(text: str):
    with pytest.raises(ValueError, match="not a"):
        parse_requirement(text)


@pytest.mark.parametrize("text", ["", "1.", "1.0.0.0", "1.0-rc1", "١.0"])
def test_what_is_no_version_is_refused(text: str):
    with pytest.raises(ValueError, match="not a version"):
        parse_version(text)
