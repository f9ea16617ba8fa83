"""From answers to cards, the whole way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.engine.people.hearing import Heard, hear
from cxmaturity.engine.people.ledger import Ledger
from cxmaturity.engine.people.levels import item_answers
from cxmaturity.errors import InputError, PluginError, Problem
from cxmaturity.model.people import People, PeopleSettings, Publication
from cxmaturity.model.scorecard import GroupCard, PeopleCard
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

M = 1_000_000
ROLE = PeopleSettings(axes=("role",), aggregate_over="role")
READS = (
    "respondents(d) >= 0 or gap(d) >= 0 or agreement(d) >= 0 or respondents(d, 'leader') >= 0 "
    "or agreement(d.i1, 'staff') >= 0 or share(d.i2.a) >= 0 or respondents(overall) >= 0"
)
AXES = {
    "role": {
        "title": "Role",
        "places": {"leader": {"title": "L"}, "staff": {"title": "S"}},
    }
}
CHOICE = question(
    "choice",
    options=[{"id": "a", "text": "A", "level": 4}, {"id": "b", "text": "B", "level": 1}],
)
PROGRAM = program_of(
    rubric(
        {"d": dimension(ladder(), CHOICE), "e": dimension(ladder())},
        axes=AXES,
        rules={"R": {"when": READS}},
    )
)
LEADERS, STAFF = 12, 14


def people_of(answers: Mapping[str, Sequence[Any]], roles: Sequence[str | None]) -> People:
    codes = tuple(f"p{i:03}" for i in range(len(roles)))
    given = {path: tuple(column) for path, column in answers.items()}
    return People(codes, {"role": tuple(roles)}, given)


TWO_GROUPS = people_of(
    {
        "d.i1": [4, 3, 3, 2, 4, 3, 4, 2, 3, 3, 4, 1, 0, 1, 2, 2, 1, 3, 1, 2, 0, 1, 2, 4, 1, 2],
        "d.i2": list("aabaaabaabaa" + "abbabbbabbabbb"),
    },
    ["leader"] * LEADERS + ["staff"] * STAFF,
)


def all_cards(heard: Heard) -> list[PeopleCard]:
    return [*heard.cards.values(), *(s.card for s in heard.indicators.values() if s.card)]


def one_level(people: People, how: PeopleSettings) -> int | None:
    program = program_of(rubric({"d": dimension(ladder())}))
    return hear(program, people, how).indicators["d.i1"].level


def test_the_worked_example():
    people = people_of({"d.i1": [4, 4, 3, 1, 2]}, ["leader"] * 3 + ["front"] * 2)
    assert one_level(people, PeopleSettings(("role",), "role", n_min=1)) == 2_583_334
    assert one_level(people, PeopleSettings(("role",), "role", n_min=1, pooled=True)) == 2_800_000


def test_two_groups_are_shown_with_their_gap():
    heard = hear(PROGRAM, TWO_GROUPS, ROLE)
    said = heard.indicators["d.i1"]
    assert (said.state, said.level) == ("value", 2_285_715)
    assert said.card is not None
    assert (said.card.n, said.card.score) == (26, 2.3)
    assert [(each.place, each.n, each.score) for each in said.card.groups] == [
        ("leader", 12, 3),
        ("staff", 14, 1.6),
    ]
    gap = said.card.gap
    assert gap is not None
    assert (gap.value, gap.high_place, gap.low_place) == (1.4, "leader", "staff")
    assert gap.low is not None
    assert gap.high is not None
    assert 0 < gap.low < gap.value < gap.high < 4
    assert heard.indicators["e.i1"].state == "unanswered"
    assert heard.indicators["e.i1"].card is None


def test_dimensions_rest_on_what_their_indicators_show():
    heard = hear(PROGRAM, TWO_GROUPS, ROLE)
    assert set(heard.cards) == {"d", "overall"}
    card = heard.cards["d"]
    assert [(each.place, each.n) for each in card.groups] == [("leader", 12), ("staff", 14)]
    assert (card.groups[0].score, card.groups[1].score) == (3.2, 1.8)
    assert card.agreement is not None
    assert card.gap is not None
    assert card.gap.value == 1.4
    assert card.gap.low is not None


def test_rules_read_what_the_cards_show():
    heard = hear(PROGRAM, TWO_GROUPS, ROLE)
    shown = heard.cards["d"]
    assert shown.score is not None
    assert heard.figures["respondents(d)"] == round(shown.score * M)
    assert heard.figures["respondents(d, 'leader')"] == 3_200_000
    assert heard.figures["gap(d)"] == 1_400_000
    assert heard.figures["share(d.i2.a)"] == 500_000
    assert set(heard.figures) <= set(PROGRAM.figures)


def test_every_figure_that_leaves_has_one_decimal():
    heard = hear(PROGRAM, TWO_GROUPS, ROLE)
    assert heard.figures
    assert all(figure % 100_000 == 0 for figure in heard.figures.values())
    for card in all_cards(heard):
        said: tuple[PeopleCard | GroupCard, ...] = (card, *card.groups)
        for each in said:
            numbers = [each.score, each.spread, each.agreement]
            assert all(x is None or round(x, 1) == x for x in numbers)


def test_nobody_at_all():
    heard = hear(PROGRAM, People(), ROLE)
    assert {said.state for said in heard.indicators.values()} == {"unanswered"}
    assert (heard.cards, heard.figures, heard.items) == ({}, {}, {})
    assert (heard.info.n, heard.info.n_min) == (None, 5)


def test_too_few_have_no_level_and_no_number():
    people = people_of({"d.i1": [4, 3, 2, 1, None]}, ["leader", "staff"] * 2 + ["staff"])
    said = hear(PROGRAM, people, ROLE).indicators["d.i1"]
    assert (said.state, said.level) == ("too_few", None)
    assert said.card is not None
    assert said.card.score is None
    assert all(group.hidden and group.score is None for group in said.card.groups)


def test_every_bad_answer_is_said_at_once():
    people = people_of({"d.i1": [9, 4], "d.i2": ["a", "z"]}, ["leader", "staff"])
    with pytest.raises(InputError) as caught:
        hear(PROGRAM, people, ROLE)
    assert [(p.where.key, p.values["code"]) for p in caught.value.problems] == [
        ("d.i1", "p000"),
        ("d.i2", "p001"),
    ]


def test_a_kind_that_fails_takes_only_its_indicator(monkeypatch):
    def failing(leaf, raws, codes):
        if leaf.path == "d.i1":
            raise PluginError(Problem("failed", "it failed"))
        return item_answers(leaf, raws, codes)

    monkeypatch.setattr("cxmaturity.engine.people.hearing.item_answers", failing)
    heard = hear(PROGRAM, TWO_GROUPS, ROLE)
    assert heard.indicators["d.i1"].state == "failed"
    assert heard.indicators["d.i2"].state == "value"
    assert set(heard.items) == {"d.i2"}


def test_answers_to_what_the_rubric_does_not_have_are_left_alone():
    more = people_of({**TWO_GROUPS.answers, "gone.i1": [7] * 26}, TWO_GROUPS.places["role"])
    assert hear(PROGRAM, more, ROLE) == hear(PROGRAM, TWO_GROUPS, ROLE)


# order ------------------------------------------------------------------------------------------


def shuffled(people: People, order: Sequence[int]) -> People:
    return People(
        tuple(people.codes[i] for i in order),
        {axis: tuple(column[i] for i in order) for axis, column in people.places.items()},
        {path: tuple(column[i] for i in order) for path, column in people.answers.items()},
    )


ANSWERS = st.sampled_from([None, "unknown", "na:other", 0, 1, 2, 3, 4])
PLACES = st.sampled_from([None, "leader", "staff", "staff/day", "staff/night"])


@st.composite
def crowds(draw: st.DrawFn) -> People:
    n = draw(st.integers(0, 40))
    columns = {path: draw(st.lists(ANSWERS, min_size=n, max_size=n)) for path in ("d.i1", "e.i1")}
    return people_of(columns, draw(st.lists(PLACES, min_size=n, max_size=n)))


@settings(max_examples=40)
@given(crowds(), st.data())
def test_the_order_of_people_never_matters(people, data):
    order = data.draw(st.permutations(range(len(people))))
    assert hear(PROGRAM, shuffled(people, order), ROLE) == hear(PROGRAM, people, ROLE)


@settings(max_examples=40)
@given(crowds(), st.booleans(), st.booleans())
def test_levels_and_figures_stay_on_the_scale(people, pooled, by_median):
    how = PeopleSettings(("role",), "role", pooled=pooled, median=by_median)
    heard = hear(PROGRAM, people, how)
    for said in heard.indicators.values():
        assert (said.level is not None) == (said.state == "value")
        assert said.level is None or 0 <= said.level <= 4 * M
    for card in all_cards(heard):
        assert card.score is None or 0 <= card.score <= 4
        if card.gap is not None:
            assert 0 <= card.gap.value <= 4
        for group in card.groups:
            assert group.hidden == (group.score is None) == (group.n is None)
            assert group.n is None or group.n >= how.n_min


# publications -----------------------------------------------------------------------------------


def publication(number: int, people: People, heard: Heard) -> Publication:
    return Publication(number, dt.date(2026, 1, number), people, heard.items)


def with_late(people: People, n: int, path: str = "d.i1") -> People:
    """The same people, and ``n`` leaders more who answered one indicator."""
    codes = (*people.codes, *(f"late{i}" for i in range(len(people), len(people) + n)))
    answers = {
        each: (*column, *([0 if each == path else None] * n))
        for each, column in people.answers.items()
    }
    return People(codes, {"role": (*people.places["role"], *["leader"] * n)}, answers)


def publish(people: People, *earlier: Publication) -> Heard:
    return hear(PROGRAM, people, ROLE, earlier=earlier, publishing=True)


FIRST = publication(1, TWO_GROUPS, publish(TWO_GROUPS))


def test_what_few_answered_since_repeats_the_earlier_publication():
    heard = publish(with_late(TWO_GROUPS, 2), FIRST)
    said, before = heard.indicators["d.i1"], FIRST.items["d.i1"]
    assert (said.state, said.level) == (before.state, before.level)
    assert said.card == replace(before.card, held_back=True)
    assert heard.info.held_back == 1


def test_what_enough_answered_since_is_new():
    heard = publish(with_late(TWO_GROUPS, 5), FIRST)
    said = heard.indicators["d.i1"]
    assert said.level != FIRST.items["d.i1"].level
    assert said.card is not None
    assert (said.card.n, said.card.held_back, heard.info.held_back) == (31, False, 0)


def test_late_answers_add_up_over_publications():
    three = with_late(TWO_GROUPS, 3)
    second = publication(2, three, publish(three, FIRST))
    assert "d.i1" not in second.items
    six = with_late(three, 3)
    heard = publish(six, FIRST, second)
    card = heard.indicators["d.i1"].card
    assert card is not None
    assert (card.n, card.held_back) == (32, False)


def test_nothing_new_is_said_of_a_dimension_with_a_figure_held_back():
    first = hear(PROGRAM, TWO_GROUPS, ROLE)
    heard = publish(with_late(TWO_GROUPS, 2), FIRST)
    card = heard.cards["d"]
    assert card.score == first.cards["d"].score
    assert card.gap is not None
    assert (card.agreement, card.gap.low, card.gap.high) == (None, None, None)
    assert first.cards["d"].agreement is not None


def test_a_working_view_holds_nothing_back():
    people = with_late(TWO_GROUPS, 2)
    assert hear(PROGRAM, people, ROLE, earlier=(FIRST,)) == hear(PROGRAM, people, ROLE)


def test_what_was_never_published_stays_unsaid_when_it_is_held_back(monkeypatch):
    monkeypatch.setattr(Ledger, "holds_back", lambda _, path: path == "d.i1")
    said = publish(TWO_GROUPS).indicators["d.i1"]
    assert (said.state, said.level, said.card) == ("too_few", None, PeopleCard(held_back=True))
