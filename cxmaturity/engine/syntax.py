"""Expression text → Python's syntax tree, after limits and an allow-list; never evaluated.

Whatever a hostile text contains ends here as a sentence with a column, or as a tree of the few node
types that :mod:`cxmaturity.engine.expression` knows.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cxmaturity.text.messages import N_

LONGEST = 500
MOST_NODES = 400
DEEPEST = 16
DEEPEST_BRACKETS = 40

_STRINGS: Final = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")

_OPERATORS = (
    ast.And, ast.Or, ast.Not, ast.USub, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.Load,
)  # fmt: skip
_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Compare, ast.Call, ast.Name,
    ast.Attribute, ast.Constant, ast.List, *_OPERATORS,
)  # fmt: skip
_HINTS: Final[Mapping[type[ast.AST], str]] = {
    ast.NotIn: N_("write: not 'x' in fact.y"),
    ast.Pow: N_("only + - * / are known"),
    ast.Mod: N_("only + - * / are known"),
    ast.FloorDiv: N_("only + - * / are known"),
    ast.IfExp: N_("use and, or, not"),
    ast.Is: N_("use =="),
    ast.IsNot: N_("use !="),
    ast.Tuple: N_("a list is written [1, 2]"),
}
_TOO_DEEP: Final = N_("the expression is nested too deeply")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an expression: templates for the values; ``column`` counts from 1."""

    code: str
    what: str
    column: int = 1
    hint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


class FaultyError(Exception):
    """The text cannot be read as an expression."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.what)
        self.fault = fault


def parse(text: str) -> ast.expr:
    """The tree of an expression; raises :class:`FaultyError` for anything but the small grammar.

    An expression may run over several lines.  Columns count from the beginning of the text.
    """
    _check_characters(text)
    one_line = text.replace("\n", " ")
    # A tree's columns count from its first word; spaces before it would be an indentation.
    indent = len(one_line) - len(one_line.lstrip())
    try:
        with warnings.catch_warnings():
            # Python only warns of numbers that run into words (`1and 2`); here they are errors.
            warnings.simplefilter("error")
            tree = ast.parse(one_line.strip(), mode="eval")
    except SyntaxError as error:
        # Python gives no place where the text ends too early.
        column = (error.offset or len(one_line.strip()) + 1) + indent
        what = N_("this is not an expression")
        raise FaultyError(Fault("syntax", what, min(column, len(text) + 1))) from error
    except (MemoryError, RecursionError, ValueError) as error:
        raise FaultyError(Fault("too_deep", _TOO_DEEP)) from error
    _check_nodes(tree, indent)
    return tree.body


def _check_characters(text: str) -> None:
    if len(text) > LONGEST:
        what = N_("the expression has {found} characters, at most {most} are allowed")
        hint = N_("split it with conditions")
        values = {"found": len(text), "most": LONGEST}
        raise FaultyError(Fault("too_long", what, LONGEST, hint, values))
    bad = next((i for i, c in enumerate(text, 1) if c != "\n" and not " " <= c <= "~"), None)
    if bad is not None:
        what = N_("only plain letters, digits and signs are allowed here")
        raise FaultyError(Fault("character", what, bad))
    bare = _STRINGS.sub(lambda found: " " * len(found.group()), text)
    depth = 0
    for column, character in enumerate(bare, 1):
        if character in "#\\;":
            what = N_("'{found}' has no place in an expression")
            raise FaultyError(Fault("character", what, column, "", {"found": character}))
        depth += (character in "([{") - (character in ")]}")
        if depth > DEEPEST_BRACKETS:
            raise FaultyError(Fault("too_deep", _TOO_DEEP, column))


def _check_nodes(tree: ast.Expression, indent: int) -> None:
    """Refuse what is not in the grammar; columns become those of the whole text."""
    pending: list[tuple[ast.AST, int, int]] = [(tree, 0, 1)]
    seen = 0
    while pending:
        node, depth, column = pending.pop()
        seen += 1
        if isinstance(node, ast.expr):
            node.col_offset += indent
            node.end_col_offset = (node.end_col_offset or 0) + indent
            column = node.col_offset + 1
        fault = _fault_of(node, column, depth)
        if fault is not None:
            raise FaultyError(fault)
        below = depth + (not isinstance(node, ast.Attribute))
        children = reversed(list(ast.iter_child_nodes(node)))
        pending += [(child, below, column) for child in children]
    if seen > MOST_NODES:
        raise FaultyError(Fault("too_long", N_("the expression has too many parts")))


def _fault_of(node: ast.AST, column: int, depth: int) -> Fault | None:
    if not isinstance(node, _ALLOWED):
        what = N_("'{found}' is not part of the grammar of expressions")
        values = {"found": type(node).__name__}
        return Fault("not_allowed", what, column, _HINTS.get(type(node), ""), values)
    if isinstance(node, ast.Call) and node.keywords:
        return Fault("syntax", N_("functions take no named arguments"), column)
    if depth > DEEPEST:
        return Fault("too_deep", _TOO_DEEP, column)
    if isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name | ast.Attribute):
        return Fault("syntax", N_("a dot only joins the words of a name"), column)
    return None
