"""Two writers never lose an update; a dead holder never blocks (goals D5, D8)."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cxmaturity.errors import ConflictError, StoreError
from cxmaturity.store.files import read_file, write_file
from cxmaturity.store.lock import LOCK_NAME, lock_is_stale, locked
from cxmaturity.store.revision import (
    ABSENT,
    keep_conflict,
    read_revision,
    revision_of,
    save,
    save_all,
)

CHILD = Path(__file__).with_name("counting_child.py")
REPOSITORY = CHILD.parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def test_first_save_then_a_second_from_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    first = save(path, b"1", ABSENT, folder=tmp_path)
    assert first == revision_of(b"1") == read_revision(path)
    save(path, b"2", first, folder=tmp_path)
    assert read_file(path) == b"2"


def test_a_save_over_somebody_elses_change_is_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "assessor.toml"
    loaded = save(path, b"1", ABSENT, folder=tmp_path)
    write_file(path, b"theirs")
    with pytest.raises(ConflictError) as caught:
        save(path, b"mine", loaded, folder=tmp_path)
    assert caught.value.problems[0].code == "changed_meanwhile"
    assert caught.value.problems[0].where.file == str(path)
    assert read_file(path) == b"theirs"
    kept = keep_conflict(path, b"mine", folder=tmp_path)
    assert kept.name == "assessor.conflict-1.toml"
    assert read_file(kept) == b"mine"
    assert keep_conflict(path, b"mine", folder=tmp_path).name == "assessor.conflict-2.toml"


def test_a_conflict_in_one_file_writes_none_and_names_each(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    save_all({first: b"1", second: b"1"}, {first: ABSENT, second: ABSENT}, folder=tmp_path)
    with pytest.raises(ConflictError) as caught:
        save_all(
            {first: b"2", second: b"2"},
            {first: revision_of(b"1"), second: revision_of(b"other")},
            folder=tmp_path,
        )
    assert [problem.where.file for problem in caught.value.problems] == [str(second)]
    assert (read_file(first), read_file(second)) == (b"1", b"1")


@pytest.mark.parametrize("loaded", [ABSENT, revision_of(b"1")])
def test_a_file_that_came_or_went_meanwhile_is_a_conflict(tmp_path: Path, loaded: str) -> None:
    path = tmp_path / "a.toml"
    if loaded == ABSENT:
        write_file(path, b"theirs")
    with pytest.raises(ConflictError):
        save(path, b"mine", revision_of(b"1") if loaded else ABSENT, folder=tmp_path)
    assert path.exists() == (loaded == ABSENT)


def test_what_cannot_be_compared_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(StoreError) as caught:
        read_revision(tmp_path / "a.toml")
    assert caught.value.problems[0].code == "not_a_file"


def test_a_clock_that_is_wrong_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    loaded = save(path, b"1", ABSENT, folder=tmp_path)
    for moved in (-86_400, 10 * 365 * 86_400):
        os.utime(path, (time.time() + moved, time.time() + moved))
        assert read_revision(path) == loaded
    write_file(path, b"2")
    status = path.stat()
    os.utime(path, (status.st_atime, status.st_mtime - 3600))
    with pytest.raises(ConflictError):
        save(path, b"3", loaded, folder=tmp_path)


def test_two_processes_lose_no_update(tmp_path: Path) -> None:
    path = tmp_path / "count"
    write_file(path, b"0")
    command = [sys.executable, str(CHILD), str(path), "60"]
    writers = [subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE) for _ in range(3)]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    assert read_file(path) == b"180"


def test_a_held_lock_is_waited_for_and_then_its_holder_named(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreError) as caught, locked(tmp_path, timeout=0.05):
        pytest.fail("two holders at once")
    problem = caught.value.problems[0]
    assert problem.code == "locked"
    assert problem.values["pid"] == str(os.getpid())
    assert problem.values["host"] == socket.gethostname()
    assert str(problem.values["since"]).endswith("Z")
    with locked(tmp_path, timeout=0):
        assert not lock_is_stale(tmp_path)
    assert not lock_is_stale(tmp_path)


def test_an_unnamed_holder_still_gets_a_message(tmp_path: Path) -> None:
    with locked(tmp_path):
        (tmp_path / LOCK_NAME).write_bytes(b"")
        with pytest.raises(StoreError) as caught, locked(tmp_path, timeout=0):
            pytest.fail("two holders at once")
    assert "another program" in str(caught.value)


def test_a_waiter_gets_the_lock_as_soon_as_it_is_free(tmp_path: Path) -> None:
    entered = threading.Event()
    got = threading.Event()

    def wait() -> None:
        entered.set()
        with locked(tmp_path, timeout=10):
            got.set()

    with locked(tmp_path):
        waiter = threading.Thread(target=wait)
        waiter.start()
        entered.wait(5)
        assert not got.wait(0.05)
    assert got.wait(5)
    waiter.join(5)


def test_a_holder_that_was_killed_blocks_nobody(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from cxmaturity.store.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    assert not lock_is_stale(tmp_path)
    with pytest.raises(StoreError) as caught, locked(tmp_path, timeout=0):
        pytest.fail("two holders at once")
    assert caught.value.problems[0].values["pid"] == str(holder.pid)
    holder.kill()
    holder.communicate(timeout=5)
    assert lock_is_stale(tmp_path)
    with locked(tmp_path, timeout=1):
        pass
    assert not lock_is_stale(tmp_path)


def test_a_lock_file_that_was_deleted_guards_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is deleted between opening and locking it: the lock is taken on the new one."""
    fcntl = pytest.importorskip("fcntl")
    real = fcntl.flock
    deleted: list[bool] = []

    def delete_first(descriptor: int, how: int) -> None:
        if not deleted:
            deleted.append(True)
            (tmp_path / LOCK_NAME).unlink()
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", delete_first)
    with locked(tmp_path, timeout=1):
        assert (tmp_path / LOCK_NAME).exists()
        with pytest.raises(StoreError), locked(tmp_path, timeout=0):
            pytest.fail("two holders at once")


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_a_linked_lock_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError) as caught, locked(tmp_path):
        pytest.fail("followed a link")
    assert caught.value.problems[0].code == "symbolic_link"
    assert not (tmp_path / "elsewhere").exists()
    assert not lock_is_stale(tmp_path)


def test_a_folder_that_cannot_be_locked_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError) as missing, locked(tmp_path / "none"):
        pytest.fail("locked a missing folder")
    assert missing.value.problems[0].code == "no_folder"

    fcntl = pytest.importorskip("fcntl")

    def unsupported(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", unsupported)
    with pytest.raises(StoreError) as refused, locked(tmp_path):
        pytest.fail("locked without a lock")
    assert refused.value.problems[0].code == "write_failed"


def test_waiting_for_a_lock_can_be_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)
    with locked(tmp_path), pytest.raises(KeyboardInterrupt), locked(tmp_path, timeout=5):
        pytest.fail("two holders at once")
