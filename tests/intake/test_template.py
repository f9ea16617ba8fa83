"""The form: written, filled in, read back with the same answers; harmless in every cell."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from cxmaturity.errors import InputError
from cxmaturity.intake.questions import Axis, Questionnaire
from cxmaturity.intake.template import csv_bytes, form_of
from cxmaturity.intake.template_workbook import xlsx_bytes
from cxmaturity.text.messages import speaking
from tests.intake.asking import EVERY, LADDER, WANTED, ask, imported, said

ANSWERS: dict[str, list[tuple[object, str]]] = {
    "loop.weekly": [(0, "0 – {0}"), (3, "3"), (4, "{4}")],
    "loop.visits": [("never", "never"), ("weekly", "{2}")],
    "loop.channels": [((), "none"), (("phone", "visits"), "{0}; {1}"), (("survey",), "survey")],
    "loop.told": [(True, "{0}"), (False, "no")],
    "loop.share": [(7, "7"), (55, "55")],
}


def everybody(language: str) -> Iterator[tuple[dict[str, object], dict[str, str]]]:
    """Sixty people in six groups: what they answer, and what they write into the form."""
    for number in range(60):
        place = ("leader", "staff")[number % 2]
        unit = ("sales/north", "sales/south", "service")[number % 3]
        meant: dict[str, object] = {"role": place, "unit": unit}
        written = {"code": f"p{number}", "unit": unit.replace("/", " / ").title()}
        written["role"] = WANTED.axes["role"].places[place][language]
        for question in EVERY:
            texts = [text[language] for _id, text in question.options()]
            raw, word = ANSWERS[question.path][number % len(ANSWERS[question.path])]
            meant[question.path], written[question.path] = raw, word.format(*texts)
        yield meant, written


def rows(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("fi", ";")])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_form_comes_back_as_it_was_filled_in(tmp_path, language, delimiter, kind):
    with speaking(language):
        form = form_of(WANTED)
        empty = rows(csv_bytes(form), delimiter)
    keys = empty[0]
    people = list(everybody(language))
    filled = [[written.get(key, "") for key in keys] for _meant, written in people]
    path = tmp_path / f"answers.{kind}"
    if kind == "csv":
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows([*empty, *filled])
        path.write_text(out.getvalue(), "utf-8-sig")
    else:
        write_workbook(path, [*form.header, *filled])
    found = said(imported(path))
    assert found == {f"p{n}": meant for n, (meant, _written) in enumerate(people)}


def write_workbook(path: Path, table: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(table):
            for place, cell in enumerate(cells):
                if number > 1 and cell.isdigit():
                    sheet.write_number(number, place, int(cell))
                elif cell:
                    sheet.write_string(number, place, cell)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_the_written_workbook_is_read_as_the_form_that_it_is(tmp_path, language):
    with speaking(language):
        data = xlsx_bytes(form_of(WANTED))
        assert data == xlsx_bytes(form_of(WANTED))
    path = tmp_path / "form.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        imported(path)
    assert [problem.code for problem in caught.value.problems] == ["no_respondents"]


def test_a_workbook_has_lists_and_no_formula_or_link():
    data = xlsx_bytes(form_of(WANTED))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = "".join(
            package.read(name).decode() for name in package.namelist() if "worksheets/" in name
        )
        assert not [name for name in package.namelist() if "externalLink" in name]
    assert "<f>" not in sheets
    assert "<hyperlink" not in sheets
    assert sheets.count("<dataValidation ") == 4  # roles, the ladder, the choice, yes or no


@pytest.mark.parametrize(
    "nasty", ["=1+1", "+1", "-1", "@x", "\t=1", "https://x.example", "\x1b[2Jx"]
)
def test_texts_of_a_rubric_are_harmless_in_every_cell(nasty):
    odd = ask(
        "choice",
        "loop.odd",
        title={"en": nasty},
        question={"en": nasty},
        options=[{"id": "a", "text": {"en": nasty}, "level": 0}],
    )
    wanted = Questionnaire("small", "1.2.0", {odd.path: odd}, {"role": Axis({"en": nasty})})
    form = form_of(wanted)
    for cells in rows(csv_bytes(form), ","):
        assert not [cell for cell in cells if re.match(r"[\s\x00]*[=+\-@|%]", cell)]
        assert not [cell for cell in cells if "\x1b" in cell]
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(form))) as package:
        sheets = [package.read(n) for n in package.namelist() if "worksheets/" in n]
    assert all(b"<f>" not in sheet and b"<hyperlink" not in sheet for sheet in sheets)


def test_a_form_of_another_version_is_refused_with_what_differs(tmp_path):
    newer = ask("yes_no", "loop.newer")
    old = Questionnaire("small", "1.1.0", {newer.path: newer, LADDER.path: LADDER})
    path = tmp_path / "old.csv"
    path.write_bytes(csv_bytes(form_of(old)) + b"a,yes,3\r\n")
    with pytest.raises(InputError) as caught:
        imported(path)
    (problem,) = caught.value.problems
    assert problem.code == "other_rubric"
    assert problem.values["gone"] == "loop.newer"
    assert "loop.told" in str(problem.values["new"])
    mapping = '[answers."loop.weekly"]\ncolumn = "loop.weekly"'
    assert said(imported(path, mapping)) == {"a": {"loop.weekly": 3}}


def test_two_options_of_one_text_are_written_by_their_ids():
    twins = ask(
        "choice",
        options=[
            {"id": "a", "text": {"en": "Same", "fi": "Sama"}, "level": 0},
            {"id": "b", "text": {"en": "Same", "fi": "Sama"}, "level": 1},
        ],
    )
    wanted = Questionnaire("small", "1.2.0", {twins.path: twins})
    assert form_of(wanted).columns[-1].choices[:2] == ("a", "b")
