"""Why an expression is true, false or undetermined: clauses with their values.

A gate is shown clause by clause; a finding by the clauses that made it true; what is undetermined
by the open answers that would decide it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cxmaturity.engine.program import OPEN_STATES, Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.spelling import INPUTS, operand, spell
from cxmaturity.model.exact import MILLION, from_micro
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.scorecard import Clause, Operand

_LEAF_OPS = ("level", "answer", "evidenced_level", "graded")
_NODE_OPS = ("score", "raw_score", "evidenced_score")


def conjuncts(program: Program, index: int) -> list[int]:
    """The parts that must all hold."""
    expr = program.exprs[index]
    if expr.op != "and":
        return [index]
    return [part for arg in expr.args for part in conjuncts(program, arg)]


def clauses_of(program: Program, run: Run, index: int) -> tuple[Clause, ...]:
    """Every clause of a gate or rule, whether it holds or not."""
    return tuple(clause(program, run, part) for part in conjuncts(program, index))


def reasons(program: Program, run: Run, index: int) -> tuple[Clause, ...]:
    """The clauses that made an expression true."""
    return tuple(
        clause(program, run, part) for part in dict.fromkeys(_deciding(program, run, index))
    )


def _deciding(program: Program, run: Run, index: int) -> list[int]:
    expr = program.exprs[index]
    if expr.op == "condition":
        return _deciding(program, run, expr.args[0])
    if expr.op == "and":
        return [part for arg in expr.args for part in _deciding(program, run, arg)]
    if expr.op in ("or", "compare_count"):
        args = expr.args if expr.op == "or" else expr.args[:-1]
        true = [arg for arg in args if run.expr[arg] is True]
        return [part for arg in true for part in _deciding(program, run, arg)] or [index]
    if expr.op == "first" and expr.type == "truth":
        used = next((arg for arg in expr.args if run.expr[arg] is not None), index)
        return [index] if used == index else _deciding(program, run, used)
    return [index]


def clause(program: Program, run: Run, index: int) -> Clause:
    """One statement with the values of everything it reads."""
    holds: bool | None = run.expr[index]
    value, sign, needs = _threshold(program, run, index)
    by = None if value is None or needs is None or holds is not False else abs(needs - value)
    return Clause(
        text=_spelled(program, index).text,
        holds=holds,
        values=_values(program, run, index),
        value=None if value is None else from_micro(value),
        sign=sign,
        needs=None if needs is None else from_micro(needs),
        by=None if by is None else from_micro(by),
        decides=open_inputs(program, run, index) if holds is None else (),
    )


def _threshold(program: Program, run: Run, index: int) -> tuple[int | None, str | None, int | None]:
    """Value, sign and threshold of a comparison with a number."""
    expr = program.exprs[index]
    if expr.op == "compare" and program.exprs[expr.args[1]].op == "number":
        return run.expr[expr.args[0]], str(expr.data), run.expr[expr.args[1]]
    if expr.op == "compare_count" and program.exprs[expr.args[-1]].op == "number":
        sure = sum(run.expr[arg] is True for arg in expr.args[:-1])
        return sure * MILLION, str(expr.data), run.expr[expr.args[-1]]
    return None, None, None


def _values(program: Program, run: Run, index: int) -> dict[str, Operand]:
    found: dict[str, Operand] = {}
    spelled = _spelled(program, index)
    passed_over = _passed_over(program, run, index) if spelled.chooses else set()
    for i, name in spelled.inputs:
        expr = program.exprs[i]
        if i in passed_over:
            continue
        if expr.op == "graded":
            leaf: int = expr.data[0]  # type: ignore[index]
            found[f"grade({program.leaves[leaf].path})"] = GRADES[run.world.grade[leaf]]
            continue
        shown = operand(program, i, run.expr[i])
        if shown is not None:
            found[name] = shown
    return found


def _passed_over(program: Program, run: Run, index: int) -> set[int]:
    """What `first` did not come to: it stands there, and decided nothing."""
    expr = program.exprs[index]
    used, unused = list(expr.args), []
    if expr.op == "first":
        known = [n for n, arg in enumerate(expr.args) if run.expr[arg] is not None]
        used, unused = (
            used[: known[0] + 1] if known else used,
            used[known[0] + 1 :] if known else [],
        )
    dropped = {i for arg in unused for i in _inputs(program, arg)}
    return dropped.union(*(_passed_over(program, run, arg) for arg in used))


@dataclass(frozen=True, slots=True)
class _Spelled:
    """An expression and everything it reads, in words: the same in every world.

    ``chooses``: it takes the first of several operands that is there.
    """

    text: str
    inputs: tuple[tuple[int, str], ...]
    chooses: bool


def _spelled(program: Program, index: int) -> _Spelled:
    """The words of an expression, found once a program."""
    known: dict[int, _Spelled] = program.cache.setdefault("spelled", {})
    if index not in known:
        inputs = tuple((i, spell(program, i)) for i in _inputs(program, index))
        text = spell(program, index)
        known[index] = _Spelled(text, inputs, "first(" in text)
    return known[index]


def _inputs(program: Program, index: int) -> Iterable[int]:
    expr = program.exprs[index]
    if expr.op in INPUTS:
        yield index
    for arg in expr.args:
        yield from _inputs(program, arg)


# what would decide ------------------------------------------------------------------------------


def open_inputs(program: Program, run: Run, index: int) -> tuple[str, ...]:
    """The open answers under undetermined sub-expressions, in rubric order."""
    leaves: set[int] = set()
    facts: set[int] = set()
    figures: dict[str, None] = {}
    pending = [index]
    seen: set[int] = set()
    while pending:
        i = pending.pop()
        if i in seen or (run.expr[i] is not None and program.exprs[i].op != "phase"):
            continue
        seen.add(i)
        expr = program.exprs[i]
        data: Any = expr.data
        if expr.op in _LEAF_OPS:
            leaves.add(data[0] if expr.op == "graded" else data)
        elif expr.op in _NODE_OPS:
            leaves |= set(leaves_under(program, data))
        elif expr.op == "behaviour":
            leaves |= set(leaves_under(program, len(program.nodes) - 1))
        elif expr.op == "fact":
            facts.add(data)
        elif expr.op == "figure":
            figures[str(data)] = None
        elif expr.op == "phase":
            pending += [gate for gate in program.gates if run.expr[gate] is None]
        pending += expr.args
    answers = [
        *(path for _, path in sorted(program.leaf_places[i] for i in leaves if _is_open(run, i))),
        *(f"fact.{program.facts[j].id}" for j in sorted(facts) if run.fact_state[j] in OPEN_STATES),
    ]
    return tuple(answers or figures)


def _is_open(run: Run, leaf: int) -> bool:
    return run.leaf_state[leaf] in OPEN_STATES


def leaves_under(program: Program, node: int) -> list[int]:
    """Every indicator of a node, of its parts too."""
    found: list[int] = []
    for ref in program.nodes[node].refs:
        found += [ref.index] if ref.is_leaf else leaves_under(program, ref.index)
    return found
