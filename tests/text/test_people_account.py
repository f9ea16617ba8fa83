"""What is said of respondents: never more than was published, in either language."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.model.scorecard import (
    AxisInfo,
    GapCard,
    GroupCard,
    PeopleCard,
    PeopleInfo,
    Scorecard,
)
from cxmaturity.text.account import Account, people, places, scores
from cxmaturity.text.account.dumbbells import (
    Dumbbell,
    Mark,
    dumbbells,
    found_by_assessor,
    legend,
    lines,
    placed,
)
from cxmaturity.text.messages import Language, speaking
from cxmaturity.text.names import names_of
from tests.exporters.example import CARD, text
from tests.exporters.people_example import (
    INFO,
    LEADERSHIP,
    OVERALL,
    PEOPLE_CARD,
    ROLE,
    STRATEGY,
    UNIT,
    WHY,
)


def told(card: Scorecard = PEOPLE_CARD, language: Language = "en") -> Account:
    return Account(card, names_of(card), language)


def with_info(**more: object) -> Account:
    return told(dataclasses.replace(PEOPLE_CARD, people=dataclasses.replace(INFO, **more)))  # type: ignore[arg-type]


# the respondents as a whole ---------------------------------------------------------------------


def test_without_respondents_nothing_is_said():
    nobody = told(CARD)
    assert people.standing(nobody) == []
    assert people.publication(nobody) == ""
    assert people.rows(nobody) == []
    assert places.axes(nobody) == ()
    assert dumbbells(nobody) == []


@pytest.mark.parametrize(
    ("pooled", "median", "said"),
    [
        (False, False, "the mean of the groups (Role), each group’s the mean of its people."),
        (False, True, "the mean of the groups (Role), each group’s the median of its people."),
        (True, False, "Their level is the mean of all answers."),
        (True, True, "Their level is the median of all answers."),
    ],
)
def test_how_answers_are_aggregated(pooled, median, said):
    assert people.standing(with_info(pooled=pooled, median=median))[1].endswith(said)


def test_without_axes_all_answers_count_together():
    assert people.standing(with_info(axes=(), aggregate_over=None))[1] == (
        "Their level is the mean of all answers."
    )


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (None, "Too few people have answered for their number to be told."),
        (1204, "1,204 people have answered."),
    ],
)
def test_how_many_answered(n, said):
    assert people.standing(with_info(n=n))[0] == said


def test_a_view_that_is_not_recorded_says_so():
    assert people.standing(told())[-1] == "A working view: not recorded, not to be handed on."
    assert people.standing(with_info(publication=2))[-1] == (
        "Recorded as publication 2 of these respondents’ answers."
    )


def test_repeated_figures_are_counted():
    said = people.standing(with_info(held_back=2, n_min=7))
    assert said[3] == (
        "The figures of 2 questions are repeated from the earlier publication: fewer than 7 new "
        "answers."
    )
    assert len(people.standing(with_info(held_back=0))) == 4


# figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "words", "sign"),
    [
        (None, "3.0", "3.0"),
        ("at_least", "3.0 or more", "≥3.0"),
        ("at_most", "3.0 or less", "≤3.0"),
        ("about", "about 3.0", "≈3.0"),
    ],
)
def test_bounds_in_words_and_signs(bound, words, sign):
    assert people.bounded(told(), 3, bound) == words
    assert people.signed(told(), 3, bound) == sign


def test_people_s_figures_always_have_a_decimal():
    account = told()
    assert account.published(3) == "3.0"
    assert account.published(2.65) == "2.65"
    assert account.published(None) == "–"
    assert told(language="fi").published(3) == "3,0"
    assert account.figure("leadership.why", 3) == "3.0"
    assert account.figure("leadership", 3) == "3.0"
    assert account.figure("overall", 3) == "3.0"
    assert account.figure("loop", 3) == "3.00"
    assert account.level("leadership", 3) == "3.0"
    assert account.level("loop", 3) == "3"
    assert account.interval(2, 3, "leadership") == "2.0–3.0"


def test_a_dimension_rests_on_people_where_a_part_of_it_does():
    parts = {
        "change": dataclasses.replace(CARD.dimensions["change"], indicators=()),
        "quick": dataclasses.replace(CARD.dimensions["quick"], indicators=(WHY,)),
    }
    account = told(dataclasses.replace(CARD, dimensions=parts))
    assert account.figure("change", 2) == "2.0"
    assert account.figure("quick", 2) == "2.0"


def test_a_score_that_is_only_a_bound_says_so():
    card = dataclasses.replace(PEOPLE_CARD.dimensions["leadership"], provisional=True)
    assert scores.figure(told(), card) == "≥2.9"
    assert scores.score(told(), card) == "≥2.9~"


@pytest.mark.parametrize(
    ("alpha", "word"),
    [
        (0.8, "reliable"),
        (0.7, "tentative"),
        (0.667, "tentative"),
        (0.6669, "unreliable"),
        (-0.2, "unreliable"),
    ],
)
def test_agreement_over_all(alpha, word):
    assert people.agreement_word(alpha) == word


@pytest.mark.parametrize(
    ("r_wg", "word"),
    [
        (0, "lacking"),
        (0.3, "lacking"),
        (0.4, "weak"),
        (0.6, "moderate"),
        (0.7, "moderate"),
        (0.8, "strong"),
        (0.9, "strong"),
        (1, "very strong"),
    ],
)
def test_agreement_within_a_group(r_wg, word):
    assert people.unity_word(r_wg) == word


@pytest.mark.parametrize(
    ("alpha", "word"),
    [(1, "reliable"), (0.8, "reliable"), (0.799999, "tentative"), (0.667, "tentative"),
     (0.666999, "unreliable"), (-0.2, "unreliable")],
)  # fmt: skip
def test_how_alpha_is_read(alpha, word):
    assert people.agreement_word(alpha) == word


@pytest.mark.parametrize(
    ("r_wg", "word"),
    [(1, "very strong"), (0.91, "very strong"), (0.9, "strong"), (0.71, "strong"),
     (0.7, "moderate"), (0.51, "moderate"), (0.5, "weak"), (0.31, "weak"),
     (0.3, "lacking"), (0, "lacking")],
)  # fmt: skip
def test_how_r_wg_is_read(r_wg, word):
    assert people.unity_word(r_wg) == word


# sentences --------------------------------------------------------------------------------------


def test_what_is_said_of_a_dimension():
    assert [*people.sentences(told(), LEADERSHIP)] == [
        "Top management rates 1.4 higher than Staff (0.6–2.1).",
        "Agreement between all who answered: 0.7, tentative (Krippendorff’s alpha).",
        "People believe 1.2 more than the assessor found.",
    ]
    assert [*people.sentences(told(), PeopleCard(6, 3))] == []


def test_what_is_said_of_a_dimension_in_finnish():
    with speaking("fi"):
        assert [*people.sentences(told(language="fi"), LEADERSHIP)] == [
            "Ylin johto arvioi tason 1,4 korkeammaksi kuin Henkilöstö (0,6–2,1).",
            "Kaikkien vastanneiden yksimielisyys 0,7: suuntaa antava (Krippendorffin alfa).",
            "Vastaajat arvioivat tason 1,2 korkeammaksi kuin arvioija havaitsi.",
        ]


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (GapCard(1, "sales", "sales/north"), "Sales rates 1.0 higher than Sales / North."),
        (
            GapCard(0.4, "top", "other", -0.1, 0.9),
            "Top management rates 0.4 higher than Others (-0.1 – 0.9); that may be chance.",
        ),
    ],
)
def test_gaps_say_who_and_how_sure(gap, said):
    assert people.gap(told(), gap) == said


def test_a_gap_without_an_interval_has_none():
    assert people.interval(told(), GapCard(1, "top", "staff")) == "–"
    assert people.interval(told(), GapCard(1, "top", "staff", 0.6, 2)) == "0.6–2.0"


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (0, "People believe what the assessor found."),
        (0.2, "People believe 0.2 more than the assessor found."),
        (-0.2, "People believe 0.2 less than the assessor found."),
    ],
)
def test_people_beside_the_assessor(above, said):
    assert people.above_found(told(), above) == said


def test_repeated_figures_say_why():
    said = [*people.sentences(told(), PeopleCard(6, 3, held_back=True))]
    assert said == ["Figures of the earlier publication are repeated: fewer than 5 new answers."]


# groups -----------------------------------------------------------------------------------------


def test_groups_stand_in_the_order_of_their_axis():
    shuffled = dataclasses.replace(LEADERSHIP, groups=LEADERSHIP.groups[::-1])
    rows = people.group_rows(told(), shuffled, UNIT)
    assert [row.name for row in rows] == ["Sales", "North", "South", "Customer service"]
    assert [row.depth for row in rows] == [0, 1, 1, 0]


def test_a_hidden_group_is_told_by_name_only():
    (row,) = (r for r in people.group_rows(told(), LEADERSHIP, ROLE) if r.place == "partners")
    assert row == ("partners", 0, "Partners", "–", "not shown", "–", "–")


def test_a_hidden_group_is_told_by_name_only_even_if_it_carries_figures():
    group = GroupCard("role", "partners", 3, 1.5, spread=0.2, agreement=0.9, hidden=True)
    said = dataclasses.replace(LEADERSHIP, groups=(*LEADERSHIP.groups[:2], group))
    (row,) = (r for r in people.group_rows(told(), said, ROLE) if r.place == "partners")
    assert row == ("partners", 0, "Partners", "–", "not shown", "–", "–")


def test_places_without_titles_have_their_own_names():
    assert places.place_name(told(), None, "a/b") == "a / b"
    assert places.place_name(told(), None, "") == "Everybody"
    assert places.place_name(told(), ROLE, "other") == "Others"
    named = AxisInfo("role", {}, {"other": text("All others", "Muut")})
    assert places.place_name(told(), named, "other") == "All others"
    assert places.axis_title(told(), named) == "role"


def test_letters_go_to_places_with_a_figure_only():
    assert places.shown_places(told(), ROLE) == {"top": "A", "staff": "B"}
    assert places.shown_places(told(), UNIT) == {"sales": "A", "sales/north": "B", "service": "C"}
    assert places.shown_places(told(), AxisInfo("unit", {}, {})) == {
        "sales": "A", "sales/north": "B", "service": "C"
    }  # fmt: skip
    assert [places.sign(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "a", "z", "53"]


def test_the_axis_that_is_aggregated_over_comes_first():
    assert [axis.id for axis in places.axes(told())] == ["role", "unit"]


def test_an_axis_on_which_nobody_has_a_place_is_none():
    nobody = AxisInfo("site", {}, {"other": text("Others", "Muut")})
    assert places.axes(with_info(axes=(nobody,), aggregate_over="site")) == ()


def test_where_no_figure_may_be_shown_there_are_no_rows():
    hidden = dataclasses.replace(CARD.overall, people=PeopleCard(groups=LEADERSHIP.groups[2:3]))
    account = told(dataclasses.replace(PEOPLE_CARD, overall=hidden, dimensions={}))
    assert people.nothing_shown(account) == "No figure of respondents may be shown yet."
    assert people.rows(account) == []
    assert people.nothing_shown(told()) == ""
    assert people.nothing_shown(told(CARD)) == ""


def test_shares_of_options():
    assert people.shares(told(), WHY)[0] == ("1", "10%")
    assert people.shares(told(), PEOPLE_CARD.dimensions["loop"]) == []


# dumbbells --------------------------------------------------------------------------------------


def test_each_dimension_that_people_speak_of_has_a_dumbbell():
    bells = dumbbells(told())
    assert [bell.id for bell in bells] == ["strategy", "leadership", "silos", "overall"]
    assert [(m.sign, m.kind) for m in bells[1].marks] == [
        ("◆", "assessor"),
        ("B", "group"),
        ("A", "group"),
    ]
    assert [round(mark.at, 3) for mark in bells[1].marks] == [0.375, 0.5, 0.85]
    assert bells[2].marks == (Mark("●", "Everybody", 3, 0.75, "everybody", "at_least"),)


def test_another_axis_has_its_own_dumbbells():
    (bell, *_rest) = dumbbells(told(), UNIT)
    assert [mark.name for mark in bell.marks] == ["Customer service", "Sales", "Assessor"]


def test_the_legend_names_every_sign_once():
    assert legend(dumbbells(told())) == [
        ("A", "Top management"),
        ("B", "Staff"),
        ("◆", "Assessor"),
        ("●", "Everybody"),
    ]


def test_no_hidden_group_is_marked():
    marks = [mark for bell in dumbbells(told()) for mark in bell.marks]
    assert "Partners" not in {mark.name for mark in marks}


def test_marks_stand_at_their_figures():
    bells = dumbbells(told())
    drawn = lines(bells, 30)
    assert drawn[1] == "0 ─────────◆──B━━━━━━━━A──── 4"
    assert drawn[2] == "0 ───────────────────●>───── 4"
    assert lines(bells, 30, ascii_only=True)[1] == "0 ---------#--B========A---- 4"


def test_a_bound_points_to_where_the_figure_lies():
    low = Mark("A", "Sales", 1, 0.25, bound="at_most")
    high = Mark("B", "Service", 4, 1.0, bound="at_least")
    bell = Dumbbell("x", "X", 0, "0", "4", (low, high))
    assert lines([bell], 15) == ["0 ─<A━━━━━━━B 4"]


def test_scales_stand_under_one_another():
    bells = [
        Dumbbell("x", "X", 0, "0", "4", (Mark("A", "Sales", 1, 0.25),)),
        Dumbbell("y", "Y", 0, "-10", "100", ()),
    ]
    assert lines(bells, 20) == ["  0 ───A──────── 4  ", "-10 ──────────── 100"]
    assert lines([], 20) == []


def test_what_the_assessor_found_is_as_coarse_as_what_people_say():
    assert found_by_assessor(LEADERSHIP) == 1.5
    assert found_by_assessor(PeopleCard(6, 3)) is None
    assert found_by_assessor(STRATEGY) == 2.7


def test_a_figure_outside_the_scale_stays_on_the_line():
    card = dataclasses.replace(CARD.overall, people=dataclasses.replace(OVERALL, above_found=5))
    (bell,) = dumbbells(told(dataclasses.replace(PEOPLE_CARD, dimensions={}, overall=card)))
    assert bell.marks[0].at == 0
    flat = dataclasses.replace(card, scale=(2, 2))
    (bell,) = dumbbells(told(dataclasses.replace(PEOPLE_CARD, dimensions={}, overall=flat)))
    assert {mark.at for mark in bell.marks} == {0}


def test_without_axes_everybody_is_marked():
    bells = dumbbells(told(dataclasses.replace(PEOPLE_CARD, people=PeopleInfo(41, 5))))
    assert [mark.kind for mark in bells[1].marks] == ["assessor", "everybody"]


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=30).map(sorted),
    st.integers(1, 40),
)
def test_marks_never_share_a_cell_nor_change_places(positions, cells):
    marks = tuple(Mark("A", "a", at, at) for at in positions)
    shown = placed(Dumbbell("x", "X", 0, "0", "4", marks), cells)
    at = [cell for cell, _mark in shown]
    assert at == sorted(set(at))
    assert all(0 <= cell < cells for cell in at)
    assert len(shown) == min(len(marks), cells)
    assert [mark for _cell, mark in shown] == [*marks[:cells]]
