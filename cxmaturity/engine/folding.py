"""A trace folded again: every score from its parts, so that what does not follow is seen."""

from __future__ import annotations

from cxmaturity.engine.combining import capped, gather, method_value
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.operations import COMPARE
from cxmaturity.engine.program import Leaf, Node, PartRef, Program, State
from cxmaturity.engine.run import Run, blank
from cxmaturity.engine.scalar import outcome
from cxmaturity.engine.shown import TENTH
from cxmaturity.engine.tracing import STATE_NAMES, part_trace
from cxmaturity.hookspecs import Points
from cxmaturity.model.exact import to_micro
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.scorecard import (
    Clause,
    LeafTrace,
    NodeTrace,
    Number,
    PartTrace,
    RuleTrace,
    Trace,
)


def refold(program: Program, trace: Trace) -> list[str]:
    """Names of everything that does not follow from what it is made of; empty for a sound trace.

    Levels are folded from the answers' levels, nodes from their parts, rules from their clauses.
    """
    run = blank(program, empty_world(program))
    run.world.weights = [_weights(node, trace.nodes.get(node.id)) for node in program.nodes]
    wrong = [rule for rule, found in trace.rules.items() if not _rule_follows(found)]
    for i, leaf in enumerate(program.leaves):
        found = trace.indicators.get(leaf.path)
        if found is None or not _leaf_follows(program, leaf, found, trace):
            wrong.append(leaf.path)
        if found is not None:
            run.leaf_state[i] = _STATES[found.state]
            run.leaf_raw[i], run.leaf_final[i] = _micro(found.raw), _micro(found.value)
    for i, node in enumerate(program.nodes):
        folded = trace.nodes.get(node.id)
        if folded is None or not _node_follows(program, run, i, folded, trace):
            wrong.append(node.id)
        if folded is not None:
            # Its parents are judged by what the trace says, so that a fault is named where it is.
            run.node_raw[i], run.node_final[i] = _micro(folded.raw), _micro(folded.value)
            run.coverage[i] = to_micro(folded.coverage)
            if folded.value is not None:
                run.node_state[i] = int(State.VALUE)
    return wrong


_STATES = {name: int(state) for state, name in STATE_NAMES.items()}


def _weights(node: Node, found: NodeTrace | None) -> list[int]:
    """The integer weights that a node's trace shows; those of parts weighed by theirs follow."""
    shown = {part.id: part.weight for part in found.parts} if found is not None else {}
    return [
        0 if ref.weight_is_parts else to_micro(shown.get(ref.part.id, 0)) // node.weight_unit
        for ref in node.refs
    ]


def _rule_follows(rule: RuleTrace) -> bool:
    truths = [clause.holds for clause in rule.clauses]
    folded = False if False in truths else None if None in truths else True
    return all(map(_clause_follows, rule.clauses)) and (
        rule.holds == folded if rule.asked else rule.holds is None
    )


def _clause_follows(clause: Clause) -> bool:
    """A comparison of two known numbers holds as its sign says."""
    if clause.value is None or clause.needs is None or clause.sign is None:
        return True
    if clause.holds is None or clause.text.startswith("count("):
        return True
    return clause.holds is COMPARE[clause.sign](clause.value, clause.needs)


def _leaf_follows(program: Program, leaf: Leaf, found: LeafTrace, trace: Trace) -> bool:
    if (found.raw is not None) != (found.state == STATE_NAMES[State.VALUE]):
        return False
    raw, evidenced = _micro(found.raw), None
    if raw is not None and program.rubric.evidence_ceilings:
        ceiling = leaf.ceilings[GRADES.index(found.grade)] if leaf.ceilings else raw
        limits = [ceiling, *(to_micro(limit) for _, limit in _limits(trace, leaf.path))]
        evidenced = capped(raw, limits)
    return _caps_follow(found, trace) and _micro(found.evidenced) == evidenced


def _limits(trace: Trace, target: str) -> list[tuple[str, Number]]:
    """The caps on something whose rules hold."""
    return [
        (rule.id, rule.caps[target])
        for rule in trace.rules.values()
        if rule.holds is True and rule.caps and target in rule.caps
    ]


