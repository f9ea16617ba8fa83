"""Kinds, methods and functions of plugins: they score as built-in ones, or nothing is scored."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import cxmaturity.combine
import cxmaturity.exporters
import cxmaturity.kinds
from cxmaturity.engine.score import score
from cxmaturity.errors import PluginError, RubricError
from cxmaturity.exporters import ExportOptions
from cxmaturity.exporters.json_file import write_json
from cxmaturity.hookspecs import Part, PartColumns, Parts
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.workbench import LoadedRubric, Workbench
from cxmaturity.workbench.plugins import Plugins
from tests.extension.benches import ANSWERS, Bench, put, starter, write_plugin

Change = Callable[[Path], None]

METHOD = """
def scalar(parts, values, weights, applies):
    {}

@hookimpl
def cxm_combiners():
    return [Combiner("lowest", "weakest part", scalar=scalar, converts=True, monotone=True)]
"""
LOWEST = METHOD.format("return min(value for value in values if value is not None)")

KIND = """
def read(settings, scale, raw):
    {read}

def level(settings, scale, answer):
    {level}

@hookimpl
def cxm_question_kinds():
    return [QuestionKind("stars", "one to five stars", NoSettings, read, level,
        lambda s, scale: (0, 4_000_000), lambda s, scale: Domain("number", (0, 5_000_000)))]
