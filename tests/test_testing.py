"""The helpers for authors of plugins and rubrics: what they build, which faults they tell."""

import dataclasses
import re
from fractions import Fraction
from pathlib import Path

import pytest

import cxmaturity
from cxmaturity import combine, kinds, open_engagement
from cxmaturity.combine.extremes import MAX, MIN
from cxmaturity.combine.mean import MEAN
from cxmaturity.combine.share import SHARE
from cxmaturity.combine.staged import STAGED
from cxmaturity.combine.sum import SUM
from cxmaturity.combine.tiers import TIERS
from cxmaturity.errors import InputError, PluginError, RubricError
from cxmaturity.hookspecs import Combiner, Function, Part, Parts
from cxmaturity.kinds.choice import CHOICE
from cxmaturity.kinds.ladder import LADDER
from cxmaturity.kinds.number import NUMBER
from cxmaturity.testing import (
    build_engagement,
    build_rubric,
    build_scorecard,
    check_combiner,
    check_function,
    check_kind,
    check_pack,
    combiner_faults,
    function_faults,
    kind_faults,
    pack_faults,
    run_plugin,
    workbench,
    write_rubric,
)

MILLION = 1_000_000
SCALE = (0, 4 * MILLION)
SMALL: dict[str, object] = {"dimensions": {"care": {"indicators": {"promise": {}, "thanks": {}}}}}

GOOD = """
from cxmaturity import hookimpl
from cxmaturity.hookspecs import Function

CXMATURITY_API = 1
__version__ = "1.2"

@hookimpl
def cxm_functions():
    return [Function("half", "half of a number", 1, lambda x: x // 2,
                     lambda span: (span[0] // 2, span[1] // 2))]
"""


def written(folder: Path, text: str, name: str = "acme.py") -> Path:
    path = folder / name
    path.write_text(text)
    return path


# builders -------------------------------------------------------------------------------------


def test_a_rubric_of_one_line_is_scored():
    card = build_scorecard(build_rubric(SMALL), {"care.promise": 3, "care.thanks": 2})
    assert card.dimensions["care"].score == Fraction(5, 2)
    assert card.phase.id == "start"


def test_a_rubric_may_be_toml_text_in_two_languages():
    rubric = build_rubric(
        """
        languages = ["en", "fi"]
        [dimensions.care]
        title = { en = "Care", fi = "Huolenpito" }
        [dimensions.care.indicators.promise]
        [rules.LOW]
        when = "care <= 1"
        severity = "risk"
        title = { en = "Low", fi = "Matala" }
        text = { en = "It is low.", fi = "Se on matala." }
        """
    ).rubric
    assert rubric.dimensions["care"].title == {"en": "Care", "fi": "Huolenpito"}
    assert build_rubric(SMALL).rubric.title


def test_faults_of_a_rubric_are_told_as_always():
    with pytest.raises(RubricError) as caught:
        build_rubric({"dimensions": {"care": {"indicators": {"promise": {"kind": "guess"}}}}})
    assert "guess" in str(caught.value.problems[0].values)


def test_a_bundled_rubric_is_scored_by_its_id():
    card = build_scorecard("cx_phases", {"loop.weekly": 4}, grades={"loop.weekly": "demonstrated"})
    weekly = next(i for i in card.dimensions["loop"].indicators if i.id == "loop.weekly")
    assert weekly.level == 4
    assert weekly.grade == "demonstrated"


def test_an_answer_that_its_question_does_not_take_is_refused():
    with pytest.raises(InputError):
        build_scorecard(build_rubric(SMALL), {"care.promise": 9})


def test_an_engagement_is_a_folder_that_scores_alike(tmp_path: Path):
    rubric = build_rubric(SMALL)
    answers = {"care.promise": 3, "care.thanks": 2}
    folder = build_engagement(
        tmp_path / "acme", rubric, answers, grades={"care.thanks": "documented"}
    )
    opened = open_engagement(folder)
    assert opened.pinned
    assert opened.engagement.date.isoformat() == "2026-03-01"
    card = workbench().score(opened)
    assert (
        card.dimensions["care"].score == build_scorecard(rubric, answers).dimensions["care"].score
    )


def test_an_engagement_takes_facts_and_settings(tmp_path: Path):
    folder = build_engagement(
        tmp_path / "acme",
        "cx_phases",
        facts={"size": "mid"},
        settings={"profile": "high_touch"},
        organisation="Acme",
    )
    engagement = open_engagement(folder).engagement
    assert engagement.facts["size"].value == "mid"
    assert (engagement.profile, engagement.organisation) == ("high_touch", "Acme")


# one plugin alone -----------------------------------------------------------------------------


