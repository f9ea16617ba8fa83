"""The outsider: knows who is where, who answered when, and has all reports; wants the rest.

Every published figure, with its rounding, is a row of a linear program over the answers; what its
optimum says of a hidden set is all that can be said.  Shares nothing with the product's own audit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from cxmaturity.engine.people.disclosure import ALL
from cxmaturity.model.exact import MILLION
from tests.attack.organisations import PATH, TOP
from tests.attack.publishing import Report

ROUNDING = 0.05 + 2e-6
"""Half of a published decimal, and the millionths in between."""

Answer = tuple[str, object]
"""One answer of one person: somebody who answers anew gives another one."""


Pattern = tuple[bool, tuple[tuple[int, float], ...]]


@dataclass(frozen=True)
class Row:
    """What a figure says: low ≤ Σ share · answer ≤ high."""

    shares: Mapping[Answer, float]
    low: float
    high: float


@dataclass(frozen=True)
class Target:
    """A set that must stay open."""

    name: str
    answers: frozenset[Answer]


@dataclass(frozen=True)
class Found:
    """What is left open about the average of a target."""

    name: str
    size: int
    low: float
    high: float

    @property
    def share_of_scale(self) -> float:
        return (self.high - self.low) / TOP


def answer_at(report: Report, i: int) -> Answer:
    return report.people.codes[i], report.people.answers[PATH][i]


def rows_of(report: Report) -> Iterator[Row]:
    """All that a report says."""
    for place, (figure, bound) in report.figures.items():
        members, value = report.members(place), figure / MILLION
        if bound is not None:
            for i in members:
                low, high = (0.0, 0.25 * TOP) if bound == "at_most" else (0.75 * TOP, float(TOP))
                yield Row({answer_at(report, i): 1.0}, low, high)
        elif place == ALL:
            shares = {answer_at(report, i): float(s) for i, s in report.shares().items() if s}
            yield Row(shares, value - ROUNDING, value + ROUNDING)
        else:
            share = 1 / len(members)
            shares = {answer_at(report, i): share for i in members}
            yield Row(shares, value - ROUNDING, value + ROUNDING)


def targets_of(reports: Sequence[Report]) -> list[Target]:
    """Every hidden place of every report, and every few answers that came in between; each once."""
    found: dict[frozenset[Answer], Target] = {}
    telling = [report for report in reports if report.figures]
    for number, report in enumerate(telling):
        # A place with the same people as a shown set is that set under another name.
        shown = {frozenset(report.members(place)) for place in report.figures}
        shown.add(frozenset(i for i, share in report.shares().items() if share))
        for place in report.hidden():
            if frozenset(report.members(place)) not in shown:
                members = frozenset(answer_at(report, i) for i in report.members(place))
                found.setdefault(members, Target(f"{number}:{'/'.join(place)}", members))
    for first, second in pairwise(telling):
        for target in _late(first, second):
            found.setdefault(target.answers, target)
    return list(found.values())


def _late(first: Report, second: Report) -> Iterator[Target]:
    known = frozenset(answer_at(first, i) for i in first.members(ALL))
    for place in [ALL, *((axis, place) for axis, on in second.groups.items() for place in on)]:
        late = frozenset(answer_at(second, i) for i in second.members(place)) - known
        if 0 < len(late) < second.settings.n_min:
            yield Target(f"late:{'/'.join(place)}", late)


Problem = tuple[str, Sequence[Row], Target]


# the linear program -----------------------------------------------------------------------------


def attack(cases: Iterable[tuple[str, Sequence[Report]]]) -> list[Found]:
    """What all figures of each case together leave open about every target of it."""
    return solve(
        [
            (name, rows, target)
            for name, reports in cases
            for rows in [[row for report in reports for row in rows_of(report)]]
            for target in targets_of(reports)
        ]
    )


def solve(problems: Sequence[Problem]) -> list[Found]:
    """The range of every target; one program with a block for each end of each range."""
    blocks = [block for _, rows, target in problems for block in _blocks(rows, target)]
    if not blocks:
        return []
    cost = np.concatenate([block.cost for block in blocks])
    entries: list[tuple[int, int, float]] = []
    limits: list[float] = []
    start = 0
    for block in blocks:
        entries += [(len(limits) + r, start + c, v) for r, c, v in block.entries]
        limits += block.limits
        start += len(block.cost)
    upper = np.concatenate([block.upper for block in blocks])
    table = np.array(entries).reshape(-1, 3).T
    matrix = csr_array((table[2], (table[0], table[1])), shape=(len(limits), start))
    answer = linprog(
        cost,
        A_ub=matrix if limits else None,
        b_ub=limits or None,
        bounds=np.column_stack([np.zeros(start), upper]),
        method="highs",
    )
    assert answer.status == 0, answer.message
    return _ranges(problems, blocks, answer.x)


@dataclass(frozen=True)
class _Block:
    cost: NDArray[np.float64]
    upper: NDArray[np.float64]
    entries: Sequence[tuple[int, int, float]]
    limits: Sequence[float]


def classes_of(rows: Sequence[Row], target: Target) -> dict[Pattern, int]:
    """How many answers there are of each pattern: inside the target or not, and in which rows.

    Answers that no row tells apart are one.
    """
    marks: dict[Answer, list[tuple[int, float]]] = {answer: [] for answer in target.answers}
    for number, row in enumerate(rows):
        for answer, share in row.shares.items():
            marks.setdefault(answer, []).append((number, share))
    return Counter((answer in target.answers, tuple(mark)) for answer, mark in marks.items())


def _blocks(rows: Sequence[Row], target: Target) -> Iterator[_Block]:
    """The least and the greatest sum of a target."""
    patterns = classes_of(rows, target)
    upper = np.array([float(TOP * n) for n in patterns.values()])
    inside = np.array([float(is_inside) for is_inside, _ in patterns])
    entries = [
        (2 * number + side, column, sign * share)
        for column, (_, mark) in enumerate(patterns)
        for number, share in mark
        for side, sign in ((0, 1), (1, -1))
    ]
    limits = [limit for row in rows for limit in (row.high, -row.low)]
    for sign in (1.0, -1.0):
        yield _Block(sign * inside, upper, entries, limits)


def _ranges(
    problems: Sequence[Problem], blocks: Sequence[_Block], x: NDArray[np.float64]
) -> list[Found]:
    found, start = [], 0
    for k, (name, _, target) in enumerate(problems):
        ends = []
        for block in blocks[2 * k : 2 * k + 2]:
            part = x[start : start + len(block.cost)]
            ends.append(abs(float(block.cost @ part)) / len(target.answers))
            start += len(block.cost)
        found.append(Found(f"{name} {target.name}", len(target.answers), ends[0], ends[1]))
    return found


# the exact search -------------------------------------------------------------------------------


def possible_sums(rows: Sequence[Row], target: Target, most: int) -> set[int] | None:
    """Every sum of whole answers that a target can have; None for more than ``most`` worlds."""
    patterns = classes_of(rows, target)
    shares = np.zeros((len(patterns), len(rows) + 1))
    for column, (is_inside, mark) in enumerate(patterns):
        shares[column, -1] = is_inside
        for number, share in mark:
            shares[column, number] = share
    ranges = [TOP * n for n in patterns.values()]
    order = sorted(range(len(ranges)), key=lambda k: -ranges[k])
    low = np.array([row.low for row in rows] + [0.0])
    high = np.array([row.high for row in rows] + [np.inf])
    rest = sum((shares[k] * ranges[k] for k in order), np.zeros(len(rows) + 1))
    worlds = np.zeros((1, len(rows) + 1))
    for k in order:
        rest = rest - shares[k] * ranges[k]
        if len(worlds) * (ranges[k] + 1) > most:
            return None
        steps = np.arange(ranges[k] + 1)[:, None] * shares[k]
        worlds = (worlds[:, None] + steps[None]).reshape(-1, len(rows) + 1)
        worlds = worlds[((worlds <= high + 1e-9) & (worlds + rest >= low - 1e-9)).all(axis=1)]
        worlds = np.unique(worlds.round(9), axis=0)
    return {round(value) for value in worlds[:, -1]}
