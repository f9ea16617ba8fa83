"""The trace of a finished run: how every number came about, and its folding back.

Built after the fact from the run's own values; :func:`refold` computes every score again from the
trace alone, so that a number that does not follow from its parts is seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmaturity.engine.clauses import clauses_of
from cxmaturity.engine.combining import Gathered, capped, gather, method_value
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.operations import COMPARE
from cxmaturity.engine.program import OVERALL, Cap, Leaf, Node, PartRef, Program, State
from cxmaturity.engine.run import Run, blank
from cxmaturity.engine.scalar import outcome
from cxmaturity.engine.shown import TENTH, Resting
from cxmaturity.engine.spelling import operand
from cxmaturity.hookspecs import Points
from cxmaturity.model.exact import divide, from_micro, to_micro
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.scorecard import (
    CapCard,
    Clause,
    LeafTrace,
    NodeTrace,
    Number,
    PartTrace,
    RuleTrace,
    Trace,
)

STATE_NAMES = {
    State.VALUE: "answered",
    State.UNANSWERED: "unanswered",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "not_applicable",
    State.NOT_ASKED: "not_asked",
    State.FAILED: "failed",
}


def number(micro: int | None) -> Number | None:
    """A number of a scorecard."""
    return None if micro is None else from_micro(micro)


def cap_cards(
    run: Run, caps: Sequence[Cap], before: int | None, final: int | None
) -> tuple[CapCard, ...]:
    """The caps that fired below the value before caps, and whether they bind."""
    if before is None:
        return ()
    return tuple(
        CapCard(cap.rule, from_micro(cap.limit), binds=cap.limit == final)
        for cap in caps
        if run.expr[cap.truth] is True and cap.limit < before
    )


def trace_of(
    program: Program, run: Run, answers: Mapping[str, object], resting: Resting | None = None
) -> Trace:
    """The trace of a run as it is shown; ``answers`` are the raw ratings, beside their levels.

    What is ``resting`` on respondents ends there: no answer, no exact figure.
    """
    resting = resting or Resting()
    return Trace(
        indicators={
            leaf.path: _leaf(program, run, i, answers, resting)
            for i, leaf in enumerate(program.leaves)
        },
        nodes={node.id: _node(program, run, i, resting) for i, node in enumerate(program.nodes)},
        rules={entry.id: _rule(program, run, i) for i, entry in enumerate(program.rules)},
        facts=_facts(program, run),
    )


def _leaf(
    program: Program, run: Run, i: int, answers: Mapping[str, object], resting: Resting
) -> LeafTrace:
    leaf = program.leaves[i]
    dimension, _, key = leaf.path.partition(".")
    grade = run.world.grade[i]
    heard = resting.leaves.get(i)
    return LeafTrace(
        id=leaf.path,
        state=STATE_NAMES[State(run.leaf_state[i])],
        declared=f"dimensions.{dimension}.indicators.{key}",
        answer=None if heard else _plain(answers.get(leaf.path)),
        raw=number(run.leaf_raw[i]),
        caps=cap_cards(run, leaf.caps, run.leaf_raw[i], run.leaf_final[i]),
        value=number(run.leaf_final[i]),
        grade=GRADES[grade],
        ceiling=number(leaf.ceilings[grade]) if leaf.ceilings else None,
        evidenced=number(run.leaf_evidenced[i]),
        rounded=heard is not None,
        bound=heard.bound if heard else None,
    )


def _plain(raw: object) -> Any:  # noqa: ANN401 - raw answers are of any type
    if isinstance(raw, str | bool | int | float) or raw is None:
        return raw
    if isinstance(raw, list | tuple):
        return [str(item) for item in raw]
    return from_micro(to_micro(raw))


def _node(program: Program, run: Run, i: int, resting: Resting) -> NodeTrace:
    node = program.nodes[i]
    found = gather(program, run, i, evidenced=False)
    value = method_value(node, found)[0] if run.node_state[i] == State.VALUE else None
    settings = node.parts.settings
    return NodeTrace(
        id=node.id,
        method=node.combiner.name,
        scale=(from_micro(node.scale[0]), from_micro(node.scale[1])),
        coverage=from_micro(run.coverage[i]),
        min_coverage=from_micro(node.min_coverage),
        parts=tuple(_part(program, run, i, found, place) for place in range(len(node.refs))),
        declared=OVERALL if node.id == OVERALL else f"dimensions.{node.id}",
        settings=settings.model_dump(mode="json") if settings is not None else None,
        shape=_shape(node),
        combined=number(value),
        raw=number(run.node_raw[i]),
        caps=cap_cards(run, node.caps, run.node_raw[i], run.node_final[i]),
        value=number(run.node_final[i]),
        rounded=bool(resting.nodes) and resting.nodes[i],
        bound=resting.bounds.get(i),
    )


def _part(program: Program, run: Run, i: int, found: Gathered, place: int) -> PartTrace:
    node = program.nodes[i]
    ref = node.refs[place]
    state = State((run.leaf_state if ref.is_leaf else run.node_state)[ref.index])
    own = (run.leaf_final if ref.is_leaf else run.node_final)[ref.index]
    value = found.values[place]
    points = found.points[place] if found.points else None
    unit = node.weight_unit
    return PartTrace(
        id=ref.part.id,
        weight=from_micro(found.weights[place] * unit),
        applies=found.applies[place],
        value=number(own) if state == State.VALUE else None,
        counted=number(value),
        filled=None if state == State.VALUE or value is None else STATE_NAMES[state],
        points=None if points is None else _shown(points, ref.part.points_per_millionth),
    )


def _shown(points: Points, unit: int) -> tuple[Number, Number]:
    """Points in whole millionths, however fine they are counted."""
    return from_micro(divide(points[0], unit)), from_micro(divide(points[1], unit))


def _shape(node: Node) -> str | None:
    kinds = [("steps", node.steps), ("curve", node.curve), ("round", node.round)]
    return "+".join(name for name, there in kinds if there) or None


def _rule(program: Program, run: Run, i: int) -> RuleTrace:
    entry = program.rules[i]
    asked = entry.truth is not None
    return RuleTrace(
        id=entry.id,
        holds=run.expr[entry.truth] if entry.truth is not None else None,
        asked=asked,
        clauses=clauses_of(program, run, entry.truth) if entry.truth is not None else (),
        declared=f"rules.{entry.id}",
        caps={path: from_micro(limit) for path, limit in entry.rule.cap.items()} or None,
    )


def _facts(program: Program, run: Run) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    index = {expr.data: i for i, expr in enumerate(program.exprs) if expr.op == "fact"}
    for j, fact in enumerate(program.facts):
        if run.fact[j] is not None:
            facts[fact.id] = (
                operand(program, index[j], run.fact[j])
                if j in index
                else _unread(fact.domain, run.fact[j])
            )
    return facts


def _unread(domain: Any, value: Any) -> Any:  # noqa: ANN401 - by the fact's domain
    if domain.type == "option":
        return domain.options[value]
    if domain.type == "options":
        return [option for n, option in enumerate(domain.options) if value >> n & 1]
    return from_micro(value) if domain.type == "number" else value


# folding back -----------------------------------------------------------------------------------


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
    parts = tuple(_part(program, run, i, gathered, place) for place in range(len(node.refs)))
    return (
        parts == found.parts
        and _micro(found.coverage) == gathered.coverage
        and _micro(found.combined) == combined
        and _close(found, value, exact=not node.steps and not node.curve and not node.round)
        and _caps_follow(found, trace)
    )


def _close(found: NodeTrace, value: int | None, *, exact: bool) -> bool:
    """Whether a node's value is the one its parts give.

    What rests on respondents was made of exact parts, of which the trace shows one decimal: parts
    half a tenth off make it half a tenth off, and it was rounded itself.  Steps and curves may
    turn that into anything.
    """
    raw = _micro(found.raw)
    if raw is None or value is None or not found.rounded:
        return raw == value
    return not exact or abs(raw - value) <= TENTH


def _fills_target(ref: PartRef, part: PartTrace) -> bool:
    return part.filled is not None and ref.fills.by_state[_STATES[part.filled]] == "target"


def _points(ref: PartRef, points: tuple[Number, Number]) -> Points:
    unit = ref.part.points_per_millionth
    return to_micro(points[0]) * unit, to_micro(points[1]) * unit


def _micro(value: Number | None) -> int | None:
    return None if value is None else to_micro(value)
