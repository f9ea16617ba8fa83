"""A dimension's figures, made of its indicators' published ones by hand-made cards."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from cxmaturity.engine.people.composition import Composition
from cxmaturity.engine.people.dimensions import (
    DimensionGap,
    dimension_alpha,
    dimension_card,
    published,
)
from cxmaturity.engine.people.gap import Gap
from cxmaturity.engine.program import Program
from cxmaturity.model.people import PeopleSettings
from cxmaturity.model.scorecard import GroupCard, PeopleCard
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

M = 1_000_000
ROLE = PeopleSettings(axes=("role",), aggregate_over="role")
Scores = Mapping[str, tuple[float, int] | None]


def program(**dimensions: Any) -> Program:
    return program_of(rubric(dimensions))


def group(place: str, said: tuple[float, int] | None, **keys: Any) -> GroupCard:
    if said is None:
        return GroupCard("role", place, hidden=True)
    return GroupCard("role", place, n=said[1], score=said[0], **keys)


def card(everybody: tuple[float, int] | None, groups: Scores | None = None) -> PeopleCard:
    cards = tuple(group(place, said) for place, said in (groups or {}).items())
    if everybody is None:
        return PeopleCard(groups=cards)
    return PeopleCard(n=everybody[1], score=everybody[0], groups=cards)


def said_of(
    compiled: Program, node: str, cards: Mapping[str, PeopleCard]
) -> tuple[PeopleCard, DimensionGap | None]:
    order = {"role": ("leader", "manager", "staff", "staff/x")}
    index = compiled.node_index[node]
    return dimension_card(Composition(compiled), index, published(cards), cards, ROLE, order)


def test_a_dimension_is_the_weighted_mean_of_published_figures():
    compiled = program(d=dimension(ladder(weight=3), ladder(weight=2), ladder(weight=1)))
    cards = {"d.i1": card((4, 9)), "d.i2": card((1, 7))}
    found, gap = said_of(compiled, "d", cards)
    assert (found.n, found.score, found.gap, gap) == (7, 2.8, None, None)


def test_levels_are_converted_to_the_scale_of_the_dimension():
    percent = question(
        "number", scale=[0, 100], curve=[[0, 0], [100, 100]], unit="%", range=[0, 100]
    )
    compiled = program(d=dimension(percent, ladder()))
    found, _ = said_of(compiled, "d", {"d.i1": card((50, 9)), "d.i2": card((4, 9))})
    assert found.score == 3


def test_nested_dimensions_count_with_their_own_weight():
    compiled = program(
        top=dimension(ladder()),
        low=dimension(ladder(), ladder(), parent="top", weight=3),
    )
    cards = {"top.i1": card((4, 9)), "low.i1": card((0, 8)), "low.i2": card((2, 9))}
    assert said_of(compiled, "top", cards)[0].score == 1.8  # (4 + 3 × 1) / 4, half up
    assert said_of(compiled, "low", cards)[0].score == 1
    assert said_of(compiled, "overall", cards)[0].score == 1.8


def test_by_parts_every_indicator_counts_the_same():
    compiled = program(
        top=dimension(ladder()),
        low=dimension(ladder(), ladder(), ladder(), parent="top", weight="parts"),
    )
    cards = {"top.i1": card((4, 9)), "low.i1": card((1, 8)), "low.i2": card((1, 8))}
    assert said_of(compiled, "top", cards)[0].score == 2


def test_what_weighs_nothing_has_no_figure():
    compiled = program(d=dimension(ladder(weight=0), ladder()))
    found, _ = said_of(compiled, "d", {"d.i1": card((4, 9), {"staff": (4, 9)})})
    assert found.score is None
    assert found.groups == (GroupCard("role", "staff", hidden=True),)
    both, _ = said_of(compiled, "d", {"d.i1": card((4, 5)), "d.i2": card((1, 9))})
    assert (both.n, both.score) == (9, 1)


def test_a_bound_is_no_figure():
    compiled = program(d=dimension(ladder(), ladder()))
    bounded = PeopleCard(
        n=6, score=1, bound="at_most", groups=(group("staff", (1, 6), bound="at_most"),)
    )
    cards = {"d.i1": bounded, "d.i2": card((3, 8))}
    found, _ = said_of(compiled, "d", cards)
    assert (found.n, found.score) == (8, 3)
    assert found.groups == (GroupCard("role", "staff", hidden=True),)


def test_agreement_of_a_group_comes_from_the_indicators_shown():
    compiled = program(d=dimension(ladder(), ladder(), ladder()))
    cards = {
        "d.i1": PeopleCard(groups=(group("staff", (2, 12), agreement=0.8),)),
        "d.i2": PeopleCard(groups=(group("staff", (2, 10), agreement=0.6),)),
        "d.i3": PeopleCard(groups=(group("staff", (2, 11)),)),
    }
    found, _ = said_of(compiled, "d", cards)
    # J (1 - m) / (J (1 - m) + m) with J = 2 and m = 0.3
    assert found.groups == (GroupCard("role", "staff", n=10, score=2, agreement=0.8),)


def test_the_gap_compares_only_what_both_may_show():
    compiled = program(d=dimension(ladder(), ladder()))
    cards = {
        "d.i1": card(None, {"leader": (4, 9), "staff": (3, 9), "staff/x": (0, 9)}),
        "d.i2": card(None, {"leader": None, "staff": (1, 9)}),
    }
    found, gap = said_of(compiled, "d", cards)
    assert [each.score for each in found.groups] == [4, 2, 0]
    assert gap == DimensionGap(Gap(M, "leader", "staff"), frozenset({"d.i1"}))
    assert found.gap is not None
    assert (found.gap.value, found.gap.low) == (1, None)


def test_groups_alike_are_compared_over_all_they_share():
    compiled = program(d=dimension(ladder(), ladder()))
    cards = {
        "d.i1": card(None, {"leader": (4, 9), "manager": (0, 9), "staff": (2, 9)}),
        "d.i2": card(None, {"leader": (0, 9), "manager": (3, 9)}),
    }
    # Leaders and managers differ by 4 on the first alone, by 0.5 over both; staff share the first.
    _, gap = said_of(compiled, "d", cards)
    assert gap == DimensionGap(Gap(2 * M, "leader", "staff"), frozenset({"d.i1"}))


def test_groups_that_share_nothing_have_no_gap():
    compiled = program(d=dimension(ladder(), ladder()))
    cards = {"d.i1": card(None, {"leader": (4, 9)}), "d.i2": card(None, {"staff": (1, 9)})}
    assert said_of(compiled, "d", cards)[1] is None


def test_alpha_needs_two_indicators():
    units = {"d.i1": Counter({0: 3, M: 1}), "d.i2": Counter({M: 3, 0: 1})}
    under = frozenset({"d.i1", "d.i2", "d.i3"})
    assert dimension_alpha(under, {"d.i1": units["d.i1"]}) is None
    assert dimension_alpha(frozenset({"d.i1"}), units) is None
    alike = {"d.i1": Counter({0: 6}), "d.i2": Counter({M: 6})}
    assert dimension_alpha(under, alike) == 0.9, "1.0 would tell everybody's answers"
    # Expected 32 of 56 pairs, observed 4: 1 - 7 × 4 / 32
    assert dimension_alpha(under, units) == 0.1
