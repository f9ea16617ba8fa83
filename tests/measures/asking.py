"""Measures asked as an import asks them: numbers as written, turned into millionths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from cxmaturity.hookspecs import MeasureValue
from cxmaturity.measures import built_in
from cxmaturity.model.exact import MILLION

MEASURES = {measure.name: measure for measure in built_in()}


def micro(number: float | Fraction) -> int:
    exact = number if isinstance(number, Fraction) else Fraction(str(number))
    return round(exact * MILLION)


def ask(
    name: str,
    columns: Mapping[str, Sequence[float | None]],
    weights: Sequence[int] | None = None,
) -> MeasureValue:
    given = {
        column: [None if cell is None else micro(cell) for cell in cells]
        for column, cells in columns.items()
    }
    found = MEASURES[name].compute(given, weights)
    assert found is not None
    return found


def ask_scores(
    name: str, scores: Iterable[float | None], weights: Sequence[int] | None = None
) -> MeasureValue:
    return ask(name, {"score": list(scores)}, weights)


def repeated(counts: Mapping[int, int]) -> list[float | None]:
    """Each answer as often as it was given."""
    return [answer for answer, count in counts.items() for _ in range(count)]


def nps(promoters: int, detractors: int, n: int) -> MeasureValue:
    """NPS of so many promoters and detractors among n answers."""
    passives = n - promoters - detractors
    return ask_scores("nps", repeated({10: promoters, 8: passives, 3: detractors}))


def figures(found: MeasureValue) -> tuple[float | None, float | None, float | None]:
    """Value, lower and upper end as plain numbers."""
    value, low, high = (
        None if figure is None else figure / MILLION
        for figure in (found.value, found.low, found.high)
    )
    return value, low, high
