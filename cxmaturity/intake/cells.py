"""Cells that could not be understood: each with row, column and value, and never too many."""

from __future__ import annotations

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.names import one_line

_LONGEST = 60


class Refusals:
    """Collects what is wrong in a file, as far as somebody would read it."""

    def __init__(self, file: str, *, tells_columns: bool = True) -> None:
        """``tells_columns``: whether the columns of a row stand in the file as they are read."""
        self.file = file
        self.tells_columns = tells_columns
        self.problems: list[Problem] = []
        self.left_out = 0

    def cell(self, row: int, place: int, header: str, value: str, reason: str) -> None:
        """Note a cell that is not understood; ``reason`` is worded already."""
        what, said = N_("“{value}” in “{header}”: {reason}"), {"value": cut(value)}
        hint = N_("correct it, or say in --map what it means")
        values = {**said, "header": cut(header), "reason": reason}
        column = place + 1 if self.tells_columns else None
        self.add(Problem("bad_cell", what, Where(self.file, row, column), hint, values))

    def row(self, row: int, name: str, what: str, hint: str = "", **values: object) -> None:
        """Note a row that cannot be used."""
        self.add(Problem(name, what, Where(self.file, row), hint, values))

    def add(self, problem: Problem) -> None:
        """Note a problem, or only count it."""
        if len(self.problems) < limits.PROBLEMS:
            self.problems.append(problem)
        else:
            self.left_out += 1

    def raise_if_any(self) -> None:
        """Raise InputError with everything that was noted."""
        if not self.problems:
            return
        problems = list(self.problems)
        if self.left_out:
            what = N_("{count} more problems are not listed")
            values = {"count": self.left_out}
            problems.append(Problem("more_problems", what, Where(self.file), "", values))
        raise InputError(problems)


def cut(text: str) -> str:
    """Foreign text for a message: on one line, harmless, not too long."""
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
