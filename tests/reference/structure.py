"""The rubric as one engagement uses it: its modules, its weights, its tree of parts.

A path is ``dimension.indicator``, a dimension's id, ``overall`` or ``fact.id``.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.reference.amounts import Scale, exact
from tests.reference.expressions import mentions, parsed

ROOT = "overall"


class Structure:
    """Lookups over a rubric for the modules, profile and weights of one engagement."""

    def __init__(self, rubric: Mapping[str, Any], world: Mapping[str, Any]) -> None:
        self.rubric = rubric
        self.modules = set(world.get("modules", ()))
        self.weights = dict(world.get("weights", {}))
        if world.get("profile"):
            named = rubric["profiles"][world["profile"]].get("weights", {})
            self.weights = {**named, **self.weights}

    @cached_property
    def scale(self) -> Scale:
        """The rubric's scale."""
        low, best = self.rubric.get("scale", (0, 4))
        return Scale(exact(low), exact(best))

    @cached_property
    def dimensions(self) -> list[str]:
        """The dimensions that are part of the rubric here, in its order."""
        return [key for key in self.rubric["dimensions"] if self.has(key)]

    @cached_property
    def indicators(self) -> list[str]:
        """The paths of the indicators that are part of the rubric here, in its order."""
        return [path for key in self.dimensions for path in self._own_indicators(key)]

    @cached_property
    def facts(self) -> list[str]:
        """The ids of the facts that are part of the rubric here."""
        return [key for key in self.rubric.get("facts", {}) if self.has(f"fact.{key}")]

    def settings(self, path: str) -> Mapping[str, Any]:
        """The table of a node, an indicator or a fact."""
        if path == ROOT:
            table = self.rubric.get("overall", {})
        elif path.startswith("fact."):
            table = self.rubric["facts"][path.removeprefix("fact.")]
        elif "." in path:
            dimension, _, indicator = path.partition(".")
            table = self.rubric["dimensions"][dimension]["indicators"][indicator]
        else:
            table = self.rubric["dimensions"][path]
        assert isinstance(table, Mapping)
        return table

    def above(self, path: str) -> Iterator[str]:
        """The path itself, then what it is part of, up to the overall."""
        yield path
        while path != ROOT:
            path = self.parent(path)
            yield path

    def parent(self, path: str) -> str:
        """The node that a dimension or indicator is a part of."""
        if "." in path:
            return path.partition(".")[0]
        return self.settings(path).get("parent") or ROOT

    def has(self, path: str) -> bool:
        """Whether the path is part of the rubric with the engagement's modules."""
        chain = [path] if path.startswith("fact.") else self.above(path)
        wanted = (self.settings(link).get("module") for link in chain)
        return all(module is None or module in self.modules for module in wanted)

    def is_node(self, path: str) -> bool:
        """Whether the path is a dimension or the overall."""
        return "." not in path

    def parts(self, node: str) -> list[str]:
        """The indicators and dimensions that a node is made of."""
        inner = [key for key in self.dimensions if self.parent(key) == node]
        return [*(self._own_indicators(node) if node != ROOT else ()), *inner]

    def _own_indicators(self, dimension: str) -> list[str]:
        paths = (f"{dimension}.{key}" for key in self.settings(dimension).get("indicators", {}))
        return [path for path in paths if self.has(path)]

    def weight(self, path: str) -> Fraction | None:
        """The weight of a part in its node; None stands for "parts"."""
        weight = self.weights.get(path, self.settings(path).get("weight", 1))
        return None if weight == "parts" else exact(weight)

    def policy(self, path: str, state: str) -> str:
        """The nearest policy for a state, from the part itself up to the rubric."""
        tables = [*map(self.settings, self.above(path)), self.rubric]
        return next((str(table[state]) for table in tables if table.get(state)), "skip")

    def min_coverage(self, node: str) -> Fraction:
        """The share that must be answered for the node to have a score."""
        own = self.settings(node).get("min_coverage")
        if own is None:
            own = self.rubric.get("min_coverage")
        if own is not None:
            return exact(own)
        complete = ("staged", "tiers", "sum")
        return Fraction(0) if self.method(node) in complete else Fraction(3, 5)

    def method(self, node: str) -> str:
        """The node's combining method."""
        return str(self.settings(node).get("combine", "mean"))

    def stages(self, node: str) -> int:
        """The number of stages of a `staged` node."""
        return max(int(self.settings(part).get("stage") or 0) for part in self.parts(node))

    def scale_of(self, path: str) -> Scale:
        """The declared scale, else what the method can give, else the rubric's."""
        settings = self.settings(path)
        if settings.get("scale"):
            return Scale(exact(settings["scale"][0]), exact(settings["scale"][1]))
        method = self.method(path) if self.is_node(path) else ""
        if method == "sum":
            return self._sum_scale(path)
        if method == "staged":
            return Scale(Fraction(0), Fraction(self.stages(path)))
        if method == "tiers":
            return Scale(Fraction(0), sum(map(exact, settings["points"]), Fraction(0)))
        return self.scale

    def _sum_scale(self, node: str) -> Scale:
        low = best = exact(self.settings(node).get("base", 0))
        for part in self.parts(node):
            weight, scale = self.weight(part), self.scale_of(part)
            assert weight is not None
            low, best = low + weight * scale.low, best + weight * scale.best
        return Scale(low, best)

    def condition_reads(self, texts: list[str]) -> set[str]:
        """Every name that the expressions read, also through conditions."""
        found: set[str] = set()
        waiting = list(texts)
        while waiting:
            for name in set(mentions(parsed(waiting.pop()))) - found:
                found.add(name)
                if name.startswith("condition."):
                    condition = name.removeprefix("condition.")
                    waiting.append(self.rubric["conditions"][condition]["when"])
        return found

    def names_absent(self, names: set[str]) -> bool:
        """Whether any of the names belongs to a module that is off."""
        return any(self._exists(name) and not self.has(name) for name in names)

    def _exists(self, name: str) -> bool:
        first, _, _ = name.partition(".")
        return first == "fact" or first in self.rubric["dimensions"]
