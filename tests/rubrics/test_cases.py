"""The default rubric's cases: all come out, each states everything, and they reach all there is."""

import pytest

from cxmaturity.catalogue.case_coverage import KINDS, Kind, coverage
from cxmaturity.catalogue.case_runs import CaseResult, run_cases
from cxmaturity.catalogue.cases import read_cases
from cxmaturity.model.answers import Scope
from cxmaturity.workbench import LoadedRubric, Workbench
from tests.rubrics.texts import RUBRIC


@pytest.fixture(scope="module")
def loaded() -> LoadedRubric:
    return Workbench().load_rubric(RUBRIC)


@pytest.fixture(scope="module")
def results(loaded: LoadedRubric) -> tuple[CaseResult, ...]:
    cases = read_cases(loaded.source, loaded.rubric)
    return run_cases(loaded.rubric, Workbench().registry, cases)


def test_every_case_comes_out(results: tuple[CaseResult, ...]):
    assert {r.id: (r.differences, r.problems) for r in results if not r.passed} == {}


def test_every_case_states_phase_scores_and_findings(
    loaded: LoadedRubric, results: tuple[CaseResult, ...]
):
    dimensions = set(loaded.rubric.dimensions)
    stated = {result.id: result.written.case.expect for result in results}
    assert [
        name
        for name, expect in stated.items()
        if expect.phase is None or expect.findings is None or dimensions - set(expect.scores)
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_cases_reach_everything(
    loaded: LoadedRubric, results: tuple[CaseResult, ...], kind: Kind
):
    program = Workbench().program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))
    reached = coverage(program, results)
    assert [one for one in reached.missing if one.thing.kind == kind] == []
    assert reached.counts(kind)[1] > 0


def outcome(results: tuple[CaseResult, ...], case: str) -> str | None:
    return next(r.written.case.expect.phase for r in results if r.id == case)


@pytest.mark.parametrize(
    ("case", "phase"),
    [
        # The worked profiles, and what tips each.
        ("newly_keen", "enthusiasm"),
        ("board_stares", "confusion"),
        ("asked_why_again", "awakening"),
        ("led_daily", "change"),
        ("led_daily_no_case", "awakening"),
        ("led_daily_leak", "awakening"),
        ("led_daily_slower", "awakening"),
        ("led_daily_just", "change"),
        # A high mean is no change while nothing follows from feedback.
        ("silent_after_asking", "awakening"),
        # Measuring is established: confusion, not enthusiasm.
        ("all_twos", "confusion"),
        ("two_of_three", "confusion"),
        ("one_of_three", "enthusiasm"),
    ],
)
def test_the_worked_profiles_keep_their_phase(
    results: tuple[CaseResult, ...], case: str, phase: str
):
    assert outcome(results, case) == phase
