"""Pictures without a terminal: what the drawing functions say, that it fits and is true."""

from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len

from cxmaturity.model.scorecard import DimensionCard, Number
from cxmaturity.text.account import Account
from cxmaturity.text.messages import LANGUAGES, Language, speaking
from cxmaturity.text.names import names_of
from cxmaturity.tui.screens.results_views import VIEWS, dimension_of
from cxmaturity.tui.widgets.bars import bar, bars, dimension_note
from cxmaturity.tui.widgets.dots import Dots
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Pen,
    Span,
    cut,
    joined,
    left,
    right,
    shortened,
    size,
    wrapped,
)
from cxmaturity.tui.widgets.figure_table import Row, figure_table
from cxmaturity.tui.widgets.finding_list import finding_list
from cxmaturity.tui.widgets.gate_list import gate_list
from cxmaturity.tui.widgets.glyphs import plain
from cxmaturity.tui.widgets.heat_map import heat_map
from cxmaturity.tui.widgets.phase_track import headline, phase_track
from cxmaturity.tui.widgets.radar import radar
from cxmaturity.tui.widgets.recommendation_list import recommendation_list
from cxmaturity.tui.widgets.score_table import gate_table, profile_table, score_table
from cxmaturity.tui.widgets.view_tabs import tab_line
from tests.exporters.example import CARD

FIGURES = ("score", "raw", "evidenced", "low", "high")
WIDTHS = (57, 77, 117)
PICTURES = {view.id: view.picture for view in VIEWS if view.id != "why"}
TABLES = {view.id: view.twin for view in VIEWS if view.twin}


def told(language: Language = "en") -> Account:
    return Account(CARD, names_of(CARD), language)


def text_of(line: tuple[Span, ...]) -> str:
    return "".join(span.text for span in line)


def shown_bar(**fields: Number | None) -> str:
    plain_bar: dict[str, Number | None] = dict.fromkeys(FIGURES, 2)
    card = DimensionCard("x", {}, (0, 4), 1, 0, "scored", **plain_bar | fields)  # type: ignore[arg-type]
    return text_of(bar(card, 16))


# everything -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PICTURES)
def test_no_line_is_wider_than_its_room(name, width, language):
    with speaking(language):
        for picture in filter(None, (PICTURES[name], TABLES.get(name))):
            drawing = picture(told(language), Frame(width, 20))
            assert drawing.lines
            assert all(size(line) <= width for line in drawing.lines)


@pytest.mark.parametrize("name", PICTURES)
def test_items_lie_in_the_picture_and_do_not_overlap(name):
    items = PICTURES[name](told(), Frame(77, 20)).items
    assert [item.first for item in items] == sorted(item.first for item in items)
    for one, other in pairwise(items):
        assert one.first <= one.last < other.first
    assert len({item.key for item in items}) == len(items)


@pytest.mark.parametrize("name", PICTURES)
def test_plain_signs_are_ascii_or_letters_and_keep_the_width(name):
    drawing = PICTURES[name](told("fi"), Frame(77, 20, plain=True))
    for line in drawing.lines:
        said = plain(text_of(line))
        assert cell_len(said) == size(line)
        assert all(c.isascii() or c.isalnum() for c in said), said


# pieces -----------------------------------------------------------------------------------------


def test_text_breaks_between_words_and_inside_one_that_is_too_long():
    assert wrapped("one two three", 7) == ("one two", "three")
    assert wrapped("abcdefghij", 4) == ("abcd", "efgh", "ij")
    assert wrapped("", 5) == ("",)
    assert all(cell_len(part) <= 5 for part in wrapped("日本語の文 ä", 5))


def test_a_name_is_cut_after_a_whole_word():
    assert cut("Change programme and business case", 24) == "Change programme and…"
    assert cut("Tunteiden tavoitteellistaminen", 20) == "Tunteiden…"
    assert cut("Extraordinarily", 8) == "Extraor…"
    assert cut("short", 8) == "short"
    assert cut("ab", 1) == "…"


def test_columns_have_their_width_whatever_stands_in_them():
    assert left("ab", 4) == "ab  "
    assert right("ab", 4) == "  ab"
    assert cell_len(left("日本語の長い名前", 7)) == 7


def test_only_whole_parts_are_joined():
    assert (
        joined(["index 48", "87% answered", "3% does not apply"], 23) == "index 48 · 87% answered"
    )
    assert joined(["index 48", "87% answered"], 12, least=2) == "index 48…"


def test_a_shortened_drawing_shows_that_there_is_more():
    pen = Pen(20)
    for word in ("one", "two", "three"):
        pen.say(word)
    assert shortened(pen.drawing(), 3).text() == "one\ntwo\nthree"
    assert shortened(pen.drawing(), 2).text() == "one\n…"


def test_further_lines_of_a_sentence_hang_under_its_first():
    pen = Pen(12)
    with pen.item("a", "why"):
        pen.say("needs at least 3", mark=Span("✗"), indent=2)
    drawing = pen.drawing()
    assert drawing.text() == "  ✗ needs at\n    least 3"
    assert drawing.item_at(1) == drawing.item("a")
    assert drawing.item_at(2) is None