"""
STARS = {"read": "return int(raw)", "level": "return (answer - 1) * 1_000_000"}

FUNCTION = """
@hookimpl
def cxm_functions():
    return [Function("half", "half of it", 1, lambda x: {}, lambda a: (a[0] // 2, a[1] // 2))]
"""

BAD_NUMBERS = {
    "raising": ("raise ValueError('no')", "ValueError: no"),
    "exit": ("raise SystemExit(0)", "SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "not a number": ("return float('nan')", "not an exact number: nan"),
    "a float": ("return 2.0", "not an exact number: 2.0"),
    "a text": ("return '2'", "not an exact number: '2'"),
    "a truth": ("return True", "not an exact number: True"),
    "huge": ("return 10**30", "beyond what is counted"),
}


def by_lowest(folder: Path) -> None:
    put(folder / "dimensions" / "acting.toml", "\ntitle", '\ncombine = "lowest"\ntitle')


def with_stars(folder):
    text = (
        '\n[indicators.stars]\nkind = "stars"\n'
        'title = { en = "Stars", fi = "Tähdet" }\nquestion = { en = "How?", fi = "Miten?" }\n'
    )
    path = folder / "dimensions" / "acting.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def with_half(folder):
    rules = folder / "rules.toml"
    text = (
        '\n[rules.HALF]\nwhen = "half(acting.answered) >= 1"\nseverity = "note"\n'
        'title = { en = "H", fi = "H" }\ntext = { en = "Half.", fi = "Puolet." }\n'
        '\n[rules.OTHERWISE]\nwhen = "acting.answered >= 1"\nseverity = "note"\n'
        'title = { en = "O", fi = "O" }\ntext = { en = "Other.", fi = "Muu." }\n'
    )
    rules.write_text(rules.read_text("utf-8") + text, "utf-8")


def loaded(
    tmp_path: Path, body: str, change: Change | None, requires: str = '["acme >= 1"]'
) -> tuple[Bench, LoadedRubric]:
    write_plugin(tmp_path / "plugins", "acme", body)
    bench = Bench(tmp_path / "plugins")
    return bench, bench.bench.load_rubric(starter(tmp_path, change, requires))


def test_a_method_of_a_plugin_scores_and_is_recorded(tmp_path):
    bench, rubric = loaded(tmp_path, LOWEST, by_lowest)
    card = bench.score(rubric)
    assert card.dimensions["acting"].score == 2
    (info,) = card.provenance.plugins
    assert (info.distribution, info.version, info.failed) == ("acme.py", "1.2.0", None)
    assert len(info.digest) == 64


@pytest.mark.parametrize("way", BAD_NUMBERS)
def test_a_method_that_fails_leaves_everything_above_it_unscored(way, tmp_path):
    body, reason = BAD_NUMBERS[way]
    bench, rubric = loaded(tmp_path, METHOD.format(body), by_lowest)
    card = bench.score(rubric)
    acting = card.dimensions["acting"]
    assert (acting.state, acting.score, acting.low, acting.high) == ("failed", None, None, None)
    assert (card.overall.state, card.overall.score, card.index.value) == ("failed", None, None)
    assert card.dimensions["listening"].score is not None
    assert reason in (card.provenance.plugins[0].failed or "")
    assert list(bench.reasons()) == ["acme"]
    assert b'"failed"' in write_json(card, ExportOptions())


def test_no_policy_fills_what_a_plugin_failed_to_give(tmp_path):
    def change(folder):
        by_lowest(folder)
        put(folder / "rubric.toml", "\nscale", '\nunanswered = "full"\nscale')

    bench, rubric = loaded(tmp_path, METHOD.format("1 / 0"), change)
    assert bench.score(rubric).overall.score is None


def test_what_does_not_depend_on_the_failure_is_the_same_to_the_last_byte(tmp_path):
    bench, rubric = loaded(tmp_path, METHOD.format("1 / 0"), by_lowest)
    alone = Bench(tmp_path / "plugins", off=True)
    plain = alone.score(alone.bench.load_rubric("starter"))
    assert bench.score(rubric).dimensions["listening"] == plain.dimensions["listening"]


def test_a_failure_is_forgotten_when_the_next_scoring_works(tmp_path):
    body = METHOD.format(
        "global calls\n    calls += 1\n    assert calls > 40\n    return 1_000_000"
    )
    bench, rubric = loaded(tmp_path, "calls = 0\n" + body, by_lowest)
    assert bench.score(rubric).provenance.plugins[0].failed is not None
    for _ in range(40):
        card = bench.score(rubric)
    assert card.provenance.plugins[0].failed is None
    assert card.dimensions["acting"].score == 1


def test_a_kind_of_a_plugin_is_read_and_scored(tmp_path):
    bench, rubric = loaded(tmp_path, KIND.format(**STARS), with_stars)
    card = bench.bench.plugins.finished(_scored(bench, rubric, 4))
    stars = card.dimensions["acting"].indicators[-1]
    assert (stars.id, stars.level, stars.state) == ("acting.stars", 3, "answered")


def _scored(bench: Bench, rubric: LoadedRubric, stars: int) -> Scorecard:
    answers = replace(ANSWERS, ratings={**ANSWERS.ratings, "acting.stars": stars})
    bench.plugins.begin_scoring()
    return bench.plugins.finished(
        score(bench.bench.program(rubric), answers), rubric.needed.plugins
    )


@pytest.mark.parametrize("way", [*BAD_NUMBERS, "off its levels"])
def test_a_kind_that_fails_leaves_its_dimension_unscored(way, tmp_path):
    body, reason = BAD_NUMBERS.get(way, ("return 9_000_000", "not within its levels"))
    bench, rubric = loaded(tmp_path, KIND.format(**{**STARS, "level": body}), with_stars)
    card = _scored(bench, rubric, 4)
    stars = card.dimensions["acting"].indicators[-1]
    assert (stars.state, stars.level, stars.low) == ("failed", None, None)
    assert (card.dimensions["acting"].score, card.overall.score) == (None, None)
    assert reason in (card.provenance.plugins[0].failed or "")


def test_a_kind_that_cannot_read_fails_unless_it_refuses(tmp_path):
    bench, rubric = loaded(
        tmp_path, KIND.format(**{**STARS, "read": "return raw['x']"}), with_stars
    )
    assert _scored(bench, rubric, 4).dimensions["acting"].state == "failed"
    assert "TypeError" in bench.reasons()["acme"]


def test_a_function_of_a_plugin_is_called_by_rules(tmp_path):
    bench, rubric = loaded(tmp_path, FUNCTION.format("x // 2"), with_half)
    assert "HALF" in [finding.id for finding in bench.score(rubric).findings]


@pytest.mark.parametrize("body", ["1 / 0", "float('nan')", "exit()"])
def test_a_function_that_fails_leaves_its_rule_undetermined(body, tmp_path):
    bench, rubric = loaded(tmp_path, FUNCTION.format(body), with_half)
    card = bench.score(rubric)
    assert "HALF" in [open_rule.rule for open_rule in card.undetermined]
    assert "OTHERWISE" in [finding.id for finding in card.findings]
    assert card.provenance.plugins[0].failed


COLUMNS = """
def scalar(parts, values, weights, applies):
    return min(value for value in values if value is not None)

def columns(parts, given):
    import numpy as np
    {}

@hookimpl
def cxm_combiners():
    return [Combiner("lowest", "weakest", scalar=scalar, columns=columns, converts=True)]
"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return np.zeros(2, 'int64'), np.ones(2, bool)", "column of shape"),
        ("return np.zeros(7), np.ones(7, bool)", "not a column of int64: float64"),
        ("return np.full(7, np.nan), np.ones(7, bool)", "not a column of int64"),
        ("return np.zeros(7, 'int64')", "2 columns are wanted"),
        ("return [1], [True]", "not a column of int64: list"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_columns_that_are_wrong_end_the_batch(body, reason, tmp_path):
    _bench, rubric = loaded(tmp_path, COLUMNS.format(body), by_lowest)
    method = rubric.needed.registry.combiners["lowest"]
    assert method.columns is not None
    with pytest.raises(PluginError, match=reason):
        method.columns(_PARTS, _GIVEN)


def test_columns_are_handed_over_as_copies(tmp_path):
    body = "given.values[0][:] = 99\n    return given.values[0], given.has[0]"
    _bench, rubric = loaded(tmp_path, COLUMNS.format(body), by_lowest)
    method = rubric.needed.registry.combiners["lowest"]
    assert method.columns is not None
    values, has = method.columns(_PARTS, _GIVEN)
    assert list(values) == [99] * 7
    assert not _GIVEN.values[0].any()
    assert has.all()


def _part_columns() -> PartColumns:
    ones = np.ones(7, bool)
    return PartColumns([np.zeros(7, "int64")], [ones], [1], [ones], np.ones(7, "int64"))


_GIVEN = _part_columns()
_PARTS = Parts((Part("one", (0, 4_000_000)),), (0, 4_000_000))


# what is required -------------------------------------------------------------------------------


def test_scoring_without_requirements_looks_for_no_plugin(tmp_path):
    write_plugin(tmp_path / "plugins", "acme", "raise SystemExit")
    bench = Bench(tmp_path / "plugins")
    assert bench.score(bench.bench.load_rubric("starter")).overall.score is not None
    assert not bench.plugins.host.discovered
    assert bench.told == []


def test_only_what_is_required_is_loaded(tmp_path):
    write_plugin(tmp_path / "plugins", "other", "raise SystemExit")
    bench, _rubric = loaded(tmp_path, LOWEST, by_lowest)
    states = {plugin.name: plugin.state for plugin in bench.plugins.host.plugins()}
    assert states == {"acme": "loaded", "other": "not_loaded"}


def test_a_method_that_is_not_required_is_unknown(tmp_path):
    with pytest.raises(RubricError, match="unknown method lowest"):
        loaded(tmp_path, LOWEST, by_lowest, requires="[]")


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        ('["nothing >= 1"]', 'which is not installed.*pip install "nothing >= 1"'),
        ('["acme >= 2"]', 'installed is 1.2.0.*pip install "acme >= 2"'),
        ('["acme >=1,<1.2"]', "installed is 1.2.0"),
    ],
)
def test_what_is_missing_is_said_with_the_line_that_installs_it(requires, said, tmp_path):
    with pytest.raises(PluginError, match=said) as caught:
        loaded(tmp_path, LOWEST, by_lowest, requires)
    assert caught.value.problems[0].where.file.endswith("rubric.toml")
    assert caught.value.problems[0].where.line
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("requires", ['["acme => 1"]', '[""]', '["-x"]', '["acme >= one"]'])
def test_a_requirement_that_is_none_is_a_fault_of_the_rubric(requires, tmp_path):
    with pytest.raises(RubricError, match="names no plugin"):
        loaded(tmp_path, LOWEST, by_lowest, requires)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1 / 0", "cannot be used: ZeroDivisionError"),
        (LOWEST + "\n@hookimpl\ndef cxm_functions(): return [5]", "cannot be used: cxm_functions"),
    ],
)
def test_a_required_plugin_that_cannot_be_used_ends_the_run(body, said, tmp_path):
    with pytest.raises(PluginError, match=said):
        loaded(tmp_path, body, by_lowest)


