"""The company's standard finds what is missing; the advisor asks for evidence, and only then."""

from __future__ import annotations

import cxmaturity_house_rules
import pytest

from cxmaturity.testing import (
    build_engagement,
    build_rubric,
    build_scorecard,
    run_plugin,
    workbench,
)

RUBRIC = {
    "documents": {"own": {"title": "Our standard"}},
    "dimensions": {
        "care": {
            "indicators": {
                "promise": {"sources": [{"doc": "own"}], "evidence": "The promise, written."},
                "thanks": {"sources": [{"doc": "own"}]},
                "speed": {"evidence": "Times."},
            }
        }
    },
}


@pytest.fixture(scope="module")
def ran():
    return run_plugin(cxmaturity_house_rules)


@pytest.fixture(scope="module")
def rubric():
    return build_rubric(RUBRIC)


def test_the_plugin_loads_alone(ran):
    assert ran.failures == ()
    assert set(ran.names) == {"sources_and_evidence", "high_claims"}


def test_missing_sources_and_evidence_are_found(ran, rubric):
    rule = ran.record("cxm_rubric_checks", "sources_and_evidence")
    found = [(problem.code, problem.key) for problem in rule.check(rubric.rubric)]
    assert found == [
        ("no_evidence", "dimensions.care.indicators.thanks"),
        ("no_source", "dimensions.care.indicators.speed"),
    ]


def test_the_default_rubric_meets_the_standard(ran):
    rule = ran.record("cxm_rubric_checks", "sources_and_evidence")
    assert list(rule.check(workbench().load_rubric("cx_phases").rubric)) == []


def test_what_it_finds_is_said_in_both_languages(ran, rubric):
    rule = ran.record("cxm_rubric_checks", "sources_and_evidence")
    for problem in rule.check(rubric.rubric):
        assert set(problem.what) == {"en", "fi"}
        assert problem.what["en"] != problem.what["fi"]


@pytest.mark.parametrize(
    ("levels", "grades", "advised"),
    [
        ((4, 3, 3), {}, True),
        ((4, 3, 3), {"care.promise": "documented"}, True),
        ((4, 3, 3), {"care.promise": "documented", "care.thanks": "demonstrated"}, False),
        ((4, 2, 2), {}, False),
        ((0, 0, 0), {}, False),
        (("unknown", "unknown", 4), {}, False),
    ],
)
def test_the_advisor_asks_for_evidence(ran, rubric, levels, grades, advised):
    answers = dict(zip(("care.promise", "care.thanks", "care.speed"), levels, strict=True))
    card = build_scorecard(rubric, answers, grades=grades)
    advice = list(ran.record("cxm_advisors", "high_claims").advise(card))
    assert bool(advice) is advised
    for one in advice:
        assert (one.dimension, one.severity) == ("care", "note")
        assert "3" in one.text["en"]
        assert "3" in one.text["fi"]


def test_an_engagement_names_the_advisor(tmp_path, rubric):
    answers = {"care.promise": 4, "care.thanks": 4, "care.speed": 4}
    folder = build_engagement(
        tmp_path / "acme", rubric, answers, settings={"advisors": ("high_claims",)}
    )
    bench = workbench(cxmaturity_house_rules)
    card = bench.score(bench.open(folder))
    (finding,) = card.findings
    assert (finding.id, finding.plugin) == ("high_claims", "cxmaturity-house-rules")
    assert card.dimensions["care"].score == 4, "an advisor changes no score"