def test_a_plugin_alone_gives_its_records(tmp_path: Path):
    ran = run_plugin(written(tmp_path, GOOD))
    assert ran.failures == ()
    assert ran.names == ("half",)
    check_function(ran.record("cxm_functions", "half"), examples={(MILLION,): MILLION // 2})
    with pytest.raises(KeyError, match="gives no cxm_readers 'x': it gives half"):
        ran.record("cxm_readers", "x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CXMATURITY_API = 1\nraise SystemExit", "SystemExit"),
        ("CXMATURITY_API = 1\nx = (", "SyntaxError"),
        ("CXMATURITY_API = 1", "no function marked @hookimpl"),
        (GOOD.replace("cxm_functions", "cxm_funktions"), "cxm_funktions"),
        (GOOD.replace("return [", "return [None, "), "not NoneType"),
        (GOOD.replace('Function("half"', 'Function("half way"'), "half way"),
    ],
)
def test_what_a_plugin_does_wrong_is_told_and_never_raised(tmp_path: Path, text: str, said: str):
    ran = run_plugin(written(tmp_path, text, "wrong.py"))
    assert len(ran.failures) == 1
    assert said in ran.failures[0]
    assert "wrong" in ran.failures[0]


def test_the_name_of_a_built_in_is_taken(tmp_path: Path):
    text = GOOD.replace("Function", "Exporter").replace("cxm_functions", "cxm_exporters")
    text = text[: text.index("    return")] + (
        '    return [Exporter("json", ".json", "a/b", lambda card, options: b"")]\n'
    )
    ran = run_plugin(written(tmp_path, text, "twin.py"))
    assert "'json' is given twice" in ran.failures[0]


def test_a_rubric_uses_what_it_requires_of_a_plugin(tmp_path: Path):
    plugin = written(tmp_path, GOOD)
    rubric = build_rubric(
        {
            **SMALL,
            "requires": ["acme >= 1"],
            "rules": {
                "LOW": {"when": "half(care) <= 1", "severity": "risk", "title": "Low", "text": "."}
            },
        },
        plugin,
    )
    card = build_scorecard(rubric, {"care.promise": 2, "care.thanks": 2})
    assert [finding.id for finding in card.findings] == ["LOW"]
    assert card.provenance.plugins[0].version == "1.2"
    folder = build_engagement(tmp_path / "made", rubric, {"care.promise": 2})
    assert (folder / "rubric" / "rubric.toml").is_file()


def test_a_workbench_knows_no_other_plugins(tmp_path: Path):
    with pytest.raises(PluginError):
        build_rubric({**SMALL, "requires": ["acme >= 1"]})


# laws -----------------------------------------------------------------------------------------

