"""Tables from files: one way in, whatever kind of file it is.

The kind is told by the file's first bytes, never by its name alone.
"""

from __future__ import annotations

from pathlib import Path

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.intake.csv_file import open_csv
from cxmaturity.intake.opened import OpenTable, Row, TableOptions, require_distinct, unreadable
from cxmaturity.intake.xlsx_file import open_xlsx

__all__ = ["OpenTable", "Row", "TableOptions", "open_table", "require_distinct"]

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
_OTHER_ENDINGS = (".xls", ".xlsb", ".ods")


def open_table(path: Path, asked: TableOptions | None = None) -> OpenTable:
    """Open a CSV file or an XLSX workbook.

    Raises InputError with file, row, column and reason where it cannot be read as it is; what the
    user did not say and had to be assumed stands in the table's ``assumed``.
    """
    asked = asked or TableOptions()
    head = _head(path)
    if head.startswith((_ZIP, _OLE)) or path.suffix.lower() in _WORKBOOK_ENDINGS:
        _refuse(asked.delimiter, "--delimiter", path)
        _refuse(asked.encoding, "--encoding", path)
        return open_xlsx(path, asked.sheet)
    if path.suffix.lower() in _OTHER_ENDINGS:
        raise InputError(
            Problem(
                "kind_unsupported",
                "is neither CSV nor XLSX",
                Where(path.name),
                "save it as .xlsx or .csv",
            )
        )
    _refuse(asked.sheet, "--sheet", path)
    return open_csv(path, asked)


def _head(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise InputError(
            Problem("not_a_file", "is not an ordinary file", Where(path.name), "give a file's name")
        )
    try:
        with path.open("rb") as stream:
            return stream.read(8)
    except OSError as error:
        raise unreadable(path, error) from error


def _refuse(value: str | None, option: str, path: Path) -> None:
    if value is not None:
        raise InputError(
            Problem(
                "option_unfit",
                "{option} does not fit this kind of file",
                Where(path.name),
                "leave it out",
                {"option": option},
            )
        )
