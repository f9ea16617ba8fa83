"""Damage is found and named; so is what somebody should look at."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from cxmaturity.errors import Problem
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.store.edits import Edits
from cxmaturity.store.files import set_aside
from cxmaturity.store.lock import LOCK_NAME
from cxmaturity.store.results import save_scorecard
from cxmaturity.store.saving import keep_both, save_edits, set_answer
from cxmaturity.store.verification import check_up, verify_files

from .engagements import DATE, new_engagement


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An engagement with answers, evidence and two kept scorecards."""
    state = save_edits(
        new_engagement(tmp_path / "acme"),
        Edits(
            ratings={"loop.weekly": Rating(value=2, note="ääkköset too")},
            facts={"size": Rating(value="mid")},
            evidence={"loop.weekly": Evidence(grade="documented", date=DATE)},
        ),
    )
    for _ in range(2):
        save_scorecard(state.path, DATE, b'{"format": 1}')
    return state.path


def codes(problems: list[Problem], folder: Path) -> set[tuple[str, str]]:
    return {
        (problem.code, Path(problem.where.file).relative_to(folder).as_posix())
        for problem in problems
    }


def test_what_was_saved_verifies(folder: Path) -> None:
    assert verify_files(folder) == []
    assert check_up(folder) == []


def kept_files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.parent.name != "results"
    )


def test_every_flipped_byte_is_reported_with_its_file(folder: Path) -> None:
    draw = random.Random(20260331)  # noqa: S311  (bytes to damage, not secrets)
    files = kept_files(folder)
    assert len(files) == 7
    for _ in range(400):
        path = draw.choice(files)
        whole = path.read_bytes()
        position = draw.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[position] ^= 1 << draw.randrange(8)
        path.write_bytes(bytes(flipped))
        named = {problem.where.file for problem in verify_files(folder)}
        assert str(path) in named, (path, position)
        path.write_bytes(whole)
    assert verify_files(folder) == []


def test_every_truncation_is_reported_with_its_file(folder: Path) -> None:
    draw = random.Random(4)  # noqa: S311  (lengths, not secrets)
    for path in kept_files(folder):
        whole = path.read_bytes()
        for length in {0, len(whole) - 1, *(draw.randrange(len(whole)) for _ in range(8))}:
            path.write_bytes(whole[:length])
            assert str(path) in {problem.where.file for problem in verify_files(folder)}
        path.write_bytes(whole)


def test_every_deleted_file_is_reported(folder: Path) -> None:
    first = folder / "results" / "2026-03-31-1.json"
    for path in (*kept_files(folder), first):
        whole = path.read_bytes()
        path.unlink()
        named = {problem.where.file for problem in verify_files(folder)}
        expected = folder if path.name == "engagement.toml" else path
        assert str(expected) in named
        path.write_bytes(whole)
        path.chmod(0o600)
    assert verify_files(folder) == []


def test_swapped_files_are_reported(folder: Path) -> None:
    one, other = folder / "assessor.toml", folder / "evidence.toml"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    named = {problem.where.file for problem in verify_files(folder)}
    assert named == {str(one), str(other)}


def test_a_file_edited_by_hand_still_opens_and_is_said(folder: Path) -> None:
    path = folder / "assessor.toml"
    path.write_bytes(path.read_bytes().replace(b"value = 2", b"value = 3"))
    assert codes(verify_files(folder), folder) == {("altered", "assessor.toml")}
    path.write_bytes(b"[ratings.loop.weekly]\nvalue = 3\n")
    assert codes(verify_files(folder), folder) == {("no_checksum", "assessor.toml")}


@pytest.mark.parametrize("data", [b"{", b"[1]", b"\xff", b"[" * 100_000, b""])
def test_a_damaged_scorecard_is_named(folder: Path, data: bytes) -> None:
    path = folder / "results" / "2026-03-31-2.json"
    path.write_bytes(data)
    assert codes(verify_files(folder), folder) == {
        ("damaged_scorecard", "results/2026-03-31-2.json")
    }


