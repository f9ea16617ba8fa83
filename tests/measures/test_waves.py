"""Waves of a measure: which is the latest, whether it really changed, and what rules read of it."""

import datetime as dt
from dataclasses import asdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.measures.waves import (
    Change,
    change_between,
    figures,
    latest_change,
    latest_wave,
    measure_card,
    period_of,
    waves_flat,
    waves_until,
)
from cxmaturity.model.exact import MILLION
from cxmaturity.model.measures import Segment, Series, Wave
from tests.measures.asking import nps

LATER = dt.date(2030, 1, 1)


def wave(month: int, value: float | None, n: int = 400, **more: object) -> Wave:
    """A wave of NPS in one month of 2026; a deviation of 80 points unless told otherwise."""
    ends = dt.date(2026, month, 28)
    given = {"ends": ends, "value": value, "n": n, "deviation": 80, **more}
    return Wave.model_validate(given)


def series(*waves: Wave) -> Series:
    return Series.model_validate(
        {
            "title": {"en": "Net Promoter Score", "fi": "Suositteluhalukkuus"},
            "definition": {"en": "Promoters less detractors.", "fi": "Suosittelijoita enemmän."},
            "unit": "",
            "range": (-100, 100),
            "waves": waves,
        }
    )


def refused(month: int) -> Wave:
    return wave(month, None, 250, scale_ok=False, found="1–10", deviation=None)


# which wave --------------------------------------------------------------------------------------


def test_the_latest_wave_ends_on_or_before_the_date():
    known = series(wave(9, 30), wave(3, 10), wave(6, 20))
    assert latest_wave(known, dt.date(2026, 9, 28)) == wave(9, 30)
    assert latest_wave(known, dt.date(2026, 9, 27)) == wave(6, 20)
    assert latest_wave(known, dt.date(2026, 3, 27)) is None
    assert [w.ends.month for w in waves_until(known, LATER)] == [3, 6, 9]


@pytest.mark.parametrize(
    ("starts", "ends", "period"),
    [
        (None, (2026, 3, 31), "2026-03-31"),
        ((2026, 2, 1), (2026, 2, 28), "2026-02"),
        ((2026, 7, 1), (2026, 9, 30), "2026 Q3"),
        ((2026, 1, 1), (2026, 12, 31), "2026"),
        ((2026, 2, 1), (2026, 4, 30), "2026-02-01/2026-04-30"),
        ((2026, 1, 2), (2026, 1, 31), "2026-01-02/2026-01-31"),
        ((2025, 12, 1), (2026, 11, 30), "2025-12-01/2026-11-30"),
    ],
)
def test_periods(starts, ends, period):
    first = starts and dt.date(*starts)
    found = Wave.model_validate({"starts": first, "ends": dt.date(*ends), "n": 1})
    assert period_of(found) == period


# change ------------------------------------------------------------------------------------------


def of_answers(promoters: int, detractors: int, n: int, month: int) -> Wave:
    found = nps(promoters, detractors, n)
    return Wave.model_construct(
        ends=dt.date(2026, month, 28), value=found.value, n=n, deviation=found.deviation
    )


def test_z_of_two_waves():
    # (s1 - s2) / √(V1/n1 + V2/n2): 30 and 40 points, variances 0.61 and 0.64, 400 answers each.
    before, after = of_answers(200, 80, 400, 1), of_answers(240, 80, 400, 2)
    change = change_between(before, after)
    v1, v2 = 0.5 + 0.2 - 0.09, 0.6 + 0.2 - 0.16
    assert change.by == 10 * MILLION
    assert (change.z or 0) / MILLION == pytest.approx(0.1 / ((v1 + v2) / 400) ** 0.5, abs=2e-6)
    assert change.is_real is False


def test_change_beyond_chance():
    before, after = of_answers(200, 80, 400, 1), of_answers(260, 60, 400, 2)
    change = change_between(before, after)
    assert change.is_real is True
    assert change_between(after, before) == Change(
        -(change.by or 0), -(change.z or 0), is_real=True
    )


@pytest.mark.parametrize(("value", "is_real"), [(11, False), (11.0872, False), (11.0873, True)])
def test_the_limit_of_chance_is_196_standard_errors(value, is_real):
    # The standard error is 80 √(2 / 400) = 5.656854, and 1.959963985 of them 11.087231.
    change = change_between(wave(1, 0), wave(2, value))
    assert change.is_real is is_real


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (wave(1, 10, deviation=None), wave(2, 40)),
        (wave(1, 10), wave(2, 40, deviation=None)),
        (wave(1, 10, deviation=0), wave(2, 40, deviation=0)),
        (wave(1, 10, n=0), wave(2, 40)),
    ],
)
def test_without_spread_nobody_can_say_whether_a_change_is_real(before, after):
    assert change_between(before, after) == Change(30 * MILLION)


def test_one_wave_without_spread_is_enough_beside_another_with_it():
    assert change_between(wave(1, 100, deviation=0), wave(2, 50)).is_real is True


def test_no_change_is_no_real_change():
    assert change_between(wave(1, 10), wave(2, 10)) == Change(0, 0, is_real=False)


def test_only_like_is_compared_with_like():
    weekly, monthly = wave(1, 70, found="7 d"), wave(2, 40, found="30 d")
    assert change_between(weekly, monthly) == Change()
    assert change_between(weekly, wave(2, 40, found="7 d")).is_real is True


