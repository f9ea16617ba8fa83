"""What is held on a person: handed over, and erased for good; and everybody's raw answers purged.

Published figures stay, for they have left the house; in the private part of the ledger an erased
person becomes nobody's row.  What this program cannot reach is said, never passed over.  Every step
may be repeated: after a crash the same command finishes the work.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from cxmaturity.errors import CxError, InputError, Problem, UsageError, Where
from cxmaturity.model.people import People, Publication
from cxmaturity.store.consents import consents_path, read_consents, without_consent
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, RESULTS_FOLDER
from cxmaturity.store.files import (
    leftovers,
    names_in,
    read_file,
    remove_files,
    remove_leftovers,
    write_files,
)
from cxmaturity.store.imports import picked, without, write_import
from cxmaturity.store.ledger import (
    read_snapshot,
    snapshot,
    snapshot_files,
    with_tombstones,
)
from cxmaturity.store.lock import locked
from cxmaturity.store.people_csv import LARGEST_TABLE, rows_of
from cxmaturity.store.people_reading import read_people_table
from cxmaturity.store.response_names import SNAPSHOT_NAME
from cxmaturity.store.responses import (
    Held,
    nobody,
    read_respondent,
    read_sound,
    respondent_path,
    superseded_files,
)

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    ``removed`` are files that are gone, ``rewritten`` those that no longer hold the person,
    ``publications`` the numbers in the ledger where the person became nobody's row.  ``mentions``
    are files of the engagement in which the code still stands: notes, kept scorecards.
    """

    code: str
    removed: tuple[Path, ...]
    rewritten: tuple[Path, ...]
    publications: tuple[int, ...]
    mentions: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did; ``left`` is what lies in `responses/` and is not known to be answers."""

    respondents: int
    removed: tuple[Path, ...]
    publications: tuple[int, ...]
    left: tuple[Path, ...]


def export_respondent(folder: Path, code: str) -> bytes:
    """Everything that is held on a person, as TOML: places, answers, consent, what the ledger has.

    Raises UsageError where nothing is held.
    """
    respondent_path(folder, code)
    held = [each for each in _held(folder) if code in each.people.codes]
    ledger = [entry for entry in _snapshots(folder).values() if code in entry.people.codes]
    consent = read_consents(folder).consents.get(code)
    if not held and not ledger and consent is None:
        raise UsageError(nobody(folder, code))
    said: dict[str, Any] = {"code": code}
    if consent is not None:
        said["consent"] = {"text": consent.text, "date": consent.date}
    said["held"] = [_held_part(folder, each, code) for each in held]
    said["publications"] = [_published_part(entry, code) for entry in ledger]
    return tomli_w.dumps(said).encode()


def erase_respondent(folder: Path, code: str) -> Erased:
    """Erase everything that is held on a person in the engagement in ``folder``.

    Raises UsageError where nothing is held, InputError when a file cannot be read (it might hold
    the person), StoreError when the disk refuses; the command can then be repeated.
    """
    respondent_path(folder, code)
    responses = folder / RESPONSES_FOLDER
    with locked(folder):
        stale = [*leftovers(responses), *superseded_files(folder)]
        remove_files(stale)
        held = [each for each in _held(folder) if code in each.people.codes]
        ledger = {p: e for p, e in _snapshots(folder).items() if code in e.people.codes}
        consented = code in read_consents(folder).consents
        beside = [responses / name for name in names_in(responses) if _is_beside(name, code)]
        # An erasure that was interrupted may have left nothing but what was just swept away.
        if not (held or ledger or consented or beside or stale):
            raise UsageError(nobody(folder, code))
        # What is read by nobody goes first: until the end the person is still found by their code.
        after = {p: snapshot(with_tombstones(e, frozenset([code]))) for p, e in ledger.items()}
        if consented:
            after[consents_path(folder)] = without_consent(folder, code)
        kept = {path: data for path, data in after.items() if data}
        write_files(kept)
        gone = [*beside, *(path for path in after if path not in kept)]
        remove_files(gone)
        new = [path for each in held for path in _rewritten(each, code)]
    numbers = tuple(entry.number for entry in ledger.values())
    removed = (*(each.path for each in held), *gone, *stale)
    return Erased(code, removed, (*kept, *new), numbers, tuple(_mentions(folder, code)))


def purge(folder: Path, after: dt.date, today: dt.date) -> Purged:
    """Erase all raw answers, those in the ledger's private parts too; figures stay.

    Raises UsageError before the day ``after``, InputError for a private part that cannot be read.
    """
    require_time(folder, after, today)
    responses = folder / RESPONSES_FOLDER
    with locked(folder):
        remove_leftovers(responses)
        held, _problems = read_sound(folder)
        ledger = _snapshots(folder)
        write_files(
            {
                path: snapshot(with_tombstones(entry, frozenset(entry.people.codes)))
                for path, entry in ledger.items()
                if any(entry.people.codes)
            }
        )
        answers = [responses / name for name in names_in(responses) if _may_hold_answers(name)]
        remove_files(answers)
    people = {code for each in held for code in each.people.codes}
    left = [p for name in names_in(responses) if (p := responses / name) not in ledger]
    numbers = tuple(entry.number for entry in ledger.values())
    return Purged(len(people), tuple(answers), numbers, tuple(left))


def require_time(folder: Path, after: dt.date, today: dt.date) -> None:
    """Raise UsageError while answers are still to be kept."""
    if today < after:
        raise UsageError(
            Problem(
                "too_early",
                "answers are kept until {date}",
                Where(str(folder)),
                "come back then, or change it with `cxmaturity set DIR retention=…`",
                {"date": after.isoformat()},
            )
        )


def _held(folder: Path) -> list[Held]:
    """The people of every file; a file that cannot be read might hold anybody."""
    held, problems = read_sound(folder)
    if problems:
        raise InputError(problems)
    return held


def _snapshots(folder: Path) -> dict[Path, Publication]:
    found, problems = dict[Path, Publication](), list[Problem]()
    for path in snapshot_files(folder):
        try:
            found[path] = read_snapshot(path)
        except CxError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def _rewritten(held: Held, code: str) -> list[Path]:
    """Where the others of a file are now; nowhere when nobody else was in it."""
    left = without(held.people, [code])
    if not left.codes:
        remove_files([held.path])
        return []
    head = read_people_table(read_file(held.path, LARGEST_TABLE), str(held.path)).head
    return [write_import(held.path.parent, left, head, [held])]


def _is_beside(name: str, code: str) -> bool:
    """Whether a file is a version of the person's own that lost, was damaged or is of old."""
    return re.fullmatch(rf"{code}\.(conflict|damaged|format-\d+)-\d+\.toml", name) is not None


