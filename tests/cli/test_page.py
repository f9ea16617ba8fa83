"""The terminal page, plain and drawn, and `why`: what a reader sees, at the widths they have.

Golden files lie in ``tests/exporters/golden``; they are written anew with
``CXMATURITY_GOLDEN=write`` (see `golden_files.py` there).
"""

import dataclasses
import io
import os
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from cxmaturity.cli.page import plain_page, plain_why, render_page, why_page
from cxmaturity.errors import UsageError
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import (
    Clause,
    EngagementInfo,
    GateCard,
    IndexCard,
    PartTrace,
    PhaseBounds,
    Provenance,
    Scorecard,
)
from tests.exporters.example import CARD, TRACE, dimension, text
from tests.exporters.golden_files import assert_golden

SUBJECTS = (
    "",
    "phase.change",
    "overall",
    "loop",
    "metrics",
    "quick",
    "loop.weekly",
    "loop.told_back",
    "fact.outsourced_share",
    "fact.motive",
    "NPS_ONLY",
    "VISION_LEAK",
    "SALES_ABSENT",
)


def printed(page: RenderableType, width: int, **more: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, **more)  # type: ignore[arg-type]
    console.print(page)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def page(card: Scorecard = CARD, language: str = "en", width: int = 80, **more: object) -> str:
    return printed(render_page(card, language, width, **more), width)  # type: ignore[arg-type]


def lines_with(shown: str, words: str) -> list[str]:
    return [line for line in shown.splitlines() if words in line]


# the page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_page_is_as_it_was(language, width):
    assert_golden(f"page.{language}.{width}.txt", page(CARD, language, width).encode())


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_plain_page_is_as_it_was(language):
    assert_golden(f"page.{language}.plain.txt", plain_page(CARD, language).encode())


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 120, 140])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(language, width):
    shown = page(CARD, language, width)
    assert max(map(cell_len, shown.splitlines())) <= width
    # Words that are only shown (no figures, no marks) reappear whole.
    for word in ("leadership.why", "Norrgård"):
        assert word in shown


def test_a_very_wide_terminal_gets_lines_that_can_be_read():
    assert max(map(cell_len, page(width=400).splitlines())) <= 140


def test_the_attained_phase_is_marked_on_the_path():
    path = lines_with(page(), "▶")[0]
    assert path.startswith("✓ Enthusiasm ─")
    assert "● Confusion" in path
    assert path.endswith("○ Change")


def test_before_the_first_phase_the_path_begins_there():
    phase = dataclasses.replace(CARD.phase, id=None, at_least=None)
    shown = page(dataclasses.replace(CARD, phase=phase))
    assert lines_with(shown, "▶")[0].startswith("● Not started ─")
    assert "Why this phase" not in shown
    assert "What blocks the next phase: Awakening" in shown


def test_in_the_last_phase_nothing_blocks():
    gates = tuple(dataclasses.replace(gate, holds=True) for gate in CARD.phase.gates)
    phase = dataclasses.replace(CARD.phase, id="change", gates=gates)
    shown = page(dataclasses.replace(CARD, phase=phase))
    assert "Why this phase: Change" in shown
    assert "What blocks" not in shown
    assert "After that" not in shown


def test_the_index_stands_only_beside_phase_and_coverage():
    (line,) = lines_with(page(), "index 48")
    assert line.startswith("Confusion · index 48 of 100 (43–58 possible) · 87% answered")


def test_a_fixed_phase_says_so():
    phase = dataclasses.replace(
        CARD.phase, provisional=False, bounds=PhaseBounds("confusion", "confusion")
    )
    shown = page(dataclasses.replace(CARD, phase=phase, index=IndexCard(48, 48, 48)))
    assert "Open answers can no longer change the phase." in shown
    assert "Provisional" not in shown
    assert "index 48 of 100 ·" in shown


def test_a_phase_is_provisional_where_a_deciding_dimension_has_no_score():
    phase = dataclasses.replace(CARD.phase, at_most="confusion")
    shown = page(dataclasses.replace(CARD, phase=phase))
    assert "Provisional: a dimension that decides the phase has too few answers." in shown


def test_figures_beside_a_threshold_are_not_rounded_across_it():
    assert lines_with(page(), "Working across silos")[0].split()[-4:] == [
        "~",
        "1.999",
        "1.999",
        "100%",
    ]


def test_provisional_is_said_once_with_the_count():
    assert (
        len(lines_with(page(), "is provisional")) + len(lines_with(page(), "are provisional")) == 1
    )
    assert "~ 2 scores marked ~ are provisional" in page()
    sure = {key: dataclasses.replace(c, provisional=False) for key, c in CARD.dimensions.items()}
    overall = dataclasses.replace(CARD.overall, provisional=False)
    assert "~" not in page(dataclasses.replace(CARD, dimensions=sure, overall=overall))


