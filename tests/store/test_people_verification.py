"""`verify` and `doctor` on people's files: damage, copies, leftovers, holes, open doors."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest

from cxmaturity.errors import Problem
from cxmaturity.model.measures import Series
from cxmaturity.store.adoption import repin
from cxmaturity.store.consents import record_consent
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.ledger import publish, read_ledger
from cxmaturity.store.measures import measures_revision, save_series
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import read_people, read_respondent, save_respondent
from cxmaturity.store.verification import check_up, verify_files

from .crowds import crowd, on, publication, take
from .engagements import RUBRIC_FILES, new_engagement


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """An engagement with one of every file that people and measures make."""
    path = new_engagement(tmp_path / "acme").path
    take(path, crowd("a", "b"))
    loaded = read_respondent(path, "z")
    save_respondent(path, with_answers(loaded.respondent, {"d.a": 1}, on(1)), loaded.revision)
    record_consent(path, "z", "Yes", on(1))
    publish(path, publication(1, read_people(path)))
    series = Series(title={"en": "NPS"}, definition={"en": "…"})
    save_series(path, "nps", series, measures_revision(path))
    return path


NAMES = (
    "measures.toml",
    "published.toml",
    "responses/_consents.toml",
    "responses/published-1.csv",
    "responses/z.toml",
)


def kept_names(folder: Path) -> list[str]:
    imports = [path.relative_to(folder).as_posix() for path in folder.glob("responses/import-*")]
    return [*NAMES, *imports]


def codes(problems: list[Problem], folder: Path) -> set[tuple[str, str]]:
    return {
        (problem.code, Path(problem.where.file).relative_to(folder).as_posix())
        for problem in problems
    }


def test_what_was_saved_verifies(acme):
    assert len(kept_names(acme)) == 6
    assert verify_files(acme) == []
    assert check_up(acme) == []


def test_every_flipped_byte_and_every_cut_is_named(acme):
    draw = random.Random(5)  # noqa: S311 - places, not secrets
    for name in kept_names(acme):
        path = acme / name
        data = path.read_bytes()
        for _ in range(12):
            place = draw.randrange(len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            assert name in {file for _, file in codes(verify_files(acme), acme)}, place
            path.write_bytes(data[:place])
            assert name in {file for _, file in codes(verify_files(acme), acme)}, place
        path.write_bytes(data)
    assert verify_files(acme) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_answers_that_others_may_read_are_told(acme):
    (acme / "responses" / "z.toml").chmod(0o640)
    for problems in (verify_files(acme), check_up(acme)):
        (problem,) = problems
        assert problem.code == "open_to_others"
        assert problem.values["count"] == 1


def test_a_person_in_two_places_is_told_with_both(acme):
    (path,) = acme.glob("responses/import-*")
    copy = path.with_name("import-0123456789abcdef.csv")
    shutil.copy(path, copy)
    for problems in (verify_files(acme), check_up(acme)):
        (problem,) = problems
        assert problem.code == "two_places"
        assert path.name in str(problem)
        assert copy.name in str(problem)


def test_what_an_interrupted_import_left_is_told(acme):
    (path,) = acme.glob("responses/import-*")
    data = path.read_bytes()
    take(acme, crowd("a", answer=4), replace=True)
    path.write_bytes(data)
    path.chmod(0o600)
    assert codes(verify_files(acme), acme) == {("superseded", f"responses/{path.name}")}
    assert codes(check_up(acme), acme) == {("superseded", f"responses/{path.name}")}


def test_a_hole_in_the_ledger_is_told_unless_nothing_private_is_there(acme):
    path = acme / "responses" / "published-1.csv"
    path.unlink()
    assert codes(check_up(acme), acme) == {("ledger_unknown", "responses/published-1.csv")}
    shutil.rmtree(acme / "responses")
    assert verify_files(acme) == []


def test_a_consent_of_nobody_is_told(acme):
    record_consent(acme, "gone", "Yes", on(1))
    assert codes(check_up(acme), acme) == {("consent_of_nobody", "responses/_consents.toml")}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("z (1).toml", "sync_conflict"),
        ("z (Anna's conflicted copy 2026-04-01).toml", "sync_conflict"),
        ("z.conflict-1.toml", "conflict"),
        ("z.damaged-1.toml", "damaged_aside"),
        (".z.toml.0123456789abcdef.tmp", "leftover"),
        ("Z.toml", "unknown_file"),
        ("keys.csv", "unknown_file"),
        ("published-x.csv", "unknown_file"),
        ("notes.txt", "unknown_file"),
    ],
)
def test_what_does_not_belong_to_the_answers_is_named(acme, name, code):
    path = acme / "responses" / name
    path.write_bytes(b"")
    path.chmod(0o600)
    if sys.platform != "win32" or name != "Z.toml":
        assert codes(verify_files(acme), acme) == {(code, f"responses/{name}")}
        assert codes(check_up(acme), acme) == {(code, f"responses/{name}")}


def test_a_code_like_a_file_of_ours_is_no_second_version(acme):
    loaded = read_respondent(acme, "engagement-1")
    save_respondent(acme, loaded.respondent, loaded.revision)
    assert verify_files(acme) == []


def test_another_rubric_leaves_people_and_measures_as_they_are(acme):
    before = {name: (acme / name).read_bytes() for name in kept_names(acme)}
    files = {**RUBRIC_FILES, "rules.toml": b"x = 1\n"}
    repin(open_engagement(acme), "tiny", "2.0.0", files)
    assert {name: (acme / name).read_bytes() for name in kept_names(acme)} == before
    assert len(read_ledger(acme)) == 1
    assert verify_files(acme) == []
