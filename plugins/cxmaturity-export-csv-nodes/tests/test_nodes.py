"""One row per node, in both languages, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import cxmaturity_export_csv_nodes
import pytest

from cxmaturity.testing import build_rubric, build_scorecard, run_plugin

TITLE = {"en": "Care", "fi": "Huolenpito"}
RUBRIC = {
    "languages": ["en", "fi"],
    "dimensions": {
        "care": {
            "title": TITLE,
            "indicators": {"promise": {"title": {"en": "=1+1", "fi": "@summa"}}, "thanks": {}},
        }
    },
}


@pytest.fixture(scope="module")
def exporter():
    return run_plugin(cxmaturity_export_csv_nodes).record("cxm_exporters", "csv-nodes")


@pytest.fixture(scope="module")
def card():
    answers = {"care.promise": 3, "care.thanks": 2}
    return build_scorecard(build_rubric(RUBRIC), answers, grades={"care.thanks": "documented"})


def rows(exporter, card, language="en"):
    data = exporter.write(card, SimpleNamespace(language=language))
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_the_plugin_loads_alone():
    ran = run_plugin(cxmaturity_export_csv_nodes)
    assert ran.failures == ()
    assert set(ran.names) == {"csv-nodes", "calendar"}


def test_every_node_has_a_row(exporter, card):
    header, overall, care, promise, thanks = rows(exporter, card)
    assert header[:5] == ["kind", "id", "title", "state", "score"]
    assert overall[:2] == ["overall", "overall"]
    assert [care[0], care[1], care[2], care[4]] == ["dimension", "care", "Care", "2.5"]
    assert [promise[0], promise[1], promise[4]] == ["indicator", "care.promise", "3"]
    assert thanks[header.index("grade")] == "documented"


def test_finnish_rows_have_finnish_titles(exporter, card):
    header, _overall, care, *_rest = rows(exporter, card, "fi")
    assert header[:5] == ["laji", "tunnus", "nimi", "tila", "pisteet"]
    assert care[2] == "Huolenpito"
    assert len(header) == len(set(header)) == len(care)


@pytest.mark.parametrize(("language", "cell"), [("en", "'=1+1"), ("fi", "'@summa")])
def test_no_cell_is_a_formula(exporter, card, language, cell):
    assert rows(exporter, card, language)[3][2] == cell


@pytest.mark.parametrize(
    "text", ["=1", " =1", "+1", "-1", "@x", "|x", "%x", "\t=1", "＝1", "\u200b=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    from cxmaturity_export_csv_nodes.nodes import guarded

    assert guarded(text) == f"'{text}"
    assert guarded(f"a{text}") == f"a{text}"


def test_an_unanswered_rubric_has_empty_cells(exporter):
    empty = build_scorecard(build_rubric(RUBRIC))
    _header, overall, *_rest = rows(exporter, empty)
    assert overall[4] == ""


def test_the_same_scorecard_gives_the_same_bytes(exporter, card):
    options = SimpleNamespace(language="en")
    assert exporter.write(card, options) == exporter.write(card, options)
    assert exporter.write(card, options).endswith(b"\r\n")
