"""Scorecards of the default rubric, from nothing answered to everything at its best.

What the engine really returns is shown and written by every surface, in both languages.
"""

import io
import json
import tomllib

import pytest
from rich.cells import cell_len
from rich.console import Console

from cxmaturity.cli.page import plain_page, plain_why, render_page
from cxmaturity.engine.score import About, score
from cxmaturity.exporters import ExportOptions
from cxmaturity.exporters.json_file import JSON
from cxmaturity.exporters.markdown_report import MARKDOWN
from cxmaturity.exporters.toml_file import TOML
from cxmaturity.model.answers import Answers
from cxmaturity.model.rubric import Grade, Rubric
from cxmaturity.model.scorecard import EngagementInfo, Scorecard
from cxmaturity.model.scorecard_data import from_data
from cxmaturity.workbench import Workbench

FACTS = {
    "size": "large",
    "metrics_in_use": ["nps"],
    "measuring_months": 18,
    "owner_named": True,
    "owner_budget": False,
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return Workbench().load_rubric("cx_phases").rubric


@pytest.fixture(scope="module")
def cards(rubric: Rubric) -> dict[str, Scorecard]:
    bench = Workbench()
    program = bench.program(bench.load_rubric("cx_phases"))
    paths = [leaf.path for leaf in program.leaves]
    shown: dict[str, Grade] = dict.fromkeys(paths, "demonstrated")
    mixed: dict[str, object] = {path: place % 5 for place, path in enumerate(paths) if place % 7}
    mixed[paths[7]], mixed[paths[14]] = "unknown", "na:out_of_scope"
    answers = {
        "nothing": Answers(),
        "worst": Answers(dict.fromkeys(paths, 0)),
        "best": Answers(dict.fromkeys(paths, 4), grades=shown),
        "mixed": Answers(mixed, FACTS, targets={"loop": 3_000_000, paths[0]: 4_000_000}),
    }
    about = About(EngagementInfo("Norrgård Energia Oy"))
    return {name: score(program, given, about) for name, given in answers.items()}


NAMES = ["nothing", "worst", "best", "mixed"]


@pytest.mark.parametrize("name", NAMES)
def test_data_files_read_back_as_the_same_scorecard(cards, name):
    card = cards[name]
    assert from_data(json.loads(JSON.write(card, ExportOptions()))) == card
    assert from_data(tomllib.loads(TOML.write(card, ExportOptions()).decode())) == card


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_surface_shows_it(cards, rubric, name, language):
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    console.print(render_page(cards[name], language, 80, rubric=rubric))
    assert max(map(cell_len, out.getvalue().splitlines())) <= 80
    assert "Norrgård" in plain_page(cards[name], language, rubric=rubric)
    report = MARKDOWN.write(cards[name], ExportOptions(language, rubric=rubric)).decode()
    assert report.startswith("# Norrgård Energia Oy\n")


@pytest.mark.parametrize("name", NAMES)
def test_everything_in_it_can_be_asked_about(cards, rubric, name):
    trace = cards[name].trace
    assert trace is not None
    facts = [f"fact.{id_}" for id_ in rubric.facts]
    gates = [f"phase.{id_}" for id_ in rubric.phases]
    for subject in ("", *gates, *trace.nodes, *trace.indicators, *trace.rules, *facts):
        assert plain_why(cards[name], subject, "fi", rubric=rubric), subject


def test_levels_and_options_are_told_in_words(cards, rubric):
    (path,) = [p for p, leaf in cards["mixed"].trace.indicators.items() if leaf.answer == 4][:1]
    dimension, _, indicator = path.partition(".")
    text = rubric.dimensions[dimension].indicators[indicator].settings.levels[4]["en"]
    told = plain_why(cards["mixed"], path, "en", width=1000, rubric=rubric)
    assert f"Answer, level 4: {text}" in told
    assert "Number of people: 250 or more" in plain_why(
        cards["mixed"], "SIZE_RISK", "en", rubric=rubric
    )