def test_a_rubric_whose_list_was_replaced_as_well_is_named(folder: Path) -> None:
    (folder / "rubric" / "SHA256SUMS").write_bytes(b"")
    (folder / "rubric" / "rubric.toml").write_bytes(b"x")
    assert codes(verify_files(folder), folder) == {("rubric_changed", "rubric/SHA256SUMS")}


def test_a_pin_of_another_rubric_names_the_list(folder: Path) -> None:
    path = folder / "engagement.toml"
    data = path.read_bytes()
    start = data.index(b'sha256 = "') + len(b'sha256 = "')
    path.write_bytes(data[:start] + b"0" * 64 + data[start + 64 :])
    assert codes(verify_files(folder), folder) == {
        ("altered", "engagement.toml"),
        ("rubric_changed", "rubric/SHA256SUMS"),
    }


def test_a_rubric_without_its_list_is_said(folder: Path) -> None:
    (folder / "rubric" / "SHA256SUMS").unlink()
    (folder / "rubric" / "rubric.toml").write_bytes(b"x")
    assert codes(verify_files(folder), folder) == {("not_found", "rubric/SHA256SUMS")}


def test_a_rubric_that_is_gone_is_said(folder: Path) -> None:
    shutil.rmtree(folder / "rubric")
    assert codes(verify_files(folder), folder) == {("not_found", "rubric")}


def test_a_scorecard_that_cannot_be_read_is_named(folder: Path) -> None:
    path = folder / "results" / "2026-03-31-3.json"
    path.symlink_to(folder / "results" / "2026-03-31-1.json")
    assert codes(verify_files(folder), folder) == {("symbolic_link", "results/2026-03-31-3.json")}


def test_an_added_rubric_file_is_named(folder: Path) -> None:
    (folder / "rubric" / "more.toml").write_bytes(b"")
    (folder / "rubric" / "more.toml").chmod(0o600)
    assert codes(verify_files(folder), folder) == {("rubric_changed", "rubric/more.toml")}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("assessor (Anna's conflicted copy 2026-04-01).toml", "sync_conflict"),
        ("assessor.sync-conflict-20260401-101112-ABCDEFG.toml", "sync_conflict"),
        ("assessor (1).toml", "sync_conflict"),
        ("engagement-DESKTOP-4F2.toml", "sync_conflict"),
        ("assessor (Annan ristiriitainen kopio).toml", "sync_conflict"),
        (".assessor.toml.0123456789abcdef.tmp", "leftover"),
        ("notes.txt", "unknown_file"),
        ("results/summary.docx", "unknown_file"),
        ("responses/P1.txt", "unknown_file"),
        ("rubric/SHA512SUMS", "unknown_file"),
    ],
)
def test_what_does_not_belong_is_named(folder: Path, name: str, code: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True, mode=0o700)
    path.write_bytes(b"")
    path.chmod(0o600)
    assert codes(verify_files(folder), folder) == {(code, name)}
    assert codes(check_up(folder), folder) == {(code, name)}


def test_what_version_control_and_systems_keep_is_no_oddity(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "assessor.toml").write_bytes(b"x")
    for name in (".DS_Store", "Thumbs.db", "results/desktop.ini"):
        (folder / name).write_bytes(b"")
        (folder / name).chmod(0o600)
    assert verify_files(folder) == []


def test_other_toml_files_must_be_readable(folder: Path) -> None:
    (folder / "responses").mkdir(mode=0o700)
    for name in ("measures.toml", "responses/p1.toml"):
        (folder / name).write_bytes(b"x")
        (folder / name).chmod(0o600)
    assert codes(verify_files(folder), folder) == {
        ("toml_syntax", "measures.toml"),
        ("no_checksum", "measures.toml"),
        ("toml_syntax", "responses/p1.toml"),
        ("no_checksum", "responses/p1.toml"),
    }


