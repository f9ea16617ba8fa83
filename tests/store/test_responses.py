"""Respondents on disk: a person in one place, imports by one rename, nothing lost or doubled."""

from __future__ import annotations

import errno
import shutil
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given

from cxmaturity.errors import ConflictError, CxError, InputError, StoreError, UsageError
from cxmaturity.model.people import People
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.canonical import canonical
from cxmaturity.store.consents import read_consents, record_consent
from cxmaturity.store.imports import SavedImport
from cxmaturity.store.optional_files import RESPONDENT
from cxmaturity.store.people_csv import in_order
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import (
    has_respondents,
    people_of,
    read_people,
    read_respondent,
    require_respondent,
    respondent_codes,
    save_respondent,
    superseded_files,
    together,
)
from cxmaturity.store.revision import ABSENT, Revision

from .crowds import crowd, crowds, on, take
from .engagements import new_engagement
from .failing_calls import CALLS, WatchedCalls

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return new_engagement(tmp_path / "acme").path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "responses").iterdir())


def interview(folder: Path, code: str, answer: object = 3) -> Revision:
    loaded = read_respondent(folder, code)
    respondent = loaded.respondent.model_copy(update={"places": {"unit": "sales"}})
    said = with_answers(respondent, {"loop.weekly": answer}, on(1))
    return save_respondent(folder, said, loaded.revision)


def code_of(error: type[CxError], call) -> str:
    with pytest.raises(error) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.hint
    assert str(problem)
    return problem.code


# reading ------------------------------------------------------------------------------------------


def test_nobody_answered(acme):
    assert read_people(acme) == People()
    assert not has_respondents(acme)
    assert respondent_codes(acme) == {}


def test_interviews_and_imports_are_one_crowd(acme):
    interview(acme, "zoe", ("a", "b"))
    take(acme, crowd("a", "b"))
    assert read_people(acme) == People(
        ("a", "b", "zoe"),
        {"unit": ("sales/north", "sales/north", "sales")},
        {"loop.weekly": (3, 3, ("a", "b"))},
    )
    assert respondent_codes(acme) == {"a": "import", "b": "import", "zoe": "interview"}
    assert has_respondents(acme)


@given(crowds(), crowds())
def test_putting_crowds_together_loses_nothing(one, other):
    other = People(tuple(f"{code}-" for code in other.codes), other.places, other.answers)
    both = together([one, other])
    assert together([other, one]) == both
    assert sorted(both.codes) == sorted(one.codes + other.codes)
    for each in (one, other):
        for path, column in in_order(each).answers.items():
            rows = [both.codes.index(code) for code in in_order(each).codes]
            assert tuple(both.answers[path][row] for row in rows) == column


@posix_only
def test_answers_are_for_their_owner_only(acme):
    interview(acme, "zoe")
    take(acme, crowd("a"))
    record_consent(acme, "zoe", "Said yes", on(1))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in acme.glob("responses/*")}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3
    assert stat.S_IMODE((acme / "responses").stat().st_mode) == 0o700


def test_answers_are_not_for_version_control(acme):
    assert "responses/" in (acme / ".gitignore").read_text().split()


def test_a_person_in_two_files_is_refused_with_both_names(acme):
    path = take(acme, crowd("a", "b")).path
    assert path is not None
    copy = path.with_name("import-copy.csv")
    shutil.copy(path, copy)
    for read in (read_people, respondent_codes):
        with pytest.raises(InputError) as caught:
            read(acme)
        (problem,) = caught.value.problems
        assert problem.code == "two_places"
        assert path.name in str(problem)
        assert copy.name in str(problem)
    with pytest.raises(InputError):
        take(acme, crowd("c"))


def test_an_interview_and_an_import_of_one_person_are_refused(acme):
    interview(acme, "b")
    take(acme, crowd("a"))
    (path,) = acme.glob("responses/import-*")
    path.write_bytes(path.read_bytes().replace(b"\na,", b"\nb,"))
    assert code_of(InputError, lambda: read_people(acme)) == "two_places"


def test_every_fault_of_every_file_is_said_at_once(acme):
    interview(acme, "zoe")
    take(acme, crowd("a"))
    (acme / "responses" / "bob.toml").write_bytes((acme / "responses" / "zoe.toml").read_bytes())
    (acme / "responses" / "eve.toml").write_text('format = 1\ncode = "eve"\nplaces = 3\n')
    (path,) = acme.glob("responses/import-*")
    path.write_bytes(path.read_bytes().replace(b"sales/north", b"Sales"))
    with pytest.raises(InputError) as caught:
        read_people(acme)
    assert [problem.code for problem in caught.value.problems] == [
        "bad_place", "other_code", "wrong_value",
    ]  # fmt: skip


