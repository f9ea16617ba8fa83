"""From a file to people: matched by exact names, taken whole or refused with every reason."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cxmaturity.errors import InputError
from cxmaturity.intake.drafting import drafted
from cxmaturity.intake.laying_out import lay_out_file
from cxmaturity.intake.layouts import Column
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.pipeline import Wanted, prepare
from cxmaturity.intake.report import report_data, report_lines
from tests.intake.asking import WANTED, imported, prepared, said

HEADER = "code,Role,Unit,loop.weekly,loop.visits,loop.channels,loop.told,loop.share"


def file(folder: Path, *lines: str, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def refused(path: Path, mapping: str = "") -> list[str]:
    """Codes of the problems, with row and column where these are known."""
    with pytest.raises(InputError) as caught:
        imported(path, mapping)
    assert all(problem.where.file for problem in caught.value.problems)
    return [
        ":".join(str(part) for part in (p.code, p.where.line, p.where.column) if part)
        for p in caught.value.problems
    ]


# wide ---------------------------------------------------------------------------------------------


def test_one_row_a_respondent(tmp_path):
    path = file(
        tmp_path,
        HEADER,
        'a1,Staff,Sales / North,3,Every week,"phone, survey",yes,62.5',
        "a2,leader,Tuki,,weekly,none,n,",
    )
    found = imported(path)
    assert said(found) == {
        "a1": {
            "role": "staff",
            "unit": "sales/north",
            "loop.weekly": 3,
            "loop.visits": "weekly",
            "loop.channels": ("phone", "survey"),
            "loop.told": True,
            "loop.share": Decimal("62.5"),
        },
        "a2": {
            "role": "leader",
            "unit": "tuki",
            "loop.visits": "weekly",
            "loop.channels": (),
            "loop.told": False,
        },
    }
    assert found.report.rows_read == found.report.rows_used == 2


def test_columns_by_title_text_and_code_in_either_language(tmp_path):
    path = file(tmp_path, "LOOP.WEEKLY suomeksi;[loop.told] Kerrotaanko?;loop.share?", "3;Ei;5")
    found = imported(path)
    (answers,) = said(found).values()
    assert answers == {"loop.weekly": 3, "loop.told": False, "loop.share": 5}


def test_a_finnish_export(tmp_path):
    path = file(
        tmp_path,
        "Vastaaja;Sähköposti;Rooli;Yksikkö;loop.told;loop.weekly;loop.share",
        "V1;a@b.fi;Ylin johto;Hämeenlinna / Myynti;Kyllä;Enin osa.;62,5",
        "V2;c@d.fi;Henkilöstö;Hämeenlinna / Myynti;En osaa sanoa;Ei koske;0,5",
        encoding="cp1252",
    )
    assert refused(path)[0].startswith("encoding")
    found = imported(path, 'encoding = "cp1252"\ndecimal = ","\ncode = "Vastaaja"')
    assert said(found) == {
        "v1": {
            "role": "leader",
            "unit": "hameenlinna/myynti",
            "loop.told": True,
            "loop.weekly": 3,
            "loop.share": Decimal("62.5"),
        },
        "v2": {
            "role": "staff",
            "unit": "hameenlinna/myynti",
            "loop.told": "unknown",
            "loop.weekly": "na:other",
            "loop.share": Decimal("0.5"),
        },
    }
    assert "@" not in repr(found.people)
    assert found.report.unmatched == {"Sähköposti": ()}


def test_without_codes_they_follow_from_the_rows(tmp_path):
    rows = ["Staff,3,yes", "Staff,2,no", "Staff,3,yes", "leader,3,yes"]
    one = imported(file(tmp_path, "Role,loop.weekly,loop.told", *rows))
    turned = ["yes,x,leader,3", "yes,y,Staff,3", "no,,staff,2", "YES,,Staff,3"]
    other = file(tmp_path, "loop.told,Extra,Role,loop.weekly", *turned, name="b.csv")
    again = imported(other)
    assert said(one) == said(again)
    assert len(said(one)) == 4
    assert all(len(code) == 11 and code.startswith("r") for code in said(one))


def test_odd_codes_stay_outside(tmp_path):
    found = imported(file(tmp_path, "code,loop.weekly", "maija@x.fi,1", "R_3xY,2", "R_3Xy,3"))
    codes = list(said(found))
    assert len(set(codes)) == 3
    assert all(code.startswith("c") and "@" not in code for code in codes)


def test_rows_without_answers_are_left_out_and_counted(tmp_path):
    found = imported(file(tmp_path, "code,loop.weekly,other", "a,,x", "b,2,y", "c, ,z"))
    assert list(said(found)) == ["b"]
    assert [(d.count, d.first, d.reason.code) for d in found.report.dropped] == [
        (2, 2, "no_answers")
    ]


def test_columns_of_options(tmp_path):
    mapping = """
        [answers."loop.channels"]
        columns = { phone = "P", survey = "S" }
        missing = ["-"]
    """
    path = file(tmp_path, "code,P,S", "a,1,0", "b,,", "c,Phone,yes", "d,no,0", "e,-,-")
    assert said(imported(path, mapping)) == {
        "a": {"loop.channels": ("phone",)},
        "c": {"loop.channels": ("phone", "survey")},
        "d": {"loop.channels": ()},
    }


def test_a_mapping_says_what_columns_and_codes_mean(tmp_path):
    mapping = """
        format = 1
        code = "RESPNUM"
        [groups]
        role = { column = "Asema", values = { "Johto" = "leader" }, missing = ["-"] }
        unit = { column = "BAREA", values = { "A" = "sales/area_a" } }
        [answers."loop.weekly"]
        column = "Q7"
        values = { "Täysin samaa mieltä" = 4 }
        missing = ["Blank", "0"]
        not_applicable = ["6"]
        unknown = ["7"]
    """
    path = file(
        tmp_path,
        "RESPNUM,Asema,BAREA,Q7",
        "1,Johto,A,Täysin samaa mieltä",
        "2,-,B,6",
        "3,Henkilöstö,A,7",
        "4,Johto,A,Blank",
    )
    found = imported(path, mapping)
    assert said(found) == {
        "1": {"role": "leader", "unit": "sales/area_a", "loop.weekly": 4},
        "2": {"unit": "b", "loop.weekly": "na:other"},
        "3": {"role": "staff", "unit": "sales/area_a", "loop.weekly": "unknown"},
    }
    special = {(s.text, s.count) for s in found.report.special}
    assert special == {("Blank", 1), ("6", 1), ("7", 1)}


def test_the_draft_of_a_mapping_finds_the_same_again(tmp_path):
    path = file(tmp_path, 'code,Role,loop.weekly,"Odd ""one"" \\ ä",Q9', "a,Staff,3,x,y")
    first = prepared(path)
    draft = drafted(first)
    assert '"Odd \\"one\\" \\\\ ä"' in draft
    again = prepared(path, draft)
    assert again.matched == first.matched
    assert drafted(again) == draft


# long ---------------------------------------------------------------------------------------------


def test_one_row_an_answer(tmp_path):
    path = file(
        tmp_path,
        "Respondent;Question;Answer;Role",
        "a;loop.weekly;3;Staff",
        "b;loop.weekly;2;leader",
        "a;loop.told;yes;Staff",
    )
    assert said(imported(path)) == {
        "a": {"role": "staff", "loop.weekly": 3, "loop.told": True},
        "b": {"role": "leader", "loop.weekly": 2},
    }


def test_contradictions_of_a_long_file(tmp_path):
    path = file(
        tmp_path,
        "respondent,question,answer,role",
        "a,loop.weekly,3,staff",
        "a,loop.told,yes,leader",
        "a,loop.weekly,2,staff",
        ",loop.weekly,2,staff",
    )
    assert refused(path) == ["two_groups:3", "answered_twice:4", "incomplete_row:5"]


# what is refused ----------------------------------------------------------------------------------


def test_everything_that_is_not_understood_is_told_at_once(tmp_path):
    path = file(
        tmp_path,
        HEADER,
        "a,Boss,x,9,weekly,mail,maybe,1",
        'b,staff,x,3,often,phone,yes,"1,234"',
        "b,staff,y,3,,,,",
        "b,staff,x,3,,,,",
    )
    assert refused(path) == [
        "bad_cell:2:4", "bad_cell:2:6", "bad_cell:2:7", "bad_cell:2:2",
        "bad_cell:3:5", "bad_cell:3:8", "two_groups:4", "respondent_twice:5",
    ]  # fmt: skip


def test_what_is_wrong_is_shown_harmless_and_short(tmp_path):
    path = file(tmp_path, "code,loop.weekly", "a,\x1b]52;c;x\x07" + "9" * 500)
    with pytest.raises(InputError) as caught:
        imported(path)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_problems_are_counted_beyond_a_hundred(tmp_path):
    path = file(tmp_path, "code,loop.weekly", *(f"a{n},9" for n in range(150)))
    found = refused(path)
    assert len(found) == 101
    assert found[-1] == "more_problems"


@pytest.mark.parametrize(
    ("lines", "mapping", "code"),
    [
        (["loop.weekly,LOOP.weekly ", "1,2"], "", "duplicate_header"),
        (["x,y", "1,2"], "", "nothing_matched"),
        (["loop.weekly,[loop.weekly] Again", "1,2"], "", "two_columns"),
        (["Q1", "1"], '[answers."loop.weekly"]\ncolumn = "Q2"', "unknown_column"),
        (["Q1", "1"], '[answers."loop.nothing"]\ncolumn = "Q1"', "unknown_question"),
        (["Q1", "1"], '[answers."loop.weekly"]\nmissing = ["1"]', "no_column"),
        (["Q1", "1"], '[groups]\nteam = { column = "Q1" }', "unknown_axis"),
        (["Q1", "1"], '[answers."loop.weekly"]\ncolumns = { a = "Q1" }', "unknown_option"),
        (
            ["Q1", "1"],
            'code = "Q1"\n[answers."loop.weekly"]\ncolumn = "Q1"',
            "column_used_twice",
        ),
        (["Q1", "1"], '[measures.nps]\ncolumns = { score = "Q1" }', "no_period"),
        (
            ["Q1", "1"],
            '[measures.npx]\nends = 2017-05-31\ncolumns = { score = "Q1" }',
            "unknown_measure",
        ),
        (
            ["Q1", "1"],
            '[measures.nps]\nends = 2017-05-31\ncolumns = { x = "Q1" }',
            "measure_columns",
        ),
        (["loop.weekly", ""], "", "no_respondents"),
    ],
)
def test_faults_of_columns_and_mappings(tmp_path, lines, mapping, code):
    assert refused(file(tmp_path, *lines), mapping)[0].split(":")[0] == code


def test_ragged_rows(tmp_path):
    with pytest.raises(InputError, match="4 cells"):
        imported(file(tmp_path, "code,loop.weekly,loop.told", "a,1,yes,more"))
    short = imported(file(tmp_path, "code,loop.weekly,loop.told", "a,1"))
    assert said(short) == {"a": {"loop.weekly": 1}}
    assert any(problem.code == "short_rows" for problem in short.report.assumed)


def test_a_million_columns(tmp_path):
    with pytest.raises(InputError) as caught:
        imported(file(tmp_path, ",".join(map(str, range(1_000_000)))))
    assert caught.value.problems[0].code in ("too_many_columns", "line_too_long")


def test_an_unknown_key_of_a_mapping_is_told_with_its_line(tmp_path):
    with pytest.raises(InputError) as caught:
        imported(file(tmp_path, "a", "1"), 'format = 1\ncod = "a"')
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.line) == ("unknown_key", 2)


# the report ---------------------------------------------------------------------------------------


def test_the_report_says_what_was_done(tmp_path):
    path = file(tmp_path, "code,Role,loop.weekly,E-mail", "a,Staff,3,x", "b,Staff,EOS,y", "c,,,z")
    report = imported(path).report
    lines = "\n".join(report_lines(report))
    assert "3 rows read, 2 used" in lines
    assert "Role → groups.role" in lines
    assert "E-mail" in lines
    assert "“EOS” in loop.weekly: no value (1)" in lines
    data = report_data(report)
    assert data["rows"] == {
        "read": 3,
        "used": 2,
        "dropped": [{"reason": "no_answers", "count": 1, "first": 4}],
    }
    assert report.unanswered == tuple(path for path in WANTED.questions if path != "loop.weekly")


def test_columns_of_options_are_found_by_their_texts_and_all_of_them(tmp_path):
    laid = lay_out_file(file(tmp_path, "a,b,c", "1,1,1"), Mapping())
    columns = tuple(
        Column(f"q[{sub}]", "loop.channels?", "", sub, place)
        for place, sub in enumerate(("Phone", "Survey", "Something else"))
    )
    wanted = Wanted(WANTED, {}, 5)
    some = replace(laid, laid=replace(laid.laid, columns=columns[:2]))
    matched = prepare(some, Mapping(), wanted).matched
    assert set(matched.answers["loop.channels"]) == {"phone", "survey"}
    every = replace(laid, laid=replace(laid.laid, columns=columns))
    with pytest.raises(InputError, match="3 columns"):
        prepare(every, Mapping(), wanted)
