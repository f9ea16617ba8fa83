"""TOML from others is read exactly, within limits, and every refusal says where."""

from __future__ import annotations

import json
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.errors import InputError, Problem
from cxmaturity.text import limits
from cxmaturity.text.toml import TomlDocument, read_toml

CORPORA = Path(__file__).parents[2].parent / "shared" / "data" / "corpora"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora are not here")


def refusals(source: str | bytes) -> list[Problem]:
    data = source.encode() if isinstance(source, str) else source
    with pytest.raises(InputError) as caught:
        read_toml(data, "x.toml")
    return list(caught.value.problems)


def attempt(data: bytes) -> TomlDocument | InputError:
    try:
        return read_toml(data, "x.toml")
    except InputError as error:
        return error


def refusal(source: str | bytes) -> Problem:
    problems = refusals(source)
    assert len(problems) == 1
    return problems[0]


def placed(problem: Problem) -> tuple[str, int | None, int | None]:
    return problem.code, problem.where.line, problem.where.column


def test_numbers_arrive_exact():
    document = read_toml(b"a = 0.1\nb = 4\nc = -0.0\nd = true\n", "x.toml")
    assert document.data == {"a": Decimal("0.1"), "b": 4, "c": Decimal(0), "d": True}
    assert not document.data["c"].is_signed()


def test_a_byte_order_mark_and_windows_line_ends_are_accepted():
    document = read_toml("\ufeffa = 'ä'\r\nb = 2\r\n".encode(), "x.toml")
    assert document.data == {"a": "ä", "b": 2}
    assert document.line_of(["b"]) == 2


def test_other_encodings_are_refused_with_the_place():
    problem = refusal("a = 1\nb = 'ä'\n".encode("cp1252"))
    assert placed(problem) == ("not_utf8", 2, 6)
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = " + "[" * 17 + "]" * 17, ("nested_too_deep", 1, 21)),
        ("a = 1\nb = " + "[{x=" * 9 + "1" + "}]" * 9, ("nested_too_deep", 2, 37)),
        (".".join("a" * 9) + " = 1", ("key_too_deep", 1, 16)),
        ("[a]\n[" + " . ".join(["'b.c'"] * 9) + "]", ("key_too_deep", 2, 64)),
        ("a = { " + ".".join("a" * 9) + " = 1 }", ("key_too_deep", 1, 22)),
        ("[[q]]\n" * 5_001, ("too_many_tables", 5_001, 1)),
        (
            "a = [\n" + "{},\n" * 60 * 5 + ("{}," * 700 + "\n") * 80 + "]",
            ("too_many_tables", 330, 301),
        ),
        ("a = [\n" + ("1," * 5_000 + "\n") * 41 + "]", ("too_many_values", 41, 10_000)),
        ("a = 1\n" * 20_001, ("too_many_lines", 20_001, 1)),
        ("#" + "x" * 20_000, ("line_too_long", 1, 20_001)),
        ("a = 1\nb = '" + "x" * 10_001 + "'", ("string_too_long", 2, 5)),
        ('b = """\n' + "x\n" * 6_000 + '"""', ("string_too_long", 1, 5)),
        ("a = " + "9" * 101, ("word_too_long", 1, 5)),
        ("a = 0." + "1" * 101, ("word_too_long", 1, 7)),
        ("k" * 101 + " = 1", ("word_too_long", 1, 1)),
    ],
)
def test_what_is_too_large_is_refused_where_it_is(source: str, expected: tuple[str, int, int]):
    problem = refusal(source)
    assert placed(problem) == expected
    assert problem.hint
    assert "{" not in str(problem)


def test_a_file_too_large_is_refused_before_anything_else():
    assert refusal(b"\xff" * (limits.TOML_BYTES + 1)).code == "file_too_large"


def test_all_excesses_are_reported_at_once_in_file_order():
    source = f"{'.'.join('a' * 9)} = 1\nb = {'[' * 17}{']' * 17}\nc = '{'x' * 10_001}'\n"
    codes = [problem.code for problem in refusals(source)]
    assert codes == ["key_too_deep", "nested_too_deep", "string_too_long"]


