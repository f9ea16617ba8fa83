"""Comparisons and membership: of numbers, counts, options, phases and sets of options."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from cxmaturity.engine.checking import Checking, is_text, type_name
from cxmaturity.engine.graph import Expr
from cxmaturity.model.exact import decimal_text
from cxmaturity.text.messages import N_

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CONSTANTS = ("number", "true", "false")


def chain(checking: Checking, tree: ast.Compare) -> int | None:
    """A chain of comparisons: the conjunction of its pairs."""
    operands = [tree.left, *tree.comparators]
    pairs = zip(operands, tree.ops, operands[1:], strict=False)
    nodes = [_pair(checking, left, op, right) for left, op, right in pairs]
    if None in nodes:
        return None
    found = [node for node in nodes if node is not None]
    return found[0] if len(found) == 1 else checking.add("and", found, None, "truth")


def _pair(checking: Checking, left: ast.expr, op: ast.cmpop, right: ast.expr) -> int | None:
    if isinstance(op, ast.In):
        return _membership(checking, left, right)
    sign = _COMPARISONS[type(op)]
    if is_text(left) and not is_text(right):
        left, right, sign = right, left, _FLIPPED[sign]
    node = checking.check(left)
    if is_text(right):
        return None if node is None else _against_text(checking, node, sign, left, right)
    other = checking.check(right)
    if node is None or other is None:
        return None
    return _against(checking, node, sign, other, left, right)


def _against(
    checking: Checking, node: int, sign: str, other: int, left: ast.expr, right: ast.expr
) -> int | None:
    """Two checked operands; a constant or a plain number goes to the right."""
    a, b = checking.graph.nodes[node], checking.graph.nodes[other]
    if (a.op in _CONSTANTS and b.op not in _CONSTANTS) or (b.type == "count" != a.type):
        return _against(checking, other, _FLIPPED[sign], node, right, left)
    if a.type == b.type == "truth" and sign in ("==", "!="):
        if b.op not in ("true", "false"):
            return checking.fault(right, "type", N_("compare a truth with true or false only"))
        same = (b.op == "true") == (sign == "==")
        return node if same else checking.add("not", [node], None, "truth")
    if a.type == "count" and b.type == "number":
        if not _decides(checking, a, b, right):
            return None
        return checking.add("compare_count", [*a.args, other], sign, "truth")
    if a.type != "number" or b.type != "number":
        what = N_("{one} and {other} cannot be compared with {sign}")
        words = {"one": type_name(a.type), "other": type_name(b.type)}
        return checking.fault(left, "type", what, sign=sign, **words)
    if checking.common_unit([node, other], left) is None or not _decides(checking, a, b, right):
        return None
    return checking.add("compare", [node, other], sign, "truth")


def _decides(checking: Checking, a: Expr, b: Expr, tree: ast.expr) -> bool:
    """Whether a threshold lies in the proven range; outside it would decide nothing."""
    if b.op != "number" or a.op == "number" or a.range[0] <= b.range[0] <= a.range[1]:
        return True
    low, high = (decimal_text(end) for end in a.range)
    what = N_("{threshold} lies outside {low}…{high}, so this is always the same")
    threshold = decimal_text(b.range[0])
    checking.fault(tree, "threshold", what, threshold=threshold, low=low, high=high)
    return False


def _against_text(
    checking: Checking, node: int, sign: str, left: ast.expr, right: ast.expr
) -> int | None:
    found = checking.graph.nodes[node]
    if found.type == "phase" or (found.type == "option" and sign in ("==", "!=")):
        index = checking.option(found, right)
        if index is None:
            return None
        if found.type == "phase":
            return checking.add("compare_phase", [node], (sign, index), "truth")
        same = checking.add("one_of", [node], 1 << index, "truth")
        return same if sign == "==" else checking.add("not", [same], None, "truth")
    what = N_("{found} cannot be compared with a text by {sign}")
    hint = N_("write: 'x' in fact.y") if found.type == "options" else ""
    return checking.fault(left, "type", what, hint, found=type_name(found.type), sign=sign)


def _membership(checking: Checking, left: ast.expr, right: ast.expr) -> int | None:
    if isinstance(right, ast.List):
        return _in_list(checking, left, right)
    node = checking.check(right)
    if node is None:
        return None
    found = checking.graph.nodes[node]
    if found.type != "options" or not is_text(left):
        what = N_("'in' needs a list of constants, or an option and a fact with options")
        return checking.fault(right, "type", what)
    index = checking.option(found, left)
    return None if index is None else checking.add("contains", [node], 1 << index, "truth")


def _in_list(checking: Checking, left: ast.expr, right: ast.List) -> int | None:
    if not right.elts:
        return checking.fault(right, "type", N_("the list is empty"))
    node = checking.check(left)
    if node is None:
        return None
    found = checking.graph.nodes[node]
    if found.type == "number":
        return _in_numbers(checking, left, node, right.elts)
    if found.type not in ("option", "phase"):
        what = N_("{found} cannot be in a list")
        return checking.fault(left, "type", what, found=type_name(found.type))
    mask = checking.option_mask(found, right.elts)
    op = "one_of" if found.type == "option" else "phase_in"
    return None if mask is None else checking.add(op, [node], mask, "truth")


def _in_numbers(
    checking: Checking, left: ast.expr, node: int, items: Sequence[ast.expr]
) -> int | None:
    pairs = []
    for item in items:
        other = checking.check(item)
        if other is not None and checking.graph.nodes[other].op != "number":
            other = checking.fault(item, "type", N_("a list holds constants only"))
        if other is not None:
            pairs.append(_against(checking, node, "==", other, left, item))
        else:
            pairs.append(None)
    known = [pair for pair in pairs if pair is not None]
    return checking.add("or", known, None, "truth") if len(known) == len(pairs) else None
