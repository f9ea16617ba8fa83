"""From written weights to integers: profile, overrides, one unit, and what cannot be weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from cxmaturity.engine.drafts import Layout, LeafDraft, NodeDraft
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

LARGEST_WEIGHT = 1_000_000


def effective_weights(layout: Layout) -> dict[str, int]:
    """Overrides of weights in millionths: the profile's, then the engagement's."""
    rubric, scope = layout.rubric, layout.scope
    profile = rubric.profiles.get(scope.profile or "")
    weights = dict(profile.weights) if profile else {}
    weights.update(scope.weights)
    for path, weight in weights.items():
        if weight < 0:
            layout.fault("negative_weight", f"weights.{path}", N_("a weight is zero or more"))
    return weights


@dataclass(frozen=True, slots=True)
class Weigher:
    """The weights of every node's parts as integers."""

    layout: Layout
    overrides: Mapping[str, int]

    def of_dimension(self, name: str, written: int | str) -> int | None:
        """A dimension's weight in millionths; None: the weight of its parts."""
        weight = self.overrides.get(name, written)
        return weight if isinstance(weight, int) else None

    def integers(self, node: NodeDraft) -> tuple[int, list[int]]:
        """The unit in millionths, and the parts' weights counted in it (0 for "parts")."""
        written = [self._written(child) for child in node.kept]
        if any(weight is not None and weight < 0 for weight in written):
            self.layout.fault("negative_weight", node.key, N_("a weight is zero or more"))
            return 1, [1] * len(written)
        if written and all(weight == 0 for weight in written):
            self.layout.fault("zero_weights", node.key, N_("all weights of its parts are zero"))
            return 1, [1] * len(written)
        unit = self._unit(written)
        if node.combiner.points is not None:
            # Points are counted in whole parts of a weight of 1.
            unit = gcd(unit, MILLION)
        weights = [0 if weight is None else weight // unit for weight in written]
        if max(weights, default=0) > LARGEST_WEIGHT:
            what = N_("these weights are too fine: as whole numbers the largest is {largest}")
            hint = N_("use fewer decimals")
            self.layout.fault("weight_too_fine", node.key, what, hint, largest=max(weights))
        return unit, weights

    def _written(self, child: LeafDraft | NodeDraft) -> int | None:
        if isinstance(child, NodeDraft):
            return child.weight
        return self.overrides.get(child.path, child.indicator.weight)

    def _unit(self, written: Sequence[int | None]) -> int:
        dimensions = self.layout.rubric.dimensions.values()
        if any(dimension.weight == "parts" for dimension in dimensions):
            return self._common_unit()
        return gcd(*(weight for weight in written if weight is not None)) or 1

    def _common_unit(self) -> int:
        """One unit for the whole rubric, so that weights of different parents add up."""
        found = [
            self.overrides.get(f"{name}.{key}", indicator.weight)
            for name, dimension in self.layout.rubric.dimensions.items()
            for key, indicator in dimension.indicators.items()
        ]
        for name, dimension in self.layout.rubric.dimensions.items():
            weight = self.overrides.get(name, dimension.weight)
            found += [weight] if isinstance(weight, int) else []
        return gcd(*found, MILLION)


def most_weights(node: NodeDraft) -> list[int]:
    """Weights as they can become: a part weighed by its parts weighs at most all of theirs."""
    return [
        sum(most_weights(child)) if isinstance(child, NodeDraft) and ref.weight_is_parts else weight
        for weight, ref, child in zip(node.weights, node.refs, node.kept, strict=True)
    ]
