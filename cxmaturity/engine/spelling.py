"""Checked expressions back into words of the rubric's grammar, and their values into operands."""

from __future__ import annotations

from typing import Any

from cxmaturity.engine.graph import Expr
from cxmaturity.engine.program import Program
from cxmaturity.engine.vocabulary import NOT_STARTED
from cxmaturity.model.exact import decimal_text, from_micro
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.scorecard import Operand

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(7)
_RANK = {
    "or": _OR, "and": _AND, "not": _NOT, "compare": _COMPARE, "compare_count": _COMPARE,
    "compare_phase": _COMPARE, "phase_in": _COMPARE, "one_of": _COMPARE, "contains": _COMPARE,
    "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "neg": _PRODUCT,
}  # fmt: skip
_LEAF_WORDS = {
    "level": "{}", "answer": "raw({})", "evidenced_level": "evidenced({})",
    "answered_leaf": "answered({})", "leaf_coverage": "coverage({})",
}  # fmt: skip
_NODE_WORDS = {
    "score": "{}", "raw_score": "raw({})", "evidenced_score": "evidenced({})",
    "coverage": "coverage({})", "answered_node": "answered({})",
}  # fmt: skip
_OTHER_INPUTS = (
    "fact", "figure", "missing", "graded", "phase", "behaviour", "answered_fact",
)  # fmt: skip
INPUTS = frozenset({*_LEAF_WORDS, *_NODE_WORDS, *_OTHER_INPUTS})
"""Operations that read something by name."""


def spell(program: Program, index: int) -> str:
    """The expression as text."""
    expr = program.exprs[index]
    if expr.op in INPUTS or not expr.args:
        return _name(program, expr)
    if expr.op in ("and", "or"):
        return f" {expr.op} ".join(_inside(program, arg, _NOT) for arg in expr.args)
    if expr.op == "not":
        return f"not {_inside(program, expr.args[0], _NOT)}"
    if expr.op in ("+", "-", "*", "/"):
        rank = _RANK[expr.op]
        left, right = expr.args
        return f"{_inside(program, left, rank)} {expr.op} {_inside(program, right, rank + 1)}"
    return _special(program, expr)


def _inside(program: Program, index: int, rank: int) -> str:
    text = spell(program, index)
    own = _RANK.get(program.exprs[index].op, _ATOM)
    return text if own >= rank else f"({text})"


def _special(program: Program, expr: Expr) -> str:
    args = [spell(program, arg) for arg in expr.args]
    data: Any = expr.data
    if expr.op == "condition":
        return f"condition.{data}"
    if expr.op == "neg":
        return f"-{_inside(program, expr.args[0], _ATOM)}"
    if expr.op == "compare":
        left, right = (_inside(program, arg, _SUM) for arg in expr.args)
        return f"{left} {data} {right}"
    if expr.op == "compare_count":
        return f"count({', '.join(args[:-1])}) {data} {args[-1]}"
    if expr.op in _RANK or expr.op == "only":
        return _of_options(program, expr, args[0])
    name = data if expr.op == "call" else expr.op
    return f"{name}({', '.join(args)})"


def _of_options(program: Program, expr: Expr, operand_text: str) -> str:
    """Statements about an option, a set of options, or a phase."""
    data: Any = expr.data
    options = program.exprs[expr.args[0]].options
    if expr.op == "compare_phase":
        return f"{operand_text} {data[0]} '{options[data[1]]}'"
    chosen = _quoted(options, data)
    if expr.op == "contains":
        return f"{chosen[0]} in {operand_text}"
    if expr.op == "only":
        return f"only({', '.join([operand_text, *chosen])})"
    if len(chosen) == 1 and expr.op == "one_of":
        return f"{operand_text} == {chosen[0]}"
    return f"{operand_text} in [{', '.join(chosen)}]"


def _quoted(options: tuple[str, ...], mask: int) -> list[str]:
    return [f"'{option}'" for number, option in enumerate(options) if mask >> number & 1]


def _name(program: Program, expr: Expr) -> str:
    data: Any = expr.data
    if expr.op in _LEAF_WORDS:
        return _LEAF_WORDS[expr.op].format(program.leaves[data].path)
    if expr.op in _NODE_WORDS:
        return _NODE_WORDS[expr.op].format(program.nodes[data].id)
    if expr.op == "fact":
        return f"fact.{program.facts[data].id}"
    if expr.op == "answered_fact":
        return f"answered(fact.{program.facts[data].id})"
    if expr.op == "graded":
        return f"{GRADES[data[1]]}({program.leaves[data[0]].path})"
    if expr.op == "number":
        return decimal_text(data)
    return str(data) if data is not None else expr.op


def operand(program: Program, index: int, value: Any) -> Operand | None:  # noqa: ANN401
    """A computed value as people read it: numbers on their scale, option and phase ids."""
    expr = program.exprs[index]
    if value is None:
        return None
    if expr.type == "truth":
        return bool(value)
    if expr.type == "number":
        return from_micro(value)
    if expr.type == "option":
        return str(expr.options[value])
    if expr.type == "options":
        return [option for number, option in enumerate(expr.options) if value >> number & 1]
    if expr.type == "phase":
        return phase_name(program, value[0])
    return str(value)


def phase_name(program: Program, number: int) -> str:
    """Id of a phase by number; 0 is not started."""
    return program.phase_ids[number - 1] if number else NOT_STARTED
