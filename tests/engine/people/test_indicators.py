"""One indicator: state and level by hand, and a card that obeys what may be shown."""

from typing import Any, Literal

import pytest

from cxmaturity.engine.people.disclosure import Showable
from cxmaturity.engine.people.indicators import Item, card_of, level_of, option_shares
from cxmaturity.engine.people.levels import item_answers, tallies_by_place, tally_of
from cxmaturity.engine.program import Leaf
from cxmaturity.model.people import PeopleSettings
from cxmaturity.model.scorecard import GapCard, GroupCard, PeopleCard
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

M = 1_000_000
ROLE = PeopleSettings(axes=("role",), aggregate_over="role")
EVERYBODY = ("", "")
CHOICE = question(
    "choice",
    options=[{"id": "a", "text": "A", "level": 4}, {"id": "b", "text": "B", "level": 0},
             {"id": "c", "text": "C"}],
)  # fmt: skip


def leaf(indicator: dict[str, Any] | None = None) -> Leaf:
    return program_of(rubric({"d": dimension(indicator or ladder())})).leaves[0]


def item(indicator: Leaf, answers: dict[str, list[Any]]) -> Item:
    """Answers by role."""
    roles = [role for role, given in answers.items() for _ in given]
    read = item_answers(indicator, [raw for given in answers.values() for raw in given])
    tallies = tallies_by_place(read.levels, {"role": roles})
    return Item(indicator, read, tally_of(read.levels), tallies)


def state(*answers: Any, settings: PeopleSettings = ROLE) -> tuple[str, int | None]:
    return level_of(item(leaf(CHOICE), {"staff": list(answers)}), settings)


def test_states_of_what_people_answer():
    assert state() == ("unanswered", None)
    assert state(None, None) == ("unanswered", None)
    assert state("a", "a", "a", "b", "unknown", "na:other") == ("too_few", None)
    assert state("unknown", "na:other") == ("too_few", None)
    assert state(*["na:other"] * 4, "unknown") == ("unknown", None)
    assert state(*["na:other"] * 5) == ("not_applicable", None)
    assert state(*["na:other"] * 4, "c") == ("not_applicable", None)
    assert state("a", "a", "a", "b", "b") == ("value", 2_400_000)


WORKED = {"leader": [4, 4, 3], "staff": [1, 2]}


@pytest.mark.parametrize(
    ("settings", "level"),
    [
        (ROLE, 2_583_334),
        (PeopleSettings(("role",), "role", pooled=True), 2_800_000),
        (PeopleSettings(("role",), None), 2_800_000),
        (PeopleSettings(("role",), "role", median=True), 2_750_000),
        (PeopleSettings(("role",), "role", pooled=True, median=True), 3_000_000),
    ],
)
def test_the_level_of_the_worked_example(settings: PeopleSettings, level: int):
    assert level_of(item(leaf(), WORKED), settings) == ("value", level)


def test_people_who_weigh_nothing_are_not_enough():
    weighed = PeopleSettings(("role",), "role", n_min=3, group_weights={"leader": 0})
    assert level_of(item(leaf(), WORKED), weighed) == ("too_few", None)
    three = {"leader": [4, 4], "staff": [1, 2, 3]}
    assert level_of(item(leaf(), three), weighed) == ("value", 2 * M)


# cards ------------------------------------------------------------------------------------------


def card(
    answers: dict[str, list[Any]], showable: Showable, settings: PeopleSettings = ROLE
) -> PeopleCard:
    said = item(leaf(), answers)
    _, level = level_of(said, settings)
    shares = {"0": 0.5}
    return card_of(said, level, showable, settings, {"role": ("leader", "staff")}, shares)


TEN_AND_SIX = {"staff": [0, 1, 1, 2, 2, 2, 2, 3, 3, 4], "leader": [4, 4, 4, 3, 3, 3]}


def test_everything_that_may_be_shown():
    found = card(TEN_AND_SIX, Showable(True, {"role": ("leader", "staff")}, {}))
    assert found == PeopleCard(
        n=16,
        score=2.8,
        spread=1.2,
        agreement=0.3,
        gap=GapCard(1.5, "leader", "staff"),
        groups=(
            GroupCard("role", "leader", 6, 3.5, agreement=0.9),
            GroupCard("role", "staff", 10, 2, spread=1.2, agreement=0.3),
        ),
        shares={"0": 0.5},
    )


