"""`template` and `import`: a file comes in whole or not at all, and twice changes nothing."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.model.respondent import Respondent
from cxmaturity.store.responses import save_respondent
from cxmaturity.store.revision import ABSENT
from tests.cli.conftest import contents

ROWS = """\
code,role,unit,listening.asked,acting.told,E-mail
p1,leader,sales,3,yes,a@x.fi
p2,staff,sales,2,no,b@x.fi
p3,staff,service,1,,c@x.fi
"""

READER = """
CXMATURITY_API = 1
from cxmaturity import hookimpl
from cxmaturity.hookspecs import Measure, MeasureValue, Reader, ReadReport, Table

def read(stream, options):
    lines = stream.read().decode().splitlines()[1:]
    if "bad" in lines:
        raise ValueError("row 2, column 1: no number")
    if "broken" in lines:
        return 7
    cells = tuple(tuple(line.split("~")) for line in lines)
    return Table(cells[0], cells[1:]), ReadReport(len(cells) - 1, len(cells) - 1, (), ("tilde",))

@hookimpl
def cxm_readers():
    return [Reader("tilde", "tildes", lambda head: float(head.startswith(b"#tilde")), read)]

def smiles(columns, weights):
    values = [v for v in columns["smile"] if v is not None]
    if any(v < 0 for v in values):
        raise RuntimeError("sad")
    return MeasureValue(sum(values) // len(values), len(values)) if values else None

@hookimpl
def cxm_measures():
    return [Measure("smile", "smiles", {"en": "smiles per visit"}, ("smile",), smiles)]
"""


@pytest.fixture
def grouped(cx, tmp_path):
    """An engagement of a rubric with group axes."""
    made = cx("new", "big", "--organisation", "Big Oy", "--date", "2026-03-31")
    assert made.exit_code == 0, made.stderr
    return tmp_path / "big"


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text("id,score,w,area\n1,10,1,A\n2,9,1,A\n3,0,2,B\n4,11,1,B\n", "utf-8")
    return path


def answers(folder: Path) -> Path:
    path = folder / "answers.csv"
    path.write_text(ROWS, "utf-8")
    return path


def measures(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "measures.toml").read_text("utf-8"))["measures"]  # type: ignore[no-any-return]


def test_answers_come_in_and_nothing_else_does(cx, acme, tmp_path):
    answers(tmp_path)
    done = cx("import", "acme", "answers.csv")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert "3 rows read, 3 used" in done.stderr
    assert "3 new, 0 replaced, 0 as they were" in done.stderr
    stored = b"".join(contents(acme / "responses").values())
    assert b"p1" in stored
    assert b"x.fi" not in stored
    assert not [path for path in (acme / "responses").iterdir() if path.stat().st_mode & 0o077]


def test_importing_again_changes_nothing(cx, acme, tmp_path):
    path = answers(tmp_path)
    cx("import", "acme", "answers.csv")
    before = contents(acme)
    head, *rows = ROWS.splitlines()
    path.rename(tmp_path / "other.csv")
    (tmp_path / "other.csv").write_text("\n".join([head, *reversed(rows), ""]), "utf-8")
    done = cx("import", "acme", "other.csv")
    assert done.exit_code == 0, done.stderr
    assert "0 new, 0 replaced, 3 as they were" in done.stderr
    assert contents(acme) == before


def test_without_codes_importing_again_changes_nothing_either(cx, acme, tmp_path):
    rows = ["3,yes", "2,no", "3,yes", "1,"]
    for order in (rows, rows[::-1]):
        text = "\n".join(["listening.asked,acting.told", *order, ""])
        (tmp_path / "a.csv").write_text(text, "utf-8")
        done = cx("import", "acme", "a.csv")
        assert done.exit_code == 0, done.stderr
    assert "0 new, 0 replaced, 4 as they were" in done.stderr


def test_changed_answers_are_replaced_only_when_asked(cx, acme, tmp_path):
    path = answers(tmp_path)
    cx("import", "acme", "answers.csv")
    before = contents(acme)
    path.write_text(ROWS.replace("p1,leader,sales,3", "p1,leader,sales,4"), "utf-8")
    done = cx("import", "acme", "answers.csv")
    assert done.exit_code != 0
    assert contents(acme) == before
    done = cx("import", "acme", "answers.csv", "--replace")
    assert done.exit_code == 0, done.stderr
    assert "0 new, 1 replaced, 2 as they were" in done.stderr


def test_everything_wrong_is_said_and_nothing_is_written(cx, acme, tmp_path):
    bad = ROWS.replace("sales,3,yes", "sales,9,maybe") + "p2,leader,sales,1,,\n"
    (tmp_path / "bad.csv").write_text(bad, "utf-8")
    before = contents(acme)
    done = cx("import", "acme", "bad.csv")
    assert done.exit_code == 3
    assert contents(acme) == before
    assert "bad.csv:2:4" in done.stderr
    assert "bad.csv:2:5" in done.stderr
    assert "bad.csv:5" in done.stderr
    as_json = cx("import", "acme", "bad.csv", "--format", "json")
    found = json.loads(as_json.stderr)["error"]
    assert {"code": "bad_cell", "line": 2, "column": 4} in [
        {"code": p["code"], "line": p["where"].get("line"), "column": p["where"].get("column")}
        for p in found
    ]


def test_a_dry_run_prints_a_mapping_and_saves_nothing(cx, acme, tmp_path):
    answers(tmp_path)
    before = contents(acme)
    done = cx("import", "acme", "answers.csv", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert contents(acme) == before
    drawn = tomllib.loads(done.stdout)
    assert drawn["answers"]["listening.asked"] == {"column": "listening.asked"}
    assert '# column = "E-mail"' in done.stdout
    (tmp_path / "map.toml").write_text(done.stdout, "utf-8")
    assert cx("import", "acme", "answers.csv", "--map", "map.toml").exit_code == 0


def test_a_dry_run_helps_where_nothing_matches(cx, acme, tmp_path):
    (tmp_path / "q.csv").write_text("Q1,Q2\n1,2\n", "utf-8")
    done = cx("import", "acme", "q.csv", "--dry-run")
    assert done.exit_code == 3
    assert '# column = "Q2"' in done.stdout


def test_the_report_as_json(cx, acme, tmp_path):
    answers(tmp_path)
    done = cx("import", "acme", "answers.csv", "--format", "json")
    data = json.loads(done.stdout)
    assert data["rows"] == {"read": 3, "used": 3, "dropped": []}
    assert data["saved"]["respondents"] == {"new": 3, "replaced": 0, "unchanged": 0}
    assert "E-mail" in data["columns"]["unmatched"]


# template -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_is_written_and_known_again(cx, acme, tmp_path, language, ending):
    done = cx("template", "acme", "-o", f"form.{ending}", "--lang", language)
    assert done.exit_code == 0, done.stderr
    again = cx("import", "acme", f"form.{ending}", "--dry-run", "--format", "json")
    assert again.exit_code == 3
    assert json.loads(again.stderr)["error"][0]["code"] == "no_respondents"
    if ending == "csv":
        with (tmp_path / "form.csv").open("ab") as form:
            form.write("x1,3\r\n".replace(",", ";" if language == "fi" else ",").encode())
        done = cx("import", "acme", "form.csv")
        assert done.exit_code == 0, done.stderr


def test_a_template_of_no_known_ending(cx, acme):
    assert cx("template", "acme", "-o", "form.ods").exit_code == 2


def test_the_report_and_the_form_in_finnish(cx, grouped, tmp_path):
    done = cx("template", "big", "-o", "lomake.csv", "--lang", "fi")
    assert done.exit_code == 0, done.stderr
    form = (tmp_path / "lomake.csv").read_text("utf-8-sig")
    assert "Vastaajan koodi" in form
    assert "Ylin johto / Esihenkilöt / Henkilöstö" in form
    keys = form.splitlines()[0].split(";")
    cells = dict.fromkeys(keys, "En osaa sanoa") | {"code": "v1", "role": "Ylin johto"}
    cells |= {"unit": "Hämeenlinna", "loop.weekly": "3"}
    filled = "\r\n".join([form.rstrip(), ";".join(cells[key] for key in keys), ""])
    (tmp_path / "lomake.csv").write_bytes(filled.encode("cp1252"))
    done = cx("import", "big", "lomake.csv", "--encoding", "cp1252", "--lang", "fi")
    assert done.exit_code == 0, done.stderr
    assert "1 rivi luettu" in done.stderr
    assert "nimestä ”Hämeenlinna” tuli paikka hameenlinna" in done.stderr
    assert "1 uutta, 0 korvattua, 0 ennallaan" in done.stderr


# measures -----------------------------------------------------------------------------------------


def test_a_measure_with_everything_said_on_the_command_line(cx, acme, survey):
    done = cx(
        "import", "acme", "survey.csv", "--measure", "nps=score", "--missing", "score=11",
        "--period", "2026-02", "--weight", "w", "--segment", "area", "--population", "50",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    (wave,) = measures(acme)["nps"]["waves"]
    assert (wave["value"], wave["n"], wave["missing"], wave["population"]) == (0, 3, 1, 50)
    assert wave["weighted"] is True
    assert wave["file"] == "survey.csv"
    assert "segments" not in wave
    assert "Net Promoter Score, 2026-02-01–2026-02-28: 0 (n 3" in done.stderr


def test_a_period_is_asked_for_and_kept_apart(cx, acme, survey):
    said = ("import", "acme", "survey.csv", "--measure", "nps=score", "--missing", "score=11")
    refused = cx(*said)
    assert refused.exit_code == 3
    assert "--period" in refused.stderr
    for period in ("2026-01", "2026-02", "2026-02"):
        assert cx(*said, "--period", period).exit_code == 0
    assert len(measures(acme)["nps"]["waves"]) == 2
    survey.write_text("score\n10\n", "utf-8")
    other = (*said, "--period", "2026-02")
    assert cx(*other).exit_code == 2
    assert cx(*other, "--replace").exit_code == 0
    assert [wave["n"] for wave in measures(acme)["nps"]["waves"]] == [3, 1]


@pytest.mark.parametrize(
    "words",
    [
        ("--measure", "nps"),
        ("--measure", "nix=score"),
        ("--measure", "fcr=score"),
        ("--weight", "w"),
        ("--period", "May"),
        ("--measure", "nps=score", "--measure", "nps=w", "--period", "2026"),
        ("--measure", "nps=score", "--period", "2026", "--missing", "score"),
        ("--layout", "nix"),
        ("--group", "role"),
    ],
)
def test_what_is_off_on_the_command_line(cx, acme, survey, words):
    done = cx("import", "acme", "survey.csv", *words)
    assert done.exit_code == 2, done.stderr
    assert not (acme / "measures.toml").exists()


def test_a_figure_of_ones_own(cx, acme, tmp_path):
    (tmp_path / "queue.csv").write_text("minutes\n1\n2\n6\n", "utf-8")
    (tmp_path / "map.toml").write_text(
        '[measures.queue]\ncolumns = { value = "minutes" }\nunit = "min"\nbetter = "lower"\n'
        'title = { en = "Minutes in the queue", fi = "Minuutteja jonossa" }\n',
        "utf-8",
    )
    done = cx("import", "acme", "queue.csv", "--map", "map.toml", "--period", "2026-02")
    assert done.exit_code == 0, done.stderr
    series = measures(acme)["queue"]
    assert (series["unit"], series["better"], series["waves"][0]["value"]) == ("min", "lower", 3)


# plugins ------------------------------------------------------------------------------------------


@pytest.fixture
def with_plugin(cx, tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "smiles.py").write_text(READER, "utf-8")

    def run(*words):
        return cx(*words, "--plugins-dir", str(folder))

    return run


def test_a_reader_of_a_plugin(with_plugin, acme, tmp_path):
    (tmp_path / "x.tld").write_text("#tilde\ncode~listening.asked~smile\np1~3~5\np2~2~4\n", "utf-8")
    said = ("import", "acme", "x.tld", "--measure", "smile=smile", "--period", "2026-02")
    for words in (said, (*said, "--layout", "tilde")):
        done = with_plugin(*words)
        assert done.exit_code == 0, done.stderr
        assert "tilde" in done.stderr
    series = measures(acme)["smile"]
    assert series["waves"][0]["value"] == 4.5
    assert series["plugin"]


@pytest.mark.parametrize(("line", "code"), [("bad", 3), ("broken", 4)])
def test_a_reader_that_refuses_or_fails(with_plugin, acme, tmp_path, line, code):
    (tmp_path / "x.tld").write_text(f"#tilde\ncode~listening.asked\n{line}\n", "utf-8")
    done = with_plugin("import", "acme", "x.tld")
    assert done.exit_code == code, done.stderr


def test_a_measure_that_fails_names_its_plugin(with_plugin, acme, tmp_path):
    (tmp_path / "x.csv").write_text("smile\n-1\n", "utf-8")
    done = with_plugin("import", "acme", "x.csv", "--measure", "smile=smile", "--period", "2026")
    assert done.exit_code == 4
    assert "smiles" in done.stderr
    assert not (acme / "measures.toml").exists()


def test_groups_named_on_the_command_line(cx, grouped, tmp_path):
    (tmp_path / "g.csv").write_text(
        "code,Asema,Yksikkö,loop.weekly\np1,Ylin johto,Myynti / Etelä,3\n", "utf-8"
    )
    done = cx("import", "big", "g.csv", "--group", "role=Asema")
    assert done.exit_code == 0, done.stderr
    stored = b"".join(contents(grouped / "responses").values())
    assert b"p1,leader,myynti/etela,3" in stored
    assert "myynti/etela" in done.stderr


def test_the_export_of_a_survey_tool(cx, grouped, shared):
    source = str(shared / "data/qualtrics_sample_export.csv")
    done = cx("import", "big", source, "--dry-run", "--format", "json")
    assert json.loads(done.stderr)["error"][0]["code"] == "nothing_matched"
    draft = cx("import", "big", source, "--dry-run").stdout
    assert tomllib.loads(draft)["layout"] == "qualtrics"
    assert "192.0.2.1" not in draft
    assert "IPAddress" not in draft


def test_who_answered_in_the_program_is_not_imported_over(cx, grouped, tmp_path):
    there = Respondent(code="p1", answers={"loop": {"weekly": 2}})
    save_respondent(grouped, there, ABSENT)
    before = contents(grouped)
    (tmp_path / "a.csv").write_text("code,loop.weekly\np1,3\np2,3\n", "utf-8")
    for words in ((), ("--replace",)):
        done = cx("import", "big", "a.csv", *words)
        assert done.exit_code != 0
        assert "p1" in done.stderr
        assert contents(grouped) == before
