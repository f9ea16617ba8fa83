"""What is said of measures: value, certainty, meaning, change, waves and segments."""

import dataclasses

import pytest

from cxmaturity.model.scorecard import MeasureCard, WaveCard
from cxmaturity.text.account import Account, measures
from cxmaturity.text.messages import Language, speaking
from cxmaturity.text.names import names_of
from tests.exporters.people_example import NPS, OTHER_SCALE, PEOPLE_CARD, WORSE


def told(language: Language = "en") -> Account:
    return Account(PEOPLE_CARD, names_of(PEOPLE_CARD), language)


def changed(**more: object) -> MeasureCard:
    return dataclasses.replace(NPS, **more)  # type: ignore[arg-type]


def test_a_measure_in_a_line():
    assert measures.row(told(), NPS) == [
        "Net Promoter Score", "12.5", "8–17", "1,204", "2026 Q3", "+6.2"
    ]  # fmt: skip
    assert len(measures.head()) == 6


@pytest.mark.parametrize(
    ("language", "unit", "said"),
    [
        ("en", "", "3.4"),
        ("en", "%", "3.4%"),
        ("fi", "%", "3,4\u00a0%"),
        ("fi", "days", "3,4\u00a0days"),
    ],
)
def test_values_have_their_unit(language, unit, said):
    card = dataclasses.replace(WORSE, unit=unit)
    assert measures.value(told(language), card, 3.4) == said
    assert measures.value(told(language), card, None) == "–"


def test_data_on_another_scale_have_no_value():
    assert measures.row(told(), OTHER_SCALE)[1] == "–"
    assert [*measures.remarks(told(), OTHER_SCALE)] == [
        "Not Recommendation by partners: the data are on 1–10."
    ]
    unnamed = dataclasses.replace(OTHER_SCALE, found="")
    assert measures.scale(told(), unnamed).endswith("the data are on another scale.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "+6.2 since the wave before: a real change for the better."),
        ({"better": "lower"}, "+6.2 since the wave before: a real change for the worse."),
        ({"change": -6.2}, "-6.2 since the wave before: a real change for the worse."),
        (
            {"change": -6.2, "better": "lower"},
            "-6.2 since the wave before: a real change for the better.",
        ),
        ({"change_is_real": False}, "+6.2 since the wave before: within chance."),
        (
            {"change_is_real": None},
            "+6.2 since the wave before; whether that is more than chance cannot be told.",
        ),
        ({"change": 0}, "Unchanged since the wave before."),
    ],
)
def test_changes_say_whether_they_are_real(more, said):
    assert measures.change(told(), changed(**more)) == said
    assert said in [*measures.remarks(told(), changed(**more))]


def test_remarks_in_order():
    assert [*measures.remarks(told(), NPS)] == [
        "+6.2 since the wave before: a real change for the better.",
        "Definition: Share of 9–10 minus share of 0–6, in points.",
        "The answers are weighted.",
        "31 rows had no answer.",
        "File: nps-2026-q3.csv",
    ]


def test_remarks_in_finnish():
    with speaking("fi"):
        assert [*measures.remarks(told("fi"), WORSE)] == [
            "+0,3 edellisestä kierroksesta: mahtuu sattuman rajoihin.",
            "Ei todellista muutosta viimeisten 3 kierroksen aikana.",
            "Luottamusvälissä on otettu huomioon, että perusjoukon koko on 9\u00a0000.",
        ]


def waves(*values: float | None) -> MeasureCard:
    return changed(waves=tuple(WaveCard(str(n), 9, value) for n, value in enumerate(values)))


@pytest.mark.parametrize(
    ("values", "drawn", "in_ascii"),
    [
        ((), "", ""),
        ((1,), "", ""),
        ((1, None), "", ""),
        ((1, 2), "▁█", "_#"),
        ((2, 1, None, 3), "▄▁ █", "=_ #"),
        ((5, 5), "▅▅", "++"),
        ((-5, 0, 6.3, 12.5), "▁▃▅█", "_-+#"),
    ],
)
def test_waves_as_heights(values, drawn, in_ascii):
    assert measures.spark(waves(*values)) == drawn
    assert measures.spark(waves(*values), ascii_only=True) == in_ascii


def test_the_trend_in_words():
    assert measures.trend(told(), NPS) == "from -5 (2025 Q4) to 12.5 (2026 Q3)"
    assert measures.trend(told(), waves(1, None)) == ""


def test_every_wave_has_a_row():
    assert measures.wave_rows(told(), NPS) == [
        ("2025 Q4", "-5", "-9.5 – -0.5", "1,100"),
        ("2026 Q1", "–", "–", "1,150"),
        ("2026 Q2", "6.3", "2–10.5", "1,190"),
        ("2026 Q3", "12.5", "8–17", "1,204"),
    ]
    assert measures.wave_rows(told(), waves(1)) == []
    assert len(measures.wave_head()) == 4


def test_every_segment_has_a_row():
    assert measures.segment_rows(told(), NPS) == [
        ("region: north", "20.1", "14–26", "704"),
        ("region: south", "1.5", "–", "500"),
    ]
    assert len(measures.segment_head()) == 4
