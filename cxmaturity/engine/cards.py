"""From a reading to the cards of a scorecard: numbers become numbers, indices become ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cxmaturity.engine.clauses import clauses_of, leaves_under, open_inputs, reasons
from cxmaturity.engine.findings import filled_text
from cxmaturity.engine.operations import behaviour_number
from cxmaturity.engine.profile import Row
from cxmaturity.engine.program import OVERALL, Node, State
from cxmaturity.engine.reading import Reading
from cxmaturity.engine.spelling import phase_name
from cxmaturity.engine.tracing import STATE_NAMES, cap_cards, number
from cxmaturity.engine.vocabulary import NOT_STARTED
from cxmaturity.model import rubric as model
from cxmaturity.model.exact import MILLION, divide, from_micro, to_micro
from cxmaturity.model.rubric import GRADES, SEVERITIES
from cxmaturity.model.scorecard import (
    Citation,
    DimensionCard,
    Finding,
    GateCard,
    IndexCard,
    IndicatorCard,
    Number,
    PhaseBounds,
    PhaseCard,
    Scorecard,
    TargetsCard,
    Undetermined,
)

_OVERALL_TITLE = {"en": "Overall", "fi": "Kokonaisuus"}
_READS_NODE = ("score", "raw_score", "evidenced_score", "coverage", "answered_node")


# phase ------------------------------------------------------------------------------------------


def phase_card(reading: Reading) -> PhaseCard:
    """The phase attained, its range, every gate clause by clause, the profile."""
    program, run = reading.program, reading.run
    phases = program.rubric.phases
    low, high = reading.bounds.phase
    attained = _phase_id(reading, run.at_least)
    return PhaseCard(
        id=attained,
        title=phases[attained].title if attained else {"en": "Not started", "fi": "Ei aloitettu"},
        at_least=attained,
        at_most=_phase_id(reading, run.at_most),
        provisional=run.at_least != run.at_most or _gate_lacks_score(reading),
        bounds=PhaseBounds(_phase_id(reading, low), _phase_id(reading, high)),
        gates=tuple(
            GateCard(name, phase.title, run.expr[gate], clauses_of(program, reading.shown, gate))
            for (name, phase), gate in zip(phases.items(), program.gates, strict=True)
        ),
        profile=_profile(reading, len(program.nodes) - 1),
        behaviour=_behaviour(reading, len(program.nodes) - 1),
    )


def _phase_id(reading: Reading, n: int) -> str | None:
    return reading.program.phase_ids[n - 1] if n else None


def _gate_lacks_score(reading: Reading) -> bool:
    """Whether a dimension that a gate reads has no score."""
    program, run = reading.program, reading.run
    pending = list(program.gates)
    seen: set[int] = set()
    while pending:
        i = pending.pop()
        if i in seen:
            continue
        seen.add(i)
        expr = program.exprs[i]
        pending += expr.args
        if expr.op in _READS_NODE:
            node: Any = expr.data
            if run.node_state[node] != State.VALUE:
                return True
        if expr.op == "behaviour" and run.node_state[-1] != State.VALUE:
            return True
    return False


def _profile(reading: Reading, i: int) -> Mapping[str, Number] | None:
    row: Row | None = reading.rows[i] if reading.rows else None
    if row is None:
        return None
    names = [NOT_STARTED, *reading.program.phase_ids]
    return {name: from_micro(share) for name, share in zip(names, row, strict=True)}


def _behaviour(reading: Reading, i: int) -> str | None:
    program = reading.program
    if program.nodes[i].scale != program.rubric.scale:
        return None
    found = behaviour_number(program, reading.run.node_final[i])
    return None if found is None else phase_name(program, found)


# dimensions -------------------------------------------------------------------------------------


def overall_card(reading: Reading, baseline: Scorecard | None) -> DimensionCard:
    """The root node."""
    return _node_card(reading, len(reading.program.nodes) - 1, baseline)


def dimension_cards(reading: Reading, baseline: Scorecard | None) -> dict[str, DimensionCard]:
    """Every dimension in scope, in rubric order."""
    index = reading.program.node_index
    names = [name for name in reading.program.rubric.dimensions if name in index]
    return {name: _node_card(reading, index[name], baseline) for name in names}


def _node_card(reading: Reading, i: int, baseline: Scorecard | None) -> DimensionCard:
    program, run, shown = reading.program, reading.run, reading.shown
    node = program.nodes[i]
    table = program.rubric.dimensions.get(node.id)
    ends = reading.bounds.nodes[i]
    target = _node_target(reading, i)
    score = shown.node_final[i]
    states = {
        State.VALUE: "scored",
        State.NOT_APPLICABLE: "not_applicable",
        State.NOT_ASKED: "not_applicable",
        State.FAILED: "failed",
    }
    return DimensionCard(
        id=node.id,
        title=table.title if table else _OVERALL_TITLE,
        scale=(from_micro(node.scale[0]), from_micro(node.scale[1])),
        coverage=from_micro(run.coverage[i]),
        not_applicable=from_micro(_not_applicable(reading, i)),
        state=states.get(State(run.node_state[i]), "no_score"),  # type: ignore[arg-type]
        weight=_weight_in_parent(reading, i),
        parent=table.parent if table else None,
        score=number(score),
        raw=number(shown.node_raw[i]),
        evidenced=number(shown.node_evidenced[i]) if program.rubric.evidence_ceilings else None,
        low=from_micro(ends[0]) if ends else None,
        high=from_micro(ends[1]) if ends else None,
        provisional=reading.provisional_nodes[i],
        bound=reading.resting.bounds.get(i),
        phase=_behaviour(reading, i),
        band=_band(node, run.node_final[i]),
        target=number(target),
        gap=_gap(target, score),
        progress=_progress(target, score, _baseline_score(baseline, node.id)),
        profile=_profile(reading, i),
        caps=cap_cards(shown, node.caps, shown.node_raw[i], score),
        indicators=tuple(
            _indicator_card(reading, ref.index, weight * node.weight_unit)
            for ref, weight in zip(node.refs, run.world.weights[i], strict=True)
            if ref.is_leaf
        ),
    )


def _weight_in_parent(reading: Reading, i: int) -> Number | None:
    for parent, node in enumerate(reading.program.nodes):
        for ref, weight in zip(node.refs, reading.run.world.weights[parent], strict=True):
            if not ref.is_leaf and ref.index == i:
                counted = reading.run.valued_weight[i] if ref.weight_is_parts else weight
                return from_micro(counted * node.weight_unit)
    return None


def _not_applicable(reading: Reading, i: int) -> int:
    """Share of the asked weight that does not apply."""
    node, run = reading.program.nodes[i], reading.run
    total = lost = 0
    for ref, weight in zip(node.refs, run.world.weights[i], strict=True):
        if ref.is_leaf:
            if run.leaf_state[ref.index] == State.NOT_ASKED:
                continue
            share = MILLION if run.leaf_state[ref.index] == State.NOT_APPLICABLE else 0
        else:
            share = _not_applicable(reading, ref.index)
        counted = weight or int(ref.weight_is_parts)
        total += counted
        lost += counted * share
    return divide(lost, total) if total else 0


def _band(node: Node, score: int | None) -> str | None:
    if score is None:
        return None
    found = None
    for band in node.bands:
        holds = (
            score >= band.from_
            if band.from_ is not None
            else band.above is None or score > band.above
        )
        if holds:
            found = band.id
    return found


def _node_target(reading: Reading, i: int) -> int | None:
    """The node's own target, else what it scores once all targets under it are reached."""
    own = reading.run.world.node_target[i]
    if own is not None or reading.target_run is None:
        return own
    targets = reading.run.world.leaf_target
    under = leaves_under(reading.program, i)
    return reading.target_run[i] if any(targets[leaf] is not None for leaf in under) else None