def test_copies_that_the_program_made_are_named(folder: Path) -> None:
    (folder / "assessor.toml").write_bytes(b"x")
    set_aside(folder / "assessor.toml")
    (folder / "assessor.format-0-1.toml").write_bytes(b"")
    (folder / "assessor.format-0-1.toml").chmod(0o600)
    assert codes(verify_files(folder), folder) == {
        ("damaged_aside", "assessor.damaged-1.toml"),
        ("file_missing", "assessor.toml"),
    }


def test_a_kept_conflict_is_named(tmp_path: Path) -> None:
    state = new_engagement(tmp_path / "acme")
    keep_both(state, Edits(ratings={"loop.weekly": Rating(value=1)}))
    assert codes(check_up(state.path), state.path) == {("conflict", "assessor.conflict-1.toml")}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes and links")
def test_what_others_may_read_is_counted_and_the_first_named(folder: Path) -> None:
    (folder / "assessor.toml").chmod(0o644)
    (folder / "rubric").chmod(0o755)
    problems = verify_files(folder)
    assert codes(problems, folder) == {("open_to_others", "rubric")}
    assert problems[0].values["count"] == 2
    assert str(folder) in str(problems[0])


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes and links")
def test_links_are_named_and_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "P1.toml").write_bytes(b"x")
    (folder / "responses").symlink_to(outside)
    (folder / "measures.toml").symlink_to(outside / "P1.toml")
    found = verify_files(folder)
    assert codes(found, folder) == {
        ("symbolic_link", "responses"),
        ("symbolic_link", "measures.toml"),
    }


def test_a_stranger_folder_is_named(folder: Path) -> None:
    (folder / "photos").mkdir(mode=0o700)
    assert codes(verify_files(folder), folder) == {("unknown_folder", "photos")}


def test_a_folder_that_is_no_engagement_is_said_and_not_raised(tmp_path: Path) -> None:
    assert [problem.code for problem in verify_files(tmp_path / "none")] == [
        "not_an_engagement",
        "file_missing",
        "file_missing",
    ]
    assert [problem.code for problem in check_up(tmp_path / "none")] == ["not_an_engagement"]


def test_a_check_up_names_what_to_look_at(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "acme"
    folder.parent.mkdir()
    edits = Edits(
        ratings={"loop.weekly": Rating(value=2, flag=True), "loop.other": Rating(value=1)},
        facts={"size": Rating(flag=True)},
        evidence={
            "loop.weekly": Evidence(grade="documented"),
            "loop.other": Evidence(grade="claimed"),
        },
    )
    save_edits(new_engagement(folder), edits)
    (folder / LOCK_NAME).write_bytes(b"1\nhost\n2026-03-31 10:00:00Z\n")
    found = {(problem.code, problem.where.key) for problem in check_up(folder)}
    assert found == {
        ("stale_lock", ""),
        ("sync_folder", ""),
        ("flagged", "loop.weekly"),
        ("flagged", "fact.size"),
        ("undated", "loop.weekly"),
    }


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
@pytest.mark.parametrize("mode", [0o600, 0o000])
def test_a_folder_that_may_not_be_read_is_said_and_not_raised(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    try:
        found = (verify_files(folder), check_up(folder))
    finally:
        folder.chmod(0o700)
    for problems in found:
        assert ("no_permission", "engagement.toml") in codes(problems, folder)


def test_looking_changes_nothing(folder: Path) -> None:
    def snapshot() -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in folder.rglob("*")
            if path.is_file()
        }

    before = snapshot()
    verify_files(folder)
    check_up(folder)
    assert snapshot() == before


def test_answers_after_a_verification_still_save(tmp_path: Path) -> None:
    state = new_engagement(tmp_path / "acme")
    assert verify_files(state.path) == []
    set_answer(state, "loop.weekly", Rating(value=1))
    assert verify_files(state.path) == []
