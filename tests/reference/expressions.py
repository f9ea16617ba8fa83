"""Expressions of rules and gates: three-valued, and missing where an operand is missing.

A value is None where it is missing (a number, a text) or undetermined (a truth).
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Protocol

from tests.reference.amounts import exact, millionth


@dataclass(frozen=True)
class OneOf:
    """A value known only to be one of several: a count, or the phase as a rank.

    ``names`` are the phases by rank, "not_started" first; empty for a count.
    """

    values: tuple[Fraction, ...]
    names: tuple[str, ...] = ()


Value = bool | Fraction | str | frozenset[str] | OneOf | None


class Names(Protocol):
    """What an expression can ask about the organisation."""

    def name(self, path: str) -> Value:
        """The value of `silos`, `loop.weekly`, `fact.x`, `condition.y`, `overall`, `phase`, …."""

    def about(self, function: str, path: str) -> Value:
        """`raw`, `evidenced`, `coverage`, `answered`, `documented` or `demonstrated` of a path."""


ABOUT = ("raw", "evidenced", "coverage", "answered", "documented", "demonstrated")
PEOPLE = ("respondents", "share", "gap", "agreement")
"""Figures of respondents, of whom the reference evaluator knows none: always missing."""


def parsed(text: str) -> ast.expr:
    """The syntax tree of an expression."""
    return ast.parse(f"({text}\n)", mode="eval").body


def truth(text: str, names: Names) -> bool | None:
    """Whether the expression holds: True, False, or None for undetermined."""
    value = evaluate(parsed(text), names)
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"not a truth: {text}")
    return value


def mentions(tree: ast.AST) -> Iterator[str]:
    """The dotted names that an expression reads, without those of functions."""
    if isinstance(tree, ast.Name | ast.Attribute):
        path = dotted(tree)
        if path not in ("true", "false"):
            yield path
        return
    if isinstance(tree, ast.Call):
        function = dotted(tree.func)
        for argument in tree.args:
            found = mentions(argument)
            yield from (p.rpartition(".")[0] for p in found) if function == "share" else found
        return
    for child in ast.iter_child_nodes(tree):
        yield from mentions(child)


def dotted(tree: ast.AST) -> str:
    """`a.b.c` of a name or an attribute."""
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Attribute):
        return f"{dotted(tree.value)}.{tree.attr}"
    raise TypeError(f"not a name: {ast.dump(tree)}")


def evaluate(tree: ast.AST, names: Names) -> Value:
    """The value of a syntax tree."""
    match tree:
        case ast.Constant():
            return tree.value if isinstance(tree.value, str) else exact(tree.value)  # type: ignore[arg-type]
        case ast.Name() | ast.Attribute():
            path = dotted(tree)
            return path == "true" if path in ("true", "false") else names.name(path)
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return _logic(tree, names)
        case ast.UnaryOp(op=sign, operand=part):
            return _signed(sign, evaluate(part, names))
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, evaluate(left, names), evaluate(right, names))
        case ast.Compare():
            return _chain(tree, names)
        case ast.Call():
            return _call(dotted(tree.func), tree.args, names)
    raise TypeError(f"not allowed: {ast.dump(tree)}")


def _logic(tree: ast.BoolOp | ast.UnaryOp, names: Names) -> bool | None:
    if isinstance(tree, ast.UnaryOp):
        return _not(_truth(tree.operand, names))
    truths = [_truth(part, names) for part in tree.values]
    return _all(truths) if isinstance(tree.op, ast.And) else _any(truths)


def _truth(tree: ast.AST, names: Names) -> bool | None:
    value = evaluate(tree, names)
    assert value is None or isinstance(value, bool)
    return value


def _number(value: Value) -> Fraction | None:
    if isinstance(value, OneOf) and len(value.values) == 1:
        return value.values[0]
    return value if isinstance(value, Fraction) else None


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[bool | None]) -> bool | None:
    if True in truths:
        return True
    return None if None in truths else False


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _signed(sign: ast.unaryop, value: Value) -> Fraction | None:
    number = _number(value)
    if number is None:
        return None
    return -number if isinstance(sign, ast.USub) else number


def _arithmetic(op: ast.operator, left: Value, right: Value) -> Fraction | None:
    a, b = _number(left), _number(right)
    if a is None or b is None:
        return None
    if isinstance(op, ast.Add):
        return millionth(a + b)
    if isinstance(op, ast.Sub):
        return millionth(a - b)
    if isinstance(op, ast.Mult):
        return millionth(a * b)
    assert isinstance(op, ast.Div)
    return None if b == 0 else millionth(a / b)


def _chain(tree: ast.Compare, names: Names) -> bool | None:
    operands = [tree.left, *tree.comparators]
    pairs = zip(tree.ops, pairwise(operands), strict=True)
    return _all([_pair(op, left, right, names) for op, (left, right) in pairs])


def _pair(op: ast.cmpop, left: ast.expr, right: ast.expr, names: Names) -> bool | None:
    if isinstance(op, ast.NotIn):
        return _not(_in(left, right, names))
    if isinstance(op, ast.In):
        return _in(left, right, names)
    return _compared(op, evaluate(left, names), evaluate(right, names))


def _in(left: ast.expr, right: ast.expr, names: Names) -> bool | None:
    item = evaluate(left, names)
    if isinstance(right, ast.List | ast.Tuple):
        members = [evaluate(member, names) for member in right.elts]
        if isinstance(item, OneOf):
            wanted = {_rank(member, item) for member in members}
            return _agreed({value in wanted for value in item.values})
        return None if item is None else item in members
    chosen = evaluate(right, names)
    assert chosen is None or isinstance(chosen, frozenset)
    return None if chosen is None or item is None else item in chosen


def _rank(value: Value, beside: OneOf) -> Value:
    """A phase's name as its rank, when it stands beside the phase."""
    if isinstance(value, str) and beside.names:
        return Fraction(beside.names.index(value))
    return value


