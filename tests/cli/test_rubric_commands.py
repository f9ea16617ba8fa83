"""`rubric …`: what a rubric's author reads and writes, in both languages, with its exit codes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click import Context

from cxmaturity.catalogue.schema import SCHEMAS
from cxmaturity.cli.page_plain import plain_lines
from cxmaturity.cli.rubric import COMMANDS, run
from cxmaturity.cli.rubric_reading import read_whole
from cxmaturity.cli.rubric_show import page_of, subjects_of
from cxmaturity.text.messages import Language, use_language
from cxmaturity.workbench import Workbench
from tests.catalogue.case_rubric import LOW, RULES, loaded_with
from tests.catalogue.small_rubric import FILES
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "tests" / "rubrics"


def make(folder: Path, **files: str) -> Path:
    """The small rubric with one case, in a folder."""
    loaded_with(folder, {"low": LOW}, **files)
    return folder


def broken(folder: Path, name: str, old: str, new: str) -> Path:
    """The small rubric with one piece of text replaced, whether or not it still loads."""
    make(folder)
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def flat(text: str) -> str:
    """A page without its line ends."""
    return re.sub(r"\s+", " ", text)


# --- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_command_has_help_in_both_languages(cx: Run, name: str, language: str):
    shown = cx("rubric", name, "--help", "--lang", language)
    assert shown.exit_code == 0
    assert "cxmaturity rubric" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "cx_phases"),
        ("show", "cx_phases", "loop"),
        ("show", "cx_phases", "phase.confusion"),
        ("test", "starter"),
        ("check", "starter", "--worlds", "200"),
        ("diff", "starter", "cx_phases"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fi"])
def test_pages_fit_eighty_columns(cx: Run, words: tuple[str, ...], language: str):
    shown = cx("rubric", *words, "--lang", language)
    assert shown.exit_code == 0, shown.stderr
    paths = (str(ROOT), "/")
    wide = [
        line for line in shown.stdout.splitlines()
        if len(line) > 80 and not any(path in line for path in paths)
    ]  # fmt: skip
    assert wide == []


def test_an_unknown_rubric_is_named_with_those_that_are_there(cx: Run):
    refused = cx("rubric", "show", "cx_phase")
    assert refused.exit_code == 3
    assert "cx_phases" in refused.stderr


def test_texts_of_a_rubric_cannot_act_on_the_terminal(cx: Run, tmp_path: Path):
    title = 'title = { en = "Sta\\u001b[2Jrt \\u202e", fi = "Alku" }'
    rubric = FILES["rubric.toml"].replace('title = { en = "Start", fi = "Alku" }', title)
    assert title in rubric
    make(tmp_path / "odd", rubric=rubric)
    for words in (("show", "./odd"), ("show", "./odd", "phase.start"), ("show", "./odd", "--flat")):
        shown = cx("rubric", *words)
        assert shown.exit_code == 0, shown.stderr
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown.stdout)


# --- list and show --------------------------------------------------------------------------------


def test_the_list_says_how_large_rubrics_are(cx: Run):
    shown = flat(cx("rubric", "list").stdout)
    assert "Phases of customer experience [cx_phases 1.0.0]" in shown
    assert "12 dimensions, 66 indicators" in shown
    assert "(en, fi)" in shown


def test_the_list_takes_rubrics_at_a_path_and_names_those_that_cannot_be_read(
    cx: Run, tmp_path: Path
):
    make(tmp_path / "ours" / "mine")
    broken(tmp_path / "ours" / "bad", "rubric.toml", 'id = "small"', 'id = "S"')
    shown = cx("rubric", "list", "ours", "--format", "json")
    assert shown.exit_code == 0
    found = {one["id"]: one for one in json.loads(shown.stdout)}
    assert {"cx_phases", "starter", "small"} <= set(found)
    assert found["small"]["cases"] == 1
    assert "bad" in shown.stderr
    assert "cannot be used" in shown.stderr


def test_a_page_shows_phases_gates_dimensions_and_time(cx: Run):
    shown = flat(cx("rubric", "show", "cx_phases").stdout)
    for said in (
        "66 indicators + 66 facts, about 120 minutes",
        "41 indicators, about 30 minutes",
        "4 Change [phase.change]",
        "Working across silos at least 2 [silos >= 2]",
        "From feedback to action loop 1 6 mean",
        "Blockers (10): SIZE_RISK",
    ):
        assert said in shown


def test_every_part_of_a_rubric_has_a_page(cx: Run, tmp_path: Path):
    make(tmp_path / "mine")
    parts = {
        "loop": ["Loop", "1 Talked about.", "Score: weighted mean", "Band: Strong ≥ 2"],
        "loop.weekly": ["Is it weekly?", "Changed by: begin", "4 Always."],
        "loop.owner": ["Nobody: 0 [nobody]", "module extended"],
        "promise.kept": ["yes: 4 [yes]", "no: 0 [no]"],
        "fact.share": ["A number from 0 to 100", "Read by: condition.leak", "Changed by: begin"],
        "fact.metrics": ["NPS [nps]", "Any of these, or none."],
        "phase.goal": ["Attained when:", "Loop at least 3 [loop >= 3]"],
        "condition.leak": ["Holds when:", "Share at least 50 [fact.share >= 50]"],
        "STARING": ["Risk, Loop", "Loop at most 1", "Caps Promise at 3.", "Answered by: begin"],
        "begin": ["within 30 days", "2.5 person-days", "Weekly ≥ 3", "Metrics: + CES"],
        "action.go_on": ["Needs first", "Begin [begin]"],
    }
    for subject, texts in parts.items():
        shown = cx("rubric", "show", "./mine", subject)
        assert shown.exit_code == 0, shown.stderr
        for said in texts:
            assert said in flat(shown.stdout), (subject, said, shown.stdout)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_name_in_the_default_rubric_has_a_page(language: Language):
    bench = Workbench()
    use_language(language)
    reading = read_whole(bench, bench.load_rubric("cx_phases"))
    subjects = subjects_of(reading)
    assert len(subjects) > 350
    for subject in subjects:
        lines = list(plain_lines(page_of(reading, subject)(), 80))
        assert len(lines) >= 3, subject
        assert max(map(len, lines)) <= 80, subject
        assert not any("None" in line for line in lines), subject


@pytest.mark.parametrize(
    ("style", "subject", "texts"),
    [
        ("capability_levels", "answering.planned", ["2 Largely.", "stage 2"]),
        ("five_tiers", "openness", ["Score: points, tier by tier, rounded.", "tier 5"]),
        ("points_110", "access.remote", ["For some: -3 [some]"]),
        ("practice_levels", "direction", ["Parts: Direction, level 1, Direction, level 2"]),
        ("practice_levels", "direction_1", ["scale 0–1"]),
    ],
)
def test_pages_of_published_styles(cx: Run, style: str, subject: str, texts: list[str]):
    shown = cx("rubric", "show", str(PUBLISHED / style), subject)
    assert shown.exit_code == 0, shown.stderr
    for said in texts:
        assert said in flat(shown.stdout), shown.stdout


def test_names_are_completed(tmp_path: Path):
    make(tmp_path / "mine")
    show = run.get_command(Context(run), "show")
    assert show is not None
    context = Context(show)
    context.params = {"rubric": str(tmp_path / "mine")}
    (subject,) = [p for p in show.params if p.name == "subject"]
    assert [item.value for item in subject.shell_complete(context, "loop.")] == [
        "loop.weekly",
        "loop.owner",
    ]
    context.params = {"rubric": "nothing"}
    assert subject.shell_complete(context, "loop.") == []


def test_pages_are_drawn_on_a_terminal(cx: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = cx("rubric", "show", "starter")
    assert shown.exit_code == 0
    assert "─" in shown.stdout or "---" in shown.stdout
    assert "\x1b[" in shown.stdout


def test_an_unknown_part_is_refused_with_the_nearest_names(cx: Run):
    refused = cx("rubric", "show", "cx_phases", "STARNG")
    assert refused.exit_code == 2
    assert "did you mean STARING" in refused.stderr


def test_the_flat_rubric_reads_the_same(cx: Run, tmp_path: Path):
    child = tmp_path / "child"
    child.mkdir()
    (child / "rubric.toml").write_text(
        'extends = "starter >=1.0,<2"\nremove = ["CLOSED_LOOP"]\nid = "child"\nversion = "0.2.0"\n'
        'title = { en = "C", fi = "C" }\n',
        "utf-8",
    )
    text = cx("rubric", "show", "./child", "--flat").stdout
    assert text.startswith("#:schema https://")
    (tmp_path / "flat").mkdir()
    (tmp_path / "flat" / "rubric.toml").write_text(text, "utf-8")
    bench = Workbench()
    merged, flattened = bench.load_rubric(child), bench.load_rubric(tmp_path / "flat")
    assert flattened.rubric == merged.rubric
    assert "CLOSED_LOOP" not in flattened.rubric.rules
    assert "extends" not in tomllib.loads(text)


# --- new ------------------------------------------------------------------------------------------


def test_a_new_rubric_passes_check_and_test(cx: Run, tmp_path: Path):
    made = cx("rubric", "new", "our_model", "--title", 'Our "own" way')
    assert made.exit_code == 0, made.stderr
    assert "cxmaturity rubric check ./our_model" in made.stderr
    rubric = Workbench().load_rubric(tmp_path / "our_model").rubric
    assert (rubric.id, rubric.version) == ("our_model", "0.1.0")
    assert rubric.title == {"en": 'Our "own" way', "fi": 'Our "own" way'}
    for file in (tmp_path / "our_model").rglob("*.toml"):
        assert file.read_text("utf-8").startswith("#"), file
    assert not (tmp_path / "our_model" / "example").exists()
    assert cx("rubric", "check", "our_model", "--worlds", "500").exit_code == 0
    tested = cx("rubric", "test", "our_model")
    assert tested.exit_code == 0
    assert "0 cases differ" in tested.stdout


def test_a_title_on_one_line_is_written_anew(cx: Run, tmp_path: Path):
    make(tmp_path / "small")
    made = cx("rubric", "new", "mine", "--title", "Mine", "--from", "./small")
    assert made.exit_code == 0, made.stderr
    text = (tmp_path / "mine" / "rubric.toml").read_text("utf-8")
    assert 'title = { en = "Mine", fi = "Mine" }\naggregate_over = "role"' in text


@pytest.mark.parametrize("template", ["cx_phases", str(PUBLISHED / "points_110")])
def test_a_rubric_can_begin_from_any_other(cx: Run, tmp_path: Path, template: str):
    made = cx("rubric", "new", "mine", "--id", "ours", "--title", "Ours", "--from", template)
    assert made.exit_code == 0, made.stderr
    rubric = Workbench().load_rubric(tmp_path / "mine").rubric
    assert rubric.id == "ours"
    assert set(rubric.title.values()) == {"Ours"}


def test_a_folder_that_holds_something_is_not_written_into(cx: Run, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("mine", "utf-8")
    assert cx("rubric", "new", "mine").exit_code == 3
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["note.txt"]


def test_an_id_that_is_none_is_refused(cx: Run, tmp_path: Path):
    refused = cx("rubric", "new", "mine", "--id", "Our Model")
    assert refused.exit_code == 2
    assert "small letters" in refused.stderr
    assert not (tmp_path / "mine").exists()


# --- check ----------------------------------------------------------------------------------------

BROKEN = [
    ("rubric.toml", 'version = "1.2.0"', 'version = "1.2"', "bad_value"),
    ("rubric.toml", "aggregate_over", "agregate_over", "unknown_key"),
    ("rubric.toml", "weights = { loop = 1.5 }", "weights = { lop = 1.5 }", "unknown_name"),
    ("facts.toml", 'kind = "number"', 'kind = "nummer"', "unknown_kind"),
    ("facts.toml", ', fi = "Osuus" }', " }", "missing_translation"),
    ("facts.toml", 'dimension = "loop"', 'dimension = "lop"', "unknown_name"),
    ("rules.toml", 'severity = "risk"', 'severity = "danger"', "bad_value"),
    ("actions.toml", 'needs = ["begin"]', 'needs = ["begn"]', "unknown_name"),
    ("actions.toml", '"loop.weekly" = 3', '"loop.weekly" = 7', "off_scale"),
    ("dimensions/loop.toml", '  { en = "Always.", fi = "Aina." },\n', "", "bad_settings"),
]


def test_ten_faults_in_five_files_come_at_once_each_with_place_code_and_hint(
    cx: Run, tmp_path: Path
):
    folder = make(tmp_path / "mine")
    for name, old, new, _code in BROKEN:
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")
    refused = cx("rubric", "check", "mine", "--format", "json")
    assert refused.exit_code == 3
    found = json.loads(refused.stderr)["error"]
    places = {(Path(p["where"]["file"]).name, p["code"]) for p in found}
    assert places >= {(Path(name).name, code) for name, _old, _new, code in BROKEN}
    assert len(found) >= len(BROKEN)
    assert all(p["where"]["line"] and p["where"]["column"] and p["what"] for p in found)
    assert sum(bool(p["hint"]) for p in found) >= 6


@pytest.mark.parametrize(("name", "old", "new", "code"), BROKEN)
def test_each_fault_is_told_alone_with_file_and_line(
    cx: Run, tmp_path: Path, name: str, old: str, new: str, code: str
):
    folder = broken(tmp_path / "mine", name, old, new)
    refused = cx("rubric", "check", "mine", "--format", "json")
    assert refused.exit_code == 3
    found = json.loads(refused.stderr)["error"]
    (fault,) = [p for p in found if p["code"] == code]
    text = (folder / name).read_text("utf-8").splitlines()
    assert fault["where"]["file"].endswith(name)
    assert 1 <= fault["where"]["line"] <= len(text)
    said = cx("rubric", "check", "mine")
    assert f"{name}:{fault['where']['line']}" in said.stderr
    assert "Traceback" not in said.stderr


def test_expressions_are_faulted_at_their_column(cx: Run, tmp_path: Path):
    make(tmp_path / "mine")
    path = tmp_path / "mine" / "rubric.toml"
    text = path.read_text("utf-8").replace(
        'gate = "loop >= 3"', 'gate = "loop >= 3 and promse > 1"'
    )
    path.write_text(text.replace('when = "fact.share >= 50"', 'when = "fact.shar >= 50"'), "utf-8")
    refused = cx("rubric", "check", "mine", "--format", "json")
    found = {p["where"]["key"]: p for p in json.loads(refused.stderr)["error"]}
    assert {p["code"] for p in found.values()} == {"unknown_name"}
    gate = found["phases.goal.gate"]["where"]
    line = path.read_text("utf-8").splitlines()[gate["line"] - 1]
    assert line[gate["column"] - 1 :].startswith("promse")
    assert "fact.share" in found["conditions.leak.when"]["hint"]


def test_what_cannot_be_read_ends_with_three(cx: Run, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert cx("rubric", "check", "./empty").exit_code == 3
    broken(tmp_path / "mine", "rubric.toml", "format = 1", "format = [")
    refused = cx("rubric", "check", "mine")
    assert refused.exit_code == 3
    assert "rubric.toml:" in refused.stderr


def test_errors_end_with_one_and_say_what_they_rest_on(cx: Run, tmp_path: Path):
    rules = RULES + (
        '[rules.NEW]\nwhen = "loop < 1 and loop > 2"\nseverity = "note"\n'
        'text = { en = "So.", fi = "Niin." }\n'
    )
    make(tmp_path / "mine", rules=rules)
    shown = cx("rubric", "check", "mine", "--worlds", "300")
    assert shown.exit_code == 1
    said = flat(shown.stdout)
    assert "Errors (1)" in said
    assert "NEW never fires: this cannot hold: loop < 1; loop > 2 [proved: never_fires]" in said
    assert "rules.toml:8" in said
    finnish = flat(cx("rubric", "check", "mine", "--worlds", "300", "--lang", "fi").stdout)
    assert "NEW ei laukea koskaan" in finnish
    assert "todistettu" in finnish


def test_the_check_as_json_has_everything(cx: Run):
    shown = cx("rubric", "check", "starter", "--worlds", "400", "--seed", "5", "--format", "json")
    assert shown.exit_code == 0
    found = json.loads(shown.stdout)
    assert (found["worlds"], found["raised"], found["seed"]) == (400, 400, 5)
    for message in found["messages"]:
        assert set(message) == {"gravity", "basis", "code", "what", "hint", "where"}
        assert message["where"]["file"].endswith(".toml")
        assert message["where"]["line"] >= 1


def test_the_same_seed_says_the_same(cx: Run):
    words = ("rubric", "check", "starter", "--worlds", "2000", "--format", "json")
    assert cx(*words).stdout == cx(*words).stdout
    assert cx(*words).stdout != cx(*words, "--seed", "2").stdout


# --- test -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "style", ["capability_levels", "points_110", "five_tiers", "practice_levels"]
)
def test_published_styles_pass(cx: Run, style: str):
    shown = cx("rubric", "test", str(PUBLISHED / style))
    assert shown.exit_code == 0, shown.stdout
    assert "0 cases differ" in shown.stdout


def test_a_case_that_differs_is_told_with_its_place(cx: Run, tmp_path: Path):
    broken(tmp_path / "mine", "cases/low.toml", "promise = 0", "promise = 0.5")
    shown = cx("rubric", "test", "mine")
    assert shown.exit_code == 1
    said = flat(shown.stdout)
    assert "DIFFERS: Low [low]" in said
    assert "promise: 0.5 is stated, 0 came out (mine/cases/low.toml:15)" in said
    assert "1 case differs" in said
    finnish = flat(cx("rubric", "test", "mine", "--lang", "fi").stdout)
    assert "POIKKEAA: Matala [low]" in finnish
    assert "promise: mainittu 0.5, tuli 0" in finnish


def test_findings_are_told_as_missing_and_as_more(cx: Run, tmp_path: Path):
    broken(tmp_path / "mine", "cases/low.toml", '["STARING"]', "[]")
    assert "found though not stated: STARING" in flat(cx("rubric", "test", "mine").stdout)


def test_an_answer_that_cannot_be_read_fails_its_case(cx: Run, tmp_path: Path):
    broken(tmp_path / "mine", "cases/low.toml", "weekly = 1", "weekly = 9")
    shown = cx("rubric", "test", "mine")
    assert shown.exit_code == 1
    assert "mine/cases/low.toml:4" in shown.stdout


def test_a_broken_case_file_ends_with_three(cx: Run, tmp_path: Path):
    broken(tmp_path / "mine", "cases/low.toml", "phase = ", "fase = ")
    refused = cx("rubric", "test", "mine")
    assert refused.exit_code == 3
    assert "low.toml:11" in refused.stderr
    assert "phase" in refused.stderr


def test_only_the_named_cases_run_and_unknown_ones_are_refused(cx: Run):
    shown = cx("rubric", "test", "starter", "routine")
    assert shown.exit_code == 0
    assert "routine" in shown.stdout
    assert "only_listening" not in shown.stdout
    assert "Not reached" not in shown.stdout
    refused = cx("rubric", "test", "starter", "rutine")
    assert refused.exit_code == 3
    assert "only_listening" in refused.stderr


def test_what_no_case_reaches_is_listed(cx: Run, tmp_path: Path):
    make(tmp_path / "mine")
    said = flat(cx("rubric", "test", "mine").stdout)
    assert "phase.start: never false, never undetermined [loop >= 1]" in said
    assert "loop.weekly: 0, 2, 3, 4" in said
    assert "Clauses of gates 0 2" in said


def test_the_cases_as_junit_and_json(cx: Run, tmp_path: Path):
    broken(tmp_path / "mine", "cases/low.toml", 'phase = "start"', 'phase = "goal"')
    written = cx("rubric", "test", "mine", "-o", "cases.xml")
    assert written.exit_code == 1
    suite = ET.fromstring((tmp_path / "cases.xml").read_bytes())  # noqa: S314 - our own
    (failure,) = suite.iter("failure")
    assert "goal is stated, start came out" in failure.get("message", "")
    found = json.loads(cx("rubric", "test", "mine", "--format", "json").stdout)
    assert [(c["id"], c["passed"]) for c in found["cases"]] == [("low", False)]
    assert {"kind", "id", "detail", "missing"} == set(found["not_reached"][0])
    cx("rubric", "test", "mine", "-o", "cases.txt")
    assert "DIFFERS: Low" in (tmp_path / "cases.txt").read_text("utf-8")


def test_a_rubric_without_cases_says_that_nothing_was_tested(cx: Run, tmp_path: Path):
    make(tmp_path / "mine")
    (tmp_path / "mine" / "cases" / "low.toml").unlink()
    shown = cx("rubric", "test", "mine")
    assert shown.exit_code == 0
    assert "nothing was tested" in shown.stdout


# --- diff and schema ------------------------------------------------------------------------------


def changed_starter(folder: Path) -> Path:
    """The starter with one threshold, one word, one action and one rule changed."""
    source = Workbench().load_rubric("starter").source
    for name, data in source.own.files.items():
        text = data.decode()
        text = text.replace('gate = "listening >= 2 and acting >= 2"', 'gate = "listening >= 4"')
        text = text.replace('en = "Customers are not asked."', 'en = "Nobody asks customers."')
        text = text.replace("effort = 10", "effort = 12")
        text = text.replace("[rules.NOBODY_OWNS]", "[rules.NO_OWNER]")
        text = text.replace("NOBODY_OWNS", "NO_OWNER")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_words_are_told_apart_from_what_changes_scores(cx: Run, tmp_path: Path):
    changed_starter(tmp_path / "mine")
    found = json.loads(cx("rubric", "diff", "starter", "mine", "--format", "json").stdout)
    said = {(c["element"], c["key"]): (c["kind"], c["effect"]) for c in found["changes"]}
    assert said == {
        ("phases.practice", "gate"): ("changed", "scores"),
        ("dimensions.listening.indicators.asked", "levels"): ("changed", "words"),
        ("actions.call_back", "effort"): ("changed", "advice"),
        ("actions.name_owner", "answers"): ("changed", "advice"),
        ("rules.NO_OWNER", ""): ("added", "scores"),
        ("rules.NOBODY_OWNS", ""): ("removed", "scores"),
    }
    shown = flat(cx("rubric", "diff", "starter", "mine").stdout)
    assert "Can change scores, phases or findings (3)" in shown
    assert "phases.practice: gate – changed" in shown
    assert "+ listening >= 4" in shown


def test_a_rubric_does_not_differ_from_itself(cx: Run):
    shown = cx("rubric", "diff", "cx_phases", "cx_phases")
    assert shown.exit_code == 0
    assert "Nothing differs." in shown.stdout


def test_another_order_of_phases_can_change_scores(cx: Run, tmp_path: Path):
    make(tmp_path / "old")
    text = (
        FILES["rubric.toml"]
        .replace("phases.start", "phases.x")
        .replace("phases.goal", "phases.start")
    )
    make(tmp_path / "new", rubric=text.replace("phases.x", "phases.goal"))
    found = json.loads(cx("rubric", "diff", "old", "new", "--format", "json").stdout)["changes"]
    assert ("moved", "phases", "scores") in {(c["kind"], c["element"], c["effect"]) for c in found}


def test_a_replay_says_what_moves_in_an_engagement(cx: Run, answered: Path, tmp_path: Path):
    changed_starter(tmp_path / "mine")
    before = sorted((p, p.read_bytes()) for p in answered.rglob("*.toml"))
    words = ("rubric", "diff", "starter", "mine", "--replay", "acme")
    found = json.loads(cx(*words, "--format", "json").stdout)["replay"][0]
    assert found["phase"] == {"old": "practice", "new": "beginning"}
    assert found["scores"] == {}
    shown = flat(cx(*words).stdout)
    assert "Acme Oy (acme)" in shown
    assert "Phase: Practice → Beginning" in shown
    assert sorted((p, p.read_bytes()) for p in answered.rglob("*.toml")) == before


def test_a_replay_lists_scores_and_findings(cx: Run, answered: Path, tmp_path: Path):
    changed_starter(tmp_path / "mine")
    assert cx("answer", "acme", "fact.owner_named=no").exit_code == 0
    dimension = tmp_path / "mine" / "dimensions" / "listening.toml"
    text = dimension.read_text("utf-8").replace('kind = "choice"', 'kind = "choice"\nweight = 3')
    dimension.write_text(text, "utf-8")
    words = ("rubric", "diff", "starter", "mine", "--replay", "acme")
    found = json.loads(cx(*words, "--format", "json").stdout)["replay"][0]
    assert set(found["scores"]) == {"listening", "overall"}
    assert found["findings"] == {"gone": ["NOBODY_OWNS"], "new": ["NO_OWNER"]}
    assert "Finding gone: NOBODY_OWNS" in cx(*words).stdout


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_json(cx: Run, name: str):
    schema = json.loads(cx("rubric", "schema", name).stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_without_a_name_it_is_the_rubrics_schema(cx: Run):
    assert cx("rubric", "schema").stdout == cx("rubric", "schema", "rubric").stdout
    assert cx("rubric", "schema", "other").exit_code == 2
