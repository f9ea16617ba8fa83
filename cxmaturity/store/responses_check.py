"""What is wrong with what lies in `responses/`, and with the record of what was published.

Nothing is read beyond what finding it needs, nothing is changed, and nothing found is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.errors import CxError, Problem, Where
from cxmaturity.store.consents import consents_path, read_consents
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, read_part
from cxmaturity.store.files import names_in
from cxmaturity.store.ledger import read_ledger, snapshot_files
from cxmaturity.store.optional_files import OPTIONAL_KINDS
from cxmaturity.store.responses import (
    import_files,
    read_sound,
    respondent_files,
    superseded_files,
    twice,
)


def people_problems(folder: Path) -> list[Problem]:
    """Files that cannot be read, people in two places, leftovers, a ledger with holes."""
    held, problems = read_sound(folder)
    codes = {code for each in held for code in each.people.codes}
    return [
        *problems,
        *twice(held),
        *(_superseded(path) for path in superseded_files(folder)),
        *_ledger(folder),
        *_consents(folder, codes),
    ]


def optional_problems(folder: Path) -> Iterator[Problem]:
    """What is wrong with files that need not be there."""
    for kind in OPTIONAL_KINDS:
        try:
            read_part(folder, kind)
        except CxError as error:
            yield from error.problems


def people_files(folder: Path) -> list[Path]:
    """Every file with a checksum that need not be there."""
    paths = [*respondent_files(folder), *import_files(folder), *snapshot_files(folder)]
    named = [consents_path(folder), *(folder / kind.name for kind in OPTIONAL_KINDS)]
    return [*paths, *(path for path in named if path.exists())]


def _ledger(folder: Path) -> Iterator[Problem]:
    """Holes in the ledger; a copy without `responses/` is no ledger and has none."""
    if not names_in(folder / RESPONSES_FOLDER):
        return
    try:
        read_ledger(folder)
    except CxError as error:
        yield from error.problems


def _consents(folder: Path, codes: set[str]) -> Iterator[Problem]:
    try:
        unknown = sorted(set(read_consents(folder).consents) - codes)
    except CxError as error:
        yield from error.problems
        return
    for code in unknown:
        yield Problem(
            "consent_of_nobody",
            "holds the consent of '{code}', who has no answers here",
            Where(str(consents_path(folder)), key=f"consents.{code}"),
            "erase it with `cxmaturity respondent erase`",
            {"code": code},
        )


def _superseded(path: Path) -> Problem:
    return Problem(
        "superseded",
        "was left behind by an interrupted import: another file stands for it",
        Where(str(path)),
        "nothing to do: it is not read, and the next import or erasure removes it",
    )
