"""People and measures on the page and in `why`: within the width, never more than was published.

Golden files lie in ``tests/exporters/golden``; see `golden_files.py` there.
"""

import dataclasses

import pytest
from rich.cells import cell_len

from cxmaturity.cli.page import plain_page, plain_why, render_page, why_page
from cxmaturity.model.scorecard import (
    AxisInfo,
    GroupCard,
    PartTrace,
    PeopleCard,
    PeopleInfo,
    Scorecard,
)
from tests.cli.test_page import HOSTILE, lines_with, page, printed
from tests.exporters.example import CARD, text
from tests.exporters.golden_files import assert_golden
from tests.exporters.people_example import (
    INFO,
    NPS,
    OVERALL,
    PEOPLE_CARD,
    PEOPLE_TRACE,
    PUBLISHED_CARD,
    ROLE,
    WHY,
    people,
)

SUBJECTS = ("leadership", "leadership.why", "leadership.same_story", "overall")


def section(shown: str, title: str) -> str:
    """The lines under a heading, up to the next one."""
    found: list[str] = []
    for line in shown.splitlines():
        if found and line.startswith(("Targets", "Findings")):
            break
        if found or line.rstrip("─-").strip() == title:
            found.append(line)
    return "\n".join(found)


# the page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_page_is_as_it_was(language, width):
    assert_golden(f"people.{language}.{width}.txt", page(PEOPLE_CARD, language, width).encode())


def test_the_page_in_plain_characters_is_as_it_was():
    shown = page(PEOPLE_CARD, "en", 80, ascii_only=True)
    assert shown.isascii() or "å" in shown
    assert_golden("people.en.ascii.txt", shown.encode())


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_plain_page_is_as_it_was(language):
    assert_golden(f"people.{language}.plain.txt", plain_page(PUBLISHED_CARD, language).encode())


@pytest.mark.parametrize("language", ["en", "fi"])
def test_why_is_as_it_was(language):
    shown = "\n".join(
        f"why {subject}\n{printed(why_page(PEOPLE_CARD, subject, language, 80), 80)}"
        for subject in SUBJECTS
    )
    assert_golden(f"people.why.{language}.txt", shown.encode())


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 120, 140])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_the_terminal(language, width, ascii_only):
    shown = page(PEOPLE_CARD, language, width, ascii_only=ascii_only)
    assert max(map(cell_len, shown.splitlines())) <= width


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_plain_line_is_wider_than_asked(language, width):
    shown = plain_page(PEOPLE_CARD, language, width=width)
    assert max(map(cell_len, shown.splitlines())) <= width
    for subject in SUBJECTS:
        said = plain_why(PEOPLE_CARD, subject, language, width=width)
        assert max(map(cell_len, said.splitlines())) <= width


def test_many_places_take_as_many_tables_as_they_need():
    places = {f"p{n}": text(f"Place {n}", "") for n in range(60)}
    axis = AxisInfo("role", text("Role", ""), places)
    groups = tuple(GroupCard("role", place, 9, 2) for place in places)
    card = dataclasses.replace(CARD.overall, people=dataclasses.replace(OVERALL, groups=groups))
    whole = dataclasses.replace(
        PEOPLE_CARD, people=PeopleInfo(540, 5, (axis,), "role"), overall=card, dimensions={}
    )
    shown = page(whole)
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "z Place 51 · 53 Place 52" in " ".join(shown.split())
    assert max(map(cell_len, plain_page(whole, "en").splitlines())) <= 80


def test_without_respondents_there_is_no_section():
    assert section(page(CARD), "People") == ""
    assert section(plain_page(CARD, "en"), "People") == ""


def test_respondents_without_a_figure_are_counted_only():
    card = dataclasses.replace(CARD, people=PeopleInfo(None, 5))
    for shown in (page(card), plain_page(card, "en")):
        said = section(shown, "People")
        assert "Too few people have answered for their number to be told." in said
        assert "Gap" not in said


