"""Respondents in the judgement: verdicts are exact, what is shown of them has one decimal."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cxmaturity.engine.folding import refold
from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.people.hearing import Heard, HeardIndicator
from cxmaturity.engine.people.joining import listen
from cxmaturity.engine.program import State
from cxmaturity.engine.score import read, score
from cxmaturity.engine.shown import one_decimal
from cxmaturity.model.answers import Answers
from cxmaturity.model.exact import from_micro, to_micro
from cxmaturity.model.scorecard import DimensionCard, PeopleCard, PeopleInfo, Scorecard
from tests.engine.support import Table, answers_of, program_of
from tests.reference.small_rubrics import dimension, ladder, rubric
from tests.strategies import cases

drawn = settings(
    max_examples=60, suppress_health_check=list(HealthCheck), deadline=None, phases=[Phase.generate]
)
TENTH = 100_000


def heard(
    levels: Mapping[str, float | None], bounds: Mapping[str, str] | None = None, **figures: object
) -> Heard:
    """What people say: levels by path, None for too few."""
    indicators = {}
    for path, level in levels.items():
        micro = None if level is None else to_micro(level)
        bound = (bounds or {}).get(path)
        shown = None if micro is None else from_micro(one_decimal(micro))
        card = PeopleCard(n=6, score=3 if bound else shown, bound=bound)  # type: ignore[arg-type]
        state = "too_few" if level is None else "value"
        indicators[path] = HeardIndicator(
            state,  # type: ignore[arg-type]
            micro,
            card if level is not None else PeopleCard(),
        )
    return Heard(indicators, {}, figures, PeopleInfo(n=6, n_min=5), {})  # type: ignore[arg-type]


def card_of(table: Table, said: Heard | None, world: Table | None = None) -> Scorecard:
    return score(program_of(table), answers_of(world or {}), heard=said)


PLAIN = rubric(
    {"d": dimension(ladder(), ladder(), ladder())},
    rules={
        "HIGH": {"when": "d >= 3", "severity": "note", "text": {"en": "It is {d}.", "fi": "{d}"}}
    },
)


# --- who decides ----------------------------------------------------------------------------------


def test_people_decide_where_the_assessor_did_not():
    said = heard({"d.i1": 2.25, "d.i2": 1.5, "d.i3": 3})
    card = card_of(PLAIN, said, {"answers": {"d.i1": 4, "d.i2": "unknown"}})
    found = [(i.level, i.source) for i in card.dimensions["d"].indicators]
    assert found == [(4, "assessor"), (1.5, "respondents"), (3, "respondents")]


def test_too_few_is_treated_as_unanswered_and_said():
    card = card_of(PLAIN, heard({"d.i1": None}), {"answers": {"d.i2": 3, "d.i3": 1}})
    first = card.dimensions["d"].indicators[0]
    assert (first.state, first.level, first.low, first.high) == ("too_few", None, 0, 4)
    assert card.dimensions["d"].score == 2


def test_a_level_that_may_not_be_shown_is_no_level():
    said = heard({"d.i1": 2.0})
    hidden = Heard(
        {"d.i1": HeardIndicator("value", 2_000_000, PeopleCard())}, {}, {}, said.info, {}
    )
    card = card_of(PLAIN, hidden, {"answers": {"d.i2": 3, "d.i3": 1}})
    assert card.dimensions["d"].indicators[0].state == "too_few"


def test_where_a_plugin_failed_there_is_no_score():
    said = heard({"d.i1": 2.0})
    failed = Heard({"d.i1": HeardIndicator("failed", None, None)}, {}, {}, said.info, {})
    card = card_of(PLAIN, failed, {"answers": {"d.i2": 3, "d.i3": 1}})
    assert (card.dimensions["d"].state, card.dimensions["d"].score) == ("failed", None)


# --- one decimal, and the side of a threshold -----------------------------------------------------


def test_a_score_that_rests_on_people_has_one_decimal_and_keeps_its_side():
    said = heard({"d.i1": 3, "d.i2": 2.96, "d.i3": 2.95})
    card = card_of(PLAIN, said)
    assert card.dimensions["d"].score == 3
    assert card.findings == ()
    assert card.trace is not None
    (clause,) = card.trace.rules["HIGH"].clauses
    # 2.97 fails "needs 3": what stands beside the threshold stays below it.
    assert (clause.holds, clause.value, clause.needs) == (False, 2.9, 3)


def test_a_finding_tells_one_decimal():
    card = card_of(PLAIN, heard({"d.i1": 3.04, "d.i2": 3.11, "d.i3": 3.07}))
    assert [finding.text["en"] for finding in card.findings] == ["It is 3.1."]


def test_the_assessors_numbers_keep_their_decimals():
    table = rubric({"d": dimension(ladder(), ladder(), ladder()), "e": dimension(ladder())})
    world = {"answers": {"d.i1": 1, "d.i2": 1, "d.i3": 2}}
    card = card_of(table, heard({"e.i1": 2.34}), world)
    assert (card.dimensions["d"].score, card.dimensions["e"].score) == (1.333333, 2.3)
    assert card.overall.score == 1.8


def test_a_few_of_one_mind_show_only_a_bound_and_so_does_what_is_made_of_it():
    said = heard({"d.i1": 4, "d.i2": 2.0, "d.i3": 2.0}, {"d.i1": "at_least"})
    card = card_of(PLAIN, said)
    node = card.dimensions["d"]
    assert (node.indicators[0].level, node.indicators[0].bound) == (3, "at_least")
    assert (node.score, node.bound, card.overall.bound) == (2.3, "at_least", "at_least")


def test_figures_of_people_reach_the_rules():
    rules = {"GAP": {"when": "gap(d) >= 1", "severity": "note"}}
    table = rubric({"d": dimension(ladder())}, rules=rules)
    said = Heard({}, {}, {"gap(d)": 1_200_000}, PeopleInfo(n=6, n_min=5), {})
    assert [finding.id for finding in card_of(table, said).findings] == ["GAP"]


# --- laws -----------------------------------------------------------------------------------------


def _numbers(card: DimensionCard) -> list[int]:
    found = (card.score, card.raw, card.evidenced, card.low, card.high, card.gap)
    return [to_micro(number) for number in found if number is not None]


@drawn
@given(cases(), st.randoms(use_true_random=False))
def test_verdicts_are_those_of_exact_levels_and_nothing_finer_than_a_tenth_is_shown(case, chance):
    table, world = case
    program, answers = program_of(table, world), answers_of(world)
    valued = [
        path
        for path, i in program.leaf_index.items()
        if world_of(program, answers).leaf_state[i] == State.VALUE and chance.random() < 0.5
    ]
    exact = world_of(program, answers)
    said = heard({path: exact.leaf_level[program.leaf_index[path]] / 1e6 for path in valued})
    rest = {path: raw for path, raw in answers.ratings.items() if path not in said.indicators}
    fewer = Answers(rest, answers.facts, answers.grades, answers.targets)
    one, other = score(program, answers), score(program, fewer, heard=said)
    assert (one.phase.id, one.phase.at_most, one.phase.behaviour) == (
        other.phase.id,
        other.phase.at_most,
        other.phase.behaviour,
    )
    assert [f.id for f in one.findings] == [f.id for f in other.findings]
    assert [g.holds for g in one.phase.gates] == [g.holds for g in other.phase.gates]
    assert other.trace is not None
    assert refold(program, other.trace) == []
    limits = {to_micro(cap.limit) for node in other.trace.nodes.values() for cap in node.caps}
    inputs = world_of(program, fewer)
    resting = read(program, inputs, listen(program, inputs, said)).resting
    for name, i in program.node_index.items():
        card = other.overall if name == "overall" else other.dimensions[name]
        before = one.overall if name == "overall" else one.dimensions[name]
        if resting.nodes[i]:
            figures = _numbers(card)
            assert all(n % TENTH == 0 or n in limits or card.target is not None for n in figures)
        else:
            assert (card.score, card.low, card.high) == (before.score, before.low, before.high)


@pytest.mark.parametrize("level", [2.04, 2.95, 2.96, 3.0, 3.04])
def test_a_clause_beside_a_threshold_agrees_with_its_verdict(level):
    card = card_of(PLAIN, heard({"d.i1": level, "d.i2": level, "d.i3": level}))
    assert card.trace is not None
    (clause,) = card.trace.rules["HIGH"].clauses
    assert clause.value is not None
    assert clause.needs is not None
    assert clause.holds is (clause.value >= clause.needs) is (level >= 3)


# --- people beside the assessor -------------------------------------------------------------------


def test_how_much_higher_people_rate_is_counted_over_what_both_rated():
    table = rubric({"d": dimension(ladder(weight=3), ladder(), ladder()), "e": dimension(ladder())})
    said = heard({"d.i1": 3.0, "d.i2": 2.0, "d.i3": 4, "e.i1": 1})
    card = card_of(table, said, {"answers": {"d.i1": 2, "d.i2": 2}})
    indicators = [i.people and i.people.above_found for i in card.dimensions["d"].indicators]
    assert indicators == [1, 0, None]


def test_above_found_of_a_dimension_weighs_its_indicators():
    table = rubric({"d": dimension(ladder(weight=3), ladder()), "e": dimension(ladder())})
    said = heard({"d.i1": 3.0, "d.i2": 2.0, "e.i1": 1})
    cards = {name: PeopleCard(n=6, score=2) for name in ("d", "e", "overall")}
    said = Heard(said.indicators, cards, {}, said.info, {})
    card = card_of(table, said, {"answers": {"d.i1": 2, "d.i2": 2}})
    found = {
        name: node.people and node.people.above_found for name, node in card.dimensions.items()
    }
    assert found == {"d": 0.8, "e": None}
    assert card.overall.people is not None
    assert card.overall.people.above_found == 0.8
