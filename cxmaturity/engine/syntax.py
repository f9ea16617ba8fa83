"""Expression text → Python's syntax tree, after limits and an allow-list; never evaluated.

Whatever a hostile text contains ends here as a sentence with a column, or as a tree of the few node
types that :mod:`cxmaturity.engine.expression` knows.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

LONGEST = 500
MOST_NODES = 200
DEEPEST = 16

_OUTSIDE_STRINGS = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
_DEEP_PARENTHESES = 40

_OPERATORS = (
    ast.And, ast.Or, ast.Not, ast.USub, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.Load,
)  # fmt: skip
_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Call, ast.Name,
    ast.Attribute, ast.Constant, ast.List, *_OPERATORS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an expression: ``column`` counts from 1."""

    code: str
    what: str
    column: int = 1
    hint: str = ""


class FaultyError(Exception):
    """The text cannot be read as an expression."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.what)
        self.fault = fault


def parse(text: str) -> ast.expr:
    """The tree of an expression; raises :class:`FaultyError` for anything but the small grammar."""
    _check_characters(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        fault = Fault("syntax", "this is not an expression", max(error.offset or 1, 1))
        raise FaultyError(fault) from error
    except (MemoryError, RecursionError, ValueError) as error:
        raise FaultyError(Fault("too_deep", "the expression is nested too deeply")) from error
    _check_nodes(tree)
    return tree.body


def _check_characters(text: str) -> None:
    if len(text) > LONGEST:
        what = f"the expression has {len(text)} characters, at most {LONGEST} are allowed"
        raise FaultyError(Fault("too_long", what, LONGEST, "split it with [conditions]"))
    bare = _OUTSIDE_STRINGS.sub(lambda found: " " * len(found.group()), text)
    if not _PLAIN.match(bare.replace("\n", " ")):
        column = next(i for i, c in enumerate(bare, 1) if c != "\n" and not " " <= c <= "~")
        raise FaultyError(Fault("character", "only plain ASCII is allowed outside quotes", column))
    if bare.count("(") + bare.count("[") > _DEEP_PARENTHESES:
        raise FaultyError(Fault("too_deep", "the expression is nested too deeply"))
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise FaultyError(Fault("character", "a broken character"))


def _check_nodes(tree: ast.Expression) -> None:
    pending: list[tuple[ast.AST, int]] = [(tree, 0)]
    seen = 0
    while pending:
        node, depth = pending.pop()
        seen += 1
        column = getattr(node, "col_offset", 0) + 1
        if not isinstance(node, _ALLOWED):
            raise FaultyError(_not_allowed(node, column))
        if isinstance(node, ast.Call) and node.keywords:
            raise FaultyError(Fault("syntax", "functions take no named arguments", column))
        if depth > DEEPEST:
            raise FaultyError(Fault("too_deep", "the expression is nested too deeply", column))
        if isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name | ast.Attribute):
            raise FaultyError(Fault("syntax", "a dot only joins the words of a name", column))
        grows = not isinstance(node, ast.Attribute)
        pending += [(child, depth + grows) for child in ast.iter_child_nodes(node)]
    if seen > 2 * MOST_NODES:
        raise FaultyError(Fault("too_long", "the expression has too many parts"))


def _not_allowed(node: ast.AST, column: int) -> Fault:
    hints = {
        ast.NotIn: "write: not 'x' in fact.y",
        ast.Pow: "only + - * / are known",
        ast.IfExp: "use and, or, not",
        ast.Is: "use ==",
    }
    name = type(node).__name__
    return Fault(
        "not_allowed", f"'{name}' is not part of the grammar", column, hints.get(type(node), "")
    )