@pytest.mark.parametrize(
    "source",
    [
        "a = " + "[" * 16 + "]" * 16,
        ".".join("abcdefgh") + " = 1",
        "a = '" + "x" * 9_998 + "'",
        "a = '" + "[{" * 50 + "' # " + "." * 50 + "[" * 50,
        'a = """' + "x.\n" * 50 + '[[[[[[[[[[[[[[[[[[[[""""',
        "a = '''" + "'' " * 20 + "[[[[[[[[[[[[[[[[[[[['''''",
        'a = "\\"[[[[[[[[[[[[[[[[[[[[["',
        "a = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5]",
        "x = [\n" + "[1.0, 2.0],\n" * 5_100 + "]\n",
    ],
)
def test_what_is_just_within_the_limits_parses(source: str):
    assert read_toml(source.encode(), "x.toml").data == tomllib.loads(source, parse_float=Decimal)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("nan", "number_not_finite"),
        ("-inf", "number_not_finite"),
        ("1e99999999999999999999", "number_not_finite"),
        ("1e400", "number_out_of_range"),
        ("-1000000001", "number_out_of_range"),
        ("1_000_000_000.5", "number_out_of_range"),
        ("0xFFFFFFFF", "number_out_of_range"),
        ("9" * 100, "number_out_of_range"),
        ("1e-400", "number_too_fine"),
        ("1e-99999999", "number_too_fine"),
    ],
)
def test_numbers_beyond_the_limits_are_refused_where_they_are(value: str, code: str):
    problem = refusal(f"[t]\nok = 1_000_000_000\n[[t.list]]\nx = [1, {value}]\n")
    assert placed(problem) == (code, 4, 9)
    assert problem.where.key == "t.list[0].x[1]"


def test_every_bad_number_is_reported():
    assert [problem.where.line for problem in refusals("a = nan\nb = 1\nc = 1e10\n")] == [1, 3]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 1\na = 2\n", ("duplicate_key", 2, 6)),
        ("[a]\n[a]\n", ("duplicate_key", 2, 3)),
        ("a = {b = 1, b = 2}", ("duplicate_key", 1, 18)),
        ("a = {}\na.b = 1", ("duplicate_key", 2, 8)),
        ("a = yes", ("toml_syntax", 1, 5)),
        ("a = 'b", ("toml_syntax", 1, 7)),
        ("a = [1, 2\n", ("toml_syntax", 2, 1)),
        ("a = {b = 1,}", ("toml_syntax", 1, 12)),
        ("a 1", ("toml_syntax", 1, 3)),
        ("a = 1 b = 2", ("toml_syntax", 1, 7)),
        ("[a", ("toml_syntax", 1, 3)),
        ("a = 2026-02-30", ("toml_syntax", 1, 5)),
        ('a = "\\q"', ("toml_syntax", 1, 8)),
        ("ä = 1", ("toml_syntax", 1, 1)),
    ],
)
def test_syntax_errors_say_where_and_what_to_do(source: str, expected: tuple[str, int, int]):
    problem = refusal(source)
    assert placed(problem) == expected
    assert problem.hint
    assert "said" not in problem.what


def test_unterminated_text_is_looked_at_once_only():
    hostile = '\\"""\n' * 19_000 + "\\'''\n" * 900
    started = time.perf_counter()
    assert refusals(hostile)
    assert time.perf_counter() - started < 1


def test_one_dotted_key_of_ten_thousand_parts_is_refused_at_once():
    started = time.perf_counter()
    problem = refusal(".".join("a" * 9_990) + " = 1")
    assert time.perf_counter() - started < 0.5
    assert placed(problem) == ("key_too_deep", 1, 16)


