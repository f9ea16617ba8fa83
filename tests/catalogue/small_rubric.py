"""A small rubric that is right, as files; tests break one thing at a time."""

from __future__ import annotations

from pathlib import Path

from cxmaturity import combine, kinds
from cxmaturity.hookspecs import Registry

REGISTRY = Registry(
    {kind.name: kind for kind in kinds.BUILT_IN},
    {method.name: method for method in combine.BUILT_IN},
)

FILES = {
    "rubric.toml": """\
format = 1
id = "small"
version = "1.2.0"
languages = ["en", "fi"]
title = { en = "Small", fi = "Pieni" }
aggregate_over = "role"

[dimensions.loop]
[dimensions.promise]
weight = 2

[evidence_ceilings]
claimed = 2
documented = 3

[phases.start]
title = { en = "Start", fi = "Alku" }
gate = "loop >= 1"

[phases.goal]
title = { en = "Goal", fi = "Tavoite" }
gate = "loop >= 3"

[profiles.high_touch]
title = { en = "High touch", fi = "Paljon kohtaamisia" }
weights = { loop = 1.5 }

[modules.extended]
title = { en = "More", fi = "Lisää" }

[axes.role]
title = { en = "Role", fi = "Rooli" }
[axes.role.places]
leader = { title = { en = "Leaders", fi = "Johto" } }

[documents.s1]
title = "A Book with Its Own Name"

[measures.nps]
title = { en = "NPS", fi = "NPS" }
range = [-100, 100]

[conditions.leak]
when = "fact.share >= 50"
""",
    "facts.toml": """\
[facts.share]
kind = "number"
range = [0, 100]
title = { en = "Share", fi = "Osuus" }
question = { en = "How large is the share?", fi = "Kuinka suuri osuus on?" }
if_not_applicable = 0

[facts.metrics]
kind = "checks"
dimension = "loop"
title = { en = "Metrics", fi = "Mittarit" }
question = { en = "Which are used?", fi = "Mitkä ovat käytössä?" }
options = [
  { id = "nps", text = { en = "NPS", fi = "NPS" } },
  { id = "ces", text = { en = "CES", fi = "CES" } },
]
""",
    "rules.toml": """\
[rules.STARING]
when = "loop <= 1"
severity = "risk"
dimension = "loop"
text = { en = "The share is {fact.share}.", fi = "Osuus on {fact.share}." }
cap = { "loop.weekly" = 2, promise = 3, overall = 3 }
sources = [{ doc = "s1", heading = "One" }]
""",
    "actions.toml": """\
[actions.begin]
title = { en = "Begin", fi = "Aloita" }
horizon = "30_days"
effort = 2.5
raises = { "loop.weekly" = 3 }
sets = { "fact.share" = 20 }
adds = { "fact.metrics" = ["ces"] }
evidence = { "loop.weekly" = "documented" }
answers = ["STARING"]

[actions.go_on]
title = { en = "Go on", fi = "Jatka" }
horizon = "90_days"
effort = 1
needs = ["begin"]
""",
    "dimensions/loop.toml": """\
title = { en = "Loop", fi = "Silmukka" }
bands = [
  { id = "weak", title = { en = "Weak", fi = "Heikko" } },
  { id = "strong", title = { en = "Strong", fi = "Vahva" }, from = 2 },
]

[indicators.weekly]
kind = "ladder"
title = { en = "Weekly", fi = "Viikoittain" }
question = { en = "Is it weekly?", fi = "Onko se viikoittaista?" }
levels = [
  { en = "No.", fi = "Ei." },
  { en = "Talked about.", fi = "Puhutaan." },
  { en = "At times.", fi = "Joskus." },
  { en = "Often.", fi = "Usein." },
  { en = "Always.", fi = "Aina." },
]

[indicators.owner]
kind = "choice"
title = { en = "Owner", fi = "Omistaja" }
question = { en = "Who owns it?", fi = "Kuka omistaa sen?" }
module = "extended"
options = [
  { id = "nobody", text = { en = "Nobody", fi = "Ei kukaan" }, level = 0 },
  { id = "one", text = { en = "One", fi = "Yksi" }, level = 4 },
]
""",
    "dimensions/promise.toml": """\
title = { en = "Promise", fi = "Lupaus" }

[indicators.kept]
kind = "yes_no"
title = { en = "Kept", fi = "Pidetty" }
question = { en = "Is it kept?", fi = "Pidetäänkö se?" }
""",
    "cases/one.toml": 'summary = "A case"\n',
}


def write_rubric(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write a rubric's files into a new folder and return it."""
    for name, text in (FILES if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The small rubric's files with one piece of text replaced, once."""
    assert FILES[file].count(old) >= 1, f"{old!r} is not in {file}"
    return {**FILES, file: FILES[file].replace(old, new, 1)}
