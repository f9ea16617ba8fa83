"""The measured rubric: 60 indicators in 12 dimensions, 40 rules with 198 comparisons, 10 caps.

Its rules are kept as small trees, from which both the rubric's text and the hand-written kernel
are made, so that both judge by the same rules.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DIMENSIONS = 12
INDICATORS = 5
RULES = 40
COMPARISONS = 198
CAPS = 10
MISSING = 0.08
GATES = {
    "first": "true",
    "second": "d01 >= 1.5 and d02 >= 1.25",
    "third": "overall >= 1.75 and (d03 >= 1.5 or d04 >= 2) and d05 >= 1",
    "fourth": "overall >= 2 and d06 >= 2 and not d07 < 1.5 and d08 >= 1.5",
}


@dataclass(frozen=True)
class Compare:
    """A level or a score against a threshold."""

    name: str
    sign: str
    threshold: Decimal

    def __str__(self) -> str:
        """As in a rubric."""
        return f"{self.name} {self.sign} {self.threshold}"


@dataclass(frozen=True)
class Join:
    """Clauses joined by ``and`` or ``or``."""

    word: str
    clauses: tuple[Compare | Join, ...]

    def __str__(self) -> str:
        """As in a rubric, with brackets around inner joins."""
        texts = [f"({c})" if isinstance(c, Join) else str(c) for c in self.clauses]
        return f" {self.word} ".join(texts)


@dataclass(frozen=True)
class MeasuredRule:
    """A rule, and the dimension it caps, if any."""

    id: str
    when: Join
    cap: tuple[str, Decimal] | None


@dataclass(frozen=True)
class Workload:
    """A rubric as tables, and the same rules as trees."""

    table: dict[str, Any]
    rules: tuple[MeasuredRule, ...]
    weights: tuple[tuple[int, ...], ...]


def workload(
    dimensions: int = DIMENSIONS, indicators: int = INDICATORS, rules: int = RULES
) -> Workload:
    """The rubric of the benchmarks, or one of another size."""
    chance = random.Random(1)  # noqa: S311 - the same rubric in every run
    weights = tuple(
        tuple(chance.choice((1, 1, 2, 3)) for _ in range(indicators)) for _ in range(dimensions)
    )
    made = tuple(_rules(chance, dimensions, indicators, rules))
    return Workload(_table(weights, made), made, weights)


def dimension_id(number: int) -> str:
    """Id of a dimension, counted from 1."""
    return f"d{number:02d}"


def _rules(
    chance: random.Random, dimensions: int, indicators: int, count: int
) -> Iterator[MeasuredRule]:
    short = round(count * INDICATORS - COMPARISONS * count / RULES)
    for number in range(count):
        capped = None
        if number < CAPS:
            capped = (
                dimension_id(number % dimensions + 1),
                Decimal(chance.choice(("1.5", "2", "2.5"))),
            )
        clauses = [
            _compare(chance, dimensions, indicators, scores=capped is None)
            for _ in range(INDICATORS - (number >= count - short))
        ]
        inner = Join("or", tuple(clauses[2:]))
        yield MeasuredRule(f"R{number:03d}", Join("and", (*clauses[:2], inner)), capped)


def _compare(chance: random.Random, dimensions: int, indicators: int, *, scores: bool) -> Compare:
    name = dimension_id(chance.randint(1, dimensions))
    sign = chance.choice((">=", "<"))
    if scores and chance.random() < 0.25:
        return Compare(name, sign, Decimal(chance.choice(("1.25", "1.75", "2.25", "2.75"))))
    return Compare(f"{name}.i{chance.randint(1, indicators)}", sign, Decimal(chance.randint(1, 4)))


def _table(weights: tuple[tuple[int, ...], ...], rules: tuple[MeasuredRule, ...]) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "measured",
        "version": "1.0.0",
        "title": "Measured",
        "languages": ["en"],
        "evidence_ceilings": {"claimed": 2, "documented": 3, "demonstrated": 4},
        "phases": {name: {"title": name, "gate": gate} for name, gate in GATES.items()},
        "dimensions": {
            dimension_id(d): {
                "title": "Dimension",
                "indicators": {f"i{i}": _ladder(w) for i, w in enumerate(own, start=1)},
            }
            for d, own in enumerate(weights, start=1)
        },
        "rules": {
            rule.id: {"when": str(rule.when)}
            | (
                {"cap": dict([rule.cap])}
                if rule.cap
                else {"severity": "note", "title": "Found", "text": "It holds."}
            )
            for rule in rules
        },
    }


def _ladder(weight: int) -> dict[str, Any]:
    levels = ["absent", "begun", "some", "most", "all"]
    return {"kind": "ladder", "title": "T", "question": "Q?", "levels": levels, "weight": weight}