def test_caps_name_their_rules():
    assert "⌐ Metric balance and quality: held at 2 by NPS_ONLY; otherwise 2.4" in page()


def test_the_heat_stands_beside_the_scores_where_there_is_room():
    assert len(lines_with(page(width=120), "Leadership ")) == 1
    assert len(lines_with(page(width=80), "Leadership ")) == 2


def test_many_phases_are_not_squeezed_into_a_heat_map():
    gates = tuple(GateCard(f"p{n}", text(f"Phase {n}", ""), holds=False) for n in range(12))
    profile = {"not_started": 1, **{f"p{n}": 0 for n in range(12)}}
    phase = dataclasses.replace(CARD.phase, id="p0", gates=gates, profile=profile)
    shown = page(dataclasses.replace(CARD, phase=phase))
    assert "Answers at level" not in shown
    assert "Behaviour" in shown
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_a_dimension_on_another_scale_says_which():
    other = dimension("points", "Points", "Pisteet", 110, scale=(-10, 200), low=-5, high=200)
    shown = page(dataclasses.replace(CARD, dimensions={"points": other}))
    assert "Points (-10 – 200)" in shown
    assert "-5 – 200" in shown


def test_recommendations_are_told_in_full_up_to_the_number_asked_for():
    shown = page(top=2)
    assert "2 Contact detractors" in shown
    assert "· Measure effort" in shown
    assert "Waiting: 1 action" in shown
    assert "waits for: Find the root causes, Write down" in shown


def test_nothing_found_is_said():
    bare = dataclasses.replace(CARD, findings=(), recommendations=(), undetermined=(), measures=())
    shown = page(bare)
    assert shown.count("None.") == 2
    assert "Undetermined" not in shown
    assert "Measures" not in shown


def test_colour_only_repeats_what_a_sign_or_word_says():
    coloured = printed(render_page(CARD, "en", 80), 80, force_terminal=True)
    assert "\x1b[31m✗" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == page().splitlines()


def test_ascii_pages_draw_with_ascii_only():
    shown = page(ascii_only=True)
    letters = shown.replace("å", "a")
    assert letters.isascii(), set(letters) - set(map(chr, range(128)))
    assert "[" not in lines_with(shown, "Leadership ")[0]
    assert "####" in lines_with(shown, "Leadership ")[0]


def test_titles_of_facts_and_options_come_from_the_rubric():
    rubric = Rubric.model_validate(
        {
            "format": 1,
            "id": "r",
            "version": "1.0.0",
            "title": "R",
            "languages": ["en"],
            "phases": {"one": {"title": "One", "gate": "true"}},
            "dimensions": {"loop": {"title": "Loop"}},
            "facts": {
                "measuring_months": {"kind": "number", "title": "Months", "question": "How long?"}
            },
            "conditions": {"vision_leak": {"title": "The vision leaks", "when": "true"}},
            "measures": {"nps": {"title": "NPS", "range": [0, 1]}},
            "actions": {"a": {"title": "A", "horizon": "30_days", "effort": 1}},
            "rules": {"NO_LIFECYCLE": {"when": "true", "title": "No lifecycle"}},
        }
    )
    assert "✓ Months: 18 (at least 12)" in page(rubric=rubric)
    assert "? No lifecycle" not in page()
    assert "the vision leaks" in plain_why(CARD, "phase.change", "en", rubric=rubric).lower()


def test_what_is_missing_is_not_shown():
    bare = dataclasses.replace(
        CARD,
        engagement=EngagementInfo("A"),
        rubric=dataclasses.replace(CARD.rubric, pinned=False, sha256=""),
        provenance=Provenance("0.1.0", "", 5),
        phase=dataclasses.replace(CARD.phase, behaviour=None, profile=None),
        overall=dataclasses.replace(CARD.overall, not_applicable=0),
        index=IndexCard(),
        findings=(dataclasses.replace(CARD.findings[3], text={}, plugin=None),),
        recommendations=(dataclasses.replace(CARD.recommendations[0], text={}),),
        not_asked=(),
        targets=None,
    )
    shown = page(bare)
    assert "cxmaturity 0.1.0 · cx_phases 1.0.0 (not pinned) · inputs –" in shown
    assert "no index: too little is answered" in shown
    for absent in ("Kept,", "Old evidence", "has no date", "Not asked", "Source", "of the way"):
        assert absent not in shown
    assert "Average behaviour" not in shown


def test_a_finding_of_a_plugin_names_it_beside_its_sources():
    told = dataclasses.replace(CARD.findings[0], plugin="sector")
    shown = page(dataclasses.replace(CARD, findings=(told,)))
    assert "Source: from the plugin sector; A talk on customer experience: Silot" in shown


