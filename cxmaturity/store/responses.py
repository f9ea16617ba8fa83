"""What people answered: found in `responses/`, read as one crowd, a person in one place only.

Somebody who answered in this program has `CODE.toml`; everybody of one import is in one
`import-DIGEST.csv`.  A file whose digest another import names as superseded is what a crash left
and is not read.  Nothing here shows anything, and nothing above may keep what it got from here.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cxmaturity.errors import CxError, InputError, Problem, StoreError, UsageError, Where
from cxmaturity.model.people import People
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.canonical import canonical
from cxmaturity.store.consents import read_consents
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, read_as
from cxmaturity.store.files import make_folder, names_in, read_file
from cxmaturity.store.optional_files import RESPONDENT
from cxmaturity.store.people_csv import (
    LARGEST_TABLE,
    in_order,
    superseded_by,
)
from cxmaturity.store.people_reading import read_people_table
from cxmaturity.store.response_names import ANY_IMPORT_NAME, is_code, is_respondent_name
from cxmaturity.store.revision import ABSENT, Revision, save
from cxmaturity.store.validation import unchangeable
from cxmaturity.text.messages import N_

Source = Literal["interview", "import"]
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Held:
    """The people of one file."""

    path: Path
    source: Source
    sha256: str
    people: People


@dataclass(frozen=True, slots=True)
class LoadedRespondent:
    """A respondent as read, and which version of the file that was."""

    respondent: Respondent
    revision: Revision


# reading ------------------------------------------------------------------------------------------


def read_people(folder: Path) -> People:
    """Everybody who answered in the engagement in ``folder``, by code.

    Raises InputError with everything that is wrong with any file, and with whoever is in two.
    """
    people = together([held.people for held in read_held(folder)])
    attributed = frozenset(read_consents(folder).consents) & set(people.codes)
    return People(people.codes, people.places, people.answers, attributed)


def respondent_codes(folder: Path) -> dict[str, Source]:
    """Everybody's code, and whether they answered in the program or were imported."""
    found = {code: held.source for held in read_held(folder) for code in held.people.codes}
    return {code: found[code] for code in sorted(found)}


def has_respondents(folder: Path) -> bool:
    """Whether anybody's answers lie there, without reading them."""
    return any(respondent_files(folder)) or any(import_files(folder))


def read_held(folder: Path) -> list[Held]:
    """The people of every file that counts; raises InputError as `read_people` does."""
    held, problems = read_sound(folder)
    problems += twice(held)
    if problems:
        raise InputError(problems)
    return held


def read_sound(folder: Path) -> tuple[list[Held], list[Problem]]:
    """The people of every file that can be read, and what is wrong with the others."""
    problems: list[Problem] = []
    held: list[Held] = []
    for read, paths in (
        (_read_import, live_imports(folder, problems)),
        (_read_interview, respondent_files(folder)),
    ):
        for path in paths:
            try:
                held.append(read(path))
            except CxError as error:
                problems += error.problems
    return held, problems


def respondent_files(folder: Path) -> Iterator[Path]:
    """The files of those who answered in the program."""
    responses = folder / RESPONSES_FOLDER
    for name in names_in(responses):
        if is_respondent_name(name):
            yield responses / name


def import_files(folder: Path) -> Iterator[Path]:
    """Every import, those that another one supersedes included."""
    responses = folder / RESPONSES_FOLDER
    return (responses / name for name in names_in(responses) if ANY_IMPORT_NAME.fullmatch(name))


def superseded_files(folder: Path) -> list[Path]:
    """Imports that a newer one stands for: left behind by a crash, read by nobody."""
    found = _imports(folder, [])
    gone = {digest for _, data in found for digest in superseded_by(data)}
    return [path for path, data in found if hashlib.sha256(data).hexdigest() in gone]


def live_imports(folder: Path, problems: list[Problem]) -> list[Path]:
    """The imports that count; what cannot be read is added to ``problems``."""
    found = _imports(folder, problems)
    gone = {digest for _, data in found for digest in superseded_by(data)}
    return [path for path, data in found if hashlib.sha256(data).hexdigest() not in gone]


def twice(held: Sequence[Held]) -> list[Problem]:
    """A problem for every two files that hold the same people."""
    first: dict[str, Path] = {}
    pairs: dict[tuple[Path, Path], list[str]] = {}
    for each in held:
        for code in each.people.codes:
            other = first.setdefault(code, each.path)
            if other != each.path:
                pairs.setdefault((other, each.path), []).append(code)
    return [
        Problem(
            "two_places",
            "holds respondents that {other} holds too ({count}): {codes}",
            Where(str(path)),
            "compare the two files and delete one, or erase the respondents",
            {
                "other": other.name,
                "count": len(codes),
                "codes": ", ".join([*codes[:_MOST_NAMED], *["…"][: len(codes) > _MOST_NAMED]]),
            },
        )
        for (other, path), codes in pairs.items()
    ]


