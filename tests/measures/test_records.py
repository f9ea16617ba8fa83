"""The records: listed by the workbench, told in both languages, quick with a million rows."""

import re
import time

import pytest

from cxmaturity.errors import PluginError
from cxmaturity.extension.choice import PluginChoice
from cxmaturity.hookspecs import Measure, MeasureValue
from cxmaturity.measures import built_in, cxm_measures
from cxmaturity.model.exact import MILLION
from cxmaturity.workbench.plugins import Plugins
from tests.measures.asking import MEASURES

NAMES = (
    "nps", "csat", "csat_mean", "ces", "ces_top", "ces_index", "ces_1", "fcr", "fcr_net",
    "response_rate", "response_rate_1", "response_rate_2", "promoters_contacted", "churn",
    "first_reply", "first_reply_median", "agreement_index", "agreement_index_shares",
)  # fmt: skip


def test_they_are_listed_by_the_workbench():
    listed = Plugins(PluginChoice(off=True)).measures()
    assert tuple(listed) == NAMES
    assert tuple(listed.values()) == built_in() == tuple(cxm_measures())


@pytest.mark.parametrize("measure", built_in(), ids=lambda measure: measure.name)
def test_each_says_what_it_counts(measure):
    assert set(measure.title) == set(measure.definition) == {"en", "fi"}
    assert measure.summary
    assert measure.range[0] < measure.range[1]
    direction = {"higher": "suurempi on parempi", "lower": "pienempi on parempi"}
    assert f"{measure.better} is better" in " ".join(measure.definition["en"].split())
    assert direction[measure.better] in " ".join(measure.definition["fi"].split())
    for words in ("Interval: ", "interval: "):
        if words in measure.definition["en"]:
            break
    else:
        pytest.fail("the definition does not name the interval")


def test_the_titles_are_told_apart():
    for language in ("en", "fi"):
        titles = [measure.title[language] for measure in built_in()]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("measure", built_in(), ids=lambda measure: measure.name)
def test_without_rows_there_is_no_value(measure):
    assert measure.compute({column: [] for column in measure.columns}, None) is None
    assert measure.compute({column: [None] for column in measure.columns}, [1]) is None


@pytest.mark.parametrize("weights", [None, list(range(1, 1_000_001))], ids=["plain", "weighted"])
def test_a_million_rows_take_at_most_three_seconds(weights):
    scores: list[int | None] = [row % 11 * MILLION for row in range(1_000_000)]
    began = time.process_time()
    found = MEASURES["nps"].compute({"score": scores}, weights)
    assert time.process_time() - began < 3
    assert found is not None
    assert found.n == 1_000_000


# measures of plugins -----------------------------------------------------------------------------

PLUGIN = '''
"""A measure."""
from cxmaturity import hookimpl
from cxmaturity.hookspecs import Measure, MeasureValue

CXMATURITY_API = 1

def compute(columns, weights):
    {body}

@hookimpl
def cxm_measures():
    """One."""
    return [Measure("smile", "smiles", {{"en": "smiles"}}, ("smile",), compute=compute,
                    range=(0, 1_000_000))]
'''


def plugin_measure(tmp_path, body: str) -> Measure:
    (tmp_path / "acme.py").write_text(PLUGIN.format(body=body), encoding="utf-8")
    choice = PluginChoice(folder=tmp_path)
    return Plugins(choice, tell=lambda _problem: None).measures()["smile"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return 1 / 0", "ZeroDivisionError"),
        ("return 5", "not a MeasureValue: int"),
        ("return MeasureValue(0.5, 1)", "not an exact number: 0.5"),
        ("return MeasureValue(None, 1)", "no value"),
        ("return MeasureValue(2_000_000, 1)", "2000000 is outside its range"),
        ("return MeasureValue(1, -1)", "no number of answers: -1"),
        ("return MeasureValue(1, 1, found=5)", "found a text"),
        ("columns['smile'].append(1)", "AttributeError"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_a_measure_that_fails_is_named(tmp_path, body, reason):
    measure = plugin_measure(tmp_path, body)
    with pytest.raises(PluginError) as failed:
        measure.compute({"smile": [1]}, None)
    assert reason in str(failed.value.problems[0].values["reason"])


def test_a_measure_that_works_is_used(tmp_path):
    measure = plugin_measure(tmp_path, "return MeasureValue(sum(columns['smile']), 2)")
    assert measure.compute({"smile": [1, 2]}, [1, 1]) == MeasureValue(3, 2)
    assert plugin_measure(tmp_path, "return None").compute({"smile": []}, None) is None


def test_a_figure_of_the_wrong_scale_is_dropped(tmp_path):
    body = "return MeasureValue(3, 2, 1, 4, 1, scale_ok=False, found='0–3')"
    found = plugin_measure(tmp_path, body).compute({"smile": [1, 2]}, None)
    assert found == MeasureValue(None, 2, scale_ok=False, found="0–3")


def test_the_page_of_measures_lists_each_with_its_columns(root):
    page = (root / "docs/measures.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [row[0].strip("| `") for row in rows] == list(NAMES)
    for measure, row in zip(built_in(), rows, strict=True):
        named = re.findall(r"`(\w+)`", row[1])
        if "the same" in row[1]:
            assert set(named) <= set(measure.columns)
        else:
            assert sorted(named) == sorted(measure.columns)
        assert ("**lower is better**" in row[2]) is (measure.better == "lower")
