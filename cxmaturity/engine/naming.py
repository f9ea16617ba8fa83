"""Which names a rubric gives its expressions, and what each can be.

A name's range never gets narrower by what an engagement leaves out: a threshold that makes sense in
the whole rubric is no error because a module is off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cxmaturity.engine.drafts import Layout, LeafDraft, NodeDraft
from cxmaturity.engine.graph import Graph
from cxmaturity.engine.layout import lay_out
from cxmaturity.engine.program import OVERALL
from cxmaturity.engine.ranges import hull
from cxmaturity.engine.syntax import Fault
from cxmaturity.engine.vocabulary import Named, NamedFact, Vocabulary
from cxmaturity.hookspecs import Interval
from cxmaturity.model.answers import Scope


def vocabulary_of(
    layout: Layout, graph: Graph, condition: Callable[[str], int | Fault]
) -> Vocabulary:
    """The names of a rubric; ``condition`` gives the node of a named condition."""
    rubric, registry = layout.rubric, layout.registry
    options: dict[str, Sequence[str]] = {}
    facts: dict[str, NamedFact] = {}
    on = 0
    for name, fact in rubric.facts.items():
        kind = registry.kinds[fact.kind]
        domain = kind.domain(fact.settings, rubric.scale)
        is_on = fact.module is None or fact.module in layout.scope.modules
        facts[name] = NamedFact(on if is_on else None, domain, fact.module)
        on += is_on
        options[f"fact.{name}"] = domain.options
    for leaf in layout.leaves:
        options[leaf.path] = tuple(key for key, _ in leaf.kind.options(leaf.indicator.settings))
    return Vocabulary(
        graph=graph,
        leaves={leaf.path: _named(leaf) for leaf in layout.leaves},
        nodes=_named_nodes(layout),
        facts=facts,
        options=options,
        measures={name: (m.range, m.unit) for name, m in rubric.measures.items()},
        places=frozenset(place for axis in rubric.axes.values() for place in axis.places),
        phases=tuple(rubric.phases),
        functions=registry.functions,
        conditions=tuple(rubric.conditions),
        has_ceilings=bool(rubric.evidence_ceilings),
        condition=condition,
    )


def _named_nodes(layout: Layout) -> Mapping[str, Named]:
    drafts = {node.id: node for node in layout.nodes}
    whole = _whole_scales(layout)
    names = [*layout.rubric.dimensions, OVERALL]
    return {name: _named(drafts[name], whole.get(name)) for name in names if name in drafts}


def _named(draft: LeafDraft | NodeDraft, whole: Interval | None = None) -> Named:
    """Its whole scale counts as possible: what it proves beyond that is for `rubric check`."""
    index = draft.index if draft.on else None
    scales = [draft.scale, whole or draft.scale]
    spans = draft.spans
    value, evidenced = hull([spans.value, *scales]), hull([spans.evidenced, *scales])
    return Named(index, value, evidenced, draft.module)


def _whole_scales(layout: Layout) -> Mapping[str, Interval]:
    """What nodes can give in the whole rubric, where their scale follows from their parts."""
    rubric, scope = layout.rubric, layout.scope
    whole = Scope(modules=frozenset(rubric.modules))
    if scope == whole or not any(map(_has_natural_scale, layout.nodes)):
        return {}
    full = lay_out(rubric, layout.registry, whole)
    return {node.id: hull((node.spans.value, node.scale)) for node in full.nodes}


def _has_natural_scale(node: NodeDraft) -> bool:
    """Whether its method makes the scale, whatever the rubric's is."""
    other = (0, 1)
    made = node.combiner.scale(node.parts, node.weights, other)
    return node.table.scale is None and made != other
