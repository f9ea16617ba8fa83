"""Measures from rows: codes that are no answers, weights, waves, segments that are large enough."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.errors import InputError, UsageError
from cxmaturity.intake.laying_out import lay_out_file
from cxmaturity.intake.mapping import read_mapping
from cxmaturity.intake.measured import large_enough
from cxmaturity.intake.periods import day_of, read_period
from cxmaturity.intake.pipeline import Wanted, prepare, read
from cxmaturity.measures.number import number_measure
from tests.intake.asking import WANTED, imported

MAY = "starts = 2017-05-01\nends = 2017-05-31\n"


def file(folder: Path, header: str, rows: list[str]) -> Path:
    path = folder / "survey.csv"
    path.write_text("\n".join([header, *rows, ""]), "utf-8")
    return path


def codes(path: Path, mapping: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        imported(path, mapping)
    return [problem.code for problem in caught.value.problems]


def test_a_wave_with_missing_codes_and_weights(tmp_path):
    rows = ["10,1", "9,1.5", "0,0.5", "7,1", "11,1", ",2"]
    mapping = f"""
        [missing]
        score = ["11"]
        [measures.nps]
        columns = {{ score = "score" }}
        weight = "w"
        {MAY}"""
    found = imported(file(tmp_path, "score,w", rows), mapping)
    (wave,) = found.series["nps"].waves
    assert (wave.starts, wave.ends) == (dt.date(2017, 5, 1), dt.date(2017, 5, 31))
    assert (wave.value, wave.n, wave.missing, wave.weighted) == (50_000_000, 4, 2, True)
    assert [(s.text, s.count) for s in found.report.special] == [("11", 1)]
    assert found.people is None


def test_waves_by_a_column_of_dates(tmp_path):
    rows = ["10,2017-05-01", "9,31.5.2017 klo 12.00", "0,2017-06-02T10:00", "0,"]
    mapping = '[measures.nps]\ncolumns = { score = "s" }\n[period]\ncolumn = "d"'
    found = imported(file(tmp_path, "s,d", rows), mapping)
    waves = {wave.starts: wave for wave in found.series["nps"].waves}
    assert {day: wave.value for day, wave in waves.items()} == {
        dt.date(2017, 5, 1): 100_000_000,
        dt.date(2017, 6, 1): -100_000_000,
    }
    assert waves[dt.date(2017, 6, 1)].ends == dt.date(2017, 6, 30)
    assert [note.code for note in found.report.assumed if note.code == "undated"] == ["undated"]


def test_a_date_that_could_be_two_days_is_refused(tmp_path):
    path = file(tmp_path, "s,d", ["10,5/1/2017"])
    mapping = '[measures.nps]\ncolumns = { score = "s" }\n[period]\ncolumn = "d"'
    assert codes(path, mapping) == ["bad_cell"]
    found = imported(path, mapping + '\ndates = "d/m/y"\nevery = "quarter"')
    assert found.series["nps"].waves[0].starts == dt.date(2017, 1, 1)


def test_segments_are_computed_alike_and_small_ones_left_out(tmp_path):
    rows = ["10,A"] * 8 + ["0,B"] * 6 + ["10,C"] * 3 + ["9,"] * 4
    mapping = f'[measures.nps]\ncolumns = {{ score = "s" }}\nsegments = ["area"]\n{MAY}'
    found = imported(file(tmp_path, "s,area", rows), mapping)
    (wave,) = found.series["nps"].waves
    assert [(s.value, s.n, s.figure) for s in wave.segments] == [
        ("A", 8, 100_000_000),
        ("B", 6, -100_000_000),
    ]
    (note,) = [note for note in found.report.assumed if note.code == "small_segments"]
    assert note.values["count"] == 1


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 30), max_size=8), st.integers(0, 9))
def test_no_difference_to_the_total_is_small(counts, unplaced):
    total = sum(counts.values()) + unplaced
    shown = large_enough(counts, total, 5)
    rest = total - sum(shown.values())
    assert all(n >= 5 for n in shown.values())
    assert not shown or rest == 0 or rest >= 5


def test_another_scale_has_no_value(shared, tmp_path):
    mapping = f'[measures.nps]\ncolumns = {{ score = "CUSL3" }}\n{MAY}'
    found = imported(shared / "data/ecsi_mobi.csv", mapping)
    (wave,) = found.series["nps"].waves
    assert (wave.value, wave.scale_ok, wave.n) == (None, False, 250)
    assert wave.found


def test_a_scale_is_judged_once_of_all_answers_or_declared(tmp_path):
    rows = ["5,A"] * 12 + ["10,B"] * 6
    mapping = f'[measures.nps]\ncolumns = {{ score = "s" }}\nsegments = ["area"]\n{MAY}'
    (wave,) = imported(file(tmp_path, "s,area", rows), mapping).series["nps"].waves
    assert [(s.value, s.figure) for s in wave.segments] == [("A", -100_000_000), ("B", 100_000_000)]
    short = file(tmp_path, "s,area", ["1,A"] * 12)
    (wave,) = imported(short, mapping).series["nps"].waves
    assert (wave.value, wave.scale_ok, wave.segments) == (None, False, ())
    (wave,) = imported(short, mapping + "scale = [0, 10]").series["nps"].waves
    assert (wave.value, wave.scale_ok) == (-100_000_000, True)
    (wave,) = imported(short, mapping + "scale = [1, 10]").series["nps"].waves
    assert (wave.value, wave.found) == (None, "1–10")


def test_a_population_narrows_the_interval(tmp_path):
    rows = ["10"] * 30 + ["0"] * 20
    mapping = f'[measures.nps]\ncolumns = {{ score = "s" }}\n{MAY}'
    path = file(tmp_path, "s", rows)
    (wide,) = imported(path, mapping).series["nps"].waves
    (narrow,) = imported(path, mapping + "population = 60").series["nps"].waves
    (certain,) = imported(path, mapping + "population = 50").series["nps"].waves
    ends = [wide.low, narrow.low, narrow.value, narrow.high, wide.high]
    assert ends == sorted(ends, key=lambda end: end or 0)
    assert len(set(ends)) == 5
    assert certain.low == certain.value == certain.high


def test_a_figure_of_ones_own(tmp_path):
    mapping = f"""
        decimal = ","
        [measures.queue]
        columns = {{ value = "min" }}
        title = {{ en = "Minutes in the queue", fi = "Minuutteja jonossa" }}
        unit = "min"
        better = "lower"
        {MAY}"""
    made = number_measure("queue", title={"en": "x"}, definition={"en": "x"})
    path = file(tmp_path, "min;x", ["1,5;", "2,5;"])
    said = read_mapping(mapping.encode(), "map.toml")
    wanted = Wanted(WANTED, {"queue": made}, 5)
    found = read(prepare(lay_out_file(path, said), said, wanted))
    assert found.series["queue"].waves[0].value == 2_000_000


@pytest.mark.parametrize(
    ("rows", "more", "code"),
    [
        (["x,1"], "", "bad_cell"),
        (["9,-1"], 'weight = "w"', "bad_cell"),
        (["9,"], 'weight = "w"', "bad_cell"),
        ([",1"], "", "no_data"),
        (["9,1", "9,1"], "population = 1", "small_population"),
        ([f"9,{n}" for n in range(300)], 'segments = ["w"]', "too_many_segments"),
    ],
)
def test_what_is_wrong_with_measured_data(tmp_path, rows, more, code):
    mapping = f'[measures.nps]\ncolumns = {{ score = "s" }}\n{more}\n{MAY}'
    assert code in codes(file(tmp_path, "s,w", rows), mapping)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-Q2", "2017-04-01", "2017-06-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-05-02", "2017-05-02", "2017-05-02"),
        ("2017-05-02..2017-06-01", "2017-05-02", "2017-06-01"),
    ],
)
def test_a_period(text, first, last):
    assert read_period(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "May", "2017-13", "2017-Q5", "2017-06-01..2017-05-01", "..", "0000"]
)
def test_what_is_no_period(text):
    with pytest.raises(UsageError):
        read_period(text)


@pytest.mark.parametrize(
    ("text", "order"), [("31/2/2017", "d/m/y"), ("1/2/2017", None), ("x", "m/d/y")]
)
def test_what_is_no_day(text, order):
    with pytest.raises(ValueError):
        day_of(text, order)


def test_the_published_figures_of_an_airport(shared):
    path = shared / "data/sfo_customer_survey_2017.csv"
    mapping = f"""
        [measures.nps]
        columns = {{ score = "NETPRO" }}
        missing = ["11"]
        segments = ["BAREA"]
        {MAY}"""
    (wave,) = imported(path, mapping).series["nps"].waves
    assert (wave.n, wave.missing) == (2746, 85)
    assert wave.value == pytest.approx(39_839_767, abs=1)
    figures = {s.value: (s.n, s.figure) for s in wave.segments}
    assert figures == {
        "A": (724, 39_917_127), "B": (166, 43_373_494), "C": (226, 46_902_655),
        "D": (386, 43_523_316), "E": (175, 46_857_143), "F": (444, 38_513_514),
        "G": (625, 32_960_000),
    }  # fmt: skip
    (weighted,) = imported(path, f'{mapping}\nweight = "WEIGHT"').series["nps"].waves
    assert weighted.value == pytest.approx(40_398_400, abs=50)
    (kept,) = imported(path, mapping.replace('missing = ["11"]', "")).series["nps"].waves
    assert (kept.value, kept.scale_ok) == (None, False)
