"""What the interface is measured on: an engagement of many questions, one of many respondents."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from cxmaturity.model.people import People
from cxmaturity.store.imports import save_import
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import Beginning, create_engagement

_HEAD = """
format = 1
id = "wide_house"
version = "1.0.0"
languages = ["en"]
title = "Wide house"
[axes.unit]
title = "Unit"
[phases.start]
title = "Start"
gate = "overall >= 1"
[phases.grown]
title = "Grown"
gate = "overall >= 3 and d0 >= 2"
"""
_BEGUN = Beginning("House Oy", dt.date(2026, 3, 31))
PER_DIMENSION = 20


def many_questions(folder: Path, count: int) -> Path:
    """An engagement whose rubric asks so many levels; none is answered."""
    rubric = folder / "wide_house"
    rubric.mkdir(parents=True)
    (rubric / "rubric.toml").write_text(_HEAD + "\n".join(map(_question, range(count))), "utf-8")
    create_engagement(Workbench(), folder / "house", _BEGUN, rubric=str(rubric))
    return folder / "house"


def _question(number: int) -> str:
    dimension, indicator = divmod(number, PER_DIMENSION)
    begin = f'[dimensions.d{dimension}]\ntitle = "Dimension {dimension}"\n' if not indicator else ""
    return (
        f'{begin}[dimensions.d{dimension}.indicators.i{indicator}]\nkind = "ladder"\n'
        f'title = "Indicator {number}"\nquestion = "How is it?"\n'
        'levels = ["A", "B", "C", "D", "E"]\n'
    )


def many_respondents(folder: Path, people: int, questions: int) -> Path:
    """An engagement that so many people have answered, in twenty units."""
    house = many_questions(folder, questions)
    chance = random.Random(1)  # noqa: S311 - invented answers
    paths = [f"d{n // PER_DIMENSION}.i{n % PER_DIMENSION}" for n in range(questions)]
    crowd = People(
        tuple(f"p{n:05d}" for n in range(people)),
        {"unit": tuple(f"u{n % 20}" for n in range(people))},
        {path: tuple(chance.choices((0, 1, 2, 3, 4), k=people)) for path in paths},
    )
    save_import(house, crowd, rubric_id="wide_house", rubric_version="1.0.0")
    return house