def test_where_no_figure_may_be_shown_one_sentence_says_so():
    few = dataclasses.replace(
        CARD.overall, people=PeopleCard(groups=(GroupCard("role", "top", hidden=True),))
    )
    card = dataclasses.replace(PEOPLE_CARD, overall=few, dimensions={})
    for shown in (page(card), plain_page(card, "en")):
        said = section(shown, "People")
        assert "No figure of respondents may be shown yet." in said
        assert "not shown: fewer than 5 answers" in said
        assert "Dimension" not in said
        assert "Role\n" not in said


def test_why_says_that_too_few_people_answered():
    few = dataclasses.replace(WHY, state="too_few", source=None, level=None, raw=None)
    leadership = dataclasses.replace(PEOPLE_CARD.dimensions["leadership"], indicators=(few,))
    dimensions = {**PEOPLE_CARD.dimensions, "leadership": leadership}
    card = dataclasses.replace(PEOPLE_CARD, dimensions=dimensions)
    assert "Answer: too few people answered" in plain_why(card, "leadership.why", "en")


def test_a_working_view_says_so_and_a_publication_its_number():
    assert "A working view: not recorded, not to be handed on." in page(PEOPLE_CARD)
    assert "Recorded as publication 3" in page(PUBLISHED_CARD)
    assert "working view" not in page(PUBLISHED_CARD)


# what may not be shown --------------------------------------------------------------------------


def with_partners(group: GroupCard) -> Scorecard:
    """The example, its hidden group carrying figures that nobody may see."""
    said = people(41, 3.4, 2, score=2.7)
    groups = tuple(group if g.place == "partners" else g for g in said.groups)
    card = dataclasses.replace(CARD.overall, people=dataclasses.replace(said, groups=groups))
    return dataclasses.replace(PEOPLE_CARD, overall=card)


@pytest.mark.parametrize("width", [80, 120])
def test_a_hidden_group_leaves_no_trace_on_the_page(width):
    low = with_partners(GroupCard("role", "partners", hidden=True))
    high = with_partners(GroupCard("role", "partners", 3, 3.9, spread=0.1, hidden=True))
    assert page(low, width=width) == page(high, width=width)
    assert plain_page(low, "en", width=width) == plain_page(high, "en", width=width)
    assert plain_why(low, "overall", "en") == plain_why(high, "overall", "en")
    assert "Partners" not in section(page(low, width=width), "People")


def test_why_ends_at_the_groups_that_may_be_shown():
    shown = plain_why(PEOPLE_CARD, "leadership.why", "en")
    assert "Level 2.7, given by the respondents." in shown
    assert "Partners              –  not shown" in shown
    assert "The trace ends here: nobody else’s own answer is shown." in shown


def test_why_of_the_assessor_s_rating_says_nothing_of_people():
    shown = plain_why(PEOPLE_CARD, "loop.weekly", "en")
    assert "What people say" not in shown
    assert "respondents" not in shown


def test_too_few_people_have_no_figure():
    few = dataclasses.replace(OVERALL, n=None, score=None, groups=(), gap=None, above_found=None)
    card = dataclasses.replace(
        PEOPLE_CARD, overall=dataclasses.replace(CARD.overall, people=few), dimensions={}
    )
    assert "Too few people have answered for a figure." in plain_why(card, "overall", "en")
    uncounted = dataclasses.replace(few, score=3, bound="at_most")
    card = dataclasses.replace(card, overall=dataclasses.replace(CARD.overall, people=uncounted))
    assert "All who answered: 3.0 or less." in plain_why(card, "overall", "en")


# dumbbells and figures --------------------------------------------------------------------------


def test_a_dumbbell_has_its_figures_beside_it():
    (line,) = lines_with(section(page(PEOPLE_CARD), "People"), "━━━━━━━━━A")
    assert line.startswith("Leadership   ")
    assert line.split()[-4:] == ["4", "3.4", "2.0", "1.4"]


def test_letters_mean_the_same_in_picture_table_and_legend():
    shown = section(page(PEOPLE_CARD), "People")
    assert "A Top management · B Staff · ◆ Assessor · ● Everybody" in shown
    assert "A Sales · B Sales / North · C Customer service" in shown


def test_plain_pages_draw_nothing():
    shown = plain_page(PEOPLE_CARD, "en")
    assert not set(shown) & set("━─◆●▁▂▃▄▅▆▇█")
    assert "Leadership                    Top management        6   3.4" in shown
    assert "No figure may be shown of: Partners." in shown


