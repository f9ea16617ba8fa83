import json
import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cxmaturity.text.terminal import MARK, MOST_COMBINING, clean

ALLOWED_FORMAT_CHARACTERS = {
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) == "Cf" and clean(character) == character
}
# Seen or needed in ordinary writing: hyphenation, joiners, and signs that have a shape.
HARMLESS = {"\u00ad", "\u200c", "\u200d", "\u2060"}
PIECES = [
    *("\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b\\", "\x1b[31m", "\x07"),
    *("\x9b", "\x9c", "\x9d", "\x90", "\x9e", "\x9f", "\x98", "\x18", "\x1a", "\x85", "\x7f"),
    *("\r", "\n", "\t", "\r\n", ";", "m", "0", " ", "\\", "ä", "\u0301", "\u200d", "\u202e"),
    *("\U000e0041", "\ud83d", "\ude00", "😀", "\u00ad", MARK),
]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A\x1b[2JB", "A␛B"),
        ("\x1b[31mred\x1b[0m", "␛red␛"),
        ("\x9b2Jx", "␛x"),
        ("\x1b[1;2 qx", "␛x"),
        ("\x1b]0;title\x07x", "␛x"),
        ("\x1b]52;c;ZWNobw==\x1b\\x", "␛x"),
        ("\x9d0;t\x9cx", "␛x"),
        ("\x1bPq#0\x1b\\x", "␛x"),
        ("\x90q\x9cx", "␛x"),
        ("\x1b_a\x1b\\\x1b^p\x1b\\\x1bXs\x1b\\", "␛␛␛"),
        ("\x9fa\x9c\x9ep\x9c\x98s\x9c", "␛␛␛"),
        ("\x1bc\x1b(Bx\x1b7", "␛␛x␛"),
        ("\x1b]unfinished, and the rest", "␛unfinished, and the rest"),
        ("\x1b", "␛"),
        ("\x1b[", "␛"),
        ("good\rEVIL", "good␛EVIL"),
        ("ab\b\bXY", "ab␛␛XY"),
        ("a\x00b\x7fc\x85d", "a␛b␛c␛d"),
        ("a\u202eb\u2066c\u2069", "a␛b␛c␛"),
        ("a\u200e\u200f\u061cb", "a␛␛␛b"),
        ("a\u200bb\ufeffc\u2028d", "a␛b␛c␛d"),
        ("x\U000e0041\U000e007f", "x␛␛"),
        ("\ud83d", "␛"),
        ("line\r\nnext\tcell\n", "line\nnext\tcell\n"),
        ("[/] [bold", "[/] [bold"),
        ("👨\u200d👩\u200d👧 👍🏽", "👨\u200d👩\u200d👧 👍🏽"),
        ("asiakas\u00adkokemus äöå €", "asiakas\u00adkokemus äöå €"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
    ],
    ids=ascii,
)
def test_what_acts_on_a_terminal_becomes_a_mark(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("keep", "shown"),
    [("", "a b c d"), ("\n", "a\nb c\nd"), ("\t", "a b\tc d"), ("\n\t", "a\nb\tc\nd")],
)
def test_layout_that_may_not_stay_becomes_a_space(keep, shown):
    assert clean("a\nb\tc\r\nd", keep=keep) == shown


def test_marks_are_stacked_no_higher_than_eight():
    assert clean("e" + "\u0301" * 8 + "!") == "e" + "\u0301" * 8 + "!"
    assert clean("e" + "\u0301" * 900 + "!") == "e" + "\u0301" * 8 + MARK + "!"
    assert clean("e" + "\u0301\u200d" * 90) == "e" + "\u0301\u200d" * 4 + MARK
    assert clean("\u20dd" * 9) == "\u20dd" * 8 + MARK


@given(HOSTILE)
@example("\x1b" + "\x1b[" * 2 + "m")
@example("\x9d\x9d\x07")
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean(clean(text, keep=""), keep="") == clean(text, keep="")


@given(HOSTILE)
def test_nothing_that_acts_is_left(text):
    shown = clean(text)
    assert not {c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}
    assert {c for c in shown if unicodedata.category(c) == "Cf"} <= ALLOWED_FORMAT_CHARACTERS
    assert not {"\n", "\t"} & set(clean(text, keep=""))
    shown.encode()


@given(HOSTILE)
def test_no_pile_is_higher_than_the_limit(text):
    height = 0
    for character in clean(text):
        height = height + 1 if unicodedata.combining(character) else 0
        assert height <= MOST_COMBINING


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_text_is_left_alone(text):
    assert clean(text) == text


def test_the_formatting_characters_that_stay_are_harmless():
    assert ALLOWED_FORMAT_CHARACTERS >= HARMLESS
    shapeless = {c for c in ALLOWED_FORMAT_CHARACTERS - HARMLESS if not _has_shape(c)}
    assert not shapeless


def _has_shape(character: str) -> bool:
    """Signs that Unicode files under formatting though they are drawn."""
    words = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    return unicodedata.name(character).startswith(words)


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b]",
        "\x9d",
        "\x1b[",
        "\x1b[1;",
        "\x1b[ ",
        "\x1b ",
        "\x1bP\x1b",
        "\u0301",
        "a\u0301",
        "\r",
    ],
    ids=ascii,
)
def test_time_grows_with_length_only(unit):
    """Ten times the text may take thirty times as long, not a hundred times."""
    _seconds(unit * 1_000)
    short = min(_seconds(unit * 20_000) for _ in range(3))
    long = min(_seconds(unit * 200_000) for _ in range(3))
    assert long < 30 * max(short, 0.0005)


def _seconds(text: str) -> float:
    start = time.process_time()
    clean(text)
    return time.process_time() - start


def test_the_corpus_of_terminal_attacks_is_harmless(shared):
    lines = (shared / "data/corpora/terminal/control-strings.jsonl").read_text("utf-8").splitlines()
    for case in map(json.loads, lines):
        shown = clean(case["payload"])
        left = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert left <= {"\n", "\t", "\u200d"}, case["id"]


def test_the_corpus_of_naughty_strings_is_harmless(shared):
    texts = json.loads((shared / "data/corpora/naughty-strings/blns.json").read_text("utf-8"))
    assert len(texts) > 100
    for text in texts:
        assert all(
            c.isprintable()
            or c in ALLOWED_FORMAT_CHARACTERS | {"\n", "\t"}
            or unicodedata.category(c) in {"Zs", "Cn", "Co"}
            for c in clean(text)
        ), ascii(text)
