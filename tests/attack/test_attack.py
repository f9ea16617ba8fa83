"""The attack: nothing that is shown, in one report or in two, gives away what is hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest

from cxmaturity.engine.people.audit import Rooms
from cxmaturity.engine.people.disclosure import NOTHING_YET, Past, Showable, showable
from cxmaturity.hookspecs import Interval
from cxmaturity.model.people import PeopleSettings
from tests.attack.organisations import (
    TOP,
    Organisation,
    built_organisations,
    random_organisation,
)
from tests.attack.outsider import (
    Answer,
    Found,
    Row,
    Target,
    attack,
    possible_sums,
    rows_of,
    targets_of,
)
from tests.attack.publishing import Holding, Report, Showing, held_back, reports_of

ENOUGH = 0.25
KNOWN = 0.05
SHARDS, EACH = 10, 100
MOST_WORLDS = 10_000
BUILT = list(built_organisations())


def attacked(
    organisations: Iterable[Organisation],
    showing: Showing = showable,
    holding: Holding = held_back,
) -> list[Found]:
    return attack((each.name, reports_of(each, showing, holding)) for each in organisations)


# --- the product ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_organisations_give_nothing_away(shard):
    found = attacked(map(random_organisation, range(shard * EACH, (shard + 1) * EACH)))
    assert len(found) > EACH
    assert [each for each in found if each.share_of_scale < ENOUGH] == []


def test_built_organisations_give_nothing_away():
    assert len(BUILT) >= 50
    assert [each for each in attacked(BUILT) if each.share_of_scale < ENOUGH] == []


def test_an_exact_search_finds_no_hidden_answer():
    """Whole levels only: fewer possibilities than the linear program knows."""
    searched = 0
    for organisation in [*BUILT[::3], *map(random_organisation, range(20))]:
        reports = reports_of(organisation, showable, held_back)
        rows = [row for report in reports for row in rows_of(report)]
        for target in targets_of(reports):
            sums = possible_sums(rows, target, MOST_WORLDS)
            if sums is not None:
                searched += 1
                share = (max(sums) - min(sums)) / (TOP * len(target.answers))
                assert share >= ENOUGH, (organisation.name, target.name, sums)
                assert not _known_answers(rows, target), (organisation.name, target.name)
    assert searched > 60


def _known_answers(rows: Sequence[Row], target: Target) -> list[Answer]:
    """Whose answer alone has one possible value; of those in the same rows one is looked at."""
    alike = {tuple(row.shares.get(answer) for row in rows): answer for answer in target.answers}
    alone = [(answer, Target("", frozenset([answer]))) for answer in alike.values()]
    sums = [(answer, possible_sums(rows, each, MOST_WORLDS)) for answer, each in alone]
    return [answer for answer, found in sums if found is not None and len(found) < 2]


# --- builds that must fall ------------------------------------------------------------------------


def only_the_minimum(
    levels: Sequence[int | None],
    groups: Mapping[str, Mapping[str, int]],
    settings: PeopleSettings,
    scale: Interval,
    past: Past = NOTHING_YET,
) -> Showable:
    """What a build without the remainder rule and without the audit shows."""
    who = Rooms(levels, scale).who
    places = {
        axis: tuple(
            place for place, mask in on.items() if (mask & who).bit_count() >= settings.n_min
        )
        for axis, on in groups.items()
    }
    return Showable(everybody=who.bit_count() >= settings.n_min, places=places)


def without_past(
    levels: Sequence[int | None],
    groups: Mapping[str, Mapping[str, int]],
    settings: PeopleSettings,
    scale: Interval,
    past: Past = NOTHING_YET,
) -> Showable:
    """What a build without a ledger shows: every report as if it were the first."""
    return showable(levels, groups, settings, scale)


def never(*_: object) -> bool:
    return False


def _single_values(
    organisations: Iterable[Organisation], showing: Showing, holding: Holding = held_back
) -> Iterator[bool]:
    """Of every target that can be searched, whether only one sum of whole answers is left."""
    for organisation in organisations:
        reports = reports_of(organisation, showing, holding)
        rows = [row for report in reports for row in rows_of(report)]
        for target in targets_of(reports):
            sums = possible_sums(rows, target, MOST_WORLDS)
            if sums is not None:
                yield len(sums) == 1


def test_the_attack_breaks_a_build_without_the_remainder_rule():
    found = [
        each
        for each in attacked([*BUILT, *map(random_organisation, range(40))], only_the_minimum)
        if " 0:" in each.name
    ]
    assert sum(each.share_of_scale < ENOUGH for each in found) > 30
    assert any(each.high - each.low < KNOWN * TOP for each in found)
    assert sum(_single_values(BUILT, only_the_minimum)) > 30


def test_the_attack_breaks_a_build_without_the_ledger():
    found = attacked(
        [*BUILT, *map(random_organisation, range(40))], showing=without_past, holding=never
    )
    late = [each for each in found if " late:" in each.name]
    assert sum(each.share_of_scale < ENOUGH for each in late) > 10
    assert sum(_single_values(BUILT, without_past, never)) > 5


def test_the_attack_breaks_a_build_whose_audit_forgets_the_reports_before():
    found = attacked(map(random_organisation, range(100)), showing=without_past)
    assert any(each.share_of_scale < ENOUGH for each in found)


def test_the_exact_search_and_the_program_agree():
    """Both attackers, one case by hand: 8 people, 7 of them shown, nobody's figure hidden."""
    the_eighth = next(each for each in BUILT if each.name == "the eighth")
    (report,) = reports_of(the_eighth, only_the_minimum, lambda *_: True)
    (target,) = [each for each in targets_of([report]) if each.name.startswith("0:")]
    assert possible_sums(list(rows_of(report)), target, MOST_WORLDS) == {1}
    (found,) = attack([("", [report])])
    assert found.low <= 1 <= found.high


def test_reports_are_real():
    """The attack is no idle one: most organisations publish, some of them twice."""
    made: list[list[Report]] = [
        reports_of(random_organisation(seed), showable, held_back) for seed in range(60)
    ]
    assert sum(bool(reports[0].figures) for reports in made) > 40
    assert sum(len(reports) == 2 for reports in made) > 5
