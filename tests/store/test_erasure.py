"""What is held on a person can be handed over and erased; afterwards it is nowhere."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
import tomllib
from pathlib import Path

import pytest

from cxmaturity.errors import CxError, InputError, UsageError
from cxmaturity.model.engagement import Rating
from cxmaturity.model.people import ERASED
from cxmaturity.store.consents import read_consents, record_consent
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.erasure import erase_respondent, export_respondent, purge
from cxmaturity.store.ledger import publish, read_ledger
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import read_people, read_respondent, save_respondent
from cxmaturity.store.results import save_scorecard
from cxmaturity.store.revision import keep_conflict
from cxmaturity.store.saving import set_answer
from cxmaturity.store.verification import verify_files

from .crowds import WORDS, crowd, on, publication, residue, take
from .engagements import DATE, new_engagement
from .failing_calls import CALLS, WatchedCalls

IMPORTED, HERE = "quasar-07", "nebula-08"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Two imports, two interviews, consents, two publications with everybody in them."""
    path = new_engagement(tmp_path / "acme").path
    take(path, crowd("a", "b"))
    take(path, crowd("c", IMPORTED, answer=WORDS))
    for code in ("z", HERE):
        said = with_answers(read_respondent(path, code).respondent, {"loop.weekly": WORDS}, on(1))
        save_respondent(path, said, read_respondent(path, code).revision)
    for code in ("a", IMPORTED, HERE):
        record_consent(path, code, f"{code} agreed", on(2))
    publish(path, publication(1, read_people(path)))
    take(path, crowd("d"))
    publish(path, publication(2, read_people(path)))
    return path


# export -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "source"), [(IMPORTED, "import"), (HERE, "interview")])
def test_everything_that_is_held_is_handed_over(acme, code, source):
    said = tomllib.loads(export_respondent(acme, code).decode())
    assert said["code"] == code
    assert said["consent"] == {"text": f"{code} agreed", "date": on(2)}
    (held,) = said["held"]
    assert held["source"] == source
    assert held["answers"] == {"loop.weekly": WORDS}
    assert [entry["number"] for entry in said["publications"]] == [1, 2]
    assert all(entry["answers"] == {"loop.weekly": WORDS} for entry in said["publications"])


def test_nothing_about_anybody_else_is_handed_over(acme):
    said = export_respondent(acme, IMPORTED)
    assert HERE.encode() not in said
    assert b'"c"' not in said


@pytest.mark.parametrize("act", [export_respondent, erase_respondent])
def test_somebody_unknown_is_refused_with_the_nearest_codes(acme, act):
    with pytest.raises(UsageError) as caught:
        act(acme, "quasar-70")
    assert IMPORTED in str(caught.value)
    with pytest.raises(UsageError):
        act(acme, "../acme")


# erasure ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [IMPORTED, HERE])
def test_after_an_erasure_nothing_is_left_of_a_person(acme, code):
    everybody = set(read_people(acme).codes)
    assert residue(acme, code)
    erased = erase_respondent(acme, code)
    assert residue(acme, code) == set()
    assert set(read_people(acme).codes) == everybody - {code}
    assert erased.publications == (1, 2)
    assert erased.mentions == ()
    assert all(not path.exists() for path in erased.removed)
    assert all(path.exists() for path in erased.rewritten)
    assert verify_files(acme) == []


def test_after_an_erasure_the_words_of_a_person_are_nowhere(acme, tmp_path):
    path = new_engagement(tmp_path / "other").path
    take(path, crowd("a", "b"))
    said = crowd(IMPORTED, answer=WORDS)
    take(path, said)
    take(path, crowd("b", "e", answer=1), replace=True)
    publish(path, publication(1, read_people(path)))
    assert residue(path, WORDS)
    erase_respondent(path, IMPORTED)
    assert residue(path, WORDS, IMPORTED) == set()


def test_published_figures_stay_and_the_person_is_nobodys_row(acme):
    before = read_ledger(acme)
    public = (acme / "published.toml").read_bytes()
    erase_respondent(acme, IMPORTED)
    after = read_ledger(acme)
    assert [entry.items for entry in after] == [entry.items for entry in before]
    assert [len(entry.people) for entry in after] == [len(entry.people) for entry in before]
    row = after[0].people.codes.index("")
    assert after[0].people.answers["loop.weekly"][row] == ERASED
    assert after[0].people.places["unit"][row] == "sales/north"
    assert after[0].people.attributed == {"a", HERE}
    assert (acme / "published.toml").read_bytes() == public


