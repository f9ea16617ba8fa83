"""The calendar: recommendations on the day their horizon ends, as RFC 5545 wants it written."""

from __future__ import annotations

import datetime as dt

import pytest
from cxmaturity_export_csv_nodes.calendar import calendar, due, ics

from cxmaturity.testing import build_engagement, build_rubric, build_scorecard

RUBRIC = {
    "languages": ["en", "fi"],
    "dimensions": {"care": {"indicators": {"promise": {}, "thanks": {}}}},
    "rules": {
        "LOW": {
            "when": "care <= 1",
            "severity": "risk",
            "title": {"en": "Low", "fi": "Matala"},
            "text": {"en": "It is low.", "fi": "Se on matala."},
        }
    },
    "actions": {
        "write": {
            "title": {"en": "Write the promise, today; now", "fi": "Kirjatkaa lupaus"},
            "text": {"en": "Line one.\nLine " + "long " * 30, "fi": "Ää kö " * 40},
            "horizon": "30_days",
            "effort": 2,
            "raises": {"care.promise": 3},
            "answers": ["LOW"],
        },
        "thank": {
            "title": {"en": "Thank customers", "fi": "Kiittäkää asiakkaita"},
            "text": {"en": "By name.", "fi": "Nimeltä."},
            "horizon": "6_months",
            "effort": 2,
            "raises": {"care.thanks": 3},
            "needs": ["write"],
            "answers": ["LOW"],
        },
    },
}
ANSWERS = {"care.promise": 1, "care.thanks": 1}


@pytest.fixture(scope="module")
def rubric():
    return build_rubric(RUBRIC)


@pytest.mark.parametrize(
    ("date", "horizon", "day"),
    [
        ("2026-03-01", "30_days", "2026-03-31"),
        ("2026-12-15", "90_days", "2027-03-15"),
        ("2025-08-31", "6_months", "2026-02-28"),
        ("2024-02-29", "12_months", "2025-02-28"),
    ],
)
def test_a_horizon_ends_on_a_day(date, horizon, day):
    assert due(dt.date.fromisoformat(date), horizon).isoformat() == day


@pytest.mark.parametrize("language", ["en", "fi"])
def test_what_can_begin_is_in_the_calendar(rubric, language):
    data = ics(build_scorecard(rubric, ANSWERS), language)
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert data.count(b"BEGIN:VEVENT") == 1, "what must wait is not there"
    assert b"DTSTART;VALUE=DATE:20260331" in lines
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_marks_of_the_format_are_escaped_and_long_lines_unfold(rubric):
    text = ics(build_scorecard(rubric, ANSWERS), "en").decode().replace("\r\n ", "")
    assert "SUMMARY:Write the promise\\, today\\; now" in text
    assert "DESCRIPTION:Line one.\\nLine long long" in text
    finnish = ics(build_scorecard(rubric, ANSWERS), "fi").decode().replace("\r\n ", "")
    assert "SUMMARY:Kirjatkaa lupaus" in finnish
    assert "Ää kö Ää kö" in finnish


def test_the_same_scorecard_gives_the_same_bytes(rubric):
    card = build_scorecard(rubric, ANSWERS)
    assert ics(card, "fi") == ics(card, "fi")


def test_nothing_to_do_gives_an_empty_calendar(rubric):
    data = ics(build_scorecard(rubric, {"care.promise": 4, "care.thanks": 4}), "en")
    assert b"VEVENT" not in data


def test_the_command_writes_a_file(tmp_path, rubric):
    folder = build_engagement(tmp_path / "acme", rubric, ANSWERS)
    target = tmp_path / "plan.ics"
    calendar.main([str(folder), "-o", str(target), "--lang", "fi"], standalone_mode=False)
    assert b"Kirjatkaa lupaus" in target.read_bytes()