def _agreed(outcomes: set[bool]) -> bool | None:
    return outcomes.pop() if len(outcomes) == 1 else None


SIGNS: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}


def _compared(op: ast.cmpop, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(right, OneOf):
        left = _rank(left, right)
    if isinstance(left, OneOf):
        right = _rank(right, left)
    compare = SIGNS[type(op)]
    return _agreed({compare(a, b) for a, b in product(_values(left), _values(right))})


def _values(value: Value) -> tuple[Fraction, ...]:
    # Texts and truths are only ever tested for equality, which fractions and they share.
    return value.values if isinstance(value, OneOf) else (value,)  # type: ignore[return-value]


EXTREMES: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "min": min,
    "max": max,
    "abs": lambda found: abs(found[0]),
}


def _call(function: str, arguments: list[ast.expr], names: Names) -> Value:
    if function in PEOPLE:
        return None
    if function in ABOUT:
        return names.about(function, dotted(arguments[0]))
    values = [evaluate(argument, names) for argument in arguments]
    if function == "first":
        return next((value for value in values if value is not None), None)
    if function == "count":
        return _count(values)
    if function in ("only", "size"):
        return _of_set(function, values)
    numbers = [_number(value) for value in values]
    present = [number for number in numbers if number is not None]
    if len(present) < len(numbers):
        return None
    return EXTREMES[function](present)


def _count(values: list[Value]) -> OneOf:
    surely = sum(1 for value in values if value is True)
    possibly = sum(1 for value in values if value is not False)
    return OneOf(tuple(Fraction(n) for n in range(surely, possibly + 1)))


def _of_set(function: str, values: list[Value]) -> bool | Fraction | None:
    chosen = values[0]
    if chosen is None:
        return None
    assert isinstance(chosen, frozenset)
    if function == "size":
        return Fraction(len(chosen))
    return bool(chosen) and chosen <= set(values[1:])
