"""Which words a rubric may not use as ids, and how many things it may have."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Final

from cxmaturity.catalogue.draft import Draft
from cxmaturity.errors import Problem
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

RESERVED: Final = frozenset(
    {
        *(
            "and",
            "or",
            "not",
            "in",
            "true",
            "false",
            "only",
            "size",
            "first",
            "count",
            "min",
            "max",
        ),
        *("abs", "raw", "evidenced", "coverage", "answered", "documented", "demonstrated", "share"),
        *("respondents", "gap", "agreement", "fact", "measure", "condition", "overall", "phase"),
        *("behaviour", "other", "none"),
    }
)
"""Words with a meaning of their own in expressions or answers: no dimension has them as its id."""

_PYTHON: Final = frozenset(word for word in keyword.kwlist if word.islower())
_TAKEN: Final[dict[str, frozenset[str]]] = {
    "dimensions": RESERVED | _PYTHON,
    "facts": _PYTHON,
    "conditions": _PYTHON,
    "measures": _PYTHON,
    "phases": frozenset({"not_started"}),
}
_MOST: Final = {
    "phases": limits.PHASES,
    "dimensions": limits.DIMENSIONS,
    "facts": limits.FACTS,
    "conditions": limits.CONDITIONS,
    "rules": limits.RULES,
    "actions": limits.ACTIONS,
}


def check_names(draft: Draft) -> Iterator[Problem]:
    """Ids that expressions or results use for something else."""
    for table, taken in _TAKEN.items():
        for name in getattr(draft.rubric, table):
            if name in taken:
                yield _reserved(draft, name, (table, name))
    for path, _, _ in draft.indicators():
        if path[-1] in _PYTHON:
            yield _reserved(draft, str(path[-1]), path)
    for axis, groups in draft.rubric.axes.items():
        for name in groups.places:
            if name in {"other", "none"}:
                yield _reserved(draft, name, ("axes", axis, "places", name))


def check_counts(draft: Draft) -> Iterator[Problem]:
    """More of something than the program takes on."""
    counted = {table: list(getattr(draft.rubric, table)) for table in _MOST}
    for table, names in counted.items():
        limit = _MOST[table]
        if len(names) > limit:
            what = N_("there are more than {limit} tables under '{table}'")
            place = (table, names[limit])
            yield draft.refuse("too_many", what, place, "", limit=int(limit), table=table)
    indicators = [path for path, _, _ in draft.indicators()]
    if len(indicators) > limits.INDICATORS:
        what = N_("there are more than {limit} indicators")
        over = indicators[limits.INDICATORS]
        yield draft.refuse("too_many", what, over, "", limit=int(limits.INDICATORS))


def _reserved(draft: Draft, name: str, path: Path) -> Problem:
    what = N_("'{name}' has a meaning of its own and cannot be an id here")
    return draft.refuse("reserved", what, path, N_("choose another id"), name=name)
