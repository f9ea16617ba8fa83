"""Functions on expressions: count, first, min, max, abs, only, size, and those of plugins.

Functions on names (``raw``, ``coverage``, …) are in :mod:`cxmaturity.engine.vocabulary`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from cxmaturity.engine.checking import Checking, is_text, size_range
from cxmaturity.engine.graph import LARGEST
from cxmaturity.engine.ranges import hull
from cxmaturity.text.messages import N_


def call(checking: Checking, tree: ast.Call) -> int | None:
    """The node of a call."""
    if not isinstance(tree.func, ast.Name):
        return checking.fault(tree, "unknown_function", N_("only plain functions can be called"))
    name = tree.func.id
    if name in _OWN:
        return _OWN[name](checking, tree)
    if name in checking.vocabulary.functions:
        return _plugin(checking, name, tree)
    words = [_word(arg) for arg in tree.args]
    found = checking.vocabulary.call(name, words, before_caps=checking.before_caps)
    return checking.noted(tree, found)


def _word(tree: ast.expr) -> str:
    """An argument of a function on names: a name as written, a place without its quotes."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return tree.value
    return ast.unparse(tree)


def _count(checking: Checking, tree: ast.Call) -> int | None:
    nodes = [checking.want(checking.check(arg), "truth", arg) for arg in tree.args]
    if not nodes:
        return checking.fault(tree, "arguments", N_("count needs conditions to count"))
    if None in nodes:
        return None
    found = [node for node in nodes if node is not None]
    return checking.add("count", found, None, "count", range=size_range(len(found)))


def _first(checking: Checking, tree: ast.Call) -> int | None:
    nodes = [checking.check(arg) for arg in tree.args]
    if not nodes:
        return checking.fault(tree, "arguments", N_("first needs operands to choose from"))
    if None in nodes:
        return None
    found = [node for node in nodes if node is not None]
    operands = [checking.graph.nodes[node] for node in found]
    kinds = {operand.type for operand in operands}
    if kinds not in ({"number"}, {"truth"}):
        return checking.fault(tree, "type", N_("first takes numbers only or truths only"))
    unit = checking.common_unit(found, tree)
    if unit is None:
        return None
    missing = all(operand.may_be_missing for operand in operands)
    span = hull(operand.range for operand in operands)
    return checking.add(
        "first", found, None, kinds.pop(), range=span, unit=unit, may_be_missing=missing
    )


def _numbers(checking: Checking, tree: ast.Call, needed: int | None = None) -> list[int] | None:
    nodes = [checking.want(checking.check(arg), "number", arg) for arg in tree.args]
    if needed is not None and len(nodes) != needed:
        what = N_("this function takes numbers, {needed} of them")
        checking.fault(tree, "arguments", what, needed=needed)
        return None
    if not nodes:
        checking.fault(tree, "arguments", N_("this function needs numbers"))
    known = [node for node in nodes if node is not None]
    return known if known and len(known) == len(nodes) else None


def _extreme(pick: Callable[[Sequence[int]], int], name: str) -> Callable[..., int | None]:
    def extreme(checking: Checking, tree: ast.Call) -> int | None:
        nodes = _numbers(checking, tree)
        unit = None if nodes is None else checking.common_unit(nodes, tree)
        if nodes is None or unit is None:
            return None
        ranges = [checking.graph.nodes[node].range for node in nodes]
        span = (pick([low for low, _ in ranges]), pick([high for _, high in ranges]))
        return checking.add(name, nodes, None, "number", range=span, unit=unit)

    return extreme


def _abs(checking: Checking, tree: ast.Call) -> int | None:
    nodes = _numbers(checking, tree, 1)
    if nodes is None:
        return None
    inner = checking.graph.nodes[nodes[0]]
    low, high = inner.range
    least = 0 if low <= 0 <= high else min(abs(low), abs(high))
    span = (least, max(abs(low), abs(high)))
    return checking.add("abs", nodes, None, "number", range=span, unit=inner.unit)


def _plugin(checking: Checking, name: str, tree: ast.Call) -> int | None:
    function = checking.vocabulary.functions[name]
    nodes = _numbers(checking, tree, function.arguments)
    if nodes is None:
        return None
    span = function.range(*(checking.graph.nodes[node].range for node in nodes))
    if max(abs(end) for end in span) >= LARGEST:
        what = N_("this can grow beyond what is counted exactly")
        return checking.fault(tree, "overflow", what)
    return checking.add("call", nodes, name, "number", range=span)


def _only(checking: Checking, tree: ast.Call) -> int | None:
    node = _chosen(checking, tree)
    if node is None:
        return None
    if not tree.args[1:]:
        return checking.fault(tree, "arguments", N_("only needs options: only(fact.x, 'a', 'b')"))
    mask = checking.option_mask(checking.graph.nodes[node], tree.args[1:])
    return None if mask is None else checking.add("only", [node], mask, "truth")


def _size(checking: Checking, tree: ast.Call) -> int | None:
    node = _chosen(checking, tree)
    if node is None:
        return None
    if tree.args[1:]:
        return checking.fault(tree, "arguments", N_("size takes one fact"))
    options = len(checking.graph.nodes[node].options)
    return checking.add("size", [node], None, "number", range=size_range(options))


def _chosen(checking: Checking, tree: ast.Call) -> int | None:
    """The fact of a function on a set of options."""
    what = N_("this function needs a fact with options to tick")
    if not tree.args or is_text(tree.args[0]):
        return checking.fault(tree, "type", what)
    node = checking.check(tree.args[0])
    if node is None or checking.graph.nodes[node].type == "options":
        return node
    return checking.fault(tree, "type", what)


_OWN: dict[str, Callable[[Checking, ast.Call], int | None]] = {
    "count": _count, "first": _first, "min": _extreme(min, "min"), "max": _extreme(max, "max"),
    "abs": _abs, "only": _only, "size": _size,
}  # fmt: skip
