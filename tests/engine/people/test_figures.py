"""What rules read is what the cards show."""

from cxmaturity.engine.people.figures import figures_of
from cxmaturity.model.scorecard import GapCard, GroupCard, PeopleCard

M = 1_000_000
CARDS = {
    "d": PeopleCard(
        n=12,
        score=2.6,
        agreement=-0.1,
        gap=GapCard(1.5, "leader", "staff"),
        groups=(
            GroupCard("role", "leader", n=5, score=3.4, agreement=0.9),
            GroupCard("role", "staff", n=5, score=1, bound="at_most"),
            GroupCard("unit", "leader", hidden=True),
        ),
    ),
    "d.i1": PeopleCard(n=12, score=2, shares={"a": 0.3, "b": 0}),
    "d.i2": PeopleCard(n=6, score=3, bound="at_least"),
}


def read(key: str) -> int | None:
    return figures_of([key], CARDS).get(key)


def test_figures_are_those_of_the_cards():
    assert read("respondents(d)") == 2_600_000
    assert read("respondents(d, 'leader')") == 3_400_000
    assert read("gap(d)") == 1_500_000
    assert read("agreement(d)") == -100_000
    assert read("agreement(d, 'leader')") == 900_000
    assert read("share(d.i1.a)") == 300_000
    assert read("share(d.i1.b)") == 0


def test_what_is_not_shown_is_missing():
    missing = [
        *("respondents(d, 'staff')", "agreement(d, 'staff')", "respondents(d, 'nowhere')"),
        *("respondents(e)", "respondents(d.i2)", "gap(d.i1)", "agreement(d.i1)"),
        *("share(d.i1.c)", "share(e.i1.a)", "share(fact.f.a)", "measure.nps.value"),
    ]
    assert figures_of(missing, CARDS) == {}
