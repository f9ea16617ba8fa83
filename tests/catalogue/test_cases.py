"""Cases: what they state is compared exactly, all faults come at once, their reach is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmaturity.catalogue.case_coverage import Thing
from cxmaturity.catalogue.case_runs import check_names_of_cases, run_cases
from cxmaturity.catalogue.cases import read_cases, setup_of
from cxmaturity.errors import InputError, RubricError
from cxmaturity.workbench import LoadedRubric
from tests.catalogue.case_rubric import BENCH, LOW, coverage_of, loaded_with, results_of

PUBLISHED = Path(__file__).parents[1] / "rubrics"
STYLES = ("capability_levels", "points_110", "five_tiers", "practice_levels")
HEAD = 'title = { en = "C", fi = "C" }\nstory = { en = "A. B.", fi = "A. B." }\n'
OPEN = 'undetermined = ["STARING"]\nfindings'


SILENT = LOW.replace('findings = ["STARING"]', "")


def case(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n"


# --- published styles of model, in TOML alone -----------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_published_styles_of_model_come_out_as_worked_by_hand(style: str):
    loaded = BENCH.load_rubric(PUBLISHED / style)
    cases = read_cases(loaded.source, loaded.rubric)
    results = run_cases(loaded.rubric, BENCH.registry, cases)
    assert len(results) >= 4
    assert [(r.id, r.differences, r.problems) for r in results if not r.passed] == []


@pytest.mark.parametrize("style", STYLES)
def test_published_cases_state_phase_findings_and_scores(style: str):
    loaded = BENCH.load_rubric(PUBLISHED / style)
    for written in read_cases(loaded.source, loaded.rubric).values():
        expect = written.case.expect
        assert (expect.phase, expect.findings, "overall" in expect.scores) != (None, None, False)
        assert written.document.source.splitlines()[1].startswith("# "), "shows its arithmetic"


# --- comparing ------------------------------------------------------------------------------------


def test_a_case_that_comes_out_has_no_differences(tmp_path: Path):
    assert results_of(loaded_with(tmp_path, {"low": LOW}))["low"].passed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('phase = "start"', 'phase = "goal"', ("phase", "goal", "start", 11)),
        ('phase = "start"', 'phase = "not_started"', ("phase", "not_started", "start", 11)),
        ('["STARING"]', "[]", ("findings", (), ("STARING",), 12)),
        ("overall = 0.333333", "overall = 0.333334", ("score", 333_334, 333_333, 16)),
        ("promise = 0", 'promise = "none"', ("score", None, 0, 15)),
        ("loop = 1", "loop = 1.000001", ("score", 1_000_001, 1_000_000, 14)),
        ("findings", 'at_most = "goal"\nfindings', ("at_most", "goal", "start", 12)),
        ("findings", OPEN, ("undetermined", ("STARING",), (), 12)),
    ],
)
def test_whatever_is_stated_is_compared_exactly(
    tmp_path: Path, old: str, new: str, said: tuple[object, ...]
):
    result = results_of(loaded_with(tmp_path, {"low": LOW.replace(old, new)}))["low"]
    (found,) = result.differences
    assert (found.key, found.expected, found.found, found.where.line) == said
    assert found.where.file.endswith("low.toml")


def test_what_is_not_stated_is_not_compared(tmp_path: Path):
    result = results_of(loaded_with(tmp_path, {"c": case("[expect]")}))["c"]
    assert result.passed


def test_open_answers_leave_findings_open(tmp_path: Path):
    text = case(
        "[expect]",
        'phase = "not_started"',
        'at_most = "goal"',
        "findings = []",
        'undetermined = ["STARING"]',
    )
    assert results_of(loaded_with(tmp_path, {"c": text}))["c"].passed


def test_only_the_cases_that_are_asked_for_run(tmp_path: Path):
    loaded = loaded_with(tmp_path, {"low": LOW, "other": LOW})
    assert list(results_of(loaded, "other")) == ["other"]


def test_a_case_that_is_not_there_is_named(tmp_path: Path):
    loaded = loaded_with(tmp_path, {"low": LOW})
    with pytest.raises(InputError, match=r"there is no case 'lwo'.*low"):
        check_names_of_cases(read_cases(loaded.source, loaded.rubric), ["lwo"])


# --- base cases, fill, clear, scope ---------------------------------------------------------------


def failed(loaded: LoadedRubric) -> dict[str, object]:
    return {n: one.differences for n, one in results_of(loaded).items() if not one.passed}


def test_a_case_starts_from_its_base_and_clears_what_it_takes_away(tmp_path: Path):
    based = case(
        'based_on = "low"',
        "[answers.promise]",
        'kept = "clear"',
        "[facts]",
        'share = "clear"',
        "[evidence.loop]",
        'weekly = "documented"',
        "[expect.scores]",
        'promise = "none"',
        "loop = 1",
    )
    cleared = case('based_on = "based"', "[evidence.loop]", 'weekly = "clear"', "[expect]")
    loaded = loaded_with(tmp_path, {"low": LOW, "based": based, "cleared": cleared})
    assert failed(loaded) == {}
    cases = read_cases(loaded.source, loaded.rubric)
    setup = setup_of("based", cases)
    assert setup.facts == {"metrics": ["nps"]}
    assert setup.grades == {"loop.weekly": "documented"}
    assert setup_of("cleared", cases).grades == {}


def test_fill_answers_every_ladder_that_is_not_listed(tmp_path: Path):
    filled = case("fill = 3", "[expect.scores]", "loop = 3", 'promise = "none"')
    listed = case("fill = 3", "[answers.loop]", "weekly = 2", "[expect.scores]", "loop = 2")
    cleared = case(
        'based_on = "listed"', "[answers.loop]", 'weekly = "clear"', "[expect.scores]",
        'loop = "none"',
    )  # fmt: skip
    loaded = loaded_with(tmp_path, {"filled": filled, "listed": listed, "cleared": cleared})
    assert failed(loaded) == {}


def test_profile_and_modules_belong_to_the_case(tmp_path: Path):
    # Weights: loop 1.5 by the profile, promise 2: (1.5 x 4 + 2 x 0) / 3.5 = 1.714286.
    # The module's question counts in loop: (4 + 0) / 2 = 2; (1 x 2 + 2 x 0) / 3 = 0.666667.
    kept = ("[answers.promise]", 'kept = "no"', "[answers.loop]", "weekly = 4")
    profile = case('profile = "high_touch"', *kept, "[expect.scores]", "overall = 1.714286")
    module = case(
        'modules = ["extended"]', *kept, 'owner = "nobody"', "[expect.scores]", "loop = 2",
        "overall = 0.666667",
    )  # fmt: skip
    assert failed(loaded_with(tmp_path, {"profile": profile, "module": module})) == {}


# --- faults ---------------------------------------------------------------------------------------


def test_everything_that_is_wrong_with_cases_comes_at_once(tmp_path: Path):
    wrong = case(
        'based_on = "lwo"', 'profile = "high"', 'modules = ["more"]', "[answers.lop]", "weekly = 1",
        "[facts]", "shar = 1", "[evidence.loop]", 'wekly = "claimed"', "[expect]",
        'phase = "gaol"', 'findings = ["STARNG"]', "[expect.scores]", "lopo = 1",
    )  # fmt: skip
    missing = 'story = { en = "A. B.", fi = "A. B." }\nexpected = 1\n'
    circle = case('based_on = "d"', "[expect]")
    back = case('based_on = "c"', "[expect]")
    files = {"low": LOW, "wrong": wrong, "missing": missing, "c": circle, "d": back}
    loaded = loaded_with(tmp_path, files)
    with pytest.raises(RubricError) as caught:
        read_cases(loaded.source, loaded.rubric)
    found = {(Path(p.where.file).stem, p.where.line, p.code): str(p) for p in caught.value.problems}
    assert sorted(found) == [
        ("c", 3, "cycle"),
        ("missing", 1, "missing_key"),
        ("missing", 2, "unknown_key"),
        ("wrong", 3, "unknown_name"),
        ("wrong", 4, "unknown_name"),
        ("wrong", 5, "unknown_name"),
        ("wrong", 7, "unknown_name"),
        ("wrong", 9, "unknown_name"),
        ("wrong", 11, "unknown_name"),
        ("wrong", 13, "unknown_name"),
        ("wrong", 14, "unknown_name"),
        ("wrong", 16, "unknown_name"),
    ]
    assert "did you mean low" in found["wrong", 3, "unknown_name"]
    assert "c → d → c" in found["c", 3, "cycle"]


def test_an_answer_that_cannot_be_read_fails_its_case_at_its_line(tmp_path: Path):
    text = LOW.replace("weekly = 1", "weekly = 9").replace("share = 60", "share = 600")
    based = case('based_on = "low"', "[expect]")
    filled = case("fill = 7", "[expect]")
    results = results_of(loaded_with(tmp_path, {"low": text, "based": based, "filled": filled}))
    assert [(p.where.line, p.where.key) for p in results["low"].problems] == [
        (4, "loop.weekly"),
        (8, "fact.share"),
    ]
    assert {p.where.line for p in results["based"].problems} == {3}
    assert [p.where.line for p in results["filled"].problems] == [3]
    assert not any(result.passed for result in results.values())


# --- coverage -------------------------------------------------------------------------------------


def test_what_no_case_reaches_is_told(tmp_path: Path):
    reached = coverage_of(loaded_with(tmp_path, {"low": LOW}))
    missing = {one.thing: one.missing for one in reached.missing}
    assert missing == {
        Thing("gate", "start", "loop >= 1"): ("false", "open"),
        Thing("gate", "goal", "loop >= 3"): ("true", "open"),
        Thing("finding", "STARING"): ("false",),
        Thing("cap", "STARING", "promise"): ("false",),
        Thing("cap", "STARING", "overall"): ("false",),
        **{Thing("level", "loop.weekly", level): ("given",) for level in "0234"},
        Thing("option", "loop.owner", "nobody"): ("given",),
        Thing("option", "loop.owner", "one"): ("given",),
        Thing("option", "promise.kept", "yes"): ("given",),
        Thing("option", "fact.metrics", "ces"): ("given",),
    }
    assert reached.counts("level") == (1, 5)
    assert reached.counts("option") == (2, 6)
    assert reached.counts("condition") == (0, 0)


def test_cases_together_reach_everything(tmp_path: Path):
    module = 'modules = ["extended"]'
    cases = {
        "low": LOW,
        "open": case(module, "[answers.loop]", 'owner = "nobody"', "[expect]"),
        "zero": case("[answers.loop]", "weekly = 0", "[facts]", 'metrics = ["ces"]', "[expect]"),
        "two": case("[answers.loop]", "weekly = 2", "[expect]"),
        "kept": case("fill = 3", "[answers.promise]", 'kept = "yes"', "[expect]"),
        "three": case("[answers.loop]", "weekly = 3", "[expect]"),
        "four": case(module, "[answers.loop]", "weekly = 4", 'owner = "one"', "[expect]"),
    }
    assert coverage_of(loaded_with(tmp_path, cases)).missing == ()


GAP_RULE = """
[rules.GAP]
when = "gap(loop) >= 1"
severity = "note"
text = { en = "Views differ.", fi = "Näkemykset eroavat." }
"""


@pytest.mark.parametrize(("figure", "found"), [("1.4", '"GAP"'), ("0.4", "")])
def test_what_people_say_is_given_as_figures(tmp_path: Path, figure: str, found: str):
    text = case("[figures]", f'"gap(loop)" = {figure}', "[expect]", f"findings = [{found}]")
    loaded = loaded_with(tmp_path, {"c": text}, rules=GAP_RULE, actions="")
    assert results_of(loaded)["c"].differences == ()


def test_a_finding_that_reads_figures_is_asked_of_cases(tmp_path: Path):
    loaded = loaded_with(tmp_path, {"low": SILENT}, rules=GAP_RULE, actions="")
    (gap,) = (one for one in coverage_of(loaded).reached if one.thing.id == "GAP")
    assert set(gap.missing) == {"true", "false"}


@pytest.mark.parametrize(
    ("line", "code"),
    [('"gap(lop)" = 1', "unknown_name"), ('"gap(loop)" = 5', "off_scale"),
     ('"gap(loop)" = true', "off_scale")],
)  # fmt: skip
def test_a_figure_that_no_rule_can_read_is_said(tmp_path: Path, line: str, code: str):
    loaded = loaded_with(
        tmp_path, {"c": case("[figures]", line, "[expect]")}, rules=GAP_RULE, actions=""
    )
    (problem,) = results_of(loaded)["c"].problems
    assert (problem.code, problem.where.line) == (code, 4)


def test_conditions_are_reached_where_a_rule_reads_them(tmp_path: Path):
    rules = """
[rules.LEAK]
when = "condition.leak"
severity = "note"
text = { en = "It leaks.", fi = "Vuotaa." }
"""
    loaded = loaded_with(tmp_path, {"low": SILENT}, rules=rules, actions="")
    reached = coverage_of(loaded)
    (condition,) = (one for one in reached.reached if one.thing.kind == "condition")
    assert (condition.thing.id, condition.missing) == ("leak", ("false",))
