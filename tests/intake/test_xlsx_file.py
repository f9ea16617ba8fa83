"""XLSX workbooks: typed cells in one form of text; hostile files harm their own process only."""

import datetime as dt
import sys
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from cxmaturity.errors import InputError, Problem
from cxmaturity.intake.tables import TableOptions, open_table
from cxmaturity.intake.xlsx_cells import text_of
from cxmaturity.intake.xlsx_sheet import check_errors, check_extent, uncalculated


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.xlsx"


def made(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    """A workbook with sheets of rows; each cell as it is."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date | dt.time):
                    style = "yyyy-mm-dd hh:mm" if isinstance(cell, dt.datetime) else "yyyy-mm-dd"
                    style = "hh:mm:ss" if isinstance(cell, dt.time) else style
                    sheet.write_datetime(row, column, cell, book.add_format({"num_format": style}))
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return path


def raw(path: Path, sheet: str, *, extra: Iterable[tuple[str, bytes]] = ()) -> Path:
    """A workbook whose only sheet is this XML."""
    with zipfile.ZipFile(made(path, ("Data", []))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts.items(), *extra]:
            archive.writestr(name, content)
    return path


def moment(hour: int, minute: int, second: int, micro: int = 0) -> dt.datetime:
    """A point in time as spreadsheets know it: without a zone."""
    return dt.datetime.combine(dt.date(2017, 5, 1), dt.time(hour, minute, second, micro))


def cells(*inside: tuple[int, str]) -> str:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = "".join(f'<row r="{number}">{xml}</row>' for number, xml in inside)
    return f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"


def refusal(path: Path, **asked: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        open_table(path, TableOptions(**asked))
    assert all(problem.where.file == path.name for problem in error.value.problems)
    return error.value.problems


def test_typed_cells_become_text_in_one_form(path):
    made(path, ("Data", [
        ["text", "whole", "decimal", "truth", "date", "time", "moment"],
        ["Ääkkönen €", 3, 4.5, True, dt.date(2017, 5, 1), dt.time(9, 30), moment(14, 30, 0)],
        ["", -2.0, 0.1 + 0.2, False, dt.date(1999, 12, 31), dt.time(0, 0, 1), moment(0, 0, 59)],
    ]))  # fmt: skip
    table = open_table(path)
    assert table.kind == "xlsx"
    assert list(table.rows())[1:] == [
        (2, ["Ääkkönen €", "3", "4.5", "true", "2017-05-01", "09:30:00", "2017-05-01T14:30:00"]),
        (3, ["", "-2", "0.3", "false", "1999-12-31", "00:00:01", "2017-05-01T00:00:59"]),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e15, "1000000000000000"),
        (1e20, "100000000000000000000"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (4.300000000000001, "4.3"),
        (7, "7"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (dt.timedelta(hours=-1), "-1:00:00"),
        (moment(9, 59, 59, 999_999), "2017-05-01T10:00:00"),
    ],
)
def test_numbers_have_no_exponent_and_no_noise(value, text):
    assert text_of(value) == text


def test_rows_and_columns_have_the_numbers_of_the_sheet(path):
    made(path, ("Data", [[], [None, "a", "b"], [], [None, 1, 2], [None, None, None]]))
    assert list(open_table(path).rows()) == [(2, ["", "a", "b"]), (4, ["", "1", "2"])]


def test_the_first_sheet_with_data_is_read_and_named(path):
    made(path, ("Empty", []), ("Data", [["a"], [1]]), ("More", [["b"]]))
    table = open_table(path)
    assert table.header == ("a",)
    assert [str(note) for note in table.assumed] == [
        "answers.xlsx: sheet “Data” is read; the workbook has 3"
    ]


def test_a_sheet_can_be_asked_for_without_its_case(path):
    made(path, ("Data", [["a"], [1]]), ("More", [["b"], [2]]))
    table = open_table(path, TableOptions(sheet="more"))
    assert (table.header, table.assumed) == (("b",), ())


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(path):
    made(path, ("Data", [["a"], [1]]), ("More", [["b"]]))
    (problem,) = refusal(path, sheet="Nope")
    assert (problem.code, problem.values["sheets"]) == ("no_such_sheet", "Data, More")


def test_a_formula_gives_its_stored_value_and_nothing_without_one(path):
    raw(path, cells(
        (1, '<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c>'),
        (2, '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>1+2</f></c>'),
    ))  # fmt: skip
    table = open_table(path)
    assert list(table.rows())[1] == (2, ["2", ""])
    (note,) = [note for note in table.assumed if note.code == "uncalculated"]
    assert note.values == {"count": 1, "cell": "B2"}


def test_every_error_value_is_refused_with_its_cell(path):
    raw(path, cells(
        (1, '<c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c>'),
        (3, '<c r="C3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    ))  # fmt: skip
    problems = refusal(path)
    assert [(p.code, p.where.line, p.where.column) for p in problems] == [
        ("error_value", 1, 2),
        ("error_value", 3, 3),
    ]
    assert problems[1].values == {"cell": "C3", "error": "#DIV/0!"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ((1, '<c r="XFD1"><v>1</v></c>'), "too_many_columns"),
        ((1048576, '<c r="A1048576"><v>1</v></c>'), "too_many_rows"),
        ((90_000, '<c r="ALL90000"><v>1</v></c>'), "too_many_cells"),
    ],
)
def test_far_cells_are_refused_before_a_table_is_made_of_them(path, cell, code):
    raw(path, cells((1, '<c r="A1"><v>1</v></c>'), cell))
    assert refusal(path)[0].code == code


def test_far_cells_that_only_have_a_style_do_not_matter(path):
    raw(path, cells(
        (1, '<c r="A1"><v>1</v></c>'), (1048576, '<c r="XFD1048576" s="1"/>')
    ))  # fmt: skip
    assert list(open_table(path).rows()) == [(1, ["1"])]


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are kept on Linux")
def test_a_table_that_cannot_be_foreseen_ends_only_the_child(path):
    wide = "".join(f"<c><v>{n * n}</v></c>" for n in range(16_384))
    raw(path, cells((1, wide), (1_048_576, wide)))
    started = time.monotonic()
    assert refusal(path)[0].code in {"reading_stopped", "too_many_columns", "out_of_memory"}
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("looks", [check_extent, check_errors, uncalculated])
@pytest.mark.parametrize(
    "xml",
    [
        b'<c r="A1" ' + b'r="A1" ' * 200_000,
        b"<c " * 500_000,
        b'<c r="A1"><f>' * 100_000,
        b'<c r="A1" t="e">' * 100_000,
        b'<c r="A1">' + b" " * 1_000_000,
        b"<" + b"a" * 1_000_000,
    ],
    ids=["references", "cells", "formulas", "errors", "spaces", "name"],
)
def test_tags_without_an_end_take_no_time(looks, xml):
    started = time.monotonic()
    looks(xml)
    assert time.monotonic() - started < 2


def test_a_bomb_is_refused_while_it_unpacks(path):
    raw(path, cells((1, f'<c r="A1" t="inlineStr"><is><t>{"A" * 10_000_000}</t></is></c>')))
    assert refusal(path)[0].code == "entry_too_large"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../up.xml", "xl/../../up.xml", "C:/x.xml", "..\\up.xml"]
)
def test_names_that_leave_the_archive_are_refused(path, name):
    raw(path, cells((1, '<c r="A1"><v>1</v></c>')), extra=[(name, b"x")])
    assert refusal(path)[0].code == "entry_name"


def test_two_entries_of_one_name_are_refused(path):
    raw(path, cells((1, '<c r="A1"><v>1</v></c>')), extra=[("XL/Workbook.xml", b"x")])
    assert refusal(path)[0].code == "entry_name"


def test_more_entries_than_a_workbook_has_are_refused(path):
    raw(path, cells((1, "")), extra=[(f"x{n}.xml", b"x") for n in range(1_000)])
    assert refusal(path)[0].code == "too_many_entries"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE w [<!ENTITY x "y">]>',
        '<!doctype w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "<!-- " + "".join(map(str, range(13_500)))[:65_520] + " --><!DOCTYPE w>",
    ],
)
def test_a_document_type_is_refused(path, head):
    raw(path, head + cells((1, '<c r="A1" t="inlineStr"><is><t>&x;</t></is></c>')))
    assert refusal(path)[0].code == "document_type"


def test_a_password_is_asked_for(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path)[0].code == "password"


def test_xml_in_an_unknown_encoding_is_refused(path):
    made(path, ("Data", [["a"], [1]]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"UTF-8", b"UTF-k")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refusal(path)[0].code == "workbook_damaged"


@pytest.mark.parametrize(("ended", "code"), [(1, "workbook_damaged"), (-6, "reading_stopped")])
def test_a_child_without_last_words_is_told_apart(path, tmp_path, monkeypatch, ended, code):
    child = tmp_path / "child.py"
    child.write_text(f"import os\nos._exit({ended}) if {ended} > 0 else os.abort()\n")
    monkeypatch.setattr("cxmaturity.intake.xlsx_file._CHILD", "child")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made(path, ("Data", [["a"], [1]]))
    assert refusal(path)[0].code == code


def test_an_old_workbook_is_refused(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2_000))
    assert refusal(path)[0].code == "kind_unsupported"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(path, content):
    path.write_bytes(content)
    assert refusal(path)[0].code in {"workbook_damaged", "not_a_workbook"}


def test_another_archive_is_refused(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    assert refusal(path)[0].code == "not_a_workbook"


def test_a_damaged_workbook_is_refused(path):
    data = bytearray(made(path, ("Data", [["a"], [1]])).read_bytes())
    for place in range(100, len(data) - 400, 7):
        data[place] ^= 0xFF
    path.write_bytes(bytes(data))
    assert refusal(path)


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused(path):
    # So varied that the archive's ratio stays honest.
    text = "".join(chr(97 + (n * n) % 26) + str(n) for n in range(9_000))
    raw(path, cells((1, f'<c r="B1" t="inlineStr"><is><t>{text}</t></is></c>')))
    (problem,) = refusal(path)
    assert (problem.code, problem.where.line, problem.where.column) == ("cell_too_long", 1, 2)


def test_an_empty_workbook_is_refused(path):
    assert refusal(made(path, ("Data", [])))[0].code == "empty_table"


@pytest.mark.parametrize("asked", [{"delimiter": ";"}, {"encoding": "utf-8"}])
def test_options_of_csv_files_are_refused(path, asked):
    made(path, ("Data", [["a"]]))
    assert refusal(path, **asked)[0].code == "option_unfit"


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path):
    made(tmp_path / "answers.csv", ("Data", [["a"], [1]]))
    assert open_table(tmp_path / "answers.csv").kind == "xlsx"


def test_the_child_may_be_started_from_anywhere(path, tmp_path, monkeypatch):
    (tmp_path / "cxmaturity.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    made(path, ("Data", [["a"], [1]]))
    assert open_table(path).row_count == 2


# corpora ----------------------------------------------------------------------------------------


def test_every_hostile_workbook_is_refused_in_time_and_memory(shared):
    resource = pytest.importorskip("resource")
    refused = {}
    for path in sorted((shared / "data" / "corpora" / "xlsx-hostile").glob("*.xlsx")):
        started = time.monotonic()
        refused[path.name] = refusal(path)[0].code
        assert time.monotonic() - started < 10
    assert refused == {
        "entity-expansion.xlsx": "document_type",
        "external-entity.xlsx": "document_type",
        "far-cell.xlsx": "too_many_columns",
        "formula-no-cache.xlsx": "empty_table",
        "not-a-zip.xlsx": "workbook_damaged",
        "ratio-50mb-cell.xlsx": "entry_too_large",
    }
    if sys.platform == "linux":
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 512 * 1024


def test_every_workbook_of_calamine_is_read_or_refused_for_a_reason(shared):
    refused = {}
    for path in sorted((shared / "data" / "corpora" / "calamine-xlsx").glob("*.xlsx")):
        try:
            table = open_table(path)
            assert len(list(table.rows())) == table.row_count
        except InputError as error:
            refused[path.name] = error.problems[0].code
    assert refused == {
        "empty_sheet.xlsx": "empty_table",
        "errors.xlsx": "error_value",
        "pass_protected.xlsx": "password",
        "pictures_in_cell_and_over_cell.xlsx": "error_value",
    }


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("date_1904.xlsx", [(1, ["2021-01-01", "15"]), (2, ["2021-01-02", "16"])]),
        ("temperature-in-middle.xlsx", [(4, ["", "label", "value"])]),
        ("has_x000D_inline.xlsx", [(1, ["ABC\r\nDEF"])]),
        ("inlineStr_cdata.xlsx", [(1, ["Hello CDATA", "World"]), (2, ["12345", "NormalText"])]),
    ],
)  # fmt: skip
def test_odd_workbooks_read_as_they_look(shared, name, rows):
    table = open_table(shared / "data" / "corpora" / "calamine-xlsx" / name)
    assert list(table.rows())[: len(rows)] == rows


def test_a_workbook_reads_as_its_csv_twin(shared):
    folder = shared / "data" / "corpora" / "csvkit-examples"
    book = [c for _, c in open_table(folder / "sheets.xlsx", TableOptions(sheet="ʤ")).rows()]
    twin = [c for _, c in open_table(folder / "testxlsx_unicode_converted.csv").rows()]
    assert book == twin


def test_the_child_speaks_to_its_parent_only(path, capfd):
    open_table(made(path, ("Data", [["a"], [1]])))
    assert capfd.readouterr() == ("", "")


def test_a_workbook_in_memory_stays_readable_after_its_file_is_gone(path):
    table = open_table(made(path, ("Data", [["a"], *([n] for n in range(30))])))
    path.unlink()
    assert len(list(table.rows())) == 31
