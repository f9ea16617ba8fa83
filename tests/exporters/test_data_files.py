"""JSON and TOML: the whole scorecard, the same bytes every time, read back without loss.

Golden files are written anew with ``CXMATURITY_GOLDEN=write`` (see `golden_files.py`).
"""

import dataclasses
import json
import os
import subprocess
import sys
import tomllib

import pytest

from cxmaturity.exporters import ExportOptions, built_in
from cxmaturity.exporters.json_file import JSON
from cxmaturity.exporters.toml_file import SCHEMA, TOML
from cxmaturity.model.scorecard import EngagementInfo, MeasureCard, Scorecard
from cxmaturity.model.scorecard_data import from_data
from tests.exporters.example import CARD
from tests.exporters.golden_files import assert_golden

OPTIONS = ExportOptions()
HOSTILE = "\x1b]0;x\x07 \x85 \u202ered \u2028 \U000e0041 \\ \" 'ä' \x00 \x7f"


def hostile_card() -> Scorecard:
    return dataclasses.replace(CARD, engagement=EngagementInfo(HOSTILE, labels={HOSTILE: HOSTILE}))


def test_the_built_in_formats():
    assert [(e.name, e.suffix) for e in built_in()] == [
        ("json", ".json"),
        ("toml", ".toml"),
        ("md", ".md"),
    ]
    assert all(exporter.summary for exporter in built_in())


@pytest.mark.parametrize("exporter", [JSON, TOML], ids=lambda e: e.name)
def test_the_file_is_as_it_was(exporter):
    assert_golden(f"card{exporter.suffix}", exporter.write(CARD, OPTIONS))


def test_json_reads_back_as_the_same_scorecard():
    assert from_data(json.loads(JSON.write(CARD, OPTIONS))) == CARD


def test_toml_reads_back_as_the_same_scorecard():
    assert from_data(tomllib.loads(TOML.write(CARD, OPTIONS).decode())) == CARD


def test_toml_names_its_schema_first():
    assert TOML.write(CARD, OPTIONS).decode().splitlines(keepends=True)[0] == SCHEMA


@pytest.mark.parametrize("exporter", [JSON, TOML], ids=lambda e: e.name)
def test_numbers_are_written_without_exponents_or_trailing_zeros(exporter):
    small = MeasureCard("m", {"en": "m"}, 1, value=0.000001, low=-0.5, high=1204.0)
    text = exporter.write(dataclasses.replace(CARD, measures=(small,)), OPTIONS).decode()
    assert "0.000001" in text
    assert "e-" not in text.replace("e-only", "")
    assert "-0.5" in text
    assert ".500000" not in text


def test_json_is_indented_by_two_and_ends_with_one_line_end():
    text = JSON.write(CARD, OPTIONS).decode()
    assert text.startswith('{\n  "format": 1,\n  "engagement": {\n    "organisation": ')
    assert text.endswith("\n}\n")
    assert json.dumps(json.loads(text), indent=2, ensure_ascii=False).count("\n") + 1 == text.count(
        "\n"
    )


def test_empty_lists_and_tables_stay_short():
    text = JSON.write(dataclasses.replace(CARD, findings=(), dimensions={}), OPTIONS).decode()
    assert '"findings": [],' in text
    assert '"dimensions": [],' in text
    assert from_data(json.loads(text)).findings == ()


@pytest.mark.parametrize("exporter", [JSON, TOML], ids=lambda e: e.name)
def test_what_could_act_on_a_terminal_is_escaped_and_not_lost(exporter):
    data = exporter.write(hostile_card(), OPTIONS)
    text = data.decode()
    assert not set(text) & set(HOSTILE) - set(" \\\"'äxred0;[]")
    read = json.loads(text) if exporter is JSON else tomllib.loads(text)
    assert read["engagement"]["organisation"] == HOSTILE
    assert read["engagement"]["labels"] == {HOSTILE: HOSTILE}


def test_half_a_character_can_still_be_written():
    card = dataclasses.replace(CARD, engagement=EngagementInfo("a\ud800b"))
    assert json.loads(JSON.write(card, OPTIONS))["engagement"]["organisation"] == "a\ud800b"
    read = tomllib.loads(TOML.write(card, OPTIONS).decode())
    assert read["engagement"]["organisation"] == "a\ufffdb"


def test_the_language_changes_no_byte_of_a_data_file():
    for exporter in (JSON, TOML):
        assert exporter.write(CARD, ExportOptions("fi")) == exporter.write(CARD, OPTIONS)


def test_exporting_loads_neither_rich_nor_textual_nor_numpy(tmp_path):
    code = (
        "import sys; from cxmaturity.exporters import built_in, ExportOptions\n"
        "from tests.exporters.example import CARD\n"
        "[e.write(CARD, ExportOptions('fi')) for e in built_in()]\n"
        "assert not {'rich', 'textual', 'numpy', 'click'} & set(sys.modules), sys.modules.keys()"
    )
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.returncode == 0, done.stderr
