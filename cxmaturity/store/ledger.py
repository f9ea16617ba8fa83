"""The ledger: what left the house about people, written before it leaves.

`published.toml` is for everybody: number, day and figures.  `responses/published-N.csv` is for this
house only: who had answered what, and the exact levels; new figures are compared with it, so that
two publications never give away what one person said.  Where a private part is missing the ledger
is unknown, and nothing may be published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cxmaturity.errors import ConflictError, InputError, Problem, StoreError, Where
from cxmaturity.model.exact import to_micro
from cxmaturity.model.people import ERASED, People, Publication, PublishedItem
from cxmaturity.model.respondent import PublishedFile, PublishedSet
from cxmaturity.store.canonical import canonical
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, read_part
from cxmaturity.store.files import (
    make_folder,
    names_in,
    read_file,
    remove_leftovers,
    write_files,
)
from cxmaturity.store.lock import locked
from cxmaturity.store.optional_files import PUBLISHED
from cxmaturity.store.people_csv import (
    LARGEST_TABLE,
    closed,
    in_order,
    people_content,
)
from cxmaturity.store.people_reading import read_people_table
from cxmaturity.store.response_names import SNAPSHOT_NAME


def read_ledger(folder: Path) -> tuple[Publication, ...]:
    """Every publication of the engagement in ``folder``, the first one first.

    Raises StoreError (``ledger_unknown``) when a private part is missing, InputError when one is
    damaged.
    """
    numbers = _numbers(folder)
    missing = [number for number in range(1, max(numbers, default=0) + 1) if number not in numbers]
    recorded = [entry.number for entry in _record(folder).publications]
    missing += [number for number in recorded if number not in numbers and number not in missing]
    if missing:
        raise StoreError([_unknown(snapshot_path(folder, number)) for number in sorted(missing)])
    return tuple(read_snapshot(snapshot_path(folder, number)) for number in sorted(numbers))


def publish(folder: Path, publication: Publication) -> Publication:
    """Record what is about to leave the house, and return the entry that stands for it.

    That is the latest one where it said the same of the same people.  Raises ConflictError when
    somebody else published since the number was given out, StoreError when the disk refuses: then
    nothing may leave.
    """
    publication = Publication(
        publication.number, publication.date, in_order(publication.people), publication.items
    )
    make_folder(folder / RESPONSES_FOLDER)
    with locked(folder):
        remove_leftovers(folder / RESPONSES_FOLDER)
        numbers = _numbers(folder)
        latest = max(numbers, default=0)
        if latest:
            said = read_snapshot(snapshot_path(folder, latest))
            if (said.people, said.items) == (publication.people, publication.items):
                return said
        if publication.number != latest + 1:
            raise ConflictError(_published_meanwhile(folder, latest))
        # The private part first: a crash in between leaves a publication that never left the house,
        # and counting it hides too much rather than too little.
        write_files(
            {
                snapshot_path(folder, publication.number): snapshot(publication),
                folder / PUBLISHED.name: _record_with(folder, publication),
            }
        )
    return publication


def snapshot_path(folder: Path, number: int) -> Path:
    """Where the private part of a publication is."""
    return folder / RESPONSES_FOLDER / f"published-{number}.csv"


def snapshot_files(folder: Path) -> list[Path]:
    """The private parts that are there, the first one first."""
    return [snapshot_path(folder, number) for number in sorted(_numbers(folder))]


def snapshot(publication: Publication) -> bytes:
    """The private part of a publication."""
    head = {
        "number": publication.number,
        "date": publication.date.isoformat(),
        "attributed": sorted(publication.people.attributed),
        "items": _items().dump_python(
            {path: publication.items[path] for path in sorted(publication.items)},
            mode="json",
            exclude_defaults=True,
        ),
    }
    return closed(people_content(publication.people, head))


def read_snapshot(path: Path) -> Publication:
    """The publication whose private part is at ``path``; raises InputError for a damaged one."""
    table = read_people_table(read_file(path, LARGEST_TABLE), str(path), erased=True)
    head, people = table.head, table.people
    try:
        attributed = frozenset[str](head["attributed"])
        return Publication(
            int(head["number"]),
            dt.date.fromisoformat(head["date"]),
            in_order(People(people.codes, people.places, people.answers, attributed)),
            _items().validate_python(head["items"]),
        )
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise InputError(
            Problem(
                "damaged_snapshot",
                "does not say what was published",
                Where(str(path), 1),
                "bring it back from a backup",
            )
        ) from error


def with_tombstones(publication: Publication, codes: frozenset[str]) -> Publication:
    """The publication without what these people said: their rows stay, as nobody's."""
    people = publication.people
    gone = [code in codes for code in people.codes]

    def erased(column: tuple[object, ...]) -> tuple[object, ...]:
        pairs = zip(column, gone, strict=True)
        return tuple(ERASED if dead and said is not None else said for said, dead in pairs)

    left = People(
        tuple("" if dead else code for code, dead in zip(people.codes, gone, strict=True)),
        people.places,
        {path: erased(column) for path, column in people.answers.items()},
        people.attributed - codes,
    )
    return Publication(publication.number, publication.date, in_order(left), publication.items)


@cache
def _items() -> TypeAdapter[dict[str, PublishedItem]]:
    return TypeAdapter(dict[str, PublishedItem])


def _numbers(folder: Path) -> frozenset[int]:
    """Numbers of the private parts that are there."""
    matches = (SNAPSHOT_NAME.fullmatch(name) for name in names_in(folder / RESPONSES_FOLDER))
    return frozenset(int(match[1]) for match in matches if match)


def _record(folder: Path) -> PublishedFile:
    return read_part(folder, PUBLISHED).content


def _record_with(folder: Path, publication: Publication) -> bytes:
    """The public part, with everything that the private parts know of."""
    recorded = {entry.number: entry for entry in _record(folder).publications}
    for number in sorted(_numbers(folder) - set(recorded)):
        recorded[number] = _entry(read_snapshot(snapshot_path(folder, number)))
    recorded[publication.number] = _entry(publication)
    entries = tuple(recorded[number] for number in sorted(recorded))
    return canonical(PUBLISHED, PublishedFile(publications=entries))


def _entry(publication: Publication) -> PublishedSet:
    cards: Mapping[str, Any] = {path: item.card for path, item in publication.items.items()}
    return PublishedSet.model_construct(
        number=publication.number,
        date=publication.date,
        answers={path: card.n for path, card in cards.items() if card.n is not None},
        scores={
            path: to_micro(card.score) for path, card in cards.items() if card.score is not None
        },
    )


def _unknown(path: Path) -> Problem:
    return Problem(
        "ledger_unknown",
        "is missing, so nobody knows whom new figures would give away",
        Where(str(path)),
        "publish where responses/ is kept, or bring this file back from a backup",
    )


def _published_meanwhile(folder: Path, latest: int) -> Problem:
    return Problem(
        "published_meanwhile",
        "somebody else published in between: number {latest} is taken",
        Where(str(folder / PUBLISHED.name)),
        "nothing left the house; run the command again",
        {"latest": latest},
    )
