"""Real surveys: San Francisco airport 2017, and the Mobi items that must not be called NPS."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from cxmaturity.measures.estimates import net_share
from cxmaturity.measures.ratings import at_least, at_most
from cxmaturity.measures.tally import tally
from cxmaturity.model.exact import MILLION
from tests.measures.asking import ask_scores, figures

MOST_ONES_WITHOUT_ZERO = 4

Row = dict[str, str]


def rows_of(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def airport(shared: Path) -> list[Row]:
    return rows_of(shared / "data/sfo_customer_survey_2017.csv")


@pytest.fixture(scope="module")
def mobi(shared: Path) -> list[Row]:
    return rows_of(shared / "data/ecsi_mobi.csv")


def scores(rows: Iterable[Row], column: str, *missing: str) -> list[float | None]:
    return [None if row[column] in ("", *missing) else float(row[column]) for row in rows]


def test_the_airport_is_recommended(airport):
    found = ask_scores("nps", scores(airport, "NETPRO", "11"))
    assert found.n == 2746
    assert figures(found)[0] == pytest.approx(39.8398, abs=5e-5)
    margin = 1.959963985 * (found.deviation or 0) / 1e6 / found.n**0.5
    assert margin == pytest.approx(2.6149, abs=5e-5)


def test_a_code_for_blank_that_nobody_mapped_is_noticed(airport):
    found = ask_scores("nps", scores(airport, "NETPRO"))
    assert (found.value, found.scale_ok, found.found, found.n) == (None, False, "0–11", 2830)


def test_the_airport_by_weight(airport):
    weights = [int(Decimal(row["WEIGHT"] or "0").scaleb(10)) for row in airport]
    found = ask_scores("nps", scores(airport, "NETPRO", "11"), weights)
    assert figures(found)[0] == pytest.approx(40.3984, abs=5e-5)
    assert found.n == 2746


@pytest.mark.parametrize(
    ("area", "value", "n"),
    [
        ("A", 39.9171, 724),
        ("B", 43.3735, 166),
        ("C", 46.9027, 226),
        ("D", 43.5233, 386),
        ("E", 46.8571, 175),
        ("F", 38.5135, 444),
        ("G", 32.9600, 625),
    ],
)
def test_the_airport_by_boarding_area(airport, area, value, n):
    # Nobody at C gave a 0 or a 1, which does not make it another scale.
    here = [row for row in airport if row["BAREA"] == area]
    found = ask_scores("nps", scores(here, "NETPRO", "11"))
    assert found.n == n
    assert figures(found)[0] == pytest.approx(value, abs=5e-5)


def test_satisfaction_at_the_airport(airport):
    answers = scores(airport, "Q7ALL", "Blank", "0", "6")
    satisfied, mean = ask_scores("csat", answers), ask_scores("csat_mean", answers)
    assert satisfied.n == 2688
    assert figures(satisfied)[0] == pytest.approx(82.0685, abs=5e-5)
    assert figures(mean)[0] == pytest.approx(4.064360, abs=5e-7)


def test_a_recommendation_on_1_to_10_is_not_nps(mobi):
    found = ask_scores("nps", scores(mobi, "CUSL3"))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert (found.scale_ok, found.found, found.n) == (False, "1–10", 250)


def test_the_figure_that_is_refused_would_be_14(mobi):
    answers = [int(row["CUSL3"]) * MILLION for row in mobi]
    naive = net_share(tally(answers, None), at_least(9), at_most(6))
    assert naive.value == 14


def test_most_items_on_1_to_10_give_themselves_away(mobi):
    items = [column for column in mobi[0] if column[:2] in {"CU", "IM", "PE"}]
    refused = {item for item in items if not ask_scores("nps", scores(mobi, item)).scale_ok}
    ones = {item: sum(row[item] == "1" for row in mobi) for item in items}
    assert refused == {item for item in items if ones[item] > MOST_ONES_WITHOUT_ZERO}
    assert {"CUSL1", "CUSL2", "CUSL3", "CUSCO"} <= refused
