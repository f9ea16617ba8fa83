"""Imports as files: what is written is read back to the last answer; damage is named by line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from cxmaturity.errors import InputError, Problem
from cxmaturity.model.people import ERASED, People
from cxmaturity.store.canonical import checksum_holds
from cxmaturity.store.cells import CellTexts, CellValues, cell_key
from cxmaturity.store.people_csv import closed, in_order, people_content, rows_of
from cxmaturity.store.people_reading import read_people_table

from .crowds import answers, crowd, crowds

HEAD = {"rubric": "tiny", "version": "1.0.0"}


def written(people: People) -> bytes:
    return closed(people_content(people, HEAD))


def problems(data: bytes) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_people_table(data, "import.csv")
    return list(caught.value.problems)


def changed(old: str, new: str, people: People | None = None) -> bytes:
    text = written(people or crowd("a", "b")).decode()
    assert old in text
    return text.replace(old, new).encode()


def types_of(people: People) -> dict[str, tuple[type, ...]]:
    return {path: tuple(map(type, column)) for path, column in people.answers.items()}


@given(crowds())
def test_reading_gives_back_what_was_written(people):
    data = written(people)
    read = read_people_table(data, "import.csv")
    assert read.people == in_order(people)
    whole = {int: int, Decimal: int}
    assert [
        [whole.get(kind, kind) for kind in kinds] for kinds in types_of(read.people).values()
    ] == [
        [whole.get(kind, kind) for kind in kinds] for kinds in types_of(in_order(people)).values()
    ]
    assert {key: read.head[key] for key in HEAD} == HEAD
    assert written(read.people) == data, "the same people are the same bytes"
    assert checksum_holds(data)
    lines = data.decode().split("\n")
    assert len(lines) == len(people) + 4, "a person is a line"


@given(answers)
def test_no_cell_can_pass_for_a_formula(answer):
    text = CellTexts()[cell_key(answer)]
    assert text[:1] not in set("=+@|%\t\r\n\x00") or not text
    assert "\n" not in text
    assert "\r" not in text
    assert text[:1] != "-" or text[1:].replace(".", "").isdecimal()
    assert CellValues()[text] == answer


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("", None), ("true", True), ("false", False), ("3", 3), ("-3", -3),
        ("2.50", Decimal("2.5")), ("na:other", "na:other"),
        ('"3"', "3"), ('"true"', "true"), ("[]", ()), ('""', ""),
        ('["a", 1, 2.5, true]', ("a", 1, Decimal("2.5"), True)), ('"two\\nlines"', "two\nlines"),
    ],
)  # fmt: skip
def test_the_grammar_of_cells(cell, answer):
    assert CellValues()[cell] == answer
    assert type(CellValues()[cell]) is type(answer)


@pytest.mark.parametrize(
    "cell",
    [
        "=1", "+1", "1e9", "0x1", " a", "a ", "1,5", "[1", "{}", '"a', "[null]", "[[1]]",
        '[{"a": 1}]', "[1e99]", "[9999999999]", "9999999999", '"\\ud800"', "[NaN]",
        '"' + "x" * 10_001 + '"',
        "[" + "1," * 60_000 + "1]", "[" * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_cell(cell):
    with pytest.raises(ValueError):
        CellValues()[cell]


def test_a_binary_fraction_is_written_as_it_reads():
    assert CellTexts()[cell_key(0.1)] == "0.1"
    assert CellTexts()[cell_key(3.0)] == "3"
    assert CellTexts()[cell_key(["a", 0.5])] == '["a", 0.5]'


def test_the_order_of_people_and_columns_does_not_matter():
    one = People(("b", "a"), {"unit": ("x", None)}, {"d.b": (1, 2), "d.a": (3, None)})
    other = People(("a", "b"), {"unit": (None, "x")}, {"d.a": (None, 3), "d.b": (2, 1)})
    assert written(one) == written(other)


def test_what_nobody_answered_is_no_column():
    people = People(("a",), {"unit": (None,)}, {"d.a": (None,), "d.b": (1,)})
    assert written(people).decode().split("\n")[1] == "code,d.b"
    assert list(rows_of(people)) == [("a", {}, {"d.b": 1})]


def test_equal_answers_are_one_object():
    read = read_people_table(written(crowd("a", "b", answer=("x", "y"))), "x").people
    first, second = read.answers["loop.weekly"]
    assert first is second


def test_an_erased_person_has_no_code_and_an_erased_answer():
    people = People(("", ""), {}, {"d.a": (ERASED, None)})
    data = written(people)
    assert read_people_table(data, "x", erased=True).people == people
    assert {problem.code for problem in problems(data)} == {"bad_code"}


@pytest.mark.parametrize(
    "answer",
    [
        float("nan"), 10**10, "x" * 10_001, "\ud800", (("a",),), (None,), {"a": 1}, b"x",
        Decimal("1e-40"), ("y" * 9_999,) * 11,
    ],
)  # fmt: skip
def test_what_could_not_be_read_back_is_refused_by_its_path(answer):
    with pytest.raises(InputError) as caught:
        people_content(crowd("a", answer=answer), HEAD)
    assert [problem.where.key for problem in caught.value.problems] == ["loop.weekly"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("# sha256", "# sha", "cut_off", 5),
        ('# {"format"', '# {"form"', "bad_table", 1),
        ('"format": 1', '"format": 2', "newer_format", 1),
        ("code,@unit", "name,@unit", "bad_table", 2),
        ("@unit", "@Unit", "bad_column", 2),
        ("loop.weekly", "loop", "bad_column", 2),
        ("@unit,loop.weekly", "@unit,@unit", "bad_column", 2),
        ("\nb,", "\nB,", "bad_code", 4),
        ("\nb,", "\nnul,", "bad_code", 4),
        ("\nb,", "\na,", "same_code", 4),
        ("\nb,", "\n,", "bad_code", 4),
        ("b,sales/north,3", "b,Sales,3", "bad_place", 4),
        ("b,sales/north,3", "b,sales/north", "bad_row", 4),
        ("b,sales/north,3", "b,sales/north,=3", "bad_cell", 4),
        ("b,sales/north,3", "b,sales/north,[[1]]", "bad_cell", 4),
        ("b,sales/north,3", "b,sales/north," + "9" * 5000, "bad_cell", 4),
        ("b,sales/north,3", "b,sales/north,[" + "[" * 5000, "bad_cell", 4),
        ("b,sales/north,3", 'b,sales/north,"3', "bad_table", 4),
    ],
)
def test_damage_is_named_with_its_line(old, new, code, line):
    (found,) = problems(changed(old, new))
    assert (found.code, found.where.line) == (code, line)
    assert found.hint
    assert str(found)


def test_everything_wrong_is_said_at_once():
    data = changed("sales/north,3", "Sales,=3", crowd("a", "b", "c"))
    assert [problem.where.line for problem in problems(data)] == [3, 3, 4, 4, 5, 5]
    many = crowd(*(f"r{number}" for number in range(500)))
    assert len(problems(changed("sales/north,3", "sales/north,=3", many))) == 100


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe", b"# sha256:x\n", b"x\n# sha256:x\n"])
def test_what_is_no_table_is_refused(data):
    assert problems(data)


def test_every_cut_and_every_odd_byte_is_told_without_a_crash():
    data = written(crowd("a", "b", answer="x"))
    for end in range(len(data)):
        assert problems(data[:end])
    read = 0
    for place in range(len(data)):
        try:
            read_people_table(data[:place] + b"\xff" + data[place + 1 :], "x")
            read += 1
        except InputError:
            continue
    assert read < 80, "only the checksum's own digits may be odd without being told"
