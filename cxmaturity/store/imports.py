"""One import reaches the disk by one rename: all of its people, or none.

Who is there already with the same answers stays where they are, so that a survey's growing export
can be imported again and again.  Whose answers changed is refused unless they are to be replaced:
the new file then takes in everybody of the files it changes, and names those as superseded, so that
a crash before they are deleted leaves nobody twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.errors import InputError, Problem, UsageError, Where
from cxmaturity.model.people import People
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER
from cxmaturity.store.files import make_folder, remove_files, remove_leftovers, write_file
from cxmaturity.store.lock import locked
from cxmaturity.store.people_csv import closed, in_order, people_content, rows_of
from cxmaturity.store.response_names import is_code
from cxmaturity.store.responses import Held, read_held, superseded_files, together
from cxmaturity.text import limits

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class SavedImport:
    """What an import did: how many people are new, replaced, and were there with these answers.

    ``path`` is None where nobody was new or changed: then nothing was written.
    """

    path: Path | None
    new: int
    replaced: int
    unchanged: int


def save_import(
    folder: Path, people: People, *, rubric_id: str, rubric_version: str, replace: bool = False
) -> SavedImport:
    """Keep imported people in the engagement in ``folder``; the rubric is what they answered.

    Raises InputError for codes or answers that cannot be kept, UsageError for people who are there
    with other answers (unless ``replace``) or who answered in the program, StoreError when the
    disk refuses.  Nothing is then changed.
    """
    people = _sound(people)
    responses = folder / RESPONSES_FOLDER
    make_folder(responses)
    with locked(folder):
        remove_leftovers(responses)
        remove_files(superseded_files(folder))
        plan = _planned(people, read_held(folder))
        _require_allowed(plan, replace=replace)
        counts = (len(plan.new), len(plan.changed), len(plan.unchanged))
        if not plan.new and not plan.changed:
            return SavedImport(None, *counts)
        head = {"rubric": rubric_id, "version": rubric_version}
        path = write_import(responses, plan.crowd(people), head, plan.touched)
    return SavedImport(path, *counts)


def write_import(
    responses: Path, people: People, head: Mapping[str, object], instead_of: Iterable[Held]
) -> Path:
    """Write people into one file and delete those it stands for; only call it holding the lock."""
    content = people_content(people, head)
    path = responses / f"import-{hashlib.sha256(content).hexdigest()[:16]}.csv"
    before = {held.path: held.sha256 for held in instead_of}
    write_file(path, closed(content, before.values()))
    remove_files(old for old in before if old != path)
    return path


def picked(people: People, codes: Collection[str]) -> People:
    """Those with one of these codes."""
    wanted = frozenset(codes)
    return _rows(people, [row for row, code in enumerate(people.codes) if code in wanted])


def without(people: People, codes: Collection[str]) -> People:
    """Everybody but those with one of these codes."""
    gone = frozenset(codes)
    return _rows(people, [row for row, code in enumerate(people.codes) if code not in gone])


def _rows(people: People, rows: list[int]) -> People:
    codes = tuple(people.codes[row] for row in rows)
    return in_order(
        People(
            codes,
            {a: tuple(column[row] for row in rows) for a, column in people.places.items()},
            {p: tuple(column[row] for row in rows) for p, column in people.answers.items()},
            people.attributed & frozenset(codes),
        )
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Who is new, who changed and in which import, who answered in the program."""

    new: frozenset[str]
    changed: Mapping[str, Held]
    unchanged: frozenset[str]

    @property
    def touched(self) -> list[Held]:
        """The imports that somebody changed in."""
        return list({held.path: held for held in self.changed.values()}.values())

    def crowd(self, people: People) -> People:
        """Everybody who will be in the new file."""
        stay = [without(held.people, self.changed) for held in self.touched]
        return together([picked(people, self.new | set(self.changed)), *stay])


def _planned(people: People, held: list[Held]) -> _Plan:
    coming = _by_code(people)
    new, unchanged = set(coming), set[str]()
    changed: dict[str, Held] = {}
    for each in held:
        common = new & set(each.people.codes)
        new -= common
        for code, said in _by_code(picked(each.people, common)).items():
            if coming[code] == said:
                unchanged.add(code)
            else:
                changed[code] = each
    return _Plan(frozenset(new), changed, frozenset(unchanged))


def _by_code(people: People) -> dict[str, tuple[dict[str, str], dict[str, object]]]:
    return {code: (places, answers) for code, places, answers in rows_of(people)}


def _sound(people: People) -> People:
    problems = [
        Problem(
            "bad_code",
            "'{code}' is no code of a respondent",
            Where(),
            "codes are lower-case letters, digits, - and _, at most 40; no names of devices",
            {"code": code[:60]},
        )
        for code in people.codes
        if not is_code(code)
    ]
    seen: set[str] = set()
    for code in people.codes:
        if code in seen:
            problems.append(
                Problem(
                    "same_code",
                    "the respondent '{code}' is there twice",
                    Where(),
                    "keep one of the two rows",
                    {"code": code},
                )
            )
        seen.add(code)
    if problems:
        raise InputError(problems[: limits.PROBLEMS])
    return in_order(people)


def _require_allowed(plan: _Plan, *, replace: bool) -> None:
    problems = []
    interviewed = [c for c, held in plan.changed.items() if held.source == "interview"]
    if interviewed:
        problems.append(
            Problem(
                "interviewed_already",
                "answered in this program, and differently ({count}): {codes}",
                Where(),
                "leave them out of the data, or erase what they answered here first",
                _named(interviewed),
            )
        )
    imported = [code for code in plan.changed if code not in interviewed]
    if imported and not replace:
        problems.append(
            Problem(
                "imported_already",
                "are there with other answers ({count}): {codes}",
                Where(),
                "import with --replace to take the new answers instead",
                _named(imported),
            )
        )
    if problems:
        raise UsageError(problems)


def _named(codes: list[str]) -> dict[str, object]:
    more = ["…"] if len(codes) > _MOST_NAMED else []
    return {"count": len(codes), "codes": ", ".join([*sorted(codes)[:_MOST_NAMED], *more])}