# phase track ------------------------------------------------------------------------------------


def test_the_track_says_what_is_passed_reached_and_ahead():
    assert text_of(phase_track(told(), 77)) == (
        "✓ Enthusiasm ─→ ● CONFUSION ─→ ○ Awakening ─→ ○ Change"
    )
    assert text_of(headline(told(), 77)) == (
        "index 48 of 100 (43–58 possible) · 87% answered · 3% does not apply"
    )


def test_a_narrow_track_keeps_every_mark_and_the_name_reached():
    assert text_of(phase_track(told(), 30)) == "✓●○○ 2/4 CONFUSION"
    assert text_of(phase_track(told(), 6)) == "✓●○○"


def test_the_index_never_stands_without_coverage():
    assert "87% answered" in text_of(headline(told(), 50))


# bars -------------------------------------------------------------------------------------------


def test_a_bar_ends_at_its_score_to_an_eighth_of_a_cell():
    assert shown_bar() == "████████·   ·  ·"
    fields = dict.fromkeys(FIGURES, 2.125)
    assert shown_bar(**fields) == "████████▌   ·  ·"


def test_what_is_claimed_only_looks_different():
    assert shown_bar(evidenced=1) == "████▒▒▒▒·   ·  ·"


def test_bounds_reach_over_and_into_the_bar():
    assert shown_bar(low=1, high=3) == "████│███────┤  ·"
    assert shown_bar(score=None, raw=None, evidenced=None, low=1, high=3) == "·   ├───────┤  ·"


def test_target_and_the_value_before_caps_are_marked():
    assert shown_bar(raw=3, target=4) == "████████·   ○  ▲"


def test_an_empty_and_a_full_bar():
    assert shown_bar(score=0, raw=0, evidenced=0, low=0, high=0) == "·   ·   ·   ·  ·"
    assert shown_bar(score=4, raw=4, evidenced=4, low=4, high=4) == "█" * 16


def test_a_bar_on_a_scale_below_zero():
    card = DimensionCard(
        "x", {}, (-1, 1), 1, 0, "scored", score=0, raw=0, evidenced=0, low=0, high=0
    )
    assert text_of(bar(card, 8)) == "████·  ·"


def test_a_figure_beside_a_bar_is_not_rounded_across_a_gate():
    row = next(line for line in bars(told(), Frame(77)).text().splitlines() if "silos" in line)
    assert "1.999~" in row
    assert row.endswith("1.999")


def test_the_note_tells_the_cap_first():
    _head, first, *_rest = dimension_note(told(), CARD.dimensions["metrics"])
    assert first == "Metric balance and quality: held at 2 by NPS_ONLY; otherwise 2.4."


# heat map ---------------------------------------------------------------------------------------


def test_every_cell_prints_its_share_and_each_row_is_the_whole():
    lines = heat_map(told(), Frame(77)).text().splitlines()
    row = next(line for line in lines if line.startswith("From feedback"))
    assert row.split()[4:] == ["40", "▃", "0", "60", "▅", "0", "0", "1.20"]


def test_warmth_follows_the_share():
    drawing = heat_map(told(), Frame(77))
    item = drawing.item("loop")
    assert item is not None
    tones = [span.tone for span in drawing.lines[item.first] if span.tone.startswith("heat")]
    assert tones == ["heat2", "heat0", "heat3", "heat0", "heat0"]


def test_titles_stand_over_their_columns_or_have_a_numbered_key():
    wide = heat_map(told(), Frame(117)).text().splitlines()[0]
    assert wide.split("  ")[-1].strip() == "Change"
    with speaking("fi"):
        narrow = heat_map(told("fi"), Frame(57)).text()
    assert narrow.startswith("0 Ei aloitettu · 1 Innostus · 2 Hämmennys")


# radar ------------------------------------------------------------------------------------------


def test_a_radar_has_a_number_for_each_dimension():
    drawn = radar(told(), Frame(77, 19)).text()
    # What does not apply has no axis.
    assert "Own channels" not in drawn
    assert [number for number in "1234567" if number not in drawn] == []
    assert any("⠀" < c <= "⣿" for c in drawn)


def test_a_plain_radar_has_no_braille():
    drawn = radar(told(), Frame(77, 19, plain=True)).text()
    assert not any("⠀" <= c <= "⣿" for c in drawn)
    assert "#" in drawn


def test_a_line_is_drawn_dot_by_dot_in_one_piece():
    dots = Dots(3, 1)
    dots.line((0, 0), (2.9, 0), "solid")
    assert dots.lines() == [(Span("⠉⠉⠉", "solid"),)]


def test_a_dot_outside_the_picture_is_not_drawn():
    dots = Dots(1, 1)
    for place in ((99, 0), (-1, 0), (0, 7), (0, -0.5)):
        dots.dot(place, "solid")
    assert dots.lines() == [(Span(" "),)]


