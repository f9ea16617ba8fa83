"""The attack on the product itself: on the cards that every reader receives."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from cxmaturity.engine.people.disclosure import ALL
from cxmaturity.engine.people.groups import groups_of
from cxmaturity.engine.people.hearing import Heard, hear
from cxmaturity.model.exact import MILLION, divide, to_micro
from cxmaturity.model.people import People, PeopleSettings, Publication
from cxmaturity.model.scorecard import GroupCard, PeopleCard
from tests.attack.organisations import PATH, TOP, built_organisations, random_organisation
from tests.attack.outsider import attack
from tests.attack.publishing import Report
from tests.engine.support import program_of
from tests.reference.small_rubrics import dimension, ladder, rubric

PROGRAM = program_of(rubric({"d": dimension(ladder(), ladder())}))
OTHER = "d.i2"
SHARDS, EACH = 4, 50
TENTH = MILLION // 10


def with_another_indicator(people: People) -> People:
    """The same people, who also answer a second question."""
    answers = tuple(
        random.Random(f"{code} {OTHER}").choice([None, *range(TOP + 1)])  # noqa: S311
        for code in people.codes
    )
    return replace(people, answers={**people.answers, OTHER: answers})


def heard(people: People, settings: PeopleSettings, earlier: list[Publication]) -> Heard:
    return hear(PROGRAM, people, settings, earlier=earlier, publishing=True)


def report_of(people: People, settings: PeopleSettings, card: PeopleCard | None) -> Report:
    """A report as it can be read from a card."""
    figures = {}
    if card is not None and card.score is not None:
        figures[ALL] = to_micro(card.score), card.bound
    for group in card.groups if card is not None else ():
        if group.score is not None:
            figures[group.axis, group.place] = to_micro(group.score), group.bound
    return Report(people, groups_of(people, settings.axes), settings, figures)


def two_reports(organisation) -> list[Report]:
    settings = organisation.settings
    first, second = map(with_another_indicator, (organisation.first, organisation.second))
    said = heard(first, settings, [])
    check_dimension(said)
    reports = [report_of(first, settings, said.indicators[PATH].card)]
    ledger = [Publication(1, dt.date(2026, 3, 1), first, said.items)]
    again = heard(second, settings, ledger)
    check_dimension(again)
    card = again.indicators[PATH].card
    if card is not None and card.held_back:
        assert replace(card, held_back=False) == said.indicators[PATH].card
        return reports
    return [*reports, report_of(second, settings, card)]


def check_dimension(said: Heard) -> None:
    """A dimension says nothing that its indicators' published figures do not."""
    cards = [said.indicators[path].card for path in (PATH, OTHER) if path in said.indicators]
    known: dict[tuple[str, str], list[int]] = {}
    for card in filter(None, cards):
        everybody = GroupCard("", "", card.n, card.score, card.bound)
        for each in (everybody, *card.groups):
            if each.score is not None and each.bound is None:
                known.setdefault((each.axis, each.place), []).append(to_micro(each.score))
    node = said.cards.get("d")
    shown = {} if node is None else {(each.axis, each.place): each.score for each in node.groups}
    if node is not None:
        shown[ALL] = node.score
    for place, score in shown.items():
        scores = known.get(place, [])
        mean = divide(sum(scores), len(scores) * TENTH) * TENTH if scores else None
        assert (None if score is None else to_micro(score)) == mean


@pytest.mark.parametrize("shard", range(SHARDS))
def test_cards_of_random_organisations_give_nothing_away(shard):
    seeds = range(5000 + shard * EACH, 5000 + (shard + 1) * EACH)
    found = attack((each.name, two_reports(each)) for each in map(random_organisation, seeds))
    assert len(found) > EACH
    assert [each for each in found if each.share_of_scale < 0.25] == []


def test_cards_of_built_organisations_give_nothing_away():
    found = attack((each.name, two_reports(each)) for each in built_organisations())
    assert [each for each in found if each.share_of_scale < 0.25] == []
