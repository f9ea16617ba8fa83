"""A measure over time: its latest wave, and whether it really differs from the wave before.

Pure: a series and a date in, values out.  Waves that end after the date are not known yet.  A wave
on another scale has no value; it is passed over when values are compared, because like is compared
only with like: two waves whose ``found`` differs (a repeat-contact window, say) are not compared.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cxmaturity.measures.intervals import Z95, root, rounded
from cxmaturity.model.exact import MILLION, from_micro
from cxmaturity.model.measures import Segment, Series, Wave
from cxmaturity.model.scorecard import MeasureCard, SegmentCard, WaveCard


@dataclass(frozen=True, slots=True)
class Change:
    """From one wave to the next, in millionths; ``by`` is None where they cannot be compared.

    ``z`` is the difference over its standard error, None where that is not known: a deviation is
    missing, or neither wave varies.  ``is_real``: z is beyond 1.96, so chance alone would do it in
    one case of twenty.
    """

    by: int | None = None
    z: int | None = None
    is_real: bool | None = None


def waves_until(series: Series, date: dt.date) -> tuple[Wave, ...]:
    """The waves that end on or before the date, the earliest first."""
    known = (wave for wave in series.waves if wave.ends <= date)
    return tuple(sorted(known, key=lambda wave: (wave.ends, wave.starts or dt.date.min)))


def latest_wave(series: Series, date: dt.date) -> Wave | None:
    """The latest wave that ends on or before the date."""
    return (waves_until(series, date) or (None,))[-1]


def change_between(earlier: Wave, later: Wave) -> Change:
    """What changed from one wave to a later one.

    z = (s₂ - s₁) / √(V₁ / n₁ + V₂ / n₂), V being the squared deviation of one answer.
    """
    if earlier.value is None or later.value is None or earlier.found != later.found:
        return Change()
    by = later.value - earlier.value
    if earlier.deviation is None or later.deviation is None or not (earlier.n and later.n):
        return Change(by)
    variance = Fraction(earlier.deviation**2, earlier.n) + Fraction(later.deviation**2, later.n)
    if variance == 0:
        return Change(by)
    square = by**2 / variance
    size = rounded(root(square) * MILLION)
    return Change(by, size if by >= 0 else -size, square > Z95**2)


def latest_change(waves: Sequence[Wave]) -> Change:
    """The change to the latest wave from the latest one before it that has a value."""
    with_value = [wave for wave in waves if wave.value is not None]
    if len(with_value) < 2 or waves[-1].value is None:
        return Change()
    return change_between(*with_value[-2:])


def waves_flat(waves: Sequence[Wave]) -> int | None:
    """How many of the latest waves in a row show no real change to the wave before them.

    Three waves that are alike are two, because the first of them stands for itself: three flat
    waves need four.  After a real change it is 0.  None where the latest wave cannot be compared
    with one before it, as a single wave cannot: what nobody has compared is not known to move.
    """
    if latest_change(waves).is_real is None:
        return None
    with_value = [wave for wave in waves if wave.value is not None]
    flat = 0
    for earlier, later in reversed(list(pairwise(with_value))):
        if change_between(earlier, later).is_real is not False:
            break
        flat += 1
    return flat


def figures(name: str, series: Series, date: dt.date) -> dict[str, int | bool]:
    """What rules read of a measure, by their words; what is missing is absent.

    Numbers are millionths, counts too.  A wave on another scale gives only ``n`` and ``scale_ok``.
    """
    waves = waves_until(series, date)
    if not waves:
        return {}
    latest = waves[-1]
    found: dict[str, int | bool | None] = {"n": latest.n * MILLION, "scale_ok": latest.scale_ok}
    if latest.scale_ok:
        change, flat = latest_change(waves), waves_flat(waves)
        found |= {"value": latest.value, "low": latest.low, "high": latest.high}
        found |= {"change": change.by, "change_is_real": change.is_real}
        found |= {"waves_flat": None if flat is None else flat * MILLION}
    return {f"measure.{name}.{key}": value for key, value in found.items() if value is not None}


def measure_card(name: str, series: Series, date: dt.date) -> MeasureCard | None:
    """What a scorecard shows of a measure; None where no wave ends on or before the date."""
    waves = waves_until(series, date)
    if not waves:
        return None
    latest = waves[-1]
    change = latest_change(waves)
    return MeasureCard(
        id=name,
        title=series.title,
        n=latest.n,
        value=_number(latest.value),
        low=_number(latest.low),
        high=_number(latest.high),
        unit=series.unit,
        definition=series.definition,
        better=series.better,
        scale_ok=latest.scale_ok,
        found=latest.found,
        weighted=latest.weighted,
        missing=latest.missing,
        population=latest.population,
        period=period_of(latest),
        file=latest.file,
        change=_number(change.by),
        z=_number(change.z),
        change_is_real=change.is_real,
        waves_flat=waves_flat(waves),
        waves=tuple(_wave_card(wave) for wave in waves),
        segments=tuple(_segment_card(segment) for segment in latest.segments),
    )


def period_of(wave: Wave) -> str:
    """The period as it sorts: ``2026``, ``2026 Q3``, ``2026-07``, or first and last day."""
    first, last = wave.starts, wave.ends
    if first is None:
        return str(last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and months == 1:
        return f"{first:%Y-%m}"
    if whole and months == 3 and first.month % 3 == 1:
        return f"{first.year} Q{last.month // 3}"
    if whole and months == 12 and first.month == 1:
        return str(first.year)
    return f"{first}/{last}"


def _wave_card(wave: Wave) -> WaveCard:
    return WaveCard(
        period=period_of(wave),
        n=wave.n,
        value=_number(wave.value),
        low=_number(wave.low),
        high=_number(wave.high),
    )


def _segment_card(segment: Segment) -> SegmentCard:
    return SegmentCard(
        column=segment.column,
        value=segment.value,
        n=segment.n,
        figure=from_micro(segment.figure),
        low=_number(segment.low),
        high=_number(segment.high),
    )


def _number(micro: int | None) -> int | float | None:
    return None if micro is None else from_micro(micro)
