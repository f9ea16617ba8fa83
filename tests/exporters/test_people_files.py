"""People and measures in files: what was published and nothing finer, read back without loss."""

import dataclasses
import json
import tomllib
from collections.abc import Mapping

import pytest
from markdown_it import MarkdownIt

from cxmaturity.catalogue.schema import schema_of
from cxmaturity.exporters import ExportOptions
from cxmaturity.exporters.json_file import JSON
from cxmaturity.exporters.markdown_report import MARKDOWN
from cxmaturity.exporters.toml_file import TOML
from cxmaturity.model.scorecard import AxisInfo, PeopleInfo, Scorecard
from cxmaturity.model.scorecard_data import from_data
from tests.catalogue.small_rubric import REGISTRY
from tests.catalogue.test_schema import fits
from tests.exporters.example import CARD, text
from tests.exporters.golden_files import assert_golden
from tests.exporters.people_example import NPS, PUBLISHED_CARD, UNIT

OPTIONS = ExportOptions()
ACTIVE = "<script>x</script> [a](http://b) `c` *b* | cell\n- item"


def report(card: Scorecard = PUBLISHED_CARD, language: str = "en") -> str:
    return MARKDOWN.write(card, ExportOptions(language)).decode()  # type: ignore[arg-type]


def section(shown: str, title: str) -> str:
    return shown.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("exporter", [JSON, TOML], ids=lambda e: e.name)
def test_the_file_is_as_it_was(exporter):
    assert_golden(f"people{exporter.suffix}", exporter.write(PUBLISHED_CARD, OPTIONS))


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_report_is_as_it_was(language):
    assert_golden(f"people.{language}.md", report(language=language).encode())


def test_json_and_toml_read_back_as_the_same_scorecard():
    assert from_data(json.loads(JSON.write(PUBLISHED_CARD, OPTIONS))) == PUBLISHED_CARD
    toml = tomllib.loads(TOML.write(PUBLISHED_CARD, OPTIONS).decode())
    assert from_data(toml) == PUBLISHED_CARD


def test_the_file_is_as_its_schema_says():
    schema = schema_of("scorecard", REGISTRY)
    data = json.loads(JSON.write(PUBLISHED_CARD, OPTIONS))
    assert fits(data, schema, schema)
    data["overall"]["people"]["groups"][0]["names"] = ["Anna"]
    assert not fits(data, schema, schema)


def test_places_stay_in_the_order_of_their_axis():
    data = json.loads(JSON.write(PUBLISHED_CARD, OPTIONS))
    assert [*data["people"]["axes"][0]["places"]] == [*UNIT.places]


def test_a_hidden_group_is_absent_not_zero():
    data = json.loads(JSON.write(PUBLISHED_CARD, OPTIONS))
    groups = [group for group in _tables(data) if group.get("hidden")]
    assert groups
    assert {key for group in groups for key in group} == {"axis", "place", "hidden"}


def _tables(part: object) -> list[Mapping[str, object]]:
    if isinstance(part, Mapping):
        return [part, *(found for inner in part.values() for found in _tables(inner))]
    if isinstance(part, list):
        return [found for inner in part for found in _tables(inner)]
    return []


def test_without_respondents_and_measures_there_are_no_sections():
    shown = report(dataclasses.replace(CARD, measures=()))
    assert "## People" not in shown
    assert "## Measures" not in shown


def test_respondents_without_a_figure_are_counted_only():
    shown = report(dataclasses.replace(CARD, people=PeopleInfo(None, 5)))
    said = section(shown, "People")
    assert "Too few people have answered for their number to be told." in said
    assert "|" not in said


def test_a_group_without_any_figure_is_named_once_and_has_no_row():
    said = section(report(), "People")
    assert said.count("Partners") == 1
    assert "No figure may be shown of: Partners." in said
    assert "not shown |" not in said
    assert "| Leadership | Sales / North | 7 | 3.0 or more | – | – |" in said


def test_an_axis_that_nobody_is_on_is_left_out():
    axes = (UNIT, AxisInfo("site", text("Site", ""), {"a": text("A", "")}))
    card = dataclasses.replace(PUBLISHED_CARD, people=PeopleInfo(41, 5, axes, "unit"))
    assert "### Site" not in report(card)


def test_a_publication_is_numbered():
    assert "Recorded as publication 3 of these respondents’ answers." in report()


@pytest.mark.parametrize("language", ["en", "fi"])
def test_each_table_row_has_as_many_cells_as_its_head(language):
    html = MarkdownIt("commonmark").enable("table").render(report(language=language))
    for table in html.split("<table>")[1:]:
        head, *rows = table.split("</table>")[0].split("<tr>")[1:]
        assert {row.count("<td") for row in rows} == {head.count("<th")}


def test_names_of_groups_and_files_do_nothing():
    axis = AxisInfo("role", text(ACTIVE, ""), {"top": text(ACTIVE, ""), "staff": text(ACTIVE, "")})
    nps = dataclasses.replace(NPS, title=text(ACTIVE, ""), unit=ACTIVE, file=ACTIVE, found=ACTIVE,
                              definition=text(ACTIVE, ""), scale_ok=False)  # fmt: skip
    info = PeopleInfo(41, 5, (axis,), "role")
    card = dataclasses.replace(PUBLISHED_CARD, people=info, measures=(nps,))
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(report(card))
    for tag in ("<script", "<a ", "<em>b", "<li>item", "<code>c"):
        assert tag not in html