STAGES = Parts(
    tuple(Part(f"p{n}", SCALE, stage=1 + n // 2, needs=2 * MILLION) for n in range(4)), SCALE
)
IN_TIERS = Parts(tuple(Part(f"p{n}", SCALE, tier=1 + n // 2) for n in range(4)), (0, 100 * MILLION))


@pytest.mark.parametrize("combiner", [MEAN, MIN, MAX], ids=lambda c: c.name)
def test_built_in_methods_obey_the_laws(combiner: Combiner):
    check_combiner(combiner)


def test_built_in_methods_with_settings_and_parts_obey_the_laws():
    check_combiner(STAGED, STAGES)
    check_combiner(SHARE)
    check_combiner(SUM, weights_scale=False)
    check_combiner(TIERS, IN_TIERS, settings={"points": [60, 40]})


def first_part(parts, values, weights, applies):
    return values[0]


def falling(parts, values, weights, applies):
    return 4 * MILLION - max(value for value in values if value is not None)


def changing(parts, values, weights, applies):
    values.sort(key=lambda value: value or 0)
    return values[-1]


def with_float(parts, values, weights, applies):
    return sum(value or 0 for value in values) / len(values)


def added_up(parts, values, weights, applies):
    return sum(value or 0 for value in values)


def heavy(parts, values, weights, applies):
    return min(sum(weights), 4) * MILLION


def one_more(parts, given):
    assert MEAN.columns is not None
    values, has = MEAN.columns(parts, given)
    return values + 1, has


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scalar": first_part}, "another order gives"),
        ({"scalar": falling}, "a higher part lowers the value"),
        ({"scalar": changing}, "it changes what it is given"),
        ({"scalar": with_float}, "a whole number of millionths"),
        ({"scalar": added_up}, "outside its range"),
        ({"scalar": heavy}, "weights times"),
        ({"columns": one_more}, "columns give"),
        ({"scalar": lambda *_given: 1 // 0}, "it raises ZeroDivisionError"),
    ],
)
def test_a_method_that_breaks_a_law_is_caught(changes, said):
    record = {"columns": None, **changes} if "scalar" in changes else changes
    faults = combiner_faults(dataclasses.replace(MEAN, **record))
    assert any(said in fault for fault in faults), faults
    with pytest.raises(AssertionError, match=r"^mean: "):
        check_combiner(dataclasses.replace(MEAN, **record))


def test_built_in_kinds_obey_the_laws():
    levels = [{"en": name} for name in ("none", "some", "half", "most", "all")]
    check_kind(LADDER, {"levels": levels}, answers=[0, 4], wrong=[5, 1.5, "x", True])
    options = [{"id": "a", "text": {"en": "A"}}, {"id": "b", "text": {"en": "B"}}]
    check_kind(CHOICE, {"options": options}, answers=["a"], wrong=["c", 1])
    check_kind(NUMBER, {"range": [0, 10]}, answers=[0, 10, 2.5], wrong=[11, "many"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"read": lambda s, scale, raw: raw + 0}, "raises TypeError, not ValueError"),
        ({"read": lambda s, scale, raw: raw if type(raw) is int else None}, "though it is wrong"),
        ({"level": lambda s, scale, answer: 2.5}, "not a whole number"),
        ({"level": lambda s, scale, answer: 9 * MILLION}, "gives 9000000"),
        ({"levels": lambda s, scale: (4, 0)}, "no interval"),
        ({"domain": lambda s, scale: "number"}, "domain gives str"),
        ({"check": lambda s, scale: ["the levels are odd"]}, "the levels are odd"),
    ],
)
def test_a_kind_that_breaks_a_law_is_caught(changes, said):
    settings = {"levels": [{"en": name} for name in ("none", "some", "half", "most", "all")]}
    broken = dataclasses.replace(LADDER, **changes)
    faults = kind_faults(broken, settings, answers=[2], wrong=[9])
    assert any(said in fault for fault in faults), faults
    with pytest.raises(AssertionError, match=r"^ladder: "):
        check_kind(broken, settings, answers=[2], wrong=[9])


def test_settings_that_do_not_fit_are_told():
    assert kind_faults(LADDER, {"leves": []})[0].startswith("settings: ")


HALF = Function("half", "half", 1, lambda x: x // 2, lambda s: (s[0] // 2, s[1] // 2))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scalar": lambda x: x / 2}, "whole number"),
        ({"scalar": lambda x: x * 2}, "outside its range"),
        ({"columns": lambda x: x}, "one world alone"),
        ({"columns": lambda x: x / 2}, "not int64"),
        ({"scalar": lambda x: (4 * MILLION - x) // 2, "monotone": True}, "less than"),
        ({"scalar": lambda x: x // 0}, "ZeroDivisionError"),
    ],
)
def test_a_function_that_breaks_a_law_is_caught(changes, said):
    faults = function_faults(dataclasses.replace(HALF, **changes))
    assert any(said in fault for fault in faults), faults


def test_a_function_that_obeys_the_laws_passes():
    check_function(HALF, SCALE, examples={(3,): 1})
    with pytest.raises(AssertionError, match="is to give 2"):
        check_function(HALF, examples={(3,): 2})


def test_every_built_in_record_can_be_tried():
    names = {record.name for record in combine.cxm_combiners()}
    assert names == {"mean", "sum", "share", "min", "max", "staged", "tiers"}
    assert "ladder" in {record.name for record in kinds.cxm_question_kinds()}


# packs ----------------------------------------------------------------------------------------


CASE = """
title = "All well"
story = "One. Two."
fill = 3
[expect]
phase = "start"
findings = []
scores = { care = SCORE }
"""


def test_the_cases_of_a_pack_are_run(tmp_path: Path):
    folder = write_rubric(tmp_path, SMALL)
    (folder / "cases").mkdir()
    (folder / "cases" / "well.toml").write_text(CASE.replace("SCORE", "3"))
    faults = [fault for fault in pack_faults(folder, worlds=200) if "case " in fault]
    assert faults == []
    (folder / "cases" / "well.toml").write_text(CASE.replace("SCORE", "2"))
    with pytest.raises(AssertionError, match="case well: score care is to be 2000000"):
        check_pack(folder, worlds=200)


def test_a_pack_that_cannot_be_read_is_told(tmp_path: Path):
    folder = write_rubric(tmp_path, {**SMALL, "phase_rule": "any"})
    assert any("phase_rule" in fault for fault in pack_faults(folder))


def test_type_checkers_see_every_public_name(root: Path):
    stub = (root / "cxmaturity" / "__init__.pyi").read_text("utf-8")
    seen = set(re.findall(r"^(?:from \S+ import \w+ as )?(\w+)(?::| =|$)", stub, re.MULTILINE))
    assert seen == {*cxmaturity.__all__, "__all__"}