def _gap(target: int | None, score: int | None) -> Number | None:
    return None if target is None or score is None else from_micro(max(target - score, 0))


def _progress(target: int | None, score: int | None, start: int | None) -> Number | None:
    if target is None or score is None or start is None or target == start:
        return None
    numerator, denominator = score - start, target - start
    sign = 1 if denominator > 0 else -1
    return from_micro(divide(sign * numerator * MILLION, sign * denominator))


def _baseline_score(baseline: Scorecard | None, name: str) -> int | None:
    if baseline is None:
        return None
    card = baseline.overall if name == OVERALL else baseline.dimensions.get(name)
    return None if card is None or card.score is None else to_micro(card.score)


def _indicator_card(reading: Reading, i: int, weight: int) -> IndicatorCard:
    program, run = reading.program, reading.shown
    leaf = program.leaves[i]
    dimension, _, key = leaf.path.partition(".")
    ends = reading.bounds.leaves[i]
    target = run.world.leaf_target[i]
    answered = run.leaf_state[i] == State.VALUE
    heard = reading.resting.leaves.get(i)
    return IndicatorCard(
        id=leaf.path,
        title=program.rubric.dimensions[dimension].indicators[key].title,
        state=STATE_NAMES[State(run.leaf_state[i])],  # type: ignore[arg-type]
        weight=from_micro(weight),
        grade=GRADES[run.world.grade[i]],
        coverage=int(answered),
        level=number(run.leaf_final[i]),
        raw=number(run.leaf_raw[i]),
        evidenced=number(run.leaf_evidenced[i]) if program.rubric.evidence_ceilings else None,
        low=from_micro(ends[0]) if ends else None,
        high=from_micro(ends[1]) if ends else None,
        source=("respondents" if heard else "assessor") if answered else None,
        target=number(target),
        gap=_gap(target, run.leaf_final[i]),
        provisional=reading.provisional_leaves[i],
        caps=cap_cards(run, leaf.caps, run.leaf_raw[i], run.leaf_final[i]),
        bound=heard.bound if heard else None,
    )


