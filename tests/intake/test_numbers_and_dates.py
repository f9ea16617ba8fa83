"""Numbers and dates of files: one meaning, or refused."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.intake.dates import read_date
from cxmaturity.intake.numbers import read_figure, read_number


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("4", None, "4"),
        ("-1.5", None, "-1.5"),
        ("+4", None, "4"),
        (" 4 ", None, "4"),
        ("\N{MINUS SIGN}1", None, "-1"),
        ("1 234", None, "1234"),
        ("1,234.56", None, "1234.56"),
        ("1,234,567", None, "1234567"),
        ("1,234", ".", "1234"),
        ("0004", None, "4"),
        ("4,5", ",", "4.5"),
        ("1,234", ",", "1.234"),
        ("1 234,56", ",", "1234.56"),
        ("1\N{NO-BREAK SPACE}234,56", ",", "1234.56"),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", ",", "1234567"),
        ("1\N{THIN SPACE}234", ",", "1234"),
        ("1.234,56", ",", "1234.56"),
        ("1.234.567", ",", "1234567"),
        ("75 %", None, "75"),
        ("75%", ",", "75"),
        ("-2,5\N{NO-BREAK SPACE}%", ",", "-2.5"),
        ("1000000000", None, "1000000000"),
        ("4.9999999999999999", None, "4.9999999999999999"),
    ],
)
def test_numbers_are_read_exactly(text, decimal, number):
    assert read_number(text, decimal) == Decimal(number)


def test_a_percent_sign_is_noted_and_changes_no_value():
    assert read_figure("75 %").percent
    assert not read_figure("75").percent


@pytest.mark.parametrize("text", ["1,234", "4,5", "0,5", "1 234,5", "1.234,56", "-1,5 %"])
def test_a_comma_is_a_decimal_mark_only_if_declared(text):
    with pytest.raises(ValueError, match="--decimal"):
        read_number(text)


def test_a_lone_point_under_a_declared_comma_is_refused():
    with pytest.raises(ValueError, match="--decimal"):
        read_number("1.234", ",")
    with pytest.raises(ValueError, match="decimal point"):
        read_number("4.5", ",")


@pytest.mark.parametrize("decimal", [None, ".", ","])
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "%", "nan", "NaN", "inf", "-inf", "1e3", "0x10", "1_000", "\u0664", "\uff14",
        "4/5", "Ei vastausta", "n/a", "#N/A", "TRUE", "12.3.2024", "2024-03-12", "1e400", "--1",
        "1-", "1 2", "12 34", "1 2345", "1,23,456", "1 234\N{THIN SPACE}567", "4%%", "½", ".", ",",
        "9" * 400, "1000000001", "0." + "1" * 31, "1\x00",
    ],
)  # fmt: skip
def test_what_is_no_number_to_everybody_is_refused(text, decimal):
    with pytest.raises(ValueError):
        read_number(text, decimal)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(",."))
def test_what_is_written_reads_back(number, digits, mark):
    exact = Decimal(number).scaleb(-digits)
    assert read_number(f"{exact:f}".replace(".", mark), mark) == exact


@given(st.text(max_size=20), st.sampled_from([None, ",", "."]))
def test_any_text_is_a_finite_number_or_refused(text, decimal):
    try:
        number = read_number(text, decimal)
    except ValueError as error:
        number, said = Decimal(0), str(error)
        assert said
    assert number.is_finite()
    assert abs(number) < 10**9 + 1


def test_cells_of_the_corpus(shared):
    lines = (shared / "data" / "corpora" / "numbers" / "cells.jsonl").read_text().splitlines()
    read: dict[str, dict[str, str]] = {}
    for payload in (json.loads(line)["payload"] for line in lines):
        for decimal in (".", ","):
            try:
                read.setdefault(payload, {})[decimal] = str(read_number(payload, decimal))
            except ValueError:
                continue
    assert {payload: values.get(",") for payload, values in read.items() if "," in values} == {
        "4": "4.0", "4,0": "4.0", "4,5": "4.5", "1.234,56": "1234.56", "1 234,56": "1234.56",
        "1\xa0234,56": "1234.56", "-1": "-1.0", "\u22121": "-1.0", "+4": "4.0", "4 ": "4.0",
        "4%": "4.0", "45363": "45363.0",
    }  # fmt: skip
    assert {payload for payload, values in read.items() if "." in values} == {
        "4", "4.0", "1,234.56", "-1", "\u22121", "+4", "4 ", "4%", "45363", "0.1",
        "5.0000000000000001", "4.9999999999999999",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2017-05-01", " 2017-05-01 ", "1.5.2017", "01.05.2017", "2017-05-01T10:11:12",
        "2017-05-01 10:11", "2017-05-01T10:11:12.123Z", "2017-05-01T10:11:12+03:00",
        "2017-05-01 10:11:12 UTC", "1.5.2017 14.30", "1.5.2017 klo 14.30", "1.5.2017 14:30:59",
    ],
)  # fmt: skip
def test_iso_and_finnish_dates_are_read(text):
    assert read_date(text) == dt.date(2017, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "5/1/2017", "1/5/2017", "1.5.17", "2017-5-1", "20170501", "1 May 2017", "45363", "2017",
        "31.2.2020", "2020-02-30", "0.1.2020", "1.13.2020", "0000-01-01", "2017-05-01x",
    ],
)  # fmt: skip
def test_other_dates_are_refused(text):
    with pytest.raises(ValueError, match=r"date|calendar"):
        read_date(text)


@given(st.dates())
def test_every_day_reads_back_in_both_forms(day):
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}.{day.month}.{day.year:04d}") == day
