"""Questions of every kind, as the intake sees them, and files to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cxmaturity.intake.laying_out import lay_out_file
from cxmaturity.intake.mapping import Mapping as ColumnMapping
from cxmaturity.intake.mapping import read_mapping
from cxmaturity.intake.pipeline import Imported, Prepared, Wanted, prepare, read
from cxmaturity.intake.questions import Axis, Questionnaire
from cxmaturity.kinds import BUILT_IN
from cxmaturity.measures import built_in
from cxmaturity.model.rubric import Indicator
from cxmaturity.workbench.questions import Question

SCALE = (0, 4_000_000)
LEVELS = [
    {"en": "Nothing.", "fi": "Ei mitään."},
    {"en": "A little, now and then.", "fi": "Vähän, silloin tällöin."},
    {"en": "Half.", "fi": "Puolet."},
    {"en": "Most.", "fi": "Enin osa."},
    {"en": "All.", "fi": "Kaikki."},
]
OPTIONS = [
    {"id": "never", "text": {"en": "Never", "fi": "Ei koskaan"}, "level": 0},
    {"id": "monthly", "text": {"en": "Every month", "fi": "Joka kuukausi"}, "level": 3},
    {"id": "weekly", "text": {"en": "Every week", "fi": "Joka viikko"}, "level": 4},
]
CHANNELS = [
    {"id": "phone", "text": {"en": "Phone", "fi": "Puhelin"}, "level": 1},
    {"id": "visits", "text": {"en": "Visits, meetings", "fi": "Käynnit, tapaamiset"}, "level": 1},
    {"id": "survey", "text": {"en": "Survey", "fi": "Kysely"}, "level": 2},
]


def ask(kind: str, path: str = "loop.weekly", **settings: Any) -> Question:
    """A question of a kind."""
    record = next(each for each in BUILT_IN if each.name == kind)
    title = settings.pop("title", {"en": path.title(), "fi": f"{path} suomeksi"})
    asked = settings.pop("question", {"en": f"{path}?", "fi": f"{path} miten?"})
    text = Indicator(kind=kind, title=title, question=asked)
    made = record.settings(**settings)
    return Question(path, path.partition(".")[0], text, record, made, SCALE)


LADDER = ask("ladder", "loop.weekly", levels=LEVELS)
CHOICE = ask("choice", "loop.visits", options=OPTIONS)
CHECKS = ask("checks", "loop.channels", options=CHANNELS)
YES_NO = ask("yes_no", "loop.told")
NUMBER = ask("number", "loop.share", unit="%", range=(0, 100), curve=((0, 0), (100, 4)))
EVERY = (LADDER, CHOICE, CHECKS, YES_NO, NUMBER)

ROLES = Axis(
    {"en": "Role", "fi": "Rooli"},
    {
        "leader": {"en": "Top management", "fi": "Ylin johto"},
        "staff": {"en": "Staff", "fi": "Henkilöstö"},
    },
)
UNITS = Axis({"en": "Unit", "fi": "Yksikkö"})
WANTED = Questionnaire("small", "1.2.0", {q.path: q for q in EVERY}, {"role": ROLES, "unit": UNITS})


def prepared(path: Path, mapping: str | ColumnMapping = "", wanted: Any = WANTED) -> Prepared:
    """A file with its columns matched; ``mapping`` may be the text of a MAP.toml."""
    if isinstance(mapping, str):
        mapping = read_mapping(mapping.encode(), "map.toml")
    known = {measure.name: measure for measure in built_in()}
    return prepare(lay_out_file(path, mapping), mapping, Wanted(wanted, known, 5))


def imported(path: Path, mapping: str | ColumnMapping = "", wanted: Any = WANTED) -> Imported:
    """Everything that a file gives."""
    return read(prepared(path, mapping, wanted))


def said(result: Imported) -> dict[str, dict[str, object]]:
    """What everybody answered and where they belong, by code."""
    people = result.people
    assert people is not None
    columns: Mapping[str, Sequence[object]] = {**people.answers, **people.places}
    return {
        code: {name: column[row] for name, column in columns.items() if column[row] is not None}
        for row, code in enumerate(people.codes)
    }
