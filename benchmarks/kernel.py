"""The anchor: the same rubric as NumPy code that somebody would write by hand, in float64 columns.

It is straight-line code made once from the rules, with shared comparisons, buffers that are used
again, and masks beside zeros instead of NaN: as fast as we could make it without leaving NumPy.
It gives final scores, the overall, fired and undecided rules and the phase; no coverage figures,
no evidence, no trace, no exact rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.workload import Compare, Join, Workload, dimension_id

LEAST_COVERAGE = 0.6
HALF_A_MILLIONTH = 5e-7
"""Taken off thresholds of coverage, which the product compares after rounding to millionths."""


@dataclass(frozen=True)
class Outcome:
    """What the kernel gives for all worlds."""

    scores: NDArray[np.float64]
    """Dimension × world, the overall last; 0 where there is none."""
    scored: NDArray[np.bool_]
    fired: NDArray[np.bool_]
    undecided: NDArray[np.bool_]
    phase: NDArray[np.int8]


class Kernel:
    """The compiled straight-line code and how to run it in blocks."""

    def __init__(self, measured: Workload) -> None:
        """Write the code for the rubric and compile it."""
        self.dimensions = len(measured.weights)
        self.rules = len(measured.rules)
        names: dict[str, Any] = {"np": np}
        exec(compile(_Writer(measured).code(), "<kernel>", "exec"), names)  # noqa: S102 - own text
        self.block: Callable[..., None] = names["block"]

    def run(self, levels: NDArray[Any], answered: NDArray[Any], size: int) -> Outcome:
        """All worlds, in blocks of this size."""
        count = levels.shape[1]
        out = Outcome(
            np.empty((self.dimensions + 1, count)),
            np.empty((self.dimensions + 1, count), np.bool_),
            np.empty((self.rules, count), np.bool_),
            np.empty((self.rules, count), np.bool_),
            np.empty(count, np.int8),
        )
        for start in range(0, count, size):
            part = slice(start, start + size)
            self.block(
                levels[:, part], answered[:, part], out.scores[:, part], out.scored[:, part],
                out.fired[:, part], out.undecided[:, part], out.phase[part],
            )  # fmt: skip
        return out


class _Writer:
    """Writes the block function, line by line."""

    def __init__(self, measured: Workload) -> None:
        self.measured = measured
        self.lines = ["def block(v, a, s, k, fired, undecided, phase):", "t = np.empty(v.shape[1])"]
        self.known: dict[Compare, str] = {}
        self.fresh = 0

    def code(self) -> str:
        """The whole function."""
        rules = [(i, rule) for i, rule in enumerate(self.measured.rules)]
        for i, rule in rules:
            if rule.cap:
                self._rule(i, rule.when)
        for d, weights in enumerate(self.measured.weights):
            self._dimension(d, weights)
        for i, rule in rules:
            if not rule.cap:
                self._rule(i, rule.when)
        self._overall()
        self._phase()
        return "\n    ".join(self.lines)

    def _name(self) -> str:
        self.fresh += 1
        return f"x{self.fresh}"

    def _dimension(self, d: int, weights: tuple[int, ...]) -> None:
        first, write = d * len(weights), self.lines.append
        covered = " + ".join(
            f"a[{first + i}].view(np.int8)" + (f" * np.int8({w})" if w > 1 else "")
            for i, w in enumerate(weights)
        )
        write(f"c = {covered}")
        write(f"k{d} = c >= {-(-sum(weights) * (LEAST_COVERAGE - HALF_A_MILLIONTH) // 1)}")
        write(f"k[{d}] = k{d}")
        write(f"c{d} = c")
        write(f"n = s[{d}]")
        for i, weight in enumerate(weights):
            source = f"v[{first + i}]"
            if i == 0:
                write(f"np.multiply({source}, {float(weight)}, out=n)")
            elif weight == 1:
                write(f"n += {source}")
            else:
                write(f"np.multiply({source}, {float(weight)}, out=t); n += t")
        write("n /= np.maximum(c, 1)")
        write(f"n *= k{d}")
        for i, rule in enumerate(self.measured.rules):
            if rule.cap and rule.cap[0] == dimension_id(d + 1):
                write(f"np.minimum(n, np.where(fired[{i}], {float(rule.cap[1])}, np.inf), out=n)")

    def _overall(self) -> None:
        d, write = len(self.measured.weights), self.lines.append
        write(f"m = {' + '.join(f'k{i}.view(np.int8)' for i in range(d))}")
        write(f"np.add(s[0], s[1], out=s[{d}])")
        for i in range(2, d):
            write(f"s[{d}] += s[{i}]")
        shares = [f"(c{i} * k{i}) * {1 / sum(w)!r}" for i, w in enumerate(self.measured.weights)]
        write(f"k{d} = ({' + '.join(shares)}) >= {d * (LEAST_COVERAGE - HALF_A_MILLIONTH)}")
        write(f"k[{d}] = k{d}")
        write(f"s[{d}] /= np.maximum(m, 1)")
        write(f"s[{d}] *= k{d}")

    # truths ---------------------------------------------------------------------------------------

    def _rule(self, i: int, when: Join) -> None:
        sure, false = self._join(when)
        self.lines.append(f"fired[{i}] = {sure}")
        self.lines.append(f"np.equal({sure}, {false}, out=undecided[{i}])")

    def _join(self, tree: Join) -> tuple[str, str]:
        pairs = [self._join(c) if isinstance(c, Join) else self._compare(c) for c in tree.clauses]
        one, other = ("&", "|") if tree.word == "and" else ("|", "&")
        sure, false = self._name(), self._name()
        self.lines.append(f"{sure} = {f' {one} '.join(s for s, _ in pairs)}")
        self.lines.append(f"{false} = {f' {other} '.join(f for _, f in pairs)}")
        return sure, false

    def _compare(self, compare: Compare) -> tuple[str, str]:
        """Asked with ≥: that fails on 0, which stands where a value is missing."""
        key = Compare(compare.name, ">=", compare.threshold)
        if key not in self.known:
            self.known[key] = self._name()
            source, mask = self._source(compare.name)
            found = self.known[key]
            self.lines.append(f"{found} = {source} >= {float(compare.threshold)}")
            self.lines.append(f"{found}_ = {found} ^ {mask}")
        found = self.known[key]
        return (found, f"{found}_") if compare.sign == ">=" else (f"{found}_", found)

    def _source(self, name: str) -> tuple[str, str]:
        if name == "overall":
            d = len(self.measured.weights)
            return f"s[{d}]", f"k{d}"
        dimension, _, indicator = name.partition(".")
        d = int(dimension[1:]) - 1
        if not indicator:
            return f"s[{d}]", f"k{d}"
        place = d * len(self.measured.weights[0]) + int(indicator[1:]) - 1
        return f"v[{place}]", f"a[{place}]"

    def _phase(self) -> None:
        """The four gates of the workload, the first always open; by hand like the rest."""
        s, k, o = "s", "k", len(self.measured.weights)
        del k
        self.lines += [
            f"second = ({s}[0] >= 1.5) & ({s}[1] >= 1.25)",
            f"third = ({s}[{o}] >= 1.75) & (({s}[2] >= 1.5) | ({s}[3] >= 2.0)) & ({s}[4] >= 1.0)",
            f"fourth = ({s}[{o}] >= 2.0) & ({s}[5] >= 2.0) & ({s}[6] >= 1.5) & ({s}[7] >= 1.5)",
            "np.maximum(np.maximum(1 + second.view(np.int8), third.view(np.int8) * np.int8(3)),",
            "    fourth.view(np.int8) * np.int8(4), out=phase)",
        ]
