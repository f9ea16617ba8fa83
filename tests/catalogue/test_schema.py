"""The schemas accept what the reader accepts and refuse what it refuses; the manual is fresh."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.catalogue.find import bundled_folder
from cxmaturity.catalogue.folder import read_folder
from cxmaturity.catalogue.format_page import format_page
from cxmaturity.catalogue.schema import SCHEMAS, schema_of
from cxmaturity.text.toml import read_toml
from tests.catalogue.small_rubric import FILES, REGISTRY, changed

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float, Decimal),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


def fits(value: Any, schema: Any, root: dict[str, Any]) -> bool:
    """Whether a value fits a schema: the part of JSON Schema that the schemas here use."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema and not fits(value, root["$defs"][schema["$ref"].split("/")[-1]], root):
        return False
    if "anyOf" in schema and not any(fits(value, part, root) for part in schema["anyOf"]):
        return False
    for part in schema.get("allOf", ()):
        chosen = "if" not in part or fits(value, part["if"], root)
        if chosen and not fits(value, part.get("then", part), root):
            return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "type" in schema:
        is_truth = isinstance(value, bool) and schema["type"] != "boolean"
        if is_truth or not isinstance(value, TYPES[schema["type"]]):
            return False
    return _parts_fit(value, schema, root)


def _parts_fit(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if isinstance(value, dict):
        return _table_fits(value, schema, root)
    if isinstance(value, list):
        heads = schema.get("prefixItems", [])
        pairs = [*zip(value, heads, strict=False)]
        pairs += [(item, schema["items"]) for item in value[len(heads) :] if "items" in schema]
        return len(value) >= schema.get("minItems", 0) and all(fits(v, s, root) for v, s in pairs)
    if isinstance(value, str):
        return len(value) >= schema.get("minLength", 0) and bool(
            re.search(schema.get("pattern", ""), value)
        )
    if isinstance(value, int | Decimal):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _table_fits(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    patterns = schema.get("patternProperties", {})
    for key, below in value.items():
        matching = [part for pattern, part in patterns.items() if re.search(pattern, key)]
        matching += [schema["properties"][key]] if key in schema.get("properties", {}) else []
        if not matching:
            matching = [schema.get("additionalProperties", True)]
        if not all(fits(below, part, root) for part in matching):
            return False
    return all(key in value for key in schema.get("required", ()))


def schema_for(name: str) -> dict[str, Any]:
    return schema_of("dimension" if name.startswith("dimensions/") else "rubric", REGISTRY)


def accepted(name: str, text: str) -> bool:
    schema = schema_for(name)
    return fits(read_toml(text.encode(), name).data, schema, schema)


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("cases")])
def test_right_files_fit(name: str):
    assert accepted(name, FILES[name])


def test_the_files_of_the_bundled_rubrics_fit():
    for main in sorted(bundled_folder().glob("*/rubric.toml")):
        for name, data in read_folder(main.parent).files.items():
            assert accepted(name, data.decode()), name


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rubric.toml", 'gate = "loop >= 1"', "gate = 1"),
        ("rubric.toml", "aggregate_over", "aggregat_over"),
        ("rubric.toml", 'id = "small"', 'id = "Small"'),
        ("rubric.toml", "claimed = 2", 'claimed = "2"'),
        ("facts.toml", '"number"', '"numbr"'),
        ("facts.toml", "range = [0, 100]", "options = []"),
        ("facts.toml", "range = [0, 100]", "range = [0]"),
        ("rules.toml", '"risk"', '"danger"'),
        ("rules.toml", "promise = 3", "promise = true"),
        ("actions.toml", '"30_days"', '"31_days"'),
        ("dimensions/loop.toml", "levels = [", "options = ["),
        ("dimensions/loop.toml", "levels = [", "leves = ["),
        ("dimensions/loop.toml", 'id = "one", text', 'id = "one", txt'),
        ("dimensions/promise.toml", "title =", 'combine = "sum"\nnormalise = true\ntitle ='),
        ("dimensions/promise.toml", "title =", "base = 1\ntitle ="),
    ],
)
def test_wrong_files_do_not_fit(name: str, old: str, new: str):
    assert not accepted(name, changed(name, old, new)[name])


def test_a_file_that_extends_needs_no_key():
    assert accepted("rubric.toml", 'extends = "cx_phases"\nremove = ["STARING"]\n')
    assert accepted("rules.toml", "[rules.STARING]\nseverity = 'note'\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_closed_and_refer_only_to_what_they_hold(name: str):
    schema = schema_of(name, REGISTRY)
    refs = set(re.findall(r"'#/\$defs/(\w+)'", str(schema)))
    assert refs == set(schema["$defs"])
    assert "null" not in str(schema)
    assert schema["additionalProperties"] is False


def test_defaults_are_as_written_in_a_file():
    schema = schema_of("rubric", REGISTRY)
    assert schema["properties"]["scale"]["default"] == [0, 4]
    assert schema["$defs"]["Dimension"]["properties"]["weight"]["default"] == 1


def test_engagement_files_fit():
    engagement = {
        "organisation": "Acme",
        "date": dt.date(2026, 3, 31),
        "rubric": {"id": "small", "version": "1.2.0", "sha256": "0" * 64},
        "weights": {"loop": Decimal("1.5")},
    }
    schema = schema_of("engagement", REGISTRY)
    assert fits({**engagement, "date": "2026-03-31"}, schema, schema)
    assert not fits({**engagement, "organization": "x"}, schema, schema)


def test_the_manual_is_fresh():
    written = (bundled_folder() / "FORMAT.md").read_text(encoding="utf-8")
    assert written == format_page(REGISTRY), (
        "write it anew: python -m cxmaturity.catalogue.format_page > rubrics/FORMAT.md"
    )


def test_the_manual_names_every_key_and_links_to_every_table():
    page = format_page(REGISTRY)
    for word in ("`if_not_applicable`", "`by_count`", "`normalise`", "`then_needs`", "`extends"):
        assert word in page
    headings = {line.lstrip("# ").lower() for line in page.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#(\w+)\)", page)) <= headings


def test_the_manual_is_written_by_its_module():
    command = [sys.executable, "-m", "cxmaturity.catalogue.format_page"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == format_page(REGISTRY)
