"""CSV files: read exactly as they are, or refused with the row that is wrong."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.errors import InputError, Problem
from cxmaturity.intake.tables import Row, TableOptions, open_table, require_distinct
from cxmaturity.text.limits import PROBLEMS, TABLE_CELL, TABLE_COLUMNS


@pytest.fixture
def write(tmp_path):
    def file(content, name="answers.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


def rows_of(path: Path, **asked: str | None) -> list[Row]:
    return list(open_table(path, TableOptions(**asked)).rows())


def refusal(path: Path, **asked: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        open_table(path, TableOptions(**asked))
    return error.value.problems


def test_rows_have_the_numbers_that_a_spreadsheet_shows(write):
    path = write('\r\na,b\r\n1,"two\r\nlines"\r\n,\r\n3,4\r\n')
    assert rows_of(path) == [(2, ["a", "b"]), (3, ["1", "two\r\nlines"]), (5, ["3", "4"])]


def test_what_was_assumed_is_said(write):
    table = open_table(write("a;b\n1;2\n"))
    assert [str(note) for note in table.assumed] == [
        "answers.csv: read as UTF-8",
        "answers.csv: cells are separated by ;",
    ]
    assert (table.kind, table.row_count, table.header) == ("csv", 2, ("a", "b"))


def test_nothing_is_assumed_of_what_was_said(write):
    path = write("a;b\n1;2\n")
    assert open_table(path, TableOptions(encoding="utf-8", delimiter=";")).assumed == ()


def test_rows_can_be_read_twice(write):
    table = open_table(write("a,b\n1,2\n"))
    assert list(table.rows()) == list(table.rows())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_a_byte_order_mark_decides(write, mark, encoding):
    assert rows_of(write(mark + "ä;ö\nŠ;€\n".encode(encoding))) == [
        (1, ["ä", "ö"]),
        (2, ["Š", "€"]),
    ]


def test_an_unknown_encoding_is_asked_for_with_both_readings(write):
    (problem,) = refusal(write("nimi;hinta\nŠakki;5 €\n".encode("cp1252")))
    assert problem.code == "encoding_unknown"
    assert problem.where.line == 2
    assert "€" in str(problem.values["windows"])
    assert "€" not in str(problem.values["latin"])
    assert "cp1252" in problem.hint


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15"])
def test_a_declared_encoding_is_used(write, encoding):
    path = write("nimi;hinta\nŠakki;5 €\n".encode(encoding))
    assert rows_of(path, encoding=encoding)[1] == (2, ["Šakki", "5 €"])


def test_a_declared_encoding_is_strict(write):
    (problem,) = refusal(write(b"a;b\n1;\x81\n"), encoding="cp1252")
    assert (problem.code, problem.where.line) == ("encoding_wrong", 2)


def test_an_encoding_may_not_contradict_the_mark(write):
    (problem,) = refusal(write(b"\xef\xbb\xbfa;b\n"), encoding="cp1252")
    assert problem.code == "encoding_contradicts"


@pytest.mark.parametrize("encoding", ["rot13", "unicode_escape", "utf-7", "zlib", "klingon"])
def test_only_text_encodings_may_be_declared(write, encoding):
    assert refusal(write("a;b\n"), encoding=encoding)[0].code == "encoding_unsupported"


def test_utf_32_is_refused(write):
    assert refusal(write("a;b\n".encode("utf-32")))[0].code == "encoding_unknown"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_header_tells_the_delimiter(write, delimiter):
    path = write(f"a{delimiter}b\n1{delimiter}2\n")
    assert rows_of(path) == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_a_comma_in_a_question_is_no_delimiter(write):
    path = write("id;How happy, really?\n1;4\n2;5\n")
    assert rows_of(path)[0] == (1, ["id", "How happy, really?"])


def test_an_ambiguous_delimiter_is_asked_for(write):
    path = write("a,b;c\n")
    assert refusal(path)[0].code == "delimiter_ambiguous"
    assert rows_of(path, delimiter=";") == [(1, ["a,b", "c"])]


@pytest.mark.parametrize("word", ["tab", "\t", "TAB"])
def test_a_tab_can_be_said_in_words(write, word):
    assert rows_of(write("a,b\tc;d\n"), delimiter=word) == [(1, ["a,b", "c;d"])]


def test_other_delimiters_are_refused(write):
    assert refusal(write("a:b\n"), delimiter=":")[0].code == "delimiter_unsupported"


def test_a_line_that_names_the_delimiter_is_heeded_and_dropped(write):
    table = open_table(write("sep=|\na|b,c\n1|2\n"))
    assert list(table.rows()) == [(2, ["a", "b,c"]), (3, ["1", "2"])]


def test_short_rows_are_filled_and_said(write):
    table = open_table(write("a;b;c\n1\n2;3\n4;5;6\n"))
    assert [cells for _, cells in table.rows()][1:] == [
        ["1", "", ""],
        ["2", "3", ""],
        ["4", "5", "6"],
    ]
    (note,) = [note for note in table.assumed if note.code == "short_rows"]
    assert note.values == {"count": 2, "row": 2}


def test_extra_cells_are_refused_unless_they_are_empty(write):
    assert rows_of(write("a;b\n1;2;;\n")) == [(1, ["a", "b"]), (2, ["1", "2"])]
    problems = refusal(write("a;b\n1;2;3\n4;5\n6;7;8;9\n"))
    assert [(p.code, p.where.line, p.where.column) for p in problems] == [
        ("too_many_cells", 2, 3),
        ("too_many_cells", 4, 3),
    ]


def test_no_more_problems_are_collected_than_are_read(write):
    assert len(refusal(write("a;b\n" + "1;2;3\n" * 500))) == PROBLEMS


def test_an_open_quotation_mark_is_refused_with_its_row(write):
    (problem,) = refusal(write('a;b\n1;2\n3;"4\n5;6\n'))
    assert (problem.code, problem.where.line) == ("quote_open", 3)


def test_a_stray_quotation_mark_is_refused_with_its_row(write):
    (problem,) = refusal(write('a;b\n1;"2" 3\n'))
    assert (problem.code, problem.where.line) == ("quote_stray", 2)


def test_a_nul_byte_is_refused_with_its_row(write):
    (problem,) = refusal(write(b"a;b\n1;2\n3;\x004\n"))
    assert (problem.code, problem.where.line) == ("nul_byte", 3)


@pytest.mark.parametrize("length", [TABLE_CELL + 1, 200_000])
def test_a_cell_longer_than_a_spreadsheet_holds_is_refused(write, length):
    (problem,) = refusal(write(f"a;b\n1;2\n3;{'x' * length}\n"))
    assert (problem.code, problem.where.line) == ("cell_too_long", 3)


def test_more_columns_than_anybody_asks_are_refused(write):
    problem = refusal(write(";".join("x" * (TABLE_COLUMNS + 1)) + "\n"))[0]
    assert problem.code == "too_many_columns"


def test_more_rows_than_the_limit_are_refused(write, monkeypatch):
    monkeypatch.setattr("cxmaturity.intake.csv_file.TABLE_ROWS", 3)
    assert refusal(write("a;b\n1;2\n1;2\n1;2\n"))[0].code == "too_many_rows"


def test_a_file_larger_than_the_limit_is_refused_unread(write, monkeypatch):
    monkeypatch.setattr("cxmaturity.intake.csv_file.TABLE_BYTES", 3)
    assert refusal(write("a;b\n"))[0].code == "file_too_large"


def test_a_line_without_end_is_refused(write, monkeypatch):
    monkeypatch.setattr("cxmaturity.intake.csv_file.TABLE_LINE", 100)
    assert refusal(write("a;b\n" + "x" * 101))[0].code == "line_too_long"


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_a_file_without_a_filled_cell_is_refused(write, content):
    assert refusal(write(content))[0].code == "empty_table"


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "no.csv")[0].code == "unreadable"
    assert refusal(tmp_path)[0].code == "not_a_file"


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsb"])
def test_other_spreadsheets_are_refused_by_name(write, name):
    assert refusal(write("a;b\n", name))[0].code == "kind_unsupported"


def test_a_sheet_of_a_csv_file_is_refused(write):
    assert refusal(write("a;b\n"), sheet="x")[0].code == "option_unfit"


def test_equal_headers_are_refused_where_a_layout_asks():
    require_distinct(["a", "b", "", ""])
    with pytest.raises(InputError) as error:
        require_distinct(["Q1", " q1 ", "x", "X"], "f.csv", 2)
    assert [p.where.column for p in error.value.problems] == [2, 4]
    assert error.value.problems[0].where.line == 2


CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=0, max_size=12
)


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_what_was_written_is_what_is_read(tmp_path_factory, rows, delimiter, encoding):
    rows = [["a", "b", "c"], *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    asked = TableOptions(delimiter=delimiter)
    read = [cells for _, cells in open_table(path, asked).rows()]
    assert read == [cells for cells in rows if any(cells)]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)
    try:
        table = open_table(path)
    except InputError as error:
        files = {problem.where.file for problem in error.problems}
    else:
        files = {table.name}
        assert len(list(table.rows())) == table.row_count
    assert files == {"a.csv"}


# corpora ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "empty_crlf", "escaped_quotes", "json", "newlines_crlf", "quotes_and_newlines", "simple",
        "utf8",
    ],
)  # fmt: skip
def test_the_spectrum_of_csv_reads_as_its_json_says(shared, name):
    folder = shared / "data" / "corpora" / "csv-spectrum"
    (_, header), *rows = rows_of(folder / "csvs" / f"{name}.csv", delimiter=",")
    expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
    # The copy of the files at hand has plain line feeds where the originals had both characters.
    said = json.loads(json.dumps(expected).replace("\\r\\n", "\\n"))
    read = [[cell.replace("\r\n", "\n") for cell in cells] for _, cells in rows]
    assert [dict(zip(header, cells, strict=True)) for cells in read] == said


FINNISH = ["fi-utf8-bom-semicolon", "fi-utf8-comma", "fi-utf16le-bom-tab"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(n, None) for n in FINNISH] + [("fi-cp1252-semicolon", "cp1252"), ("fi-sep-line", "cp1252")],
)
def test_finnish_files_all_say_the_same(shared, name, encoding):
    folder = shared / "data" / "corpora" / "csv-finnish-and-broken"
    rows = [cells for _, cells in rows_of(folder / f"{name}.csv", encoding=encoding)]
    assert rows[0] == ["vastaaja", "osasto", "ikäryhmä", "Q1", "Q2", "kommentti"]
    assert rows[1] == ["r-001", "Myynti", "30–39", "4,5", "3", 'Hyvä; toimiva "prosessi"']
    assert rows[2][5].split() == ["Rivi", "1", "Rivi", "2"]
    assert rows[3] == ["r-003", "Öljy & Åbo", "–", "5", "n/a", "€ 100 – šakki ž"]
    assert rows[4][5] == "=1+1"


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("fi-cp1252-semicolon", "encoding_unknown", 1),
        ("fi-iso8859-15", "encoding_unknown", 1),
        ("fi-sep-line", "encoding_unknown", 2),
        ("nul-bytes", "nul_byte", 2),
        ("ragged", "too_many_cells", 3),
        ("unterminated-quote", "quote_open", 2),
    ],
)
def test_broken_files_are_refused_with_their_row(shared, name, code, row):
    folder = shared / "data" / "corpora" / "csv-finnish-and-broken"
    problem = refusal(folder / f"{name}.csv")[0]
    assert (problem.code, problem.where.line) == (code, row)


def test_duplicate_headers_are_refused_by_whoever_needs_them(shared):
    folder = shared / "data" / "corpora" / "csv-finnish-and-broken"
    with pytest.raises(InputError):
        require_distinct(open_table(folder / "dup-headers.csv").header)


def test_every_example_of_csvkit_is_read_or_refused_for_a_reason(shared):
    folder = shared / "data" / "corpora" / "csvkit-examples"
    refused = {}
    for path in sorted(folder.glob("*.[ct]sv")):
        try:
            table = open_table(path)
            assert len(list(table.rows())) == table.row_count
        except InputError as error:
            refused[path.name] = error.problems[0].code
    assert refused == {
        "bad.csv": "too_many_cells",
        "bad_skip_lines.csv": "too_many_cells",
        "test_latin1.csv": "encoding_unknown",
    }
