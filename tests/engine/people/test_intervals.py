"""Intervals beside the gaps that are shown."""

from fractions import Fraction

from cxmaturity.engine.people.groups import groups_of
from cxmaturity.engine.people.intervals import Compared, Resampler, with_intervals
from cxmaturity.model.people import People, PeopleSettings
from cxmaturity.model.scorecard import GapCard, PeopleCard

M = 1_000_000
ROLE = PeopleSettings(axes=("role",), aggregate_over="role")


def resampler(*columns: list[int | None]) -> Resampler:
    """The first half are leaders."""
    half = len(columns[0]) // 2
    roles = ["leader"] * half + ["staff"] * half
    people = People(tuple(f"p{i:03}" for i in range(2 * half)), {"role": tuple(roles)})
    levels = {f"d.i{i}": column for i, column in enumerate(columns, start=1)}
    return Resampler(people, groups_of(people, ("role",)), levels, ROLE)


def test_each_gap_gets_its_interval_in_tenths():
    drawing = resampler([4 * M, 3 * M, 2 * M, 0, M, 0])
    gap = Compared("leader", "staff", {"d.i1": Fraction(1)}, 4 * M)
    low, high = drawing.intervals({"d.i1": gap})["d.i1"]
    assert low % 100_000 == high % 100_000 == 0
    assert 0 < low < 2_700_000 < high < 4 * M
    assert drawing.intervals({"x": gap, "y": gap}) == {"x": (low, high), "y": (low, high)}


def test_where_most_draws_hold_nobody_who_answered_there_is_none():
    rare: list[int | None] = [M] + [None] * 99
    columns = [rare[-i:] + rare[:-i] + [0] * 100 for i in range(3)]
    coefficients = {f"d.i{i}": Fraction(1, 3) for i in range(1, 4)}
    gap = Compared("leader", "staff", coefficients, 4 * M)
    assert resampler(*columns).intervals({"d": gap}) == {}


def test_an_interval_holds_the_gap_that_is_shown():
    card = PeopleCard(gap=GapCard(1.5, "leader", "staff"))
    for ends, shown in (((1_300_000, 1_400_000), (1.3, 1.5)), ((1_600_000, 2 * M), (1.5, 2))):
        gap = with_intervals({"d": card}, {"d": ends})["d"].gap
        assert gap is not None
        assert (gap.low, gap.high) == shown


def test_without_interval_a_card_stays_as_it_is():
    cards = {"d": PeopleCard(gap=GapCard(1.5, "leader", "staff")), "e": PeopleCard(n=9)}
    assert with_intervals(cards, {"e": (0, 0)}) == cards


def test_an_interval_without_width_would_tell_that_all_answered_alike():
    card = PeopleCard(gap=GapCard(1.5, "leader", "staff"))
    gap = with_intervals({"d": card}, {"d": (1_500_000, 1_500_000)})["d"].gap
    assert gap is not None
    assert (gap.value, gap.low, gap.high) == (1.5, None, None)