def test_versions_beside_a_persons_file_go_too(acme):
    path = acme / "responses" / f"{HERE}.toml"
    keep_conflict(path, path.read_bytes(), folder=acme)
    path.with_name(f"{HERE}.damaged-1.toml").write_bytes(b"x")
    path.with_name(f".{HERE}.toml.0123456789abcdef.tmp").write_bytes(HERE.encode())
    erase_respondent(acme, HERE)
    assert residue(acme, HERE) == set()
    assert not list(acme.glob(f"responses/*{HERE}*"))


def test_the_last_person_takes_the_file_along(acme, tmp_path):
    path = new_engagement(tmp_path / "other").path
    take(path, crowd("only"))
    record_consent(path, "only", "Yes", on(1))
    erase_respondent(path, "only")
    assert list((path / "responses").iterdir()) == []
    assert read_consents(path).consents == {}


def test_a_person_in_two_places_is_erased_in_both(acme):
    (imported,) = (path for path in acme.glob("responses/import-*") if IMPORTED in path.read_text())
    shutil.copy(imported, imported.with_name("import-copy.csv"))
    for code in (IMPORTED, "c"):
        erase_respondent(acme, code)
    assert residue(acme, IMPORTED) == set()
    assert "c" not in read_people(acme).codes


def test_where_the_code_still_stands_is_told(acme):
    set_answer(open_engagement(acme), "loop.weekly", Rating(value=2, note=f"as {IMPORTED} said"))
    save_scorecard(acme, DATE, f'{{"named": "{IMPORTED}"}}'.encode())
    (acme / "responses" / "copy of answers.toml").write_text(f'code = "{IMPORTED}"')
    erased = erase_respondent(acme, IMPORTED)
    found = {path.relative_to(acme).as_posix() for path in erased.mentions}
    assert found == residue(acme, IMPORTED)
    assert found == {"assessor.toml", "results/2026-03-31-1.json", "responses/copy of answers.toml"}


def test_a_file_that_cannot_be_read_might_hold_the_person(acme):
    (path,) = (path for path in acme.glob("responses/import-*") if "\na," in path.read_text())
    path.write_bytes(path.read_bytes().replace(b"\na,", b"\nA,"))
    before = residue(acme, HERE)
    with pytest.raises(InputError):
        erase_respondent(acme, HERE)
    assert residue(acme, HERE) == before


def test_an_erasure_that_fails_anywhere_is_finished_by_the_next(acme, monkeypatch):
    kept = acme.parent / "kept"
    shutil.copytree(acme, kept)
    failed = 0
    for fail_at in range(1, 120):
        shutil.rmtree(acme)
        shutil.copytree(kept, acme)
        watch = WatchedCalls(fail_at, errno.EIO, (*CALLS, "unlink"))
        with monkeypatch.context() as patch:
            watch.install(patch)
            try:
                erase_respondent(acme, IMPORTED)
            except CxError:
                failed += 1
        others = set(read_people(acme).codes) - {IMPORTED}
        assert others == {"a", "b", "c", "d", "z", HERE}, f"call {fail_at}: {watch.failed}"
        if residue(acme, IMPORTED):
            erase_respondent(acme, IMPORTED)
        assert residue(acme, IMPORTED) == set(), f"call {fail_at}: {watch.failed}"
        if not watch.failed:
            break
    assert failed > 10
    assert fail_at < 119


# purge --------------------------------------------------------------------------------------------


def test_a_purge_takes_all_answers_and_leaves_the_figures(acme):
    items = [entry.items for entry in read_ledger(acme)]
    (acme / "responses" / "notes.txt").write_text("whatever")
    purged = purge(acme, on(10), on(10))
    assert purged.respondents == 7
    assert purged.publications == (1, 2)
    assert [path.name for path in purged.left] == ["notes.txt"]
    assert residue(acme, WORDS, IMPORTED, HERE, '"z"') == set()
    assert read_people(acme).codes == ()
    assert [entry.items for entry in read_ledger(acme)] == items
    assert {code for entry in read_ledger(acme) for code in entry.people.codes} == {""}
    again = purge(acme, on(10), on(11))
    assert (again.respondents, again.removed) == (0, ())


def test_before_its_day_a_purge_is_refused_and_nothing_changes(acme):
    before = {path: path.read_bytes() for path in acme.rglob("*.*") if path.is_file()}
    with pytest.raises(UsageError) as caught:
        purge(acme, dt.date(2026, 5, 2), dt.date(2026, 5, 1))
    assert "2026-05-02" in str(caught.value)
    assert {path: path.read_bytes() for path in acme.rglob("*.*") if path.is_file()} == before


def test_copies_that_sync_programs_made_are_purged_too(acme):
    source = acme / "responses" / f"{HERE}.toml"
    shutil.copy(source, source.with_name(f"{HERE} (1).toml"))
    purge(acme, on(1), on(2))
    assert residue(acme, WORDS) == set()
