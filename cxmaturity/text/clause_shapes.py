"""The shape of a clause's text, and what a part of it says on its own.

A clause like ``loop >= 1.5 or change >= 2`` carries the values of all its parts, but one verdict.
To tell it part by part, each part is compared with the values it names; that is all that is
evaluated here.  Texts are read with the standard parser and never run.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Final

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Clause, Number, Operand

LONGEST = 600
"""Longer texts are not parsed: no rubric can hold one, a scorecard file from elsewhere could."""

SIGNS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.GtE: ">=", ast.LtE: "<=", ast.Gt: ">", ast.Lt: "<", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
OPPOSITE: Final[Mapping[str, str]] = {
    ">=": "<", "<=": ">", ">": "<=", "<": ">=", "==": "!=", "!=": "==",
}  # fmt: skip
_COMPARE: Final[Mapping[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


class NoSimpleShapeError(Exception):
    """The statement cannot be told as a phrase; its values can."""


def parsed(text: str) -> ast.expr:
    """The syntax tree of a clause's text."""
    if len(text) > LONGEST:
        raise NoSimpleShapeError
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NoSimpleShapeError from error


def key_of(tree: ast.expr) -> str:
    """An operand as it is spelled among a clause's values."""
    return ast.unparse(tree)


def alone(tree: ast.expr, values: Mapping[str, Operand]) -> Clause:
    """A part of a clause as a clause of its own: whether it holds follows from the values."""
    match tree:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in SIGNS:
            if (needs := number_of(right)) is not None:
                return _against(left, SIGNS[type(op)], needs, values)
    return Clause("", _verdict(tree, values), values)


def _verdict(tree: ast.expr, values: Mapping[str, Operand]) -> bool | None:
    match tree:
        case ast.BoolOp(op=op, values=parts):
            verdicts = {alone(part, values).holds for part in parts}
            settles = isinstance(op, ast.Or)
            return settles if settles in verdicts else None if None in verdicts else not settles
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            truth = alone(inner, values).holds
            return None if truth is None else not truth
        case ast.Name() | ast.Attribute():
            return _truth(key_of(tree), values)
        case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
            return _is_in(left, right, values)
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            option = values.get(key_of(left))
            return None if option is None else option == text_of(right)
    raise NoSimpleShapeError


def _truth(key: str, values: Mapping[str, Operand]) -> bool | None:
    truth = values.get(key)
    if isinstance(truth, bool):
        return truth
    if truth is None and not key.startswith("condition."):
        return None
    raise NoSimpleShapeError


def _is_in(left: ast.expr, right: ast.expr, values: Mapping[str, Operand]) -> bool | None:
    if is_text(left):
        chosen = values.get(key_of(right))
        return text_of(left) in chosen if isinstance(chosen, list) else None
    option = values.get(key_of(left))
    return option in texts_of(right) if isinstance(option, str) else None


def _against(left: ast.expr, sign: str, needs: Number, values: Mapping[str, Operand]) -> Clause:
    """A comparison with a number; of a count, the least and the most it can be are compared."""
    ends = _ends(left, values)
    if ends is None:
        return Clause("", None, values, sign=sign, needs=needs)
    verdicts = {_COMPARE[sign](to_micro(end), to_micro(needs)) for end in ends}
    holds = verdicts.pop() if len(verdicts) == 1 else None
    return Clause("", holds, values, value=ends[0], sign=sign, needs=needs)


def _ends(left: ast.expr, values: Mapping[str, Operand]) -> tuple[Number, Number] | None:
    match left:
        case ast.Call(func=ast.Name(id="count"), args=parts):
            verdicts = [alone(part, values).holds for part in parts]
            return verdicts.count(True), len(verdicts) - verdicts.count(False)
        case ast.Call(func=ast.Name(id="size"), args=[chosen]):
            options = values.get(key_of(chosen))
            return (len(options), len(options)) if isinstance(options, list) else None
        case ast.BinOp():
            raise NoSimpleShapeError
    value = values.get(key_of(left))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NoSimpleShapeError
    return value, value


def is_text(tree: ast.expr) -> bool:
    """Whether this is a text between quotation marks."""
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)


def text_of(tree: ast.expr) -> str:
    """What stands between the quotation marks."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return tree.value
    raise NoSimpleShapeError


def texts_of(tree: ast.expr) -> list[str]:
    """The texts of a list."""
    if isinstance(tree, ast.List):
        return [text_of(item) for item in tree.elts]
    raise NoSimpleShapeError


def number_of(tree: ast.expr) -> Number | None:
    """A written number, a negative one too; None for anything else."""
    match tree:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as inner):
            size = number_of(inner)
            return None if size is None else -size
    return None