def _caps_follow(found: LeafTrace | NodeTrace, trace: Trace) -> bool:
    """Whether the final value is the one before caps under every cap that holds."""
    if found.raw is None:
        return found.value is None and not found.caps
    limits = _limits(trace, found.id)
    final = min([found.raw, *(limit for _, limit in limits)])
    bites = {rule: (limit, limit == final) for rule, limit in limits if limit < found.raw}
    return found.value == final and bites == {c.rule: (c.limit, c.binds) for c in found.caps}


def _node_follows(program: Program, run: Run, i: int, found: NodeTrace, trace: Trace) -> bool:
    """Whether the node follows from its parts; notes on the run what its parents need."""
    node = program.nodes[i]
    gathered = gather(program, run, i, evidenced=False)
    shown = {part.id: part for part in found.parts}
    for place, ref in enumerate(node.refs):
        part = shown.get(ref.part.id)
        if part is not None and _fills_target(ref, part):
            # The target itself is no part of a trace; what it counts as is.
            gathered.values[place] = _micro(part.counted)
            if gathered.points and part.points is not None:
                gathered.points[place] = _points(ref, part.points)
    run.applicable_weight[i] = gathered.applicable_weight
    run.valued_weight[i] = gathered.valued_weight
    run.node_state[i], value, run.points[i] = outcome(node, gathered)
    combined = None if value is None else method_value(node, gathered)[0]
    parts = tuple(part_trace(program, run, i, gathered, place) for place in range(len(node.refs)))
    return (
        parts == found.parts
        and _micro(found.coverage) == gathered.coverage
        and _micro(found.combined) == combined
        and _raw_follows(program, run, i, found, value, trace)
        and _caps_follow(found, trace)
    )


def _raw_follows(
    program: Program, run: Run, i: int, found: NodeTrace, value: int | None, trace: Trace
) -> bool:
    """Whether a node's value before caps is the one its parts give.

    What rests on respondents was made of exact parts, of which the trace shows one decimal: it must
    lie between what its method gives of parts half a tenth lower and higher, and was rounded
    itself.  Where that says nothing (a curve, a method that may fall, points of parts) it is taken
    as it is.
    """
    node, raw = program.nodes[i], _micro(found.raw)
    if raw is None or value is None or not found.rounded:
        return raw == value
    if found.bound or node.curve or node.combiner.takes_points or not node.combiner.monotone:
        return True
    low, high = (_moved(program, run, i, by, trace) for by in (-TENTH // 2, TENTH // 2))
    return low is None or high is None or low - TENTH // 2 <= raw <= high + TENTH // 2


def _moved(program: Program, run: Run, i: int, by: int, trace: Trace) -> int | None:
    """The value of a node whose parts that rest on respondents lie a little elsewhere."""
    moved = run.changed(run.world)
    for ref in program.nodes[i].refs:
        parts = moved.leaf_final if ref.is_leaf else moved.node_final
        found = (trace.indicators if ref.is_leaf else trace.nodes).get(_name(program, ref))
        value = parts[ref.index]
        if value is not None and found is not None and found.rounded:
            low, high = ref.part.scale
            parts[ref.index] = min(max(value + by, min(low, value)), max(high, value))
    return outcome(program.nodes[i], gather(program, moved, i, evidenced=False))[1]


def _name(program: Program, ref: PartRef) -> str:
    return program.leaves[ref.index].path if ref.is_leaf else program.nodes[ref.index].id


def _fills_target(ref: PartRef, part: PartTrace) -> bool:
    return part.filled is not None and ref.fills.by_state[_STATES[part.filled]] == "target"


def _points(ref: PartRef, points: tuple[Number, Number]) -> Points:
    unit = ref.part.points_per_millionth
    return to_micro(points[0]) * unit, to_micro(points[1]) * unit


def _micro(value: Number | None) -> int | None:
    return None if value is None else to_micro(value)