def test_an_action_before_another_says_so():
    first = dataclasses.replace(CARD.recommendations[6], waits_for=())
    shown = page(dataclasses.replace(CARD, recommendations=(first,)))
    assert "Why: comes before “agenda”" in shown


def test_a_band_stands_where_there_is_no_phase():
    loop = dataclasses.replace(CARD.dimensions["loop"], phase=None, band="silver")
    silos = dataclasses.replace(CARD.dimensions["silos"], phase=None)
    shown = plain_page(dataclasses.replace(CARD, dimensions={"loop": loop, "silos": silos}), "en")
    assert lines_with(shown, "From feedback to action  ")[0].endswith("100%  silver")
    assert lines_with(shown, "Working across silos  ")[0].endswith("100%  –")


# foreign text -----------------------------------------------------------------------------------

HOSTILE = "[bold red]x[/]\x1b]0;title\x07\x1b[31m\x9b2J\u202e\n:smile: [link=http://a]"


def hostile_card() -> Scorecard:
    both = text(HOSTILE, HOSTILE)
    return dataclasses.replace(
        CARD,
        engagement=EngagementInfo(HOSTILE, labels={HOSTILE: HOSTILE}, profile=HOSTILE),
        rubric=dataclasses.replace(CARD.rubric, title=both, version=HOSTILE),
        dimensions={k: dataclasses.replace(c, title=both) for k, c in CARD.dimensions.items()},
        findings=tuple(dataclasses.replace(f, title=both, text=both) for f in CARD.findings),
        recommendations=tuple(dataclasses.replace(r, title=both) for r in CARD.recommendations),
        not_asked=(HOSTILE,),
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_foreign_text_moves_no_cursor_and_is_no_markup(width):
    shown = page(hostile_card(), width=width)
    assert "[bold red]x[/]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert max(map(cell_len, shown.splitlines())) <= width


def test_plain_pages_are_as_safe():
    shown = plain_page(hostile_card(), "en")
    assert "[bold red]x[/]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


# plain ------------------------------------------------------------------------------------------


def test_plain_pages_draw_nothing_and_say_every_sign():
    shown = plain_page(CARD, "en")
    assert not set(shown) & set("─│█░▁▂▃▄▅▆▇●○✓✗▶⌐·") - {"·"}
    assert "fails: Why we do this 2, needs at least 3: 1 short [leadership.why >= 3]" in shown
    assert "Path: Enthusiasm (holds), Confusion (here), Awakening (fails), Change (fails)." in shown


def test_plain_tables_are_aligned():
    shown = plain_page(CARD, "en", width=100).splitlines()
    start = shown.index("Dimensions") + 1
    ends = {line.index("%") for line in shown[start + 1 : start + 9]}
    assert len(ends) == 1


def test_plain_sentences_wrap_at_words():
    shown = plain_page(CARD, "en", width=60)
    sentences = [line for line in shown.splitlines() if "  " not in line.strip()]
    assert max(map(len, sentences)) <= 60


# why --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi"])
def test_why_is_as_it_was(language):
    shown = "\n".join(
        f"why {subject}\n{printed(why_page(CARD, subject, language, 80), 80)}"
        for subject in SUBJECTS
    )
    assert_golden(f"why.{language}.txt", shown.encode())


def test_why_writes_the_arithmetic_out():
    assert "(3 × 2 + 2 × 0) / 5 = 1.2" in plain_why(CARD, "loop", "en")
    assert "4 × (3 + 4 × 2,25) / (4 + 4 × 4) = 2,4" in plain_why(CARD, "metrics", "fi")


@pytest.mark.parametrize(
    ("method", "settings", "combined", "said"),
    [
        ("mean", None, 1, "(3 × 1 + 2 × 1) / 5 = 1"),
        ("min", None, 1, "smallest of 1, 1 = 1"),
        ("max", None, 1, "largest of 1, 1 = 1"),
        ("sum", {"base": 2}, 7, "2 + 3 × 1 + 2 × 1 = 7"),
        ("sum", {"base": 0}, 5, "3 × 1 + 2 × 1 = 5"),
        ("mean", None, 2, None),
        ("share", None, 1, None),
        ("tiers", None, 1, None),
    ],
)
def test_arithmetic_is_written_only_where_it_gives_the_traced_value(
    method, settings, combined, said
):
    loop = TRACE.nodes["loop"]
    parts = tuple(
        dataclasses.replace(part, value=1, counted=1) if part.applies else part
        for part in loop.parts
    )
    node = dataclasses.replace(
        loop, method=method, settings=settings, combined=combined, raw=combined, parts=parts
    )
    trace = dataclasses.replace(TRACE, nodes={**TRACE.nodes, "loop": node})
    shown = plain_why(dataclasses.replace(CARD, trace=trace), "loop", "en")
    if said:
        assert said in shown
    else:
        assert " = " not in shown


def test_weights_of_one_are_left_out():
    loop = TRACE.nodes["loop"]
    parts = tuple(PartTrace(f"p{n}", 1, applies=True, value=n, counted=n) for n in (1, 2))
    node = dataclasses.replace(loop, parts=parts, combined=1.5, raw=1.5, value=1.5)
    trace = dataclasses.replace(TRACE, nodes={"loop": node})
    assert "(1 + 2) / 2 = 1.5" in plain_why(dataclasses.replace(CARD, trace=trace), "loop", "en")


@pytest.mark.parametrize("method", ["mean", "min", "max", "share", "sum"])
def test_a_trace_that_cannot_be_recomputed_has_no_arithmetic(method):
    part = PartTrace("p", 0, applies=True, value=1, counted=1, points=(1, 4))
    node = dataclasses.replace(TRACE.nodes["loop"], method=method, parts=(part,))
    trace = dataclasses.replace(TRACE, nodes={"loop": node})
    assert " = " not in plain_why(dataclasses.replace(CARD, trace=trace), "loop", "en")


def test_a_part_counted_on_another_scale_says_so():
    assert "converted to the scale" in plain_why(CARD, "overall", "en")


def test_no_score_says_what_is_missing():
    assert "No score: 40% is answered, 60% is needed." in plain_why(CARD, "quick", "en")
    quick = dataclasses.replace(TRACE.nodes["quick"], coverage=1)
    trace = dataclasses.replace(TRACE, nodes={"quick": quick})
    shown = plain_why(dataclasses.replace(CARD, trace=trace), "quick", "en")
    assert "No score: none of its parts has a value." in shown


def test_a_cap_is_told_with_what_made_it():
    shown = plain_why(CARD, "metrics", "en")
    assert "Held at 2 by the rule “NPS stands alone”. [NPS_ONLY]" in shown
    assert "  holds: fact.metrics_in_use: nps [only(fact.metrics_in_use, 'nps')]" in shown
    assert "The rule “SCALE” would hold it at 3; a lower cap decides." in shown


def test_a_fact_is_told_with_who_reads_it():
    shown = plain_why(CARD, "fact.outsourced_share", "en")
    assert "Not answered, or it does not apply." in shown
    assert "gate of the phase Change [phase.change]" in shown
    assert "The vision leaks out [VISION_LEAK]" in shown


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("metrik", "metrics"),
        ("NPS_ONY", "NPS_ONLY"),
        ("loop.weakly", "loop.weekly"),
        ("?", "phase"),
    ],
)
def test_an_unknown_subject_names_the_nearest(wrong, near):
    with pytest.raises(UsageError) as caught:
        why_page(CARD, wrong, "en", 80)
    (problem,) = caught.value.problems
    assert problem.code == "unknown_subject"
    assert near in str(problem)