# one respondent -----------------------------------------------------------------------------------


def test_somebody_new_is_empty_until_saved(acme):
    loaded = read_respondent(acme, "zoe")
    assert (loaded.respondent, loaded.revision) == (Respondent(code="zoe"), ABSENT)
    revision = interview(acme, "zoe", ("x",))
    again = read_respondent(acme, "zoe")
    assert again.revision == revision
    assert again.respondent.answers == {"loop": {"weekly": ("x",)}}
    assert again.respondent.interviewed == on(1)
    assert people_of(again.respondent).codes == ("zoe",)


def test_the_file_of_a_respondent_is_canonical_and_has_no_time(acme):
    interview(acme, "zoe")
    data = (acme / "responses" / "zoe.toml").read_bytes()
    assert data == canonical(RESPONDENT, read_respondent(acme, "zoe").respondent)
    assert b":" not in data.split(b"\n", 1)[1].replace(b"sha256:", b"")


def test_clearing_the_last_answer_leaves_an_empty_sheet():
    said = with_answers(Respondent(code="a"), {"x.y": [1, 2], "x.z": "w"}, on(1))
    assert said.answers == {"x": {"y": (1, 2), "z": "w"}}
    assert with_answers(said, {"x.y": None, "x.z": None}, on(2)).answers == {}


def test_two_interviewers_of_one_person_never_overwrite_each_other(acme):
    loaded = read_respondent(acme, "zoe")
    interview(acme, "zoe", 4)
    mine = with_answers(loaded.respondent, {"loop.weekly": 1}, on(1))
    with pytest.raises(ConflictError):
        save_respondent(acme, mine, loaded.revision)
    assert read_people(acme).answers == {"loop.weekly": (4,)}


def test_somebody_imported_does_not_answer_here(acme):
    loaded = read_respondent(acme, "a")
    take(acme, crowd("a"))
    assert code_of(UsageError, lambda: read_respondent(acme, "a")) == "imported_respondent"
    found = code_of(UsageError, lambda: save_respondent(acme, loaded.respondent, loaded.revision))
    assert found == "imported_respondent"


@pytest.mark.parametrize("code", ["", "A", "../a", "nul", "com1", "-a", "a b", "ä", "a" * 41])
def test_what_is_no_code_is_refused(acme, code):
    assert code_of(UsageError, lambda: read_respondent(acme, code)) == "bad_code"
    with pytest.raises(InputError):
        take(acme, crowd(code))
    assert not (acme / "responses").exists()


def test_the_nearest_code_is_told(acme):
    take(acme, crowd("north-07"))
    require_respondent(acme, "north-07")
    with pytest.raises(UsageError) as caught:
        require_respondent(acme, "north-70")
    assert "north-07" in str(caught.value)


@posix_only
def test_a_link_in_the_place_of_a_person_is_refused(acme, tmp_path):
    interview(acme, "zoe")
    (tmp_path / "elsewhere.toml").write_text('format = 1\ncode = "bob"\n')
    (acme / "responses" / "bob.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert code_of(StoreError, lambda: read_respondent(acme, "bob")) == "symbolic_link"
    assert code_of(InputError, lambda: read_people(acme)) == "symbolic_link"


# consent ------------------------------------------------------------------------------------------


def test_nobody_is_named_without_a_recorded_consent(acme):
    take(acme, crowd("a", "ceo"))
    assert read_people(acme).attributed == frozenset()
    record_consent(acme, "ceo", "Agreed by mail", on(3))
    assert read_people(acme).attributed == {"ceo"}
    consent = read_consents(acme).consents["ceo"]
    assert (consent.text, consent.date) == ("Agreed by mail", on(3))
    with pytest.raises(UsageError):
        record_consent(acme, "a", "", on(3))
    record_consent(acme, "gone", "Has no answers", on(3))
    assert read_people(acme).attributed == {"ceo"}


# imports ------------------------------------------------------------------------------------------


def test_the_same_data_change_nothing(acme):
    first = take(acme, crowd("a", "b"))
    before = {path: path.read_bytes() for path in acme.glob("responses/*")}
    assert first == SavedImport(first.path, new=2, replaced=0, unchanged=0)
    for replace in (False, True):
        assert take(acme, crowd("b", "a"), replace=replace) == SavedImport(None, 0, 0, 2)
    assert {path: path.read_bytes() for path in acme.glob("responses/*")} == before


def test_the_same_data_make_the_same_file_anywhere(acme, tmp_path):
    other = new_engagement(tmp_path / "other").path
    one, two = take(acme, crowd("a", "b")).path, take(other, crowd("b", "a")).path
    assert one is not None
    assert two is not None
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())


