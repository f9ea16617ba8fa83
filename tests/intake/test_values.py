"""What a cell means: exactly one answer, or a refusal; never a guess."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.intake.guarding import guarded, unguarded
from cxmaturity.intake.values import CellReader, Codes
from cxmaturity.workbench.questions import Question
from tests.intake.asking import CHECKS, CHOICE, EVERY, LADDER, NUMBER, YES_NO, ask


@pytest.mark.parametrize(
    ("question", "text", "raw"),
    [
        (LADDER, "3", 3),
        (LADDER, " 3 ", 3),
        (LADDER, "3.0", 3),
        (LADDER, "3,0", 3),
        (LADDER, "Most.", 3),
        (LADDER, "ENIN  OSA.", 3),
        (LADDER, "3 – Enin osa.", 3),
        (LADDER, "1 – A little, now and then.", 1),
        (LADDER, "1 – A little, now…", 1),
        (LADDER, "3: Most.", 3),
        (CHOICE, "weekly", "weekly"),
        (CHOICE, "Joka viikko", "weekly"),
        (CHOICE, "every WEEK", "weekly"),
        (CHECKS, "phone", ("phone",)),
        (CHECKS, "phone, survey", ("phone", "survey")),
        (CHECKS, "Phone;Survey;", ("phone", "survey")),
        (CHECKS, "Visits, meetings", ("visits",)),
        (CHECKS, "Phone, Visits, meetings, Survey", ("phone", "visits", "survey")),
        (CHECKS, "none", ()),
        (YES_NO, "Kyllä", True),
        (YES_NO, "E", False),
        (YES_NO, "TRUE", True),
        (YES_NO, "0", False),
        (NUMBER, "62.5", Decimal("62.5")),
        (NUMBER, "62", 62),
        (NUMBER, "62 %", 62),
        (NUMBER, "62.50", Decimal("62.5")),
    ],
)
def test_one_answer(question, text, raw):
    found = CellReader(question).read(text)
    assert found == raw
    assert type(found) is type(raw)


@pytest.mark.parametrize("question", EVERY, ids=lambda q: q.kind.name)
@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("", None),
        ("  ", None),
        ("unknown", "unknown"),
        ("En osaa sanoa", "unknown"),
        ("Don\u2019t know", "unknown"),
        ("EOS", "unknown"),
        ("Ei koske", "na:other"),
        ("N/A", "na:other"),
        ("na:out_of_scope", "na:out_of_scope"),
    ],
)
def test_words_that_every_question_knows(question, text, raw):
    assert CellReader(question).read(text) == raw


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (LADDER, "5"),
        (LADDER, "-1"),
        (LADDER, "2.5"),
        (LADDER, "3 – Half."),
        (LADDER, "3 – …"),
        (LADDER, "Mostly"),
        (CHOICE, "2"),
        (CHOICE, "week"),
        (CHECKS, "phone, mail"),
        (CHECKS, "phone, phone"),
        (YES_NO, "maybe"),
        (NUMBER, "101"),
        (NUMBER, "62,5"),
        (NUMBER, "1,234"),
        (NUMBER, "0.1234567"),
        (LADDER, "na:whatever"),
        (LADDER, "=1+1"),
    ],
)
def test_what_is_not_certain_is_refused(question, text):
    with pytest.raises(ValueError):
        CellReader(question).read(text)


def test_a_declared_decimal_comma():
    assert CellReader(NUMBER, mark=",").read("62,5") == Decimal("62.5")


def test_a_text_of_two_options_is_refused_and_their_ids_are_not():
    twins = [
        {"id": "a", "text": {"en": "Same", "fi": "Eri"}, "level": 0},
        {"id": "b", "text": {"en": "Same", "fi": "Toinen"}, "level": 1},
    ]
    reader = CellReader(ask("choice", options=twins))
    with pytest.raises(ValueError, match="several"):
        reader.read("same")
    assert [reader.read(text) for text in ("a", "b", "eri", "Toinen")] == ["a", "b", "a", "b"]


def test_commas_that_can_be_cut_in_two_ways_are_refused():
    words = ("a", "b", "a, b", "b, c", "c")
    options = [
        {"id": f"o{n}", "text": {"en": word, "fi": word}, "level": 0}
        for n, word in enumerate(words)
    ]
    reader = CellReader(ask("checks", options=options))
    with pytest.raises(ValueError, match="several"):
        reader.read("a, b, c")
    assert reader.read("a; b, c") == ("o0", "o3")


def test_codes_of_a_file_win_and_are_counted():
    codes = Codes(
        values={"Täysin samaa mieltä": 4, "9": "unknown"},
        missing=("Blank", "0"),
        not_applicable=("6",),
    )
    reader = CellReader(LADDER, codes)
    found = [reader.read(t) for t in ("täysin samaa mieltä", "0", "BLANK", "6", "9", "0", "1")]
    assert found == [4, None, None, "na:other", "unknown", None, 1]
    assert reader.special == {"0": 2, "BLANK": 1, "6": 1, "9": 1}


def test_a_mapped_value_off_the_scale_is_refused():
    with pytest.raises(ValueError):
        CellReader(LADDER, Codes(values={"x": 9})).read("x")


def is_read_or_refused(question: Question, text: str) -> bool:
    try:
        raw = CellReader(question).read(text)
    except ValueError as error:
        return bool(str(error))
    if raw is None or raw == "unknown" or str(raw).startswith("na:"):
        return True
    return question.read(raw) is not None


@given(st.sampled_from(EVERY), st.text(max_size=60))
def test_any_text_is_read_or_refused(question, text):
    assert is_read_or_refused(question, text)


@given(st.text())
def test_guarding_loses_nothing(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", " =1", "+358", "-3", "@x", "\t=1", "\u200b=1", "＝1", "|x", "'=1"]
)
def test_no_guarded_cell_starts_a_formula(text):
    assert guarded(text) == f"'{text}"
    assert guarded(f"'{text}") != f"'{text}"


def test_naughty_strings_are_read_or_refused(shared):
    strings = json.loads((shared / "data/corpora/naughty-strings/blns.json").read_text("utf-8"))
    for text in strings:
        assert unguarded(guarded(text)) == text
        assert all(is_read_or_refused(question, text) for question in EVERY)