def test_ascii_pages_draw_with_plain_characters():
    shown = section(page(PEOPLE_CARD, ascii_only=True), "People")
    assert shown.isascii()
    assert "0 -----------#---B==========A---- 4  3.4  2.0  1.4" in shown


def test_a_computation_from_exact_figures_says_so():
    shown = plain_why(PEOPLE_CARD, "leadership", "en")
    assert "Computed from exact figures." in shown
    assert "Leadership: ≥2.9" in shown


# measures ---------------------------------------------------------------------------------------


def test_waves_are_drawn_beside_what_they_say():
    assert "▁ ▅█ Trend: from -5 (2025 Q4) to 12.5 (2026 Q3)" in page(PEOPLE_CARD)
    assert "_ +# Trend: from -5" in page(PEOPLE_CARD, ascii_only=True)
    shown = plain_page(PEOPLE_CARD, "en")
    assert "\nTrend: from -5 (2025 Q4) to 12.5 (2026 Q3)" in shown


def test_a_measure_with_nothing_to_remark_is_one_line():
    bare = dataclasses.replace(
        NPS, change=None, waves=(), segments=(), definition={}, weighted=False, missing=0, file="",
        waves_flat=None,
    )  # fmt: skip
    shown = section(page(dataclasses.replace(CARD, measures=(bare,))), "Measures")
    assert shown.count("Net Promoter Score") == 1


# foreign text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 120])
def test_names_of_groups_and_measures_act_on_nothing(width):
    axis = dataclasses.replace(
        ROLE, title=text(HOSTILE, ""), places={k: text(HOSTILE, "") for k in ROLE.places}
    )
    nps = dataclasses.replace(
        NPS, title=text(HOSTILE, ""), unit=HOSTILE, period=HOSTILE, file=HOSTILE, found=HOSTILE,
        definition=text(HOSTILE, ""), scale_ok=False,
    )  # fmt: skip
    card = dataclasses.replace(
        PEOPLE_CARD, people=dataclasses.replace(INFO, axes=(axis,)), measures=(nps,)
    )
    for shown in (page(card, width=width), plain_page(card, "en", width=width)):
        assert "[bold red]x[/]" in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert max(map(cell_len, page(card, width=width).splitlines())) <= width
    assert render_page(card, "fi", width) is not None


# edges ------------------------------------------------------------------------------------------


def test_an_axis_that_nobody_is_on_is_left_out():
    axes = (*INFO.axes, AxisInfo("site", text("Site", ""), {"a": text("A", "")}))
    card = dataclasses.replace(PEOPLE_CARD, people=dataclasses.replace(INFO, axes=axes))
    assert "Site" not in section(page(card), "People")
    assert "Site" not in section(plain_page(card, "en"), "People")
    assert "Site" not in plain_why(card, "overall", "en")


def test_without_axes_gaps_or_ratings_the_picture_stands_alone():
    said = dataclasses.replace(OVERALL, groups=(), gap=None, above_found=None)
    card = dataclasses.replace(
        PEOPLE_CARD,
        people=PeopleInfo(41, 5),
        dimensions={},
        overall=dataclasses.replace(CARD.overall, people=said),
    )
    shown = section(page(card), "People")
    assert "● Everybody" in shown
    assert not {"Gap", "◆ Assessor", "Gaps between groups"} & set(shown.split("\n"))
    assert "Assessor" not in shown


def test_arithmetic_of_rounded_parts_names_the_exact_figure():
    parts = (PartTrace("a", 1, True, 2.7, 2.7), PartTrace("b", 1, True, 3, 3))
    node = dataclasses.replace(PEOPLE_TRACE.nodes["leadership"], parts=parts, combined=2.85)
    trace = dataclasses.replace(PEOPLE_TRACE, nodes={"leadership": node})
    shown = plain_why(dataclasses.replace(PEOPLE_CARD, trace=trace), "leadership", "en")
    assert "(2.7 + 3) / 2 = 2.85" in shown
    assert "The figures of respondents are rounded; exact ones give 2.9." in shown
