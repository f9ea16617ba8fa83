"""The one writer: whole or not at all, whatever the system refuses (goals D3, D4, S6)."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import StoreError
from cxmaturity.store.files import (
    is_temporary,
    make_folder,
    next_free,
    read_file,
    remove_leftovers,
    set_aside,
    write_file,
    write_files,
    write_folder,
)
from cxmaturity.store.names import is_safe_name

from .failing_calls import StubbornWrites, WatchedCalls

OLD, NEW = b"old\n", b"new, and rather longer\n"
REFUSALS = [
    (errno.ENOSPC, "disk_full"),
    (errno.EDQUOT, "disk_full"),
    (errno.EIO, "write_failed"),
    (errno.EROFS, "read_only"),
    (errno.EACCES, "no_permission"),
    (errno.EMFILE, "too_many_files"),
]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes and links")


def code_of(caught: pytest.ExceptionInfo[StoreError]) -> str:
    return caught.value.problems[0].code


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_writes_and_reads_back(tmp_path: Path) -> None:
    write_file(tmp_path / "a.toml", NEW)
    assert read_file(tmp_path / "a.toml") == NEW
    assert names_in(tmp_path) == ["a.toml"]


@posix_only
def test_files_and_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    write_folder(tmp_path / "acme", {"rubric/dimensions/x.toml": NEW})
    write_file(tmp_path / "acme" / "a.toml", NEW)
    make_folder(tmp_path / "acme" / "results")
    modes = {
        path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in tmp_path.rglob("*")
    }
    assert modes == {
        "acme": 0o700,
        "acme/a.toml": 0o600,
        "acme/results": 0o700,
        "acme/rubric": 0o700,
        "acme/rubric/dimensions": 0o700,
        "acme/rubric/dimensions/x.toml": 0o600,
    }


@posix_only
def test_order_is_write_flush_rename_flush_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = WatchedCalls()
    with monkeypatch.context() as patch:
        watch.install(patch)
        write_file(tmp_path / "a.toml", NEW)
    order = [name for name, _ in watch.seen if name != "close"]
    assert order == ["open", "write", "fsync", "replace", "open", "fsync"]
    flags = watch.seen[0][1][1]
    wanted = os.O_EXCL | os.O_CREAT | os.O_NOFOLLOW
    assert flags & wanted == wanted
    assert Path(watch.seen[0][1][0]).parent == tmp_path
    assert watch.seen[-3][1][0] == tmp_path


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", StubbornWrites())
        write_file(tmp_path / "a.toml", NEW)
    assert read_file(tmp_path / "a.toml") == NEW


def test_a_write_that_takes_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda _descriptor, _data: 0)
        with pytest.raises(StoreError) as caught:
            write_file(tmp_path / "a.toml", NEW)
    assert code_of(caught) == "write_failed"
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(("error", "code"), REFUSALS)
def test_failure_of_every_call_leaves_the_old_or_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, code: str
) -> None:
    target = tmp_path / "a.toml"
    for fail_at in range(1, 30):
        write_file(target, OLD)
        watch = WatchedCalls(fail_at, error)
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                write_file(target, NEW)
            except StoreError as refused:
                problem = refused.problems[0]
            else:
                assert not watch.failed
                break
        renamed = any(name == "replace" for name, _ in watch.seen[: fail_at - 1])
        assert problem.code == ("not_confirmed" if renamed else code)
        assert problem.where.file == str(target)
        assert problem.hint
        assert target.read_bytes() == (NEW if renamed else OLD)
        assert names_in(tmp_path) == ["a.toml"]
    assert target.read_bytes() == NEW
    assert fail_at > 7


@posix_only
def test_of_several_files_all_are_replaced_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (tmp_path / name for name in ("a.toml", "b.toml", "c.toml"))
    for fail_at in range(1, 60):
        write_files({first: OLD, second: OLD})
        watch = WatchedCalls(fail_at, errno.ENOSPC)
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                write_files({third: NEW, first: NEW, second: NEW})
            except StoreError as refused:
                code = refused.problems[0].code
            else:
                break
        if code == "not_confirmed":
            assert contents(tmp_path) == {"a.toml": NEW, "b.toml": NEW, "c.toml": NEW}
            third.unlink()
        else:
            assert contents(tmp_path) == {"a.toml": OLD, "b.toml": OLD}
    assert fail_at > 18
    assert contents(tmp_path) == {"a.toml": NEW, "b.toml": NEW, "c.toml": NEW}


def test_an_interruption_between_two_files_takes_back_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    write_files({first: OLD, second: OLD})
    real = os.replace

    def interrupted(source: Path, target: Path) -> None:
        if target == second:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_files({first: NEW, second: NEW})
    assert contents(tmp_path) == {"a.toml": OLD, "b.toml": OLD}


def test_a_check_that_raises_calls_the_write_off(tmp_path: Path) -> None:
    target = tmp_path / "a.toml"
    write_file(target, OLD)

    def refuse() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(target, NEW, check=refuse)
    assert target.read_bytes() == OLD
    assert names_in(tmp_path) == ["a.toml"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        write_file(tmp_path / "none" / "a.toml", NEW)
    assert code_of(caught) == "no_folder"
    assert caught.value.exit_code == 3


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path / "a.toml", OLD)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught:
            write_file(tmp_path / "a.toml", NEW)
    finally:
        tmp_path.chmod(0o700)
    assert code_of(caught) == "no_permission"
    assert read_file(tmp_path / "a.toml") == OLD


@posix_only
def test_a_symbolic_link_is_neither_written_nor_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_bytes(OLD)
    link = tmp_path / "link.toml"
    link.symlink_to(outside)
    folder_link = tmp_path / "folder"
    folder_link.symlink_to(tmp_path)
    attempts: list[Callable[[], object]] = [
        lambda: write_file(link, NEW),
        lambda: read_file(link),
        lambda: write_folder(folder_link, {"a": NEW}),
        lambda: make_folder(folder_link),
    ]
    for attempt in attempts:
        with pytest.raises(StoreError) as caught:
            attempt()
        assert code_of(caught) == "symbolic_link"
    assert outside.read_bytes() == OLD
    assert link.is_symlink()


@posix_only
def test_what_is_not_an_ordinary_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(StoreError) as caught:
            read_file(tmp_path / name)
        assert code_of(caught) == "not_a_file"


def test_a_missing_and_a_huge_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as missing:
        read_file(tmp_path / "none.toml")
    assert code_of(missing) == "not_found"
    write_file(tmp_path / "a.toml", b"12345")
    assert read_file(tmp_path / "a.toml", limit=5) == b"12345"
    with pytest.raises(StoreError) as huge:
        read_file(tmp_path / "a.toml", limit=4)
    assert code_of(huge) == "too_large"
    assert "4 bytes" in str(huge.value)


def test_a_disk_that_cannot_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "a.toml", OLD)

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", broken)
        with pytest.raises(StoreError) as caught:
            read_file(tmp_path / "a.toml")
    assert code_of(caught) == "read_failed"


FILES = {"engagement.toml": NEW, "rubric/rubric.toml": OLD, "rubric/dimensions/x.toml": NEW}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("there_before", [False, True])
def test_a_folder_is_written_whole(tmp_path: Path, *, there_before: bool) -> None:
    if there_before:
        (tmp_path / "acme").mkdir()
    write_folder(tmp_path / "acme", FILES)
    assert contents(tmp_path / "acme") == FILES
    assert names_in(tmp_path) == ["acme"]


@posix_only
def test_failure_of_every_call_leaves_no_folder_or_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 0
    for fail_at in range(1, 60):
        home = tmp_path / str(fail_at)
        home.mkdir()
        watch = WatchedCalls(fail_at, errno.ENOSPC)
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                write_folder(home / "acme", FILES)
            except StoreError as refused:
                code = refused.problems[0].code
            else:
                break
        failures += 1
        assert names_in(home) == (["acme"] if code == "not_confirmed" else [])
        assert code == "disk_full" or contents(home / "acme") == FILES
    assert failures > 20
    assert contents(home / "acme") == FILES


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path / "mine.txt", OLD)
    with pytest.raises(StoreError) as caught:
        write_folder(tmp_path, FILES)
    assert code_of(caught) == "folder_not_empty"
    assert contents(tmp_path) == {"mine.txt": OLD}


def test_the_current_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as caught:
        write_folder(Path(), FILES)
    assert code_of(caught) == "current_folder"


def test_a_current_folder_that_is_gone_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "acme").mkdir()

    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    write_folder(tmp_path / "acme", FILES)
    assert contents(tmp_path / "acme") == FILES


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path / "acme", OLD)
    attempts: list[Callable[[Path], None]] = [make_folder, lambda path: write_folder(path, FILES)]
    for attempt in attempts:
        with pytest.raises(StoreError) as caught:
            attempt(tmp_path / "acme")
        assert code_of(caught) == "no_folder"
    assert read_file(tmp_path / "acme") == OLD


def test_making_a_folder_twice_is_fine_and_needs_its_parent(tmp_path: Path) -> None:
    make_folder(tmp_path / "results")
    make_folder(tmp_path / "results")
    assert (tmp_path / "results").is_dir()
    with pytest.raises(StoreError) as caught:
        make_folder(tmp_path / "none" / "results")
    assert code_of(caught) == "no_folder"


def test_an_interrupted_folder_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_folder(tmp_path / "acme", FILES)
    assert names_in(tmp_path) == []


def test_damaged_files_are_kept_under_numbered_names(tmp_path: Path) -> None:
    target = tmp_path / "assessor.toml"
    for number in (1, 2):
        write_file(target, b"%d" % number)
        assert set_aside(target).name == f"assessor.damaged-{number}.toml"
    assert contents(tmp_path) == {
        "assessor.damaged-1.toml": b"1",
        "assessor.damaged-2.toml": b"2",
    }
    assert next_free(target, "conflict").name == "assessor.conflict-1.toml"
    with pytest.raises(StoreError):
        set_aside(target)


@pytest.mark.parametrize(
    "name", ["../x.toml", "/x.toml", "a//b", "a\\b", "con.toml", "LPT1", "a:b", "ä.toml", "a.", ""]
)
def test_names_that_lead_outside_or_mean_devices_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError) as caught:
        write_folder(tmp_path / "acme", {name: NEW, "fine.toml": NEW})
    assert [problem.code for problem in caught.value.problems] == ["unsafe_name"]
    assert names_in(tmp_path) == []


def test_names_that_differ_by_case_only_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        write_folder(tmp_path / "acme", {"rubric/a.toml": NEW, "rubric/A.toml": NEW})
    assert [problem.code for problem in caught.value.problems] == ["same_name"]
    assert is_safe_name(".gitignore")
    assert is_safe_name("rubric/dimensions/loop.toml")


def test_only_leftovers_of_interrupted_writes_are_removed(tmp_path: Path) -> None:
    for name in (".a.toml.0123456789abcdef.tmp", "a.toml", ".lock", "b.tmp"):
        (tmp_path / name).write_bytes(OLD)
    assert is_temporary(".a.toml.0123456789abcdef.tmp")
    remove_leftovers(tmp_path)
    assert names_in(tmp_path) == [".lock", "a.toml", "b.tmp"]
    remove_leftovers(tmp_path / "none")
