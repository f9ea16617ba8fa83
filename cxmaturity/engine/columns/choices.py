"""Questions about options, sets of options, counts of conditions and phases, in many worlds.

Where few answers are possible they are looked up in a table, made by the scalar forms.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from cxmaturity.engine.columns.cells import Run
from cxmaturity.engine.columns.values import (
    Column,
    Mask,
    Truth,
    added,
    both,
    settled,
    without,
)
from cxmaturity.engine.graph import Expr
from cxmaturity.engine.operations import phase_truth
from cxmaturity.engine.program import Program
from cxmaturity.model.exact import MILLION

Args = tuple[int, ...]
Maker = Callable[[Program, Expr, Args], Callable[[Run], Any]]


def _one_of(program: Program, expr: Expr, args: Args) -> Callable[[Run], Truth]:
    """Whether the chosen option is one of some."""
    mask: Any = expr.data
    count = len(program.exprs[expr.args[0]].options)
    table = np.array([bool(mask >> option & 1) for option in range(max(count, 1))])
    members = np.flatnonzero(table)
    (arg,) = args

    def value(run: Run) -> Truth:
        cell = run.cells[arg]
        holds = cell.value == members[0] if members.size == 1 else table.take(cell.value)
        sure = both(settled(holds), cell.has)
        return sure, without(cell.has, sure)

    return value


def _of_set(holds: Callable[[Column, Any], Mask]) -> Maker:
    """A question about a set of options, held as a bit mask."""

    def maker(_program: Program, expr: Expr, args: Args) -> Callable[[Run], Truth]:
        data, (arg,) = expr.data, args

        def value(run: Run) -> Truth:
            cell = run.cells[arg]
            sure = both(settled(holds(cell.value, data)), cell.has)
            return sure, without(cell.has, sure)

        return value

    return maker


def _compare_count(_program: Program, expr: Expr, args: Args) -> Callable[[Run], Truth]:
    """How many conditions hold, as an interval, against a number."""
    conditions, number, sign = args[:-1], args[-1], str(expr.data)

    def value(run: Run) -> Truth:
        truths = [run.cells[condition] for condition in conditions]
        least = added([sure.view(np.uint8) for sure, _ in truths])
        most = len(truths) - added([false.view(np.uint8) for _, false in truths])
        wanted = run.cells[number]
        below, above = _plain(wanted.value // MILLION), _plain(-(-wanted.value // MILLION))
        sure, false = _interval_holds(sign, least, most, below, above)
        return both(settled(sure), wanted.has), both(settled(false), wanted.has)

    return value


def _plain(column: Column) -> Any:  # noqa: ANN401 - a plain integer compares with narrow columns
    return int(column[0]) if column.size == 1 else column


def _interval_holds(sign: str, least: Any, most: Any, below: Any, above: Any) -> Truth:  # noqa: ANN401
    """Whole counts from least to most against a number that lies between below and above."""
    if sign == ">=":
        return least >= above, most < above
    if sign == ">":
        return least > below, most <= below
    if sign == "<":
        return most < above, least >= above
    if sign == "<=":
        return most <= below, least > below
    same = (least == above) & (most == below)
    never = (least > below) | (most < above) | (below != above)
    return (same, never) if sign == "==" else (never, same)


def _of_phases(truth: Callable[[tuple[int, int], Any], bool | None]) -> Maker:
    """A question about a range of phases, by a table of all ranges."""

    def maker(program: Program, expr: Expr, args: Args) -> Callable[[Run], Truth]:
        count, (arg,) = len(program.gates) + 1, args
        pairs = product(range(count), range(count))
        found = [truth(pair, expr.data) for pair in pairs]
        surely, not_at_all = (
            np.array([t is True for t in found]),
            np.array([t is False for t in found]),
        )

        def value(run: Run) -> Truth:
            low, high, has = run.cells[arg]
            place = low.astype(np.intp) * count + high
            sure, false = settled(surely.take(place)), settled(not_at_all.take(place))
            return both(sure, has), both(false, has)

        return value

    return maker


def _phase_in(span: tuple[int, int], mask: int) -> bool | None:
    """Whether a range of phases lies inside a set of them; None where only a part does."""
    found = {bool(mask >> number & 1) for number in range(span[0], span[1] + 1)}
    return found.pop() if len(found) == 1 else None


CHOICES: dict[str, Maker] = {
    "one_of": _one_of, "contains": _of_set(lambda chosen, bit: chosen & bit != 0),
    "only": _of_set(lambda chosen, mask: (chosen != 0) & (chosen & ~mask == 0)),
    "compare_count": _compare_count, "compare_phase": _of_phases(phase_truth),
    "phase_in": _of_phases(_phase_in),
}  # fmt: skip
"""By operation, what makes the step of such a question."""