def test_without_a_trace_only_phases_are_explained():
    kept = dataclasses.replace(CARD, trace=None)
    assert "Gate of the phase Change: fails" in plain_why(kept, "phase.change", "en")
    assert "Gate of the phase Enthusiasm: holds" in plain_why(kept, "phase", "en")
    with pytest.raises(UsageError, match="without its trace"):
        plain_why(kept, "loop", "en")


def test_an_undetermined_clause_names_what_decides_it():
    many = tuple(f"fact.f{n}" for n in range(7))
    gate = GateCard("one", text("One", "Yksi"), None, (Clause("x >= 1", None, decides=many),))
    phase = dataclasses.replace(CARD.phase, gates=(gate,), id=None)
    shown = plain_why(dataclasses.replace(CARD, phase=phase), "phase.one", "en", width=200)
    assert "decided by: fact.f0, fact.f1, fact.f2, fact.f3 and 3 more" in shown


# what is loaded ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("plain_page(CARD, 'en'); plain_why(CARD, 'loop', 'fi')", {"rich", "textual", "numpy"}),
        ("render_page(CARD, 'en', 80); why_page(CARD, 'loop', 'fi', 80)", {"textual", "numpy"}),
    ],
)
def test_pages_load_no_more_than_they_draw_with(code, without, tmp_path):
    script = (
        "import sys; from tests.exporters.example import CARD\n"
        "from cxmaturity.cli.page import plain_page, plain_why, render_page, why_page\n"
        f"{code}\nassert not {without!r} & set(sys.modules)"
    )
    root = os.path.abspath(f"{__file__}/../../..")  # noqa: PTH100
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.returncode == 0, done.stderr
