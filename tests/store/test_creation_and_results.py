"""A new engagement appears whole; kept scorecards are numbered and never overwritten."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cxmaturity.catalogue.extend import read_source
from cxmaturity.catalogue.find import find_rubric
from cxmaturity.errors import StoreError
from cxmaturity.model.engagement import Assessor, Evidence, EvidenceFile, Rating
from cxmaturity.store.creation import create
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.results import missing_scorecards, save_scorecard, saved_scorecards
from cxmaturity.store.rubric_copy import read_rubric_files, rubric_digest
from cxmaturity.store.verification import verify_files

from .engagements import DATE, RUBRIC_FILES, new_engagement, plain_engagement
from .failing_calls import WatchedCalls


def test_a_new_engagement_holds_its_rubric_byte_for_byte(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme")
    assert read_rubric_files(folder.rubric_folder) == RUBRIC_FILES
    assert folder.engagement.rubric.sha256 == rubric_digest(RUBRIC_FILES)
    assert folder.engagement.organisation == "Acme Oy"
    assert verify_files(folder.path) == []


def test_the_digest_is_one_that_others_can_compute(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme")
    sums = (folder.rubric_folder / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == folder.engagement.rubric.sha256
    assert sums.decode().splitlines() == [
        f"{hashlib.sha256(RUBRIC_FILES[name]).hexdigest()}  {name}" for name in sorted(RUBRIC_FILES)
    ]


def test_a_digest_changes_with_every_byte_and_name_and_with_nothing_else() -> None:
    digest = rubric_digest(RUBRIC_FILES)
    assert rubric_digest(dict(reversed(RUBRIC_FILES.items()))) == digest
    others = [
        {**RUBRIC_FILES, "rubric.toml": b"x"},
        {**RUBRIC_FILES, "more.toml": b""},
        {name: data for name, data in RUBRIC_FILES.items() if name != "CHANGELOG.md"},
        {name.replace("loop", "pool"): data for name, data in RUBRIC_FILES.items()},
    ]
    assert len({digest, *map(rubric_digest, others)}) == 5


def test_the_default_rubric_is_pinned_under_the_digest_it_is_listed_with(tmp_path: Path) -> None:
    installed = read_source(find_rubric("cx_phases"), find_rubric)
    folder = create(tmp_path / "acme", plain_engagement(), installed.files)
    copy = read_source(folder.rubric_folder, find_rubric)
    assert folder.engagement.rubric.sha256 == installed.sha256 == copy.sha256
    assert copy.files == installed.files
    assert verify_files(folder.path) == []


def test_a_rubric_is_kept_with_what_it_extends(tmp_path: Path) -> None:
    files = {**RUBRIC_FILES, "extends/parent/rubric.toml": b"format = 1\n"}
    folder = create(tmp_path / "acme", plain_engagement(), files)
    assert read_rubric_files(folder.rubric_folder) == files
    assert verify_files(folder.path) == []


def test_answers_can_be_brought_along(tmp_path: Path) -> None:
    assessor = Assessor(ratings={"loop": {"weekly": Rating(value=3)}})
    evidence = EvidenceFile(evidence={"loop": {"weekly": Evidence(grade="documented")}})
    create(
        tmp_path / "acme", plain_engagement(), RUBRIC_FILES, assessor=assessor, evidence=evidence
    )
    again = open_engagement(tmp_path / "acme")
    assert (again.assessor, again.evidence) == (assessor, evidence)


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme")
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    with pytest.raises(StoreError) as caught:
        new_engagement(folder.path)
    assert caught.value.problems[0].code == "folder_not_empty"
    assert {p: p.read_bytes() for p in folder.path.rglob("*") if p.is_file()} == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["acme"]


def test_creation_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for fail_at in range(1, 80, 3):
        home = tmp_path / str(fail_at)
        home.mkdir()
        watch = WatchedCalls(fail_at, errno.ENOSPC)
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                new_engagement(home / "acme")
            except StoreError as refused:
                code = refused.problems[0].code
            else:
                break
        if code == "disk_full":
            assert list(home.iterdir()) == []
        else:
            assert verify_files(home / "acme") == []
    assert fail_at > 20


def untracked(folder: Path) -> list[str]:
    """What git would put under version control."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run([git, "init", "-q"], cwd=folder, check=True, env=environment)
    return subprocess.run(
        [git, "ls-files", "--others", "--exclude-standard"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    ).stdout.split()


def test_version_control_leaves_out_what_people_answered(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme").path
    save_scorecard(folder, DATE, b"{}")
    (folder / "responses").mkdir()
    (folder / "responses" / "P1.toml").write_bytes(b"format = 1\n")
    (folder / ".assessor.toml.0123456789abcdef.tmp").write_bytes(b"")
    listed = untracked(folder)
    assert sorted(listed) == [
        ".gitattributes",
        ".gitignore",
        "assessor.toml",
        "engagement.toml",
        "evidence.toml",
        "results/2026-03-31-1.json",
        "rubric/CHANGELOG.md",
        "rubric/SHA256SUMS",
        "rubric/dimensions/loop.toml",
        "rubric/rubric.toml",
    ]


def test_scorecards_are_numbered_by_date(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme").path
    assert saved_scorecards(folder) == []
    other = dt.date(2025, 12, 1)
    for number in range(1, 12):
        save_scorecard(folder, DATE, b'{"number": %d}' % number)
    assert save_scorecard(folder, other, b"{}").name == "2025-12-01-1.json"
    names = [path.name for path in saved_scorecards(folder)]
    assert names == ["2025-12-01-1.json", *(f"2026-03-31-{n}.json" for n in range(1, 12))]
    assert (folder / "results" / "2026-03-31-11.json").read_bytes() == b'{"number": 11}'
    assert missing_scorecards(folder) == []
    (folder / "results" / "2026-03-31-3.json").unlink()
    assert [path.name for path in missing_scorecards(folder)] == ["2026-03-31-3.json"]
    assert save_scorecard(folder, DATE, b"{}").name == "2026-03-31-12.json"


def test_a_linked_results_folder_is_neither_read_nor_written(tmp_path: Path) -> None:
    folder = new_engagement(tmp_path / "acme").path
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "2026-03-31-1.json").write_bytes(b"{}")
    (folder / "results").symlink_to(outside)
    assert saved_scorecards(folder) == []
    with pytest.raises(StoreError) as caught:
        save_scorecard(folder, DATE, b"{}")
    assert caught.value.problems[0].code == "symbolic_link"
    assert [entry.name for entry in outside.iterdir()] == ["2026-03-31-1.json"]


def test_what_does_not_belong_to_a_rubric_is_not_read(tmp_path: Path) -> None:
    rubric = tmp_path / "tiny"
    (rubric / ".git").mkdir(parents=True)
    for name in ("rubric.toml", ".hidden.toml", "rubric.toml~", ".git/x.toml", "notes.txt"):
        (rubric / name).write_bytes(b"x")
    assert read_rubric_files(rubric) == {"rubric.toml": b"x"}


def test_a_rubric_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "rubric.toml").symlink_to(tmp_path / "secret")
    codes = {}
    for name in ("none", "link", "real"):
        with pytest.raises(StoreError) as caught:
            read_rubric_files(tmp_path / name)
        codes[name] = caught.value.problems[0].code
    assert codes == {"none": "not_found", "link": "symbolic_link", "real": "symbolic_link"}


def test_a_folder_of_a_thousand_files_is_no_rubric(tmp_path: Path) -> None:
    for number in range(1001):
        (tmp_path / f"{number}.toml").touch()
    with pytest.raises(StoreError) as caught:
        read_rubric_files(tmp_path)
    assert caught.value.problems[0].code == "too_many_files"
