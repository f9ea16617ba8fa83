import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cxmaturity.text.markdown import block, code, inline, link
from cxmaturity.text.terminal import clean

VIEWER = MarkdownIt("gfm-like")
ACTIVE = st.text(st.sampled_from("\\`*_{}[]<>()#+-.!|~:@&=$^\"'/ \n\tahtps1;wäx0")) | st.text()
ATTACKS = [
    "# heading",
    "heading\n===",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "    code",
    "`code` and ```\nfence",
    "*a* _b_ ~~c~~ **d**",
    "[x](javascript:alert(1))",
    "![x](http://attacker.example/p.png)",
    "[ref]: http://attacker.example",
    "<script>alert(1)</script>",
    "<http://attacker.example>",
    "http://attacker.example www.attacker.example a@attacker.example",
    "&lt;b&gt; &amp; &#35;",
    "| a | b |\n| - | - |\n| c | d |",
    "- [ ] task",
    "ends with \\",
    "a  \nb\\\nc",
    "\x1b[31mred",
]


def words(text: str) -> str:
    return " ".join(clean(text).split())


def leaves(source: str) -> list[Token]:
    tokens = VIEWER.parse(source)
    assert [token.type for token in tokens] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    ), source
    return [leaf for token in tokens for leaf in token.children or []]


@pytest.mark.parametrize("text", ATTACKS)
def test_foreign_text_is_shown_as_plain_words(text):
    shown = leaves(inline(text))
    assert {leaf.type for leaf in shown} <= {"text", "text_special"}
    assert words("".join(leaf.content for leaf in shown)) == words(text)


@given(ACTIVE)
def test_no_text_at_all_becomes_markup(text):
    assert {leaf.type for leaf in leaves(inline(text))} <= {"text", "text_special"}


@given(ACTIVE)
def test_inline_text_stays_in_its_table_cell(text):
    tokens = VIEWER.parse(f"| a | b |\n| - | - |\n| {inline(text)} | end |\n")
    cells = [token.content for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert cells[3] == "end"


def test_the_corpus_of_markup_attacks_is_plain_words(shared):
    lines = (shared / "data/corpora/markup/markup-html-markdown.jsonl").read_text("utf-8")
    for case in map(json.loads, lines.splitlines()):
        shown = leaves(inline(case["payload"]))
        assert {leaf.type for leaf in shown} <= {"text", "text_special"}, case["id"]


@given(ACTIVE)
def test_a_block_cannot_be_left(text):
    (token,) = VIEWER.parse(block(text))
    assert token.type == "fence"
    assert token.info == "text"


def test_a_block_keeps_lines_and_fences():
    (token,) = VIEWER.parse(block("one\n```\n````\ntwo\n"))
    assert token.content == "one\n```\n````\ntwo\n"


@pytest.mark.parametrize("address", ["https://example.org/a_(b)?c=1", "mailto:a@example.org"])
def test_harmless_addresses_become_links(address):
    opening, text, _closing = leaves(link("the [source]", address))
    assert opening.attrs["href"] == address
    assert text.content == "the [source]"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://example.org",
        "file:///etc/passwd",
        "https://example.org/ b",
        "https://example.org/>x",
        "https://example.org/\x1b[2J",
        "https://",
        "",
    ],
    ids=ascii,
)
def test_other_addresses_are_words(address):
    assert {leaf.type for leaf in leaves(link("source", address))} <= {"text", "text_special"}


@pytest.mark.parametrize("text", [*ATTACKS, "a `b` ``c``", "strategy >= 2.5", "`"])
def test_code_spans_hold_the_text_and_nothing_else(text):
    (leaf,) = leaves(code(text))
    assert leaf.type == "code_inline"
    assert leaf.content.split() == words(text).split()


def test_an_empty_code_span_is_nothing():
    assert code(" \n") == ""
