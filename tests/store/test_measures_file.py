"""Figures on disk: exact, in order, one series at a time, no lost update."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.errors import ConflictError, InputError
from cxmaturity.model.measures import MeasuresFile, Segment, Series, Wave
from cxmaturity.store.canonical import canonical, checksum_holds
from cxmaturity.store.measures import measures_revision, read_measures, save_series
from cxmaturity.store.optional_files import MEASURES
from cxmaturity.store.validation import model_of
from cxmaturity.text.toml import read_toml

from .engagements import dates, ids, micros, new_engagement, texts


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return new_engagement(tmp_path / "acme").path


counts = st.integers(0, 10**6)
optional = st.none() | micros
segments = st.builds(
    Segment, column=texts, value=texts, n=counts, figure=micros, low=optional, high=optional
)
waves = st.builds(
    Wave,
    starts=st.none() | dates,
    ends=dates,
    value=optional,
    n=counts,
    low=optional,
    high=optional,
    deviation=optional,
    scale_ok=st.booleans(),
    found=texts,
    weighted=st.booleans(),
    population=st.none() | counts,
    missing=counts,
    segments=st.lists(segments, max_size=2).map(tuple),
    file=texts,
    sha256=texts,
)
series = st.builds(
    Series,
    title=st.fixed_dictionaries({"en": texts}),
    definition=st.fixed_dictionaries({"en": texts, "fi": texts}),
    unit=texts,
    range=st.none() | st.tuples(micros, micros),
    better=st.sampled_from(["higher", "lower"]),
    plugin=texts,
    waves=st.lists(waves, max_size=2).map(tuple),
)


@given(st.dictionaries(ids, series, max_size=2))
def test_reading_gives_back_what_was_written(measures):
    file = MeasuresFile(measures=measures)
    data = canonical(MEASURES, file)
    document = read_toml(data, "measures.toml")
    again = model_of(MeasuresFile, document.data, document.where)
    assert again == file
    assert canonical(MEASURES, again) == data
    assert checksum_holds(data)


def nps(*waves: Wave) -> Series:
    return Series(title={"en": "NPS"}, definition={"en": "Promoters less detractors"}, waves=waves)


def wave(month: int, value: float) -> Wave:
    return Wave(ends=dt.date(2026, month, 28), value=value, n=10)


def test_series_are_saved_one_by_one_with_the_earliest_wave_first(acme):
    assert read_measures(acme) == MeasuresFile()
    first = save_series(acme, "nps", nps(wave(3, 12.5), wave(1, -7.1)), measures_revision(acme))
    assert first == measures_revision(acme)
    save_series(acme, "ces", nps(wave(2, 4)), first)
    kept = read_measures(acme).measures
    assert list(kept) == ["ces", "nps"]
    assert [each.value for each in kept["nps"].waves] == [-7_100_000, 12_500_000]
    assert b"value = -7.1, " in (acme / "measures.toml").read_bytes()
    save_series(acme, "nps", None, measures_revision(acme))
    assert list(read_measures(acme).measures) == ["ces"]


def test_somebody_elses_figures_are_never_overwritten(acme):
    loaded = measures_revision(acme)
    save_series(acme, "nps", nps(wave(3, 12.5)), loaded)
    with pytest.raises(ConflictError):
        save_series(acme, "ces", nps(wave(3, 1)), loaded)
    assert list(read_measures(acme).measures) == ["nps"]


def test_what_is_wrong_in_the_file_is_said_with_its_line(acme):
    (acme / "measures.toml").write_text('format = 1\n[measures.nps]\ntitle = "NPS"\nvalue = 3\n')
    with pytest.raises(InputError) as caught:
        read_measures(acme)
    assert {problem.where.key for problem in caught.value.problems} == {
        "measures.nps.definition", "measures.nps.value",
    }  # fmt: skip
