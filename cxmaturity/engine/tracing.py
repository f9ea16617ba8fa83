"""The trace of a finished run: how every number came about, from the run's own values.

It is folded back in :mod:`cxmaturity.engine.folding`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmaturity.engine.clauses import clauses_of
from cxmaturity.engine.combining import Gathered, gather, method_value
from cxmaturity.engine.program import OVERALL, Cap, Node, Program, State
from cxmaturity.engine.run import Run
from cxmaturity.engine.shown import Resting
from cxmaturity.engine.spelling import operand
from cxmaturity.hookspecs import Points
from cxmaturity.model.exact import divide, from_micro, to_micro
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.scorecard import (
    CapCard,
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
        parts=tuple(part_trace(program, run, i, found, place) for place in range(len(node.refs))),
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


def part_trace(program: Program, run: Run, i: int, found: Gathered, place: int) -> PartTrace:
    """One part of a node: its own value, and as it was counted."""
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
