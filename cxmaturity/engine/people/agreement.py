"""How far people agree: Krippendorff's alpha between all, r_wg within one group.

Exact fractions, from tallies; pairs of people are never listed.  Sources: K. Krippendorff,
"Computing Krippendorff's Alpha-Reliability" (2011); L. James, R. Demaree and G. Wolf, "Estimating
within-group interrater reliability with and without response bias" (1984).  How a figure is read is
for those who put it into words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from cxmaturity.engine.people.averages import squares
from cxmaturity.engine.people.levels import Tally
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION

Metric = Literal["nominal", "ordinal", "interval", "ratio"]

FEWEST_RATERS = 3
"""Below this r_wg says nothing: chance agreement of two exceeds any rule of thumb."""


# Krippendorff's alpha ---------------------------------------------------------------------------


def alpha(units: Sequence[Tally], metric: Metric = "ordinal") -> Fraction | None:
    """Krippendorff's alpha of units, each a tally of the values that coders gave it.

    A unit with fewer than two values drops out.  None where nothing is left, or where the values
    do not vary: agreement then cannot be told from a lack of choice.
    """
    pairable = [unit for unit in units if sum(unit.values()) > 1]
    all_values: Counter[int] = Counter()
    for unit in pairable:
        all_values.update(unit)
    if metric == "ordinal":
        places = _mid_ranks(all_values)
        pairable = [{places[value]: n for value, n in unit.items()} for unit in pairable]
        all_values = Counter({places[value]: n for value, n in all_values.items()})
    expected = _disagreement(all_values, metric)
    if not expected:
        return None
    observed = sum(
        (_disagreement(unit, metric) / (sum(unit.values()) - 1) for unit in pairable), Fraction()
    )
    return 1 - (sum(all_values.values()) - 1) * observed / expected


def _mid_ranks(tally: Tally) -> Mapping[int, int]:
    """Twice the middle rank of every value: ordinal difference is distance between these."""
    ranks, before = {}, 0
    for value in sorted(tally):
        ranks[value] = 2 * before + tally[value]
        before += tally[value]
    return ranks


def _disagreement(tally: Tally, metric: Metric) -> Fraction:
    """Squared differences summed over all ordered pairs of values."""
    if metric == "nominal":
        n = sum(tally.values())
        return Fraction(n * n - sum(count * count for count in tally.values()))
    if metric == "ratio":
        return sum(
            (n * m * _ratio(a, b) for a, n in tally.items() for b, m in tally.items()), Fraction()
        )
    return Fraction(2 * squares(tally))


def _ratio(a: int, b: int) -> Fraction:
    return Fraction(a - b, a + b) ** 2 if a + b else Fraction()


# r_wg -------------------------------------------------------------------------------------------


def r_wg(tally: Tally, scale: Interval) -> Fraction | None:
    """Agreement of one group on one indicator, 0…1; None for fewer than three raters.

    1 - s² / σ², with s² over n - 1 and σ² of answers spread evenly over the whole levels of the
    scale, (A² - 1) / 12; never below 0.
    """
    n = sum(tally.values())
    null = null_variance(scale)
    if n < FEWEST_RATERS or not null:
        return None
    variance = Fraction(squares(tally), n * (n - 1) * MILLION**2)
    return max(Fraction(), 1 - variance / null)


def r_wg_j(single: Sequence[Fraction]) -> Fraction | None:
    """Agreement of one group on several indicators, from the r_wg of each; None without any.

    J (1 - m) / (J (1 - m) + m), where m is the mean of the indicators' variances as shares of σ².
    """
    if not single:
        return None
    agreed = sum(single, Fraction())
    return agreed / (agreed + 1 - agreed / len(single))


def null_variance(scale: Interval) -> Fraction:
    """Variance, in levels, of answers spread evenly over the whole levels of a scale."""
    levels = scale[1] // MILLION + -scale[0] // MILLION + 1
    return Fraction(levels * levels - 1, 12) if levels > 1 else Fraction()
