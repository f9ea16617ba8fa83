"""The ledger: recorded before anything leaves, unknown where a private part is missing."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from cxmaturity.errors import ConflictError, CxError, InputError, StoreError
from cxmaturity.model.people import ERASED, People, Publication
from cxmaturity.store.engagement_folder import read_part
from cxmaturity.store.ledger import (
    publish,
    read_ledger,
    read_snapshot,
    snapshot,
    snapshot_path,
    with_tombstones,
)
from cxmaturity.store.optional_files import PUBLISHED
from cxmaturity.store.people_csv import in_order

from .crowds import crowd, crowds, publication
from .engagements import new_engagement
from .failing_calls import CALLS, WatchedCalls


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return new_engagement(tmp_path / "acme").path


FIRST = publication(1, crowd("a", "b"))
SECOND = publication(2, crowd("a", "b", "c"))


def test_nothing_was_published(acme):
    assert read_ledger(acme) == ()
    assert not (acme / "responses").exists()


def test_what_was_published_is_read_back_to_the_last_figure(acme):
    assert publish(acme, FIRST) == FIRST
    assert publish(acme, SECOND) == SECOND
    assert read_ledger(acme) == (FIRST, SECOND)


@settings(max_examples=30)
@given(crowds())
def test_a_private_part_holds_anybody(tmp_path_factory, people):
    path = tmp_path_factory.mktemp("ledger") / "published-1.csv"
    entry = publication(1, replace(people, attributed=frozenset(people.codes[:1])))
    path.write_bytes(snapshot(entry))
    assert read_snapshot(path) == replace(entry, people=in_order(entry.people))


def test_the_public_part_names_nobody_and_carries_no_exact_level(acme):
    publish(acme, publication(1, crowd("secret-code", "b")))
    data = (acme / "published.toml").read_bytes()
    assert b"secret-code" not in data
    assert b"2.333" not in data
    (entry,) = read_part(acme, PUBLISHED).content.publications
    assert (entry.number, entry.date) == (1, dt.date(2026, 4, 1))
    assert (entry.answers, entry.scores) == ({"loop.weekly": 6}, {"loop.weekly": 2_300_000})


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_the_private_part_is_for_its_owner_only(acme):
    publish(acme, FIRST)
    assert stat.S_IMODE(snapshot_path(acme, 1).stat().st_mode) == 0o600


def test_the_same_of_the_same_people_is_not_recorded_again(acme):
    publish(acme, FIRST)
    before = {path: path.read_bytes() for path in acme.rglob("*.*") if path.is_file()}
    again = Publication(2, dt.date(2026, 9, 9), crowd("b", "a"), FIRST.items)
    assert publish(acme, again) == FIRST
    assert {path: path.read_bytes() for path in acme.rglob("*.*") if path.is_file()} == before


def test_a_number_that_somebody_else_took_is_a_conflict(acme):
    publish(acme, FIRST)
    with pytest.raises(ConflictError) as caught:
        publish(acme, publication(1, crowd("x")))
    assert caught.value.problems[0].code == "published_meanwhile"
    assert read_ledger(acme) == (FIRST,)


@pytest.mark.parametrize("gone", [(1,), (2,), (1, 2)])
def test_without_a_private_part_the_ledger_is_unknown(acme, gone):
    publish(acme, FIRST)
    publish(acme, SECOND)
    for number in gone:
        snapshot_path(acme, number).unlink()
    with pytest.raises(StoreError) as caught:
        read_ledger(acme)
    assert [problem.code for problem in caught.value.problems] == ["ledger_unknown"] * len(gone)
    assert all(problem.hint for problem in caught.value.problems)


def test_a_clone_without_responses_is_unknown_too(acme):
    publish(acme, FIRST)
    shutil.rmtree(acme / "responses")
    with pytest.raises(StoreError):
        read_ledger(acme)


def test_an_older_public_part_hides_nothing_that_was_published(acme):
    publish(acme, FIRST)
    older = (acme / "published.toml").read_bytes()
    publish(acme, SECOND)
    (acme / "published.toml").write_bytes(older)
    assert read_ledger(acme) == (FIRST, SECOND)
    publish(acme, publication(3, crowd("d")))
    numbers = [entry.number for entry in read_part(acme, PUBLISHED).content.publications]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"number": 1', '"number": "x"'),
        ('"number": 1', '"numbr": 1'),
        ("2026-04-01", "2026-99-01"),
        ('"attributed": []', '"attributed": 3'),
        ('"state": "value"', '"stat": "value"'),
        ("# sha256", "# sha"),
    ],
)
def test_a_damaged_private_part_is_an_error_with_its_name(acme, old, new):
    publish(acme, FIRST)
    path = snapshot_path(acme, 1)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_ledger(acme)
    assert caught.value.problems[0].where.file == str(path)


def test_an_erased_person_keeps_the_place_and_nothing_else(acme):
    people = People(
        ("a", "b"),
        {"unit": ("x", "y")},
        {"d.a": (1, 2), "d.b": (None, 3)},
        frozenset({"a", "b"}),
    )
    left = with_tombstones(publication(1, people), frozenset({"a"})).people
    assert left == People(
        ("", "b"), {"unit": ("x", "y")}, {"d.a": (ERASED, 2), "d.b": (None, 3)}, frozenset({"b"})
    )


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_publication_that_fails_anywhere_is_recorded_or_not_and_may_be_repeated(
    acme, monkeypatch, error
):
    publish(acme, FIRST)
    kept = acme.parent / "kept"
    shutil.copytree(acme, kept)
    failed = 0
    for fail_at in range(1, 80):
        shutil.rmtree(acme)
        shutil.copytree(kept, acme)
        watch = WatchedCalls(fail_at, error, (*CALLS, "unlink"))
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                publish(acme, SECOND)
            except CxError:
                failed += 1
        assert read_ledger(acme) in ((FIRST,), (FIRST, SECOND)), f"call {fail_at}: {watch.failed}"
        assert publish(acme, SECOND) == SECOND
        assert read_ledger(acme) == (FIRST, SECOND)
        if not watch.failed:
            break
    assert failed > 5
    assert fail_at < 79