def test_what_is_hidden_carries_no_number():
    found = card(TEN_AND_SIX, Showable(False, {"role": ("staff",)}, {}))
    assert found == PeopleCard(
        groups=(
            GroupCard("role", "leader", hidden=True),
            GroupCard("role", "staff", 10, 2, spread=1.2, agreement=0.3),
        )
    )


def test_a_bound_shows_neither_mean_nor_agreement():
    answers = {"leader": [0] * 5, "staff": [4] * 6}
    bounds: dict[tuple[str, str], Literal["at_most", "at_least"]] = {
        ("role", "leader"): "at_most",
        ("role", "staff"): "at_least",
    }
    found = card(answers, Showable(False, {"role": ("leader", "staff")}, bounds))
    assert found.groups == (
        GroupCard("role", "leader", 5, 1, "at_most"),
        GroupCard("role", "staff", 6, 3, "at_least"),
    )
    assert found.gap is None


def test_everybody_may_be_a_bound():
    found = card({"staff": [4] * 6}, Showable(True, {}, {EVERYBODY: "at_least"}))
    assert (found.n, found.score, found.bound) == (6, 3, "at_least")
    assert (found.spread, found.agreement, dict(found.shares)) == (None, None, {})


@pytest.mark.parametrize("n", [9, 10, 40])
def test_that_all_gave_the_same_answer_is_never_told(n: int):
    found = card({"staff": [2] * n}, Showable(True, {"role": ("staff",)}, {}))
    for shown in (found, found.groups[0]):
        assert (shown.n, shown.agreement, shown.spread) == (n, 0.9, None)


def test_a_spread_under_an_eighth_of_the_scale_is_not_told():
    showable = Showable(True, {"role": ("staff",)}, {})
    assert card({"staff": [2] * 18 + [3, 1]}, showable).spread is None
    assert card({"staff": [2] * 10 + [3, 1] * 5}, showable).spread == 0.7


def test_a_higher_minimum_holds_for_distributions_too():
    strict = PeopleSettings(("role",), "role", n_min=12)
    answers: dict[str, list[Any]] = {"staff": [1, 2, 3] * 3 + [4, 4]}
    found = card(answers, Showable(True, {"role": ("staff",)}, {}), strict)
    assert found.groups[0].spread is None


# shares -----------------------------------------------------------------------------------------


def shares(*answers: Any, indicator: dict[str, Any] = CHOICE) -> dict[str, Any]:
    read = leaf(indicator)
    return dict(option_shares(read, answers, item_answers(read, answers).n, ROLE))


def test_shares_do_not_tell_that_nearly_all_chose_the_same():
    assert shares(*"a" * 20) == {}
    assert shares(*"a" * 19, "b") == {}
    assert shares(*"a" * 18, *"bb") == {"a": 0.9, "b": 0.1, "c": 0}


def test_shares_are_of_all_who_chose():
    assert shares(*"aaab" * 3, "unknown", None, "na:other") == {"a": 0.8, "b": 0.3, "c": 0}
    assert shares(*"aaaaabbbbb", *"ccccc") == {"a": 0.3, "b": 0.3, "c": 0.3}


def test_few_have_no_shares():
    assert shares(*"aaaaabbbb") == {}


def test_a_few_who_chose_an_option_without_level_stay_hidden():
    assert shares(*"aaaaabbbbb", "c") == {}


def test_shares_of_every_kind_with_options():
    assert shares(*[4, 4, 3, 2, 1] * 2, indicator=ladder()) == {
        "0": 0, "1": 0.2, "2": 0.2, "3": 0.2, "4": 0.4,
    }  # fmt: skip
    assert shares(*[True, False] * 5, indicator=question("yes_no")) == {"yes": 0.5, "no": 0.5}
    options = [{"id": "a", "text": "A", "level": 1}, {"id": "b", "text": "B", "level": 2}]
    checks = question("checks", options=options)
    assert shares(*[["a", "b"], []] * 5, indicator=checks) == {"a": 0.5, "b": 0.5}
    number = question("number", curve=[[0, 0], [9, 4]], unit="x", range=[0, 9])
    assert shares(*range(10), indicator=number) == {}
