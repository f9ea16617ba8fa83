"""The generated rubrics keep what they promise, as the reference evaluator sees it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.model.rubric import Rubric
from tests.reference.evaluator import Result, evaluate
from tests.strategies import Style, cases, completions, improvements, reorderings

FEW = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def nodes(result: Result) -> list[Result]:
    return [*result["dimensions"].values(), result["overall"]]


@FEW
@given(cases())
def test_generated_rubrics_have_the_format_of_rubrics(case):
    rubric, _ = case
    assert list(Rubric.model_validate(rubric).dimensions) == list(rubric["dimensions"])


@FEW
@given(cases())
def test_scores_stay_on_their_scales_and_caps_never_lift(case):
    for node in nodes(evaluate(*case)):
        if node["state"] == "scored":
            low, best = node["scale"]
            assert low <= node["score"] <= node["raw"] <= best
            assert low <= node["evidenced"] <= node["score"]


@FEW
@given(st.data())
def test_a_better_answer_lowers_nothing_in_a_monotone_rubric(data):
    rubric, world = data.draw(cases(Style(monotone=True)))
    before, after = (
        evaluate(rubric, world),
        evaluate(rubric, data.draw(improvements(rubric, world))),
    )
    ranks = [None, *rubric["phases"]]
    assert ranks.index(before["phase"]["id"]) <= ranks.index(after["phase"]["id"])
    for old, new in zip(nodes(before), nodes(after), strict=True):
        assert old["state"] == new["state"]
        if old["state"] == "scored":
            assert old["score"] <= new["score"]
            assert old["evidenced"] <= new["evidenced"]


@FEW
@given(st.data())
def test_order_does_not_matter_in_an_order_free_rubric(data):
    rubric, world = data.draw(cases(Style(order_free=True)))
    before, after = evaluate(rubric, world), evaluate(data.draw(reorderings(rubric)), world)
    for result in (before, after):
        for listed in ("fired", "undetermined", "not_asked"):
            result[listed] = sorted(result[listed])
    assert before == after


@FEW
@given(st.data())
def test_a_completion_leaves_no_question_open(data):
    rubric, world = data.draw(cases())
    full = evaluate(rubric, data.draw(completions(rubric, world)))
    states = {indicator["state"] for indicator in full["indicators"].values()}
    assert states <= {"answered", "not_applicable", "not_asked", "unscored"}