def index_card(reading: Reading) -> IndexCard:
    """The overall on 0–100."""
    overall = reading.program.nodes[-1]
    low, best = overall.scale

    def hundredth(value: int | None) -> Number | None:
        return (
            None if value is None else from_micro(divide(100 * MILLION * (value - low), best - low))
        )

    ends = reading.bounds.nodes[-1] or (None, None)
    return IndexCard(
        hundredth(reading.shown.node_final[-1]), hundredth(ends[0]), hundredth(ends[1])
    )


def targets_card(reading: Reading) -> TargetsCard | None:
    """Percent to target over the indicators that have a target and a level."""
    pairs = [
        (target, level)
        for target, level in zip(
            reading.run.world.leaf_target, reading.shown.leaf_final, strict=True
        )
        if target is not None and level is not None
    ]
    if not any(target is not None for target in reading.run.world.leaf_target):
        return None
    wanted = sum(target for target, _ in pairs)
    gaps = sum(max(target - level, 0) for target, level in pairs)
    percent = from_micro(divide((wanted - gaps) * MILLION, wanted)) if wanted > 0 else None
    return TargetsCard(len(pairs), percent)


# findings ---------------------------------------------------------------------------------------


def finding_cards(reading: Reading) -> tuple[Finding, ...]:
    """The rules that fired, the most severe first, then in rubric order."""
    program, run = reading.program, reading.shown
    found = [
        Finding(
            id=entry.id,
            severity=entry.rule.severity,
            title=entry.rule.title or {},
            text=filled_text(program, run, entry.rule.text or {}),
            because=reasons(program, run, entry.truth),
            dimension=entry.rule.dimension,
            sources=_citations(program.rubric, entry.rule.sources),
        )
        for entry in program.rules
        if entry.rule.severity and entry.truth is not None and run.expr[entry.truth] is True
    ]
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def undetermined_cards(reading: Reading) -> tuple[Undetermined, ...]:
    """The rules that open answers leave undecided."""
    program, run = reading.program, reading.run
    return tuple(
        Undetermined(
            entry.id,
            entry.rule.title or {},
            open_inputs(program, run, entry.truth),
            entry.rule.severity,
        )
        for entry in program.rules
        if entry.truth is not None and run.expr[entry.truth] is None
    )


def _citations(rubric: model.Rubric, sources: Iterable[model.Source]) -> tuple[Citation, ...]:
    return tuple(
        Citation(source.doc, rubric.documents[source.doc].title, source.heading, source.entry)
        for source in sources
        if source.doc in rubric.documents
    )