def test_switched_off_and_disabled_plugins_are_said(tmp_path):
    write_plugin(tmp_path / "plugins", "acme", LOWEST)
    folder = starter(tmp_path, by_lowest, '["acme"]')
    with pytest.raises(PluginError, match=r"switched off.*--no-plugins"):
        Bench(tmp_path / "plugins", off=True).bench.load_rubric(folder)
    disabled = Bench(tmp_path / "plugins", disabled=frozenset({"acme"}))
    with pytest.raises(PluginError, match=r"disabled.*CXMATURITY_DISABLE_PLUGINS"):
        disabled.bench.load_rubric(folder)


def test_taking_the_name_of_a_built_in_method_names_both(tmp_path):
    taken = LOWEST.replace('"lowest"', '"mean"')
    with pytest.raises(PluginError, match=r"'mean' is given twice .* cxmaturity and by acme\.py"):
        loaded(tmp_path, taken, None)


def test_a_record_that_fails_while_the_rubric_is_laid_out_ends_the_run(tmp_path):
    body = LOWEST.replace("monotone=True", "monotone=True, range=lambda *x: 1 / 0")
    with pytest.raises(PluginError, match=r"lowest\.range: ZeroDivisionError"):
        loaded(tmp_path, body, by_lowest)


# what is built in -------------------------------------------------------------------------------


def test_what_is_built_in_comes_through_the_hooks():
    bench = Workbench()
    assert set(bench.registry.kinds) == {kind.name for kind in cxmaturity.kinds.BUILT_IN}
    assert set(bench.registry.combiners) == {m.name for m in cxmaturity.combine.BUILT_IN}
    built_in = {exporter.name for exporter in cxmaturity.exporters.built_in()}
    assert set(bench.plugins.built_in_exporters) == built_in


def test_without_the_built_in_mean_loading_fails():
    @cxmaturity.hookimpl
    def cxm_combiners():
        return [method for method in cxmaturity.combine.BUILT_IN if method.name != "mean"]

    without_mean = ModuleType("without_mean")
    vars(without_mean)["cxm_combiners"] = cxm_combiners
    bench = Workbench(Plugins(built_in=(cxmaturity.kinds, without_mean)))
    with pytest.raises(RubricError, match="unknown method mean"):
        bench.load_rubric("starter")
