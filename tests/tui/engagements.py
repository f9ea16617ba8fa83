"""Engagements for the tests of the terminal interface: every kind of question in a small rubric."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cxmaturity.model.people import People
from cxmaturity.store.imports import save_import
from cxmaturity.tui.session import Session
from cxmaturity.workbench import Workbench
from cxmaturity.workbench.creating import Beginning, create_engagement

DATE = dt.date(2026, 3, 31)
MORNING = dt.datetime(2026, 3, 31, 10, 42, tzinfo=dt.UTC)

RUBRIC = """
format = 1
id = "showcase"
version = "1.0.0"
languages = ["en", "fi"]
title = { en = "Every kind", fi = "Kaikki lajit" }
min_coverage = 0.5
evidence_ceilings = { claimed = 2, documented = 3, demonstrated = 4 }
[axes.role]
title = { en = "Role", fi = "Rooli" }
[axes.role.places]
leader = { title = { en = "Top management", fi = "Ylin johto" } }
staff = { title = { en = "Staff", fi = "Henkilöstö" } }
[phases.first]
title = { en = "First", fi = "Ensimmäinen" }
gate = "care >= 1"
[phases.second]
title = { en = "Second", fi = "Toinen" }
gate = "care >= 3 and fact.funded"
"""
FACTS = """
[facts.funded]
kind = "yes_no"
title = { en = "Funded", fi = "Rahoitettu" }
question = { en = "Is there money for it?", fi = "Onko sille rahaa?" }
[facts.budget]
kind = "number"
unit = "k€"
range = [0, 1000]
ask_when = "fact.funded"
title = { en = "Budget", fi = "Budjetti" }
question = { en = "How much?", fi = "Kuinka paljon?" }
[facts.motto]
kind = "text"
dimension = "care"
title = { en = "Motto", fi = "Tunnuslause" }
question = { en = "What is the motto?", fi = "Mikä on tunnuslause?" }
[facts.tools]
kind = "checks"
dimension = "care"
title = { en = "Tools", fi = "Työkalut" }
question = { en = "Which tools are used?", fi = "Mitä työkaluja käytetään?" }
options = [
%s
]
"""
CARE = """
title = { en = "Care", fi = "Huolenpito" }
[indicators.listen]
kind = "ladder"
title = { en = "Listening", fi = "Kuuntelu" }
question = { en = "Do you listen?", fi = "Kuunteletteko?" }
guidance = { en = "Judge by the past year.", fi = "Arvioi viime vuotta." }
levels = [
  { en = "never", fi = "ei koskaan" },
  { en = "rarely", fi = "harvoin" },
  { en = "at times", fi = "joskus" },
  { en = "often", fi = "usein" },
  { en = "always", fi = "aina" },
]
[indicators.rhythm]
kind = "choice"
title = { en = "Rhythm", fi = "Rytmi" }
question = { en = "How often do you meet?", fi = "Kuinka usein tapaatte?" }
options = [
  { id = "yearly", text = { en = "Yearly", fi = "Vuosittain" }, level = 1 },
  { id = "weekly", text = { en = "Weekly", fi = "Viikoittain" }, level = 4 },
]
[indicators.habits]
kind = "checks"
title = { en = "Habits", fi = "Tavat" }
question = { en = "Which habits are alive?", fi = "Mitkä tavat elävät?" }
by_count = [0, 2, 4]
options = [
  { id = "thanks", text = { en = "Thanking", fi = "Kiittäminen" } },
  { id = "calls", text = { en = "Calling back", fi = "Takaisinsoitto" } },
  { id = "visits", text = { en = "Visits", fi = "Vierailut" } },
]
"""
SPEED = """
title = { en = "Speed", fi = "Nopeus" }
[indicators.days]
kind = "number"
unit = "d"
range = [0, 100]
curve = [[0, 4], [10, 0]]
title = { en = "Days", fi = "Päivät" }
question = { en = "Days to an answer?", fi = "Päiviä vastaukseen?" }
[indicators.promise]
kind = "yes_no"
ask_when = "speed.days >= 2"
title = { en = "Promise", fi = "Lupaus" }
question = { en = "Is it promised?", fi = "Onko se luvattu?" }
"""


def write_rubric(folder: Path, options: int = 12) -> Path:
    """The rubric with every kind, in a folder of its own."""
    tools = ",\n".join(
        f'{{ id = "t{n}", text = {{ en = "Tool {n}", fi = "Työkalu {n}" }} }}'
        for n in range(1, options + 1)
    )
    (folder / "dimensions").mkdir(parents=True)
    (folder / "rubric.toml").write_text(RUBRIC, "utf-8")
    (folder / "facts.toml").write_text(FACTS % tools, "utf-8")
    (folder / "dimensions" / "care.toml").write_text(CARE, "utf-8")
    (folder / "dimensions" / "speed.toml").write_text(SPEED, "utf-8")
    return folder


@cache
def _template(rubric: str) -> Path:
    scratch = Path(mkdtemp(prefix="cxmaturity-test-"))
    name = str(write_rubric(scratch / "showcase")) if rubric == "showcase" else rubric
    about = Beginning("Acme Oy", DATE)
    create_engagement(Workbench(), scratch / "acme", about, rubric=name)
    return scratch / "acme"


def new_engagement(path: Path, rubric: str = "showcase") -> Path:
    """A fresh engagement in ``path``, without answers."""
    shutil.copytree(_template(rubric), path)
    return path


def new_session(path: Path, rubric: str = "showcase") -> Session:
    """A session on a fresh engagement; its clock stands still."""
    return open_session(new_engagement(path, rubric))


def open_session(path: Path) -> Session:
    """A session on an engagement that is there."""
    bench = Workbench()
    return Session(bench, bench.open(path), now=lambda: MORNING)


def crowd(folder: Path, count: int = 12) -> None:
    """People of an import in two groups."""
    codes = tuple(f"p{n:03d}" for n in range(count))
    places = tuple("leader" if n % 2 else "staff" for n in range(count))
    answers = {
        "care.listen": tuple(3 + n % 2 if n % 2 else n % 3 for n in range(count)),
        "care.rhythm": tuple("weekly" if n % 2 else "yearly" for n in range(count)),
    }
    people = People(codes, {"role": places}, answers)
    save_import(folder, people, rubric_id="showcase", rubric_version="1.0.0")
