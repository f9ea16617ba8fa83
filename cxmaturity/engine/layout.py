"""From a rubric's tables to leaves, facts and nodes: scope, weights, scales, policies, ranges.

Expressions are compiled afterwards (:mod:`cxmaturity.engine.compile`); until then a thing is a
*draft*.  Every fault is collected, none ends the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import Any

from cxmaturity.engine.graph import LARGEST
from cxmaturity.engine.program import OVERALL, Fills, PartRef, State
from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import Combiner, Interval, Part, Parts, QuestionKind, Registry
from cxmaturity.model import rubric as model
from cxmaturity.model.answers import Scope
from cxmaturity.model.exact import MILLION, divide

LARGEST_WEIGHT = 1_000_000


@dataclass(slots=True)
class LeafDraft:
    """An indicator before its expressions are compiled."""

    path: str
    dimension: str
    indicator: model.Indicator
    kind: QuestionKind
    scale: Interval
    levels: Interval
    range: Interval
    fills: Fills
    on: bool
    module: str | None
    ceilings: tuple[int, int, int] | None
    index: int = -1


@dataclass(slots=True)
class NodeDraft:
    """A dimension (or the overall) before its expressions are compiled."""

    id: str
    table: model.Node
    children: list[LeafDraft | NodeDraft]
    top_level: bool
    module: str | None
    weight: int | None
    """In millionths; None: the weight of its parts."""
    combiner: Combiner
    fills: Fills = field(default_factory=lambda: Fills((None,) * 5, 0))
    index: int = -1
    parts: Parts = field(default_factory=lambda: Parts((), (0, 0)))
    refs: tuple[PartRef, ...] = ()
    weights: tuple[int, ...] = ()
    weight_unit: int = 1
    weight_limit: int = 0
    scale: Interval = (0, 0)
    range: Interval = (0, 0)
    points: Interval = (0, 0)
    on: bool = True


@dataclass(slots=True)
class Layout:
    """Everything that is scored, from the leaves up; what is off is kept for names only."""

    rubric: model.Rubric
    registry: Registry
    scope: Scope
    leaves: list[LeafDraft] = field(default_factory=list)
    nodes: list[NodeDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, key: str, what: str, hint: str = "", **values: object) -> None:
        """Note a fault at a key of the rubric."""
        self.problems.append(Problem(code, what, Where(key=key), hint, values))


def lay_out(rubric: model.Rubric, registry: Registry, scope: Scope) -> Layout:
    """The layout of the part of the rubric that is in scope."""
    layout = Layout(rubric, registry, scope)
    _check_scope(layout)
    children: dict[str | None, list[str]] = {}
    for name, dimension in rubric.dimensions.items():
        children.setdefault(dimension.parent, []).append(name)
    if not _parents_are_a_tree(layout):
        return layout
    builder = _Builder(layout, children, _effective_weights(layout))
    tops = [builder.dimension(name, (rubric,)) for name in children.get(None, [])]
    overall = NodeDraft(
        OVERALL, rubric.overall, list(tops), top_level=False, module=None, weight=MILLION,
        combiner=builder.combiner(rubric.overall, OVERALL),
    )  # fmt: skip
    builder.finish(overall, (rubric, rubric.overall))
    return layout


def _check_scope(layout: Layout) -> None:
    rubric, scope = layout.rubric, layout.scope
    for module in sorted(scope.modules - set(rubric.modules)):
        layout.fault("unknown_module", "modules", "the rubric has no module '{name}'", name=module)
    if scope.profile is not None and scope.profile not in rubric.profiles:
        hint = "one of " + ", ".join(rubric.profiles)
        layout.fault(
            "unknown_profile",
            "profile",
            "the rubric has no profile '{name}'",
            hint,
            name=scope.profile,
        )
    paths = set(rubric.dimensions) | {
        f"{d}.{i}" for d, dimension in rubric.dimensions.items() for i in dimension.indicators
    }
    for path in sorted(set(scope.weights) - paths):
        layout.fault("unknown_name", f"weights.{path}", "'{name}' is not known", name=path)


def _parents_are_a_tree(layout: Layout) -> bool:
    dimensions = layout.rubric.dimensions
    sound = True
    for name in dimensions:
        seen: list[str] = []
        at: str | None = name
        while at is not None and at not in seen:
            seen.append(at)
            if at not in dimensions:
                layout.fault(
                    "unknown_name",
                    f"dimensions.{seen[-2]}.parent",
                    "'{name}' is not known",
                    name=at,
                )
                return False
            at = dimensions[at].parent
        if at is not None and at == name:
            sound = False
            layout.fault(
                "cycle",
                f"dimensions.{name}.parent",
                "parents run in a circle: {path}",
                path=" → ".join([*seen, at]),
            )
    return sound


def _effective_weights(layout: Layout) -> dict[str, int]:
    """Overrides of weights in millionths: the profile's, then the engagement's."""
    rubric, scope = layout.rubric, layout.scope
    profile = rubric.profiles.get(scope.profile or "")
    weights = dict(profile.weights) if profile else {}
    weights.update(scope.weights)
    for path, weight in weights.items():
        if weight < 0:
            layout.fault("negative_weight", f"weights.{path}", "a weight is 0 or more")
    return weights


@dataclass(slots=True)
class _Builder:
    layout: Layout
    children: dict[str | None, list[str]]
    weights: dict[str, int]

    def combiner(self, table: model.Node, name: str) -> Combiner:
        found = self.layout.registry.combiners.get(table.combine)
        if found is None:
            key = "overall.combine" if name == OVERALL else f"dimensions.{name}.combine"
            hint = "one of " + ", ".join(self.layout.registry.combiners)
            self.layout.fault(
                "unknown_method", key, "unknown method {method}", hint, method=table.combine
            )
            return next(iter(self.layout.registry.combiners.values()))
        return found

    def dimension(
        self, name: str, chain: tuple[model.Policies, ...], module: str | None = None
    ) -> NodeDraft:
        table = self.layout.rubric.dimensions[name]
        chain = (*chain, table)
        module = table.module or module
        weight = self.weights.get(name, table.weight)
        node = NodeDraft(
            name, table, [], top_level=table.parent is None, module=module,
            weight=None if weight == "parts" else weight, combiner=self.combiner(table, name),
        )  # fmt: skip
        node.children += [
            self.leaf(name, key, indicator, chain, module)
            for key, indicator in table.indicators.items()
        ]
        node.children += [
            self.dimension(child, chain, module) for child in self.children.get(name, [])
        ]
        if not node.children:
            self.layout.fault(
                "empty", f"dimensions.{name}", "a dimension without indicators or parts"
            )
        self.finish(node, chain)
        return node

    def leaf(
        self,
        dimension: str,
        key: str,
        indicator: model.Indicator,
        chain: tuple[model.Policies, ...],
        module: str | None,
    ) -> LeafDraft:
        path = f"{dimension}.{key}"
        rubric = self.layout.rubric
        kind = self.layout.registry.kinds[indicator.kind]
        scale = indicator.scale or rubric.scale
        levels = kind.levels(indicator.settings, scale)
        module = indicator.module or module
        leaf = LeafDraft(
            path, dimension, indicator, kind, scale, levels,
            range=_with_caps(levels, path, rubric.rules.values()),
            fills=fills((*chain, indicator), levels),
            on=module is None or module in self.layout.scope.modules,
            module=module,
            ceilings=_ceilings(rubric, scale),
        )  # fmt: skip
        if kind.level is None:
            self.layout.fault("no_level", f"dimensions.{path}.kind", "this kind is for facts only")
        if leaf.on:
            leaf.index = sum(other.on for other in self.layout.leaves)
        self.layout.leaves.append(leaf)
        return leaf

    def finish(self, node: NodeDraft, chain: tuple[model.Policies, ...]) -> None:
        """Settle scale, weights, conversion, range and bounds, once all parts are there."""
        node.on = any(child.on for child in node.children)
        children = [child for child in node.children if child.on] or node.children
        written = [self._written_weight(child) for child in children]
        node.weight_unit, weights = self._integer_weights(node, children, written)
        node.parts = self._parts(node, children, weights)
        node.scale = node.parts.scale
        node.refs = tuple(
            _ref(node, child, part) for child, part in zip(children, node.parts.parts, strict=True)
        )
        node.weights = tuple(weights)
        node.fills = fills(chain, node.scale)
        self._bound(node, children, weights)
        self._check_method(node)
        if node.on:
            node.index = sum(other.on for other in self.layout.nodes)
        self.layout.nodes.append(node)

    def _written_weight(self, child: LeafDraft | NodeDraft) -> int | None:
        if isinstance(child, NodeDraft):
            return child.weight
        return self.weights.get(child.path, child.indicator.weight)

    def _integer_weights(
        self,
        node: NodeDraft,
        children: Sequence[LeafDraft | NodeDraft],
        written: Sequence[int | None],
    ) -> tuple[int, list[int]]:
        key = _key(node)
        if any(weight is not None and weight < 0 for weight in written):
            self.layout.fault("negative_weight", key, "a weight is 0 or more")
            return 1, [1] * len(children)
        if children and all(weight == 0 for weight in written):
            self.layout.fault("zero_weights", key, "all weights of its parts are 0")
            return 1, [1] * len(children)
        unit = (
            self._common_unit() if None in written else gcd(*(w for w in written if w is not None))
        )
        if self._uses_parts():
            unit = self._common_unit()
        weights = [0 if weight is None else weight // unit for weight in written]
        if max(weights, default=0) > LARGEST_WEIGHT:
            what = "weights this fine cannot be counted exactly: after scaling to integers the largest is {largest}"
            self.layout.fault(
                "weight_too_fine", key, what, "use fewer decimals", largest=max(weights)
            )
        return unit, weights

    def _uses_parts(self) -> bool:
        return any(d.weight == "parts" for d in self.layout.rubric.dimensions.values())

    def _common_unit(self) -> int:
        """One unit for the whole rubric, so that weights of different parents add up."""
        found = [
            self.weights.get(f"{name}.{key}", indicator.weight)
            for name, dimension in self.layout.rubric.dimensions.items()
            for key, indicator in dimension.indicators.items()
        ]
        for name, dimension in self.layout.rubric.dimensions.items():
            weight = self.weights.get(name, dimension.weight)
            found += [weight] if isinstance(weight, int) else []
        return gcd(*found) or 1

    def _parts(
        self, node: NodeDraft, children: Sequence[LeafDraft | NodeDraft], weights: Sequence[int]
    ) -> Parts:
        parts = tuple(_part(child) for child in children)
        default = node.table.scale or self.layout.rubric.scale
        draft = Parts(parts, default, node.table.settings)
        scale = node.table.scale or node.combiner.scale(draft, weights, default)
        if scale[0] >= scale[1] and node.on:
            self.layout.fault("scale", _key(node), "its scale has no width")
            scale = (scale[0], scale[0] + MILLION)
        return Parts(parts, scale, node.table.settings)

    def _bound(
        self, node: NodeDraft, children: Sequence[LeafDraft | NodeDraft], weights: Sequence[int]
    ) -> None:
        ranges = [
            _converted_range(ref, child.range)
            for ref, child in zip(node.refs, children, strict=True)
        ]
        points = [_points_range(child) for child in children]
        counted = points if node.combiner.points and node.combiner.name == "share" else ranges
        size = node.combiner.size(node.parts, _bounding(node, weights), counted)
        if size >= LARGEST:
            self.layout.fault(
                "overflow",
                _key(node),
                "its sums can grow beyond what is counted exactly",
                "use a smaller scale or smaller weights",
            )
        ones = max(node.combiner.size(node.parts, [1] * len(weights), counted), 1)
        node.weight_limit = (LARGEST - 1) // ones
        value = node.combiner.range(node.parts, _bounding(node, weights), counted)
        node.points = _total_points(node, weights, points)
        node.range = _with_caps(_shaped(node, value), node.id, self.layout.rubric.rules.values())

    def _check_method(self, node: NodeDraft) -> None:
        for what in node.combiner.check(node.parts):
            self.layout.fault("method", _key(node), what.replace("{", "").replace("}", ""))
        if node.combiner.name == "sum" and any(ref.weight_is_parts for ref in node.refs):
            self.layout.fault("method", _key(node), "under 'sum' no part has weight = \"parts\"")


def _key(node: NodeDraft) -> str:
    return OVERALL if node.id == OVERALL else f"dimensions.{node.id}"


def _bounding(node: NodeDraft, weights: Sequence[int]) -> list[int]:
    """Weights as they can become: a part weighed by its parts weighs at most all of theirs."""
    return [
        _leaf_weight(child) if ref.weight_is_parts else weight
        for weight, ref, child in zip(weights, node.refs, _kept(node), strict=True)
    ]


def _kept(node: NodeDraft) -> Sequence[LeafDraft | NodeDraft]:
    return [child for child in node.children if child.on] or node.children


def _leaf_weight(child: LeafDraft | NodeDraft) -> int:
    assert isinstance(child, NodeDraft)  # noqa: S101 - only dimensions weigh by their parts
    return sum(_bounding(child, child.weights))


def _part(child: LeafDraft | NodeDraft) -> Part:
    table = child.indicator if isinstance(child, LeafDraft) else child.table
    assert isinstance(table, model.Indicator | model.Dimension)  # noqa: S101 - never the overall
    name = child.path if isinstance(child, LeafDraft) else child.id
    return Part(name, child.scale, table.stage, table.needs, table.then_needs, table.tier)


def _ref(node: NodeDraft, child: LeafDraft | NodeDraft, part: Part) -> PartRef:
    converts = node.combiner.converts and getattr(node.table.settings, "normalise", True)
    convert = None
    if converts and child.scale != node.scale:
        convert = (
            child.scale[0],
            child.scale[1] - child.scale[0],
            node.scale[0],
            node.scale[1] - node.scale[0],
        )
    by_parts = isinstance(child, NodeDraft) and child.weight is None
    return PartRef(isinstance(child, LeafDraft), child.index, part, child.fills, by_parts, convert)


def _converted_range(ref: PartRef, span: Interval) -> Interval:
    return converted(ref, span[0]), converted(ref, span[1])


def converted(ref: PartRef, value: int) -> int:
    """A part's value on its node's scale, to a millionth."""
    if ref.convert is None:
        return value
    low, width, node_low, node_width = ref.convert
    return node_low + divide((value - low) * node_width, width)


def _points_range(child: LeafDraft | NodeDraft) -> Interval:
    if isinstance(child, NodeDraft) and child.combiner.points:
        return child.points
    return min(child.range[0], child.scale[0]), max(child.range[1], child.scale[1])


def _total_points(node: NodeDraft, weights: Sequence[int], points: Iterable[Interval]) -> Interval:
    base = getattr(node.table.settings, "base", 0)
    most = abs(base) + sum(
        w * max(abs(low), abs(high))
        for w, (low, high) in zip(_bounding(node, weights), points, strict=True)
    )
    return -most, most


def _shaped(node: NodeDraft, value: Interval) -> Interval:
    table = node.table
    if table.steps:
        levels = [step.level for step in table.steps]
        value = (min(levels), max(levels))
    if table.curve:
        levels = [level for _, level in table.curve]
        value = (min(levels), max(levels))
    if table.round:
        unit = 10 ** (6 - table.round.digits)
        value = (value[0] // unit * unit, -(-value[1] // unit) * unit)
    return value


def _with_caps(span: Interval, target: str, rules: Iterable[model.Rule]) -> Interval:
    limits = [rule.cap[target] for rule in rules if target in rule.cap]
    return min([span[0], *limits]), span[1]


def fills(chain: Sequence[model.Policies], levels: Interval) -> Fills:
    """What stands in for a missing value, by the innermost policy that says anything."""

    def policy(name: str) -> str:
        said = [getattr(table, name) for table in reversed(chain) if getattr(table, name)]
        return said[0] if said else "skip"

    value: dict[str, Any] = {
        "skip": None,
        "zero": levels[0],
        "full": levels[1],
        "block": "block",
        "target": "target",
    }
    by_state: list[Any] = [None] * len(State)
    by_state[State.UNANSWERED] = value[policy("unanswered")]
    by_state[State.UNKNOWN] = value[policy("unknown")]
    by_state[State.NOT_APPLICABLE] = value[policy("not_applicable")]
    return Fills(tuple(by_state), levels[1])


def _ceilings(rubric: model.Rubric, scale: Interval) -> tuple[int, int, int] | None:
    """The evidence ceilings on an indicator's own scale, claimed to demonstrated."""
    if not rubric.evidence_ceilings:
        return None
    low, best = rubric.scale
    found = [rubric.evidence_ceilings.get(grade, best) for grade in model.GRADES]
    own = [scale[0] + divide((c - low) * (scale[1] - scale[0]), best - low) for c in found]
    return own[0], own[1], own[2]
