"""Net emotional value: how much stronger customers' good feelings are than their bad ones.

For each answerer the mean of the good feelings minus the mean of the bad ones, each rated 0–10;
then the (weighted) mean over answerers.  The interval is the mean ± 1.96 standard errors; with
weights the effective number of answerers (Kish) stands for their count.

After Colin Shaw, *The DNA of Customer Experience* (Palgrave Macmillan 2007), who rates twenty
feelings; eight of them are asked here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt

from cxmaturity.hookspecs import Measure, MeasureValue
from cxmaturity.model.exact import decimal_text

GOOD = ("happy", "trusting", "valued", "cared_for")
BAD = ("irritated", "hurried", "neglected", "disappointed")
MILLION = 1_000_000
HIGHEST = 10 * MILLION
MANY = 80
"""So many single answers on the true scale would hold one above its middle."""
Z = Fraction(196, 100)

Columns = Mapping[str, Sequence[int | None]]


def compute(columns: Columns, weights: Sequence[int] | None) -> MeasureValue | None:
    """The value and its interval; neither where answers are not on the scale 0–10."""
    rows = len(columns[GOOD[0]])
    net = [_net(columns, row) for row in range(rows)]
    counted = [
        (value, Fraction(1 if weights is None else weights[row]))
        for row, value in enumerate(net)
        if value is not None and (weights is None or weights[row] > 0)
    ]
    if not counted:
        return None
    answers = [v for name in (*GOOD, *BAD) for v in columns[name] if v is not None]
    if not _on_scale(answers):
        seen = f"{decimal_text(min(answers))}–{decimal_text(max(answers))}"
        return MeasureValue(value=None, n=len(counted), scale_ok=False, found=seen)
    total = sum((weight for _, weight in counted), Fraction(0))
    mean = sum((value * weight for value, weight in counted), Fraction(0)) / total
    variance = _variance(counted, mean, total)
    if variance is None:
        return MeasureValue(value=_rounded(mean), n=len(counted))
    margin = Z * _root(variance)
    return MeasureValue(
        value=_rounded(mean),
        n=len(counted),
        low=max(_rounded(mean - margin), -HIGHEST),
        high=min(_rounded(mean + margin), HIGHEST),
        # Two waves are compared by deviation² / n, which is to be the variance of the mean.
        deviation=_root(variance * len(counted)),
    )


def _net(columns: Columns, row: int) -> Fraction | None:
    """One answerer's value; None when either side was left empty."""
    good = [value for name in GOOD if (value := columns[name][row]) is not None]
    bad = [value for name in BAD if (value := columns[name][row]) is not None]
    if not good or not bad:
        return None
    return Fraction(sum(good), len(good)) - Fraction(sum(bad), len(bad))


def _variance(
    counted: Sequence[tuple[Fraction, Fraction]], mean: Fraction, total: Fraction
) -> Fraction | None:
    """Variance of the mean (its root is the standard error); None for a single answerer."""
    effective = total**2 / sum((weight**2 for _, weight in counted), Fraction(0))
    if effective <= 1:
        return None
    spread = sum((weight * (value - mean) ** 2 for value, weight in counted), Fraction(0)) / total
    return spread / (effective - 1)


def _root(value: Fraction) -> int:
    return isqrt(value.numerator // value.denominator)


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _on_scale(answers: Sequence[int]) -> bool:
    """Whole steps from 0 to 10; many answers none of which exceeds 5 come from a shorter scale."""
    written = all(0 <= value <= HIGHEST and value % MILLION == 0 for value in answers)
    return written and (len(answers) < MANY or max(answers) > HIGHEST // 2)


NET_EMOTIONAL_VALUE = Measure(
    name="net_emotional_value",
    summary="good feelings minus bad ones, -10 to 10",
    definition={
        "en": "Mean of happy, trusting, valued and cared for, minus the mean of irritated, "
        "hurried, neglected and disappointed, each rated 0–10 by customers.",
        "fi": "Iloisuuden, luottamuksen, arvostetuksi ja huolehdituksi tulemisen keskiarvo, josta "
        "vähennetään ärtymyksen, kiireen, laiminlyönnin ja pettymyksen keskiarvo; asiakkaat "
        "arvioivat kunkin asteikolla 0–10.",
    },
    title={"en": "Net emotional value", "fi": "Tunteiden nettoarvo"},
    columns=(*GOOD, *BAD),
    compute=compute,
    range=(-HIGHEST, HIGHEST),
)