def test_a_growing_export_adds_who_is_new(acme):
    take(acme, crowd("a", "b"))
    saved = take(acme, crowd("a", "b", "c"))
    assert (saved.new, saved.replaced, saved.unchanged) == (1, 0, 2)
    assert read_people(acme) == in_order(crowd("a", "b", "c"))
    assert len(names(acme)) == 2


def test_changed_answers_are_refused_with_the_codes_and_nothing_is_saved(acme):
    take(acme, crowd("a", "b"))
    before = names(acme)
    found = code_of(UsageError, lambda: take(acme, crowd("b", "c", answer=4)))
    assert found == "imported_already"
    assert names(acme) == before
    assert read_people(acme) == in_order(crowd("a", "b"))


def test_replacing_keeps_the_others_of_the_file_in_one_place(acme):
    take(acme, crowd("a", "b"))
    take(acme, crowd("x"))
    saved = take(acme, crowd("b", "c", answer=4), replace=True)
    assert (saved.new, saved.replaced, saved.unchanged) == (1, 1, 0)
    assert saved.path is not None
    people = read_people(acme)
    assert people.codes == ("a", "b", "c", "x")
    assert people.answers["loop.weekly"] == (3, 4, 4, 3)
    assert len(names(acme)) == 2
    back = take(acme, crowd("b", answer=3), replace=True)
    assert back.replaced == 1
    assert read_people(acme).answers["loop.weekly"] == (3, 3, 4, 3)


def test_data_that_come_back_are_not_taken_for_the_file_they_once_were(acme):
    first = take(acme, crowd("a"))
    take(acme, crowd("a", answer=4), replace=True)
    again = take(acme, crowd("a"), replace=True)
    assert again.path is not None
    assert first.path == again.path
    assert read_people(acme) == crowd("a")
    assert superseded_files(acme) == []


def test_who_answered_here_is_never_replaced_by_an_import(acme):
    interview(acme, "zoe", 1)
    found = code_of(UsageError, lambda: take(acme, crowd("zoe", "a"), replace=True))
    assert found == "interviewed_already"
    assert respondent_codes(acme) == {"zoe": "interview"}


def test_a_superseded_file_is_read_by_nobody_and_removed_by_the_next_import(acme):
    old = take(acme, crowd("a", "b")).path
    assert old is not None
    data = old.read_bytes()
    take(acme, crowd("a", answer=4), replace=True)
    old.write_bytes(data)
    assert superseded_files(acme) == [old]
    assert read_people(acme).answers["loop.weekly"] == (4, 3)
    take(acme, crowd("c"))
    assert not old.exists()


def test_every_fault_of_an_import_is_said_and_nothing_is_made(acme):
    people = People(("A", "a", "a"), {}, {"loop.weekly": (1, 2, 3)})
    with pytest.raises(InputError) as caught:
        take(acme, people)
    assert [problem.code for problem in caught.value.problems] == ["bad_code", "same_code"]


WITH_DELETES = (*CALLS, "unlink")


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_an_import_that_fails_anywhere_leaves_everybody_once(acme, monkeypatch, error):
    take(acme, crowd("a", "b"))
    kept = acme.parent / "kept"
    shutil.copytree(acme, kept)
    failed = 0
    for fail_at in range(1, 80):
        shutil.rmtree(acme)
        shutil.copytree(kept, acme)
        watch = WatchedCalls(fail_at, error, WITH_DELETES)
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                take(acme, crowd("b", "c", answer=4), replace=True)
            except CxError:
                failed += 1
        answers = read_people(acme).answers["loop.weekly"]
        assert answers in ((3, 3), (3, 4, 4)), f"call {fail_at}: {watch.failed}"
        if not watch.failed:
            assert answers == (3, 4, 4)
            break
        take(acme, crowd("b", "c", answer=4), replace=True)
        assert read_people(acme).answers["loop.weekly"] == (3, 4, 4)
    assert failed > 5
    assert fail_at < 79
