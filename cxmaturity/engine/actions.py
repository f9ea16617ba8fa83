"""What an action does to a world, and which actions are worth recommending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cxmaturity.engine.clauses import conjuncts
from cxmaturity.engine.inputs import FACT, read_fact
from cxmaturity.engine.program import ActionEntry, Program, State, World
from cxmaturity.engine.scalar import Run, evaluate
from cxmaturity.engine.spelling import spell
from cxmaturity.model.exact import from_micro
from cxmaturity.model.rubric import GRADES, SEVERITIES
from cxmaturity.model.scorecard import Because, Recommendation

_VALUE = int(State.VALUE)


def act(program: Program, world: World, action: ActionEntry) -> World:
    """The world when the action is done; the given one is left as it is."""
    done = world.copy()
    table = action.action
    for path, level in table.raises.items():
        i = program.leaf_index.get(path)
        if i is not None:
            held = done.leaf_level[i] if done.leaf_state[i] == _VALUE else level
            done.leaf_state[i], done.leaf_level[i] = _VALUE, max(held, level)
    for path, value in table.sets.items():
        j = program.fact_index.get(path.removeprefix(FACT))
        if j is not None:
            done.fact_state[j], done.fact_value[j] = read_fact(program.facts[j], value)
    for path, options in table.adds.items():
        j = program.fact_index.get(path.removeprefix(FACT))
        if j is not None:
            added = read_fact(program.facts[j], list(options))[1]
            held = done.fact_value[j] if done.fact_state[j] == _VALUE else 0
            done.fact_state[j], done.fact_value[j] = _VALUE, held | added
    for path, grade in table.evidence.items():
        i = program.leaf_index.get(path)
        if i is not None:
            done.grade[i] = max(done.grade[i], GRADES.index(grade))
    return done


def is_done(program: Program, world: World, action: ActionEntry) -> bool:
    """Whether the action would change nothing: the world is already as it says."""
    return act(program, world, action) == world


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
    candidates = [
        _Candidate(entry, place)
        for place, entry in enumerate(program.actions)
        if (entry.when is None or run.expr[entry.when] is True)
        and not is_done(program, run.world, entry)
    ]
    for candidate in candidates:
        candidate.because += _gate_reasons(program, run, candidate.entry)
        candidate.rank = 0 if candidate.because else candidate.rank
        for rule in candidate.entry.action.answers:
            if rule in fired:
                candidate.because.append(Because("finding", rule))
                candidate.rank = min(candidate.rank, 1 + SEVERITIES.index(fired[rule]))  # type: ignore[arg-type]
    wanted = _with_prerequisites(program, run, [c for c in candidates if c.because], candidates)
    listed = [(c, _waits_for(program, run, c.entry, wanted)) for c in wanted]
    listed.sort(
        key=lambda pair: (bool(pair[1]), pair[0].rank, pair[0].entry.action.order, pair[0].place)
    )
    return tuple(_card(candidate, waits) for candidate, waits in listed)


def _gate_reasons(program: Program, run: Run, entry: ActionEntry) -> list[Because]:
    """The failing or open clauses of the next phase's gate that the action changes for the better."""
    gates = next_gates(program, run)
    if not gates:
        return []
    after = evaluate(program, act(program, run.world, entry))
    found = []
    for number in gates:
        for index in conjuncts(program, program.gates[number - 1]):
            if run.expr[index] is not True and _better(program, run, after, index):
                phase = program.phase_ids[number - 1]
                found.append(Because("gate", phase, spell(program, index)))
    return found


def next_gates(program: Program, run: Run) -> list[int]:
    """Number of the next phase above the attained one whose gate does not hold, if any."""
    above = range(run.at_least + 1, len(program.gates) + 1)
    return next(([n] for n in above if run.expr[program.gates[n - 1]] is not True), [])


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
            if need in chosen or entry is None or is_done(program, run.world, entry):
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
        if need in every and not is_done(program, run.world, every[need])
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