def _may_hold_answers(name: str) -> bool:
    return name.endswith((".toml", ".csv")) and not SNAPSHOT_NAME.fullmatch(name)


def _mentions(folder: Path, code: str) -> Iterator[Path]:
    """Files in which the code still stands; none for a code that is also a plain number."""
    if len(code) < _SHORTEST_NAME or code.isdecimal():
        return
    word = re.compile(rb"(?<![\w-])" + re.escape(code.encode()) + rb"(?![\w-])")
    own = [folder / name for name in names_in(folder)]
    kept = [
        folder / part / name
        for part in (RESULTS_FOLDER, RESPONSES_FOLDER)
        for name in names_in(folder / part)
    ]
    for path in [*own, *kept]:
        try:
            if path.is_file() and word.search(read_file(path, LARGEST_TABLE)):
                yield path
        except CxError:
            yield path  # What cannot be read may hold anything.


def _held_part(folder: Path, held: Held, code: str) -> dict[str, Any]:
    part: dict[str, Any] = {"source": held.source, "file": held.path.name}
    if held.source == "interview":
        interviewed = read_respondent(folder, code).respondent.interviewed
        part |= {"interviewed": interviewed} if interviewed else {}
    return part | _said(held.people, code)


def _published_part(entry: Publication, code: str) -> dict[str, Any]:
    return {"number": entry.number, "date": entry.date, **_said(entry.people, code)}


def _said(people: People, code: str) -> dict[str, Any]:
    _code, places, answers = next(rows_of(picked(people, [code])))
    return {"places": places, "answers": answers}
