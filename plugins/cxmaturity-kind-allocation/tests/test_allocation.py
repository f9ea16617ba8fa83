"""The kind, the method and the function obey the laws, and work together in a small rubric."""

from __future__ import annotations

import cxmaturity_kind_allocation
import pytest

from cxmaturity.testing import (
    build_rubric,
    build_scorecard,
    check_combiner,
    check_function,
    check_kind,
    kind_faults,
    run_plugin,
)

MILLION = 1_000_000
OPTIONS = [
    {"id": "works", "text": {"en": "making it work", "fi": "toimivuuteen"}, "level": 1},
    {"id": "easy", "text": {"en": "making it easy", "fi": "helppouteen"}, "level": 2},
    {"id": "felt", "text": {"en": "making it felt", "fi": "tunteisiin"}, "level": 4},
]
RUBRIC = {
    "requires": ["cxmaturity-kind-allocation >= 1"],
    "dimensions": {
        "portfolio": {
            "combine": "geometric_mean",
            "indicators": {
                "effort": {
                    "kind": "allocation",
                    "options": [{**option, "text": option["text"]["en"]} for option in OPTIONS],
                },
                "promise": {},
            },
        },
        "people": {"indicators": {"pride": {}}},
    },
    "rules": {
        "LOPSIDED": {
            "when": "balance(portfolio, people) < 0.5",
            "severity": "risk",
            "title": "Lopsided",
            "text": "One runs ahead of the other.",
        }
    },
}


@pytest.fixture(scope="module")
def ran():
    return run_plugin(cxmaturity_kind_allocation)


@pytest.fixture(scope="module")
def rubric():
    return build_rubric(RUBRIC, cxmaturity_kind_allocation)


def test_the_plugin_loads_alone(ran):
    assert ran.failures == ()
    assert set(ran.names) == {"allocation", "geometric_mean", "balance"}


def test_the_kind_obeys_the_laws(ran):
    check_kind(
        ran.record("cxm_question_kinds", "allocation"),
        {"options": OPTIONS},
        answers=[
            "works:50,felt:50",
            ["works:20", "easy:30", "felt:50"],
            {"felt": 100},
            " works : 100 ",
        ],
        wrong=[
            "works:50",
            "works:60,felt:50",
            "works:-10,felt:110",
            "works:50,works:50",
            "speed:100",
            "works:33.3,felt:66.7",
            {"works": "all"},
            {"works": True},
            [],
            100,
            "works:" + "9" * 5000,
        ],
    )


@pytest.mark.parametrize(
    ("answer", "level"),
    [("works:100", 1), ("felt:100", 4), ("works:50,felt:50", 2.5), ("works:1,easy:99", 1.99)],
)
def test_points_weigh_the_levels(rubric, answer, level):
    card = build_scorecard(rubric, {"portfolio.effort": answer})
    assert card.dimensions["portfolio"].indicators[0].level == level


def test_faulty_options_are_told(ran):
    kind = ran.record("cxm_question_kinds", "allocation")
    twice = [OPTIONS[0], OPTIONS[0], {**OPTIONS[1], "level": 9}]
    faults = kind_faults(kind, {"options": twice})
    assert "option 'works' stands twice" in faults
    assert "option 'easy' has a level outside the scale: 9" in faults


def test_the_method_obeys_the_laws(ran):
    check_combiner(ran.record("cxm_combiners", "geometric_mean"))


@pytest.mark.parametrize(
    ("promise", "score"), [(4, 4), (0, 1.236068), (1, 2.162278), ("unknown", 4)]
)
def test_a_weak_part_pulls_harder_than_in_a_mean(rubric, promise, score):
    answers = {"portfolio.effort": "felt:100", "portfolio.promise": promise}
    card = build_scorecard(rubric, answers)
    if promise == "unknown":
        assert card.dimensions["portfolio"].score is None, "half of the answers are not enough"
    else:
        assert card.dimensions["portfolio"].score == score


def test_the_function_obeys_the_laws(ran):
    check_function(
        ran.record("cxm_functions", "balance"),
        (-4 * MILLION, 4 * MILLION),
        (0, 10**15),
        examples={
            (MILLION, MILLION): MILLION,
            (0, 0): MILLION,
            (0, MILLION): 0,
            (MILLION, 2 * MILLION): MILLION // 2,
            (MILLION, 3 * MILLION): 333_333,
        },
    )


@pytest.mark.parametrize(("pride", "findings"), [(1, ["LOPSIDED"]), (3, [])])
def test_a_rule_calls_the_function(rubric, pride, findings):
    answers = {"portfolio.effort": "felt:100", "portfolio.promise": 4, "people.pride": pride}
    card = build_scorecard(rubric, answers)
    assert [finding.id for finding in card.findings] == findings


def test_the_scorecard_says_which_plugin_took_part(rubric):
    card = build_scorecard(rubric, {"portfolio.effort": "felt:100"})
    assert card.provenance.plugins[0].distribution == "cxmaturity-kind-allocation"