def test_a_wave_on_another_scale_is_passed_over():
    assert latest_change([wave(1, 10), refused(2), wave(3, 40)]).by == 30 * MILLION
    assert latest_change([wave(1, 10), refused(2)]) == Change()
    assert latest_change([wave(1, 10)]) == latest_change([]) == Change()


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(1, 5_000), st.integers(1, 5_000))
def test_z_turns_its_sign_with_the_order(first, second, n1, n2):
    there = change_between(wave(1, first, n1), wave(2, second, n2))
    back = change_between(wave(2, second, n2), wave(1, first, n1))
    assert there.z is not None
    assert (back.by, back.z, back.is_real) == (-(there.by or 0), -there.z, there.is_real)
    variance = Fraction(80**2, n1) + Fraction(80**2, n2)
    assert (there.z / MILLION) ** 2 == pytest.approx(
        float((second - first) ** 2 / variance), abs=1e-3
    )


# flat waves --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "flat"),
    [
        ([], None),
        ([10], None),
        ([10, 11], 1),
        ([10, 11, 10], 2),
        ([10, 11, 10, 12], 3),
        ([10, 40], 0),
        ([10, 40, 41], 1),
        ([10, 10, 40], 0),
        ([40, 10, 11, 12, 10], 3),
    ],
)
def test_flat_waves_are_counted_from_the_latest(values, flat):
    assert waves_flat([wave(1 + place, value) for place, value in enumerate(values)]) == flat


def test_small_steps_in_one_direction_are_flat_each():
    # Each is compared with the one before it only, as the change that is shown.
    assert waves_flat([wave(1, 10), wave(2, 20), wave(3, 30), wave(4, 40)]) == 3


def test_what_cannot_be_compared_ends_the_count():
    unknown = wave(1, 10, deviation=None)
    assert waves_flat([unknown, wave(2, 10), wave(3, 10)]) == 1
    assert waves_flat([wave(1, 10), wave(2, 10, deviation=None)]) is None
    assert waves_flat([wave(1, 10), refused(2)]) is None
    assert waves_flat([wave(1, 10), refused(2), wave(3, 10)]) == 1


# what rules read ---------------------------------------------------------------------------------


def test_figures_of_several_waves():
    known = series(wave(1, 10), wave(2, 40, low=32, high=48), wave(3, 44, 500, low=37, high=51))
    assert figures("nps", known, LATER) == {
        "measure.nps.value": 44 * MILLION,
        "measure.nps.n": 500 * MILLION,
        "measure.nps.low": 37 * MILLION,
        "measure.nps.high": 51 * MILLION,
        "measure.nps.change": 4 * MILLION,
        "measure.nps.change_is_real": False,
        "measure.nps.waves_flat": 1 * MILLION,
        "measure.nps.scale_ok": True,
    }


def test_figures_of_an_earlier_date():
    known = series(wave(1, 10), wave(2, 40), wave(3, 44))
    assert figures("nps", known, dt.date(2026, 2, 28))["measure.nps.change_is_real"] is True
    assert figures("nps", known, dt.date(2026, 1, 1)) == {}


def test_a_single_wave_says_nothing_of_change():
    # A rule that reads first(measure.nps.waves_flat, fact.waves_flat) then hears the fact.
    assert set(figures("nps", series(wave(1, 10)), LATER)) == {
        "measure.nps.value",
        "measure.nps.n",
        "measure.nps.scale_ok",
    }


def test_a_real_change_is_no_flat_wave():
    found = figures("nps", series(wave(1, 10), wave(2, 40)), LATER)
    assert found["measure.nps.waves_flat"] == 0
    assert found["measure.nps.change_is_real"] is True


def test_another_scale_gives_its_answers_only():
    found = figures("nps", series(wave(1, 10), refused(2)), LATER)
    assert found == {"measure.nps.n": 250 * MILLION, "measure.nps.scale_ok": False}


# what a scorecard shows --------------------------------------------------------------------------


def test_a_card_of_several_waves():
    part = Segment.model_validate({"column": "area", "value": "A", "n": 60, "figure": 51.5})
    latest = wave(2, 40.5, low=32, high=48, segments=[part], weighted=True, missing=7)
    card = measure_card("nps", series(wave(1, 10), latest), LATER)
    assert card is not None
    shown = asdict(card)
    expected = {
        "id": "nps",
        "title": {"en": "Net Promoter Score", "fi": "Suositteluhalukkuus"},
        "value": 40.5,
        "low": 32,
        "high": 48,
        "n": 400,
        "scale_ok": True,
        "weighted": True,
        "missing": 7,
        "period": "2026-02-28",
        "change": 30.5,
        "change_is_real": True,
        "waves_flat": 0,
        "better": "higher",
    }
    assert {key: shown[key] for key in expected} == expected
    assert card.z == pytest.approx(30.5 / (80 * (2 / 400) ** 0.5), abs=1e-6)
    assert [(w.period, w.value) for w in card.waves] == [("2026-01-28", 10), ("2026-02-28", 40.5)]
    assert [(s.column, s.value, s.n, s.figure) for s in card.segments] == [("area", "A", 60, 51.5)]


def test_a_card_of_another_scale():
    card = measure_card("nps", series(refused(2)), LATER)
    assert card is not None
    assert (card.value, card.scale_ok, card.found, card.n) == (None, False, "1–10", 250)
    assert (card.change, card.z, card.change_is_real, card.waves_flat) == (None,) * 4


def test_no_card_before_the_first_wave():
    assert measure_card("nps", series(wave(5, 10)), dt.date(2026, 5, 27)) is None
