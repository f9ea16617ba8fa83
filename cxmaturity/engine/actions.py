"""Which actions are worth recommending now, and which must wait for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.dependence import places
from cxmaturity.engine.effects import after, effects_of
from cxmaturity.engine.program import ActionEntry, Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.spelling import spell
from cxmaturity.model.exact import from_micro
from cxmaturity.model.rubric import SEVERITIES
from cxmaturity.model.scorecard import Because, Recommendation


@dataclass(slots=True)
class _Candidate:
    entry: ActionEntry
    place: int
    because: list[Because] = field(default_factory=list)
    rank: int = len(SEVERITIES)
    """0: changes the next gate; then by the severity of what it answers."""


def recommend(program: Program, run: Run, fired: Mapping[str, str]) -> tuple[Recommendation, ...]:
    """The actions that answer a fired finding or change a failing clause of the next gate.

    ``fired`` gives the severity of each finding.  Gate first, then by severity, then by the
    actions' own order; those that wait for an earlier action come last and say for which.
    """
    effects = effects_of(program)
    candidates = [
        _Candidate(entry, place)
        for place, entry in enumerate(program.actions)
        if (entry.when is None or run.expr[entry.when] is True)
        and not effects[entry.id].hold_in(run.world)
    ]
    for candidate in candidates:
        candidate.because += _gate_reasons(program, run, candidate.entry)
        candidate.rank = 0 if candidate.because else candidate.rank
        for rule in candidate.entry.action.answers:
            if rule in fired:
                candidate.because.append(Because("finding", rule))
                candidate.rank = min(candidate.rank, 1 + SEVERITIES.index(fired[rule]))
    wanted = _with_prerequisites(program, run, [c for c in candidates if c.because], candidates)
    listed = [(c, _waits_for(program, run, c.entry, wanted)) for c in wanted]
    listed.sort(
        key=lambda pair: (bool(pair[1]), pair[0].rank, pair[0].entry.action.order, pair[0].place)
    )
    return tuple(_card(candidate, waits) for candidate, waits in listed)


def _gate_reasons(program: Program, run: Run, entry: ActionEntry) -> list[Because]:
    """The clauses of the next phase's gate that do not hold and that the action moves."""
    number = next_phase(program, run)
    if number is None:
        return []
    gate = program.gates[number - 1]
    phase = program.phase_ids[number - 1]
    done = after(program, run, entry.id, [places(program)["expr", gate]], phase)
    return [
        Because("gate", phase, spell(program, index))
        for index in conjuncts(program, gate)
        if run.expr[index] is not True and _better(program, run, done, index)
    ]


def next_phase(program: Program, run: Run) -> int | None:
    """Number of the next phase above the attained one whose gate does not hold, if any."""
    above = range(run.at_least + 1, len(program.gates) + 1)
    return next((n for n in above if run.expr[program.gates[n - 1]] is not True), None)


def _better(program: Program, before: Run, after: Run, index: int) -> bool:
    """Whether a clause came true, or a number it compares moved towards its threshold."""
    if after.expr[index] is True:
        return True
    expr = program.exprs[index]
    if expr.op in ("and", "or", "condition", "compare_count"):
        args = expr.args if expr.op != "compare_count" else expr.args[:-1]
        return any(before.expr[a] is not True and _better(program, before, after, a) for a in args)
    if expr.op != "compare":
        return False
    old, new = (run.expr[expr.args[0]] for run in (before, after))
    needed_old, needed_new = (run.expr[expr.args[1]] for run in (before, after))
    if new is None or needed_new is None:
        return False
    if old is None or needed_old is None:
        return True
    gained = (new - needed_new) - (old - needed_old)
    return (
        gained > 0
        if expr.data in (">", ">=")
        else gained < 0
        if expr.data in ("<", "<=")
        else False
    )


def _with_prerequisites(
    program: Program, run: Run, wanted: list[_Candidate], candidates: list[_Candidate]
) -> list[_Candidate]:
    """What is wanted, and what must be done before it."""
    by_id = {candidate.entry.id: candidate for candidate in candidates}
    every = {entry.id: entry for entry in program.actions}
    chosen = {candidate.entry.id: candidate for candidate in wanted}
    pending = list(wanted)
    while pending:
        candidate = pending.pop(0)
        for need in candidate.entry.action.needs:
            entry = every.get(need)
            if need in chosen or entry is None or effects_of(program)[need].hold_in(run.world):
                continue
            place = program.actions.index(entry)
            before = by_id.get(need, _Candidate(entry, place))
            before.because.append(Because("action", candidate.entry.id))
            before.rank = min(before.rank, candidate.rank)
            chosen[need] = before
            pending.append(before)
    return list(chosen.values())


def _waits_for(
    program: Program, run: Run, entry: ActionEntry, wanted: list[_Candidate]
) -> tuple[str, ...]:
    """Actions that must, or should, come first and are not done."""
    every = {other.id: other for other in program.actions}
    needs = [
        need
        for need in entry.action.needs
        if need in every and not effects_of(program)[need].hold_in(run.world)
    ]
    listed = {candidate.entry.id for candidate in wanted}
    later = [other for other in entry.action.order_after if other in listed]
    return tuple(dict.fromkeys([*needs, *later]))


def _card(candidate: _Candidate, waits: tuple[str, ...]) -> Recommendation:
    table = candidate.entry.action
    return Recommendation(
        action=candidate.entry.id,
        title=table.title,
        text=table.text or {},
        horizon=table.horizon,
        effort=from_micro(table.effort),
        months=from_micro(table.months),
        because=tuple(candidate.because),
        waits_for=waits,
        dimension=table.dimension,
        owner=table.owner,
    )
