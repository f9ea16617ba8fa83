"""What is remembered of rubric files is exactly what parsing them gives."""

from decimal import Decimal
from pathlib import Path

import pytest

from cxmaturity.catalogue.find import bundled_folder
from cxmaturity.catalogue.folder import parse_files
from cxmaturity.errors import RubricError
from cxmaturity.store.places import cache_folder
from cxmaturity.workbench import parsed
from cxmaturity.workbench.parsed import MOST_KEPT, VARIABLE, parse_remembering


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(parsed, "cache_folder", lambda: tmp_path / "cache" / "cxmaturity")
    return tmp_path / "cache" / "cxmaturity"


def rubric_files(name: str) -> tuple[Path, dict[str, bytes]]:
    folder = bundled_folder() / name
    return folder, {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.toml"))
        if path.parent.name in (name, "dimensions")
    }


@pytest.mark.parametrize("name", ["starter", "cx_phases"])
def test_what_is_recalled_is_what_was_parsed(memory, name):
    folder, raw = rubric_files(name)
    fresh = parse_files(raw, folder)
    assert parse_remembering(raw, folder) == fresh
    assert len(list(memory.iterdir())) == 1
    recalled = parse_remembering(raw, folder)
    assert recalled == fresh
    assert repr(recalled) == repr(fresh), "types, order and fractions too"
    some = next(iter(raw))
    assert recalled[some].where(("format",)) == fresh[some].where(("format",))


@pytest.mark.parametrize(
    "text", [b"x = 0.1234567890123456789", b"x = 2026-03-31", b"x = [1, { y = 12:00:00 }]"]
)
def test_what_json_cannot_hold_exactly_is_parsed_again(memory, tmp_path, text):
    raw = {"rubric.toml": text}
    assert parse_remembering(raw, tmp_path) == parse_files(raw, tmp_path)
    assert not memory.exists() or not list(memory.iterdir())
    assert parse_remembering(raw, tmp_path) == parse_files(raw, tmp_path)


def test_fractions_stay_exact(tmp_path):
    raw = {"rubric.toml": b"\xef\xbb\xbfx = [0.1, 1.0, -2.50, 0.000001]\r\ny = 1\r\n"}
    parse_remembering(raw, tmp_path)
    document = parse_remembering(raw, tmp_path)["rubric.toml"]
    assert document.data["x"] == [Decimal(n) for n in ("0.1", "1", "-2.5", "0.000001")]
    assert document.line_of(("y",)) == 2


def test_faults_are_said_every_time(memory, tmp_path):
    raw = {"rubric.toml": b"x = ", "rules.toml": b"["}
    for _attempt in range(2):
        with pytest.raises(RubricError) as caught:
            parse_remembering(raw, tmp_path)
        assert len(caught.value.problems) == 2
    assert not memory.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"{}", b"\xff" * 99])
def test_a_damaged_memory_is_replaced(memory, tmp_path, damage):
    raw = {"rubric.toml": b"x = 1"}
    parse_remembering(raw, tmp_path)
    (kept,) = memory.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert parse_remembering(raw, tmp_path)["rubric.toml"].data == {"x": 1}
    assert kept.read_bytes() == whole


def test_it_does_not_grow_for_ever(memory, tmp_path):
    for number in range(MOST_KEPT + 5):
        parse_remembering({"rubric.toml": f"x = {number}".encode()}, tmp_path)
    assert len(list(memory.iterdir())) <= MOST_KEPT


def test_without_a_place_to_remember_it_only_parses(memory, tmp_path):
    memory.parent.write_bytes(b"a file where the folder should be")
    raw = {"rubric.toml": b"x = 1"}
    assert parse_remembering(raw, tmp_path) == parse_files(raw, tmp_path)


def test_off_is_off(memory, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "off")
    parse_remembering({"rubric.toml": b"x = 1"}, tmp_path)
    assert not memory.exists()


def test_the_cache_lies_in_the_user_s_own_folder():
    assert cache_folder().name == "cxmaturity"
