"""Write docs/catalogue.md: which element of `cx_phases` carries out which claim of its documents.

A reader who doubts a finding or a question sees here what it rests on, and which entries of the
catalogue nothing carries out yet.  Reads the rubric's files alone: what a rubric cites must be
plain from its text, whatever the program makes of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RUBRIC = ROOT / "rubrics" / "cx_phases"
PAGE = ROOT / "docs" / "catalogue.md"

Table = Mapping[str, Any]

COUNTS = {"A": 18, "B": 9, "C": 17, "D": 38, "E": 35}
"""Entries per document: A from s0, B from s1, C from s2, D from s3, E from s4."""
CONTEXT = frozenset({"B09", "D08", "D09", "D18", "D31", "D34", "E05", "E34"})
"""Background, or guards against a false finding: nothing has to carry them out."""
CARRIERS = frozenset({"indicator", "rule", "action"})
"""Only these carry an entry out; a fact asks, a condition names, a profile weighs."""


class Citation(NamedTuple):
    """One element that cites an entry, and how it tests or serves it."""

    kind: str
    id: str
    title: str
    how: str
    doc: str
    heading: str


def entries() -> list[str]:
    """Every entry of the catalogue, in order."""
    return [f"{letter}{n:02}" for letter, count in COUNTS.items() for n in range(1, count + 1)]


def citations(rubric: Path = RUBRIC) -> dict[str, list[Citation]]:
    """What cites each entry, in the order of the rubric's files."""
    found: dict[str, list[Citation]] = {entry: [] for entry in entries()}
    for kind, name, table, how in _elements(rubric):
        for source in table.get("sources", []):
            if "entry" in source:
                cited = found.setdefault(source["entry"], [])
                title = table.get("title", {}).get("en", "")
                cited.append(
                    Citation(kind, name, title, how, source["doc"], source.get("heading", ""))
                )
    return found


def missing(found: Mapping[str, list[Citation]]) -> list[str]:
    """Entries that should be carried out by an indicator, a rule or an action, and are not."""
    return [
        entry
        for entry, cited in found.items()
        if entry not in CONTEXT and not any(one.kind in CARRIERS for one in cited)
    ]


# the rubric's elements ----------------------------------------------------------------------------


def _elements(rubric: Path) -> Iterator[tuple[str, str, Table, str]]:
    """Kind, id, table and what it does, of everything that may cite a document."""
    main = _read(rubric / "rubric.toml")
    yield from (
        ("profile", name, table, _weights(table)) for name, table in main["profiles"].items()
    )
    for dimension in main["dimensions"]:
        for name, table in _read(rubric / "dimensions" / f"{dimension}.toml")["indicators"].items():
            yield "indicator", f"{dimension}.{name}", table, _levels(table)
    for name, table in _read(rubric / "facts.toml")["facts"].items():
        yield "fact", f"fact.{name}", table, table["question"]["en"]
    rules = _read(rubric / "rules.toml")
    for name, table in rules["conditions"].items():
        yield "condition", f"condition.{name}", table, f"`{table['when']}`"
    yield from (("rule", name, table, _rule(table)) for name, table in rules["rules"].items())
    actions = _read(rubric / "actions.toml")["actions"]
    yield from (("action", name, table, _effects(table)) for name, table in actions.items())


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _weights(profile: Table) -> str:
    weights = [f"{name} weighs {weight}" for name, weight in profile.get("weights", {}).items()]
    return ", ".join(weights) or "all weights as they are"


def _levels(indicator: Table) -> str:
    return " ".join(f"**{n}** {text['en']}" for n, text in enumerate(indicator["levels"]) if n)


def _rule(rule: Table) -> str:
    """How severe the finding is, what the rule holds down, and when."""
    said = [rule["severity"]] if "severity" in rule else []
    said += [f"holds `{path}` at {limit} at most" for path, limit in rule.get("cap", {}).items()]
    return f"{', '.join(said)}, when `{rule['when']}`"


def _effects(action: Table) -> str:
    parts = [f"`{path}` to {level}" for path, level in action.get("raises", {}).items()]
    parts += [f"`{path}` becomes {_said(raw)}" for path, raw in action.get("sets", {}).items()]
    parts += [f"`{path}` gains {_said(raw)}" for path, raw in action.get("adds", {}).items()]
    answered = ", ".join(action.get("answers", []))
    return "; ".join(parts) + (f" (answers {answered})" if answered else "")


def _said(raw: object) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, list):
        return ", ".join(map(str, raw)) or "none"
    return str(raw)


# the page -----------------------------------------------------------------------------------------

_HEAD = """\
# What carries out which claim

Made by `python -m tools.catalogue_page`; do not edit. The default rubric `cx_phases` rests on five
documents (below). Their testable claims have the ids A01–E35; for each this page lists the elements
that carry it out and how: an indicator by its levels, a rule by its condition and cap, an action by
what it changes. Facts, conditions and profiles are listed where they help. Thresholds are the
rubric's own proposals.
"""


def page(rubric: Path = RUBRIC) -> str:
    """The whole page."""
    found = citations(rubric)
    left = missing(found)
    documents = _read(rubric / "rubric.toml")["documents"]
    named = (f"- **{name}** {_document(table)}" for name, table in documents.items())
    blocks = [_HEAD, "## Documents\n\n" + "\n".join(named) + "\n"]
    blocks.append(f"Not carried out: {', '.join(left) or 'none'}.\n")
    blocks += [_section(entry, cited) for entry, cited in found.items()]
    return "\n".join(blocks)


def _document(table: Table) -> str:
    parts = [table.get("author", ""), table["title"]["en"], table.get("year", "")]
    return ". ".join(part for part in parts if part) + "."


def _section(entry: str, cited: list[Citation]) -> str:
    places = dict.fromkeys(f"{one.doc}: {one.heading or 'without heading'}" for one in cited)
    lines = [f"## {entry}", ""]
    if entry in CONTEXT:
        lines += ["Background or guard; nothing has to carry it out.", ""]
    if cited:
        lines += ["; ".join(places), ""]
        lines += [f"- {one.kind} `{one.id}`, {one.title}: {one.how}" for one in cited]
        lines += [""]
    return "\n".join(lines)


def main() -> None:
    """Write the page and say what nothing carries out."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    left = missing(citations())
    print(
        f"{PAGE.relative_to(ROOT)}: {len(left)} entries not carried out {' '.join(left)}".rstrip()
    )


if __name__ == "__main__":
    main()
