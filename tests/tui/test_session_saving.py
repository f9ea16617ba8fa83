"""What reaches the disk, what the disk refuses, and what another program did meanwhile."""

import errno

import pytest

from cxmaturity.errors import CxError
from cxmaturity.model.engagement import Rating
from cxmaturity.store import files
from cxmaturity.store.edits import Edits
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.saving import save_edits, set_answer
from cxmaturity.store.verification import verify_files
from cxmaturity.tui.session import Session
from tests.tui.engagements import MORNING, new_session, open_session

LISTEN, RHYTHM = "care.listen", "care.rhythm"


@pytest.fixture
def session(tmp_path):
    return new_session(tmp_path / "acme")


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that refuses to write until it is told otherwise."""

    def refuse(_path, _data):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "_write_new", refuse)
    return monkeypatch


def on_disk(session: Session, path: str) -> object:
    return open_session(session.folder.path).rating(path).value


def other_program(session: Session, path: str, value: object) -> None:
    set_answer(open_engagement(session.folder.path), path, Rating(value=value))


def test_an_answer_waits_until_the_disk_has_it(session):
    assert session.save_state.kind == "saved"
    session.answer(LISTEN, 3)
    assert session.save_state.kind == "waiting"
    job = session.start_saving()
    session.answer(RHYTHM, "weekly")
    assert session.start_saving() is None, "one save at a time"
    session.finish(job())
    assert session.save_state.kind == "waiting", "the second answer is not on the disk yet"
    session.finish(session.start_saving()())
    assert session.save_state == type(session.save_state)("saved", MORNING)
    assert on_disk(session, LISTEN) == 3
    assert on_disk(session, RHYTHM) == "weekly"
    assert session.start_saving() is None


def test_a_failing_disk_is_said_and_loses_nothing(session, full_disk):
    session.answer(LISTEN, 3)
    assert session.save_now().kind == "failed"
    assert session.save_state.problem.code == "disk_full"
    session.answer(RHYTHM, "weekly")
    assert session.save_state.kind == "failed", "still refused until a save succeeds"
    full_disk.undo()
    assert session.save_now().kind == "saved"
    assert on_disk(session, LISTEN) == 3
    assert on_disk(session, RHYTHM) == "weekly"


def test_a_copy_can_be_saved_elsewhere_while_the_disk_refuses(session, full_disk, tmp_path):
    session.answer(LISTEN, 3)
    session.save_now()
    full_disk.undo()
    session.save_copy(tmp_path / "copy")
    assert open_session(tmp_path / "copy").rating(LISTEN).value == 3
    with pytest.raises(CxError, match="not empty"):
        session.save_copy(tmp_path / "copy")


def test_another_program_in_between_keeps_both_versions(session):
    other_program(session, LISTEN, 1)
    session.answer(LISTEN, 3)
    assert session.save_now().kind == "conflict"
    (kept,) = session.conflict.kept
    assert kept.name == "assessor.conflict-1.toml"
    assert b"value = 3" in kept.read_bytes()
    assert on_disk(session, LISTEN) == 1, "nothing was merged"
    said = [problem for problem in verify_files(session.folder.path) if kept.name in str(problem)]
    assert said, "verify lists it"


def test_no_save_happens_until_the_conflict_is_decided(session):
    other_program(session, LISTEN, 1)
    session.answer(LISTEN, 3)
    session.save_now()
    session.answer(RHYTHM, "weekly")
    assert session.start_saving() is None
    assert session.start_looking() is None
    assert session.save_state.kind == "conflict"


def test_a_conflict_decided_for_the_other_version(session):
    other_program(session, LISTEN, 1)
    session.answer(LISTEN, 3)
    session.save_now()
    session.take_theirs()
    assert session.rating(LISTEN).value == 1
    assert session.conflict is None
    assert session.save_state.kind == "saved"
    session.answer(LISTEN, 2)
    assert session.save_now().kind == "saved"
    assert on_disk(session, LISTEN) == 2


def test_a_conflict_decided_for_the_own_version_keeps_the_other_beside(session):
    other_program(session, LISTEN, 1)
    session.answer(LISTEN, 3)
    session.save_now()
    session.answer(RHYTHM, "weekly")
    session.take_mine()
    assert on_disk(session, LISTEN) == 3
    assert on_disk(session, RHYTHM) == "weekly"
    theirs = session.folder.path / "assessor.conflict-2.toml"
    assert b"value = 1" in theirs.read_bytes()
    assert session.save_state.kind == "saved"


def test_a_change_to_another_file_survives_deciding_for_the_own_version(session):
    session.answer(LISTEN, 3)
    other_program(session, RHYTHM, "yearly")
    save_edits(open_engagement(session.folder.path), Edits(facts={"motto": Rating(value="Go")}))
    session.save_now()
    session.take_mine()
    assert session.rating("fact.motto").value == "Go"
    assert session.rating(LISTEN).value == 3
    assert session.rating(RHYTHM).value is None, "their version of this file lies beside"


def test_a_foreign_change_is_noticed_without_saving(session):
    session.answer(LISTEN, 3)
    session.save_now()
    other_program(session, RHYTHM, "weekly")
    taken = session.finish(session.start_looking()())
    assert taken
    assert session.rating(RHYTHM).value == "weekly"
    assert session.rating(LISTEN).value == 3
    assert not session.can_undo, "undo would be about another version"


def test_a_foreign_version_without_our_answers_is_a_conflict(session):
    before = (session.folder.path / "assessor.toml").read_bytes()
    session.answer(LISTEN, 3)
    session.save_now()
    (session.folder.path / "assessor.toml").write_bytes(before)
    assert not session.finish(session.start_looking()())
    (kept,) = session.conflict.kept
    assert b"value = 3" in kept.read_bytes()
    session.take_theirs()
    assert session.rating(LISTEN).value is None


def test_looking_when_nothing_happened_changes_nothing(session):
    session.answer(LISTEN, 3)
    session.save_now()
    assert not session.finish(session.start_looking()())
    assert session.can_undo
    assert session.save_state.kind == "saved"


def test_an_answer_given_while_somebody_looks_is_not_dropped(session):
    job = session.start_looking()
    other_program(session, RHYTHM, "weekly")
    session.answer(LISTEN, 3)
    assert session.start_saving() is None
    assert not session.finish(job())
    assert session.rating(LISTEN).value == 3
    assert session.save_now().kind == "conflict"


def test_the_same_content_from_elsewhere_is_no_conflict(session):
    other = open_session(session.folder.path)
    other.answer(LISTEN, 3)
    other.save_now()
    session.answer(LISTEN, 3)
    assert session.save_now().kind == "saved"
    assert not list(session.folder.path.glob("*conflict*"))


def test_a_foreign_version_that_cannot_be_read_is_never_taken(session):
    session.answer(LISTEN, 3)
    session.save_now()
    (session.folder.path / "assessor.toml").write_text("half a fi", "utf-8")
    session.finish(session.start_looking()())
    assert session.conflict.problem is not None
    with pytest.raises(CxError):
        session.take_theirs()
    assert session.rating(LISTEN).value == 3
    session.take_mine()
    assert on_disk(session, LISTEN) == 3
    kept = sorted(path.name for path in session.folder.path.glob("*conflict*"))
    assert kept == ["assessor.conflict-1.toml", "assessor.conflict-2.toml"]


def test_a_full_disk_during_a_conflict_stays_a_failure(session, full_disk):
    session.answer(LISTEN, 3)
    full_disk.undo()
    other_program(session, LISTEN, 1)
    full_disk.setattr(files, "_write_new", _refuse)
    assert session.save_now().kind == "failed"
    full_disk.undo()
    assert session.save_now().kind == "conflict"


def _refuse(_path: object, _data: bytes) -> None:
    raise OSError(errno.ENOSPC, "full")
