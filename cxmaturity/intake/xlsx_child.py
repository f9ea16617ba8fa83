"""The process of its own in which a workbook is read, with limits on memory and time.

``python -m cxmaturity.intake.xlsx_child JSON``: the workbook on standard input, its rows as CSV on
standard output (row number first), at the end one line of JSON on standard error: the sheet, notes,
problems.  Whatever a hostile file does to the parser ends with this process.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TextIO

import python_calamine

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake import xlsx_sheet
from cxmaturity.intake.xlsx_cells import text_of
from cxmaturity.intake.xlsx_package import Package, locked, open_package, refused, sheet_parts
from cxmaturity.text.limits import (
    PROBLEMS,
    TABLE_CELL,
    WORKBOOK_BYTES,
    WORKBOOK_MEMORY,
    WORKBOOK_SECONDS,
)

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def main(arguments: list[str]) -> None:
    """Read the workbook on standard input as the arguments say."""
    _limit_process()
    asked = json.loads(arguments[0])
    notes: list[Problem] = []
    problems: tuple[Problem, ...] = ()
    try:
        _read(sys.stdin.buffer.read(int(WORKBOOK_BYTES) + 1), asked["sheet"], notes)
    except InputError as error:
        problems = error.problems
    except MemoryError:
        problems = refused("out_of_memory", int(WORKBOOK_MEMORY)).problems
    except python_calamine.PasswordError:
        problems = locked().problems
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        problems = (_unparsed(error),)
    sys.stdout.close()
    said = {"notes": [asdict(note) for note in notes], "problems": [asdict(p) for p in problems]}
    sys.stderr.write("\n" + json.dumps(said))


def _limit_process() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock and the limits on the file remain
    for kind, most in (
        (resource.RLIMIT_AS, int(WORKBOOK_MEMORY)),
        (resource.RLIMIT_CPU, int(WORKBOOK_SECONDS)),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue  # a system that knows the limit but does not keep it


def _read(data: bytes, asked: str | None, notes: list[Problem]) -> None:
    if len(data) > WORKBOOK_BYTES:
        raise refused("workbook_too_large", int(WORKBOOK_BYTES))
    if data.startswith(_OLE):
        raise locked() if _ENCRYPTED in data else _old_format()
    package = open_package(io.BytesIO(data))
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    name, sheet, xml = _chosen(package, workbook, asked)
    if asked is None:
        notes.append(_sheet_note(name, workbook.sheet_names))
    xlsx_sheet.check_errors(xml)
    if (without := xlsx_sheet.uncalculated(xml)) is not None:
        notes.append(
            Problem(
                "uncalculated",
                "{count} formulas have no value stored, the first in {cell}: they count as empty",
                values={"count": without.count, "cell": without.cell},
            )
        )
    del xml
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
    _write(sheet, out)


def _chosen(
    package: Package, workbook: python_calamine.CalamineWorkbook, asked: str | None
) -> tuple[str, python_calamine.CalamineSheet, bytes]:
    """The sheet asked for, or the first visible one with data, and its XML."""
    parts = sheet_parts(package)
    for name in _candidates(workbook, asked):
        xml = package.part(parts.get(name, ""))
        xlsx_sheet.check_extent(xml)
        sheet = workbook.get_sheet_by_name(name)
        if sheet.end is None and (asked is None and xlsx_sheet.uncalculated(xml) is None):
            continue
        if sheet.end is not None:
            xlsx_sheet.check_size(sheet.end[1] + 1, sheet.end[0] + 1)
        return name, sheet, xml
    raise InputError(Problem("empty_table", "has no rows", hint="export the answers again"))


def _candidates(workbook: python_calamine.CalamineWorkbook, asked: str | None) -> Iterator[str]:
    names = workbook.sheet_names
    if asked is not None:
        matching = [name for name in names if name.casefold() == asked.strip().casefold()]
        if not matching:
            raise InputError(
                Problem(
                    "no_such_sheet",
                    "has no sheet “{sheet}”",
                    hint="its sheets: {sheets}",
                    values={"sheet": asked, "sheets": ", ".join(names)[:500]},
                )
            )
        yield asked if asked in names else matching[0]
        return
    for about in workbook.sheets_metadata:
        if (
            about.typ == python_calamine.SheetTypeEnum.WorkSheet
            and about.visible == python_calamine.SheetVisibleEnum.Visible
        ):
            yield about.name


def _write(sheet: python_calamine.CalamineSheet, out: TextIO) -> None:
    """Every row with anything in it, its number first."""
    first_column = sheet.start[1] if sheet.start else 0
    before = [""] * first_column
    write = csv.writer(out, lineterminator="\n").writerow
    problems: list[Problem] = []
    for number, values in enumerate(sheet.iter_rows() if sheet.end else (), start=1):
        cells = [text_of(value) for value in values]
        if not any(cells):
            continue
        if max(map(len, cells)) > TABLE_CELL or any("\0" in cell for cell in cells):
            problems.append(_unfit_cell(cells, number, first_column))
            if len(problems) >= PROBLEMS:
                break
        write([number, *before, *cells])
    out.flush()
    if problems:
        raise InputError(problems)


def _sheet_note(name: str, names: list[str]) -> Problem:
    return Problem(
        "sheet_taken",
        "sheet “{sheet}” is read; the workbook has {count}",
        values={"sheet": name, "count": len(names)},
    )


def _unfit_cell(cells: list[str], row: int, first_column: int) -> Problem:
    place = next(
        place for place, cell in enumerate(cells) if len(cell) > TABLE_CELL or "\0" in cell
    )
    return Problem(
        "cell_too_long",
        "a cell in row {row} has more than {limit} characters",
        Where(line=row, column=first_column + place + 1),
        "shorten it or leave the column out",
        {"row": row, "limit": int(TABLE_CELL)},
    )


def _old_format() -> InputError:
    return InputError(
        Problem(
            "kind_unsupported",
            "is a workbook of the old .xls kind",
            hint="save it as .xlsx or .csv",
        )
    )


def _unparsed(error: Exception) -> Problem:
    return Problem(
        "workbook_damaged",
        "is damaged: {reason}",
        hint="save it again as .xlsx or as .csv",
        values={"reason": str(error)[:200]},
    )


if __name__ == "__main__":
    main(sys.argv[1:])