def test_the_more_important_dot_gives_a_cell_its_tone():
    dots = Dots(1, 1)
    dots.dot((0, 0), "solid")
    dots.dot((0.6, 0.6), "quiet")
    assert dots.lines()[0][0].tone == "solid"


# lists ------------------------------------------------------------------------------------------


def test_gates_tell_every_clause_and_by_how_much_it_fails():
    said = gate_list(told(), Frame(77)).text()
    assert "✗ Customer strategy and vision 2.33, needs at least 2.5: 0.17 short" in said
    assert "✗ Working across silos 1.999, needs at least 2: 0.001 short" in said
    assert "? condition.vision_leak: open; decided by: fact.outsourced_share" in said
    assert said.count("Behind: Enthusiasm") == 1


def test_the_chosen_clause_shows_its_exact_text():
    assert "strategy >= 2.5" not in gate_list(told(), Frame(77)).text()
    assert "strategy >= 2.5" in gate_list(told(), Frame(77, 1, "phase.awakening/0")).text()


def test_the_chosen_finding_is_told_with_conditions_and_sources():
    said = finding_list(told(), Frame(77, 1, "MEASURE_ONLY")).text()
    assert "● Measuring without mending" in said
    assert "✓ fact.measuring_months: 18 (at least 12)" in said
    assert "Source: A talk on customer experience: Silot" in said
    assert "NPS is your only measure." not in said


def test_an_open_rule_names_what_would_decide_it():
    said = finding_list(told(), Frame(77, 1, "VISION_LEAK")).text()
    assert "Decided by: fact.outsourced_share" in said


def test_an_action_tells_why_and_what_it_waits_for():
    first = recommendation_list(told(), Frame(77, 1, "decide_why")).text()
    assert "Why: needed for the phase Awakening" in first
    assert "✗ Why we do this 2, needs at least 3: 1 short" in first
    last = recommendation_list(told(), Frame(77, 1, "remove")).text()
    assert "waits for: Find the root causes, Write down criteria" in last


def test_an_empty_scorecard_says_so():
    card = replace(CARD, findings=(), undetermined=(), recommendations=(), dimensions={})
    empty = Account(card, names_of(card), "en")
    assert finding_list(empty, Frame(77)).text().startswith("No finding")
    assert recommendation_list(empty, Frame(77)).text().startswith("No recommendation")
    assert radar(empty, Frame(77, 19)).text().startswith("A radar needs three")
    assert (
        "no profile"
        in heat_map(
            Account(replace(card, phase=replace(card.phase, profile=None)), empty.names, "en"),
            Frame(77),
        ).text()
    )


# tables -----------------------------------------------------------------------------------------


def figures(drawing: Drawing) -> str:
    return " ".join(drawing.text().split())


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_leaves_no_figure_out(width):
    said = figures(score_table(told(), Frame(width)))
    for figure in ("2.33", "1.999~", "2–3.1", "1.75", "1.8", "83%", "too little answered"):
        assert figure in said


def test_every_chart_has_the_same_figures_in_its_table():
    assert "0.8–3.2" in figures(bars(told(), Frame(77)))
    assert "0.8–3.2" in figures(score_table(told(), Frame(77)))
    assert "40% 0% 60%" in figures(profile_table(told(), Frame(117)))
    assert "Confusion (here) holds 1 1 0 0" in figures(gate_table(told(), Frame(77)))


def test_columns_without_room_continue_below_and_are_chosen_once():
    pen = Pen(24)
    figure_table(pen, ["Name", "One", "Two", "Three"], [Row("a", ["Alpha beta gamma", *"123"])])
    drawing = pen.drawing()
    assert [line.split() for line in drawing.text().splitlines() if "Alpha" in line] == [
        ["Alpha", "beta", "gamma", "1"],
        ["Alpha", "beta", "gamma", "2"],
        ["Alpha", "beta", "gamma", "3"],
    ]
    assert [item.key for item in drawing.items] == ["a"]


# tabs -------------------------------------------------------------------------------------------


def test_as_many_tabs_are_named_as_fit_and_the_chosen_one_always():
    labels = ["Overview", "Scores", "Radar"]
    assert tabs_text(labels, 1, 40) == " 1 Overview▐2 Scores▌3 Radar"
    assert tabs_text(labels, 1, 20) == " 1▐2 Scores▌3 Radar"
    assert tabs_text(labels, 0, 5) == "▐1 Overview▌2 3"
    assert tabs_text(labels, 2, 40, plain_signs=True) == " 1 Overview 2 Scores[3 Radar]"


def tabs_text(labels: list[str], chosen: int, width: int, *, plain_signs: bool = False) -> str:
    tabs = tab_line(labels, chosen, width, plain=plain_signs)
    return "".join(text_of(piece) for _place, piece in tabs)


def test_a_dimension_is_found_by_its_key():
    assert dimension_of(told(), "overall") is CARD.overall
    assert dimension_of(told(), "loop") is CARD.dimensions["loop"]
    assert dimension_of(told(), "MEASURE_ONLY") is None