def together(crowds: Sequence[People]) -> People:
    """Several crowds as one; what some were not asked, they have not answered."""
    if len(crowds) == 1:
        return in_order(crowds[0])
    count = sum(len(crowd) for crowd in crowds)
    places: dict[str, list[str | None]] = {}
    answers: dict[str, list[object]] = {}
    codes: list[str] = []
    for crowd in crowds:
        here = slice(len(codes), len(codes) + len(crowd))
        for axis, paths in crowd.places.items():
            places.setdefault(axis, [None] * count)[here] = paths
        for path, given in crowd.answers.items():
            answers.setdefault(path, [None] * count)[here] = given
        codes += crowd.codes
    attributed = frozenset[str]().union(*(crowd.attributed for crowd in crowds))
    columns = {axis: tuple(column) for axis, column in places.items()}
    told = {path: tuple(column) for path, column in answers.items()}
    return in_order(People(tuple(codes), columns, told, attributed))


def people_of(respondent: Respondent) -> People:
    """One respondent as a crowd of one."""
    answers = {
        f"{dimension}.{indicator}": (answer,)
        for dimension, table in respondent.answers.items()
        for indicator, answer in table.items()
    }
    places = {axis: (place,) for axis, place in respondent.places.items()}
    return People((respondent.code,), places, answers)


def require_respondent(folder: Path, code: str) -> None:
    """Raise UsageError where nobody has this code, with the nearest ones."""
    respondent_path(folder, code)
    if all(code not in held.people.codes for held in read_held(folder)):
        raise UsageError(nobody(folder, code))


def nobody(folder: Path, code: str) -> Problem:
    """The problem of a code that nobody has."""
    held, _problems = read_sound(folder)
    near = difflib.get_close_matches(code, [c for each in held for c in each.people.codes], n=3)
    return Problem(
        "unknown_respondent",
        "nothing is held on '{code}'",
        Where(str(folder / RESPONSES_FOLDER)),
        N_("did you mean {nearest}?") if near else N_("see `cxmaturity respondent list`"),
        {"code": code, "nearest": ", ".join(near)},
    )


# one respondent -----------------------------------------------------------------------------------


def respondent_path(folder: Path, code: str) -> Path:
    """Where a respondent who answers in the program is kept; raises UsageError for no code."""
    if not is_code(code):
        raise UsageError(
            Problem(
                "bad_code",
                "'{code}' is no code of a respondent",
                Where(),
                "codes are lower-case letters, digits, - and _, at most 40; no names of devices",
                {"code": code[:60]},
            )
        )
    return folder / RESPONSES_FOLDER / f"{code}.toml"


def read_respondent(folder: Path, code: str) -> LoadedRespondent:
    """A respondent who answers in the program; an empty one where there is none yet.

    Raises UsageError for somebody who was imported: their answers are not asked again.
    """
    path = respondent_path(folder, code)
    try:
        return _opened(path)
    except StoreError as error:
        if error.problems[0].code != "not_found":
            raise
    found = _import_with(folder, code)
    if found is not None:
        raise UsageError(_imported(code, found))
    return LoadedRespondent(Respondent(code=code), ABSENT)


def save_respondent(folder: Path, respondent: Respondent, loaded: Revision) -> Revision:
    """Keep a respondent's answers; the new revision.

    Raises ConflictError when the file was changed since ``loaded``, UsageError when the code came
    with an import meanwhile, StoreError when the disk refuses.
    """
    path = respondent_path(folder, respondent.code)
    data = canonical(RESPONDENT, respondent)
    make_folder(path.parent)
    if loaded == ABSENT and (found := _import_with(folder, respondent.code)):
        raise UsageError(_imported(respondent.code, found))
    return save(path, data, loaded, folder=folder)


def _opened(path: Path) -> LoadedRespondent:
    part = read_as(RESPONDENT, path)
    respondent = part.content
    if respondent.code != path.stem:
        raise InputError(
            Problem(
                "other_code",
                "holds the respondent '{code}', whose file has another name",
                part.where(("code",)),
                "rename the file to {code}.toml, or delete it",
                {"code": respondent.code},
            )
        )
    answers = {d: unchangeable(table) for d, table in respondent.answers.items()}
    return LoadedRespondent(
        respondent.model_copy(update={"answers": answers}), part.version.revision
    )


def _read_interview(path: Path) -> Held:
    opened = _opened(path)
    return Held(path, "interview", opened.revision, people_of(opened.respondent))


def _read_import(path: Path) -> Held:
    data = read_file(path, LARGEST_TABLE)
    table = read_people_table(data, str(path))
    return Held(path, "import", hashlib.sha256(data).hexdigest(), table.people)


def _imports(folder: Path, problems: list[Problem]) -> list[tuple[Path, bytes]]:
    found = []
    for path in import_files(folder):
        try:
            found.append((path, read_file(path, LARGEST_TABLE)))
        except CxError as error:
            problems += error.problems
    return found


def _import_with(folder: Path, code: str) -> Path | None:
    """The import that holds a code, found by the beginnings of its lines."""
    begins = b"\n" + code.encode() + b","
    for path in live_imports(folder, []):
        if begins in read_file(path, LARGEST_TABLE):
            return path
    return None


def _imported(code: str, path: Path) -> Problem:
    return Problem(
        "imported_respondent",
        "the respondent '{code}' was imported and cannot answer here",
        Where(str(path)),
        "correct the data where they come from and import them again with --replace",
        {"code": code},
    )
