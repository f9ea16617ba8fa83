"""The scalar evaluator: a program on one world, in exact Python integers.

Every step of the program becomes a small function over a :class:`Run`; running them in order is the
whole evaluation.  Nothing is recorded on the way: a trace reads the finished run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cxmaturity.engine.combining import Gathered, capped, combine, gather
from cxmaturity.engine.opening import opening
from cxmaturity.engine.operations import operation
from cxmaturity.engine.program import Cap, FactInput, Leaf, Node, Program, State, World
from cxmaturity.engine.run import Run, Step
from cxmaturity.errors import PluginError
from cxmaturity.hookspecs import Points

_VALUE, _UNANSWERED = int(State.VALUE), int(State.UNANSWERED)
_NOT_APPLICABLE, _NOT_ASKED = int(State.NOT_APPLICABLE), int(State.NOT_ASKED)
_FAILED = int(State.FAILED)


def evaluate(program: Program, world: World) -> Run:
    """The program on one world."""
    if "remaining" not in program.cache:
        every = all_steps(program)
        program.cache["remaining"] = [every[place] for place in opening(program).remaining]
    run = opening(program).run(world)
    reevaluate(run, program.cache["remaining"])
    return run


def reevaluate(run: Run, steps: Sequence[Step]) -> None:
    """Run some steps again after a world was changed in place."""
    for step in steps:
        step(run)


def all_steps(program: Program) -> list[Step]:
    """The functions of all steps, built once a program."""
    if "scalar" not in program.cache:
        program.cache["scalar"] = [step_function(program, *step) for step in program.steps]
    found: list[Step] = program.cache["scalar"]
    return found


def step_function(program: Program, kind: str, index: int) -> Step:
    """The function of one step."""
    makers: dict[str, Callable[[Program, int], Step]] = {
        "asked": lambda p, i: _asked(p.leaves[i], i),
        "leaf": lambda p, i: _leaf(p.leaves[i], i),
        "leaf_e": lambda p, i: _leaf_evidenced(p.leaves[i], i),
        "fact": lambda p, i: _fact(p.facts[i], i),
        "raw": _raw,
        "node": _node,
        "node_e": _node_evidenced,
        "phase": _phase,
        "expr": operation,
    }
    return makers[kind](program, index)


def _asked(leaf: Leaf, i: int) -> Step:
    ask = leaf.ask_when

    def step(run: Run) -> None:
        state = run.world.leaf_state[i]
        if ask is not None and run.expr[ask] is False:
            state = _NOT_ASKED
        run.leaf_state[i] = state
        run.leaf_raw[i] = run.world.leaf_level[i] if state == _VALUE else None

    return step


def _limits(run: Run, caps: Sequence[Cap]) -> list[int]:
    return [
        cap.limit
        for cap in caps
        if run.expr[cap.truth] or (run.open_caps_bite and run.expr[cap.truth] is None)
    ]


def _leaf(leaf: Leaf, i: int) -> Step:
    caps = leaf.caps

    def plain(run: Run) -> None:
        run.leaf_final[i] = run.leaf_raw[i]

    def with_caps(run: Run) -> None:
        raw = run.leaf_raw[i]
        run.leaf_final[i] = None if raw is None else capped(raw, _limits(run, caps))

    return with_caps if caps else plain


def _leaf_evidenced(leaf: Leaf, i: int) -> Step:
    caps, ceilings = leaf.caps, leaf.ceilings or (leaf.range[1],) * 3

    def step(run: Run) -> None:
        raw = run.leaf_raw[i]
        if raw is not None:
            raw = min(raw, ceilings[run.world.grade[i]])
            raw = capped(raw, _limits(run, caps)) if caps else raw
        run.leaf_evidenced[i] = raw

    return step


def _fact(fact: FactInput, i: int) -> Step:
    ask, stand_in = fact.ask_when, fact.if_not_applicable

    def step(run: Run) -> None:
        state = run.world.fact_state[i]
        if ask is not None and run.expr[ask] is False:
            state = _NOT_ASKED
            if stand_in is not None:
                run.fact_state[i], run.fact[i] = _VALUE, stand_in
                return
        run.fact_state[i] = state
        run.fact[i] = run.world.fact_value[i] if state == _VALUE else None

    return step


def _raw(program: Program, i: int) -> Step:
    node = program.nodes[i]

    def step(run: Run) -> None:
        found = gather(program, run, i, evidenced=False)
        run.coverage[i] = found.coverage
        run.applicable_weight[i] = found.applicable_weight
        run.valued_weight[i] = found.valued_weight
        run.node_state[i], run.node_raw[i], run.points[i] = outcome(node, found)

    return step


def outcome(node: Node, found: Gathered) -> tuple[int, int | None, Points | None]:
    """State of a node, its value before caps, and the points it hands on."""
    if found.failed:
        return _FAILED, None, None
    if not found.any_applies:
        return (_NOT_APPLICABLE if found.any_not_applicable else _NOT_ASKED), None, None
    return _combined(node, found)


def _combined(node: Node, found: Gathered) -> tuple[int, int | None, Points | None]:
    """State, value and points of a node of which something applies."""
    if found.coverage < node.min_coverage:
        return _UNANSWERED, None, None
    try:
        value, points = combine(node, found)
    except PluginError:
        return _FAILED, None, None
    return (_UNANSWERED if value is None else _VALUE), value, points


def _node(program: Program, i: int) -> Step:
    caps = program.nodes[i].caps

    def plain(run: Run) -> None:
        run.node_final[i] = run.node_raw[i]

    def with_caps(run: Run) -> None:
        raw = run.node_raw[i]
        run.node_final[i] = None if raw is None else capped(raw, _limits(run, caps))

    return with_caps if caps else plain


def _node_evidenced(program: Program, i: int) -> Step:
    node = program.nodes[i]

    def step(run: Run) -> None:
        value, points = None, None
        if run.node_state[i] == _VALUE:
            found = gather(program, run, i, evidenced=True)
            _state, value, points = _combined(node, found)
        run.node_evidenced[i] = None if value is None else capped(value, _limits(run, node.caps))
        run.points_evidenced[i] = points

    return step


def _phase(program: Program, _i: int) -> Step:
    gates = program.gates
    cumulative = program.rubric.phase_rule == "cumulative"

    def step(run: Run) -> None:
        truths = [run.expr[gate] for gate in gates]
        run.at_least = attained(truths, cumulative=cumulative)
        run.at_most = attained([truth is not False for truth in truths], cumulative=cumulative)

    return step


def attained(truths: Sequence[bool | None], *, cumulative: bool) -> int:
    """Number of the phase attained (0: not started), from the gates' truths in order."""
    if not cumulative:
        return max((n for n, truth in enumerate(truths, start=1) if truth), default=0)
    number = 0
    for truth in truths:
        if not truth:
            break
        number += 1
    return number