PLACES = """\
# comment = 1
title = "a"
dotted . key = 1

[table]
array = [1, [2,
  3], { en = "x", 'f i' = 2 }]   # , ]
text = \"\"\"
[not.a.table]
x = 1 \"\"\"
after = 2026-03-31 07:00:00

[[list]]
x = 1
[list.sub]
y = 2
[[list]]
x = { a.b = 1, c = [ {}, {d = 4}] }
[[list.deep]]
"quo\\u00e4ted" = 1.5
[implicit.child]
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (["title"], (2, 1)),
        (["dotted"], (3, 1)),
        (["dotted", "key"], (3, 10)),
        (["table"], (5, 1)),
        (["table", "array", 0], (6, 10)),
        (["table", "array", 1, 1], (7, 3)),
        (["table", "array", 2, "f i"], (7, 19)),
        (["table", "text"], (8, 1)),
        (["table", "after"], (11, 1)),
        (["list"], (13, 1)),
        (["list", 0, "sub", "y"], (16, 1)),
        (["list", 1], (17, 1)),
        (["list", 1, "x", "a", "b"], (18, 9)),
        (["list", 1, "x", "c", 1, "d"], (18, 27)),
        (["list", 1, "deep", 0, "quoäted"], (20, 1)),
        (["implicit"], (21, 1)),
        (["table", "array", 2, "missing", 7], (7, 7)),
        (["nowhere"], (1, 1)),
    ],
)
def test_every_key_and_element_has_its_place(path: list[str | int], place: tuple[int, int]):
    document = read_toml(PLACES.encode(), "x.toml")
    assert document.places.nearest(tuple(path)) == place
    assert document.line_of(path) == place[0]


def test_a_place_names_the_file_and_the_path():
    document = read_toml(PLACES.encode(), "x.toml")
    where = document.where(["list", 1, "deep", 0, "quoäted"])
    assert str(where) == 'x.toml:20:1 list[1].deep[0]."quoäted"'
    assert document.where(["title"], key="other").key == "other"


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    below: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    found = [path] if path else []
    for key, part in below:
        found += paths_of(part, (*path, key))
    return found


def assert_has_all_places(document: TomlDocument):
    written = set(paths_of(document.data))
    assert written == set(document.places.known)


def corpus(kind: str) -> list[str]:
    if not CORPORA.is_dir():
        return []
    names = (CORPORA / "toml-test" / "files-toml-1.0.0").read_text().split()
    return [
        name
        for name in names
        if name.startswith(kind)
        and name.endswith(".toml")
        and (CORPORA / "toml-test" / name).is_file()
    ]


@needs_corpora
@pytest.mark.parametrize("name", corpus("valid/"))
def test_valid_files_parse_as_they_should_or_meet_a_limit(name: str):
    data = (CORPORA / "toml-test" / name).read_bytes()
    outcome = attempt(data)
    if isinstance(outcome, InputError):
        limited = {"number_not_finite", "number_out_of_range", "number_too_fine"}
        assert {problem.code for problem in outcome.problems} <= limited
    else:
        assert outcome.data == tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
        assert_has_all_places(outcome)


@needs_corpora
@pytest.mark.parametrize("name", corpus("invalid/"))
def test_invalid_files_are_refused_with_a_place(name: str):
    problem = refusal((CORPORA / "toml-test" / name).read_bytes())
    assert problem.where.line is not None
    assert problem.where.column is not None
    assert "{said}" not in problem.what, f"no words of our own for {problem.values['said']!r}"


def bombs() -> list[dict[str, Any]]:
    if not CORPORA.is_dir():
        return []
    lines = (CORPORA / "toml-bombs" / "recipes.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@needs_corpora
@pytest.mark.parametrize("recipe", bombs(), ids=lambda recipe: str(recipe["name"]))
def test_bombs_are_refused_within_a_second(recipe: dict[str, Any]):
    units = [recipe["unit"]] * recipe["count"]
    if recipe["name"] == "many-keys":
        units = [f"k{i} = {i}\n" for i in range(recipe["count"])]
    bomb = recipe["prefix"] + recipe["separator"].join(units) + recipe["suffix"]
    started = time.perf_counter()
    assert refusals(bomb)
    assert time.perf_counter() - started < 1


MARKS = st.text(alphabet="ab1 .=,[]{}\"'\\#\n\tä-_:", max_size=80)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(MARKS)
def test_any_text_gives_data_or_an_input_error(source: str):
    outcome = attempt(source.encode())
    if isinstance(outcome, InputError):
        assert outcome.problems
        assert all(problem.where.file == "x.toml" for problem in outcome.problems)
    else:
        assert outcome.data == tomllib.loads(source, parse_float=Decimal)
        assert_has_all_places(outcome)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_any_bytes_give_data_or_an_input_error(data: bytes):
    outcome = attempt(data)
    assert outcome.problems if isinstance(outcome, InputError) else isinstance(outcome.data, dict)


def test_every_limit_has_a_reason():
    every = limits.all_limits()
    assert {"TOML_BYTES", "TOML_NESTING", "NUMBER_SIZE"} <= set(every)
    assert all(limit.reason and limit > 0 for limit in every.values())
