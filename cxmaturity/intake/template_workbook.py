"""The form for respondents' answers as a workbook: lists to pick from, and a guide.

Every cell is a string, so that no text of a rubric is ever a formula or a link; the same form gives
the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from cxmaturity.intake.template import Form, not_applicable_word, unknown_word
from cxmaturity.text.messages import gettext as _

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_MADE: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""Stands for the time of writing: the same form gives the same bytes."""
_LAST_ROW: Final = 20_001
_WIDEST: Final = 24
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_bytes(form: Form) -> bytes:
    """The form as a workbook in the language in use."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _MADE, "title": form.rubric, "comments": ""})
        answers = book.add_worksheet(_("Answers"))
        _write_guide(book, book.add_worksheet(_("Guide")), form)
        lists = book.add_worksheet(_("Lists"))
        lists.hide()
        _write_answers(book, answers, form)
        _write_lists(answers, lists, form)
    return out.getvalue()


def _write_answers(book: Workbook, sheet: Worksheet, form: Form) -> None:
    """The two header rows, which stay in sight."""
    key = book.add_format({"font_color": "#808080", "font_size": 8})
    text = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
    for row, (words, style) in enumerate(zip(form.header, (key, text), strict=True)):
        for place, word in enumerate(words):
            sheet.write_string(row, place, word, style)
    sheet.set_column(0, len(form.columns) - 1, _WIDEST)
    sheet.set_row(1, 120)
    sheet.freeze_panes(2, 1)


def _write_lists(answers: Worksheet, lists: Worksheet, form: Form) -> None:
    """What may be picked, on a sheet of its own; other words are warned of, and the import says."""
    from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

    sheet = _("Lists")
    for place, column in enumerate(form.columns):
        for row, choice in enumerate(column.choices):
            lists.write_string(row, place, choice)
        if column.choices:
            found = xl_range_abs(0, place, len(column.choices) - 1, place)
            answers.data_validation(
                2,
                place,
                _LAST_ROW,
                place,
                {
                    "validate": "list",
                    "source": f"='{sheet}'!{found}",
                    "error_type": "warning",
                    "error_title": "cxmaturity",
                    "error_message": _("This is none of the answers in the list."),
                },
            )


def _write_guide(book: Workbook, sheet: Worksheet, form: Form) -> None:
    """How to fill it in, then every question with its levels."""
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    row = 0
    for line in (
        _("One row a respondent, from the third row of the first sheet on."),
        _("An empty cell: not answered."),
        _("Who does not know writes: {word}").format(word=unknown_word()),
        _("Whom a question does not concern writes: {word}").format(word=not_applicable_word()),
        _("The two header rows stay as they are: the import finds the questions by them."),
    ):
        sheet.write_string(row, 1, line, wrapped)
        row += 1
    for column in form.columns:
        row += bool(column.guide)
        for number, line in enumerate(column.guide):
            if number == 0:
                sheet.write_string(row, 0, column.key, strong)
            sheet.write_string(row, 1, line, wrapped if number else strong)
            row += 1
