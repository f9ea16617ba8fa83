"""How indicators make up a dimension: the rubric's weights, over those that have a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from cxmaturity.engine.people.averages import TENTH
from cxmaturity.engine.program import Program
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import divide

Paths = frozenset[str]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weighted mean of levels on a node's scale: ``base`` + Σ by × level / ``whole``."""

    base: int
    by: Mapping[str, int]
    whole: int

    def figure(self, levels: Mapping[str, int]) -> int:
        """The mean in millionths, rounded once, to one decimal."""
        total = self.base + sum(by * levels[path] for path, by in self.by.items())
        return divide(total, self.whole * TENTH) * TENTH


@dataclass(frozen=True, slots=True)
class Composition:
    """A program's nodes as weighted means of their indicators, nested ones included.

    Levels are converted linearly to the node's scale, whatever the node's own method.
    """

    program: Program

    def paths_under(self, index: int) -> Paths:
        """Every indicator of a node."""
        refs = self.program.nodes[index].refs
        own = frozenset(self.program.leaves[ref.index].path for ref in refs if ref.is_leaf)
        return own.union(*(self.paths_under(ref.index) for ref in refs if not ref.is_leaf))

    def weighing(self, index: int, present: Paths) -> Weighing | None:
        """How these indicators make the node's figure; None if none of them weighs anything."""
        coefficients = self.coefficients(index, present)
        if not coefficients:
            return None
        whole = lcm(*(each.denominator for each in coefficients.values()))
        by = {path: int(each * whole) for path, each in coefficients.items()}
        base = self.program.nodes[index].scale[0] * whole
        return Weighing(base - sum(by[path] * self._scale(path)[0] for path in by), by, whole)

    def coefficients(self, index: int, present: Paths) -> Mapping[str, Fraction]:
        """By how much one more of each indicator's level raises the node's figure."""
        low, high = self.program.nodes[index].scale
        shares, _ = self._shares(index, present)
        return {
            path: share * Fraction(high - low, self._scale(path)[1] - self._scale(path)[0])
            for path, share in shares.items()
        }

    def _shares(self, index: int, present: Paths) -> tuple[Mapping[str, Fraction], int]:
        """What share of a node each indicator makes up, and the weight of the parts there."""
        node, weights = self.program.nodes[index], self.program.default_weights[index]
        found: list[tuple[int, Mapping[str, Fraction]]] = []
        for ref, weight in zip(node.refs, weights, strict=True):
            if ref.is_leaf:
                path = self.program.leaves[ref.index].path
                found.append((weight, {path: Fraction(1)} if path in present else {}))
            else:
                inner, of_parts = self._shares(ref.index, present)
                found.append((of_parts if ref.weight_is_parts else weight, inner))
        total = sum(weight for weight, inner in found if inner)
        return {
            path: share * Fraction(weight, total)
            for weight, inner in found
            if weight
            for path, share in inner.items()
        }, total

    def _scale(self, path: str) -> Interval:
        return self.program.leaves[self.program.leaf_index[path]].scale
