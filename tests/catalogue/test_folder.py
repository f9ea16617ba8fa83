"""A rubric folder is read once, whole, and only from inside."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cxmaturity.catalogue.find import bundled_folder, is_bundled
from cxmaturity.catalogue.folder import digest, read_folder
from cxmaturity.errors import Problem, RubricError
from tests.catalogue.small_rubric import FILES, changed, write_rubric


def problems_in(folder: Path) -> list[Problem]:
    with pytest.raises(RubricError) as caught:
        read_folder(folder)
    return list(caught.value.problems)


def test_files_are_merged_and_remembered(tmp_path: Path):
    folder = read_folder(write_rubric(tmp_path))
    assert folder.data["facts"]["share"]["kind"] == "number"
    assert folder.data["dimensions"]["promise"]["weight"] == 2
    assert folder.data["dimensions"]["promise"]["title"]["fi"] == "Lupaus"
    assert "cases" not in folder.data
    assert [case.data["summary"] for case in folder.cases] == ["A case"]
    assert sorted(folder.files) == sorted(name for name in FILES if not name.startswith("cases"))


@pytest.mark.parametrize(
    ("path", "file", "line"),
    [
        (("facts", "metrics", "options", 1), "facts.toml", 15),
        (("dimensions", "promise", "weight"), "rubric.toml", 10),
        (("dimensions", "promise", "title"), "dimensions/promise.toml", 1),
        (("dimensions", "loop", "indicators", "weekly", "kind"), "dimensions/loop.toml", 8),
        (("rules", "STARING", "cap", "promise"), "rules.toml", 6),
        (("nowhere",), "rubric.toml", 1),
    ],
)
def test_every_key_leads_to_its_file(
    tmp_path: Path, path: tuple[str | int, ...], file: str, line: int
):
    where = read_folder(write_rubric(tmp_path)).origins.where(path)
    assert (where.file, where.line) == (str(tmp_path / file), line)
    assert where.key.startswith(str(path[0]))


def test_a_problem_inside_an_expression_gets_its_column(tmp_path: Path):
    origins = read_folder(write_rubric(tmp_path)).origins
    bare = Problem("syntax", "wrong", Problem("", "").where.__class__(key="rules.STARING.when"))
    inside = Problem("syntax", "wrong", bare.where.__class__(key="rules.STARING.when", column=3))
    assert origins.placed(bare).where.column == 1
    placed = origins.placed(inside).where
    line = FILES["rules.toml"].splitlines()[placed.line - 1 if placed.line else 0]
    assert placed.column is not None
    assert line[placed.column - 1 :].startswith("op <= 1")


def test_the_main_file_sets_the_order_of_the_dimensions(tmp_path: Path):
    files = changed(
        "rubric.toml", "[dimensions.loop]\n[dimensions.promise]", "[dimensions.promise]"
    )
    assert list(read_folder(write_rubric(tmp_path, files)).data["dimensions"]) == [
        "promise",
        "loop",
    ]


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("more.toml", '[facts.share]\nkind = "text"\n', "facts.share"),
        ("more.toml", '[rules.STARING]\nwhen = "x"\n', "rules.STARING"),
        ("more.toml", 'id = "other"\n', "id"),
        ("more.toml", "facts = 5\n", "facts"),
        ("more.toml", "[dimensions.loop]\ntitle = 'x'\n", "dimensions.loop.title"),
    ],
)
def test_what_is_written_twice_names_both_places(tmp_path: Path, file: str, text: str, key: str):
    (problem,) = problems_in(write_rubric(tmp_path, {**FILES, file: text}))
    assert problem.code == "duplicate_id"
    assert problem.where.key == key
    assert ".toml:" in str(problem.values["other"])
    places = {problem.where.file, str(problem.values["other"]).rpartition(":")[0]}
    assert len(places) == 2


def test_all_unreadable_files_are_named_at_once(tmp_path: Path):
    write_rubric(tmp_path, {**FILES, "a.toml": "x = ", "dimensions/b.toml": "= 1"})
    (tmp_path / "c.toml").write_bytes(b"\xff")
    (tmp_path / "d.toml").mkdir()
    found = {(Path(problem.where.file).name, problem.code) for problem in problems_in(tmp_path)}
    assert found == {
        ("a.toml", "toml_syntax"),
        ("b.toml", "toml_syntax"),
        ("c.toml", "not_utf8"),
        ("d.toml", "not_a_file"),
    }


def test_a_folder_without_the_main_file_is_no_rubric(tmp_path: Path):
    (problem,) = problems_in(tmp_path)
    assert problem.code == "not_a_rubric"
    assert "rubric.toml" in str(problem)


def test_a_missing_folder_is_said_plainly(tmp_path: Path):
    (problem,) = problems_in(tmp_path / "nothing")
    assert problem.code == "unreadable"
    assert problem.where.file == str(tmp_path / "nothing")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    write_rubric(tmp_path / "rubric")
    (tmp_path / "secret.toml").write_text("[facts.secret]\n")
    (tmp_path / "rubric" / "linked.toml").symlink_to(tmp_path / "secret.toml")
    (problem,) = problems_in(tmp_path / "rubric")
    assert problem.code == "link_out_of_folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    write_rubric(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    (problem,) = problems_in(tmp_path)
    assert problem.code == "not_a_file"


def test_too_many_files_are_refused(tmp_path: Path):
    write_rubric(tmp_path, {**FILES, **{f"cases/c{n}.toml": "" for n in range(500)}})
    (problem,) = problems_in(tmp_path)
    assert problem.code == "too_many_files"


def test_the_digest_is_that_of_a_sha256sum_listing(tmp_path: Path):
    files = read_folder(write_rubric(tmp_path)).files
    listing = "".join(
        f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(files)
    )
    assert digest(files) == hashlib.sha256(listing.encode()).hexdigest()


def test_the_digest_changes_with_names_and_bytes_but_not_with_cases(tmp_path: Path):
    one = digest(read_folder(write_rubric(tmp_path / "one")).files)
    same = {**FILES, "cases/two.toml": "x = 1"}
    assert digest(read_folder(write_rubric(tmp_path / "same", same)).files) == one
    for n, files in enumerate([{**FILES, "e.toml": ""}, changed("facts.toml", "100", "99")]):
        assert digest(read_folder(write_rubric(tmp_path / str(n), files)).files) != one


def test_only_the_bundled_rubrics_are_bundled(tmp_path: Path):
    assert is_bundled(bundled_folder() / "cx_phases")
    assert not is_bundled(tmp_path)
