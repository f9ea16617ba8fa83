"""The Markdown report: the words of a client's report, and nothing foreign that acts.

Golden files are written anew with ``CXMATURITY_GOLDEN=write`` (see `golden_files.py`).
"""

import dataclasses
import datetime as dt
from itertools import takewhile

import pytest
from markdown_it import MarkdownIt

from cxmaturity.exporters import AnswerRow, AnswersProtocol, ExportOptions
from cxmaturity.exporters.markdown_report import MARKDOWN
from cxmaturity.model.scorecard import EngagementInfo, IndexCard, PhaseBounds, Scorecard
from tests.exporters.example import CARD, DIMENSIONS, text
from tests.exporters.golden_files import assert_golden

PROTOCOL = AnswersProtocol(
    (
        AnswerRow(
            "loop.detractors",
            "From feedback to action",
            "Care of detractors",
            "Are detractors contacted within an agreed time?",
            "Detractors are listed, but contacting them is left to chance.",
            "documented",
            "Log of contacts *2026*",
            dt.date(2026, 10, 3),
            "North only.\n# not a heading\n```\nnor the end of a block",
            flag=True,
        ),
        AnswerRow("fact.measuring_months", "From feedback to action", "Months", "How long?", "18"),
        AnswerRow("people.pride", "People", "Pride", "Proud?", "unanswered", "claimed"),
    )
)
ACTIVE = "<script>x</script> [a](http://b) ![i](x) `c` *b* _u_ # h | cell\n- item\n\x1b[31mred"


def report(card: Scorecard = CARD, **options: object) -> str:
    return MARKDOWN.write(card, ExportOptions(**options)).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_report_is_as_it_was(language):
    options = ExportOptions(language, with_answers=PROTOCOL)
    assert_golden(f"report.{language}.md", MARKDOWN.write(CARD, options))


def test_plain_reports_use_words_for_signs():
    assert "- holds: Metric balance and quality 2 (at least 1.5)" in report(plain=True)
    assert "✓" not in report(plain=True)
    assert "- ✓ Metric balance and quality 2 (at least 1.5)" in report()


def test_figures_beside_a_threshold_are_not_rounded_across_it():
    assert "1.999, needs at least 2: 0.001 short" in report()
    assert "| Working across silos | 1.999\\~ |" in report()
    assert "1,999, tarvitaan vähintään 2: puuttuu 0,001" in report(language="fi")


def test_the_index_is_never_shown_without_phase_and_coverage():
    line = next(line for line in report().splitlines() if "index 48" in line)
    assert line.startswith("**Confusion** · index 48 of 100 (43–58 possible) · 87% answered")


def test_a_scorecard_with_nothing_in_it_still_reads():
    phase = dataclasses.replace(
        CARD.phase,
        id=None,
        at_least=None,
        at_most=None,
        gates=(),
        profile=None,
        behaviour=None,
        bounds=PhaseBounds(),
    )
    overall = dataclasses.replace(CARD.overall, score=None, low=None, high=None, profile=None)
    bare = Scorecard(
        EngagementInfo("A"), CARD.rubric, CARD.provenance, phase, overall, IndexCard(), {}
    )
    shown = report(bare)
    assert "**Not started** · no index: too little is answered" in shown
    assert "## Findings\n\nNone." in shown
    assert "## Profile" not in shown


def test_foreign_text_neither_formats_nor_links_nor_starts_html():
    hostile = {key: dataclasses.replace(card, title=text(ACTIVE, ACTIVE)) for key, card in
               ((card.id, card) for card in DIMENSIONS)}  # fmt: skip
    findings = tuple(
        dataclasses.replace(finding, title=text(ACTIVE, ""), text=text(ACTIVE, ""))
        for finding in CARD.findings
    )
    card = dataclasses.replace(
        CARD,
        engagement=EngagementInfo(ACTIVE, labels={ACTIVE: ACTIVE}),
        dimensions=hostile,
        findings=findings,
    )
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(report(card))
    for tag in ("<script", "<a ", "<img", "<em>b", "<li>item"):
        assert tag not in html
    assert "\x1b" not in html


def test_answers_are_told_with_grade_note_and_flag():
    shown = report(with_answers=PROTOCOL)
    assert "**Care of detractors** `loop.detractors` – to come back to" in shown
    assert "- Evidence: documented, Log of contacts \\*2026\\*, 3 Oct 2026" in shown
    assert "````text\nNorth only.\n# not a heading\n```\nnor the end of a block\n````" in shown
    assert shown.count("### From feedback to action\n") == 1


def test_parts_of_a_dimension_are_marked_as_parts():
    assert "| — Quick wins | – | – | 0.8–3.2 | 40% | too little answered |" in report()


@pytest.mark.parametrize("language", ["en", "fi"])
def test_each_table_row_has_as_many_cells_as_its_head(language):
    lines = report(language=language).splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("| :--")]
    assert len(starts) == 4
    for start in starts:
        rows = [lines[start - 1], lines[start]]
        rows += takewhile(lambda line: line.startswith("|"), lines[start + 1 :])
        assert len({line.replace("\\|", "").count("|") for line in rows}) == 1, rows
