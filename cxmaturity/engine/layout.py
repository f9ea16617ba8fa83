"""From a rubric's tables to leaves and nodes: scope, scales, weights, policies, ranges.

Expressions are compiled afterwards (:mod:`cxmaturity.engine.compile`); until then a thing is a
*draft*.  Every fault is collected, none ends the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

from cxmaturity.engine.drafts import Layout, LeafDraft, NodeDraft
from cxmaturity.engine.graph import LARGEST
from cxmaturity.engine.policies import ceilings, fills
from cxmaturity.engine.program import OVERALL, PartRef
from cxmaturity.engine.ranges import NodeRanges, Spans, with_caps
from cxmaturity.engine.weights import Weigher, effective_weights, most_weights
from cxmaturity.hookspecs import Combiner, Interval, Part, Parts, Registry
from cxmaturity.model import rubric as model
from cxmaturity.model.answers import Scope
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_


def lay_out(rubric: model.Rubric, registry: Registry, scope: Scope) -> Layout:
    """The layout of the part of the rubric that is in scope."""
    layout = Layout(rubric, registry, scope)
    _check_scope(layout)
    children: dict[str | None, list[str]] = {}
    for name, dimension in rubric.dimensions.items():
        children.setdefault(dimension.parent, []).append(name)
    if not _parents_are_a_tree(layout):
        return layout
    builder = _Builder(layout, children, Weigher(layout, effective_weights(layout)))
    chain = (rubric, rubric.overall)
    tops = [builder.dimension(name, chain) for name in children.get(None, [])]
    overall = NodeDraft(
        OVERALL, rubric.overall, list(tops), top_level=False, module=None, weight=MILLION,
        combiner=builder.combiner(rubric.overall, OVERALL),
    )  # fmt: skip
    builder.finish(overall, chain)
    return layout


def _check_scope(layout: Layout) -> None:
    rubric, scope = layout.rubric, layout.scope
    for module in sorted(scope.modules - set(rubric.modules)):
        what = N_("the rubric has no module '{name}'")
        layout.fault("unknown_module", "modules", what, name=module)
    if scope.profile is not None and scope.profile not in rubric.profiles:
        what, hint = N_("the rubric has no profile '{name}'"), N_("one of {known}")
        known = ", ".join(rubric.profiles)
        layout.fault(
            "unknown_profile", "profile", what, hint if known else "",
            name=scope.profile, known=known,
        )  # fmt: skip
    paths = set(rubric.dimensions) | {
        f"{d}.{i}" for d, dimension in rubric.dimensions.items() for i in dimension.indicators
    }
    for path in sorted(set(scope.weights) - paths):
        layout.fault("unknown_name", f"weights.{path}", N_("'{name}' is not known"), name=path)


def _parents_are_a_tree(layout: Layout) -> bool:
    dimensions = layout.rubric.dimensions
    sound = True
    for name in dimensions:
        seen: list[str] = []
        at: str | None = name
        while at is not None and at not in seen:
            seen.append(at)
            if at not in dimensions:
                key = f"dimensions.{seen[-2]}.parent"
                layout.fault("unknown_name", key, N_("'{name}' is not known"), name=at)
                return False
            at = dimensions[at].parent
        if at is not None and at == name:
            sound = False
            what = N_("parents run in a circle: {path}")
            path = " → ".join([*seen, at])
            layout.fault("cycle", f"dimensions.{name}.parent", what, path=path)
    return sound


@dataclass(slots=True)
class _Builder:
    layout: Layout
    children: dict[str | None, list[str]]
    weigher: Weigher

    def combiner(self, table: model.Node, name: str) -> Combiner:
        known = self.layout.registry.combiners
        found = known.get(table.combine)
        if found is None:
            key = "overall.combine" if name == OVERALL else f"dimensions.{name}.combine"
            what, hint = N_("unknown method {method}"), N_("one of {known}")
            self.layout.fault(
                "unknown_method", key, what, hint, method=table.combine, known=", ".join(known)
            )
            return next(iter(known.values()))
        return found

    def dimension(
        self, name: str, chain: tuple[model.Policies, ...], module: str | None = None
    ) -> NodeDraft:
        table = self.layout.rubric.dimensions[name]
        chain = (*chain, table)
        module = table.module or module
        node = NodeDraft(
            name, table, [], top_level=table.parent is None, module=module,
            weight=self.weigher.of_dimension(name, table.weight),
            combiner=self.combiner(table, name),
        )  # fmt: skip
        node.children += [
            self.leaf(f"{name}.{key}", indicator, chain, module)
            for key, indicator in table.indicators.items()
        ]
        node.children += [
            self.dimension(child, chain, module) for child in self.children.get(name, [])
        ]
        if not node.children:
            what = N_("a dimension without indicators and without dimensions below it")
            self.layout.fault("empty", node.key, what)
        self.finish(node, chain)
        return node

    def leaf(
        self,
        path: str,
        indicator: model.Indicator,
        chain: tuple[model.Policies, ...],
        module: str | None,
    ) -> LeafDraft:
        layout, rubric = self.layout, self.layout.rubric
        kind = layout.registry.kinds[indicator.kind]
        scale = indicator.scale or rubric.scale
        levels = kind.levels(indicator.settings, scale)
        module = indicator.module or module
        limits = ceilings(rubric, scale, levels)
        spans = Spans(levels, (min(levels[0], *(limits or levels)), levels[1]))
        leaf = LeafDraft(
            path, path.partition(".")[0], indicator, kind, scale, levels,
            spans=with_caps(spans, path, rubric.rules.values()),
            fills=fills((*chain, indicator), levels),
            on=module is None or module in layout.scope.modules,
            module=module,
            ceilings=limits,
        )  # fmt: skip
        if kind.level is None:
            layout.fault("no_level", f"dimensions.{path}.kind", N_("this kind is for facts only"))
        if leaf.on:
            leaf.index = sum(other.on for other in layout.leaves)
        layout.leaves.append(leaf)
        return leaf

    def finish(self, node: NodeDraft, chain: tuple[model.Policies, ...]) -> None:
        """Settle scale, weights, conversion and ranges, once all parts are there."""
        node.on = any(child.on for child in node.children)
        node.weight_unit, weights = self.weigher.integers(node)
        node.weights = tuple(weights)
        node.parts = self._parts(node)
        node.scale = node.parts.scale
        pairs = zip(node.kept, node.parts.parts, strict=True)
        node.refs = tuple(_ref(node, child, part) for child, part in pairs)
        node.fills = fills(chain, node.scale)
        if node.kept:
            self._bound(node)
        self._check(node)
        if node.on:
            node.index = sum(other.on for other in self.layout.nodes)
        self.layout.nodes.append(node)

    def _parts(self, node: NodeDraft) -> Parts:
        parts = tuple(_part(child) for child in node.kept)
        default = node.table.scale or self.layout.rubric.scale
        per_one = MILLION // node.weight_unit if node.combiner.points is not None else 1
        draft = Parts(parts, default, node.table.settings, per_one)
        scale = node.table.scale or node.combiner.scale(draft, node.weights, default)
        if scale[0] >= scale[1]:
            if node.on:
                self.layout.fault("scale", node.key, N_("its scale has no width"))
            scale = (scale[0], scale[0] + MILLION)
        return Parts(parts, scale, node.table.settings, per_one)

    def _bound(self, node: NodeDraft) -> None:
        spans = [child.spans for child in node.kept]
        given = list(zip(node.refs, spans, strict=True))
        own = NodeRanges(node.combiner, node.table, node.parts, most_weights(node), given)
        if own.largest() >= LARGEST:
            what = N_("its sums can grow beyond what is counted exactly")
            hint = N_("use a smaller scale or smaller weights")
            self.layout.fault("overflow", node.key, what, hint)
        ones = NodeRanges(node.combiner, node.table, node.parts, [1] * len(given), given)
        node.weight_limit = (LARGEST - 1) // max(ones.largest(), 1)
        node.spans = with_caps(own.spans(), node.id, self.layout.rubric.rules.values())

    def _check(self, node: NodeDraft) -> None:
        for what in node.combiner.check(node.parts):
            self.layout.fault("method", node.key, what.replace("{", "{{").replace("}", "}}"))
        if _adds_values(node.combiner) and any(ref.weight_is_parts for ref in node.refs):
            what = N_("under '{method}' no part has weight = \"parts\"")
            self.layout.fault("method", node.key, what, "", method=node.combiner.name)
        if node.table.steps and node.table.curve:
            what = N_("either 'steps' or 'curve', not both")
            self.layout.fault("method", node.key, what)


def _part(child: LeafDraft | NodeDraft) -> Part:
    table = child.indicator if isinstance(child, LeafDraft) else child.table
    assert isinstance(table, model.Indicator | model.Dimension)  # noqa: S101 - never the overall
    return Part(
        child.id, child.scale, table.stage, table.needs, table.then_needs, table.tier,
        1 if isinstance(child, LeafDraft) else _points_per_millionth(child),
    )  # fmt: skip


def _points_per_millionth(node: NodeDraft) -> int:
    """How fine the points are that a node hands on; 1 where it hands on its value."""
    if node.combiner.points is None:
        return 1
    parts = node.parts.parts if node.combiner.takes_points else ()
    return node.parts.weights_per_one * lcm(*(part.points_per_millionth for part in parts))


def _adds_values(combiner: Combiner) -> bool:
    """Whether the method's scale rests on the weights, as that of a sum."""
    return combiner.points is not None and not combiner.takes_points


def _ref(node: NodeDraft, child: LeafDraft | NodeDraft, part: Part) -> PartRef:
    converts = node.combiner.converts and getattr(node.table.settings, "normalise", True)
    convert = None
    if converts and child.scale != node.scale:
        convert = (*_origin(child.scale), *_origin(node.scale))
    by_parts = isinstance(child, NodeDraft) and child.weight is None
    return PartRef(isinstance(child, LeafDraft), child.index, part, child.fills, by_parts, convert)


def _origin(scale: Interval) -> tuple[int, int]:
    return scale[0], scale[1] - scale[0]
