"""Expression text → checked nodes in the graph: types, units, ranges, options, strata.

Every fault of an expression is found in one pass: a faulty part becomes ``None`` and what stands
around it is still checked.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cxmaturity.engine.calls import call
from cxmaturity.engine.checking import Checking
from cxmaturity.engine.comparisons import chain
from cxmaturity.engine.graph import LARGEST, product, quotient
from cxmaturity.engine.syntax import FaultyError, parse
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION, to_micro
from cxmaturity.text.messages import N_

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip


@dataclass(slots=True)
class Checker(Checking):
    """Checks one expression into the graph; ``faults`` collects everything wrong with it."""

    text: str = ""

    def truth(self, text: str) -> int | None:
        """The node of an expression that must be true or false."""
        self.text = text
        try:
            tree = parse(text)
        except FaultyError as error:
            self.faults.append(error.fault)
            return None
        return self.want(self.check(tree), "truth", tree)

    def check(self, tree: ast.expr) -> int | None:
        """The node of any expression."""
        if isinstance(tree, ast.BoolOp):
            return self._logic("and" if isinstance(tree.op, ast.And) else "or", tree.values)
        if isinstance(tree, ast.UnaryOp):
            return self._unary(tree)
        if isinstance(tree, ast.BinOp):
            return self._arithmetic(tree)
        if isinstance(tree, ast.Compare):
            return chain(self, tree)
        if isinstance(tree, ast.Call):
            return call(self, tree)
        if isinstance(tree, ast.Constant):
            return self._constant(tree)
        if isinstance(tree, ast.Name | ast.Attribute):
            return self._name(tree)
        return self.fault(tree, "type", N_("a list stands only after 'in'"))

    def _logic(self, op: str, trees: Sequence[ast.expr]) -> int | None:
        nodes = [self.want(self.check(tree), "truth", tree) for tree in trees]
        if None in nodes:
            return None
        return self.add(op, [n for n in nodes if n is not None], None, "truth")

    def _unary(self, tree: ast.UnaryOp) -> int | None:
        inner = self.check(tree.operand)
        if isinstance(tree.op, ast.Not):
            node = self.want(inner, "truth", tree.operand)
            return None if node is None else self.add("not", [node], None, "truth")
        node = self.want(inner, "number", tree.operand)
        if node is None:
            return None
        found = self.graph.nodes[node]
        low, high = found.range
        if found.op == "number":
            return self.number(-low)
        return self.add("neg", [node], None, "number", range=(-high, -low), unit=found.unit)

    def _constant(self, tree: ast.Constant) -> int | None:
        value = tree.value
        if isinstance(value, str):
            return self.fault(tree, "type", N_("a text can only be compared with options"))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.fault(tree, "type", N_("write true or false, a number, or an option"))
        try:
            return self.number(to_micro(self._written(tree, value)))
        except ValueError as error:
            # The sentences of the number reader are constants without braces.
            return self.fault(tree, "number", str(error))

    def _written(self, tree: ast.Constant, value: float) -> int | Decimal:
        """The number digit by digit; a float would already have lost some."""
        if isinstance(value, int):
            return value
        written = self.text.replace("\n", " ")[tree.col_offset : tree.end_col_offset]
        return Decimal(written.replace("_", ""))

    def _name(self, tree: ast.Name | ast.Attribute) -> int | None:
        name = ast.unparse(tree)
        if name in ("true", "false"):
            return self.truth_of_constant(name == "true")
        return self.noted(tree, self.vocabulary.node(name, before_caps=self.before_caps))

    def _arithmetic(self, tree: ast.BinOp) -> int | None:
        left = self.want(self.check(tree.left), "number", tree.left)
        right = self.want(self.check(tree.right), "number", tree.right)
        if left is None or right is None:
            return None
        op = _ARITHMETIC[type(tree.op)]
        a, b = self.graph.nodes[left], self.graph.nodes[right]
        unit = self.common_unit([left, right], tree) if op in "+-" else _unit(op, a.unit, b.unit)
        if unit is None:
            return None
        span = _result_range(op, a.range, b.range)
        if max(abs(end) for end in (*span, *_on_the_way(op, a.range, b.range))) >= LARGEST:
            what = N_("this can grow beyond what is counted exactly")
            return self.fault(tree, "overflow", what)
        missing = a.may_be_missing or b.may_be_missing or op == "/"
        return self.add(
            op, [left, right], None, "number", range=span, unit=unit, may_be_missing=missing
        )


def _unit(op: str, a: str, b: str) -> str:
    """A multiple keeps its unit; what else comes out of two units has none of ours."""
    if not b:
        return a
    return b if op == "*" and not a else ""


def _result_range(op: str, a: Interval, b: Interval) -> Interval:
    if op == "+":
        return a[0] + b[0], a[1] + b[1]
    if op == "-":
        return a[0] - b[1], a[1] - b[0]
    return product(a, b) if op == "*" else quotient(a, b)


def _on_the_way(op: str, a: Interval, b: Interval) -> Interval:
    """Largest integers met before the division back to millionths."""
    if op == "*":
        most = 2 * max(abs(x * y) for x in a for y in b) + MILLION
    elif op == "/":
        most = 2 * max(abs(x) for x in a) * MILLION + max(abs(y) for y in b)
    else:
        most = 0
    return -most, most
